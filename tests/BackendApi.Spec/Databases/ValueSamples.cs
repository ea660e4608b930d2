using System.Data.Common;
using BackendApi.Model;
using BackendApi.Sql;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>Ordinary and extreme values of each kind, by a name that a test can show.</summary>
public static class ValueSamples
{
    public static readonly IReadOnlyDictionary<ValueKind, IReadOnlyDictionary<string, object>> All = new Dictionary<ValueKind, IReadOnlyDictionary<string, object>>
    {
        [ValueKind.Boolean] = new Dictionary<string, object> { ["true"] = true, ["false"] = false },
        [ValueKind.Byte] = new Dictionary<string, object> { ["least"] = byte.MinValue, ["most"] = byte.MaxValue },
        [ValueKind.Int16] = new Dictionary<string, object> { ["least"] = short.MinValue, ["most"] = short.MaxValue },
        [ValueKind.Int32] = new Dictionary<string, object> { ["least"] = int.MinValue, ["most"] = int.MaxValue },
        [ValueKind.Int64] = new Dictionary<string, object> { ["least"] = long.MinValue, ["most"] = long.MaxValue },
        [ValueKind.Decimal] = new Dictionary<string, object> { ["money"] = 19.99m, ["cent"] = 0.01m, ["negative"] = -1234567890123.45m, ["whole"] = 5m, ["zero"] = 0m },
        [ValueKind.Double] = new Dictionary<string, object> { ["tenth"] = 0.1, ["least"] = double.MinValue, ["most"] = double.MaxValue, ["tiny"] = 1e-300 },
        [ValueKind.Single] = new Dictionary<string, object> { ["tenth"] = 0.1f, ["least"] = float.MinValue, ["most"] = float.MaxValue },
        [ValueKind.String] = new Dictionary<string, object> { ["empty"] = "", ["quotes"] = "O'Neill \"x\" %_[a]", ["letters"] = "Größe Ωж 日本 😀", ["control"] = "a\tb\r\nc", ["blanks"] = "  x " },
        [ValueKind.Date] = new Dictionary<string, object> { ["least"] = DateOnly.MinValue, ["most"] = DateOnly.MaxValue, ["leap"] = new DateOnly(2024, 2, 29) },
        [ValueKind.TimeOfDay] = new Dictionary<string, object> { ["least"] = TimeOnly.MinValue, ["last second"] = new TimeOnly(23, 59, 59), ["fraction"] = new TimeOnly(1, 2, 3).Add(TimeSpan.FromMicroseconds(123456)) },
        [ValueKind.DateTimeOffset] = new Dictionary<string, object>
        {
            ["utc"] = new DateTimeOffset(2016, 7, 4, 10, 20, 30, TimeSpan.Zero),
            ["offset"] = new DateTimeOffset(2016, 7, 4, 1, 20, 30, TimeSpan.FromHours(5.5)),
            ["fraction"] = new DateTimeOffset(2016, 7, 4, 10, 20, 30, TimeSpan.Zero).AddTicks(1234560),
            ["early"] = new DateTimeOffset(1, 1, 2, 0, 0, 0, TimeSpan.Zero),
            ["late"] = new DateTimeOffset(9999, 12, 30, 23, 59, 59, TimeSpan.Zero),
        },
        [ValueKind.Duration] = new Dictionary<string, object> { ["zero"] = TimeSpan.Zero, ["days"] = new TimeSpan(400, 5, 6, 7, 8), ["negative"] = -new TimeSpan(1, 2, 3, 4, 5) },
        [ValueKind.Guid] = new Dictionary<string, object> { ["empty"] = Guid.Empty, ["letters"] = new Guid("ABCDEFab-cdef-ABCD-EFab-cdefABCDEFab") },
        [ValueKind.Binary] = new Dictionary<string, object> { ["empty"] = Array.Empty<byte>(), ["every"] = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray() },
        [ValueKind.Json] = new Dictionary<string, object> { ["object"] = "{\"a\": [1, \"ü\", null]}", ["number"] = "12" },
        [ValueKind.Enum] = new Dictionary<string, object> { ["member"] = "new" },
    };

    public static TheoryData<ValueKind> Kinds() => [.. Enum.GetValues<ValueKind>()];

    public static TheoryData<ValueKind, string> Extremes()
    {
        var data = new TheoryData<ValueKind, string>();
        foreach (var (kind, values) in All)
            foreach (var name in values.Keys)
                data.Add(kind, name);
        return data;
    }

    public static ColumnType TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Decimal => new(kind, "", null, 18, 2),
        ValueKind.String => new(kind, "", 40),
        ValueKind.Enum => new(kind, "", 20),
        _ => new(kind, ""),
    };

    /// <summary>What the value is once stored: instants are told in UTC.</summary>
    public static object Rounded(object value) => value is DateTimeOffset instant ? instant.ToUniversalTime() : value;

    public static object Read(ValueReader values, DbDataReader row, int ordinal, ValueKind kind) => kind switch
    {
        ValueKind.Boolean => values.Boolean(row, ordinal),
        ValueKind.Byte => values.Byte(row, ordinal),
        ValueKind.Int16 => values.Int16(row, ordinal),
        ValueKind.Int32 => values.Int32(row, ordinal),
        ValueKind.Int64 => values.Int64(row, ordinal),
        ValueKind.Decimal => values.Decimal(row, ordinal),
        ValueKind.Double => values.Double(row, ordinal),
        ValueKind.Single => values.Single(row, ordinal),
        ValueKind.Date => values.Date(row, ordinal),
        ValueKind.TimeOfDay => values.TimeOfDay(row, ordinal),
        ValueKind.DateTimeOffset => values.DateTimeOffset(row, ordinal),
        ValueKind.Duration => values.Duration(row, ordinal),
        ValueKind.Guid => values.Guid(row, ordinal),
        ValueKind.Binary => values.Binary(row, ordinal),
        ValueKind.Json => values.Json(row, ordinal),
        _ => values.String(row, ordinal),
    };
}
