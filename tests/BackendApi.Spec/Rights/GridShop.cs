using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Spec.Writing;
using BackendApi.Testing;

namespace BackendApi.Spec.Rights;

/// <summary>A set of the shop: its columns with the names of their properties, and filters that grants can have, each with what it means.</summary>
internal sealed record GridSet(string Name, string Table, IReadOnlyList<string> Key, IReadOnlyList<(string Column, string Property)> Properties, IReadOnlyList<GridFilter> Filters);

internal sealed record GridFilter(string Text, Func<GridRows, GridRow, bool> Holds);

/// <summary>A row of a table.</summary>
internal sealed class GridRow(TableSchema table, object?[] values)
{
    public object?[] Values => values;

    public object? this[string column] => values[table.Columns.Select(known => known.Name).ToList().IndexOf(column)];

    /// <summary>The same without the values of some columns.</summary>
    public GridRow Without(Func<string, bool> isHidden) => new(table, [.. table.Columns.Select((column, i) => isHidden(column.Name) ? null : values[i])]);
}

/// <summary>Rows by their tables.</summary>
internal sealed class GridRows : Dictionary<string, List<GridRow>>;

/// <summary>A shop of random rows, as it is or with a part of them.</summary>
internal sealed class GridShop(TestDatabase database, GridRows rows, string definitions)
    : WritableRows(database, [.. Tables.Select(table => (table, table.Columns.Select(column => column.Name).ToArray(), rows[table.Name.Name].Select(row => row.Values).ToArray()))], definitions)
{
    public static readonly IReadOnlyList<TableSchema> Tables =
    [
        Table("customer", ["id"], ("id", ValueKind.Int32), ("code", ValueKind.String), ("name", ValueKind.String), ("country", ValueKind.String), ("balance", ValueKind.Decimal), ("manager_id", ValueKind.Int32)),
        Table("customer_order", ["id"], ("id", ValueKind.Int32), ("customer_id", ValueKind.Int32), ("amount", ValueKind.Decimal), ("order_date", ValueKind.Date)),
        Table("item", ["order_id", "line"], ("order_id", ValueKind.Int32), ("line", ValueKind.Int32), ("product", ValueKind.String), ("quantity", ValueKind.Int32)),
        Table("tag", ["id"], ("id", ValueKind.Int32), ("name", ValueKind.String)),
        Table("customer_tag", ["customer_id", "tag_id"], ("customer_id", ValueKind.Int32), ("tag_id", ValueKind.Int32)),
    ];

    public static readonly IReadOnlyList<GridSet> Sets =
    [
        new("Customers", "customer", ["id"], [("id", "Id"), ("code", "Code"), ("name", "Name"), ("country", "Country"), ("balance", "Balance")],
        [
            new("Country eq 'DE'", (_, row) => (string?)row["country"] == "DE"),
            new("Balance gt 5", (_, row) => row["balance"] is > 5m),
            new("Id mod 2 eq 1", (_, row) => (int)row["id"]! % 2 == 1),
            new("Orders/any(o:o/Amount gt 50)", (rows, row) => rows["customer_order"].Exists(order => Equals(order["customer_id"], row["id"]) && order["amount"] is > 50m)),
        ]),
        new("Orders", "customer_order", ["id"], [("id", "Id"), ("amount", "Amount"), ("order_date", "OrderDate")],
        [
            new("Amount gt 30", (_, row) => row["amount"] is > 30m),
            new("OrderDate ne null", (_, row) => row["order_date"] is not null),
            new("Customer/Country eq 'FR'", (rows, row) => rows["customer"].Exists(customer => Equals(customer["id"], row["customer_id"]) && (string?)customer["country"] == "FR")),
        ]),
        new("Items", "item", ["order_id", "line"], [("order_id", "OrderId"), ("line", "Line"), ("product", "Product"), ("quantity", "Quantity")],
        [
            new("Quantity gt 2", (_, row) => row["quantity"] is > 2),
            new("Product eq 'pen'", (_, row) => (string?)row["product"] == "pen"),
        ]),
        new("Tags", "tag", ["id"], [("id", "Id"), ("name", "Name")], [new("Id le 3", (_, row) => row["id"] is <= 3)]),
    ];

    private static readonly IReadOnlyList<(string Source, string Target, string Relation)> Relations =
    [
        ("Customers", "Orders", """{"name":"Orders","target":"orders","multiplicity":"many","isEditable":true,"on":[{"column":"id","targetColumn":"customer_id"}]}"""),
        ("Customers", "Customers", """{"name":"Manager","target":"customers","multiplicity":"one","isEditable":true,"on":[{"column":"manager_id","targetColumn":"id"}]}"""),
        ("Customers", "Tags",
            """{"name":"Tags","target":"tags","multiplicity":"many","isEditable":true,"through":{"table":"customer_tag","on":[{"column":"id","targetColumn":"customer_id"}],"to":[{"column":"tag_id","targetColumn":"id"}]}}"""),
        ("Orders", "Customers", """{"name":"Customer","target":"customers","multiplicity":"one","isEditable":true,"on":[{"column":"customer_id","targetColumn":"id"}]}"""),
        ("Orders", "Items", """{"name":"Items","target":"items","multiplicity":"many","isEditable":true,"on":[{"column":"id","targetColumn":"order_id"}]}"""),
    ];

    /// <summary>Documents that publish a part of the shop.</summary>
    /// <param name="isShown">Whether a set has a property; one without any is not published.</param>
    public static string Definitions(Func<GridSet, string, bool> isShown)
    {
        var published = Sets.Where(set => set.Properties.Any(property => isShown(set, property.Property))).ToList();
        return new JsonArray([.. published.Select(set => (JsonNode)new JsonObject
        {
            ["alias"] = set.Name.ToLowerInvariant(),
            ["entitySet"] = set.Name,
            ["table"] = set.Table,
            ["allow"] = JsonNode.Parse("""{"create":true,"update":true,"delete":true}"""),
            ["key"] = new JsonArray([.. set.Key.Select(column => (JsonNode)column)]),
            ["fields"] = new JsonArray([.. set.Properties.Where(property => isShown(set, property.Property)).Select(property => (JsonNode)new JsonObject { ["column"] = property.Column, ["name"] = property.Property })]),
            ["relations"] = new JsonArray([.. Relations.Where(relation => relation.Source == set.Name && published.Exists(other => other.Name == relation.Target)).Select(relation => JsonNode.Parse(relation.Relation))]),
        })]).ToJsonString();
    }

    /// <summary>What the database holds now.</summary>
    public async Task<GridRows> StoredAsync()
    {
        var stored = new GridRows();
        var values = Database.Database.Dialect.Values;
        await using var session = await Database.Database.OpenAsync(default);
        foreach (var table in Tables)
        {
            var all = stored[table.Name.Name] = [];
            await using var found = await session.ReadAsync(new($"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Name.Name}", []), default);
            while (await found.ReadAsync())
                all.Add(new(table, [.. table.Columns.Select((column, i) => values.ReadOrNull(column.Type.Kind, found, i))]));
        }
        return stored;
    }

    public static GridRows RandomRows(Random random)
    {
        var rows = new GridRows();
        Add("customer", 12, number => [number + 1, $"C{number:00}", Some("Ada", "Bert", $"Name {number}"), Some("DE", "FR", null), random.Next(4) == 0 ? null : random.Next(-20, 40) / 2m, random.Next(3) == 0 ? null : random.Next(1, 13)]);
        Add("customer_order", 25, number => [number + 1, random.Next(1, 13), random.Next(2, 160) / 2m, random.Next(3) == 0 ? null : new DateOnly(2026, 1, random.Next(1, 28))]);
        Add("item", 40, number => [number / 2 + 1, number % 2 + 1, Some("pen", "ink", "cap"), random.Next(1, 6)]);
        Add("tag", 5, number => [number + 1, Some("red", "green", "blue")]);
        Add("customer_tag", 18, number => [number % 12 + 1, number / 12 + 1 + 2 * random.Next(2)]);
        return rows;

        object? Some(params object?[] values) => values[random.Next(values.Length)];

        void Add(string name, int count, Func<int, object?[]> values)
        {
            var table = Tables.Single(table => table.Name.Name == name);
            rows.Add(name, [.. Enumerable.Range(0, count).Select(number => new GridRow(table, values(number)))]);
        }
    }

    private static TableSchema Table(string name, string[] key, params (string Name, ValueKind Kind)[] columns) => new(
        new(null, name),
        [.. columns.Select(column => Column(column.Name, column.Kind, column.Kind == ValueKind.String ? 40 : null, column.Kind == ValueKind.Decimal ? 10 : null, column.Kind == ValueKind.Decimal ? 2 : null, !key.Contains(column.Name)))],
        key, [], []);
}
