using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary><c>$compute</c> (URL Conventions, 5.1.3): expressions with names, each usable in those behind it.</summary>
internal static class ComputeParser
{
    /// <param name="input">A type of which no name may be used, besides that of the scope.</param>
    public static IReadOnlyList<ComputeItem> Parse(ref Cursor at, Scope scope, IEdmStructuredType? input = null)
    {
        if (scope.Item.Definition is not IEdmStructuredType type)
            throw at.Error(Errors.UnknownOption, $"$compute does not apply to {PrimitiveTypes.NameOf(scope.Item)}", at.Position);
        var items = new List<ComputeItem>();
        do
        {
            at.SkipBlanks();
            var start = at.Position;
            var value = ExpressionParser.Parse(ref at, scope.WithComputed(items));
            at.SkipBlanks();
            if (!at.TryTakeWord("as"))
                throw ExpressionParser.Unexpected(at, "'as' with a name");
            at.SkipBlanks();
            var name = at.PeekIdentifier();
            if (name.IsEmpty)
                at.Fail("Expected a name");
            var isTaken = type.FindProperty(name.ToString()) is not null || input?.FindProperty(name.ToString()) is not null
                || scope.FindComputed(name) is not null;
            foreach (var item in items)
                isTaken |= name.SequenceEqual(item.Name);
            if (isTaken)
                throw at.Error(Errors.MalformedUrl, $"The name '{name}' is already in use", at.Position);
            at.Position += name.Length;
            items.Add(new(at.From(start), value, name.ToString()));
            ParseState.CheckCount(items.Count, scope.State.Limits.Depth, at, "items of $compute");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        return items;
    }
}
