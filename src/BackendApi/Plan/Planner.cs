using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>The bounds of one request's answer.</summary>
/// <param name="PageSize">Rows of one page: the client's preference or the default, never above <paramref name="MaxPageSize"/>.</param>
public sealed record PlanLimits(int PageSize, int MaxPageSize, int MaxExpansionDepth);

/// <summary>
/// Turns a parsed query into a plan: names become columns and joins, every set that is touched gets its row filter, the order is made total, and the
/// page is bounded. Refuses what the address does not allow (400, 404) and what is valid but not supported (501).
/// </summary>
public static class Planner
{
    public static ReadPlan Plan(ModelSnapshot model, ReadQuery query, PlanLimits limits)
    {
        var path = PathPlanner.Plan(model, query.Path);
        Refuse(path, query.Options);

        var rows = path.End switch
        {
            PathEnd.Collection => RowsPlanner.Collection(path.Scope, path.Where, query.Options, limits),
            PathEnd.Count => RowsPlanner.Counted(path.Scope, path.Where, query.Options),
            PathEnd.Entity => RowsPlanner.Single(path.Scope, path.Where, query.Options, limits),
            _ => RowsPlanner.Property(path.Scope, path.Where, path.Property!),
        };
        return path.End switch
        {
            PathEnd.Collection => new ReadPlan.Collection(rows, path.Owner),
            PathEnd.Count => new ReadPlan.Count(rows, path.Owner),
            PathEnd.Entity => new ReadPlan.Entity(rows, path.Owner),
            _ => new ReadPlan.Property(rows, path.Property!, path.End == PathEnd.Value, path.Owner),
        };
    }

    private static void Refuse(PlannedPath path, QueryOptions options)
    {
        if (options.Apply is not null)
            throw ExpressionPlanner.NotSupported("$apply");
        if (options.DeltaToken is not null)
            throw ExpressionPlanner.NotSupported("$deltatoken");
        if (options.Index is not null)
            throw ExpressionPlanner.NotSupported("$index");
        if (path.End is PathEnd.Collection)
            return;

        var misplaced =
            options.OrderBy.Count > 0 && path.End != PathEnd.Count ? "$orderby" :
            options.Top is not null && path.End != PathEnd.Count ? "$top" :
            options.Skip is not null && path.End != PathEnd.Count ? "$skip" :
            options.Filter is not null && path.End != PathEnd.Count ? "$filter" :
            options.Count is not null && path.End != PathEnd.Count ? "$count" :
            options.SkipToken is not null ? "$skiptoken" :
            options.Select is not null && path.End is not PathEnd.Entity ? "$select" :
            options.Expand.Count > 0 && path.End is not PathEnd.Entity ? "$expand" : null;
        if (misplaced is not null)
            throw new ServiceException(Errors.UnknownOption, $"{misplaced} does not apply to {Describe(path.End)}.", misplaced);
    }

    private static string Describe(PathEnd end) => end switch
    {
        PathEnd.Entity => "a single entity",
        PathEnd.Count => "/$count",
        PathEnd.Value => "/$value",
        _ => "a property",
    };
}
