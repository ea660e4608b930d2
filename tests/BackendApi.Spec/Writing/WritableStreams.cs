using System.Net.Http.Headers;
using BackendApi.Model;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Documents whose content is a stream, with a version that the service counts; seals, whose streams are all of one type and never null.</summary>
public abstract class WritableStreams(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Folder = new(new(null, "folder"), [Column("id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 20)], ["id"], [], []);

    private static readonly TableSchema Document = new(
        new(null, "document"),
        [
            Column("id", ValueKind.Int32) with { IsIdentity = true }, Column("name", ValueKind.String, maxLength: 40, isNullable: true), Column("folder_id", ValueKind.Int32, isNullable: true),
            Column("content", ValueKind.Binary, isNullable: true), Column("content_type", ValueKind.String, maxLength: 40, isNullable: true), Column("version", ValueKind.Int32) with { Default = "1" },
        ],
        ["id"], [], [new("fk_document_folder", ["folder_id"], Folder.Name, ["id"])]);

    private static readonly TableSchema Seal = new(
        new(null, "seal"), [Column("id", ValueKind.Int32), Column("picture", ValueKind.Binary), Column("name", ValueKind.String, maxLength: 40)], ["id"], [], []);

    private static readonly TableSchema Person = new(
        new(null, "person"),
        [
            Column("id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 40), Column("portrait", ValueKind.Binary, isNullable: true), Column("portrait_type", ValueKind.String, maxLength: 40, isNullable: true),
            Column("signature", ValueKind.Binary), Column("version", ValueKind.Int32) with { Default = "1" },
        ],
        ["id"], [], []);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
    [
        (Folder, ["id", "name"], [[1, "in"]]),
        (Document, ["name", "folder_id", "content", "content_type"], [["greeting", 1, "Hello, world"u8.ToArray(), "text/plain"], ["nothing", null, null, null]]),
        (Seal, ["id", "picture", "name"], [[1, "seal"u8.ToArray(), "royal"]]),
        (Person, ["id", "name", "portrait", "portrait_type", "signature"],
            [[1, "Ada", "Hello, world"u8.ToArray(), "image/png", "A"u8.ToArray()], [2, "Bob", null, null, "B"u8.ToArray()]]),
    ];

    private const string Definitions =
        """
        [
          { "alias": "folders", "table": "folder", "allow": { "create": true, "update": true },
            "relations": [ { "name": "Documents", "target": "documents", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "folder_id" } ] } ] },
          { "alias": "documents", "table": "document", "allow": { "create": true, "update": true, "delete": true }, "concurrency": "version",
            "fields": [ { "column": "id" }, { "column": "name" }, { "column": "folder_id" } ], "relations": [],
            "media": { "column": "content", "contentTypeColumn": "content_type" } },
          { "alias": "seals", "table": "seal", "allow": { "update": true }, "fields": [ { "column": "id" }, { "column": "name" } ], "relations": [],
            "media": { "column": "picture", "contentType": "image/png" } },
          { "alias": "people", "table": "person", "allow": { "update": true }, "concurrency": "version",
            "streams": [ { "column": "portrait", "contentTypeColumn": "portrait_type", "description": "Of the head." },
                         { "column": "signature", "name": "Autograph", "contentType": "image/svg+xml", "isEditable": false } ] },
          { "alias": "bare-people", "table": "person", "allow": { "update": true }, "fields": [ { "column": "id" }, { "column": "name" } ], "relations": [],
            "streams": [ { "column": "portrait" }, { "column": "signature", "contentType": "image/png" } ] },
          { "alias": "fixed-seals", "table": "seal", "fields": [ { "column": "id" } ], "relations": [], "media": { "column": "picture", "contentType": "image/png" } }
        ]
        """;

    /// <summary>Sends bytes as they are.</summary>
    public async Task<Answer> Upload(string method, string request, byte[] bytes, string? mediaType, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        using var response = await Send(new HttpMethod(method), request, content, headers);
        return new(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value).Replace(Root, "{root}", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public async Task<(Answer Answer, byte[] Bytes)> Download(string request, params (string Name, string Value)[] headers)
    {
        using var response = await Send(HttpMethod.Get, request, headers);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return (new((int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase), System.Text.Encoding.UTF8.GetString(bytes)), bytes);
    }
}

public sealed class SqliteWritableStreams() : WritableStreams(new SqliteTestDatabase());

public sealed class PostgreSqlWritableStreams() : WritableStreams(new PostgreSqlTestDatabase());

public sealed class SqlServerWritableStreams() : WritableStreams(new SqlServerTestDatabase());
