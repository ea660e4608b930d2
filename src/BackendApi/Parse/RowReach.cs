namespace BackendApi.Parse;

/// <summary>Whether what an expression says of a row can change without a change of that row.</summary>
internal static class RowReach
{
    /// <summary>The value follows from the row's own columns: no other entity and no clock is asked.</summary>
    public static bool StaysInRow(Expression expression) => expression switch
    {
        Expression.Navigation or Expression.Root => false,
        Expression.Literal or Expression.Variable => true,
        Expression.Property property => StaysInRow(property.Source),
        // The item that computes it is looked at by itself.
        Expression.Computed => true,
        Expression.TypeCast cast => StaysInRow(cast.Source),
        Expression.Filtered filtered => StaysInRow(filtered.Source) && StaysInRow(filtered.Predicate),
        Expression.Count count => StaysInRow(count.Source) && (count.Filter is null || StaysInRow(count.Filter)),
        Expression.Lambda lambda => StaysInRow(lambda.Source) && (lambda.Predicate is null || StaysInRow(lambda.Predicate)),
        Expression.Unary unary => StaysInRow(unary.Operand),
        Expression.Binary binary => StaysInRow(binary.Left) && StaysInRow(binary.Right),
        Expression.In among => StaysInRow(among.Operand) && StaysInRow(among.Values),
        Expression.List list => list.Items.All(StaysInRow),
        Expression.Object structure => structure.Members.All(member => StaysInRow(member.Value)),
        Expression.Call call => call.Function.Name != "now" && call.Arguments.All(StaysInRow),
        Expression.Convert convert => StaysInRow(convert.Operand),
        Expression.IsOf tested => StaysInRow(tested.Operand),
        Expression.Case choice => choice.Branches.All(branch => StaysInRow(branch.Condition) && StaysInRow(branch.Value)),
        _ => throw new InvalidOperationException($"Nothing is known of the reach of {expression.GetType().Name}."),
    };
}
