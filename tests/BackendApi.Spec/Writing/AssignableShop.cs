using BackendApi.Access.Statistics;
using BackendApi.Endpoints.Asynchronous;
using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Resources.Audit;
using BackendApi.Resources.RunningSettings;
using BackendApi.Resources.Statistics;
using BackendApi.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Writing;

/// <summary>Documents with every kind of column that clients do not write, beside everything else that the service has sets of.</summary>
public abstract class AssignableShop(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Person = new(new(null, "person"), [Column("id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 40)], ["id"], [], []);

    private static readonly TableSchema Doc = new(
        new(null, "doc"),
        [
            Column("id", ValueKind.Int32),
            Column("name", ValueKind.String, maxLength: 40),
            Column("once", ValueKind.String, maxLength: 40, isNullable: true),
            Column("later", ValueKind.String, maxLength: 40, isNullable: true),
            Column("fixed", ValueKind.Int32, isNullable: true),
            Column("flag", ValueKind.Boolean) with { Default = "false" },
            Column("place", ValueKind.String, maxLength: 40, isNullable: true),
            Column("constant", ValueKind.String, maxLength: 40),
            Column("computed", ValueKind.String, maxLength: 80, isNullable: true),
            Column("kind", ValueKind.String, maxLength: 10) with { Default = "'plain'" },
            Column("level", ValueKind.Int32, isNullable: true),
            Column("hidden", ValueKind.String, maxLength: 40, isNullable: true),
            Column("password_hash", ValueKind.String, maxLength: 40, isNullable: true),
            Column("content", ValueKind.Binary, isNullable: true),
            Column("owner_id", ValueKind.Int32, isNullable: true),
            Column("author_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [], [new("fk_doc_owner", ["owner_id"], Person.Name, ["id"]), new("fk_doc_author", ["author_id"], Person.Name, ["id"])]);

    private static readonly TableSchema Vault = new(
        new(null, "vault"), [Column("id", ValueKind.Int32), Column("doc_id", ValueKind.Int32), Column("word", ValueKind.String, maxLength: 40)], ["id"], [],
        [new("fk_vault_doc", ["doc_id"], Doc.Name, ["id"])]);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
    [
        (Person, ["id", "name"], [[1, "Ada"], [2, "Bert"]]),
        (Doc, ["id", "name", "once", "later", "fixed", "flag", "place", "constant", "computed", "kind", "level", "hidden", "password_hash", "content", "owner_id", "author_id"],
        [
            [1, "one", "o", "l", 7, false, "here", "C", "one!", "plain", null, "h", "p", new byte[] { 1 }, 1, 1],
            [2, "two", "o", "l", 7, false, "here", "C", "two!", "secret", 3, "h", "p", new byte[] { 1 }, 1, null],
        ]),
        (Vault, ["id", "doc_id", "word"], [[1, 1, "gold"]]),
    ];

    private const string Definitions =
        """
        [
          { "alias": "people", "table": "person", "allow": { "create": true, "update": true, "delete": true },
            "relations": [ { "name": "Written", "target": "docs", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "author_id" } ] } ] },
          { "alias": "docs", "table": "doc", "allow": { "create": true, "update": true, "delete": true },
            "fields": [
              { "column": "id" }, { "column": "name" }, { "column": "once", "isEditable": false }, { "column": "later", "isCreatable": false },
              { "column": "fixed", "isCreatable": false, "isEditable": false }, { "column": "flag", "isCreatable": false, "isEditable": false },
              { "column": "place", "name": "Where/Place", "alias": "place", "isCreatable": false, "isEditable": false },
              { "column": "constant", "transform": [ { "constant": "C" } ] }, { "column": "computed", "transform": [ { "compute": "concat(Name,'!')" } ] },
              { "column": "owner_id", "isCreatable": false, "isEditable": false }, { "column": "author_id" } ],
            "media": { "column": "content", "contentType": "application/octet-stream" },
            "derived": [ { "name": "SecretDoc", "column": "kind", "value": "secret", "fields": [ { "column": "level", "isCreatable": false, "isEditable": false } ] } ],
            "relations": [
              { "name": "Owner", "target": "people", "multiplicity": "one", "on": [ { "column": "owner_id", "targetColumn": "id" } ] },
              { "name": "Author", "target": "people", "multiplicity": "one", "isEditable": true, "on": [ { "column": "author_id", "targetColumn": "id" } ] },
              { "name": "Vaults", "target": "vaults", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "doc_id" } ] } ] },
          { "alias": "vaults", "table": "vault", "relations": [] }
        ]
        """;

    protected override void Add(IServiceCollection services) => services.AddModule<AccessModule>().AddModule<AuditModule>().AddModule<StatisticsModule>().AddModule<SettingModule>().AddModule<JobModule>();

    /// <summary>Gives the sets that the service fills itself a row each: a setting that was changed, a job that has ended, a day that was counted, and what the audit log has to say of it.</summary>
    public async Task FillAsync()
    {
        (await Write("PATCH", "Settings('OData:MaxBatchOperations')", """{"Value":"999"}""")).Is(204);
        var job = (await Write("GET", "Docs", null, ("Prefer", "respond-async"))).Is(202).Headers["Location"].Replace("{root}", "", StringComparison.Ordinal);
        while ((await Write("GET", job)).Status == 202)
            await Task.Yield();

        var columns = StatisticsTables.Rows.Columns;
        object?[] day = [.. columns.Select(column => column.Name switch
        {
            "id" => Guid.NewGuid(),
            "period" => "Day",
            "period_start" => new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddDays(-1),
            "operation" => "Read",
            _ => column.IsNullable ? null : (object)1L,
        })];
        await using var session = await Database.Database.OpenAsync(default);
        foreach (var statement in Database.Database.Dialect.Insert(StatisticsTables.Rows, [.. columns.Select(column => column.Name)], [day]))
            await session.ExecuteAsync(statement, default);
    }
}

public sealed class SqliteAssignableShop() : AssignableShop(new SqliteTestDatabase());

public sealed class PostgreSqlAssignableShop() : AssignableShop(new PostgreSqlTestDatabase());

public sealed class SqlServerAssignableShop() : AssignableShop(new SqlServerTestDatabase());
