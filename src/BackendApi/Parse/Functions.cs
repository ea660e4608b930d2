using System.Collections.Frozen;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Parse;

/// <summary>
/// The operators and canonical functions of OData 4.01 (URL Conventions, 5.1.1), one row each. A new function is one row here.
/// The templates are PostgreSQL's; where it differs, a dialect overrides a row by <c>name(Kind,Kind)</c> or by <c>name</c>.
/// Date and time parts of a DateTimeOffset are those in UTC.
/// </summary>
public static class Functions
{
    // Arithmetic promotes as 5.1.1.15 says; the first signature that fits is taken.
    private static readonly Kind[] Numeric = [Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Single, Kind.Double];

    private static readonly IReadOnlyList<Signature> Comparison = [Two(Kind.Boolean, null, null)];
    private static readonly IReadOnlyList<Signature> Logical = [Two(Kind.Boolean, Kind.Boolean, Kind.Boolean)];
    private static readonly IReadOnlyList<Signature> TextTest = [Two(Kind.Boolean, Kind.String, Kind.String)];
    private static readonly IReadOnlyList<Signature> TextToText = [One(Kind.String, Kind.String)];
    private static readonly IReadOnlyList<Signature> Rounding = [One(Kind.Decimal, Kind.Decimal), One(Kind.Double, Kind.Double)];
    private static readonly IReadOnlyList<Signature> NoOperand = [None(Kind.DateTimeOffset)];
    private static readonly IReadOnlyList<Signature> CollectionTest = [Two(Kind.Boolean, null, null)];

    public static readonly FunctionRow Eq = new("eq", FunctionForm.Binary, Comparison, "({0} = {1})", 3);
    public static readonly FunctionRow Ne = new("ne", FunctionForm.Binary, Comparison, "({0} is distinct from {1})", 3);
    public static readonly FunctionRow Gt = new("gt", FunctionForm.Binary, Comparison, "({0} > {1})", 4);
    public static readonly FunctionRow Ge = new("ge", FunctionForm.Binary, Comparison, "({0} >= {1})", 4);
    public static readonly FunctionRow Lt = new("lt", FunctionForm.Binary, Comparison, "({0} < {1})", 4);
    public static readonly FunctionRow Le = new("le", FunctionForm.Binary, Comparison, "({0} <= {1})", 4);
    public static readonly FunctionRow And = new("and", FunctionForm.Binary, Logical, "({0} and {1})", 2);
    public static readonly FunctionRow Or = new("or", FunctionForm.Binary, Logical, "({0} or {1})", 1);
    public static readonly FunctionRow Not = new("not", FunctionForm.Unary, [One(Kind.Boolean, Kind.Boolean)], "(not {0})", 7);
    /// <summary>Every member of the right operand is set in the left one; the template tests one, in the text that a column of flags stores.</summary>
    public static readonly FunctionRow Has = new("has", FunctionForm.Binary, [Two(Kind.Boolean, Kind.Enum, Kind.Enum)], "(strpos(',' || {0} || ',', ',' || {1} || ',') > 0)", 8);
    public static readonly FunctionRow In = new("in", FunctionForm.Binary, Comparison, null, 8);

    public static readonly FunctionRow Add = new("add", FunctionForm.Binary,
    [
        .. EachNumeric(),
        Two(Kind.Date, Kind.Date, Kind.Duration, $"cast({InRange("({0} + {1})", "timestamp")} as date)"),
        Two(Kind.DateTimeOffset, Kind.DateTimeOffset, Kind.Duration, InRange("({0} + {1})", "timestamptz")),
        Two(Kind.Duration, Kind.Duration, Kind.Duration),
    ], "({0} + {1})", 5);

    public static readonly FunctionRow Sub = new("sub", FunctionForm.Binary,
    [
        .. EachNumeric(),
        // Dates first: a date also stands for its midnight.
        Two(Kind.Duration, Kind.Date, Kind.Date, "(({0} - {1}) * interval '1 day')"),
        Two(Kind.Date, Kind.Date, Kind.Duration, $"cast({InRange("({0} - {1})", "timestamp")} as date)"),
        Two(Kind.Duration, Kind.DateTimeOffset, Kind.DateTimeOffset),
        Two(Kind.DateTimeOffset, Kind.DateTimeOffset, Kind.Duration, InRange("({0} - {1})", "timestamptz")),
        Two(Kind.Duration, Kind.Duration, Kind.Duration),
    ], "({0} - {1})", 5);

    public static readonly FunctionRow Mul = new("mul", FunctionForm.Binary,
    [
        .. EachNumeric(),
        Two(Kind.Duration, Kind.Duration, Kind.Double, "({0} * cast({1} as double precision))"),
        Two(Kind.Duration, Kind.Double, Kind.Duration, "(cast({0} as double precision) * {1})"),
    ], "({0} * {1})", 6);

    /// <summary>Whole numbers divide to a whole number, cut towards zero.</summary>
    public static readonly FunctionRow Div = new("div", FunctionForm.Binary,
    [
        .. EachNumeric(),
        Two(Kind.Duration, Kind.Duration, Kind.Double, "({0} / cast({1} as double precision))"),
    ], "({0} / {1})", 6);

    /// <summary>Division with a fraction whatever the operands.</summary>
    public static readonly FunctionRow DivBy = new("divby", FunctionForm.Binary,
    [
        Two(Kind.Decimal, Kind.Decimal, Kind.Decimal, "(cast({0} as numeric) / {1})"),
        Two(Kind.Single, Kind.Single, Kind.Single),
        Two(Kind.Double, Kind.Double, Kind.Double),
    ], "({0} / {1})", 6);

    public static readonly FunctionRow Mod = new("mod", FunctionForm.Binary,
    [
        Two(Kind.Int32, Kind.Int32, Kind.Int32), Two(Kind.Int64, Kind.Int64, Kind.Int64), Two(Kind.Decimal, Kind.Decimal, Kind.Decimal),
        Two(Kind.Single, Kind.Single, Kind.Single, "cast(mod(cast({0} as numeric), cast({1} as numeric)) as real)"),
        Two(Kind.Double, Kind.Double, Kind.Double, "cast(mod(cast({0} as numeric), cast({1} as numeric)) as double precision)"),
    ], "mod({0}, {1})", 6);

    /// <summary>Written <c>-</c> in a URL.</summary>
    public static readonly FunctionRow Negate = new("negate", FunctionForm.Unary,
        [.. Numeric.Select(kind => One(kind, kind)), One(Kind.Duration, Kind.Duration)], "(- {0})", 7);

    public static readonly FunctionRow Cast = new("cast", FunctionForm.Function, [One(null, null)], null);
    public static readonly FunctionRow IsOf = new("isof", FunctionForm.Function, [One(Kind.Boolean, null)], null);
    public static readonly FunctionRow Case = new("case", FunctionForm.Function, [Two(null, Kind.Boolean, null)], null);
    public static readonly FunctionRow Any = new("any", FunctionForm.Lambda, [None(Kind.Boolean)], null);
    public static readonly FunctionRow HasSubset = new("hassubset", FunctionForm.Function, CollectionTest, null);
    public static readonly FunctionRow HasSubsequence = new("hassubsequence", FunctionForm.Function, CollectionTest, null);
    public static readonly FunctionRow All = new("all", FunctionForm.Lambda, [One(Kind.Boolean, Kind.Boolean)], null);

    /// <summary>
    /// What <c>hassubsequence</c> comes down to, for JSON lists of whole numbers; the second is not empty. No URL names it. Between the commas of a pattern the
    /// numbers of the second leave room for any others.
    /// </summary>
    public static readonly FunctionRow Subsequence = new("subsequence", FunctionForm.Function, [Two(Kind.Boolean, null, null)],
        "(replace(translate({0}::text, '[] ', ',,'), ',', ',,') like replace(translate({1}::text, '[] ', ',,'), ',', ',%,'))");

    /// <summary>
    /// What <c>$search</c> asks of a column: one folded text contains another. No URL names it. It is not <c>contains</c>, because PostgreSQL has an
    /// index that serves LIKE and none that serves a search for a place. The pattern comes ready made: SQL that made it cost more than the comparison,
    /// for each row.
    /// </summary>
    public static readonly FunctionRow Search = new("search", FunctionForm.Function, TextTest, "({0} like {1})");

    /// <summary>
    /// The pattern of <c>matchesPattern</c> that a property or an expression yields: what the planner makes of a literal, the database has to make of it. No URL
    /// names it.
    /// </summary>
    public static readonly FunctionRow PatternOf = new("matchesPattern with a pattern that is not a literal", FunctionForm.Function, TextToText, null);

    /// <summary>The table, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<FunctionRow> Rows =
    [
        Eq, Ne, Gt, Ge, Lt, Le, And, Or, Not, Has, In,
        Add, Sub, Mul, Div, DivBy, Mod, Negate,

        // Text compares character by character: no pattern, no collation.
        new("concat", FunctionForm.Function, [Two(Kind.String, Kind.String, Kind.String)], "({0} || {1})"),
        new("contains", FunctionForm.Function, TextTest, "(strpos({0}, {1}) > 0)"),
        new("endswith", FunctionForm.Function, TextTest, "(right({0}, char_length({1})) = {1})"),
        new("startswith", FunctionForm.Function, TextTest, "starts_with({0}, {1})"),
        new("indexof", FunctionForm.Function, [Two(Kind.Int32, Kind.String, Kind.String)], "(strpos({0}, {1}) - 1)"),
        new("length", FunctionForm.Function, [One(Kind.Int32, Kind.String)], "char_length({0})"),
        // Counted from 0; a negative start counts from the end (4.01).
        new("substring", FunctionForm.Function,
        [
            Two(Kind.String, Kind.String, Kind.Int32,
                "substr({0}, case when {1} < 0 then greatest(char_length({0}) + {1}, 0) else {1} end + 1)"),
            new([Kind.String, Kind.Int32, Kind.Int32], Kind.String,
                "substr({0}, case when {1} < 0 then greatest(char_length({0}) + {1}, 0) else {1} end + 1, case when {2} < 0 then 0 else {2} end)"),
        ], null),
        new("matchesPattern", FunctionForm.Function, TextTest, "({0} ~ {1})"),
        new("tolower", FunctionForm.Function, TextToText, "lower({0})"),
        new("toupper", FunctionForm.Function, TextToText, "upper({0})"),
        new("trim", FunctionForm.Function, TextToText, @"btrim({0}, E' \t\n\r\f\x0B')"),

        new("year", FunctionForm.Function, DatePart("year"), null),
        new("month", FunctionForm.Function, DatePart("month"), null),
        new("day", FunctionForm.Function, DatePart("day"), null),
        new("hour", FunctionForm.Function, TimePart("hour"), null),
        new("minute", FunctionForm.Function, TimePart("minute"), null),
        new("second", FunctionForm.Function, TimePart("second"), null),
        new("fractionalseconds", FunctionForm.Function,
        [
            One(Kind.Decimal, Kind.TimeOfDay, "mod(extract(second from {0}), 1)"),
            One(Kind.Decimal, Kind.DateTimeOffset, "mod(extract(second from {0}), 1)"),
        ], null),
        new("date", FunctionForm.Function, [One(Kind.Date, Kind.Date, "{0}"), One(Kind.Date, Kind.DateTimeOffset, "cast({0} at time zone 'UTC' as date)")], null),
        new("time", FunctionForm.Function, [One(Kind.TimeOfDay, Kind.TimeOfDay, "{0}"), One(Kind.TimeOfDay, Kind.DateTimeOffset, "cast({0} at time zone 'UTC' as time)")], null),
        new("totaloffsetminutes", FunctionForm.Function, [One(Kind.Int32, Kind.DateTimeOffset)], "(case when {0} is null then null else 0 end)"),
        new("totalseconds", FunctionForm.Function, [One(Kind.Decimal, Kind.Duration)], "extract(epoch from {0})"),
        new("now", FunctionForm.Function, NoOperand, "current_timestamp"),
        new("mindatetime", FunctionForm.Function, NoOperand, "timestamptz '0001-01-01T00:00:00Z'"),
        new("maxdatetime", FunctionForm.Function, NoOperand, "timestamptz '9999-12-31T23:59:59.999999Z'"),

        new("ceiling", FunctionForm.Function, Rounding, "ceiling({0})"),
        new("floor", FunctionForm.Function, Rounding, "floor({0})"),
        // A half goes away from zero.
        new("round", FunctionForm.Function,
        [
            One(Kind.Decimal, Kind.Decimal),
            // Not by way of decimals, which have fewer digits.
            One(Kind.Double, Kind.Double, "(trunc({0}) + case when abs({0} - trunc({0})) >= 0.5 then sign({0}) else 0 end)"),
        ], "round({0})"),

        Cast, IsOf, Case, Any, All,

        HasSubset, HasSubsequence,
        new("geo.distance", FunctionForm.Function, [Two(Kind.Double, null, null)], null, IsSupported: false),
        new("geo.intersects", FunctionForm.Function, [Two(Kind.Boolean, null, null)], null, IsSupported: false),
        new("geo.length", FunctionForm.Function, [One(Kind.Double, null)], null, IsSupported: false),
    ];

    /// <summary>The rows by name, in any case.</summary>
    public static readonly FrozenDictionary<string, FunctionRow> ByName =
        Rows.ToFrozenDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, FunctionRow>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The row of that name, in any case; null when there is none.</summary>
    public static FunctionRow? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var row) ? row : null;

    /// <summary>The signature that the operands select; null when none fits. An operand of unknown type fits everything.</summary>
    public static Signature? Match(FunctionRow row, params ReadOnlySpan<Kind?> operands)
    {
        foreach (var signature in row.Signatures)
            if (Fits(signature, operands))
                return signature;
        return null;
    }

    /// <summary>A value of the one kind can stand where the other is expected: numeric promotion, and a date for its midnight.</summary>
    public static bool Widens(Kind from, Kind to) =>
        from == to
        || NumericRank(from) is var rank and > 0 && rank <= NumericRank(to)
        || from == Kind.Json && to == Kind.String
        || from == Kind.Date && to == Kind.DateTimeOffset;

    /// <summary>The place in the order of numeric promotion, from 1; 0 for what is not a number.</summary>
    public static int NumericRank(Kind kind) => kind switch
    {
        Kind.Byte => 1,
        Kind.Int16 => 2,
        Kind.Int32 => 3,
        Kind.Int64 => 4,
        Kind.Decimal => 5,
        Kind.Single => 6,
        Kind.Double => 7,
        _ => 0,
    };

    private static bool Fits(Signature signature, ReadOnlySpan<Kind?> operands)
    {
        if (signature.Operands.Count != operands.Length)
            return false;
        for (var i = 0; i < operands.Length; i++)
            if (operands[i] is { } from && signature.Operands[i] is { } to && !Widens(from, to))
                return false;
        return true;
    }

    /// <summary>PostgreSQL's instants go on beyond the year 9999. OData's do not: the cast of so many seconds to a small number is the error.</summary>
    private static string InRange(string instant, string type) =>
        $"(case when {instant} between '0001-01-01T00:00:00Z' and '9999-12-31T23:59:59.999999Z' then {instant} when {instant} is not null then cast(to_timestamp(cast(extract(epoch from {instant}) as smallint)) as {type}) end)";

    private static Signature None(Kind result) => new([], result);
    private static Signature One(Kind? result, Kind? operand, string? sql = null) => new([operand], result, sql);
    private static Signature Two(Kind? result, Kind? left, Kind? right, string? sql = null) => new([left, right], result, sql);

    private static IEnumerable<Signature> EachNumeric() => Numeric.Select(kind => Two(kind, kind, kind));

    private static IReadOnlyList<Signature> DatePart(string part) =>
    [
        One(Kind.Int32, Kind.Date, $"cast(extract({part} from {{0}}) as integer)"),
        One(Kind.Int32, Kind.DateTimeOffset, $"cast(extract({part} from {{0}} at time zone 'UTC') as integer)"),
    ];

    // Seconds carry their fraction in PostgreSQL; floor keeps the cast from rounding up.
    private static IReadOnlyList<Signature> TimePart(string part) =>
    [
        One(Kind.Int32, Kind.TimeOfDay, $"cast(floor(extract({part} from {{0}})) as integer)"),
        One(Kind.Int32, Kind.DateTimeOffset, $"cast(floor(extract({part} from {{0}} at time zone 'UTC')) as integer)"),
    ];
}
