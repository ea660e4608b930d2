using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>
/// A service over a shop that can be written: customers with a manager, orders with items, and tags. Every case begins with <see cref="ResetAsync"/>, and
/// may then do with the rows what it likes.
/// </summary>
public abstract class WritableShop(TestDatabase database) : PublishedTables(database, Tables.Select(table => (table.Table, Array.Empty<object?[]>())).ToList(), Definitions)
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

    /// <summary>The rows as they were at first, with the same keys.</summary>
    public async Task ResetAsync()
    {
        // Skipped cases have no database.
        if (Database.ConnectionString.Length == 0)
            return;
        var dialect = Database.Database.Dialect;
        await using var session = await Database.Database.OpenAsync(default);
        await session.BeginAsync(default);
        foreach (var (table, _, _) in Tables.Reverse())
            await session.ExecuteAsync(dialect.Delete(table, []), default);
        foreach (var (table, columns, rows) in Tables)
        {
            await RestartNumbersAsync(session, table);
            foreach (var statement in dialect.Insert(table, columns, rows))
                await session.ExecuteAsync(statement, default);
        }
        await session.CommitAsync(default);
    }

    /// <summary>Sends a body of JSON; null sends none.</summary>
    public async Task<Answer> Write(string method, string request, string? body = null, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new StringContent(body.Replace("{root}", Root, StringComparison.Ordinal), Encoding.UTF8);
        if (content is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        using var response = content is null ? await Send(new HttpMethod(method), request, headers) : await Send(new HttpMethod(method), request, content, headers);
        return new(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value).Replace(Root, "{root}", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase),
            (await response.Content.ReadAsStringAsync()).Replace(Root, "{root}", StringComparison.Ordinal));
    }

    /// <summary>What a GET shows, without control information.</summary>
    public async Task Shows(string request, string json)
    {
        var (status, _, body) = await Get(request, ("Accept", "application/json;odata.metadata=none"));
        ((int)status).Should().Be(200, body);
        Plain(JsonNode.Parse(body)!).ToJsonString().Should().Be(Plain(JsonNode.Parse(json)!).ToJsonString(), request);
    }

    private async Task RestartNumbersAsync(Session session, TableSchema table)
    {
        if (!table.Columns[0].IsIdentity)
            return;
        var restart = Database.Database.Dialect.Name switch
        {
            "Sqlite" => $"DELETE FROM sqlite_sequence WHERE name = '{table.Name.Name}'",
            "PostgreSql" => $"ALTER TABLE {table.Name.Name} ALTER COLUMN id RESTART WITH 1",
            _ => $"DBCC CHECKIDENT ('{table.Name.Name}', RESEED, 0)",
        };
        await session.ExecuteAsync(new(restart, []), default);
    }

    private static JsonNode Plain(JsonNode node) => node is JsonObject { } page && page["value"] is { } value ? value : node;

    private static ColumnSchema Column(string name, ValueKind kind, int? maxLength = null, int? precision = null, int? scale = null, bool isNullable = false) =>
        new(name, new(kind, "", maxLength, precision, scale), isNullable);
}

/// <summary>A response. Addresses in it begin with <c>{root}</c>.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The status, and the body without control information.</summary>
    public Answer Is(int status, string? json = null)
    {
        Status.Should().Be(status, Body);
        if (json is not null)
            Stripped(JsonNode.Parse(Body)!).ToJsonString().Should().Be(JsonNode.Parse(json)!.ToJsonString());
        return this;
    }

    /// <summary>A refusal with one mistake, or with several in its details: code and target of each.</summary>
    public Answer IsRefused(int status, params (string Code, string? Target)[] mistakes)
    {
        Status.Should().Be(status, Body);
        var error = JsonNode.Parse(Body)!["error"]!;
        var told = error["details"]?.AsArray().Select(detail => ((string)detail!["code"]!, (string?)detail["target"])).ToArray() ?? [((string)error["code"]!, (string?)error["target"])];
        told.Should().Equal(mistakes, Body);
        return this;
    }

    public Answer Has(string header, string value)
    {
        Headers.GetValueOrDefault(header).Should().Be(value, header);
        return this;
    }

    private static JsonNode Stripped(JsonNode node)
    {
        switch (node)
        {
            case JsonObject entity:
                foreach (var name in entity.Select(member => member.Key).Where(name => name.Contains('@', StringComparison.Ordinal)).ToList())
                    entity.Remove(name);
                foreach (var member in entity.ToList())
                    if (member.Value is not null)
                        Stripped(member.Value);
                break;
            case JsonArray list:
                foreach (var item in list)
                    if (item is not null)
                        Stripped(item);
                break;
        }
        return node;
    }
}

public sealed class SqliteWritableShop() : WritableShop(new SqliteTestDatabase());

public sealed class PostgreSqlWritableShop() : WritableShop(new PostgreSqlTestDatabase());

public sealed class SqlServerWritableShop() : WritableShop(new SqlServerTestDatabase());
