using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Host.Demo;

/// <summary>The tables of the demo shop. Their comments become the descriptions of what is published.</summary>
internal static class DemoTables
{
    public static readonly IReadOnlyList<string> OrderStatuses = ["new", "paid", "packed", "shipped", "delivered", "cancelled"];
    public static readonly IReadOnlyList<string> PriceTypes = ["regular", "sale"];

    public static readonly TableSchema Category = Table("category", "Where products are found; categories form a tree.",
        [
            Id(),
            Column.Int32("parent_id", isNullable: true, comment: "The category above; none at the top."),
            Column.Text("name", 80),
            Column.Text("slug", 120, comment: "The name as it stands in addresses."),
            Column.Int32("position", comment: "Orders the categories below the same parent."),
            Column.Boolean("is_visible"),
        ],
        unique: [["slug"]],
        references: [("parent_id", "category")]);

    public static readonly TableSchema Supplier = Table("supplier", "Who delivers products to the shop.",
        [
            Id(),
            Column.Text("name", 120),
            Column.Text("country", 2, comment: "ISO 3166 alpha-2."),
            Column.Text("email", 120, isNullable: true),
            Column.Decimal("rating", 2, 1, isNullable: true, comment: "From 1.0 to 5.0; none before the first delivery."),
            Column.Int32("lead_time_days", comment: "Working days from order to delivery."),
        ]);

    public static readonly TableSchema Product = Table("product", "What the shop sells.",
        [
            Id(),
            Column.Text("sku", 24, comment: "The number on the label; never changes."),
            Column.Text("name", 120),
            Column.Text("description", isNullable: true),
            Column.Int32("supplier_id", isNullable: true),
            Column.Decimal("weight", 8, 3, isNullable: true, comment: "Kilograms."),
            Column.Text("ean", 13, isNullable: true, comment: "International article number."),
            Column.Boolean("is_active", comment: "Products that are not active are not offered."),
            Column.Date("available_from", isNullable: true),
            Column.Guid("external_id", comment: "The identity in the master data system."),
            .. Stamps(),
        ],
        unique: [["sku"], ["external_id"]],
        references: [("supplier_id", "supplier")]);

    public static readonly TableSchema ProductCategory = new(
        new(null, "product_category"),
        [Column.Int32("product_id"), Column.Int32("category_id")],
        PrimaryKey: ["product_id", "category_id"],
        UniqueKeys: [],
        ForeignKeys: [Reference("product_category", "product_id", "product"), Reference("product_category", "category_id", "category")],
        Comment: "Which products are in which categories.");

    public static readonly TableSchema Store = Table("store", "A shop or warehouse that sells and keeps stock.",
        [
            Id(),
            Column.Text("code", 8),
            Column.Text("name", 80),
            Column.Text("country", 2, comment: "ISO 3166 alpha-2."),
            Column.Text("currency", 3, comment: "ISO 4217."),
            Column.Boolean("is_online"),
        ],
        unique: [["code"]]);

    public static readonly TableSchema Price = Table("price", "What a product costs, by currency and kind.",
        [
            Id(),
            Column.Int32("product_id"),
            Column.Text("currency", 3, comment: "ISO 4217."),
            Column.Enumeration("type", PriceTypes),
            Column.Decimal("amount", 10, 2, comment: "Gross, in the currency."),
            Column.Date("valid_from", isNullable: true),
            Column.Date("valid_to", isNullable: true),
        ],
        unique: [["product_id", "currency", "type"]],
        references: [("product_id", "product")]);

    public static readonly TableSchema Stock = Table("stock", "How many pieces of a product a store has.",
        [
            Id(),
            Column.Int32("product_id"),
            Column.Int32("store_id"),
            Column.Int32("quantity"),
            Column.Int32("reserved", comment: "Pieces that orders have claimed."),
            Column.Boolean("is_never_out_of_stock"),
            Updated(),
        ],
        unique: [["product_id", "store_id"]],
        references: [("product_id", "product"), ("store_id", "store")]);

    public static readonly TableSchema Customer = Table("customer", "Who buys.",
        [
            Id(),
            Column.Text("number", 12),
            Column.Text("first_name", 60),
            Column.Text("last_name", 60),
            Column.Text("email", 120),
            Column.Text("company", 120, isNullable: true),
            Column.Date("date_of_birth", isNullable: true),
            Column.Boolean("accepts_newsletter"),
            .. Stamps(),
        ],
        unique: [["number"], ["email"]]);

    public static readonly TableSchema CustomerAddress = Table("customer_address", "Where a customer lives or wants deliveries.",
        [
            Id(),
            Column.Int32("customer_id"),
            Column.Text("street", 120),
            Column.Text("postal_code", 12),
            Column.Text("city", 80),
            Column.Text("country", 2, comment: "ISO 3166 alpha-2."),
            Column.Boolean("is_default"),
        ],
        references: [("customer_id", "customer")]);

    public static readonly TableSchema SalesOrder = Table("sales_order", "What a customer ordered at one time.",
        [
            Id(),
            Column.Text("number", 16),
            Column.Int32("customer_id"),
            Column.Int32("store_id"),
            Column.Enumeration("status", OrderStatuses),
            Column.Text("currency", 3, comment: "ISO 4217."),
            Column.Decimal("total", 12, 2, comment: "The sum of the items, gross."),
            Column.Text("note", 400, isNullable: true),
            Column.Instant("ordered_at"),
            Column.Instant("shipped_at", isNullable: true),
            .. Stamps(),
        ],
        unique: [["number"]],
        references: [("customer_id", "customer"), ("store_id", "store")]);

    public static readonly TableSchema OrderItem = Table("order_item", "One line of an order.",
        [
            Id(),
            Column.Int32("order_id"),
            Column.Int32("line", comment: "Counted from 1 within the order."),
            Column.Int32("product_id"),
            Column.Int32("quantity"),
            Column.Decimal("unit_price", 10, 2),
            Column.Decimal("discount", 10, 2, isNullable: true, comment: "Taken off the line as a whole."),
        ],
        unique: [["order_id", "line"]],
        references: [("order_id", "sales_order"), ("product_id", "product")]);

    /// <summary>In an order in which every table follows those that it refers to.</summary>
    public static readonly IReadOnlyList<TableSchema> All =
        [Category, Supplier, Product, ProductCategory, Store, Price, Stock, Customer, CustomerAddress, SalesOrder, OrderItem];

    private static ColumnSchema Id() => Column.Int32("id") with { IsIdentity = true };

    private static ColumnSchema Updated() => Column.Instant("updated_at", comment: "The last change.") with { Default = "now" };

    private static ColumnSchema[] Stamps() => [Column.Instant("created_at") with { Default = "now" }, Updated()];

    private static TableSchema Table(
        string name, string comment, ColumnSchema[] columns, string[][]? unique = null, (string Column, string Target)[]? references = null) => new(
        new(null, name), columns, PrimaryKey: ["id"],
        UniqueKeys: [.. (unique ?? []).Select(key => new UniqueKey($"uq_{name}_{string.Join('_', key)}", key))],
        ForeignKeys: [.. (references ?? []).Select(reference => Reference(name, reference.Column, reference.Target))],
        Comment: comment);

    private static ForeignKey Reference(string table, string column, string target) =>
        new($"fk_{table}_{column}", [column], new(null, target), ["id"]);
}
