using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Spec.Writing;
using BackendApi.Sql;

namespace BackendApi.Spec.Injection;

/// <summary>Tables and columns whose names would end a quote, a statement or a template, beside a table that nobody publishes, and rows that a filter hides.</summary>
public abstract class HostileShop(TestDatabase database) : WritableRows(
    database,
    [
        (Customer, ["id", Name, Kind, Note], [[1, "Ada", "open", "a"], [2, "O'Neil \"Bob\"", "open", null], [3, "Carla; --", Secret, Secret]]),
        (Order, ["id", Owner, Text], [[1, 1, "x"], [2, 2, "$1 ?1 @p0"], [3, 3, Secret]]),
        (Vault, ["id", "word"], [[1, Secret], [2, "gold"]]),
    ],
    Definitions)
{
    /// <summary>Stands in rows that no request may show.</summary>
    public const string Secret = "zq9secret";

    private const string Name = "na\"me'; DROP TABLE vault; --";
    private const string Kind = "ki]nd {0} $1 ?1 @p0 :k";
    private const string Note = "no\u2019te\u201d /* */ \\ %_";
    private const string Owner = "ow\"\"ner\n--\n{1}";
    private const string Text = "te`xt\"); DELETE FROM vault; (\"";

    private static readonly TableSchema Customer = new(
        new(null, "cus\"tomer\"; DELETE FROM vault; --"),
        [Column("id", ValueKind.Int32), Column(Name, ValueKind.String, maxLength: 400), Column(Kind, ValueKind.String, maxLength: 40), Column(Note, ValueKind.String, maxLength: 400, isNullable: true)],
        ["id"], [new("uq \" ' ]", [Name])], []);

    private static readonly TableSchema Order = new(
        new(null, "or]der' {0} $1 ?1 @p0 ; :x"),
        [Column("id", ValueKind.Int32), Column(Owner, ValueKind.Int32), Column(Text, ValueKind.String, maxLength: 400)],
        ["id"], [], [new("fk \" ' ]", [Owner], Customer.Name, ["id"])]);

    private static readonly TableSchema Vault = new(new(null, "vault"), [Column("id", ValueKind.Int32), Column("word", ValueKind.String, maxLength: 40)], ["id"], [], []);

    private static string Definitions => new JsonArray(
        new JsonObject
        {
            ["alias"] = "customers", ["entitySet"] = "Customers", ["table"] = Customer.Name.Name, ["allow"] = All, ["filter"] = $"Kind ne '{Secret}'", ["search"] = new JsonArray(Name, Note), ["trackChanges"] = true,
            ["alternateKeys"] = new JsonArray(new JsonArray(Name)),
            ["fields"] = Fields(("id", "Id"), (Name, "Name"), (Kind, "Kind"), (Note, "Note")),
            ["relations"] = Relation("Orders", "orders", "many", "id", Owner),
        },
        new JsonObject
        {
            ["alias"] = "orders", ["entitySet"] = "Orders", ["table"] = Order.Name.Name, ["allow"] = All, ["filter"] = $"Text ne '{Secret}'",
            ["fields"] = Fields(("id", "Id"), (Owner, "CustomerId"), (Text, "Text")),
            ["relations"] = Relation("Customer", "customers", "one", Owner, "id"),
        }).ToJsonString();

    private static JsonNode All => JsonNode.Parse("""{"create":true,"update":true,"delete":true}""")!;

    /// <summary>What nobody may reach, as it is stored.</summary>
    public async Task<string> HiddenAsync() => string.Join('|',
        [.. await RowsAsync(Vault), .. (await RowsAsync(Customer)).Where(row => row.Contains(Secret, StringComparison.Ordinal)), .. (await RowsAsync(Order)).Where(row => row.Contains(Secret, StringComparison.Ordinal))]);

    /// <summary>The rest.</summary>
    public async Task<List<string>> OpenAsync() =>
        [.. (await RowsAsync(Customer)).Concat(await RowsAsync(Order)).Where(row => !row.Contains(Secret, StringComparison.Ordinal))];

    private async Task<List<string>> RowsAsync(TableSchema table)
    {
        var dialect = Database.Database.Dialect;
        var rows = new List<string>();
        await using var session = await Database.Database.OpenAsync(default);
        await using var found = await session.ReadAsync(dialect.Select(table, [.. table.Columns.Select(column => column.Name)], []), default);
        while (await found.ReadAsync())
            rows.Add($"{table.Columns[1].Name.Length}: {JsonSerializer.Serialize(table.Columns.Select((column, i) => dialect.Values.ReadOrNull(column.Type.Kind, found, i)))}");
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static JsonArray Fields(params (string Column, string Name)[] fields) => new([.. fields.Select(field => (JsonNode)new JsonObject { ["column"] = field.Column, ["name"] = field.Name })]);

    private static JsonArray Relation(string name, string target, string multiplicity, string from, string to) => new(new JsonObject
    {
        ["name"] = name, ["target"] = target, ["multiplicity"] = multiplicity, ["isEditable"] = true, ["on"] = new JsonArray(new JsonObject { ["column"] = from, ["targetColumn"] = to }),
    });
}

public sealed class SqliteHostileShop() : HostileShop(new SqliteTestDatabase());

public sealed class PostgreSqlHostileShop() : HostileShop(new PostgreSqlTestDatabase());

public sealed class SqlServerHostileShop() : HostileShop(new SqlServerTestDatabase());
