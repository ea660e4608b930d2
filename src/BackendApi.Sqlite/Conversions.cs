using System.Collections.Frozen;
using BackendApi.Model;

namespace BackendApi.Sqlite;

/// <summary>Templates of <c>cast</c>: what reads and writes literals elsewhere does it here too.</summary>
internal static class Conversions
{
    public static readonly FrozenDictionary<(ValueKind From, ValueKind To), string> Templates =
        Parse.Conversions.All.ToFrozenDictionary(pair => pair, pair => Template(pair.From, pair.To));

    private static string Template(ValueKind from, ValueKind to) => (from, to) switch
    {
        // The driver makes null of an empty array.
        (ValueKind.String, ValueKind.Binary) => "(CASE WHEN {0} = '' THEN x'' ELSE backend_read({0}, 'Binary') END)",
        (ValueKind.String, _) => $"backend_read({{0}}, '{to}')",
        (ValueKind.Date or ValueKind.Guid, ValueKind.String) => "{0}",
        (_, ValueKind.String) => $"backend_text({{0}}, '{from}')",
        (ValueKind.Date, ValueKind.DateTimeOffset) => "({0} || 'T00:00:00.0000000Z')",
        (ValueKind.DateTimeOffset, ValueKind.Date) => "substr({0}, 1, 10)",
        (ValueKind.DateTimeOffset, ValueKind.TimeOfDay) => "substr({0}, 12, 16)",
        // A whole number of SQLite holds more digits than a real one does.
        (ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64, ValueKind.Decimal) => "{0}",
        _ => $"backend_number({{0}}, '{to}')",
    };
}
