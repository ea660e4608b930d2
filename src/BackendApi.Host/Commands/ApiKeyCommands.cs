using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Sql.Audit;
using BackendApi.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace BackendApi.Host.Commands;

/// <summary><c>api-key create | list | rotate | revoke</c>: the keys that programs call with. A running server learns of a change within two seconds.</summary>
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

    private static readonly Option<string?> Owner = new("--owner") { Description = "The user for whom it acts, with the user's rights. Without one it has roles of its own." };
    private static readonly Option<string[]> Roles = Repeated("--role", "A role of the key; more than one can be given. Administrators, when neither a role nor an owner is given.");
    private static readonly Option<string[]> Scopes = Repeated("--scope", "The most that it may do, such as 'Orders:read' or '*:read'; more than one can be given.");
    private static readonly Option<string[]> From = Repeated("--from", "An address or range from which it may be used, such as 10.0.0.0/8; more than one can be given.");
    private static readonly Option<int?> Rate = new("--requests-per-minute") { Description = "The most requests in a minute to each node." };
    private static readonly Option<TimeSpan> Overlap = new("--overlap")
    {
        Description = "How long the value of before stays good, such as 12:00:00. A day, when it is left out.", DefaultValueFactory = _ => TimeSpan.FromDays(1),
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
            (parsed, work) => CreateAsync(work, new(parsed.GetRequiredValue(Name), parsed.GetValue(ValidTo))
            {
                Owner = parsed.GetValue(Owner),
                Roles = parsed.GetValue(Roles) is { Length: > 0 } roles ? roles : parsed.GetValue(Owner) is null ? [AccessTables.Administrators] : [],
                Scopes = ScopesOf(parsed.GetValue(Scopes) ?? []),
                Addresses = Networks.Parse(parsed.GetValue(From) ?? [], From.Name),
                RequestsPerMinute = parsed.GetValue(Rate),
            }), Name, ValidTo, Owner, Roles, Scopes, From, Rate));
        keys.Subcommands.Add(Command("list", "Lists the keys, of each its last characters.", (_, work) => ListAsync(work)));
        keys.Subcommands.Add(Command("rotate", "Gives a key another value and prints it. The value of before stays good for a while.",
            (parsed, work) => RotateAsync(work, parsed.GetRequiredValue(Name), parsed.GetValue(Overlap)), Name, Overlap));
        keys.Subcommands.Add(Command("revoke", "Ends a key.", (parsed, work) => RevokeAsync(work, parsed.GetRequiredValue(Name)), Name));
        return keys;
    }

    private static async Task<int> CreateAsync(Work work, NewApiKey key)
    {
        if (key.ValidTo <= DateTimeOffset.UtcNow)
            return CommandLine.Fail("--valid-to lies in the past.");
        // The key alone on standard output, so that a script can take it.
        Console.WriteLine(await work.DoAsync("CreateApiKey", key.Name, () => work.Store.CreateAsync(work.Session, key, Caller.System, work.Cancellation)));
        Console.Error.WriteLine($"API key '{key.Name}', {Until(key.ValidTo)}. It is stored hashed: keep it now, it cannot be shown again.");
        return 0;
    }

    private static async Task<int> RotateAsync(Work work, string name, TimeSpan overlap)
    {
        Console.WriteLine(await work.DoAsync("Rotate", name, () => work.Store.RotateAsync(work.Session, name, overlap, work.Cancellation)));
        Console.Error.WriteLine($"API key '{name}' has this value now. The one of before ends {Day(DateTimeOffset.UtcNow + overlap)}.");
        return 0;
    }

    private static async Task<int> ListAsync(Work work)
    {
        foreach (var key in await work.Store.ListAsync(work.Session, work.Cancellation))
            Console.WriteLine($"{key.Name}  {string.Join(' ', key.LastCharacters.Select(last => $"…{last}"))}  created {Day(key.CreatedAt)} by {key.CreatedBy}, {Until(key.ValidTo)}{Terms(key)}");
        return 0;
    }

    private static async Task<int> RevokeAsync(Work work, string name)
    {
        if (!await work.DoAsync("Revoke", name, () => work.Store.RevokeAsync(work.Session, name, work.Cancellation)))
            return CommandLine.Fail($"There is no key named '{name}'.");
        Console.Error.WriteLine($"API key '{name}' is revoked.");
        return 0;
    }

    private static string Terms(ApiKeyInfo key)
    {
        var terms = new List<string> { key.Owner is not null ? $"for {key.Owner}" : $"roles {(key.Roles.Count == 0 ? "none" : string.Join(' ', key.Roles))}" };
        if (!key.Scopes.IsUnlimited)
            terms.Add($"scopes {key.Scopes}");
        if (key.Addresses.Count > 0)
            terms.Add($"from {string.Join(' ', key.Addresses)}");
        if (key.RequestsPerMinute is { } rate)
            terms.Add(string.Create(CultureInfo.InvariantCulture, $"{rate} requests a minute"));
        terms.Add(key.LastUsedAt is { } used ? $"last used {Day(used)}" : "not used yet");
        return ", " + string.Join(", ", terms);
    }

    private static Option<string[]> Repeated(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.OneOrMore };

    private static Access.Rights.Scopes ScopesOf(string[] words) => words.Length == 0
        ? Access.Rights.Scopes.All
        : Access.Rights.Scopes.Parse(words, out var mistake) ?? throw new ServiceException(Errors.InvalidValue, mistake!, Scopes.Name);

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
        var settings = Settings.Read(Server.Configure(arguments));
        await using var database = Databases.Open(settings.Database);
        try
        {
            await new ProductTables(database, [AccessTables.Area, AuditTables.Area], TimeProvider.System, NullLogger<ProductTables>.Instance).UpgradeAsync(cancellation);
            await using var session = await database.OpenAsync(cancellation);
            using var noModel = new Models();
            session.Origin = new Auditing(settings.Audit, TimeProvider.System, noModel).OriginOf(Caller.System);
            var pepper = new Pepper(settings.Access);
            await pepper.LoadAsync(session, new AccessStore(database.Dialect, TimeProvider.System), cancellation);
            return await act(new(session, database.Dialect, new(database.Dialect, pepper, TimeProvider.System), cancellation));
        }
        catch (ServiceException refused)
        {
            return CommandLine.Fail(refused.Error.Message);
        }
        catch (DbException failure)
        {
            return CommandLine.Fail($"The database refused: {failure.Message}");
        }
    }

    private sealed record Work(Session Session, Dialect Dialect, ApiKeyStore Store, CancellationToken Cancellation)
    {
        /// <summary>In one transaction with its entry in the audit log.</summary>
        public async Task<T> DoAsync<T>(string operation, string key, Func<Task<T>> change)
        {
            await Session.BeginAsync(Cancellation);
            var result = await change();
            if (result is false)
                return result;
            await Session.AuditAsync(Dialect, "ApiKeys", operation, AuditStatements.KeyOf(key), Cancellation);
            await Session.CommitAsync(Cancellation);
            return result;
        }
    }
}
