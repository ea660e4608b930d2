using System.Data.Common;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Spec.Publishing;

/// <summary>The product creates and upgrades its own tables, also when several nodes start at once.</summary>
public abstract class ProductTableCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    [DatabaseFact]
    public async Task Nodes_that_start_at_once_make_every_version_once()
    {
        var things = Things();
        var area = new ProductArea($"area {Guid.NewGuid():N}",
        [
            [new TableChange.Create(things), new TableChange.Insert(things, ["id", "name"], [[1, "first"]])],
            [new TableChange.Insert(things, ["id", "name"], [[2, "second"]])],
        ]);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Tables(area).UpgradeAsync(CancellationToken.None))));

        (await NamesAsync(things)).Should().BeEquivalentTo("first", "second");
    }

    [DatabaseFact]
    public async Task An_upgrade_adds_only_what_is_new()
    {
        var things = Things();
        IReadOnlyList<TableChange> first = [new TableChange.Create(things), new TableChange.Index($"ix_{things.Name.Name}", things.Name, ["name"])];
        var area = new ProductArea($"area {Guid.NewGuid():N}", [first]);
        (await Tables().UpgradeAsync(area, CancellationToken.None)).Should().BeTrue();
        (await Tables().UpgradeAsync(area, CancellationToken.None)).Should().BeFalse();

        var later = area with { Versions = [first, [new TableChange.Insert(things, ["id", "name"], [[1, "later"]])]] };
        (await Tables().UpgradeAsync(later, CancellationToken.None)).Should().BeTrue();

        (await NamesAsync(things)).Should().Equal("later");
        (await Tables().ReadVersionAsync(area.Name, CancellationToken.None)).Should().Be(2);
    }

    [DatabaseFact]
    public async Task Definitions_that_the_first_version_stored_are_flat_and_require_no_ETag()
    {
        var dialect = database.Database.Dialect;
        await Tables(StoreTables.Area with { Versions = [StoreTables.Area.Versions[0]] }).UpgradeAsync(CancellationToken.None);
        string[] added = ["is_singleton", "derived", "media", "require_etag", "track_changes", "streams"];
        var before = StoreTables.Configurations.Columns.Where(column => !added.Contains(column.Name)).ToArray();
        object?[] row = [.. before.Select(column => (object?)(column.Type.Kind switch { ValueKind.Boolean => true, ValueKind.Int64 => 1L, ValueKind.DateTimeOffset => DateTimeOffset.UnixEpoch, _ => "old" }))];
        await using (var session = await database.Database.OpenAsync(CancellationToken.None))
            foreach (var statement in dialect.Insert(StoreTables.Configurations, [.. before.Select(column => column.Name)], [row]))
                await session.ExecuteAsync(statement, CancellationToken.None);

        await Tables(StoreTables.Area).UpgradeAsync(CancellationToken.None);

        await using var after = await database.Database.OpenAsync(CancellationToken.None);
        await using var rows = await after.ReadAsync(dialect.Select(StoreTables.Configurations, ["alias", .. added], []), CancellationToken.None);
        (await rows.ReadAsync()).Should().BeTrue();
        (dialect.Values.String(rows, 0), dialect.Values.Boolean(rows, 1), dialect.Values.String(rows, 2), rows.IsDBNull(3), dialect.Values.Boolean(rows, 4), dialect.Values.Boolean(rows, 5), dialect.Values.String(rows, 6))
            .Should().Be(("old", false, "[]", true, false, false, "[]"));
        (await rows.ReadAsync()).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task A_version_that_fails_leaves_nothing_behind()
    {
        var (things, taken) = (Things(), Things());
        await database.RunAsync(database.Database.Dialect.Ddl.CreateTable(taken));
        var area = new ProductArea($"area {Guid.NewGuid():N}", [[new TableChange.Create(things), new TableChange.Create(taken)]]);

        await FluentActions.Awaiting(() => Tables(area).UpgradeAsync(CancellationToken.None)).Should().ThrowAsync<DbException>();

        (await Tables().ReadVersionAsync(area.Name, CancellationToken.None)).Should().Be(0);
        await FluentActions.Awaiting(() => NamesAsync(things)).Should().ThrowAsync<DbException>("the table before the failure is gone too");
        (await NamesAsync(taken)).Should().BeEmpty("somebody else's table is left alone");
    }

    [DatabaseFact]
    public async Task A_database_that_a_newer_release_has_upgraded_is_refused()
    {
        var things = Things();
        var newer = new ProductArea($"area {Guid.NewGuid():N}", [[new TableChange.Create(things)], []]);
        await Tables(newer).UpgradeAsync(CancellationToken.None);

        var older = newer with { Versions = [newer.Versions[0]] };
        await FluentActions.Awaiting(() => Tables(older).UpgradeAsync(CancellationToken.None)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*newer release*");
    }

    private static TableSchema Things() => new(
        new(null, $"thing_{Guid.NewGuid():N}"[..24]), [Column.Int32("id"), Column.Text("name", 40)], PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    private ProductTables Tables(params ProductArea[] areas) => new(database.Database, areas, TimeProvider.System, NullLogger<ProductTables>.Instance);

    private async Task<IReadOnlyList<string>> NamesAsync(TableSchema table)
    {
        await using var session = await database.Database.OpenAsync(CancellationToken.None);
        await using var rows = await session.ReadAsync(database.Database.Dialect.Select(table, ["name"], []), CancellationToken.None);
        var names = new List<string>();
        while (await rows.ReadAsync())
            names.Add(rows.GetString(0));
        return names;
    }
}

public sealed class ProductTablesOnSqlite(SqliteTestDatabase database) : ProductTableCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class ProductTablesOnPostgreSql(PostgreSqlTestDatabase database) : ProductTableCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class ProductTablesOnSqlServer(SqlServerTestDatabase database) : ProductTableCases<SqlServerTestDatabase>(database);
