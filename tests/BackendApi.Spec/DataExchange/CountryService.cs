using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Spec.DataExchange;

/// <summary>
/// The countries and regions of Spryker's documentation, published by an installer document as Spryker writes it, and a table with a composite key beside
/// them. Pages hold two rows, three at most.
/// </summary>
public class CountryService<TDatabase> : HostFixture<TDatabase>
    where TDatabase : TestDatabase, new()
{
    private static readonly TableSchema Country = new(
        new(null, "spy_country"),
        [
            Column("id_country", ValueKind.Int32), Column("iso2_code", ValueKind.String, 2), Column("name", ValueKind.String, 60, isNullable: true),
            Column("is_member", ValueKind.Boolean), new("vat", new(ValueKind.Decimal, "", null, 5, 2), true), Column("since", ValueKind.Date, isNullable: true),
        ],
        ["id_country"], [], []);

    private static readonly TableSchema Region = new(
        new(null, "spy_region"),
        [Column("id_region", ValueKind.Int32), Column("fk_country", ValueKind.Int32), Column("iso2_code", ValueKind.String, 6), Column("name", ValueKind.String, 60)],
        ["id_region"], [], [new("fk_region_country", ["fk_country"], Country.Name, ["id_country"])]);

    private static readonly TableSchema Rate = new(
        new(null, "rate"),
        [Column("iso2_code", ValueKind.String, 6), Column("kind", ValueKind.String, 20), Column("percent", ValueKind.Int32)],
        ["iso2_code", "kind"], [], []);

    private static readonly (TableSchema Table, object?[][] Rows)[] Tables =
    [
        (Country,
        [
            [1, "AT", "Austria", true, 20.00m, new DateOnly(1995, 1, 1)],
            [2, "CH", "Switzerland", false, 8.10m, null],
            [3, "DE", null, true, null, new DateOnly(1958, 1, 1)],
            [4, "FR", "France", true, 20.00m, new DateOnly(1958, 1, 1)],
        ]),
        (Region,
        [
            [11, 1, "AT-6", "Steiermark"], [12, 1, "AT-9", "Wien"],
            [21, 4, "FR-75", "Paris"], [22, 4, "FR-69", "Rhône"], [23, 4, "FR-13", "Marseille"], [24, 4, "FR-33", "Gironde"],
        ]),
        (Rate, [["AT-9", "a,b", 1], ["AT-9", "night", 2]]),
    ];

    private const string Installer =
        """
        [
          { "tableName": "spy_country", "tableAlias": "countries", "isActive": true,
            "definition": { "identifier": "id_country", "isDeletable": false, "fields": [
              { "fieldName": "id_country", "fieldVisibleName": "id_country", "type": "integer", "isCreatable": false, "isEditable": false },
              { "fieldName": "iso2_code", "fieldVisibleName": "iso2_code", "type": "string", "isCreatable": true, "isEditable": true,
                "validation": { "isRequired": true, "minLength": 2, "maxLength": 2 } },
              { "fieldName": "name", "fieldVisibleName": "name", "type": "string", "isCreatable": true, "isEditable": true },
              { "fieldName": "is_member", "fieldVisibleName": "is_member", "type": "boolean", "isCreatable": true, "isEditable": true },
              { "fieldName": "vat", "fieldVisibleName": "vat", "type": "decimal", "isCreatable": true, "isEditable": true } ] },
            "childRelations": [
              { "name": "country-regions", "isEditable": true, "childDynamicEntityConfiguration": { "tableAlias": "regions" },
                "relationFieldMappings": [ { "childFieldName": "fk_country", "parentFieldName": "id_country" } ] } ] },
          { "tableName": "spy_region", "tableAlias": "regions", "isActive": true,
            "definition": { "identifier": "id_region", "isDeletable": true, "fields": [
              { "fieldName": "id_region", "fieldVisibleName": "id_region", "type": "integer", "isCreatable": false, "isEditable": false },
              { "fieldName": "fk_country", "fieldVisibleName": "fk_country", "type": "integer", "isCreatable": true, "isEditable": true },
              { "fieldName": "iso2_code", "fieldVisibleName": "region-code", "type": "string", "isCreatable": true, "isEditable": true } ] } }
        ]
        """;

    private const string Own =
        """
        [
          { "alias": "rates", "table": "rate", "relations": [] },
          { "alias": "places", "table": "spy_region",
            "fields": [ { "column": "id_region", "name": "id" }, { "column": "name", "name": "name" } ],
            "relations": [
              { "name": "country", "target": "lands", "multiplicity": "one", "on": [ { "column": "fk_country", "targetColumn": "id_country" } ] } ] },
          { "alias": "lands", "table": "spy_country",
            "fields": [ { "column": "id_country", "name": "id" }, { "column": "since", "name": "since" } ],
            "relations": [
              { "name": "places", "target": "places", "multiplicity": "many", "on": [ { "column": "id_country", "targetColumn": "fk_country" } ] } ] }
        ]
        """;

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"backend-api-definitions-{Guid.NewGuid():N}");

    protected override string[] Settings =>
    [
        $"--DataExchange:ConfigurationFiles:0={Path.Combine(folder, "configuration.json")}", $"--DataExchange:ConfigurationFiles:1={Path.Combine(folder, "own.json")}",
        "--OData:DefaultPageSize=2", "--OData:MaxPageSize=3",
    ];

    protected override async Task PrepareAsync()
    {
        foreach (var (table, rows) in Tables)
            await CreateAsync(table, rows);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "configuration.json"), Installer);
        await File.WriteAllTextAsync(Path.Combine(folder, "own.json"), Own);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private async Task CreateAsync(TableSchema table, object?[][] rows)
    {
        var dialect = Database.Database.Dialect;
        await Database.RunAsync(dialect.Ddl.CreateTable(table));
        await using var session = await Database.Database.OpenAsync(CancellationToken.None);
        foreach (var statement in dialect.Insert(table, [.. table.Columns.Select(column => column.Name)], rows))
            await session.ExecuteAsync(statement, CancellationToken.None);
    }

    private static ColumnSchema Column(string name, ValueKind kind, int? maxLength = null, bool isNullable = false) => new(name, new(kind, "", maxLength), isNullable);
}
