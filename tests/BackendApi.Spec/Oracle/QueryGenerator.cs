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
            isMany && random.Next(12) == 0 ? new(Words.Any(random), Words.Any(random), OneOf("AND", "OR", "NOT")) : null,
            isMany && random.Next(2) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (_expressions.Of(Ordered.Any(random), frame, random.Next(3)), random.Next(2) == 0))] : [],
            isMany && random.Next(4) == 0 ? random.Next(6) : null,
            isMany && random.Next(3) == 0 ? random.Next(12) : null,
            isMany && random.Next(5) == 0,
            random.Next(2) == 0 ? [.. entity.Properties.OrderBy(_ => random.Next()).Take(random.Next(1, 5))] : null,
            depth > 0 && random.Next(3) == 0 ? [.. Navigations(entity).Select(navigation => (navigation, Query(navigation.Target, depth - 1, navigation.IsMany)))] : []);
    }

    public Applied Applied(Entity entity)
    {
        var before = random.Next(2) == 0 ? _expressions.Condition(new(entity), 1) : null;
        if (random.Next(4) == 0)
            return new(before, null, [], null, Query(entity, 1));
        IReadOnlyList<Expression.Path> groups = [.. Enumerable.Range(0, random.Next(4)).Select(_ => _expressions.Property(entity, Grouped)).OfType<Expression.Path>().DistinctBy(Writer.Text)];
        IReadOnlyList<Aggregate> aggregates = [.. Enumerable.Range(1, random.Next(groups.Count == 0 ? 1 : 0, 4)).Select(i => Aggregate(entity, $"A{i}"))];
        var result = Oracle.Applied.ResultOf(entity, groups, aggregates);
        var query = Query(result, 0) with { Select = null, Search = null };
        return new(before, groups, aggregates, random.Next(4) == 0 ? _expressions.Condition(new(result), 1) : null,
            Oracle.Applied.IsOrderedBy(groups) ? query : query with { Order = [], Skip = null, Top = null });
    }

    private Aggregate Aggregate(Entity entity, string alias)
    {
        var steps = new List<Navigation>();
        for (; steps.Count < 2 && random.Next(3) == 0 && entity.Navigations.Count > 0; entity = steps[^1].Target)
            steps.Add(entity.Navigations.Any(random));
        var method = OneOf("sum", "sum", "average", "min", "max", "countdistinct", "$count");
        return method switch
        {
            "$count" => new(steps, null, "", alias),
            _ when steps.Count == 0 && random.Next(3) == 0 && _expressions.Small(OneOf(Kind.Int32, Kind.Decimal, Kind.Double), new(entity), 1) is not Expression.Path { Steps.Count: > 0 } and var computed => new(steps, computed, method, alias),
            _ when Own(method) is { } own => new(steps, own, method, alias),
            _ => new(steps, null, "", alias),
        };

        // A sum of real numbers depends on their order, unless they are small.
        Expression.Path? Own(string method) => method is "sum" or "average" ? _expressions.Property(entity, Added, isOwn: true) : _expressions.Property(entity, method == "countdistinct" ? [.. Grouped, .. Ordered] : Magnitudes, isOwn: true);
    }

    public Expression Condition(Entity entity) => _expressions.Condition(new(entity), 3);

    private static ExpressionGenerator.Frame Frame(Entity entity, List<Expression.Named> compute) => new(entity, Computed: [.. compute]);

    private IEnumerable<Navigation> Navigations(Entity entity) => entity.Navigations.OrderBy(_ => random.Next()).Take(random.Next(1, 3)).ToList();

    private T OneOf<T>(params T[] values) => values[random.Next(values.Length)];
}
