using System.Globalization;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>Values that tie, that are the least and the greatest, and that other tables of characters or calendars stumble over.</summary>
internal static class Values
{
    private static readonly string[] Texts =
    [
        "", " ", "  x ", "ab", "ab ", " ab", "Ada", "ada", "ADA", "Äpfel", "äpfel", "e\u0301", "\u00e9", "Straße", "日本語", "😀", "a😀b", "😀😀", "\uffee", "\ue000", "O'Neil", "''", "50%", "a_b", "[a]",
        "tab\there", "line\nbreak\r", "back\\slash", "\"quoted\"", "x&y=z;w,v", "a+b/c", "null", "0", "#", "(a)", "{b}", new string('z', 200),
    ];

    private static readonly string[] Codes = ["", "A", "a", "AbC", "abc", "ABC", "äöü", "ÄÖÜ", "Éa", "éA", "x1 ", " X1", "zz", "a-b"];
    private static readonly int[] Integers = [int.MinValue, int.MinValue + 1, -100, -1, 0, 1, 2, 5, 7, 1_000_000, int.MaxValue - 1, int.MaxValue];
    private static readonly long[] Longs = [long.MinValue, long.MinValue + 1, -9_007_199_254_740_993, -1, 0, 1, 42, 9_007_199_254_740_992, 9_007_199_254_740_993, long.MaxValue - 1, long.MaxValue];
    /// <summary>Fifteen digits: as many as a number keeps in SQLite.</summary>
    private static readonly decimal[] Decimals =
        [-99_999_999_999.9999m, -1234.5678m, -0.5m, -0.0001m, 0m, 0.0001m, 0.5m, 1.5m, 2.5m, 19.99m, 20m, 10_000_000_000.0001m, 99_999_999_999.9998m, 99_999_999_999.9999m];
    private static readonly decimal[] Prices = [-9.99m, -0.5m, 0m, 0.01m, 0.5m, 1m, 1.5m, 2.5m, 19.99m, 20m, 100m, 9999.99m];
    private static readonly double[] Doubles = [-double.MaxValue, -1e300, -2.5, -0.1, 0, 4.9e-324, 1e-300, 0.1, 0.3, 0.5, 1.5, 2.5, 1e15 + 0.5, 4_503_599_627_370_497, 9_007_199_254_740_991, 1e22, double.MaxValue];
    private static readonly string[] Days = ["0001-01-01", "0001-12-31", "1582-10-10", "1900-02-28", "1970-01-01", "2000-02-29", "2023-12-31", "2024-02-29", "2024-03-01", "9999-12-30", "9999-12-31"];
    private static readonly string[] Clocks = ["00:00:00", "00:00:00.000001", "00:00:01", "07:08:09.5", "12:00:00", "12:00:00.123456", "23:59:59", "23:59:59.999999"];
    private static readonly string[] Spans = ["-00:00:00.000001", "00:00:00", "00:00:00.000001", "00:00:01", "01:30:00", "23:59:59.999999", "1.00:00:00", "-1.12:00:00", "400.05:06:07.008", "-2.00:00:00.5", "30.00:00:00"];
    private static readonly Guid[] Guids = [Guid.Empty, new("00000000-0000-0000-0000-000000000001"), new("abcdefab-cdef-abcd-efab-cdefabcdefab"), new("ffffffff-ffff-ffff-ffff-ffffffffffff")];

    /// <summary>Stands for the items of a collection.</summary>
    public static Property Item(Kind kind) => new("", kind, IsSmall: true, Folds: true);

    public static object Any(Property property, Random random) => property.Kind switch
    {
        Kind.String => (property.Folds ? Codes : Texts).Any(random),
        Kind.Enum when property.IsFlags => string.Join(',', Tables.Finishes.Where((_, i) => (random.Next(1, 1 << Tables.Finishes.Length) & 1 << i) != 0).DefaultIfEmpty(Tables.Finishes[0])),
        Kind.Enum => Tables.Colours.Any(random),
        Kind.Json => Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(6) == 0 ? null : Any(Item(property.Items!.Value), random)).ToList(),
        Kind.Int32 when property.IsSmall => random.Next(-6, 12),
        Kind.Int32 => Integers.Any(random),
        Kind.Int64 => Longs.Any(random),
        Kind.Decimal => (property.IsSmall ? Prices : Decimals).Any(random),
        Kind.Double when property.IsSmall => random.Next(-12, 12) / 4.0,
        Kind.Double => Doubles.Any(random),
        Kind.Boolean => random.Next(2) == 0,
        Kind.Date => DateOnly.Parse(Days.Any(random), CultureInfo.InvariantCulture),
        Kind.TimeOfDay => TimeOnly.Parse(Clocks.Any(random), CultureInfo.InvariantCulture),
        Kind.DateTimeOffset => DateTimeOffset.Parse($"{Days.Any(random)}T{Clocks.Any(random)}Z", CultureInfo.InvariantCulture),
        Kind.Duration => TimeSpan.Parse(Spans.Any(random), CultureInfo.InvariantCulture),
        Kind.Guid => Guids.Any(random),
        var kind => throw new ArgumentOutOfRangeException(nameof(property), kind, null),
    };

    public static T Any<T>(this IReadOnlyList<T> values, Random random) => values[random.Next(values.Count)];
}
