using System.Collections.Frozen;
using BackendApi.Model;

namespace BackendApi.SqlServer;

/// <summary>
/// Templates of <c>cast</c>. TRY_CAST answers null for what a type does not take, but reads more than OData's literals (an empty text is 0, blanks are
/// skipped), so that a pattern stands in front of it. T-SQL has no words for binaries in base64: those pairs are 501.
/// </summary>
internal static class Conversions
{
    private const string Text = "{0} COLLATE " + SqlServerDialect.Binary;
    private const string Digit = "[0-9]";
    private const string Day = $"{Digit}{Digit}{Digit}{Digit}-{Digit}{Digit}-{Digit}{Digit}";
    private const string Minute = $"{Digit}{Digit}:{Digit}{Digit}";
    private const string Utc = "SWITCHOFFSET(CAST({0} AS datetimeoffset(7)), 0)";
    private const string Number = $"{Text} NOT LIKE N'%[^0-9.eE+-]%' AND {Text} LIKE N'%[0-9]'";

    private static readonly (ValueKind Kind, string Name)[] Numbers =
    [
        (ValueKind.Byte, "tinyint"), (ValueKind.Int16, "smallint"), (ValueKind.Int32, "int"), (ValueKind.Int64, "bigint"),
        (ValueKind.Decimal, "decimal(38,10)"), (ValueKind.Single, "real"), (ValueKind.Double, "float"),
    ];

    // Behind what it is made of.
    public static readonly FrozenDictionary<(ValueKind From, ValueKind To), string> Templates = All().ToFrozenDictionary();

    private static IEnumerable<KeyValuePair<(ValueKind From, ValueKind To), string>> All()
    {
        foreach (var (from, _) in Numbers)
            foreach (var (to, name) in Numbers)
                if (from != to)
                    yield return Pair(from, to, IsInteger(to) && !IsInteger(from) ? $"TRY_CAST(ROUND({{0}}, 0) AS {name})" : $"TRY_CAST({{0}} AS {name})");
        foreach (var (kind, name) in Numbers)
        {
            yield return Pair(ValueKind.String, kind, IsInteger(kind)
                ? $"TRY_CAST(CASE WHEN {Text} NOT LIKE N'%[^0-9+-]%' AND {Text} LIKE N'%[0-9]' THEN {{0}} END AS {name})"
                : kind == ValueKind.Decimal
                ? $"COALESCE(TRY_CAST(CASE WHEN {Number} THEN {{0}} END AS {name}), TRY_CAST(TRY_CAST(CASE WHEN {Number} THEN {{0}} END AS float) AS {name}))"
                : $"TRY_CAST(CASE WHEN {Number} THEN {{0}} END AS {name})");
            yield return Pair(kind, ValueKind.String, IsInteger(kind) ? "CAST({0} AS nvarchar(20))"
                : kind == ValueKind.Decimal ? WithoutZeros("CAST({0} AS nvarchar(60))")
                : "FORMAT({0}, 'R', 'en-US')");
        }

        yield return Pair(ValueKind.String, ValueKind.Boolean, "CAST(CASE LOWER({0}) WHEN N'true' THEN 1 WHEN N'false' THEN 0 END AS bit)");
        yield return Pair(ValueKind.String, ValueKind.Date, $"TRY_CONVERT(date, CASE WHEN {Text} LIKE N'{Day}' THEN {{0}} END, 23)");
        yield return Pair(ValueKind.String, ValueKind.TimeOfDay, $"TRY_CAST(CASE WHEN {Text} LIKE N'{Minute}%' AND {Text} NOT LIKE N'%[^0-9:.]%' THEN {{0}} END AS time(7))");
        yield return Pair(ValueKind.String, ValueKind.DateTimeOffset,
            $"SWITCHOFFSET(TRY_CAST(CASE WHEN {Text} LIKE N'{Day}' OR {Text} LIKE N'{Day}[Tt]{Minute}%[Zz]' OR {Text} LIKE N'{Day}[Tt]{Minute}%[+-]{Minute}' THEN UPPER({{0}}) END AS datetimeoffset(7)), 0)");
        yield return Pair(ValueKind.String, ValueKind.Guid, "TRY_CAST(CASE WHEN {0} LIKE N'________-____-____-____-____________' THEN {0} END AS uniqueidentifier)");

        yield return Pair(ValueKind.String, ValueKind.Duration, ReadDuration());

        yield return Pair(ValueKind.Boolean, ValueKind.String, "CASE WHEN {0} = 1 THEN N'true' WHEN {0} = 0 THEN N'false' END");
        yield return Pair(ValueKind.Date, ValueKind.String, "CONVERT(nvarchar(10), {0}, 23)");
        yield return Pair(ValueKind.TimeOfDay, ValueKind.String, WithoutZeros("CONVERT(nvarchar(16), CAST({0} AS time(7)), 126)"));
        yield return Pair(ValueKind.DateTimeOffset, ValueKind.String, $"({WithoutZeros($"CONVERT(nvarchar(33), CAST({Utc} AS datetime2(7)), 126)")} + N'Z')");
        yield return Pair(ValueKind.Duration, ValueKind.String, Duration());
        yield return Pair(ValueKind.Guid, ValueKind.String, "LOWER(CONVERT(nvarchar(36), {0}))");

        yield return Pair(ValueKind.Date, ValueKind.DateTimeOffset, "TODATETIMEOFFSET(CAST({0} AS datetime2(7)), 0)");
        yield return Pair(ValueKind.DateTimeOffset, ValueKind.Date, $"CAST({Utc} AS date)");
        yield return Pair(ValueKind.DateTimeOffset, ValueKind.TimeOfDay, $"CAST({Utc} AS time(7))");
    }

    private static bool IsInteger(ValueKind kind) => kind is ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64;

    /// <summary>Without the zeros at the end of a fraction, and without the point when nothing is left behind it.</summary>
    private static string WithoutZeros(string text) =>
        $"CASE WHEN CHARINDEX(N'.', {text}) = 0 THEN {text} ELSE REPLACE(RTRIM(REPLACE(REPLACE(RTRIM(REPLACE({text}, N'0', N' ')), N' ', N'0'), N'.', N' ')), N' ', N'.') END";

    /// <summary>ISO 8601 from ticks: days, hours, minutes, seconds, each where it is not zero.</summary>
    private static string Duration()
    {
        static string Part(string number, string letter) => $"CASE WHEN {number} = 0 THEN N'' ELSE CAST({number} AS nvarchar(20)) + N'{letter}' END";
        const string ticks = "ABS({0})";
        var seconds = WithoutZeros($"CAST(CAST({ticks} % 600000000 AS decimal(19,7)) / 10000000 AS nvarchar(20))");
        return $"CASE WHEN {{0}} = 0 THEN N'PT0S' ELSE CASE WHEN {{0}} < 0 THEN N'-' ELSE N'' END + N'P' + {Part($"({ticks} / 864000000000)", "D")}"
            + $" + CASE WHEN {ticks} % 864000000000 = 0 THEN N'' ELSE N'T' + {Part($"({ticks} % 864000000000 / 36000000000)", "H")} + {Part($"({ticks} % 36000000000 / 600000000)", "M")}"
            + $" + CASE WHEN {ticks} % 600000000 = 0 THEN N'' ELSE {seconds} + N'S' END END END";
    }

    /// <summary>Ticks from ISO 8601. Each number stands between its letter and the nearest one in front; letters in another order leave something between them that is no number.</summary>
    private static string ReadDuration()
    {
        static string At(string letter) => $"CHARINDEX(N'{letter}', {Text})";
        static string Behind(params string[] letters) =>
            letters.Length == 1 ? At(letters[0]) : $"CASE WHEN {At(letters[0])} > 0 THEN {At(letters[0])} ELSE {Behind(letters[1..])} END";
        static string Part(string letter, string type, string ticks, params string[] before) =>
            $"CASE WHEN {At(letter)} = 0 THEN 0 WHEN {At(letter)} > {Behind(before)} THEN TRY_CAST(SUBSTRING({{0}}, {Behind(before)} + 1, {At(letter)} - ({Behind(before)}) - 1) AS {type}) * {ticks} END";
        const string isDuration = $"{Text} LIKE N'%P%[DHMS]' AND {Text} NOT LIKE N'%[^0-9PDTHMS.+-]%' AND {Text} NOT LIKE N'_%[+-]%' AND {Text} NOT LIKE N'%[PTDHM.][DHMS]%' AND {Text} NOT LIKE N'%[0-9]P%'";
        // The M of minutes stands behind the T; OData has no months.
        return $"CASE WHEN {isDuration} THEN TRY_CAST(CASE WHEN {{0}} LIKE N'-%' THEN -1 ELSE 1 END * ("
            + Part("D", "decimal(9,0)", "864000000000", "P") + " + " + Part("H", "decimal(9,0)", "36000000000", "T") + " + "
            + Part("M", "decimal(9,0)", "600000000", "H", "T") + " + " + Part("S", "decimal(16,7)", "10000000", "M", "H", "T") + ") AS bigint) END";
    }

    private static KeyValuePair<(ValueKind, ValueKind), string> Pair(ValueKind from, ValueKind to, string template) => new((from, to), template);
}
