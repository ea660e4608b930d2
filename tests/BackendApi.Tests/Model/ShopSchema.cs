using BackendApi.Model;

namespace BackendApi.Tests.Model;

/// <summary>A small catalogue with what a real one holds: composite keys, two foreign keys to one table, a self reference, a link table, a view, odd names.</summary>
internal static class ShopSchema
{
    public static readonly TableSchema Customer = new(
        new(null, "customer"),
        [
            Int("id_customer", identity: true),
            Text("customer_number", 16),
            Text("name", 100) with { Comment = "As it stands on the invoice." },
            Text("status", 10) with { Members = ["open", "on hold", "closed"] },
            new("balance", new(ValueKind.Decimal, "numeric(19,4)", null, 19, 4), false, Default: "0"),
            new("created_at", new(ValueKind.DateTimeOffset, "timestamptz(6)", null, 6), false, Default: "now"),
            new("attributes", new(ValueKind.Json, "jsonb"), true),
        ],
        ["id_customer"], [new("uq_customer_number", ["customer_number"])], [], Comment: "Who buys.");

    public static readonly TableSchema Address = new(
        new(null, "address"),
        [Int("id_address", identity: true), Int("fk_customer"), Text("street name", 200) with { IsNullable = true }, Text("2nd line", null) with { IsNullable = true }],
        ["id_address"], [], [new("fk_address_customer", ["fk_customer"], new(null, "customer"), ["id_customer"])]);

    public static readonly TableSchema Order = new(
        new(null, "order"),
        [
            new("id_order", new(ValueKind.Int64, "bigint"), false, IsIdentity: true),
            Int("customer_id"),
            Int("billing_address_id"),
            Int("shipping_address_id") with { IsNullable = true },
            new("total", new(ValueKind.Decimal, "numeric"), false),
            new("ordered_on", new(ValueKind.Date, "date"), false),
            new("gross", new(ValueKind.Decimal, "numeric(12,2)", null, 12, 2), true, IsGenerated: true),
        ],
        ["id_order"], [],
        [
            new("fk_order_customer", ["customer_id"], new(null, "customer"), ["id_customer"]),
            new("fk_order_billing", ["billing_address_id"], new(null, "address"), ["id_address"]),
            new("fk_order_shipping", ["shipping_address_id"], new(null, "address"), ["id_address"]),
        ]);

    public static readonly TableSchema OrderItem = new(
        new(null, "order_item"),
        [
            new("order_id", new(ValueKind.Int64, "bigint"), false),
            new("line", new(ValueKind.Int16, "smallint"), false),
            Text("sku", 40),
            new("quantity", new(ValueKind.Double, "double precision"), false),
            new("picture", new(ValueKind.Binary, "bytea"), true),
        ],
        ["order_id", "line"], [],
        [
            new("fk_item_order", ["order_id"], new(null, "order"), ["id_order"]),
            new("fk_item_product", ["sku"], new(null, "product"), ["sku"]),
        ]);

    public static readonly TableSchema Product = new(
        new(null, "product"),
        [Text("sku", 40), Text("name", 200), new("is_active", new(ValueKind.Boolean, "boolean"), false, Default: "true")],
        ["sku"], [], []);

    public static readonly TableSchema Category = new(
        new(null, "category"),
        [Int("id_category"), Int("parent_id") with { IsNullable = true }, Text("name", 100)],
        ["id_category"], [], [new("fk_category_parent", ["parent_id"], new(null, "category"), ["id_category"])]);

    public static readonly TableSchema ProductCategory = new(
        new(null, "product_category"),
        [Text("sku", 40), Int("fk_category")],
        ["sku", "fk_category"], [],
        [
            new("fk_link_product", ["sku"], new(null, "product"), ["sku"]),
            new("fk_link_category", ["fk_category"], new(null, "category"), ["id_category"]),
        ]);

    public static readonly TableSchema Revenue = new(
        new(null, "revenue per day"),
        [new("day", new(ValueKind.Date, "date"), true), new("amount", new(ValueKind.Decimal, "numeric(38,6)", null, 38, 6), true)],
        [], [], [], IsView: true);

    public static readonly IReadOnlyDictionary<TableName, TableSchema> Tables =
        new[] { Customer, Address, Order, OrderItem, Product, Category, ProductCategory, Revenue }.ToDictionary(table => table.Name);

    public static ColumnSchema Int(string name, bool identity = false) => new(name, new(ValueKind.Int32, "integer"), false, IsIdentity: identity);

    public static ColumnSchema Text(string name, int? length) => new(name, new(ValueKind.String, length is null ? "text" : $"varchar({length})", length), false);
}
