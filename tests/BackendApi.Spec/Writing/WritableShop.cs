using BackendApi.Model;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>
/// A service over a shop that can be written: customers with a manager, orders with items, and tags.
/// </summary>
public abstract class WritableShop(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Customer = new(
        new(null, "customer"),
        [
            Column("id", ValueKind.Int32) with { IsIdentity = true },
            Column("code", ValueKind.String, maxLength: 10),
            Column("name", ValueKind.String, maxLength: 40),
            Column("country", ValueKind.String, maxLength: 2, isNullable: true),
            Column("balance", ValueKind.Decimal, precision: 10, scale: 2, isNullable: true),
            Column("manager_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [new("uq_customer_code", ["code"])], [new("fk_customer_manager", ["manager_id"], new(null, "customer"), ["id"])]);

    private static readonly TableSchema Order = new(
        new(null, "customer_order"),
        [
            Column("id", ValueKind.Int32) with { IsIdentity = true },
            Column("customer_id", ValueKind.Int32),
            Column("amount", ValueKind.Decimal, precision: 10, scale: 2),
            Column("order_date", ValueKind.Date, isNullable: true),
        ],
        ["id"], [], [new("fk_order_customer", ["customer_id"], Customer.Name, ["id"])]);

    private static readonly TableSchema Item = new(
        new(null, "item"),
        [
            Column("order_id", ValueKind.Int32),
            Column("line", ValueKind.Int32),
            Column("product", ValueKind.String, maxLength: 20),
            Column("quantity", ValueKind.Int32),
        ],
        ["order_id", "line"], [], [new("fk_item_order", ["order_id"], Order.Name, ["id"])]);

    private static readonly TableSchema Tag = new(
        new(null, "tag"), [Column("id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 20)], ["id"], [], []);

    private static readonly TableSchema CustomerTag = new(
        new(null, "customer_tag"), [Column("customer_id", ValueKind.Int32), Column("tag_id", ValueKind.Int32)], ["customer_id", "tag_id"], [],
        [new("fk_link_customer", ["customer_id"], Customer.Name, ["id"]), new("fk_link_tag", ["tag_id"], Tag.Name, ["id"])]);

    /// <summary>In an order in which every foreign key finds its target, with the columns that are given.</summary>
    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
    [
        (Customer, ["code", "name", "country", "balance", "manager_id"],
            [["A", "Ada", "DE", 1.5m, null], ["B", "Bert", null, null, 1], ["C", "Carla", "FR", 0m, 1]]),
        (Order, ["customer_id", "amount", "order_date"], [[1, 10m, new DateOnly(2026, 1, 2)], [1, 20m, null], [2, 30m, null]]),
        (Item, ["order_id", "line", "product", "quantity"], [[1, 1, "pen", 2], [1, 2, "ink", 1], [2, 1, "pen", 5]]),
        (Tag, ["id", "name"], [[1, "red"], [2, "green"], [3, "blue"]]),
        (CustomerTag, ["customer_id", "tag_id"], [[1, 1], [1, 2]]),
    ];

    private const string Definitions =
        """
        [
          { "alias": "customers", "table": "customer", "allow": { "create": true, "update": true, "delete": true },
            "fields": [ { "column": "id" }, { "column": "code" }, { "column": "name" }, { "column": "country" }, { "column": "balance" } ],
            "alternateKeys": [["code"]],
            "relations": [
              { "name": "Orders", "target": "orders", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "customer_id" } ] },
              { "name": "Manager", "target": "customers", "multiplicity": "one", "isEditable": true, "on": [ { "column": "manager_id", "targetColumn": "id" } ] },
              { "name": "Tags", "target": "tags", "multiplicity": "many", "isEditable": true,
                "through": { "table": "customer_tag", "on": [ { "column": "id", "targetColumn": "customer_id" } ], "to": [ { "column": "tag_id", "targetColumn": "id" } ] } } ] },
          { "alias": "orders", "table": "customer_order", "allow": { "create": true, "update": true, "delete": true },
            "fields": [ { "column": "id" }, { "column": "amount" }, { "column": "order_date" } ],
            "relations": [
              { "name": "Customer", "target": "customers", "multiplicity": "one", "isEditable": true, "on": [ { "column": "customer_id", "targetColumn": "id" } ] },
              { "name": "Items", "target": "items", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "order_id" } ] } ] },
          { "alias": "items", "table": "item", "allow": { "create": true, "update": true, "delete": true } },
          { "alias": "tags", "table": "tag", "trackChanges": true, "allow": { "create": true, "update": true, "delete": true }, "relations": [] },
          { "alias": "fixed-tags", "table": "tag", "relations": [] }
        ]
        """;
}

public sealed class SqliteWritableShop() : WritableShop(new SqliteTestDatabase());

public sealed class PostgreSqlWritableShop() : WritableShop(new PostgreSqlTestDatabase());

public sealed class SqlServerWritableShop() : WritableShop(new SqlServerTestDatabase());
