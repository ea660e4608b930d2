using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace BackendApi.Spec.Concurrency;

/// <summary>
/// Tables whose entities have ETags of every kind. A test changes rows of its own only: notes 1 to 3 stay as they are.
/// </summary>
public class TaggedTables<TDatabase> : HostFixture<TDatabase>
    where TDatabase : TestDatabase, new()
{
    private static readonly string[] Tables =
    [
        "CREATE TABLE folder (id integer NOT NULL PRIMARY KEY, name varchar(40))",
        """
        CREATE TABLE note (id integer NOT NULL PRIMARY KEY, folder_id integer REFERENCES folder (id), kind varchar(10), title varchar(40), pages integer, price decimal(10,2), due date)
        """,
        "CREATE TABLE counted (id integer NOT NULL PRIMARY KEY, title varchar(40), version integer)",
        "CREATE VIEW note_view AS SELECT id, title, pages FROM note",
        "INSERT INTO folder VALUES (1, 'first'), (2, 'second')",
        "INSERT INTO note VALUES (1, 1, 'plain', 'a', 1, 1.50, '2024-01-31'), (2, 1, 'list', 'b', NULL, NULL, NULL), (3, NULL, NULL, '', 3, 0, NULL)",
        "INSERT INTO note VALUES (10, NULL, NULL, 'x', 1, 1, NULL), (11, NULL, NULL, 'x', 1, 1, NULL), (12, NULL, NULL, 'x', 1, 1, NULL), (13, NULL, 'list', 'x', 1, 1, NULL)",
        "INSERT INTO counted VALUES (1, 'a', 7), (2, 'b', NULL), (3, 'c', 1)",
    ];

    protected override string Definitions =>
        """
        [
          { "alias": "folders", "table": "folder", "allow": { "delete": true },
            "relations": [ { "name": "Notes", "target": "notes", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "folder_id" } ] } ] },
          { "alias": "notes", "table": "note", "allow": { "update": true },
            "fields": [ { "column": "id" }, { "column": "folder_id" }, { "column": "kind" }, { "column": "title" }, { "column": "price" }, { "column": "due" } ],
            "derived": [ { "name": "List", "column": "kind", "value": "list", "fields": [ { "column": "pages" } ] } ],
            "relations": [ { "name": "Folder", "target": "folders", "multiplicity": "one", "on": [ { "column": "folder_id", "targetColumn": "id" } ] } ] },
          { "alias": "seen-notes", "table": "note_view", "key": ["id"], "allow": { "update": true } },
          { "alias": "counted", "table": "counted", "concurrency": "version", "allow": { "update": true }, "fields": [ { "column": "id" }, { "column": "title" } ] },
          { "alias": "still-notes", "table": "note", "allow": { "create": true }, "relations": [] }
        ]
        """;

    protected override Task PrepareAsync() => Database.RunAsync(Tables);

    public async Task<JsonNode> Json(string request)
    {
        var (status, _, body) = await Get(request);
        status.Should().Be(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>The ETag in the body of an entity.</summary>
    public async Task<string?> Tag(string request) => Tags.Of(await Json(request));

    public async Task<(HttpStatusCode Status, EntityTagHeaderValue? Tag, string Body)> Get(string request, params (string Name, string? Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "odata/" + request);
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var response = await Host.Client.SendAsync(message);
        return (response.StatusCode, response.Headers.ETag, await response.Content.ReadAsStringAsync());
    }
}

internal static class Tags
{
    /// <summary>The ETag in the body of an entity.</summary>
    public static string? Of(JsonNode? entity) => (string?)entity!["@odata.etag"];
}
