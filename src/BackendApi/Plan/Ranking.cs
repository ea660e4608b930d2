using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary><c>topcount</c>, <c>topsum</c>, <c>toppercent</c> and their opposites (Data Aggregation 3.3.1); <c>top</c> and <c>skip</c>.</summary>
internal static class Ranking
{
    public static Rowset Plan(Rowset rows, Transformation.Ranked ranked)
    {
        rows = rows.Copy();
        var value = Applying.CanOrder(new ExpressionPlanner(rows.Scope).Value(ranked.Value));
        OrderTerm[] first = value is Term.Constant ? [] : [new(value, ranked.IsTop, 0)];
        if (ranked.By == RankedBy.Count)
            return Page(rows, rows.TotalOrder(first), skip: 0, take: (long)ranked.Limit);

        if (value is not Term.Column)
        {
            // Written once, inside: outside it stands in several places.
            rows = rows.Nested([value], out var column);
            value = column[0];
        }
        var kind = Functions.Match(Aggregates.Window, value.Kind)!.Result!.Value;
        var groups = rows.Groups?.Keys ?? [];
        var before = new Term.SumBefore(value, rows.TotalOrder([new(value, ranked.IsTop, 0)]), groups, OnlyPositive: ranked.IsTop, kind);
        var nested = rows.Nested([before, new Term.SumBefore(value, [], groups, OnlyPositive: false, kind)], out var sums);
        return nested.Filtered(Within(sums[0], sums[1], ranked));
    }

    /// <summary>Some of the rows, or of those of each group, in an order.</summary>
    public static Rowset Page(Rowset rows, IReadOnlyList<OrderTerm> order, long skip, long? take)
    {
        if (rows.Groups is not { } groups)
            return rows.Nested(order, skip, take);
        var nested = rows.Nested([new Term.RowNumber(order, groups.Keys)], out var number);
        var wanted = new List<Condition>();
        if (skip > 0)
            wanted.Add(Is(Comparison.Greater, skip));
        if (take is not null)
            wanted.Add(Is(Comparison.LessOrEqual, take.Value));
        var chosen = nested.Filtered(Condition.AllOf(wanted));
        // Every group has a first row.
        return skip == 0 && take > 0 ? chosen with { Groups = nested.Groups } : chosen;

        Condition Is(Comparison comparison, long value) =>
            new Condition.Compare(comparison, number[0], new Term.Constant(Constants.TypeOf(ValueKind.Int64), value), IsExact: false);
    }

    /// <summary>
    /// The rows before this one have not reached the limit. For the first row there are none, and their sum is null. From the top, positive values come
    /// first, so the largest sum on the way is the one of the positive values.
    /// </summary>
    private static Condition Within(Term.Column before, Term.Column total, Transformation.Ranked ranked)
    {
        Condition AnyBefore(Term limit) => Condition.AnyOf(
            [new Condition.IsNull(before, Negated: false), new Condition.Compare(Comparison.Less, before, limit, IsExact: false)]);
        if (ranked.By == RankedBy.Sum)
            return ranked.Limit > 0 ? AnyBefore(Number(ranked.Limit, before.Kind)) : Condition.Constant.False;
        return Condition.AllOf(
        [
            new Condition.Compare(Comparison.Greater, total, Number(0, total.Kind), IsExact: false),
            AnyBefore(new Term.Call(Functions.Mul, [total, Number(ranked.Limit / 100, total.Kind)], total.Kind, IsNullable: true)),
        ]);
    }

    private static Term.Constant Number(decimal value, ValueKind kind) =>
        new(Constants.TypeOf(kind), kind == ValueKind.Double ? (double)value : value);
}
