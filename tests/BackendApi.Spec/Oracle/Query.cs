using System.Text.Json;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>The options about a set, or about what a navigation property leads to.</summary>
/// <param name="Select">Null: everything.</param>
internal sealed record Query(
    Entity Entity, IReadOnlyList<Expression.Named> Compute, Expression? Filter, Search? Search, IReadOnlyList<(Expression Value, bool IsDescending)> Order, int? Skip, int? Top, bool Count,
    IReadOnlyList<Property>? Select, IReadOnlyList<(Navigation Navigation, Query Query)> Expand)
{
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
            yield return ("$expand", string.Join(',', Expand.Select(item => item.Navigation.Name + Nested(item.Query))));
    }

    /// <summary>The answer of rows, in text: a line for each, and the number of all in front when it was asked for.</summary>
    public IEnumerable<string> Expected(IEnumerable<Row> rows)
    {
        var found = rows.Where(row => (Filter is null || Evaluator.IsTrue(Filter, row)) && (Search is null || Search.Finds(Entity, row))).ToList();
        if (Count)
            yield return $"count {found.Count}";
        var ordered = Order.Concat(Entity.Key.Select(key => ((Expression)new Expression.Path(Kind.Int64, "", [], key), IsDescending: false)))
            .Aggregate(found.Order(Comparer<Row>.Create((_, _) => 0)), (order, term) => order.ThenBy(row => Evaluator.Value(term.Item1, row), Direction(term.IsDescending)));
        foreach (var row in ordered.Skip(Skip ?? 0).Take(Top ?? int.MaxValue))
            yield return Line(row);
    }

    /// <summary>The same of what the service answered.</summary>
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
        .. Expand.Select(item => Within(item.Navigation, item.Query.Expected(row.Follow(item.Navigation.Name)))),
    ]);

    private string Line(JsonElement row)
    {
        var expected = Shown.Select(property => property.Name.Split('/')[0]).Concat(Expand.Select(item => item.Navigation.Name)).ToHashSet();
        var odd = row.EnumerateObject().Where(member => !member.Name.Contains('@', StringComparison.Ordinal) && !expected.Contains(member.Name)).Select(member => $"unasked {member.Name}");
        return string.Join(" | ",
        [
            .. Shown.Select(property => Json.Text(property, Json.Value(property.Kind, row, property.Name))),
            .. Expand.Select(item => Within(item.Navigation, Nested(item.Navigation, item.Query, row))),
            .. odd,
        ]);
    }

    private static IEnumerable<string> Nested(Navigation navigation, Query query, JsonElement row)
    {
        var value = row.GetProperty(navigation.Name);
        if (!navigation.IsMany)
            return value.ValueKind == JsonValueKind.Null ? [] : [query.Line(value)];
        return query.Answered(value, row.TryGetProperty($"{navigation.Name}@odata.count", out var count) ? count.GetInt64() : null);
    }

    private static string Within(Navigation navigation, IEnumerable<string> lines) => $"{navigation.Name}: [{string.Join("; ", lines)}]";

    private static string Nested(Query query) => query.Options().ToList() is { Count: > 0 } options ? $"({string.Join(';', options.Select(option => $"{option.Name}={option.Value}"))})" : "";

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

    private static bool Contains(Entity entity, Row row, string word) =>
        entity.Properties.Any(property => property.Kind == Kind.String && ((string?)row[property.Name])?.ToLowerInvariant().Contains(word.ToLowerInvariant(), StringComparison.Ordinal) == true);
}
