using BackendApi.Model;

namespace BackendApi.Testing;

/// <summary>
/// The tables that the reading cases query: small enough to know by heart, and with everything that is awkward: nulls, ties, a self reference, a
/// composite key, names that are no identifiers, a link table, a column for each type.
/// </summary>
internal static class ShopTables
{
    public static readonly TableSchema Customer = new(
        new(null, "customer"),
        [
            Column("id", ValueKind.Int32),
            Column("name", ValueKind.String, maxLength: 60),
            Column("country", ValueKind.String, maxLength: 2, isNullable: true),
            Column("balance", ValueKind.Decimal, precision: 19, scale: 4),
            Column("rating", ValueKind.Double, isNullable: true),
            Column("is_active", ValueKind.Boolean),
            Column("created_at", ValueKind.DateTimeOffset),
            Column("birthday", ValueKind.Date, isNullable: true),
            Column("opens", ValueKind.TimeOfDay, isNullable: true),
            Column("token", ValueKind.Guid),
            Column("picture", ValueKind.Binary, isNullable: true),
            Column("manager_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [], [new("fk_customer_manager", ["manager_id"], new(null, "customer"), ["id"])]);

    public static readonly TableSchema SalesOrder = new(
        new(null, "sales_order"),
        [
            Column("id", ValueKind.Int64),
            Column("customer_id", ValueKind.Int32),
            Column("status", ValueKind.String, maxLength: 10) with { Members = ["open", "paid", "closed"] },
            Column("total", ValueKind.Decimal, precision: 10, scale: 2),
            Column("placed_at", ValueKind.DateTimeOffset),
        ],
        ["id"], [], [new("fk_order_customer", ["customer_id"], Customer.Name, ["id"])]);

    public static readonly TableSchema Product = new(
        new(null, "product"),
        [
            Column("id", ValueKind.Int32),
            Column("sku", ValueKind.String, maxLength: 20),
            Column("name", ValueKind.String, maxLength: 60),
            Column("price", ValueKind.Decimal, precision: 10, scale: 2, isNullable: true),
        ],
        ["id"], [new("uq_product_sku", ["sku"])], []);

    public static readonly TableSchema OrderLine = new(
        new(null, "order line"),
        [
            Column("order_id", ValueKind.Int64),
            Column("line no", ValueKind.Int16),
            Column("product_id", ValueKind.Int32, isNullable: true),
            Column("quantity", ValueKind.Int32),
        ],
        ["order_id", "line no"], [],
        [new("fk_line_order", ["order_id"], SalesOrder.Name, ["id"]), new("fk_line_product", ["product_id"], Product.Name, ["id"])]);

    public static readonly TableSchema Tag = new(
        new(null, "tag"), [Column("id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 20)], ["id"], [], []);

    public static readonly TableSchema ProductTag = new(
        new(null, "product_tag"), [Column("product_id", ValueKind.Int32), Column("tag_id", ValueKind.Int32)], ["product_id", "tag_id"], [],
        [new("fk_product_tag_product", ["product_id"], Product.Name, ["id"]), new("fk_product_tag_tag", ["tag_id"], Tag.Name, ["id"])]);

    /// <summary>In an order in which every foreign key finds its target.</summary>
    public static readonly IReadOnlyList<(TableSchema Table, object?[][] Rows)> All =
    [
        (Customer,
        [
            [1, "Ada", "GB", 1250.5m, 4.5, true, At("2024-01-31T10:20:30.1234560Z"), new DateOnly(1990, 12, 31), new TimeOnly(8, 30), Id(1), new byte[] { 0xFB, 0xFF, 0x00 }, null],
            [2, "Björn", "SE", 0m, null, true, At("2024-02-29T23:59:59Z"), null, null, Id(2), null, 1],
            [3, "Chloé", null, -20.25m, 1.0, false, At("2023-12-31T23:30:00Z"), new DateOnly(2000, 2, 29), new TimeOnly(23, 59, 59), Id(3), null, 1],
            [4, "O'Neil", "GB", 99999999999.9999m, 4.5, false, At("2024-01-31T10:20:30.1234570Z"), null, null, Id(4), Array.Empty<byte>(), 2],
            [5, "ada", null, 0.0001m, null, true, At("1999-01-01T00:00:00Z"), null, new TimeOnly(0, 0), Id(5), null, null],
        ]),
        (Product,
        [
            [1, "P-1", "Lamp", 19.99m],
            [2, "P-2", "Lampshade 100%", 5m],
            [3, "P/3", "Desk_top", null],
            [4, "P 4", "Chair", 120m],
        ]),
        (SalesOrder,
        [
            [101L, 1, "open", 100.00m, At("2024-03-01T08:00:00Z")],
            [102L, 1, "paid", 250.50m, At("2024-03-02T09:00:00Z")],
            [103L, 2, "open", 100.00m, At("2024-03-03T10:00:00Z")],
            [104L, 3, "closed", 0.01m, At("2024-03-03T10:00:00Z")],
            [105L, 1, "closed", 75.00m, At("2024-03-05T12:00:00Z")],
        ]),
        (OrderLine,
        [
            [101L, (short)1, 1, 2],
            [101L, (short)2, 2, 1],
            [102L, (short)1, 4, 2],
            [103L, (short)1, 3, 10],
            [103L, (short)2, null, 1],
        ]),
        (Tag, [[1, "light"], [2, "office"], [3, "unused"]]),
        (ProductTag, [[1, 1], [2, 1], [3, 2], [4, 2], [1, 2]]),
    ];

    /// <summary>What is published of them. Everything that is left out comes from the catalogue.</summary>
    public const string Definitions =
        """
        [
          { "alias": "customers", "table": "customer" },
          { "alias": "orders", "table": "sales_order" },
          { "alias": "order-lines", "table": "order line" },
          { "alias": "products", "table": "product",
            "relations": [
              { "name": "Lines", "target": "order-lines", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "product_id" } ] },
              { "name": "Tags", "target": "tags", "multiplicity": "many",
                "through": { "table": "product_tag",
                             "on": [ { "column": "id", "targetColumn": "product_id" } ],
                             "to": [ { "column": "tag_id", "targetColumn": "id" } ] } } ] },
          { "alias": "tags", "table": "tag" },
          { "alias": "open-orders", "table": "sales_order", "filter": "Status eq 'open'", "relations": [] }
        ]
        """;

    private static ColumnSchema Column(string name, ValueKind kind, int? maxLength = null, int? precision = null, int? scale = null, bool isNullable = false) =>
        new(name, new(kind, "", maxLength, precision, scale), isNullable);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
