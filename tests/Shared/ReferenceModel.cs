using System.Text.Json.Nodes;
using BackendApi.Model;

namespace BackendApi.Testing;

/// <summary>
/// The model that the conformance cases ask: customers with orders, a manager, an address, tags, and special customers; photos; one configuration.
/// The names are those of the requests in the conformance checklist.
/// </summary>
internal static class ReferenceModel
{
    private static readonly TableSchema Customer = new(
        new(null, "customer"),
        [
            Column("id", ValueKind.Int32),
            Column("kind", ValueKind.String, maxLength: 10) with { Default = "'plain'" },
            Column("name", ValueKind.String, maxLength: 60),
            Column("country", ValueKind.String, maxLength: 2, isNullable: true),
            Column("balance", ValueKind.Decimal, precision: 19, scale: 4),
            Column("created", ValueKind.DateTimeOffset),
            Column("status", ValueKind.String, maxLength: 10) with { Members = ["Open", "Blocked", "Closed"] },
            Column("wait", ValueKind.Duration, isNullable: true),
            Column("street", ValueKind.String, maxLength: 60, isNullable: true),
            Column("city", ValueKind.String, maxLength: 60, isNullable: true),
            Column("zip", ValueKind.String, maxLength: 10, isNullable: true),
            Column("tags", ValueKind.Json, isNullable: true),
            Column("level", ValueKind.Int32, isNullable: true),
            Column("manager_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [], [new("fk_customer_manager", ["manager_id"], new(null, "customer"), ["id"])]);

    private static readonly TableSchema Order = new(
        new(null, "customer_order"),
        [
            Column("id", ValueKind.Int32),
            Column("customer_id", ValueKind.Int32),
            Column("amount", ValueKind.Decimal, precision: 10, scale: 2),
            Column("order_date", ValueKind.Date),
        ],
        ["id"], [], [new("fk_order_customer", ["customer_id"], Customer.Name, ["id"])]);

    private static readonly TableSchema Perk = new(
        new(null, "perk"),
        [
            Column("id", ValueKind.Int32),
            Column("customer_id", ValueKind.Int32),
            Column("name", ValueKind.String, maxLength: 60),
        ],
        ["id"], [], [new("fk_perk_customer", ["customer_id"], Customer.Name, ["id"])]);

    private static readonly TableSchema Photo = new(
        new(null, "photo"),
        [
            Column("id", ValueKind.Int32),
            Column("name", ValueKind.String, maxLength: 60),
            Column("content", ValueKind.Binary, isNullable: true),
            Column("content_type", ValueKind.String, maxLength: 60, isNullable: true),
        ],
        ["id"], [], []);

    private static readonly TableSchema Setting = new(
        new(null, "setting"),
        [
            Column("id", ValueKind.Int32),
            Column("company", ValueKind.String, maxLength: 60),
            Column("currency", ValueKind.String, maxLength: 3, isNullable: true),
            Column("best_customer_id", ValueKind.Int32, isNullable: true),
        ],
        ["id"], [], [new("fk_setting_customer", ["best_customer_id"], Customer.Name, ["id"])]);

    /// <summary>In an order in which every foreign key finds its target.</summary>
    public static readonly IReadOnlyList<(TableSchema Table, object?[][] Rows)> Tables =
    [
        (Customer,
        [
            [1, "vip", "Ada Blue", "DE", 1250.5m, At("2024-01-31T10:20:30.1234560Z"), "Open", TimeSpan.FromHours(2), "Main Street 1", "Berlin", "10115",
                """["alpha","beta","gamma"]""", 3, null],
            [2, "plain", "Bert", "FR", 0m, At("2024-02-29T23:59:59Z"), "Blocked", TimeSpan.FromMinutes(30), "Rue 2", "Paris", null, "[]", 7, 1],
            [3, "vip", "Carla", null, -20.25m, At("2023-12-31T23:30:00Z"), "Open", null, null, null, null, null, 1, 1],
            [4, "plain", "Dora Dark Red", "DE", 99999.9999m, At("2022-07-01T00:00:00Z"), "Closed", TimeSpan.FromDays(1), null, "Köln", "50667",
                """["apple",null,"alpha"]""", null, 2],
        ]),
        (Order,
        [
            [1, 1, 3.50m, new DateOnly(2024, 3, 1)],
            [2, 1, 10.00m, new DateOnly(2024, 3, 2)],
            [3, 2, 7.25m, new DateOnly(2024, 3, 2)],
            [4, 3, 6.00m, new DateOnly(2024, 3, 4)],
            [5, 1, 100.00m, new DateOnly(2024, 3, 5)],
        ]),
        (Perk, [[1, 1, "Lounge"], [2, 1, "Upgrade"], [3, 2, "Not for Bert"]]),
        (Photo,
        [
            [1, "sea", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x00, 0xFF }, "image/png"],
            [2, "hill", new byte[] { 0xFF, 0xD8, 0xFF }, null],
            [3, "blank", null, "image/png"],
        ]),
        (Setting, [[1, "Blue & Sons", "EUR", 1], [2, "Archive", null, null]]),
    ];

    /// <summary>What is published of them.</summary>
    public const string Definitions =
        """
        [
          { "alias": "customers", "table": "customer", "search": ["name"],
            "fields": [
              { "column": "id", "name": "ID" },
              { "column": "name" }, { "column": "country" }, { "column": "balance" }, { "column": "created" },
              { "column": "status", "type": "enum" }, { "column": "wait" }, { "column": "tags", "type": "collection(string)" },
              { "column": "street", "name": "Address/Street" }, { "column": "city", "name": "Address/City" }, { "column": "zip", "name": "Address/Zip" } ],
            "relations": [
              { "name": "Orders", "target": "orders", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "customer_id" } ] },
              { "name": "Manager", "target": "customers", "multiplicity": "one", "on": [ { "column": "manager_id", "targetColumn": "id" } ] } ],
            "derived": [
              { "name": "VipCustomer", "column": "kind", "value": "vip", "fields": [ { "column": "level" } ],
                "relations": [
                  { "name": "Perks", "target": "perks", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "customer_id" } ] } ] } ] },
          { "alias": "perks", "table": "perk", "fields": [ { "column": "id", "name": "ID" }, { "column": "name" } ], "relations": [] },
          { "alias": "orders", "table": "customer_order", "trackChanges": true,
            "fields": [ { "column": "id", "name": "ID" }, { "column": "customer_id", "name": "CustomerID" }, { "column": "amount" }, { "column": "order_date" } ],
            "relations": [
              { "name": "Customer", "target": "customers", "multiplicity": "one", "on": [ { "column": "customer_id", "targetColumn": "id" } ] } ] },
          { "alias": "photos", "table": "photo", "fields": [ { "column": "id", "name": "ID" }, { "column": "name" } ],
            "media": { "column": "content", "contentType": "application/octet-stream", "contentTypeColumn": "content_type" } },
          { "alias": "config", "table": "setting", "isSingleton": true, "filter": "ID eq 1",
            "fields": [ { "column": "id", "name": "ID" }, { "column": "company" }, { "column": "currency" } ],
            "relations": [
              { "name": "BestCustomer", "target": "customers", "multiplicity": "one", "on": [ { "column": "best_customer_id", "targetColumn": "id" } ] } ] }
        ]
        """;

    /// <summary>The same with everything writable.</summary>
    public static string WritableDefinitions
    {
        get
        {
            var definitions = JsonNode.Parse(Definitions)!.AsArray();
            foreach (var definition in definitions)
            {
                var isMany = definition!["isSingleton"] is null;
                definition["allow"] = new JsonObject { ["create"] = isMany, ["update"] = true, ["delete"] = isMany };
                foreach (var type in (IEnumerable<JsonNode>)[definition, .. definition["derived"]?.AsArray().OfType<JsonNode>() ?? []])
                    foreach (var relation in type["relations"]?.AsArray().OfType<JsonNode>() ?? [])
                        relation["isEditable"] = true;
            }
            return definitions.ToJsonString();
        }
    }

    private static ColumnSchema Column(string name, ValueKind kind, int? maxLength = null, int? precision = null, int? scale = null, bool isNullable = false) =>
        new(name, new(kind, "", maxLength, precision, scale), isNullable);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
