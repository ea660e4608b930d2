using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using BackendApi.Access;
using BackendApi.Model.Store;
using BackendApi.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace BackendApi.Host.Commands;

/// <summary><c>api-key create | list | revoke</c>: the keys that programs call with. A running server learns of a change within two seconds.</summary>
internal static class ApiKeyCommands
{
    private static readonly Option<string> Name = new("--name") { Description = "What the key is for, such as the program that uses it.", Required = true };
    private static readonly Option<DateTimeOffset?> ValidTo = new("--valid-to")
    {
        Description = "When the key expires, such as 2027-01-01 (00:00 UTC) or 2027-01-01T12:00:00+01:00. Never, when it is left out.",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
                return instant;
            result.AddError($"--valid-to {result.Tokens[0].Value}: a date such as 2027-01-01 is expected.");
            return null;
        },
    };

    public static Command Create()
    {
        Name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= 128 })
                result.AddError("--name: 1 to 128 characters are expected.");
        });
        var keys = new Command("api-key", "API keys.");
        keys.Subcommands.Add(Command("create", "Makes a key and prints it: the only time that it can be seen.",
            (parsed, work) => CreateAsync(work, parsed.GetRequiredValue(Name), parsed.GetValue(ValidTo)), Name, ValidTo));
        keys.Subcommands.Add(Command("list", "Lists the keys, of each its last characters.", (_, work) => ListAsync(work)));
        keys.Subcommands.Add(Command("revoke", "Ends a key.", (parsed, work) => RevokeAsync(work, parsed.GetRequiredValue(Name)), Name));
        return keys;
    }

    private static async Task<int> CreateAsync(Work work, string name, DateTimeOffset? validTo)
    {
        if (validTo <= DateTimeOffset.UtcNow)
            return CommandLine.Fail("--valid-to lies in the past.");
        try
        {
            // The key alone on standard output, so that a script can take it.
            Console.WriteLine(await work.Store.CreateApiKeyAsync(work.Session, name, validTo, Caller.System, work.Cancellation));
        }
        catch (DbException taken) when (work.Dialect.Classify(taken) == Failure.UniqueViolation)
        {
            return CommandLine.Fail($"There is a key named '{name}'. Revoke it first, or choose another name.");
        }
        Console.Error.WriteLine($"API key '{name}', {Until(validTo)}. It is stored hashed: keep it now, it cannot be shown again.");
        return 0;
    }

    private static async Task<int> ListAsync(Work work)
    {
        foreach (var key in await work.Store.ListApiKeysAsync(work.Session, work.Cancellation))
            Console.WriteLine($"{key.Name}  …{key.LastCharacters}  created {Day(key.CreatedAt)} by {key.CreatedBy}, {Until(key.ValidTo)}");
        return 0;
    }

    private static async Task<int> RevokeAsync(Work work, string name)
    {
        if (!await work.Store.RevokeApiKeyAsync(work.Session, name, work.Cancellation))
            return CommandLine.Fail($"There is no key named '{name}'.");
        Console.Error.WriteLine($"API key '{name}' is revoked.");
        return 0;
    }

    private static string Until(DateTimeOffset? validTo) => validTo is null ? "never expires" : $"expires {Day(validTo.Value)}";

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static Command Command(string name, string description, Func<ParseResult, Work, Task<int>> act, params Option[] options)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => CommandLine.WithSettings(parsed, arguments => InDatabaseAsync(arguments, work => act(parsed, work), cancellation)));
        return command;
    }

    private static async Task<int> InDatabaseAsync(string[] arguments, Func<Work, Task<int>> act, CancellationToken cancellation)
    {
        var settings = Support.Settings.Read(Server.Configure(arguments));
        await using var database = Databases.Open(settings.Database);
        try
        {
            await new ProductTables(database, [AccessTables.Area], TimeProvider.System, NullLogger<ProductTables>.Instance).UpgradeAsync(cancellation);
            await using var session = await database.OpenAsync(cancellation);
            return await act(new(session, database.Dialect, new(database.Dialect, TimeProvider.System), cancellation));
        }
        catch (DbException failure)
        {
            return CommandLine.Fail($"The database refused: {failure.Message}");
        }
    }

    private sealed record Work(Session Session, Dialect Dialect, AccessStore Store, CancellationToken Cancellation);
}
