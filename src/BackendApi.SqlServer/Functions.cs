using System.Collections.Frozen;

namespace BackendApi.SqlServer;

/// <summary>
/// Templates of the OData functions in T-SQL. Text is searched code unit by code unit (a BIN2 collation) and counted in characters (an SC
/// collation). LEN leaves trailing blanks out, so a character is added first. Durations are ticks of 100 ns.
/// </summary>
internal static class Functions
{
    private const string Binary = "COLLATE " + SqlServerDialect.Binary;
    private const string Characters = "COLLATE Latin1_General_100_CI_AS_SC";
    private const string Found = $"CHARINDEX({{1}} {Binary}, {{0}} {Binary})";
    private const string Length = $"(LEN({{0}} {Characters} + N'.') - 1)";
    private const string Start = $"CASE WHEN {{1}} >= 0 THEN {{1}} WHEN {Length} + {{1}} > 0 THEN {Length} + {{1}} ELSE 0 END + 1";
    private const string Utc = "SWITCHOFFSET(CAST({0} AS datetimeoffset(7)), 0)";
    private const string Utc1 = "SWITCHOFFSET(CAST({1} AS datetimeoffset(7)), 0)";
    private const string Blanks = "N' ' + NCHAR(9) + NCHAR(10) + NCHAR(11) + NCHAR(12) + NCHAR(13)";

    public static readonly FrozenDictionary<string, string> Templates = new Dictionary<string, string>
    {
        ["eq(String,String)"] = SqlServerDialect.Instance.EqualityOf(Model.ValueKind.String),
        ["ne(String,String)"] = $"({{0}} {Binary} <> {{1}} OR DATALENGTH({{0}}) <> DATALENGTH({{1}}) OR ({{0}} IS NULL AND {{1}} IS NOT NULL) OR ({{0}} IS NOT NULL AND {{1}} IS NULL))",
        ["ne"] = "({0} <> {1} OR ({0} IS NULL AND {1} IS NOT NULL) OR ({0} IS NOT NULL AND {1} IS NULL))",

        ["add(DateTimeOffset,Duration)"] = Shifted("{1}"),
        ["add(Date,Duration)"] = $"CAST({Shifted("{1}")} AS date)",
        ["sub(DateTimeOffset,Duration)"] = Shifted("(- {1})"),
        ["sub(Date,Duration)"] = $"CAST({Shifted("(- {1})")} AS date)",
        ["sub(DateTimeOffset,DateTimeOffset)"] = $"(DATEDIFF_BIG(second, {Utc1}, {Utc}) * 10000000 + (DATEPART(nanosecond, {Utc}) - DATEPART(nanosecond, {Utc1})) / 100)",
        ["sub(Date,Date)"] = "(CAST(DATEDIFF(day, {1}, {0}) AS bigint) * 864000000000)",
        ["mul(Duration,Double)"] = "CAST({0} * CAST({1} AS float) AS bigint)",
        ["mul(Double,Duration)"] = "CAST(CAST({0} AS float) * {1} AS bigint)",
        ["div(Duration,Double)"] = "CAST({0} / CAST({1} AS float) AS bigint)",
        ["divby(Decimal,Decimal)"] = "(CAST({0} AS decimal(38,10)) / {1})",
        ["mod"] = "({0} % {1})",
        ["mod(Single,Single)"] = "CAST({0} - {1} * ROUND({0} / {1}, 0, 1) AS real)",
        ["mod(Double,Double)"] = "({0} - {1} * ROUND({0} / {1}, 0, 1))",

        ["has"] = $"(CHARINDEX(N',' + {{1}} + N',' {Binary}, N',' + {{0}} + N',' {Binary}) > 0)",
        ["concat"] = "(CAST({0} AS nvarchar(max)) + {1})",
        ["contains"] = $"(DATALENGTH({{1}}) = 0 AND {{0}} IS NOT NULL OR {Found} > 0)",
        ["subsequence"] = $"({Separated("{0}", ",,")} LIKE CASE WHEN DATALENGTH({Separated("{1}", ",%,")}) <= 8000 THEN {Separated("{1}", ",%,")} ELSE CAST(1 / 0 AS nvarchar(1)) END)",
        ["search"] = $"({Found} > 0)",
        ["startswith"] = $"(DATALENGTH({{1}}) = 0 AND {{0}} IS NOT NULL OR {Found} = 1)",
        ["endswith"] = $"(DATALENGTH({{1}}) = 0 AND {{0}} IS NOT NULL OR LEN({{0}} {Binary} + N'.') >= LEN({{1}} {Binary} + N'.') AND CHARINDEX({{1}} {Binary}, RIGHT({{0}} {Binary}, LEN({{1}} {Binary} + N'.') - 1)) = 1)",
        ["indexof"] = $"CASE WHEN DATALENGTH({{1}}) = 0 AND {{0}} IS NOT NULL THEN 0 WHEN {Found} = 0 THEN -1 ELSE LEN(LEFT({{0}} {Binary}, {Found} - 1) {Characters} + N'.') - 1 END",
        ["length"] = $"CAST({Length} AS int)",
        ["substring(String,Int32)"] = $"SUBSTRING({{0}} {Characters}, {Start}, 2147483647)",
        ["substring(String,Int32,Int32)"] = $"SUBSTRING({{0}} {Characters}, {Start}, CASE WHEN {{2}} < 0 THEN 0 ELSE {{2}} END)",
        ["matchesPattern"] = "(REGEXP_COUNT({0}, {1}, 1, N'c') > 0)",
        ["tolower"] = "LOWER({0})",
        ["toupper"] = "UPPER({0})",
        ["trim"] = $"TRIM({Blanks} FROM {{0}})",

        ["year(Date)"] = "DATEPART(year, {0})",
        ["month(Date)"] = "DATEPART(month, {0})",
        ["day(Date)"] = "DATEPART(day, {0})",
        ["year(DateTimeOffset)"] = $"DATEPART(year, {Utc})",
        ["month(DateTimeOffset)"] = $"DATEPART(month, {Utc})",
        ["day(DateTimeOffset)"] = $"DATEPART(day, {Utc})",
        ["hour(DateTimeOffset)"] = $"DATEPART(hour, {Utc})",
        ["minute(DateTimeOffset)"] = $"DATEPART(minute, {Utc})",
        ["second(DateTimeOffset)"] = $"DATEPART(second, {Utc})",
        ["hour(TimeOfDay)"] = "DATEPART(hour, {0})",
        ["minute(TimeOfDay)"] = "DATEPART(minute, {0})",
        ["second(TimeOfDay)"] = "DATEPART(second, {0})",
        ["fractionalseconds(DateTimeOffset)"] = $"CAST(DATEPART(nanosecond, {Utc}) / 100 * 0.0000001 AS decimal(8,7))",
        ["fractionalseconds(TimeOfDay)"] = "CAST(DATEPART(nanosecond, {0}) / 100 * 0.0000001 AS decimal(8,7))",
        ["date(DateTimeOffset)"] = $"CAST({Utc} AS date)",
        ["time(DateTimeOffset)"] = $"CAST({Utc} AS time(7))",
        ["totaloffsetminutes"] = "CASE WHEN {0} IS NOT NULL THEN 0 END",
        ["totalseconds"] = "({0} / CAST(10000000 AS decimal(8,0)))",
        ["now"] = "TODATETIMEOFFSET(SYSUTCDATETIME(), 0)",
        ["mindatetime"] = "CAST('0001-01-01T00:00:00Z' AS datetimeoffset(7))",
        ["maxdatetime"] = "CAST('9999-12-31T23:59:59.9999999Z' AS datetimeoffset(7))",

        ["sum(Int32)"] = "SUM(CAST({0} AS bigint))",
        ["sum(Int64)"] = "SUM(CAST({0} AS decimal(38,0)))",
        ["sum(Double)"] = "SUM(CAST({0} AS float))",
        ["average(Decimal)"] = "CAST(ROUND(SUM(CAST({0} AS decimal(38,12))) / COUNT({0}), 10) AS decimal(38,10))",
        ["average(Double)"] = "AVG(CAST({0} AS float))",
        ["countdistinct"] = "CAST(COUNT_BIG(DISTINCT {0}) AS decimal(19,0))",
        ["countrows"] = "CAST(COUNT_BIG(*) AS decimal(19,0))",
        ["count"] = "CAST(COUNT_BIG({0}) AS decimal(19,0))",
        ["group(String)"] = $"{{0}} {Binary}",
        ["group(Enum)"] = $"{{0}} {Binary}",
        ["window(Decimal)"] = "SUM(CAST({0} AS decimal(38,10))) OVER ({1})",

        ["round"] = "ROUND({0}, 0)",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A JSON list of whole numbers with something else than a comma between them, at the beginning and at the end. LIKE takes patterns of 8,000 bytes.</summary>
    private static string Separated(string list, string by) => $"REPLACE(REPLACE(REPLACE({list}, N'[', N','), N']', N','), N',', N'{by}')";

    /// <summary>DATEADD takes an int: days, seconds of the day and fraction are added one after another.</summary>
    private static string Shifted(string ticks) =>
        $"DATEADD(nanosecond, CAST({ticks} % 10000000 AS int) * 100, DATEADD(second, CAST({ticks} / 10000000 % 86400 AS int), DATEADD(day, CAST({ticks} / 864000000000 AS int), {Utc})))";
}
