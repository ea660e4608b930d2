using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>An argument of <c>hassubset</c> or <c>hassubsequence</c>.</summary>
internal abstract record Values
{
    /// <param name="Items">The items once more, as a source of their own.</param>
    public sealed record Stored(Func<ListItems> Items) : Values;

    public sealed record Given(IReadOnlyList<Expression.Literal> Items) : Values;
}

/// <summary>
/// <c>hassubset</c> and <c>hassubsequence</c> (URL Conventions 5.1.1.6): whether removing items from one collection, and for a subset reordering
/// them, yields another. Equal items count as often as they stand there, and null equals null.
/// </summary>
internal static class Subcollections
{
    /// <summary>Each item of the literal nests the statement once more: SQLite's parser ends at 12, and what stands around it needs room too.</summary>
    private const int MostSteps = 8;

    public static Condition Plan(FunctionRow function, Values whole, Values part, SourceNumbers numbers, bool negated) =>
        ReferenceEquals(function, Functions.HasSubset) ? Subset(whole, part, negated) : Subsequence(whole, part, numbers, negated);

    private static Condition Subset(Values whole, Values part, bool negated)
    {
        switch (whole, part)
        {
            case (Values.Given all, Values.Given some):
                return Constant(Counted(some.Items).TrueForAll(value => all.Items.Count(item => Same(item, value.Value)) >= value.Times) ^ negated);
            case (Values.Stored all, Values.Given some):
                var found = Counted(some.Items).ConvertAll(value => AtLeast(all.Items(), value.Value, value.Times, negated));
                return negated ? Condition.AnyOf(found) : Condition.AllOf(found);
            case (Values.Given all, Values.Stored some):
                var allowed = Counted(all.Items);
                var other = some.Items();
                var strange = new Condition.Exists(other.Rows(Condition.AllOf(allowed.ConvertAll(value => Differs(other.Item, value.Value)))), !negated);
                var tooMany = allowed.ConvertAll(value => AtLeast(some.Items(), value.Value, value.Times + 1, !negated));
                return negated ? Condition.AnyOf([strange, .. tooMany]) : Condition.AllOf([strange, .. tooMany]);
            case (Values.Stored all, Values.Stored some):
                var (each, again, there) = (some.Items(), some.Items(), all.Items());
                var fewer = new Condition.Compare(
                    Comparison.Less,
                    new Term.CountOf(there.Rows(Equal(there.Item, each.Item))),
                    new Term.CountOf(again.Rows(Equal(again.Item, each.Item))));
                return new Condition.Exists(each.Rows(fewer), !negated);
            default:
                throw new InvalidOperationException("No such arguments.");
        }
    }

    private static Condition Subsequence(Values whole, Values part, SourceNumbers numbers, bool negated)
    {
        switch (whole, part)
        {
            case (Values.Given all, Values.Given some):
                var matched = 0;
                foreach (var item in all.Items)
                    matched += matched < some.Items.Count && Same(item, some.Items[matched]) ? 1 : 0;
                return Constant(matched == some.Items.Count ^ negated);
            case (_, Values.Given { Items.Count: 0 }):
                return Constant(!negated);
            case (Values.Given { Items.Count: 0 }, Values.Stored some):
                return new Condition.Exists(some.Items().Rows(where: null), !negated);
            case (Values.Stored all, Values.Given some):
                // The place of the first item that equals the first value, of the first behind it that equals the second, and so on.
                var last = Steps(numbers, Aggregates.Min, some.Items, all.Items, (items, value, before) => Condition.AllOf(
                    [Equal(items.Item, value), .. before is null ? Array.Empty<Condition>() : [new Condition.Compare(Comparison.Greater, items.Place, before)]]));
                return new Condition.Exists(new(last.Source, [], new Condition.IsNull(last, Negated: true)), negated);
            case (Values.Given all, Values.Stored some):
                // The place of the last item that has been found so far; null is before the first.
                var reached = Steps(numbers, Aggregates.Max, all.Items, some.Items, (items, value, before) =>
                {
                    var first = Condition.AllOf([Is(Comparison.Equal, items.Place, 0), Equal(items.Item, value)]);
                    if (before is null)
                        return first;
                    var next = new Term.Call(Functions.Add, [before, Whole(1)], ValueKind.Int64, IsNullable: true);
                    return Condition.AnyOf(
                    [
                        Condition.AllOf([new Condition.IsNull(before, Negated: false), first]),
                        new Condition.Compare(Comparison.LessOrEqual, items.Place, before),
                        Condition.AllOf([new Condition.Compare(Comparison.Equal, items.Place, next), Equal(items.Item, value)]),
                    ]);
                });
                var rest = some.Items();
                var behind = Condition.AnyOf([new Condition.IsNull(reached, Negated: false), new Condition.Compare(Comparison.Greater, rest.Place, reached)]);
                return new Condition.Exists(new(reached.Source, [], new Condition.Exists(rest.Rows(behind), Negated: true)), negated);
            default:
                throw ExpressionPlanner.NotSupported("hassubsequence of two properties");
        }
    }

    /// <summary>One nested statement for each value, each with a place that it finds from the place of the one before: never a search back.</summary>
    private static Term.Column Steps(
        SourceNumbers numbers, FunctionRow which, IReadOnlyList<Expression.Literal> values, Func<ListItems> collection, Func<ListItems, Expression.Literal, Term.Column?, Condition> on)
    {
        if (values.Count > MostSteps)
            throw ExpressionPlanner.NotSupported($"hassubsequence with a literal of more than {MostSteps} items");
        Term.Column? before = null;
        foreach (var value in values)
        {
            var items = collection();
            var where = Condition.Both(items.Only, on(items, value, before));
            var select = new Select
            {
                Columns = [new Term.Call(which, [items.Place], ValueKind.Int64, IsNullable: true)],
                From = before?.Source ?? items.Source,
                Joins = before is null ? [] : [new(items.Source, where!, IsOuter: false)],
                Where = before is null ? where : null,
            };
            var column = new ColumnSchema("p", Constants.TypeOf(ValueKind.Int64) with { IsOperand = true }, IsNullable: true);
            before = new(numbers.Next(new SourceRows.Query([select], [column])), column, ValueKind.Int64, IsNullable: true);
        }
        return before!;
    }

    private static Condition AtLeast(ListItems items, Expression.Literal value, int times, bool negated)
    {
        var equal = items.Rows(Equal(items.Item, value));
        return times == 1 ? new Condition.Exists(equal, negated) : Is(negated ? Comparison.Less : Comparison.GreaterOrEqual, new Term.CountOf(equal), times);
    }

    private static Condition Equal(Term left, Term right) => Condition.AnyOf(
    [
        new Condition.Compare(Comparison.Equal, left, right),
        Condition.AllOf([new Condition.IsNull(left, Negated: false), new Condition.IsNull(right, Negated: false)]),
    ]);

    private static Condition Equal(Term item, Expression.Literal value) =>
        value.Value is null ? new Condition.IsNull(item, Negated: false) : new Condition.Compare(Comparison.Equal, item, Constants.Meeting(value, item));

    private static Condition Differs(Term item, Expression.Literal value) => value.Value is null
        ? new Condition.IsNull(item, Negated: true)
        : Condition.AnyOf([new Condition.Compare(Comparison.NotEqual, item, Constants.Meeting(value, item)), new Condition.IsNull(item, Negated: false)]);

    private static Condition Is(Comparison comparison, Term number, long value) => new Condition.Compare(comparison, number, Whole(value));

    private static Term.Constant Whole(long value) => new(Constants.TypeOf(ValueKind.Int64), value);

    private static Condition Constant(bool value) => value ? Condition.Constant.True : Condition.Constant.False;

    /// <summary>The different values of a literal, and how often each stands there.</summary>
    private static List<(Expression.Literal Value, int Times)> Counted(IReadOnlyList<Expression.Literal> items)
    {
        var values = new List<(Expression.Literal Value, int Times)>();
        foreach (var item in items)
        {
            var known = values.FindIndex(value => Same(value.Value, item));
            if (known < 0)
                values.Add((item, 1));
            else
                values[known] = (values[known].Value, values[known].Times + 1);
        }
        return values;
    }

    private static bool Same(Expression.Literal left, Expression.Literal right) =>
        Equals(left.Value, right.Value)
        || Operands.Adapt(left, right.Type) is Expression.Literal one && Equals(one.Value, right.Value)
        || Operands.Adapt(right, left.Type) is Expression.Literal other && Equals(left.Value, other.Value);
}
