using BackendApi.Model;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>
/// Orders with items whose definitions say a lot of what is stored: rules, computed values, defaults, constants, lookups, references. Every case begins with
/// <see cref="WritableRows.ResetAsync"/>.
/// </summary>
public abstract class RuledShop(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Currency = new(
        new(null, "currency"), [Column("id", ValueKind.Int32), Column("code", ValueKind.String, maxLength: 3), Column("rate", ValueKind.Decimal, precision: 10, scale: 4)],
        ["id"], [new("uq_currency", ["code"])], []);

    private static readonly TableSchema Sale = new(
        new(null, "sale"),
        [
            Column("id", ValueKind.Int32) with { IsIdentity = true },
            Column("code", ValueKind.String, maxLength: 10),
            Column("starts", ValueKind.Date, isNullable: true),
            Column("ends", ValueKind.Date, isNullable: true),
            Column("currency_id", ValueKind.Int32),
            Column("channel", ValueKind.String, maxLength: 10),
            Column("state", ValueKind.String, maxLength: 10),
            Column("other_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [new("uq_sale", ["code"])], [new("fk_sale_currency", ["currency_id"], Currency.Name, ["id"])]);

    private static readonly TableSchema Line = new(
        new(null, "line"),
        [
            Column("sale_id", ValueKind.Int32),
            Column("number", ValueKind.Int32),
            Column("price", ValueKind.Decimal, precision: 10, scale: 2),
            Column("quantity", ValueKind.Int32),
            Column("total", ValueKind.Decimal, precision: 10, scale: 2),
            Column("third", ValueKind.Decimal, precision: 10, scale: 2, isNullable: true),
            Column("label", ValueKind.String, maxLength: 30),
        ],
        ["sale_id", "number"], [], [new("fk_line_sale", ["sale_id"], Sale.Name, ["id"])]);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
    [
        (Currency, ["id", "code", "rate"], [[1, "EUR", 1m], [2, "USD", 0.9m]]),
        (Sale, ["code", "starts", "ends", "currency_id", "channel", "state"], [["A", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31), 1, "web", "new"]]),
        (Line, ["sale_id", "number", "price", "quantity", "total", "label"], [[1, 1, 2m, 3, 6m, "A"]]),
    ];

    private const string Definitions =
        """
        [
          { "alias": "currencies", "table": "currency", "allow": { "create": true, "update": true, "delete": true }, "relations": [] },
          { "alias": "sales", "table": "sale", "allow": { "create": true, "update": true, "delete": true },
            "fields": [ { "column": "id" }, { "column": "code", "transform": [ "trim", "upper" ] }, { "column": "starts" }, { "column": "ends" },
              { "column": "currency_id", "name": "Currency", "transform": [ { "lookup": { "set": "currencies", "by": "Code" } } ] },
              { "column": "channel", "transform": [ { "constant": "web" } ] },
              { "column": "state", "transform": [ { "default": "new" } ] },
              { "column": "other_id", "validation": { "references": "currencies" } } ],
            "rules": [
              { "expression": "Starts eq null or Ends eq null or Starts le Ends", "message": "A sale ends after it starts." },
              { "expression": "State ne 'sold' or Lines/any()", "message": "What is sold has lines." } ],
            "relations": [ { "name": "Lines", "target": "lines", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "sale_id" } ] } ] },
          { "alias": "lines", "table": "line", "allow": { "create": true, "update": true, "delete": true },
            "fields": [ { "column": "sale_id" }, { "column": "number" }, { "column": "price" }, { "column": "quantity" },
              { "column": "total", "transform": [ { "compute": "Price mul Quantity" } ] },
              { "column": "third", "transform": [ { "compute": "Total div 3" } ] },
              { "column": "label", "transform": [ { "compute": "concat(Sale/Code,concat('/',cast(Number,Edm.String)))" } ] } ],
            "rules": [ { "expression": "Total le 1000", "message": "A line costs 1000 at most." } ],
            "relations": [ { "name": "Sale", "target": "sales", "multiplicity": "one", "isEditable": true, "on": [ { "column": "sale_id", "targetColumn": "id" } ] } ] }
        ]
        """;
}

public sealed class SqliteRuledShop() : RuledShop(new SqliteTestDatabase());

public sealed class PostgreSqlRuledShop() : RuledShop(new PostgreSqlTestDatabase());

public sealed class SqlServerRuledShop() : RuledShop(new SqlServerTestDatabase());
