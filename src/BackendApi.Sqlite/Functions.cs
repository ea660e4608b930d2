using System.Collections.Frozen;

namespace BackendApi.Sqlite;

/// <summary>
/// Templates of the OData functions over SQLite's operand forms: instants, dates and times are text of fixed width, durations are counted
/// in ticks of 100 ns.
/// </summary>
internal static class Functions
{
    public static readonly FrozenDictionary<string, string> Templates = new Dictionary<string, string>
    {
        ["eq(String,String)"] = "({0} = {1} AND {0} = {1} COLLATE BINARY)",
        ["ne"] = "({0} IS NOT {1})",
        ["ne(String,String)"] = "({0} COLLATE BINARY IS NOT {1})",

        ["add(Int32,Int32)"] = "backend_int32({0} + {1})",
        ["sub(Int32,Int32)"] = "backend_int32({0} - {1})",
        ["mul(Int32,Int32)"] = "backend_int32({0} * {1})",
        ["div(Int32,Int32)"] = "backend_int32({0} / backend_nonzero({1}))",
        ["negate(Int32)"] = "backend_int32(- {0})",
        ["add(Int64,Int64)"] = "backend_int64({0} + {1})",
        ["sub(Int64,Int64)"] = "backend_int64({0} - {1})",
        ["mul(Int64,Int64)"] = "backend_int64({0} * {1})",
        ["div(Int64,Int64)"] = "backend_int64({0} / backend_nonzero({1}))",
        ["negate(Int64)"] = "backend_int64(- {0})",
        ["add(Single,Single)"] = "backend_number(backend_fadd({0}, {1}), 'Single')",
        ["add(Double,Double)"] = "backend_fadd({0}, {1})",
        ["sub(Single,Single)"] = "backend_number(backend_fsub({0}, {1}), 'Single')",
        ["sub(Double,Double)"] = "backend_fsub({0}, {1})",
        ["mul(Single,Single)"] = "backend_number(backend_fmul({0}, {1}), 'Single')",
        ["mul(Double,Double)"] = "backend_fmul({0}, {1})",
        ["add(Duration,Duration)"] = "backend_int64({0} + {1})",
        ["sub(Duration,Duration)"] = "backend_int64({0} - {1})",

        ["add(Decimal,Decimal)"] = "backend_add({0}, {1})",
        ["add(DateTimeOffset,Duration)"] = "backend_instant_add({0}, {1})",
        ["add(Date,Duration)"] = "backend_date_add({0}, {1})",
        ["sub(Decimal,Decimal)"] = "backend_sub({0}, {1})",
        ["sub(DateTimeOffset,Duration)"] = "backend_instant_add({0}, - {1})",
        ["sub(Date,Duration)"] = "backend_date_add({0}, - {1})",
        ["sub(DateTimeOffset,DateTimeOffset)"] = "backend_instant_sub({0}, {1})",
        ["sub(Date,Date)"] = "backend_instant_sub({0}, {1})",
        ["mul(Decimal,Decimal)"] = "backend_mul({0}, {1})",
        ["mul(Duration,Double)"] = "backend_ticks(CAST({0} AS REAL) * {1})",
        ["mul(Double,Duration)"] = "backend_ticks(CAST({0} AS REAL) * {1})",
        ["div(Decimal,Decimal)"] = "backend_div({0}, {1})",
        ["div(Single,Single)"] = "backend_number(backend_fdiv({0}, {1}), 'Single')",
        ["div(Double,Double)"] = "backend_fdiv({0}, {1})",
        ["div(Duration,Double)"] = "backend_ticks(CAST({0} AS REAL) / backend_nonzero({1}))",
        ["divby(Single,Single)"] = "backend_number(backend_fdiv({0}, {1}), 'Single')",
        ["divby"] = "backend_fdiv({0}, {1})",
        ["divby(Decimal,Decimal)"] = "backend_div({0}, {1})",
        ["mod"] = "({0} % backend_nonzero({1}))",
        ["mod(Decimal,Decimal)"] = "backend_mod({0}, {1})",
        ["mod(Single,Single)"] = "backend_fmod({0}, {1})",
        ["mod(Double,Double)"] = "backend_fmod({0}, {1})",

        ["has"] = "(instr(',' || {0} || ',', ',' || {1} || ',') > 0)",
        ["contains"] = "(instr({0}, {1}) > 0)",
        ["endswith"] = "(substr({0}, length({0}) - length({1}) + 1) = {1} COLLATE BINARY)",
        ["startswith"] = "(substr({0}, 1, length({1})) = {1} COLLATE BINARY)",
        ["indexof"] = "(instr({0}, {1}) - 1)",
        ["length"] = "length({0})",
        ["substring(String,Int32)"] = "substr({0}, CASE WHEN {1} < 0 THEN max(length({0}) + {1}, 0) ELSE {1} END + 1)",
        ["substring(String,Int32,Int32)"] = "substr({0}, CASE WHEN {1} < 0 THEN max(length({0}) + {1}, 0) ELSE {1} END + 1, max({2}, 0))",
        ["matchesPattern"] = "backend_matches({0}, {1})",
        [Parse.Functions.PatternOf.Name] = "backend_pattern({0})",
        ["subsequence"] = "backend_subsequence({0}, {1})",
        ["search"] = "(instr({0}, {1}) > 0)",
        ["tolower"] = "backend_lower({0})",
        ["toupper"] = "backend_upper({0})",
        ["trim"] = "trim({0}, char(32, 9, 10, 11, 12, 13))",

        ["year"] = Part(1, 4),
        ["month"] = Part(6, 2),
        ["day"] = Part(9, 2),
        ["hour(DateTimeOffset)"] = Part(12, 2),
        ["minute(DateTimeOffset)"] = Part(15, 2),
        ["second(DateTimeOffset)"] = Part(18, 2),
        ["hour(TimeOfDay)"] = Part(1, 2),
        ["minute(TimeOfDay)"] = Part(4, 2),
        ["second(TimeOfDay)"] = Part(7, 2),
        ["fractionalseconds(DateTimeOffset)"] = "(CAST(substr({0}, 21, 7) AS INTEGER) / 10000000.0)",
        ["fractionalseconds(TimeOfDay)"] = "(CAST(substr({0}, 10, 7) AS INTEGER) / 10000000.0)",
        ["date(DateTimeOffset)"] = "substr({0}, 1, 10)",
        ["time(DateTimeOffset)"] = "substr({0}, 12, 16)",
        ["totalseconds"] = "({0} / 10000000.0)",
        ["now"] = "strftime('%Y-%m-%dT%H:%M:%f0000Z', 'now')",
        ["mindatetime"] = "'0001-01-01T00:00:00.0000000Z'",
        ["maxdatetime"] = "'9999-12-31T23:59:59.9999999Z'",

        ["sum(Int32)"] = "sum({0})",
        ["sum(Decimal)"] = "backend_sum({0})",
        ["sum(Double)"] = "sum(CAST({0} AS REAL))",
        ["average(Decimal)"] = "backend_average({0})",
        ["average(Double)"] = "avg(CAST({0} AS REAL))",
        ["countdistinct"] = "count(DISTINCT {0})",
        ["countrows"] = "count(*)",
        ["count"] = "count({0})",
        ["group(String)"] = "{0} COLLATE BINARY",
        ["group(Enum)"] = "{0} COLLATE BINARY",
        // A sum of doubles to the digits that they hold, so that 0.1 + 0.2 reaches 0.3.
        ["window(Decimal)"] = "backend_rounded(sum({0}) OVER ({1}))",

        ["ceiling"] = "backend_ceiling({0})",
        ["floor"] = "backend_floor({0})",
        ["round"] = "backend_round({0})",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static string Part(int start, int length) => $"CAST(substr({{0}}, {start}, {length}) AS INTEGER)";
}
