using BackendApi.Model;

namespace BackendApi.Spec.ChangeTracking;

/// <summary>Tickets with a queue each, a table with a composite key, one that is not tracked, one with a row filter, and a table for each kind of key.</summary>
internal static class TrackedTables
{
    private static readonly TableSchema Queue = Table("queue", [Of("id", ValueKind.Int32), Of("name", ValueKind.String, 40)], "id");

    public static readonly TableSchema Ticket = Table(
        "ticket", [Of("id", ValueKind.Int32), Of("title", ValueKind.String, 60), Of("state", ValueKind.String, 10), Of("queue_id", ValueKind.Int32, isNullable: true)], "id")
        with { ForeignKeys = [new("fk_ticket_queue", ["queue_id"], Queue.Name, ["id"])] };

    public static readonly TableSchema Line = Table(
        "ticket line", [Of("ticket", ValueKind.Int32), Of("o'clock \"at\"", ValueKind.String, 20), Of("text", ValueKind.String, 60)], "ticket", "o'clock \"at\"");

    private static readonly TableSchema Secret = Table("secret", [Of("id", ValueKind.Int32), Of("name", ValueKind.String, 40), Of("hidden", ValueKind.Boolean)], "id");

    /// <summary>A kind of key with three values of it, as rows store them.</summary>
    public static readonly IReadOnlyList<(ValueKind Kind, object[] Values)> Keys =
    [
        (ValueKind.Boolean, [true, false]),
        (ValueKind.Byte, [(byte)0, (byte)255]),
        (ValueKind.Int16, [short.MinValue, (short)7]),
        (ValueKind.Int64, [long.MaxValue, long.MinValue + 1]),
        (ValueKind.Decimal, [12.5m, -0.0001m]),
        (ValueKind.String, ["ẞ😀İı \"quoted\" \\ /'", "a", ""]),
        (ValueKind.Date, [new DateOnly(2024, 2, 29), new DateOnly(1, 1, 1)]),
        (ValueKind.TimeOfDay, [new TimeOnly(8, 30), new TimeOnly(23, 59, 59).Add(TimeSpan.FromMicroseconds(999_999))]),
        (ValueKind.DateTimeOffset, [At("2024-01-31T10:20:30.123456Z"), At("1999-12-31T23:59:59Z")]),
        (ValueKind.Duration, [TimeSpan.FromHours(36), TimeSpan.FromDays(-400).Add(TimeSpan.FromMicroseconds(-1))]),
        (ValueKind.Guid, [Guid.Parse("0a1b2c3d-0000-4000-8000-00000000000b"), Guid.Empty]),
    ];

    public static TableSchema OfKind(ValueKind kind) => Table(
        $"by_{kind.ToString().ToLowerInvariant()}",
        [new("key", new(kind, "", kind == ValueKind.String ? 60 : null, kind == ValueKind.Decimal ? 14 : null, kind == ValueKind.Decimal ? 4 : null), false), Of("note", ValueKind.Int32)],
        "key");

    public static readonly IReadOnlyList<(TableSchema Table, object?[][] Rows)> All =
    [
        (Queue, [[1, "first"], [2, "second"]]),
        (Ticket, [[1, "printer", "open", 1], [2, "mouse", "open", 2], [3, "screen", "closed", null], [4, "door", "open", 1]]),
        (Line, [[1, "noon", "a"], [1, "O'Neill / 100%", "b"], [2, "noon", "c"]]),
        (Secret, [[1, "known", false], [2, "unknown", true]]),
        (Table("plain", [Of("id", ValueKind.Int32)], "id"), [[1]]),
        .. Keys.Select(key => (OfKind(key.Kind), Array.Empty<object?[]>())),
    ];

    public static readonly string Definitions =
        $$"""
        [ { "alias": "queues", "table": "queue",
            "relations": [ { "name": "Tickets", "target": "tickets", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "queue_id" } ] } ] },
          { "alias": "tickets", "table": "ticket", "trackChanges": true, "search": [ "title" ] },
          { "alias": "same-tickets", "entitySet": "SameTickets", "table": "ticket" },
          { "alias": "lines", "table": "ticket line", "trackChanges": true, "fields": [ { "column": "ticket" }, { "column": "o'clock \"at\"", "name": "At" }, { "column": "text" } ] },
          { "alias": "secrets", "table": "secret", "trackChanges": true, "filter": "Hidden eq false", "fields": [ { "column": "id" }, { "column": "name" }, { "column": "hidden" } ] },
          { "alias": "plain", "table": "plain", "relations": [] },
          {{string.Join(",\n  ", Keys.Select(key => $$"""{ "alias": "{{key.Kind}}", "entitySet": "Of{{key.Kind}}", "table": "{{OfKind(key.Kind).Name}}", "trackChanges": true }"""))}} ]
        """;

    private static TableSchema Table(string name, IReadOnlyList<ColumnSchema> columns, params string[] key) => new(new(null, name), columns, key, [], []);

    private static ColumnSchema Of(string name, ValueKind kind, int? maxLength = null, bool isNullable = false) => new(name, new(kind, "", maxLength), isNullable);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
