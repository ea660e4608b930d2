using System.Collections;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>The bounds of one request's answer.</summary>
/// <param name="PageSize">Rows of one page: the client's preference or the default, never above <paramref name="MaxPageSize"/>.</param>
public sealed record PlanLimits(int PageSize, int MaxPageSize, int MaxExpansionDepth)
{
    /// <summary>Navigation properties that one request may expand, all levels together: <c>*($levels=6)</c> multiplies.</summary>
    public const int MaxExpansions = 200;

    private int _expansions;

    internal void CountExpansion()
    {
        if (++_expansions > MaxExpansions)
            throw new ServiceException(Errors.LimitExceeded, $"$expand may name {MaxExpansions} navigation properties, all levels together. Name those that you need instead of *.", "$expand");
    }
}

/// <summary>
/// Turns a parsed query into a plan: names become columns and joins, every set that is touched gets its row filter, the order is made total, and the
/// page is bounded. Refuses what the address does not allow (400, 404) and what is valid but not supported (501).
/// </summary>
public static class Planner
{
    public static ReadPlan Plan(ModelSnapshot model, ReadQuery query, PlanLimits limits)
    {
        Refuse(query.Options);
        if (query.Path.Segments[0] is PathSegment.All && query.Options.DeltaToken is not null)
            throw ExpressionPlanner.NotSupported("$deltatoken on $all");
        if (query.Path.Segments[0] is PathSegment.All)
            return AllPlanner.Plan(model, query, limits);
        var path = PathPlanner.Plan(model, query.Path);
        if (path.Scope.Root.Set.Rights is { Readable.Count: 0 })
            throw new ServiceException(Errors.Forbidden, $"Your rights do not allow reading {path.Scope.Root.Set.Name}.");

        var rows = path.End switch
        {
            PathEnd.Collection => RowsPlanner.Collection(path.Scope, path.Where, query.Options, limits, depth: 0, path.AsReferences),
            PathEnd.Count => RowsPlanner.Counted(path.Scope, path.Where, query.Options),
            PathEnd.Entity => RowsPlanner.Single(path.Scope, path.Where, query.Options, limits, path.AsReferences),
            PathEnd.Complex => RowsPlanner.Complex(path.Scope, path.Where, path.Complex!, query.Options),
            PathEnd.ItemCount => RowsPlanner.ItemCount(path.Scope, path.Where, path.Property!, query.Options),
            PathEnd.Media => RowsPlanner.Media(path.Scope, path.Where, path.Media!),
            _ => RowsPlanner.Property(path.Scope, path.Where, path.Property!, query.Options),
        };
        if (query.Options.DeltaToken is not null)
            return ChangesPlanner.Plan(model, query, rows, path.End == PathEnd.Count, limits);
        return path.End switch
        {
            PathEnd.Collection => new ReadPlan.Collection(rows, path.Owner) { CanTrackChanges = ChangesPlanner.Tracked(model, query) is not null },
            PathEnd.Count => new ReadPlan.Count(rows, path.Owner),
            PathEnd.Entity => new ReadPlan.Entity(rows, path.Owner),
            PathEnd.Complex => new ReadPlan.Complex(rows, path.Owner),
            PathEnd.ItemCount => new ReadPlan.ItemCount(rows, path.Owner),
            PathEnd.Media => new ReadPlan.Media(rows, path.Media!, path.Owner),
            _ => new ReadPlan.Property(rows, path.Property!, path.End == PathEnd.Value, path.Owner),
        };
    }

    /// <summary>Those entities of a set, in the order of their keys.</summary>
    public static ReadPlan Plan(ModelSnapshot model, EntitySetModel set, DerivedModel? type, IReadOnlyList<object[]> keys, QueryOptions options, PlanLimits limits)
    {
        Refuse(options);
        var numbers = new SourceNumbers(model);
        var scope = new Scope(set, numbers.Next(set), numbers);
        var where = Condition.Both(Navigating.RowFilter(scope.Root, numbers), Keyed(scope.Root, keys));
        if (type is not null)
            scope.Restrict(type);
        return new ReadPlan.Collection(RowsPlanner.Collection(scope, where, options, limits), Owner: null);
    }

    private static readonly EqualityComparer<object[]> KeyParts = EqualityComparer<object[]>.Create(
        (left, right) => StructuralComparisons.StructuralEqualityComparer.Equals(left, right), StructuralComparisons.StructuralEqualityComparer.GetHashCode);

    /// <summary>Keys of several parts are told by the last one among those that have the others in common.</summary>
    private static Condition Keyed(Entity entity, IReadOnlyList<object[]> keys)
    {
        var parts = entity.Set.Key.Select(property => Navigating.Column(entity.Source, property.Column)).ToArray();
        var alike = keys.GroupBy(key => key[..^1], KeyParts);
        return Condition.AnyOf([.. alike.Select(group => Condition.AllOf(
        [
            .. group.Key.Select((value, i) => (Condition)new Condition.Compare(Comparison.Equal, parts[i], new Term.Constant(parts[i].Definition.Type, value), IsExact: false)),
            new Condition.In(parts[^1], parts[^1].Definition.Type, [.. group.Select(key => key[^1])], Negated: false),
        ]))]);
    }

    /// <summary>The parser has seen to it that each option applies to its address; these are valid, and not supported yet.</summary>
    private static void Refuse(QueryOptions options)
    {
        if (options.Index is not null)
            throw ExpressionPlanner.NotSupported("$index");
    }
}
