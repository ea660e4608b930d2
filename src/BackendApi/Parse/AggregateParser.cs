using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// <c>aggregate</c> (Data Aggregation 3.2.1): <c>Total with sum as Sum</c>, <c>$count as N</c>, the same behind a path, as <c>Lines/Quantity with sum as Q</c> or
/// <c>Lines(Quantity with sum as Q)</c>.
/// </summary>
internal static class AggregateParser
{
    public static (Transformation, ApplyScope) Parse(ref Cursor at, ApplyScope rows)
    {
        var items = new List<AggregateItem>();
        Items(ref at, rows, rows.Scope, [], items);
        return (new Transformation.Aggregate(default, items), rows.Of(items.Select(item => (item.Name, (IEdmTypeReference?)item.Type))));
    }

    /// <param name="scope">Of the rows, or of the entities that <paramref name="path"/> leads to.</param>
    private static void Items(ref Cursor at, ApplyScope rows, Scope scope, IReadOnlyList<IEdmNavigationProperty> path, List<AggregateItem> items)
    {
        do
        {
            at.SkipBlanks();
            Item(ref at, rows, scope, path, items);
            ParseState.CheckCount(items.Count, scope.State.Limits.Depth, at, "aggregate expressions");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
    }

    private static void Item(ref Cursor at, ApplyScope rows, Scope scope, IReadOnlyList<IEdmNavigationProperty> prefix, List<AggregateItem> items)
    {
        var start = at.Position;
        if (!TryPath(ref at, scope, prefix, out var path, out var target))
        {
            at.Position = start;
            (path, target) = (prefix, scope);
        }
        if (at.TryTakeWord("$count"))
        {
            items.Add(Named(ref at, rows, items, new(at.From(start), Aggregates.Count, path, null, "", PrimitiveTypes.Of(ValueKind.Decimal))));
            return;
        }
        if (path.Count > prefix.Count && at.TryTake('('))
        {
            scope.State.Enter(at);
            Items(ref at, rows, target, path, items);
            at.Take(')');
            scope.State.Leave();
            return;
        }

        // The beginning of an expression, whose other operands are the row's own again.
        if (path.Count > prefix.Count && IsOperand(at))
            (at.Position, path, target) = (start, prefix, scope);

        // A path that ends at a navigation property aggregates the entities themselves.
        var isEntity = path.Count > prefix.Count && at.Current is ' ' or '\t';
        var value = isEntity ? null : ExpressionParser.Parse(ref at, target);
        if (path.Count > prefix.Count && !(value is null || IsMember(value)))
        {
            // Not a path but an expression of single-valued ones: evaluated for each row, however often it meets the same entity.
            at.Position = start;
            (path, target) = (prefix, scope);
            value = ExpressionParser.Parse(ref at, scope);
        }
        at.SkipBlanks();
        if (!at.TryTakeWord("with"))
            throw at.Malformed("Expected 'with' and an aggregation method");
        at.SkipBlanks();
        var method = Method(ref at);
        var type = ResultType(at, start, method, value);
        items.Add(Named(ref at, rows, items, new(at.From(start), method, path, value, "", type)));
    }

    private static AggregateItem Named(ref Cursor at, ApplyScope rows, List<AggregateItem> items, AggregateItem item)
    {
        at.SkipBlanks();
        for (var count = 1; at.TryTakeWord("from"); count++)
        {
            ParseState.CheckCount(count, rows.Scope.State.Limits.Depth, at, "groupings of what is aggregated");
            item = From(ref at, rows, item);
            at.SkipBlanks();
        }
        return item with { Name = rows.Alias(ref at, items.Select(other => other.Name)) };
    }

    /// <summary><c>A from p,q with g</c>: g of what A is for each combination of the values of p and q.</summary>
    private static AggregateItem From(ref Cursor at, ApplyScope rows, AggregateItem item)
    {
        // No alias is in its way: none begins with this character.
        const string Inner = "$from";
        var paths = new List<GroupingPath>();
        do
        {
            at.SkipBlanks();
            paths.Add(GroupByParser.Path(ref at, rows.Scope));
            ParseState.CheckCount(paths.Count, rows.Scope.State.Limits.Depth, at, "grouping properties");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        if (!at.TryTakeWord("with"))
            throw at.Malformed("Expected 'with' and an aggregation method");
        at.SkipBlanks();
        var start = at.Position;
        var method = Method(ref at);
        var inner = rows.Of([(Inner, item.Type)]);
        var value = new Expression.Property(item.At, item.Type, inner.Scope.Implicit, (IEdmStructuralProperty)inner.Type.FindProperty(Inner));
        var aggregate = new Transformation.Aggregate(item.At, [item with { Name = Inner }]);
        return new(at.From(item.At.Start), method, [], value, "", ResultType(at, start, method, value))
        {
            From = new(item.At, [GroupByParser.Distinct(paths)], [aggregate]),
        };
    }

    /// <summary>Navigation properties in front of what is aggregated, the last slash included.</summary>
    private static bool TryPath(
        ref Cursor at, Scope scope, IReadOnlyList<IEdmNavigationProperty> prefix, out IReadOnlyList<IEdmNavigationProperty> path, out Scope target)
    {
        (path, target) = (prefix, scope);
        while (target.Item.Definition is IEdmStructuredType type && Names.FindProperty(type, at.PeekIdentifier()) is IEdmNavigationProperty navigation)
        {
            at.Position += at.PeekIdentifier().Length;
            path = [.. path, navigation];
            target = target.Nested(PrimitiveTypes.ItemOf(navigation.Type) ?? navigation.Type);
            ParseState.CheckCount(path.Count, scope.State.Limits.Depth, at, "segments of a path");
            if (!at.TryTake('/'))
                return at.Current is '(' or ' ' or '\t';
        }
        return path.Count > prefix.Count;
    }

    /// <summary>A property of the entity, perhaps of a complex value of it or of a type that it is cast to.</summary>
    private static bool IsMember(Expression value) =>
        value is Expression.Property { Source: var source } && (source is Expression.Variable or Expression.TypeCast { Source: Expression.Variable } || IsMember(source));

    private static bool IsOperand(Cursor at)
    {
        do
            at.Position += at.PeekQualifiedName().Length;
        while (at.TryTake('/'));
        at.SkipBlanks();
        return Functions.Find(at.PeekIdentifier()) is { Form: FunctionForm.Binary };
    }

    private static FunctionRow Method(ref Cursor at)
    {
        var name = at.PeekQualifiedName();
        if (name.IsEmpty)
            at.Fail("Expected an aggregation method");
        if (name.Contains('.'))
            throw at.Error(Errors.NotImplemented, $"The service defines no aggregation methods of its own: there is no '{name}'", at.Position);
        foreach (var row in Aggregates.Methods)
            if (name.SequenceEqual(row.Name))
            {
                at.Position += name.Length;
                return row;
            }
        throw at.Error(Errors.UnknownFunction, $"There is no aggregation method '{name}'", at.Position, Suggestions.For(name, Aggregates.Methods.Select(row => row.Name)));
    }

    private static IEdmTypeReference ResultType(in Cursor at, int start, FunctionRow method, Expression? value)
    {
        var kind = value?.Type.Kind();
        if (ReferenceEquals(method, Aggregates.CountDistinct))
            return value is null || (kind is not null and not ValueKind.Json) ? PrimitiveTypes.Of(ValueKind.Decimal)
                : throw at.Error(Errors.NotImplemented, $"countdistinct of {PrimitiveTypes.NameOf(value.Type)} is not supported", start);
        if (kind is not { } operand || Functions.Match(method, operand) is not { } signature)
            throw at.Error(Errors.TypeMismatch, $"{method.Name} does not take {(value is null ? "entities" : PrimitiveTypes.NameOf(value.Type))}", start);
        return PrimitiveTypes.Of(signature.Result!.Value);
    }
}
