using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>
/// <c>$apply</c>: each transformation takes a <see cref="Rowset"/> and makes the next. What can be said of the same FROM clause is added to it; what
/// cannot, because it looks at several rows, nests the statement so far. The whole stays one statement.
/// </summary>
internal static class Applying
{
    public static Rowset Plan(Rowset rows, IReadOnlyList<Transformation> transformations)
    {
        foreach (var transformation in transformations)
            rows = Plan(rows, transformation);
        return rows;
    }

    private static Rowset Plan(Rowset rows, Transformation transformation) => transformation switch
    {
        Transformation.Identity => rows,
        Transformation.Filter filter => rows.Filtered(new ExpressionPlanner(rows.Scope).Where(filter.Predicate)),
        Transformation.Search search => rows.Filtered(Search(rows, search.Text)),
        Transformation.Compute compute => Computed(rows, compute),
        Transformation.OrderBy order => rows with { Order = Ordered(rows, order) },
        Transformation.Skip { Count: 0 } => rows,
        Transformation.Skip skip => Ranking.Page(rows, rows.TotalOrder(), skip.Count, take: null),
        Transformation.Top top => Ranking.Page(rows, rows.TotalOrder(), skip: 0, top.Count),
        Transformation.Ranked ranked => Ranking.Plan(rows, ranked),
        Transformation.Aggregate aggregate => Grouping.Plan(rows, aggregate.Items),
        Transformation.GroupBy group => Concatenation.Of([.. group.Sets.Select(set => Grouped(rows, set, group.Then))]),
        Transformation.Join join => Joined(rows, join),
        Transformation.Concat concat => Concatenation.Of([.. concat.Parts.Select(part => Plan(rows.Copy(), part))]),
        _ => throw new InvalidOperationException($"No plan for {transformation.GetType().Name}."),
    };

    private static Condition Search(Rowset rows, SearchExpression text) =>
        rows.AreEntities ? SearchPlanner.Where(rows.Scope.Root, text) : throw ExpressionPlanner.NotSupported("search over what is aggregated");

    private static Rowset Computed(Rowset rows, Transformation.Compute compute)
    {
        rows = rows.Copy();
        rows.Scope.Compute(compute.Items);
        return rows;
    }

    private static Rowset Joined(Rowset rows, Transformation.Join join)
    {
        if (rows.Scope.Members is not null)
            throw ExpressionPlanner.NotSupported("join behind a transformation that looks at several rows, after another join");
        rows = rows.Copy();
        var scope = rows.Scope;
        var navigation = scope.Root.Set.NavigationsByName.GetValueOrDefault(join.Navigation.Name)
            ?? throw ExpressionPlanner.NotSupported("join to what is joined");
        Condition? Wanted(Entity entity) => join.Then.Aggregate((Condition?)null, (all, step) => Condition.Both(all, step switch
        {
            Transformation.Filter filter => new ExpressionPlanner(scope, entity, Computing.Nothing).Where(filter.Predicate),
            Transformation.Search search => SearchPlanner.Where(entity, search.Text),
            _ => null,
        }));

        Entity target;
        if (join.IsOuter)
        {
            if (navigation.Through is not null)
                throw ExpressionPlanner.NotSupported("outerjoin over a link table");
            var before = scope.Joins.Count;
            target = scope.FollowOuter(scope.Root, navigation, Wanted);
            if (scope.Joins.Count > before + 1)
                throw ExpressionPlanner.NotSupported("outerjoin with a filter over a path");
        }
        else
        {
            target = scope.Follow(scope.Root, navigation);
            rows = rows with { Where = Condition.Both(rows.Where, Wanted(target)), Groups = rows.Groups?.Narrowed() };
        }
        scope.Join(join.Alias, target, isUnique: navigation.Through is null);
        return rows with { Key = [.. rows.Key, .. target.Set.Key.Select(part => target.Column(part))] };
    }

    /// <summary>A stable sort: what was the order before decides where these terms do not.</summary>
    private static List<OrderTerm> Ordered(Rowset rows, Transformation.OrderBy order)
    {
        var terms = new List<OrderTerm>();
        var planner = new ExpressionPlanner(rows.Scope);
        foreach (var item in order.Items)
            if (planner.Value(item.Value) is not Term.Constant and var value)
                terms.Add(new(CanOrder(value), item.IsDescending, 0));
        foreach (var before in rows.Order)
            if (!terms.Exists(term => SelectList.Same(term.Value, before.Value)))
                terms.Add(before);
        return terms;
    }

    public static Term CanOrder(Term value) => value.Kind is ValueKind.Binary or ValueKind.Json
        ? throw new ServiceException(Errors.TypeMismatch, "Binary and JSON values have no order.", "$apply")
        : value;

    private static Rowset Grouped(Rowset rows, IReadOnlyList<GroupingPath> paths, IReadOnlyList<Transformation> then)
    {
        if (paths.Count == 0)
            return then.Count > 0 ? Plan(rows.Copy(), then) : throw ExpressionPlanner.NotSupported("a total without an aggregation");
        rows = rows.Copy();
        var planner = new ExpressionPlanner(rows.Scope);
        rows = Groups.Split(rows, [.. paths.Select(path => planner.Value(path.Value))]);
        (rows, var values) = Groups.Together(then.Count == 0 ? Grouping.Plan(rows, []) : Plan(rows, then));
        // Entities have them anyway.
        return rows.Scope.Members is { } members ? rows with { Scope = rows.Scope.Copy(Grouping.Members(rows.Scope.Root.Set, paths, values, members)) } : rows;
    }
}
