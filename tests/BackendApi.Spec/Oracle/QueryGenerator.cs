using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

internal sealed class QueryGenerator(Random random)
{
    /// <summary>Text is left out: databases order it by their own collations.</summary>
    private static readonly Kind[] Ordered = [Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Double, Kind.Boolean, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration];

    private static readonly Kind[] Computed = [.. Ordered, Kind.String, Kind.String];
    private static readonly Kind[] Grouped = [Kind.Int32, Kind.Boolean, Kind.Date, Kind.String, Kind.Enum, Kind.Guid, Kind.Decimal, Kind.DateTimeOffset];
    private static readonly Kind[] Added = [Kind.Int32, Kind.Int64, Kind.Decimal];
    private static readonly Kind[] Magnitudes = [.. Ordered.Where(kind => kind != Kind.Boolean)];
    private static readonly Kind[] Unordered = [Kind.String, Kind.Enum, Kind.Guid];
    private static readonly string[] Words = ["ada", "AB", "a", "zz", "ÄPFEL", "日本", "quoted", "x1", "null1"];

    private readonly ExpressionGenerator _expressions = new(random);

    public Query Query(Entity entity, int depth = 2, bool isMany = true)
    {
        var compute = new List<Expression.Named>();
        for (var i = random.Next(5) == 0 ? random.Next(1, 3) : 0; i > 0; i--)
            compute.Add(new($"C{i}", _expressions.Of(Computed.Any(random), Frame(entity, compute), 2)));
        var frame = Frame(entity, compute);
        return new(
            entity,
            compute,
            isMany && random.Next(4) > 0 ? _expressions.Condition(frame, random.Next(depth + 2)) : null,
            isMany && random.Next(12) == 0 ? Search() : null,
            isMany && random.Next(2) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (_expressions.Of(Ordered.Any(random), frame, random.Next(3)), random.Next(2) == 0))] : [],
            isMany && random.Next(4) == 0 ? random.Next(6) : null,
            isMany && random.Next(3) == 0 ? random.Next(12) : null,
            isMany && random.Next(5) == 0,
            random.Next(2) == 0 ? [.. entity.Properties.OrderBy(_ => random.Next()).Take(random.Next(1, 5))] : null,
            depth > 0 && random.Next(3) == 0 ? [.. Navigations(entity).Select(navigation => Expansion(entity, navigation, depth - 1))] : []);
    }

    public Applied Applied(Entity entity)
    {
        var (steps, asked, isOrdered) = (new List<Transformation>(), entity, true);
        for (var i = random.Next(3); i > 0; i--)
            Add(random.Next(6) switch
            {
                0 or 1 => new Transformation.Filter(_expressions.Condition(new(entity), 1)),
                2 => Compute(entity, $"X{i}"),
                3 => isOrdered ? Ranked(entity, ["count", "sum", "percent"]) : null,
                4 => isOrdered ? new Transformation.Page(entity, [(_expressions.Of(Ordered.Any(random), new(entity), 1), random.Next(2) == 0)], random.Next(3), random.Next(1, 20)) : null,
                _ => entity == asked && random.Next(2) == 0 ? new Transformation.Found(entity, Search()) : Join(entity, $"J{i}"),
            });
        if (random.Next(4) > 0)
        {
            var isRanked = random.Next(8) == 0;
            Add(isRanked && isOrdered && Groups(entity, 1, 3) is { Count: > 0 } groups && Ranked(entity, ["count"]) is { } ranked ? new Transformation.RankedInGroups(groups, ranked) : GroupBy(entity));
            if (random.Next(3) == 0)
                Add(random.Next(3) switch { 0 when isOrdered => Ranked(entity, ["count", "sum", "percent"]), 1 => Compute(entity, "Y1"), _ => new Transformation.Filter(_expressions.Condition(new(entity), 1)) });
        }
        if (steps.Count == 0)
            steps.Add(new Transformation.Identity());
        var query = Query(entity, entity.Navigations.Count > 0 ? 1 : 0);
        if (entity.Navigations.Count == 0)
            query = query with { Select = null, Search = null };
        return new(steps, isOrdered ? query : query with { Order = [], Skip = null, Top = null }, isOrdered);

        void Add(Transformation? step)
        {
            if (step is null)
                return;
            steps.Add(step);
            (entity, isOrdered) = step switch
            {
                Transformation.Compute compute => (new(entity.Set, entity.Key, [.. entity.Properties, .. compute.Values.Select(named => new Property(named.Name, named.Kind))]) { Navigations = entity.Navigations }, isOrdered),
                Transformation.GroupBy by => (by.Result(entity), by.Levels.Count == 1 && !by.Groups.Any(group => Unordered.Contains(group.Kind))),
                Transformation.Join join => (join.Result(entity), false),
                Transformation.Page => (entity, false),
                _ => (entity, isOrdered),
            };
        }
    }

    public Concatenated Concatenated(Entity entity)
    {
        var parts = Enumerable.Range(0, random.Next(2, 4)).Select(i => (Steps: Rows(entity, isFiltered: i == 0), By: i > 0 && GroupBy(entity, $"A{i}") is { Levels.Count: 1 } by ? by : null)).ToList();
        // Rows of several kinds leave out what derived types have.
        var areEntities = parts.TrueForAll(part => part.By is null);
        return new([.. parts.Select(part => new Applied(
            part.By is null ? part.Steps : [.. part.Steps, part.By],
            All(part.By?.Result(entity) ?? (areEntities ? entity : new(entity.Set, entity.Key, [.. entity.Properties.Where(property => property.Type is null)]))), false))]);
    }

    private List<Transformation> Rows(Entity entity, bool isFiltered)
    {
        var steps = new List<Transformation> { isFiltered || random.Next(2) == 0 ? new Transformation.Filter(_expressions.Condition(new(entity), 1)) : new Transformation.Identity() };
        if (random.Next(3) == 0 && Ranked(entity, ["count", "sum", "percent"]) is { } ranked)
            steps.Add(ranked);
        return steps;
    }

    private static Query All(Entity entity) => new(entity, [], null, null, [], null, null, false, null, []);

    private Expansion Expansion(Entity entity, Navigation navigation, int depth)
    {
        var query = Query(navigation.Target, depth, navigation.IsMany);
        return navigation.Target == entity && random.Next(2) == 0
            ? new(navigation, query with { Expand = [.. query.Expand.Where(other => other.Navigation.Member != navigation.Member)] }, random.Next(2, 4))
            : new(navigation, query);
    }

    private Search Search() => new(Words.Any(random), Words.Any(random), OneOf("AND", "OR", "NOT"));

    private Transformation.Compute Compute(Entity entity, string name) => new([new(name, _expressions.Of(Computed.Any(random), new(entity), 1))]);

    private Transformation.Ranked? Ranked(Entity entity, string[] by) =>
        _expressions.Small(OneOf(Kind.Int32, Kind.Decimal, Kind.Double), new(entity), 1) is not Expression.Constant and var value
            ? OneOf(by) is var how && how == "count" ? new(entity, random.Next(2) == 0, how, random.Next(1, 8), value)
                : new(entity, random.Next(2) == 0, how, how == "sum" ? OneOf(1, 5, 20, 100) : OneOf(1, 10, 33, 50, 75, 100), value)
            : null;

    private Transformation.Join? Join(Entity entity, string alias) => entity.Navigations.Where(navigation => navigation.IsMany && navigation.Name == navigation.Member).ToList() is { Count: > 0 } many
        && many.Any(random) is var navigation
            ? new(navigation, alias, random.Next(2) == 0 ? null : _expressions.Condition(new(new Entity(navigation.Target.Set, [], navigation.Target.Properties)), 1), random.Next(2) == 0)
            : null;

    private List<Expression.Path> Groups(Entity entity, int least, int most) =>
        [.. Enumerable.Range(0, random.Next(least, most)).Select(_ => _expressions.Property(entity, Grouped)).OfType<Expression.Path>().Where(path => !Writer.Text(path).Contains('.', StringComparison.Ordinal)).DistinctBy(Writer.Text)];

    private Transformation.GroupBy GroupBy(Entity entity, string alias = "A")
    {
        var groups = Groups(entity, 0, 4);
        Aggregate[] aggregates = [.. Enumerable.Range(1, random.Next(groups.Count == 0 ? 1 : 0, 4)).Select(i => Aggregate(entity, $"{alias}{i}"))];
        var isRollup = groups.Count > 0 && random.Next(5) == 0;
        var withAll = isRollup && aggregates.Length > 0 && (groups.Count == 1 || random.Next(2) == 0);
        isRollup &= groups.Count > 1 || withAll;
        return new(groups, aggregates, isRollup ? [.. Enumerable.Range(withAll ? 0 : 1, groups.Count + (withAll ? 1 : 0)).Reverse()] : [groups.Count]);
    }

    private Aggregate Aggregate(Entity entity, string alias)
    {
        var steps = new List<Navigation>();
        for (; steps.Count < 2 && random.Next(3) == 0 && entity.Navigations.Count > 0; entity = steps[^1].Target)
            steps.Add(entity.Navigations.Any(random));
        // The last step alone can be a cast, in front of a property.
        if (steps.SkipLast(1).Any(step => step.Name != step.Member))
            return new([], null, "", alias);
        var method = OneOf("sum", "sum", "average", "min", "max", "countdistinct", "$count");
        return method switch
        {
            "$count" => Number(),
            _ when steps.Count == 0 && random.Next(3) == 0 && _expressions.Small(OneOf(Kind.Int32, Kind.Decimal, Kind.Double), new(entity), 1) is not Expression.Path { Steps.Count: > 0 } and var computed => new(steps, computed, method, alias),
            _ when Own(method) is { } own => new(steps, own, method, alias),
            _ => Number(),
        };

        Aggregate Number() => new([.. steps.TakeWhile(step => step.Name == step.Member)], null, "", alias);

        // A sum of real numbers depends on their order, unless they are small.
        Expression.Path? Own(string method) => method is "sum" or "average" ? _expressions.Property(entity, Added, isOwn: true) : _expressions.Property(entity, method == "countdistinct" ? [.. Grouped, .. Ordered] : Magnitudes, isOwn: true);
    }

    public Expression Condition(Entity entity) => _expressions.Condition(new(entity), 3);

    private static ExpressionGenerator.Frame Frame(Entity entity, List<Expression.Named> compute) => new(entity, Computed: [.. compute]);

    private IEnumerable<Navigation> Navigations(Entity entity) => entity.Navigations.OrderBy(_ => random.Next()).DistinctBy(navigation => navigation.Member).Take(random.Next(1, 3)).ToList();

    private T OneOf<T>(params T[] values) => values[random.Next(values.Length)];
}
