using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>
/// Aggregation of related entities beside the rows themselves. A join would multiply the rows that it starts from, so each path becomes a statement of
/// its own, with nulls where the others have their values: an aggregation passes over null. Together (UNION ALL) they are grouped as one.
/// </summary>
internal static class Related
{
    public static Rowset Plan(Rowset rows, IReadOnlyList<AggregateItem> items)
    {
        var groups = rows.Groups;
        var routes = items.Where(item => item.From is null).Select(item => item.Path).DistinctBy(path => string.Join('/', path.Select(step => step.Name))).ToList();
        // The rows themselves make the groups, also those from which no path leads anywhere.
        if (groups is { CanBeEmpty: false } && !routes.Exists(route => route.Count == 0))
            routes.Insert(0, []);
        var branches = routes.Select(route => Branch(rows.Copy(), route, items)).ToList();
        branches.AddRange(items.Where(item => item.From is not null).Select(item => Branch(Applying.Plan(rows.Copy(), [item.From!]), item, items)));
        if (groups is { CanBeEmpty: true })
            branches.Insert(0, (groups.All, [.. groups.All.Columns, .. items.Select(_ => (Term?)null)]));

        var common = groups?.Values.Count ?? 0;
        var width = common + items.Count;
        var columns = new ColumnSchema[width];
        var models = new Term?[width];
        for (var i = 0; i < width; i++)
        {
            var model = models[i] = branches.Select(branch => branch.Values[i]).First(value => value is not null)!;
            columns[i] = new($"c{i}", NestedColumns.TypeOf(model) with { IsOperand = true }, IsNullable: true);
        }
        var parts = branches.Select(branch => branch.Select with
        {
            Columns = [.. branch.Values.Select((value, i) => value ?? new Term.Constant(columns[i].Type, null))],
        });
        var numbers = rows.Scope.Numbers;
        var source = numbers.Next(new SourceRows.Query([.. parts], columns));
        Term.Column Column(int i) => new(source, columns[i], models[i]!.Kind, IsNullable: true, (models[i] as Term.Column)?.Property);
        return Grouping.Grouped(
            new Scope(rows.Scope.Root.Set, source, numbers), where: null,
            groups is null ? null : groups with { Values = [.. Enumerable.Range(0, common).Select(Column)] },
            [.. items.Select((item, i) => (item, Grouping.Call(item, Column(common + i))))]);
    }

    /// <summary>The groups of the keyword <c>from</c>, for the one item that aggregates them.</summary>
    private static (Select Select, IReadOnlyList<Term?> Values) Branch(Rowset groups, AggregateItem item, IReadOnlyList<AggregateItem> items)
    {
        var value = new ExpressionPlanner(groups.Scope).Value(item.Value!);
        return (SelectOf(groups), [.. groups.Groups?.Values ?? [], .. items.Select(other => ReferenceEquals(other, item) ? value : null)]);
    }

    private static Select SelectOf(Rowset rows) => new() { Columns = [], From = rows.Scope.Root.Source, Joins = rows.Scope.Joins, Where = rows.Where };

    /// <summary>The values of one route; null where another one has them.</summary>
    private static (Select Select, IReadOnlyList<Term?> Values) Branch(Rowset rows, IReadOnlyList<Microsoft.OData.Edm.IEdmNavigationProperty> route, IReadOnlyList<AggregateItem> items)
    {
        var planner = new ExpressionPlanner(rows.Scope);
        var entity = rows.Scope.Root;
        var isUnique = true;
        foreach (var step in route)
        {
            if (ReferenceEquals(step, route[0]) && rows.Scope.Joined.FirstOrDefault(item => item.Alias == step.Name) is { } joined)
            {
                (entity, isUnique) = (joined.Entity, joined.IsUnique);
                continue;
            }
            if (ReferenceEquals(step, route[0]) && rows.Scope.Members is not null)
                throw ExpressionPlanner.NotSupported("a path that begins at what $apply has made");
            var navigation = entity.Set.Navigation(step);
            isUnique &= navigation.IsCollection && navigation.Through is null;
            entity = rows.Scope.Follow(entity, navigation);
        }
        var target = route.Count == 0 ? planner : new ExpressionPlanner(rows.Scope, entity, Computing.Nothing);
        Term?[] values = [.. rows.Groups?.Values ?? [], .. items.Select(item => item.From is null && item.Path.SequenceEqual(route) ? Value(item, rows, entity, target) : null)];
        return isUnique ? (SelectOf(rows), values) : Once(rows.Scope.Numbers, SelectOf(rows), values, entity);
    }

    /// <summary>What is aggregated; where rows or entities are counted, something that they are never without.</summary>
    private static Term Value(AggregateItem item, Rowset rows, Entity entity, ExpressionPlanner planner) =>
        item.Value is not null ? planner.Value(item.Value)
        : rows.Scope.Members is null || item.Path.Count > 0 ? entity.Column(entity.Set.Key[0])
        : new Term.Constant(Constants.TypeOf(ValueKind.Int32), 1);

    /// <summary>An entity that is reached from several rows of a group counts once in it.</summary>
    private static (Select, IReadOnlyList<Term?>) Once(SourceNumbers numbers, Select select, Term?[] values, Entity entity)
    {
        Term[] all = [.. values.OfType<Term>(), .. entity.Set.Key.Select(part => entity.Column(part))];
        var columns = all.Select((term, i) => new ColumnSchema($"c{i}", NestedColumns.TypeOf(term) with { IsOperand = true }, term.IsNullable)).ToArray();
        var groups = all.Select(Grouping.GroupKey).ToArray();
        var source = numbers.Next(new SourceRows.Query([select with { Columns = groups, GroupBy = groups }], columns));
        var next = 0;
        var outside = values.Select(value => value is null ? null : (Term)new Term.Column(
            source, columns[next++], value.Kind, value.IsNullable, (value as Term.Column)?.Property)).ToArray();
        return (new Select { Columns = [], From = source }, outside);
    }
}
