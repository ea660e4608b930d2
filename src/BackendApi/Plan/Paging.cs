namespace BackendApi.Plan;

/// <summary>
/// Keyset paging: which rows come after a given one in a total order. Rows inserted or deleted meanwhile move no other row to another page, because
/// the place is told by values and not by a count.
/// </summary>
internal static class Paging
{
    public static Condition After(IReadOnlyList<OrderTerm> order, IReadOnlyList<object?> values)
    {
        if (order.Count > 1 && IsUniform(order, values))
            return new Condition.CompareRows(
                order[0].IsDescending ? Comparison.Less : Comparison.Greater,
                [.. order.Select(term => term.Value)],
                [.. order.Select((term, i) => (Term)Constants.Ordering(term.Value, values[i]!))]);

        Condition after = Condition.Constant.False;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var beyond = Beyond(order[i], values[i]);
            after = i == order.Count - 1
                ? beyond
                : Condition.AnyOf([.. new[] { beyond, Condition.AllOf([Same(order[i], values[i]), after]) }.Where(part => part is not Condition.Constant { Value: false })]);
        }

        // The same said once more of the first term alone: an index range that OR hides.
        return order.Count > 1 && values[0] is not null && !order[0].Value.IsNullable
            ? Condition.AllOf([new Condition.Compare(
                order[0].IsDescending ? Comparison.LessOrEqual : Comparison.GreaterOrEqual, order[0].Value, Constants.Ordering(order[0].Value, values[0]!), IsExact: false), after])
            : after;
    }

    private static bool IsUniform(IReadOnlyList<OrderTerm> order, IReadOnlyList<object?> values)
    {
        for (var i = 0; i < order.Count; i++)
            if (values[i] is null || order[i].Value.IsNullable || order[i].IsDescending != order[0].IsDescending)
                return false;
        return true;
    }

    /// <summary>Null is the lowest value: first when ascending, last when descending (Protocol 11.2.6.2).</summary>
    private static Condition Beyond(OrderTerm term, object? value) => (term.IsDescending, value) switch
    {
        (false, null) => new Condition.IsNull(term.Value, Negated: true),
        (true, null) => Condition.Constant.False,
        (false, _) => new Condition.Compare(Comparison.Greater, term.Value, Constants.Ordering(term.Value, value), IsExact: false),
        (true, _) when !term.Value.IsNullable => new Condition.Compare(Comparison.Less, term.Value, Constants.Ordering(term.Value, value), IsExact: false),
        (true, _) => Condition.AnyOf(
        [
            new Condition.Compare(Comparison.Less, term.Value, Constants.Ordering(term.Value, value), IsExact: false),
            new Condition.IsNull(term.Value, Negated: false),
        ]),
    };

    private static Condition Same(OrderTerm term, object? value) => value is null
        ? new Condition.IsNull(term.Value, Negated: false)
        : new Condition.Compare(Comparison.Equal, term.Value, Constants.Ordering(term.Value, value), IsExact: false);
}
