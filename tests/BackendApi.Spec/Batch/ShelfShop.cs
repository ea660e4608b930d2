using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using BackendApi.Model;
using BackendApi.Spec.Writing;
using BackendApi.Testing;

namespace BackendApi.Spec.Batch;

/// <summary>
/// Sets that POSTs of a change set are sent to: keys of the database and of the client, one and several columns, tags of a version and of the content,
/// references to itself, rules within a row and across rows, a filter.
/// </summary>
public abstract partial class ShelfShop(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Shelf = new(
        new(null, "shelf"),
        [Column("id", ValueKind.Int32) with { IsIdentity = true }, Column("name", ValueKind.String, maxLength: 20), Column("kind", ValueKind.String, maxLength: 20, isNullable: true)],
        ["id"], [new("uq_shelf", ["name"])], []);

    private static readonly TableSchema Item = new(
        new(null, "item"),
        [
            Column("id", ValueKind.Int32), Column("title", ValueKind.String, maxLength: 20), Column("shelf_id", ValueKind.Int32, isNullable: true),
            Column("price", ValueKind.Decimal, precision: 10, scale: 2), Column("version", ValueKind.Int32),
        ],
        ["id"], [], [new("fk_item_shelf", ["shelf_id"], Shelf.Name, ["id"])]);

    private static readonly TableSchema Node = new(
        new(null, "node"), [Column("code", ValueKind.String, maxLength: 8), Column("parent_code", ValueKind.String, maxLength: 8, isNullable: true), Column("note", ValueKind.String, maxLength: 20, isNullable: true)],
        ["code"], [], [new("fk_node", ["parent_code"], new(null, "node"), ["code"])]);

    private static readonly TableSchema Place = new(
        new(null, "place"), [Column("line", ValueKind.Int32), Column("seat", ValueKind.String, maxLength: 4), Column("guest", ValueKind.String, maxLength: 20, isNullable: true)],
        ["line", "seat"], [], []);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
    [
        (Shelf, ["name", "kind"], [["first", "wall"], ["second", null]]),
        (Item, ["id", "title", "shelf_id", "price", "version"], [[1, "one", 1, 1.5m, 1], [2, "two", 2, 20m, 3]]),
        (Node, ["code", "parent_code", "note"], [["a", null, null], ["b", "a", "leaf"]]),
        (Place, ["line", "seat", "guest"], [[1, "A", "Ada"]]),
    ];

    private const string Definitions = """
        [
          { "alias": "shelves", "table": "shelf", "allow": { "create": true, "update": true, "delete": true },
            "relations": [ { "name": "Items", "target": "items", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "shelf_id" } ] } ] },
          { "alias": "items", "table": "item", "concurrency": "version", "allow": { "create": true, "update": true, "delete": true },
            "rules": [ { "expression": "Price le 1000", "message": "An item costs 1000 at most." } ],
            "relations": [ { "name": "Shelf", "target": "shelves", "multiplicity": "one", "isEditable": true, "on": [ { "column": "shelf_id", "targetColumn": "id" } ] } ] },
          { "alias": "plain-items", "entitySet": "PlainItems", "table": "item", "allow": { "create": true, "update": true }, "filter": "Price gt 0", "relations": [] },
          { "alias": "few-items", "entitySet": "FewItems", "table": "item", "allow": { "create": true, "update": true },
            "rules": [ { "expression": "Shelf/Items/$count le 2", "message": "A shelf holds two items." } ],
            "relations": [ { "name": "Shelf", "target": "shelves", "multiplicity": "one", "isEditable": true, "on": [ { "column": "shelf_id", "targetColumn": "id" } ] } ] },
          { "alias": "nodes", "table": "node", "allow": { "create": true, "update": true, "delete": true },
            "relations": [ { "name": "Parent", "target": "nodes", "multiplicity": "one", "isEditable": true, "on": [ { "column": "parent_code", "targetColumn": "code" } ] } ] },
          { "alias": "places", "table": "place", "allow": { "create": true, "update": true, "delete": true }, "relations": [] },
          { "alias": "seats", "table": "place", "relations": [] }
        ]
        """;

    /// <summary>The answer to a batch: its boundaries are {batch} and {changeset}, and its tags, which may be made of numbers of transactions, {tag}.</summary>
    public async Task<string> Batch(string body, string type)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await Send(HttpMethod.Post, "$batch", content);
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(200, answer);
        return Boundaries().Replace(Tags().Replace(answer, "{tag}"), "{$1}").ReplaceLineEndings("\n").Replace(Root, "{root}", StringComparison.Ordinal);
    }

    [GeneratedRegex("(batch|changeset)response_[0-9a-f]{32}")]
    private static partial Regex Boundaries();

    [GeneratedRegex("W/\\\\?\"[A-Za-z0-9_-]+\\\\?\"")]
    private static partial Regex Tags();
}

public sealed class ShelfShopOnSqlite() : ShelfShop(new SqliteTestDatabase());

public sealed class ShelfShopOnPostgreSql() : ShelfShop(new PostgreSqlTestDatabase());

public sealed class ShelfShopOnSqlServer() : ShelfShop(new SqlServerTestDatabase());
