using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>
/// Two collections of values against each other. <c>hassubset</c> and <c>hassubsequence</c> (URL Conventions 5.1.1.6) ask whether removing items from one, and
/// for a subset reordering them, yields the other; <c>eq</c> whether they are the same in the same order. Equal items count as often as they stand there, and
/// null equals null.
/// </summary>
internal static class Subcollections
{
    /// <summary>Each item of the part stands in the whole as often as in the part.</summary>
    public static Condition Subset(Func<ListItems> whole, Func<ListItems> part, bool negated)
    {
        var (each, again, there) = (part(), part(), whole());
        var fewer = new Condition.Compare(
            Comparison.Less,
            new Term.CountOf(there.Rows(Equal(there.Item, each.Item))),
            new Term.CountOf(again.Rows(Equal(again.Item, each.Item))));
        return new Condition.Exists(each.Rows(fewer), !negated);
    }

    /// <summary>As many items, and at no place another one.</summary>
    public static Condition Equal(Func<ListItems> left, Func<ListItems> right, bool negated)
    {
        var (one, other) = (left(), right());
        var number = new Condition.Compare(negated ? Comparison.NotEqual : Comparison.Equal, new Term.CountOf(left().Rows(where: null)), new Term.CountOf(right().Rows(where: null)));
        var same = other.Rows(Condition.AllOf([new Condition.Compare(Comparison.Equal, other.Place, one.Place), Equal(one.Item, other.Item)]));
        var differs = new Condition.Exists(one.Rows(new Condition.Exists(same, Negated: true)), !negated);
        return negated ? Condition.AnyOf([number, differs]) : Condition.AllOf([number, differs]);
    }

    /// <summary>
    /// Each item becomes the place of the first one in the whole that equals it: what compares then are numbers, whatever the type of the items. An item of the
    /// part that the whole lacks ends the question first.
    /// </summary>
    public static Condition Subsequence(Func<ListItems> whole, Func<ListItems> part, bool negated)
    {
        var (lacking, there) = (part(), whole());
        var isLacking = new Condition.Exists(lacking.Rows(new Condition.Exists(there.Rows(Equal(there.Item, lacking.Item)), Negated: true)), !negated);
        var isEmpty = new Condition.Exists(part().Rows(where: null), !negated);
        var inOrder = new Condition.Holds(new Term.Call(Functions.Subsequence, [Places(whole, whole), Places(part, whole)], ValueKind.Boolean, IsNullable: false), negated);
        return negated ? Condition.AnyOf([isLacking, Condition.AllOf([isEmpty, inOrder])]) : Condition.AllOf([isLacking, Condition.AnyOf([isEmpty, inOrder])]);
    }

    private static Term.ItemList Places(Func<ListItems> collection, Func<ListItems> whole)
    {
        var (items, first) = (collection(), whole());
        var place = new Term.Scalar(first.Rows(Equal(first.Item, items.Item)), new Term.Call(Aggregates.Min, [first.Place], ValueKind.Int64, IsNullable: true));
        return new(items.Source, items.Only, [], 0, null) { Each = place };
    }

    private static Condition Equal(Term left, Term right) => Condition.AnyOf(
    [
        new Condition.Compare(Comparison.Equal, left, right),
        Condition.AllOf([new Condition.IsNull(left, Negated: false), new Condition.IsNull(right, Negated: false)]),
    ]);
}
