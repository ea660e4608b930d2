using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>
/// Change tracking (Protocol 11.3): which queries it is for, and the plan of a delta link. A query qualifies when its rows come and go by their own changes only,
/// because only those are logged.
/// </summary>
internal static class ChangesPlanner
{
    /// <summary>The set whose changes the query can be told of; null when it is not such a query.</summary>
    public static EntitySetModel? Tracked(ModelSnapshot model, ReadQuery query)
    {
        if (query.Path.Segments[0] is not PathSegment.EntitySet root || model.EntitySets[root.Set.Name] is not { Changes: not null } set)
            return null;
        for (var i = 1; i < query.Path.Segments.Count; i++)
            switch (query.Path.Segments[i])
            {
                case PathSegment.TypeCast:
                case PathSegment.Count when i == query.Path.Segments.Count - 1:
                case PathSegment.Filter filter when RowReach.StaysInRow(filter.Predicate):
                    break;
                default:
                    return null;
            }
        return IsOfRows(query.Options) ? set : null;
    }

    private static bool IsOfRows(QueryOptions options) =>
        options is { Apply: null, Top: null, Skip: null, Expand.Count: 0 }
        && (options.Filter is null || RowReach.StaysInRow(options.Filter))
        && options.Compute.All(item => RowReach.StaysInRow(item.Value))
        && (options.Select ?? []).All(item => item.Options is null || item.Options.Filter is null || RowReach.StaysInRow(item.Options.Filter));

    /// <param name="rows">The plan of the defining query.</param>
    public static ReadPlan.Changes Plan(ModelSnapshot model, ReadQuery query, RowsPlan rows, bool isCount, PlanLimits limits)
    {
        if (rows.Set.Changes is null)
            throw ExpressionPlanner.NotSupported($"$deltatoken on {rows.Set.Name}, whose changes are not tracked,");
        if (Tracked(model, query) is null)
            throw DeltaToken.Invalid();
        return new(rows, Narrows(query) ? Whole(model, rows.Set, limits) : null, isCount);
    }

    private static bool Narrows(ReadQuery query) =>
        query.Options.Filter is not null || query.Options.Search is not null || query.Path.Segments.Any(segment => segment is PathSegment.TypeCast or PathSegment.Filter);

    /// <summary>The keys of all rows that exist for the caller.</summary>
    private static RowsPlan Whole(ModelSnapshot model, EntitySetModel set, PlanLimits limits)
    {
        var numbers = new SourceNumbers(model);
        var scope = new Scope(set, numbers.Next(set), numbers);
        return RowsPlanner.Collection(scope, Navigating.RowFilter(scope.Root, numbers), QueryOptions.None, limits, asReferences: true);
    }
}
