using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Parse;

/// <summary>
/// The aggregation methods of OData (Data Aggregation 3.2.1.3), one row each, and what grouping needs besides. Templates as in <see cref="Functions"/>.
/// Null is never aggregated. Numbers of rows are decimals, as the specification wants them. An average is rounded to ten digits behind the
/// point, a half away from zero: the most that every database can be exact about.
/// </summary>
public static class Aggregates
{
    public static readonly FunctionRow Sum = new("sum", FunctionForm.Function,
        [One(Kind.Int64, Kind.Int32), One(Kind.Decimal, Kind.Decimal), One(Kind.Double, Kind.Double, "sum(cast({0} as double precision))")], "sum({0})");

    public static readonly FunctionRow Average = new("average", FunctionForm.Function,
    [
        // The zeros make the quotient exact enough to be rounded: PostgreSQL gives large numbers fewer digits behind the point.
        One(Kind.Decimal, Kind.Decimal, "round(sum({0}) * 1.000000000000 / nullif(count({0}), 0), 10)"),
        One(Kind.Double, Kind.Double, "avg(cast({0} as double precision))"),
    ], null);

    public static readonly FunctionRow Min = new("min", FunctionForm.Function, Ordered, "min({0})");
    public static readonly FunctionRow Max = new("max", FunctionForm.Function, Ordered, "max({0})");

    public static readonly FunctionRow CountDistinct = new("countdistinct", FunctionForm.Function, [One(Kind.Decimal, null)], "cast(count(distinct {0}) as numeric)");

    /// <summary>The values that are not null.</summary>
    public static readonly FunctionRow Count = new("count", FunctionForm.Function,
        [One(Kind.Decimal, null)], "cast(count({0}) as numeric)");

    public static readonly FunctionRow CountRows = new("countrows", FunctionForm.Function, [new([], Kind.Decimal)], "cast(count(*) as numeric)");

    /// <summary>A value as groups and distinct values tell it apart: text by its characters, whatever its collation.</summary>
    public static readonly FunctionRow Group = new("group", FunctionForm.Function, [One(null, null)], "{0}");

    /// <summary>The sum of {0} over a window, which is {1}.</summary>
    public static readonly FunctionRow Window = new("window", FunctionForm.Function, [One(Kind.Decimal, Kind.Decimal), One(Kind.Double, Kind.Double)], "sum({0}) over ({1})");

    public static readonly IReadOnlyList<FunctionRow> Rows = [Sum, Min, Max, Average, CountDistinct, Count, CountRows, Group, Window];

    /// <summary>The methods that a URL names behind <c>with</c>.</summary>
    public static readonly IReadOnlyList<FunctionRow> Methods = [Sum, Min, Max, Average, CountDistinct];

    private static IReadOnlyList<Signature> Ordered =>
    [
        .. new[] { Kind.Byte, Kind.Int16, Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Single, Kind.Double, Kind.String, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration }
            .Select(kind => One(kind, kind)),
    ];

    private static Signature One(Kind? result, Kind? operand, string? sql = null) => new([operand], result, sql);
}
