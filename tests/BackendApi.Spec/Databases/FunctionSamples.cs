using BackendApi.Model;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>One call of an operator or function and what every database must answer.</summary>
/// <param name="Expected">Null: any value that is not null.</param>
public sealed record FunctionSample(string Function, object[] Arguments, object? Expected)
{
    public override string ToString() => $"{Function}({string.Join(", ", Arguments)})";
}

/// <summary>At least one call of each signature of the function table.</summary>
public static class FunctionSamples
{
    private static readonly DateTimeOffset Noon = new(2024, 2, 29, 12, 34, 56, TimeSpan.Zero);
    private static readonly DateTimeOffset NoonWithFraction = Noon.AddTicks(1_234_560);
    private static readonly DateOnly LeapDay = new(2024, 2, 29);
    private static readonly TimeOnly Morning = new TimeOnly(7, 8, 9).Add(TimeSpan.FromMicroseconds(123_456));
    private static readonly TimeSpan DayAndHalf = TimeSpan.FromHours(36);

    public static readonly IReadOnlyList<FunctionSample> All =
    [
        Of("add", 5, 2, 3), Of("add", 5_000_000_001L, 5_000_000_000L, 1L), Of("add", 0.3m, 0.1m, 0.2m), Of("add", 3.75f, 1.5f, 2.25f), Of("add", 0.75, 0.5, 0.25),
        Of("add", 19.99m, (short)10, 9.99m), Of("add", 2.5, 2, 0.5),
        Of("add", Noon.AddHours(36), Noon, DayAndHalf), Of("add", LeapDay.AddDays(1), LeapDay, DayAndHalf), Of("add", TimeSpan.FromHours(37), DayAndHalf, TimeSpan.FromHours(1)),
        Of("sub", -1, 2, 3), Of("sub", 4_999_999_999L, 5_000_000_000L, 1L), Of("sub", 0.1m, 0.3m, 0.2m), Of("sub", -0.75f, 1.5f, 2.25f), Of("sub", 0.25, 0.5, 0.25),
        Of("sub", Noon.AddHours(-36), Noon, DayAndHalf), Of("sub", LeapDay.AddDays(-2), LeapDay, DayAndHalf), Of("sub", TimeSpan.FromHours(35), DayAndHalf, TimeSpan.FromHours(1)),
        Of("sub", TimeSpan.FromDays(60), LeapDay, new DateOnly(2023, 12, 31)), Of("sub", TimeSpan.FromTicks(1_234_560), NoonWithFraction, Noon), Of("sub", TimeSpan.FromTicks(-1_234_560), Noon, NoonWithFraction),
        Of("mul", 6, 2, 3), Of("mul", 10_000_000_000L, 5_000_000_000L, 2L), Of("mul", 59.97m, 19.99m, 3m), Of("mul", 59.97m, 19.99m, 3), Of("mul", 3.375f, 1.5f, 2.25f), Of("mul", 0.125, 0.5, 0.25),
        Of("mul", TimeSpan.FromHours(54), DayAndHalf, 1.5), Of("mul", TimeSpan.FromHours(18), 0.5, DayAndHalf),
        Of("div", -3, -7, 2), Of("div", 2_500_000_000L, 5_000_000_001L, 2L), Of("div", 0.25m, 1m, 4m), Of("div", 2.5m, 5, 2m), Of("div", 0.75f, 1.5f, 2f), Of("div", 2.5, 5.0, 2.0),
        Of("div", TimeSpan.FromHours(18), DayAndHalf, 2.0),
        Of("divby", 3.5m, 7, 2), Of("divby", 3.5m, 7m, 2m), Of("divby", 0.75f, 1.5f, 2f), Of("divby", 2.5, 5.0, 2.0),
        Of("mod", -1, -7, 3), Of("mod", 1L, 5_000_000_000L, 3L + 4_999_999_996L), Of("mod", 1.5m, 7.5m, 2m), Of("mod", -1.5f, -7.5f, 2f), Of("mod", -1.5, -7.5, 2.0),
        Of("negate", -2, 2), Of("negate", 5_000_000_000L, -5_000_000_000L), Of("negate", -19.99m, 19.99m), Of("negate", -1.5f, 1.5f), Of("negate", 0.25, -0.25), Of("negate", -DayAndHalf, DayAndHalf),

        Of("concat", "ab c", "ab ", "c"), Of("concat", "x", "x", ""),
        Of("contains", true, "Größe", "öß"), Of("contains", false, "Alfreds", "ALF"), Of("contains", true, "a%b", "%"), Of("contains", false, "ab", "a_"), Of("contains", true, "ab", ""),
        Of("startswith", true, "Alfreds", "Alf"), Of("startswith", false, "Alfreds", "alf"), Of("startswith", false, "ab", "ab "), Of("startswith", true, "[a]b", "[a]"), Of("startswith", true, "ab", ""),
        Of("endswith", true, "Alfreds", "eds"), Of("endswith", false, "Alfreds", "EDS"), Of("endswith", false, "ab", "xab"), Of("endswith", true, "ab ", "b "), Of("endswith", true, "ab", ""),
        Of("indexof", 2, "Alfreds", "fr"), Of("indexof", -1, "Alfreds", "FR"), Of("indexof", 1, "😀x", "x"), Of("indexof", 0, "ab", ""),
        Of("length", 2, "😀a"), Of("length", 3, "ab "), Of("length", 0, ""),
        Of("substring", "freds", "Alfreds", 2), Of("substring", "eds", "Alfreds", -3), Of("substring", "Alfreds", "Alfreds", -30), Of("substring", "", "Alfreds", 30), Of("substring", "a", "😀a", 1),
        Of("substring", "fre", "Alfreds", 2, 3), Of("substring", "ed", "Alfreds", -3, 2), Of("substring", "", "Alfreds", 2, -1), Of("substring", "s", "Alfreds", 6, 9),
        Of("matchesPattern", true, "Alfreds", "^A.*s$"), Of("matchesPattern", false, "Alfreds", "^a"), Of("matchesPattern", true, "Alfreds", "fre"),
        Of("tolower", "äbc", "ÄBC"), Of("toupper", "ÄBC", "äbc"), Of("trim", "a b", "\t a b\r\n "), Of("trim", "vav", "\vvav\f"),

        Of("year", 2024, LeapDay), Of("month", 2, LeapDay), Of("day", 29, LeapDay),
        Of("year", 2023, new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2))), Of("month", 12, new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2))), Of("day", 29, Noon),
        Of("hour", 12, Noon), Of("minute", 34, Noon), Of("second", 56, Noon.AddMilliseconds(999)), Of("fractionalseconds", 0.123456m, NoonWithFraction),
        Of("hour", 7, Morning), Of("minute", 8, Morning), Of("second", 9, Morning), Of("fractionalseconds", 0.123456m, Morning),
        Of("date", LeapDay, Noon), Of("date", LeapDay, LeapDay), Of("time", new TimeOnly(12, 34, 56), Noon), Of("time", Morning, Morning),
        Of("totaloffsetminutes", 0, Noon), Of("totalseconds", 5430.5m, TimeSpan.FromSeconds(5430.5)), Of("totalseconds", -129600m, -DayAndHalf),
        Of("now", null), Of("mindatetime", DateTimeOffset.MinValue), Of("maxdatetime", null),
        Of("ceiling", -1m, -1.5m), Of("ceiling", 2.0, 1.2), Of("floor", -2m, -1.5m), Of("floor", 1.0, 1.2),
        Of("round", 3m, 2.5m), Of("round", -3m, -2.5m), Of("round", 3.0, 2.5), Of("round", -3.0, -2.5), Of("round", 2m, 2.49m),
        Of("round", 0.0, 0.49999999999999994), Of("round", 4_503_599_627_370_497.0, 4_503_599_627_370_497.0), Of("round", double.MaxValue, double.MaxValue),
    ];

    public static TheoryData<int, string> Calls()
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < All.Count; i++)
            data.Add(i, All[i].ToString());
        return data;
    }

    public static ValueKind KindOf(object value) => value switch
    {
        bool => ValueKind.Boolean,
        short => ValueKind.Int16,
        int => ValueKind.Int32,
        long => ValueKind.Int64,
        decimal => ValueKind.Decimal,
        double => ValueKind.Double,
        float => ValueKind.Single,
        DateOnly => ValueKind.Date,
        TimeOnly => ValueKind.TimeOfDay,
        DateTimeOffset => ValueKind.DateTimeOffset,
        TimeSpan => ValueKind.Duration,
        _ => ValueKind.String,
    };

    private static FunctionSample Of(string function, object? expected, params object[] arguments) => new(function, arguments, expected);
}
