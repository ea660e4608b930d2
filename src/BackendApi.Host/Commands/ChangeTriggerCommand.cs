using System.CommandLine;
using System.Data.Common;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace BackendApi.Host.Commands;

/// <summary>
/// <c>change-triggers</c>: prints the DDL by which the database logs what other programs change in a tracked set's table. The product alters no table that it
/// did not make, so an administrator reads it and runs it.
/// </summary>
internal static class ChangeTriggerCommand
{
    private static readonly Option<string> Set = new("--set") { Description = "The entity set, or the alias of its configuration.", Required = true };
    private static readonly Option<bool> Remove = new("--remove") { Description = "Prints the DDL that removes them." };

    public static Command Create()
    {
        var command = new Command("change-triggers", "Prints triggers that log the changes other programs make to the table of a tracked entity set.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(Set);
        command.Options.Add(Remove);
        command.SetAction((parsed, cancellation) => CommandLine.WithSettings(
            parsed, arguments => PrintAsync(arguments, parsed.GetRequiredValue(Set), parsed.GetValue(Remove), cancellation)));
        return command;
    }

    private static async Task<int> PrintAsync(string[] arguments, string name, bool remove, CancellationToken cancellation)
    {
        var settings = Support.Settings.Read(Server.Configure(arguments));
        await using var database = Databases.Open(settings.Database);
        try
        {
            await new ProductTables(database, [AccessTables.Area, StoreTables.Area, ChangeTables.Area], TimeProvider.System, NullLogger<ProductTables>.Instance).UpgradeAsync(cancellation);
            var model = await ReadAsync(database, settings.OData, cancellation);
            if ((model.EntitySets.GetValueOrDefault(name) ?? model.ByAlias.GetValueOrDefault(name)) is not { } set)
                return CommandLine.Fail($"There is no entity set '{name}'.");
            if (set.LoggedKey is not { } key)
                return CommandLine.Fail($"The changes of {set.Name} are not tracked. Publish its configuration with \"trackChanges\": true first.");
            var capture = database.Dialect.Capture;
            var statements = remove ? capture.DropTriggers(set.Table) : capture.CreateTriggers(set.Table, key, await SchemaAsync(database, cancellation));
            foreach (var statement in statements)
            {
                Console.WriteLine(statement);
                if (capture.Separator is { } separator)
                    Console.WriteLine(separator);
            }
            return 0;
        }
        catch (DbException failure)
        {
            return CommandLine.Fail($"The database refused: {failure.Message}");
        }
    }

    private static async Task<ModelSnapshot> ReadAsync(Database database, ODataSettings settings, CancellationToken cancellation)
    {
        using var observations = new Observations(NullLoggerFactory.Instance);
        using var models = new Models();
        var tags = new ETagKey(database, new(database.Dialect, TimeProvider.System));
        await tags.LoadAsync(cancellation);
        var publisher = new Publisher(database, new(database.Dialect, TimeProvider.System), models, settings, tags, observations);
        await publisher.LoadAsync(cancellation);
        return models.Current;
    }

    private static async Task<string?> SchemaAsync(Database database, CancellationToken cancellation)
    {
        if (database.Dialect.Capture.CurrentSchema is not { } question)
            return null;
        await using var session = await database.OpenAsync(cancellation);
        await using var row = await session.ReadAsync(new(question, []), cancellation);
        return await row.ReadAsync(cancellation) && !row.IsDBNull(0) ? row.GetString(0) : null;
    }
}
