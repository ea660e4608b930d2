using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Support;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>Customers with a complex address, derived types and a manager; their orders, and the items of these, whose key the order is part of; a column of every type.</summary>
internal static class BodyModel
{
    public const string Root = "https://shop.example/odata/";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private static readonly TableSchema Customer = new(
        new(null, "customer"),
        [
            Column("id", ValueKind.Int32) with { IsIdentity = true },
            Column("code", ValueKind.String, maxLength: 8),
            Column("name", ValueKind.String, maxLength: 10),
            Column("credit", ValueKind.Decimal, precision: 6, scale: 2) with { Default = "0" },
            Column("street", ValueKind.String, maxLength: 20, isNullable: true),
            Column("city", ValueKind.String, maxLength: 20, isNullable: true),
            Column("kind", ValueKind.String, maxLength: 10) with { Default = "'plain'" },
            Column("level", ValueKind.Int32, isNullable: true),
            Column("changed", ValueKind.DateTimeOffset, precision: 3) with { IsGenerated = true },
            Column("manager_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [new("uq_code", ["code"])], [new("fk_manager", ["manager_id"], new(null, "customer"), ["id"])]);

    private static readonly TableSchema Order = new(
        new(null, "order"),
        [
            Column("id", ValueKind.Int64) with { IsIdentity = true },
            Column("customer_id", ValueKind.Int32),
            Column("note", ValueKind.String, maxLength: 20, isNullable: true),
        ],
        ["id"], [], [new("fk_customer", ["customer_id"], Customer.Name, ["id"])]);

    private static readonly TableSchema Item = new(
        new(null, "item"),
        [
            Column("order_id", ValueKind.Int64),
            Column("line", ValueKind.Int16),
            Column("sku", ValueKind.String, maxLength: 20),
            Column("quantity", ValueKind.Int32) with { Default = "1" },
        ],
        ["order_id", "line"], [], [new("fk_order", ["order_id"], Order.Name, ["id"])]);

    private static readonly TableSchema Value = new(
        new(null, "value"),
        [
            Column("id", ValueKind.Int32),
            .. Enum.GetValues<ValueKind>().Where(kind => kind != ValueKind.Enum).Select(kind => Column($"{kind}".ToLowerInvariant(), kind, isNullable: true) is var column && kind == ValueKind.Decimal
                ? column with { Type = column.Type with { Precision = 10, Scale = 2 } } : column),
            Column("exact", ValueKind.Decimal, isNullable: true),
            Column("moment", ValueKind.DateTimeOffset, precision: 3, isNullable: true),
            Column("state", ValueKind.String, maxLength: 10, isNullable: true),
            Column("marks", ValueKind.String, maxLength: 20, isNullable: true),
            Column("tags", ValueKind.Json, isNullable: true),
            Column("numbers", ValueKind.Json, isNullable: true),
        ],
        ["id"], [], []);

    private const string Definitions =
        """
        [
          { "alias": "customers", "table": "customer",
            "fields": [
              { "column": "id", "name": "ID" }, { "column": "code", "isEditable": false, "transform": ["trim", "upper"], "validation": { "pattern": "^[A-Z0-9-]+$" } },
              { "column": "name", "alias": "full-name" }, { "column": "credit", "validation": { "min": 0 } },
              { "column": "street", "name": "Address/Street", "alias": "street" }, { "column": "city", "name": "Address/City", "alias": "city" },
              { "column": "changed" }, { "column": "manager_id", "name": "ManagerID", "isEditable": false } ],
            "relations": [
              { "name": "Orders", "alias": "orders", "target": "orders", "isEditable": true, "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "customer_id" } ] },
              { "name": "Manager", "alias": "manager", "target": "customers", "isEditable": true, "multiplicity": "one", "on": [ { "column": "manager_id", "targetColumn": "id" } ] },
              { "name": "Reports", "target": "customers", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "manager_id" } ] } ],
            "derived": [ { "name": "VipCustomer", "column": "kind", "value": "vip", "fields": [ { "column": "level", "validation": { "isRequired": true } } ] } ] },
          { "alias": "orders", "table": "order",
            "fields": [ { "column": "id", "name": "ID" }, { "column": "customer_id", "name": "CustomerID" }, { "column": "note" } ],
            "relations": [
              { "name": "Customer", "alias": "customer", "target": "customers", "multiplicity": "one", "on": [ { "column": "customer_id", "targetColumn": "id" } ] },
              { "name": "Items", "alias": "items", "target": "order-items", "isEditable": true, "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "order_id" } ] } ] },
          { "alias": "order-items", "table": "item",
            "fields": [ { "column": "order_id", "name": "OrderID" }, { "column": "line" }, { "column": "sku" }, { "column": "quantity", "alias": "qty", "validation": { "min": 1, "max": 99 } } ],
            "relations": [ { "name": "Order", "target": "orders", "multiplicity": "one", "on": [ { "column": "order_id", "targetColumn": "id" } ] } ] },
          { "alias": "values", "table": "value", "fields": [
              { "column": "id", "name": "ID" }, { "column": "boolean" }, { "column": "byte" }, { "column": "int16" }, { "column": "int32" }, { "column": "int64" }, { "column": "decimal" },
              { "column": "double" }, { "column": "single" }, { "column": "string" }, { "column": "date" }, { "column": "timeofday", "name": "Time" }, { "column": "datetimeoffset", "name": "Instant" },
              { "column": "duration" }, { "column": "guid" }, { "column": "binary" }, { "column": "json" }, { "column": "exact" }, { "column": "moment" },
              { "column": "state", "type": "enum", "members": [ { "name": "Open", "value": "O" }, { "name": "Closed", "value": "C" } ] },
              { "column": "marks", "type": "enum", "isFlags": true, "members": [ { "name": "Red", "value": "red" }, { "name": "Green", "value": "green" }, { "name": "Blue", "value": "blue" } ] },
              { "column": "tags", "type": "collection(string)" }, { "column": "numbers", "type": "collection(decimal)" } ], "relations": [] }
        ]
        """;

    public static readonly ModelSnapshot Model = Plan.Shop.Build(Definitions, [Customer, Order, Item, Value]);

    /// <summary>What a body says, written out; or, when it has mistakes, these.</summary>
    public static string Read(
        string set, string body, BodyPurpose purpose = BodyPurpose.Create, BodyScope? scope = null, string? type = null, Func<EntityBodyReader, JsonElement, EntitySetModel, EntityBody>? read = null)
    {
        var mistakes = new Mistakes();
        using var document = JsonDocument.Parse(body, Options);
        var model = Model.EntitySets[set];
        var reader = new EntityBodyReader(scope ?? Scope, mistakes);
        var entity = read?.Invoke(reader, document.RootElement, model) ?? reader.Read(document.RootElement, model, purpose, model.Derived.FirstOrDefault(derived => derived.Name == type));
        return mistakes.Any ? Of(mistakes) : WrittenBody.Of(entity);
    }

    public static BodyScope Scope => new(Model, Root, new());

    /// <summary>Each mistake on a line: where, what kind, and what is said.</summary>
    public static string Of(Mistakes mistakes)
    {
        try
        {
            mistakes.ThrowIfAny();
            return "";
        }
        catch (ServiceException refused)
        {
            return string.Join('\n', (refused.Error.Details ?? [refused.Error]).Select(error => $"{error.Target} {error.Row.Code}: {error.Message}"));
        }
    }

    private static ColumnSchema Column(string name, ValueKind kind, int? maxLength = null, int? precision = null, int? scale = null, bool isNullable = false) =>
        new(name, new(kind, "", maxLength, precision, scale), isNullable);
}
