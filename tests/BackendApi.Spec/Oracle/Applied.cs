using System.Globalization;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <param name="Steps">To the entities that are aggregated, each once; none for the rows themselves.</param>
/// <param name="Value">Null: their number.</param>
internal sealed record Aggregate(IReadOnlyList<Navigation> Steps, Expression? Value, string Method, string Alias)
{
    /// <summary>Of the result (Data Aggregation, 3.1.3).</summary>
    public Kind Kind => (Method, Value?.Kind) switch
    {
        ("min" or "max", { } kind) => kind,
        ("sum", Kind.Int32) => Kind.Int64,
        ("sum" or "average", Kind.Double) => Kind.Double,
        _ => Kind.Decimal,
    };

    public string Text
    {
        get
        {
            var path = string.Concat(Steps.Select(step => step.Name + "/"));
            return Value is null ? $"{path}$count as {Alias}" : $"{path}{Writer.Text(Value)} with {Method} as {Alias}";
        }
    }

    public object? Of(IReadOnlyList<Row> rows)
    {
        var members = Steps.Aggregate(rows, (reached, step) => [.. reached.SelectMany(row => row.Follow(step.Name)).Distinct()]);
        if (Value is null)
            return (decimal)members.Count;
        var values = members.Select(row => Evaluator.Value(Value, row)).OfType<object>().ToList();
        return Method switch
        {
            "countdistinct" => (decimal)values.Select(value => Json.Text(new("", Value.Kind), value)).Distinct().Count(),
            _ when values.Count == 0 => null,
            "min" => values.Min(Comparer<object>.Create(Evaluator.Compare)),
            "max" => values.Max(Comparer<object>.Create(Evaluator.Compare)),
            "sum" when Kind == Kind.Double => values.Sum(value => (double)value),
            "average" when Kind == Kind.Double => values.Average(value => (double)value),
            "sum" => values.Sum(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
            _ => Math.Round(values.Average(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)), 10, MidpointRounding.AwayFromZero),
        };
    }
}

/// <summary><c>$apply</c>, and options about its result.</summary>
/// <param name="Groups">Null: the rows stay entities.</param>
/// <param name="Having">A filter about the result, among the transformations.</param>
internal sealed record Applied(Expression? Before, IReadOnlyList<Expression.Path>? Groups, IReadOnlyList<Aggregate> Aggregates, Expression? Having, Query Query)
{
    private static readonly Kind[] Unordered = [Kind.String, Kind.Enum, Kind.Guid];

    /// <summary>Pages follow each other by the keys, and text and the like has an order of the database's own.</summary>
    public bool IsOrdered => IsOrderedBy(Groups ?? []);

    public static bool IsOrderedBy(IEnumerable<Expression.Path> groups) => !groups.Any(group => Unordered.Contains(group.Kind));

    public IEnumerable<(string Name, string Value)> Options() => Query.Options().Prepend(("$apply", string.Join('/', Transformations())));

    public IEnumerable<string> Expected(IEnumerable<Row> rows)
    {
        IEnumerable<Row> result = rows.Where(row => Before is null || Evaluator.IsTrue(Before, row)).ToList();
        if (Groups is not null)
            result = Groups.Count == 0
                ? [Result([.. result])]
                : result.GroupBy(row => string.Join('|', Groups.Select(group => Json.Text(new("", group.Kind), Evaluator.Value(group, row))))).Select(group => Result([.. group])).ToList();
        return Query.Expected(result.Where(row => Having is null || Evaluator.IsTrue(Having, row)));
    }

    /// <summary>The type of the result: members of paths have the path for a name.</summary>
    public static Entity ResultOf(Entity source, IReadOnlyList<Expression.Path> groups, IReadOnlyList<Aggregate> aggregates) =>
        new(source.Set, [.. groups.Select(Writer.Text)], [.. groups.Select(group => new Property(Writer.Text(group), group.Kind)), .. aggregates.Select(aggregate => new Property(aggregate.Alias, aggregate.Kind))]);

    private Row Result(IReadOnlyList<Row> rows) => new(Groups!.Select(group => (Name: Writer.Text(group), Value: Evaluator.Value(group, rows[0])))
        .Concat(Aggregates.Select(aggregate => (Name: aggregate.Alias, Value: aggregate.Of(rows)))).ToDictionary(member => member.Name, member => member.Value));

    private IEnumerable<string> Transformations()
    {
        if (Before is not null || Groups is null)
            yield return Before is null ? "identity" : $"filter({Writer.Text(Before)})";
        var aggregate = $"aggregate({string.Join(',', Aggregates.Select(one => one.Text))})";
        if (Groups is { Count: > 0 })
            yield return $"groupby(({string.Join(',', Groups.Select(Writer.Text))}){(Aggregates.Count > 0 ? "," + aggregate : "")})";
        else if (Groups is not null)
            yield return aggregate;
        if (Having is not null)
            yield return $"filter({Writer.Text(Having)})";
    }
}
