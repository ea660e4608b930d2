using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary><c>$all</c> (URL Conventions 4.16): the rows of every set, one set after the other in the order of their names, each by its key.</summary>
internal static class AllPlanner
{
    public static ReadPlan.All Plan(ModelSnapshot model, ReadQuery query, PlanLimits limits)
    {
        var options = query.Options;
        if (options.Filter is not null || options.OrderBy.Count > 0 || options.Select is not null || options.Expand.Count > 0 || options.Compute.Count > 0 || options.Apply is not null)
            throw ExpressionPlanner.NotSupported("options on $all that need to know the type. Name one: $all/BackendApi.Orders");
        if (query.Path.Segments is not ([_] or [_, PathSegment.Count]))
            throw ExpressionPlanner.NotSupported("this segment behind $all");

        var ofEach = new QueryOptions { Search = options.Search };
        var sets = new List<RowsPlan>(model.EntitySets.Count);
        foreach (var set in model.EntitySets.Values.OrderBy(set => set.Name, StringComparer.Ordinal))
            if (options.Search is null || set.Search.Count > 0)
            {
                var numbers = new SourceNumbers(model);
                var scope = new Scope(set, numbers.Next(set), numbers);
                sets.Add(RowsPlanner.Collection(scope, Navigating.RowFilter(scope.Root, numbers), ofEach, limits));
            }
        return new(sets, IsCount: query.Path.Segments is [_, PathSegment.Count], options.Skip ?? 0, options.Top, limits.PageSize, options.Count == true);
    }

    /// <summary>The token of the row where a page ends: its set, and its place in the set.</summary>
    public static string Encode(byte[] key, RowsPlan set, SkipToken token) => $"{set.Set.Name}.{token.Encode(key, SkipToken.Subject(set), set.OrderBy)}";

    /// <exception cref="ServiceException">400 when the token was not issued for <c>$all</c>.</exception>
    public static ReadPlan.All Resume(ReadPlan.All plan, string token, byte[] key)
    {
        var dot = token.LastIndexOf('.');
        var first = plan.Sets.Index().FirstOrDefault(item => dot > 0 && item.Item.Set.Name == token[..dot], (-1, null!)).Index;
        if (first < 0)
            throw SkipToken.Invalid();
        var set = plan.Sets[first];
        var place = SkipToken.Decode(token[(dot + 1)..], key, SkipToken.Subject(set), set.OrderBy);
        return plan with { Sets = [set with { After = place.Values }, .. plan.Sets.Skip(first + 1)], Skip = 0, Top = place.Remaining };
    }
}
