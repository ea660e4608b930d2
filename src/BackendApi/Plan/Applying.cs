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
        Transformation.Join join => Joining.Plan(rows, join),
        Transformation.Concat concat => Concatenation.Of([.. concat.Parts.Select(part => Plan(rows.Copy(), part))]),
        _ => throw new InvalidOperationException($"No plan for {transformation.GetType().Name}."),
    };

    private static Condition Search(Rowset rows, SearchExpression text) =>
        rows.Scope.Members is null ? SearchPlanner.Where(rows.Scope.Root, text) : throw ExpressionPlanner.NotSupported("search over what is aggregated");

    private static Rowset Computed(Rowset rows, Transformation.Compute compute)
    {
        rows = rows.Copy();
        rows.Scope.Compute(compute.Items);
        return rows;
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
        var made = Made(rows);
        var planner = new ExpressionPlanner(rows.Scope);
        Joined?[] entities = [.. paths.Select(path => path.Value is Expression.Navigation navigation && planner.Reached(navigation) is var reached
            ? new Joined(path.Path, reached.Entity, IsUnique: false) { Navigation = reached.Navigation }
            : null)];
        rows = Groups.Split(rows, [.. paths.SelectMany((path, i) => (IReadOnlyList<Term>?)entities[i]?.Key ?? [planner.Value(path.Value)])]);
        (rows, var common) = Groups.Together(then.Count == 0 ? Grouping.Plan(rows, []) : Plan(rows, then));
        if (rows.Scope.Members is not { } own)
            // Entities have them anyway.
            return rows;

        var set = rows.Scope.Root.Set;
        var members = new List<Member>();
        var values = new Queue<Term.Column>(common);
        var keys = new List<(Joined Entity, IReadOnlyList<Term.Column> Key)>();
        for (var i = 0; i < paths.Count; i++)
        {
            if (entities[i] is { } entity)
                keys.Add((entity, [.. entity.Key.Select(_ => values.Dequeue())]));
            else if (values.Dequeue() is var value && !rows.Scope.Joined.Any(known => IsBehind(known.Alias, paths[i].Path)))
                members.Add(Common(set, paths[i].Path, value, made.Contains(paths[i].Path)));
        }
        // What the groups have in common replaces what some of their rows may have by the same path.
        members.AddRange(own.Where(member => !paths.Any(path => path.Path == member.Path || (path.IsEntity && IsBehind(path.Path, member.Path)))));
        var scope = rows.Scope.Copy(members, []);
        foreach (var (entity, key) in keys)
            scope.Rejoin(entity, key);
        return rows with { Scope = scope };
    }

    /// <summary>The entity at the first path has what the other leads to.</summary>
    private static bool IsBehind(string entity, string path) => path.StartsWith(entity + "/", StringComparison.Ordinal);

    /// <summary>The paths of what transformations have made, be it nothing but a declared property by another name.</summary>
    private static HashSet<string> Made(Rowset rows) => [.. rows.Scope.Computed.Keys, .. rows.Members.Where(member => member.Property.IsDynamic).Select(member => member.Path)];

    private static Member Common(EntitySetModel set, string path, Term.Column value, bool isMade) =>
        new(path, value.Property is { IsDynamic: false } declared && !isMade ? declared : Computing.Property(set, path[(path.LastIndexOf('/') + 1)..], value), value);
}
