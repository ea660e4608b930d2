using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>The product's own tables that hold responses until their clients come for them. Any node of the same database can hand them out.</summary>
internal static class ResponseTables
{
    public const string Running = "running";
    public const string Complete = "complete";

    private static readonly ColumnSchema StartedAt = Column.Instant("started_at", isNullable: true);
    private static readonly ColumnSchema Subject = Column.Text("subject", 1000, isNullable: true);

    /// <summary>While a request runs, <c>touched_at</c> is the sign of life of its node; from its end on it is the time of the end.</summary>
    public static readonly TableSchema Responses = new(
        new(null, "backend_response"),
        [
            Column.Text("id", 32),
            Column.Text("caller", 300),
            Column.Enumeration("state", [Running, Complete]),
            Column.Int32("status", isNullable: true),
            Column.Text("headers", isNullable: true),
            Column.Instant("touched_at"),
            // Null in rows of release 0.3, which live for an hour.
            StartedAt,
            // Method and path; what stands behind them can hold a key.
            Subject,
        ],
        PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    /// <summary>The body, in pieces.</summary>
    public static readonly TableSchema Chunks = new(
        new(null, "backend_response_chunk"),
        [Column.Text("response", 32), Column.Int32("position"), Column.Binary("content")],
        PrimaryKey: ["response", "position"], UniqueKeys: [], ForeignKeys: []);

    public static readonly ProductArea Area = new("responses",
    [
        [new TableChange.Create(Responses with { Columns = [.. Responses.Columns.Except([StartedAt, Subject])] }), new TableChange.Create(Chunks)],
        [new TableChange.AddColumn(Responses.Name, StartedAt), new TableChange.AddColumn(Responses.Name, Subject)],
    ]);
}
