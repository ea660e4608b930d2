using BackendApi.Model;

namespace BackendApi.Testing;

/// <summary>One table with a column of every type, for what is told about values: row 1 is ordinary, 2 holds nulls, 3 and 4 the ends of the types, 5 odd texts.</summary>
internal static class KindsTable
{
    private static readonly TableSchema Value = new(
        new(null, "value"),
        [
            new("id", new(ValueKind.Int32, ""), false),
            new("text", new(ValueKind.String, "", 60), true),
            new("flag", new(ValueKind.Boolean, ""), true),
            new("tiny", new(ValueKind.Byte, ""), true),
            new("small", new(ValueKind.Int16, ""), true),
            new("number", new(ValueKind.Int32, ""), true),
            new("big", new(ValueKind.Int64, ""), true),
            new("price", new(ValueKind.Decimal, "", null, 14, 4), true),
            new("real", new(ValueKind.Double, ""), true),
            new("short", new(ValueKind.Single, ""), true),
            new("day", new(ValueKind.Date, ""), true),
            new("time", new(ValueKind.TimeOfDay, ""), true),
            new("instant", new(ValueKind.DateTimeOffset, ""), true),
            new("wait", new(ValueKind.Duration, ""), true),
            new("code", new(ValueKind.Guid, ""), true),
            new("bytes", new(ValueKind.Binary, ""), true),
            new("state", new(ValueKind.String, "", 10), true),
            new("marks", new(ValueKind.String, "", 40), true),
            new("parent_id", new(ValueKind.Int32, ""), true),
        ],
        ["id"], [], [new("fk_value_parent", ["parent_id"], new(null, "value"), ["id"])]);

    public static readonly IReadOnlyList<(TableSchema Table, object?[][] Rows)> All =
    [
        (Value,
        [
            [1, "Ab", true, (byte)7, (short)-7, 42, 5_000_000_000L, 19.99m, 2.5, 0.1f, new DateOnly(2024, 2, 29), new TimeOnly(8, 30), At("2024-02-29T12:34:56.5Z"), TimeSpan.FromHours(36),
                Guid.Parse("0a000000-0000-0000-0000-00000000000b"), new byte[] { 0xFB, 0xFF, 0x00 }, "O", "red,blue", null],
            [2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 1],
            [3, "", true, (byte)255, short.MaxValue, int.MaxValue, long.MaxValue, 9_999_999_999.9999m, 1e300, 1e30f, new DateOnly(9999, 12, 31), new TimeOnly(23, 59, 59).Add(TimeSpan.FromMicroseconds(999_999)),
                At("9999-12-31T23:59:59.999999Z"), TimeSpan.FromDays(10_000), Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), Array.Empty<byte>(), "C", "green", 1],
            [4, "ab ", false, (byte)0, short.MinValue, int.MinValue, long.MinValue + 1, -9_999_999_999.9999m, -1e300, -1e30f, new DateOnly(1, 1, 1), new TimeOnly(0, 0), At("0001-01-01T00:00:00Z"),
                TimeSpan.FromDays(-10_000).Add(TimeSpan.FromMicroseconds(-1)), Guid.Empty, new byte[] { 0 }, "O", "red,green,blue", 3],
            [5, "ẞ😀İı", false, (byte)1, (short)0, 0, 0L, 0m, 0.0, 0f, new DateOnly(2000, 1, 1), new TimeOnly(12, 0), At("2000-01-01T00:00:00Z"), TimeSpan.Zero,
                Guid.Parse("00000000-0000-0000-0000-000000000001"), new byte[] { 0, 1 }, "X", "blue", 4],
        ]),
    ];

    /// <summary>The enumerations store other texts than their members' names, where that is allowed.</summary>
    public const string Definitions =
        """
        [
          { "alias": "values", "table": "value", "fields": [
            { "column": "id" }, { "column": "text" }, { "column": "flag" }, { "column": "tiny" }, { "column": "small" }, { "column": "number" }, { "column": "big" },
            { "column": "price" }, { "column": "real" }, { "column": "short" }, { "column": "day" }, { "column": "time" }, { "column": "instant" }, { "column": "wait" },
            { "column": "code" }, { "column": "bytes" },
            { "column": "state", "type": "enum", "members": [ { "name": "Open", "value": "O" }, { "name": "Closed", "value": "C" } ] },
            { "column": "marks", "type": "enum", "isFlags": true, "members": [ { "name": "Red", "value": "red" }, { "name": "Green", "value": "green" }, { "name": "Blue", "value": "blue" } ] } ],
            "relations": [
              { "name": "Parent", "target": "values", "multiplicity": "one", "on": [ { "column": "parent_id", "targetColumn": "id" } ] },
              { "name": "Children", "target": "values", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "parent_id" } ] } ] }
        ]
        """;

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
