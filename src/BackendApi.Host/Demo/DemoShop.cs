using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using Microsoft.Extensions.Logging;

namespace BackendApi.Host.Demo;

/// <summary>
/// Something to look at for whoever starts the product for the first time: a shop's tables with some 50,000 rows, published. Made once, in one
/// transaction; from then on they are tables like any other, and nothing here touches them again.
/// </summary>
internal sealed class DemoShop(Database database, ProductTables tables, Publisher publisher, Models models, ILogger<DemoShop> log)
{
    private const string AreaName = "demo shop";

    /// <summary>Makes and publishes what is not there yet. Where a table of the same name exists, nothing is made at all.</summary>
    public async Task SeedAsync(CancellationToken cancellation)
    {
        var isNew = await tables.ReadVersionAsync(AreaName, cancellation) == 0;
        if (isNew)
        {
            if (await ForeignTablesAsync(cancellation) is { Count: > 0 } existing)
            {
                log.LogWarning("The demo shop is not made: the database has tables of its own named {Tables}", string.Join(", ", existing));
                return;
            }
            isNew = await tables.UpgradeAsync(Area(), cancellation);
        }
        // Version 0 as well: a process that ended between the rows and the definitions must not leave a shop that nobody sees.
        if (isNew || models.Current.Version == 0)
            await publisher.PublishAsync(Caller.System, "Demo shop", Missing, cancellation);
    }

    private static ProductArea Area() => new(AreaName,
    [[
        .. DemoTables.All.Select(table => new TableChange.Create(table)),
        .. new DemoRows().Inserts(),
        // After the rows: an index is faster built than kept.
        .. DemoTables.All.SelectMany(Indexes),
    ]]);

    private static Proposal Missing(IReadOnlyDictionary<string, EndpointDefinition> current) =>
        new([.. DemoDefinitions.All.Where(definition => !current.ContainsKey(definition.Alias)).Select(definition => new DefinitionChange.Upsert(definition))]);

    private async Task<IReadOnlyList<string>> ForeignTablesAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var names = DemoTables.All.Select(table => table.Name).ToHashSet();
        return [.. (await database.Dialect.Catalog.ReadAsync(session.Connection, names, cancellation)).Select(table => table.Name.ToString())];
    }

    /// <summary>Foreign keys that no key begins with, and the instants by which orders are looked for.</summary>
    private static IEnumerable<TableChange> Indexes(TableSchema table)
    {
        var keys = table.UniqueKeys.Select(key => key.Columns).Append(table.PrimaryKey).ToList();
        foreach (var column in table.ForeignKeys.Select(key => key.Columns[0]).Where(column => !keys.Exists(key => key[0] == column)))
            yield return new TableChange.Index($"ix_{table.Name.Name}_{column}", table.Name, [column]);
        if (table == DemoTables.SalesOrder)
            yield return new TableChange.Index("ix_sales_order_ordered_at", table.Name, ["ordered_at"]);
    }
}
