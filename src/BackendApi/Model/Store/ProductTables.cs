using System.Data.Common;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Logging;

namespace BackendApi.Model.Store;

/// <summary>
/// A part of the product that keeps tables of its own. <paramref name="Versions"/> only ever grows: a database that stands at version n
/// lacks the changes from index n on.
/// </summary>
/// <param name="Name">At most 64 characters; never changed, databases remember it.</param>
public sealed record ProductArea(string Name, IReadOnlyList<IReadOnlyList<TableChange>> Versions);

/// <summary>One step of an upgrade.</summary>
public abstract record TableChange
{
    private TableChange() { }

    public sealed record Create(TableSchema Table) : TableChange;
    public sealed record Index(string Name, TableName Table, IReadOnlyList<string> Columns) : TableChange;
    /// <summary>One that can be null or has a default, because the table has rows.</summary>
    public sealed record AddColumn(TableName Table, ColumnSchema Column) : TableChange;
    /// <summary>What each database has its own words for.</summary>
    public sealed record Statement(Func<Dialect, string> Text) : TableChange;
    /// <summary>Rows that the product itself relies on.</summary>
    public sealed record Insert(TableSchema Table, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<object?>> Rows) : TableChange;
}

/// <summary>
/// Creates and upgrades the tables that the product keeps for itself (prefix <c>backend_</c>), and touches no other. Safe when several nodes start
/// at once: each version of an area is one transaction that begins by locking the area's row.
/// </summary>
public sealed class ProductTables(Database database, IEnumerable<ProductArea> areas, TimeProvider clock, ILogger<ProductTables> log)
{
    public const string Prefix = "backend_";

    /// <summary>Which version each area of this database stands at.</summary>
    public static readonly TableSchema Schema = new(
        new(null, "backend_schema"),
        [Column.Text("area", 64), Column.Int32("version"), Column.Instant("upgraded_at")],
        PrimaryKey: ["area"], UniqueKeys: [], ForeignKeys: []);

    private readonly IReadOnlyList<ProductArea> _areas = areas.ToList();

    /// <summary>Brings every area to its last version.</summary>
    /// <exception cref="InvalidOperationException">A newer release of the product has already upgraded this database.</exception>
    public async Task UpgradeAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var standing = await ReadOrCreateSchemaAsync(session, cancellation);
        foreach (var area in _areas)
            await UpgradeAsync(session, area, standing, cancellation);
    }

    /// <summary>Brings one more area to its last version; false when it stood there already.</summary>
    /// <exception cref="InvalidOperationException">A newer release of the product has already upgraded this database.</exception>
    public async Task<bool> UpgradeAsync(ProductArea area, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await UpgradeAsync(session, area, await ReadOrCreateSchemaAsync(session, cancellation), cancellation);
    }

    /// <summary>The version at which an area stands in this database; 0 when it has no tables yet.</summary>
    public async Task<int> ReadVersionAsync(string area, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return (await ReadOrCreateSchemaAsync(session, cancellation)).GetValueOrDefault(area);
    }

    private async Task<bool> UpgradeAsync(Session session, ProductArea area, Dictionary<string, int> standing, CancellationToken cancellation)
    {
        var version = standing.GetValueOrDefault(area.Name);
        if (version > area.Versions.Count)
            throw new InvalidOperationException(
                $"The tables of '{area.Name}' stand at version {version}, this release knows {area.Versions.Count}: a newer release has upgraded this database.");
        if (version == area.Versions.Count)
            return false;
        if (!standing.ContainsKey(area.Name))
            await AddAreaAsync(session, area, cancellation);
        var upgraded = false;
        while (await UpgradeOnceAsync(session, area, cancellation))
            upgraded = true;
        return upgraded;
    }

    private async Task<Dictionary<string, int>> ReadOrCreateSchemaAsync(Session session, CancellationToken cancellation)
    {
        try
        {
            return await ReadSchemaAsync(session, cancellation);
        }
        catch (DbException exception) when (database.Dialect.Classify(exception) == Failure.Other)
        {
            // Most likely the table is not there yet. Should another node create it at this moment, creating it here fails but reading it works.
            try
            {
                await session.ExecuteAsync(new(database.Dialect.Ddl.CreateTable(Schema), []), cancellation);
            }
            catch (DbException)
            {
                return await ReadSchemaAsync(session, cancellation);
            }
            return [];
        }
    }

    private async Task<Dictionary<string, int>> ReadSchemaAsync(Session session, CancellationToken cancellation, string? only = null)
    {
        var standing = new Dictionary<string, int>(StringComparer.Ordinal);
        var statement = database.Dialect.Select(Schema, ["area", "version"], only is null ? [] : [("area", only)]);
        await using var rows = await session.ReadAsync(statement, cancellation);
        while (await rows.ReadAsync(cancellation))
            standing.Add(database.Dialect.Values.String(rows, 0), database.Dialect.Values.Int32(rows, 1));
        return standing;
    }

    private async Task AddAreaAsync(Session session, ProductArea area, CancellationToken cancellation)
    {
        try
        {
            foreach (var statement in database.Dialect.Insert(Schema, ["area", "version", "upgraded_at"], [[area.Name, 0, clock.GetUtcNow()]]))
                await session.ExecuteAsync(statement, cancellation);
        }
        catch (DbException exception) when (database.Dialect.Classify(exception) == Failure.UniqueViolation)
        {
            // Another node was first.
        }
    }

    /// <summary>Brings the area one version further; false when it stands at the last one.</summary>
    private async Task<bool> UpgradeOnceAsync(Session session, ProductArea area, CancellationToken cancellation)
    {
        var dialect = database.Dialect;
        await session.BeginAsync(cancellation);
        try
        {
            // Writing the row first makes every other node wait here until this one is through.
            await session.ExecuteAsync(
                dialect.Update(Schema, [("upgraded_at", clock.GetUtcNow())], [("area", area.Name)]), cancellation);
            // No other row: a node that upgrades another area may hold it, and wait for this one.
            var version = (await ReadSchemaAsync(session, cancellation, only: area.Name))[area.Name];
            if (version >= area.Versions.Count)
                return false;

            foreach (var statement in area.Versions[version].SelectMany(Statements))
                await session.ExecuteAsync(statement, cancellation);
            await session.ExecuteAsync(dialect.Update(Schema, [("version", version + 1)], [("area", area.Name)]), cancellation);
            await session.CommitAsync(cancellation);
            log.LogInformation("Tables of {Area} upgraded to version {Version}", area.Name, version + 1);
            return true;
        }
        finally
        {
            await session.RollbackAsync();
        }
    }

    private IEnumerable<Statement> Statements(TableChange change) => change switch
    {
        TableChange.Create create => [new(database.Dialect.Ddl.CreateTable(create.Table), [])],
        TableChange.AddColumn add => [new(database.Dialect.Ddl.AddColumn(add.Table, add.Column), [])],
        TableChange.Index index => [new(database.Dialect.Ddl.CreateIndex(index.Name, index.Table, index.Columns), [])],
        TableChange.Statement statement => [new(statement.Text(database.Dialect), [])],
        TableChange.Insert insert => database.Dialect.Insert(insert.Table, insert.Columns, insert.Rows),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };
}
