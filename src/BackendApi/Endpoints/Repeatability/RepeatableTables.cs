using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Endpoints.Repeatability;

/// <summary>The product's own tables that hold the first answers to repeatable requests. Their rows are written in the transactions of those requests.</summary>
internal static class RepeatableTables
{
    /// <summary><c>part</c> counts the requests of a change set, all of which carry the same identifier.</summary>
    public static readonly TableSchema Requests = new(
        new(null, "backend_repeatable"),
        [
            Column.Text("client", 300),
            Column.Text("request_id", RepeatableId.MaxLength),
            Column.Int32("part"),
            Column.Text("subject", 64),
            Column.Int32("status", isNullable: true),
            Column.Text("headers", isNullable: true),
            Column.Instant("created_at"),
        ],
        PrimaryKey: ["client", "request_id", "part"], UniqueKeys: [], ForeignKeys: []);

    /// <summary>The body, in pieces.</summary>
    public static readonly TableSchema Chunks = new(
        new(null, "backend_repeatable_chunk"),
        [
            Column.Text("client", 300),
            Column.Text("request_id", RepeatableId.MaxLength),
            Column.Int32("part"),
            Column.Int32("position"),
            Column.Binary("content"),
        ],
        PrimaryKey: ["client", "request_id", "part", "position"], UniqueKeys: [], ForeignKeys: []);

    public static readonly ProductArea Area = new("repeatable requests",
    [
        [
            new TableChange.Create(Requests), new TableChange.Create(Chunks),
            new TableChange.Index("ix_backend_repeatable_created_at", Requests.Name, ["created_at"]),
        ],
    ]);
}
