using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// <c>$apply</c> (Data Aggregation 3): transformations with a slash between them. Each is bound to what the one before it yields, so a name that has
/// been aggregated away is unknown from there on.
/// </summary>
internal static class ApplyParser
{
    /// <summary>The transformations that the service knows.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "aggregate", "groupby", "filter", "compute", "orderby", "skip", "top", "search", "identity", "concat", "join", "outerjoin",
        "topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent",
    ];

    /// <summary>Those that it does not, and why.</summary>
    private static readonly Dictionary<string, string> Unsupported = new(StringComparer.Ordinal)
    {
        ["ancestors"] = "the service defines no recursive hierarchy",
        ["descendants"] = "the service defines no recursive hierarchy",
        ["traverse"] = "the service defines no recursive hierarchy",
        ["nest"] = "a row has no collections of rows",
        ["addnested"] = "use $expand with $apply among its options",
    };

    /// <summary>The transformations, and the scope of whatever is applied to their result.</summary>
    public static (IReadOnlyList<Transformation> Transformations, Scope Result) Parse(ref Cursor at, Scope scope)
    {
        if (scope.Item.Definition is not IEdmEntityType)
            throw at.Error(Errors.NotImplemented, $"$apply to {PrimitiveTypes.NameOf(scope.Item)} is not supported", at.Position);
        var (transformations, result) = Sequence(ref at, new ApplyScope(scope));
        return (transformations, result.Scope);
    }

    internal static (IReadOnlyList<Transformation> Transformations, ApplyScope Result) Sequence(ref Cursor at, ApplyScope rows)
    {
        var transformations = new List<Transformation>();
        rows.Scope.State.Enter(at);
        do
        {
            at.SkipBlanks();
            var (transformation, result) = One(ref at, rows);
            transformations.Add(transformation);
            ParseState.CheckCount(transformations.Count, rows.Scope.State.Limits.Depth, at, "transformations in a row");
            rows = result;
            at.SkipBlanks();
        }
        while (at.TryTake('/'));
        rows.Scope.State.Leave();
        return (transformations, rows);
    }

    private static (Transformation, ApplyScope) One(ref Cursor at, ApplyScope rows)
    {
        var start = at.Position;
        var name = at.PeekQualifiedName().ToString();
        if (name.Length == 0)
            throw at.Malformed("Expected a transformation");
        if (name.Contains('.', StringComparison.Ordinal))
            throw at.Error(Errors.NotImplemented, $"The service defines no functions that transform rows: there is no '{name}'", start);
        if (Unsupported.TryGetValue(name, out var reason))
            throw at.Error(Errors.NotImplemented, $"The transformation '{name}' is not supported, {reason}", start);
        // Only drafts of the extension had it.
        if (name == "expand")
            throw at.Error(Errors.UnknownFunction, "There is no transformation 'expand' any more: use the option $expand", start);
        if (!Known.Contains(name))
            throw at.Error(Errors.UnknownFunction, $"There is no transformation '{name}'", start, Suggestions.For(name, Known));
        at.Position += name.Length;
        if (name == "identity")
            return (new Transformation.Identity(at.From(start)), rows);

        at.Take('(');
        at.SkipBlanks();
        var scope = rows.Scope;
        Transformation transformation;
        switch (name)
        {
            case "filter":
                transformation = new Transformation.Filter(default, ExpressionParser.ParseCondition(ref at, scope, "filter"));
                break;
            case "search":
                transformation = new Transformation.Search(default, SearchParser.Parse(ref at, scope.State));
                break;
            case "compute":
                var computed = ComputeParser.Parse(ref at, scope, rows.Input);
                transformation = new Transformation.Compute(default, computed);
                rows = rows.With(scope.WithComputed(computed));
                break;
            case "orderby":
                transformation = new Transformation.OrderBy(default, OrderByParser.Parse(ref at, scope));
                break;
            case "skip":
                transformation = new Transformation.Skip(default, OptionParser.Number(ref at));
                break;
            case "top":
                transformation = new Transformation.Top(default, OptionParser.Number(ref at));
                break;
            case "aggregate":
                (transformation, rows) = AggregateParser.Parse(ref at, rows);
                break;
            case "groupby":
                (transformation, rows) = GroupByParser.Parse(ref at, rows);
                break;
            case "join" or "outerjoin":
                (transformation, rows) = Join(ref at, rows, isOuter: name == "outerjoin");
                break;
            case "concat":
                (transformation, rows) = Concat(ref at, rows);
                break;
            default:
                transformation = Ranked(ref at, scope, name);
                break;
        }
        at.SkipBlanks();
        if (!at.TryTake(')'))
            throw ExpressionParser.Unexpected(at, "')'");
        return (transformation with { At = at.From(start) }, rows);
    }

    private static (Transformation, ApplyScope) Join(ref Cursor at, ApplyScope rows, bool isOuter)
    {
        var name = at.PeekIdentifier();
        if (rows.Type is not IEdmEntityType type)
            throw at.Error(Errors.NotImplemented, "Joining to what is no entity any more is not supported", at.Position);
        if (Names.FindProperty(type, name) is not IEdmNavigationProperty navigation || PrimitiveTypes.ItemOf(navigation.Type) is not { } target)
            throw at.Error(Errors.UnknownProperty, $"The type {type.FullTypeName()} has no collection '{name}' of entities", at.Position,
                Suggestions.For(name, type.NavigationProperties().Where(candidate => candidate.Type.IsCollection()).Select(candidate => candidate.Name)));
        at.Position += name.Length;
        var alias = rows.Alias(ref at, []);
        at.SkipBlanks();
        IReadOnlyList<Transformation> then = [];
        var joined = new ApplyScope(rows.Scope.OfRows(target));
        if (at.TryTake(','))
        {
            at.SkipBlanks();
            (then, joined) = Sequence(ref at, joined);
        }
        return (new Transformation.Join(default, navigation, alias, then, isOuter), rows.Joined(alias, joined));
    }

    private static (Transformation, ApplyScope) Concat(ref Cursor at, ApplyScope rows)
    {
        var parts = new List<IReadOnlyList<Transformation>>();
        var results = new List<ApplyScope>();
        do
        {
            var (part, result) = Sequence(ref at, rows);
            parts.Add(part);
            results.Add(result);
            ParseState.CheckCount(parts.Count, rows.Scope.State.Limits.Depth, at, "parts of concat");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        if (parts.Count < 2)
            throw at.Malformed("concat takes two or more sequences, with a comma between them; expected ','");
        return (new Transformation.Concat(default, parts), ApplyScope.Union(at, results));
    }

    private static Transformation.Ranked Ranked(ref Cursor at, Scope scope, string name)
    {
        var isTop = name.StartsWith("top", StringComparison.Ordinal);
        var by = name[(isTop ? 3 : 6)..] switch { "count" => RankedBy.Count, "sum" => RankedBy.Sum, _ => RankedBy.Percent };
        var start = at.Position;
        var limit = ExpressionParser.Parse(ref at, scope);
        if (limit is not Expression.Literal { Value: IConvertible value } || Functions.NumericRank(limit.Type.Kind() ?? default) == 0)
            throw at.Error(Errors.NotImplemented, $"{name} takes a number here; expressions are not supported", start);
        var number = Amount(value);
        if (number is null || (by == RankedBy.Count && (number < 1 || number != decimal.Truncate(number.Value) || number > long.MaxValue))
            || (by == RankedBy.Percent && number is <= 0 or > 100))
            throw at.Error(Errors.OutOfRange, by switch
            {
                RankedBy.Count => $"{name} takes a whole number from 1",
                RankedBy.Percent => $"{name} takes a number above 0, up to 100",
                _ => "The number is too large",
            }, start);
        at.SkipBlanks();
        at.Take(',');
        at.SkipBlanks();
        start = at.Position;
        var ranked = ExpressionParser.Parse(ref at, scope);
        if (by == RankedBy.Count ? ranked.Type is not null && ranked.Type.Kind() is null : Functions.NumericRank(ranked.Type.Kind() ?? default) == 0)
            throw at.Error(Errors.TypeMismatch, $"{name} takes {(by == RankedBy.Count ? "a primitive value" : "a number")}, not {PrimitiveTypes.NameOf(ranked.Type)},", start);
        return new(default, by, isTop, number.Value, ranked);
    }

    private static decimal? Amount(IConvertible value)
    {
        try
        {
            return value.ToDecimal(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
