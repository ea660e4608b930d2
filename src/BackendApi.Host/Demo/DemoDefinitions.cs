using BackendApi.Model;

namespace BackendApi.Host.Demo;

/// <summary>
/// What of the demo shop is published. Suppliers are not: they are there for whoever wants to publish one more table. Relations follow from the
/// foreign keys, except where a link table stands between.
/// </summary>
internal static class DemoDefinitions
{
    public static readonly IReadOnlyList<EndpointDefinition> All =
    [
        Define(DemoTables.Category, "categories", "Categories", search: ["name"]) with
        {
            Relations =
            [
                Many("Children", "Categories", new("id", "parent_id")),
                One("Parent", "Categories", new("parent_id", "id")),
                Linked("Products", "Products", new("id", "category_id"), new("product_id", "id")),
            ],
        },
        Define(DemoTables.Product, "products", "Products", search: ["name", "description", "sku"]) with
        {
            AlternateKeys = [["sku"]],
            Relations =
            [
                Linked("Categories", "Categories", new("id", "product_id"), new("category_id", "id")),
                Many("Prices", "Prices", new("id", "product_id")),
                Many("Stocks", "Stocks", new("id", "product_id")),
                Many("OrderItems", "OrderItems", new("id", "product_id")),
            ],
        },
        Define(DemoTables.Price, "product-prices", "Prices"),
        Define(DemoTables.Stock, "product-stocks", "Stocks"),
        Define(DemoTables.Store, "stores", "Stores", search: ["name", "code"]),
        Define(DemoTables.Customer, "customers", "Customers", search: ["first_name", "last_name", "email", "company"]) with { AlternateKeys = [["number"], ["email"]] },
        Define(DemoTables.CustomerAddress, "customer-addresses", "CustomerAddresses", search: ["street", "city"]),
        Define(DemoTables.SalesOrder, "orders", "Orders", search: ["number", "note"]) with { AlternateKeys = [["number"]] },
        Define(DemoTables.OrderItem, "order-items", "OrderItems"),
    ];

    private static EndpointDefinition Define(TableSchema table, string alias, string entitySet, string[]? search = null) => new()
    {
        Alias = alias,
        EntitySet = entitySet,
        Table = table.Name.ToString(),
        Description = table.Comment,
        Fields = [.. table.Columns.Select(column => new FieldDefinition { Column = column.Name, Description = column.Comment })],
        Concurrency = table.Column("updated_at")?.Name,
        Search = search,
    };

    private static RelationDefinition One(string name, string target, ColumnPair on) =>
        new() { Name = name, Target = target, Multiplicity = "one", On = [on] };

    private static RelationDefinition Many(string name, string target, ColumnPair on) =>
        new() { Name = name, Target = target, Multiplicity = "many", On = [on] };

    private static RelationDefinition Linked(string name, string target, ColumnPair on, ColumnPair to) =>
        new() { Name = name, Target = target, Multiplicity = "many", Through = new(DemoTables.ProductCategory.Name.ToString(), [on], [to]) };
}
