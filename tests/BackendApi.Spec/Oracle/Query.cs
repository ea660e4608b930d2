using System.Text.Json;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>What is asked of the rows of a set, and how its answer reads in text: a line for each row, and the number of all in front when it was asked for.</summary>
internal interface IQuestion
{
    /// <summary>Whether the order of the answer is known; text and the like has an order of the database's own.</summary>
    bool IsOrdered { get; }

    IEnumerable<(string Name, string Value)> Options();

    IEnumerable<string> Expected(IEnumerable<Row> rows);

    /// <summary>The same of what the service answered.</summary>
    IEnumerable<string> Answered(JsonElement rows, long? count);
}

/// <param name="Levels">How often the navigation is followed, with the same options.</param>
internal sealed record Expansion(Navigation Navigation, Query Query, int Levels = 1)
{
    public string Text => Navigation.Name + (Options().ToList() is { Count: > 0 } options ? $"({string.Join(';', options.Select(option => $"{option.Name}={option.Value}"))})" : "");

    /// <summary>Of the first level.</summary>
    public Query Asked => Levels == 1 ? Query : Query with { Expand = [.. Query.Expand, this with { Levels = Levels - 1 }] };

    private IEnumerable<(string Name, string Value)> Options() => Levels == 1 ? Query.Options() : Query.Options().Append(("$levels", $"{Levels}"));
}

/// <summary>The options about a set, or about what a navigation property leads to.</summary>
/// <param name="Select">Null: everything.</param>
internal sealed record Query(
    Entity Entity, IReadOnlyList<Expression.Named> Compute, Expression? Filter, Search? Search, IReadOnlyList<(Expression Value, bool IsDescending)> Order, int? Skip, int? Top, bool Count,
    IReadOnlyList<Property>? Select, IReadOnlyList<Expansion> Expand) : IQuestion
{
    public bool IsOrdered => true;

    public IEnumerable<(string Name, string Value)> Options()
    {
        if (Compute.Count > 0)
            yield return ("$compute", string.Join(',', Compute.Select(named => $"{Writer.Text(named.Value)} as {named.Name}")));
        if (Filter is not null)
            yield return ("$filter", Writer.Text(Filter));
        if (Search is not null)
            yield return ("$search", Search.Text);
        if (Order.Count > 0)
            yield return ("$orderby", string.Join(',', Order.Select(term => Writer.Text(term.Value) + (term.IsDescending ? " desc" : ""))));
        if (Skip is { } skip)
            yield return ("$skip", $"{skip}");
        if (Top is { } top)
            yield return ("$top", $"{top}");
        if (Count)
            yield return ("$count", "true");
        if (Select is not null)
            yield return ("$select", string.Join(',', Select.Select(property => property.Name).Concat(Compute.Select(named => named.Name))));
        if (Expand.Count > 0)
            yield return ("$expand", string.Join(',', Expand.Select(item => item.Text)));
    }

    public IEnumerable<string> Expected(IEnumerable<Row> rows)
    {
        var found = rows.Where(row => (Filter is null || Evaluator.IsTrue(Filter, row)) && (Search is null || Search.Finds(Entity, row))).ToList();
        if (Count)
            yield return $"count {found.Count}";
        foreach (var row in Sorted(Entity, found, Order).Skip(Skip ?? 0).Take(Top ?? int.MaxValue))
            yield return Line(row);
    }

    public IEnumerable<string> Answered(JsonElement rows, long? count)
    {
        if (Count)
            yield return $"count {count}";
        foreach (var row in rows.EnumerateArray())
            yield return Line(row);
    }

    private IEnumerable<Property> Shown => (Select ?? Entity.Properties).Concat(Compute.Select(named => new Property(named.Name, named.Kind)));

    private string Line(Row row) => string.Join(" | ",
    [
        .. Select is null ? Entity.Properties.Select(property => Json.Text(property, row[property.Name])) : Select.Select(property => Json.Text(property, row[property.Name])),
        .. Compute.Select(named => Json.Text(new(named.Name, named.Kind), Evaluator.Value(named, row))),
        .. Expand.Select(item => Within(item.Navigation, item.Asked.Expected(row.Follow(item.Navigation.Name)))),
    ]);

    public string Line(JsonElement row)
    {
        var expected = Shown.Select(property => property.Name.Split('/').First(name => !name.Contains('.', StringComparison.Ordinal))).Concat(Expand.Select(item => item.Navigation.Member)).ToHashSet();
        var odd = row.EnumerateObject().Where(member => !member.Name.Contains('@', StringComparison.Ordinal) && !expected.Contains(member.Name)).Select(member => $"unasked {member.Name}");
        return string.Join(" | ",
        [
            .. Shown.Select(property => Json.Text(property, Json.Value(property, row))),
            .. Expand.Select(item => Within(item.Navigation, Nested(item.Navigation, item.Asked, row))),
            .. odd,
        ]);
    }

    private static IEnumerable<string> Nested(Navigation navigation, Query query, JsonElement row)
    {
        var value = row.GetProperty(navigation.Member);
        if (!navigation.IsMany)
            return value.ValueKind == JsonValueKind.Null ? [] : [query.Line(value)];
        return query.Answered(value, row.TryGetProperty($"{navigation.Member}@odata.count", out var count) ? count.GetInt64() : null);
    }

    private static string Within(Navigation navigation, IEnumerable<string> lines) => $"{navigation.Name}: [{string.Join("; ", lines)}]";

    /// <summary>By the terms, then by the key.</summary>
    public static IEnumerable<Row> Sorted(Entity entity, IEnumerable<Row> rows, IEnumerable<(Expression Value, bool IsDescending)> order) =>
        order.Concat(entity.Key.Select(key => ((Expression)new Expression.Path(Kind.Int64, "", [], key), IsDescending: false)))
            .Aggregate(rows.Order(Comparer<Row>.Create((_, _) => 0)), (sorted, term) => sorted.ThenBy(row => Evaluator.Value(term.Item1, row), Direction(term.IsDescending)));

    private static Comparer<object?> Direction(bool isDescending) => Comparer<object?>.Create((left, right) => isDescending ? Evaluator.Compare(right, left) : Evaluator.Compare(left, right));
}

/// <summary>Words, of which all or one must be found, or none.</summary>
internal sealed record Search(string First, string Second, string Operator)
{
    public string Text => $"{First} {Operator} {Second}";

    public bool Finds(Entity entity, Row row) => Operator switch
    {
        "AND" => Contains(entity, row, First) && Contains(entity, row, Second),
        "OR" => Contains(entity, row, First) || Contains(entity, row, Second),
        _ => Contains(entity, row, First) && !Contains(entity, row, Second),
    };

    public static bool Covers(Property property) => property is { Kind: Kind.String, Type: null };

    private static bool Contains(Entity entity, Row row, string word) =>
        entity.Properties.Any(property => Covers(property) && ((string?)row[property.Name])?.ToLowerInvariant().Contains(word.ToLowerInvariant(), StringComparison.Ordinal) == true);
}
