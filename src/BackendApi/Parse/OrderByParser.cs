using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary><c>$orderby</c> (URL Conventions, 5.1.4).</summary>
internal static class OrderByParser
{
    public static IReadOnlyList<OrderByItem> Parse(ref Cursor at, Scope scope)
    {
        var items = new List<OrderByItem>(2);
        do
        {
            at.SkipBlanks();
            var start = at.Position;
            var value = ExpressionParser.Parse(ref at, scope);
            at.SkipBlanks();
            if (value.Type is not null && value.Type.Kind() is null)
                throw at.Error(Errors.TypeMismatch, $"{PrimitiveTypes.NameOf(value.Type)} has no order", start);
            var isApart = at.Text[at.Position - 1] is ' ' or '\t';
            var isDescending = isApart && at.TryTakeWord("desc");
            if (isApart && !isDescending)
                at.TryTakeWord("asc");
            items.Add(new(at.From(start), value, isDescending));
            ParseState.CheckCount(items.Count, scope.State.Limits.ListItems, at, "items of $orderby");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        return items;
    }
}
