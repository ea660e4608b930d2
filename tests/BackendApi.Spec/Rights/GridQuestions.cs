namespace BackendApi.Spec.Rights;

/// <summary>Random questions over the whole shop: they name sets, properties and relations without regard to who asks.</summary>
internal sealed class GridQuestions(Random random)
{
    private static readonly (string Source, string Name, string Target, bool IsCollection)[] Navigations =
    [
        ("Customers", "Orders", "Orders", true), ("Customers", "Manager", "Customers", false), ("Customers", "Tags", "Tags", true),
        ("Orders", "Customer", "Customers", false), ("Orders", "Items", "Items", true),
    ];

    public string Next()
    {
        var set = Some(GridShop.Sets);
        return random.Next(12) switch
        {
            0 => $"{set.Name}/$count?$filter={Condition(set, "")}",
            1 => $"{set.Name}({Key(set)})",
            2 => $"{set.Name}({Key(set)})/{Property(set)}",
            3 when Navigation(set) is { } way => $"{set.Name}({Key(set)})/{way.Name}",
            4 => $"{set.Name}?$apply=groupby(({Property(set)}),aggregate($count as Number))&$orderby={Property(set)},Number",
            5 => $"{set.Name}?$apply=filter({Condition(set, "")})/aggregate($count as Number)",
            6 => $"$crossjoin({set.Name},Tags)?$filter={set.Name}/{Property(set)} ne null and Tags/Id eq 1&$count=true&$top=3&$expand={set.Name}",
            7 => $"{set.Name}?$compute={Property(set)} eq null as Gone&$select=Gone&$orderby={Order(set)}",
            8 => $"{set.Name}/$filter({Condition(set, "")})?$orderby={Order(set)}",
            _ => $"{set.Name}?$filter={Condition(set, "")}&$orderby={Order(set)}{Expansion(set)}{(random.Next(2) == 0 ? "&$count=true" : "")}",
        };
    }

    private string Condition(GridSet set, string prefix, int depth = 0) => random.Next(depth < 2 ? 9 : 4) switch
    {
        0 => $"{prefix}{Property(set)} ne null",
        1 => $"{prefix}{Property(set)} eq {Literal()}",
        2 => $"{prefix}{Property(set)} gt {Literal()}",
        3 => $"startswith({prefix}{Property(set)},{Literal()})",
        4 => $"({Condition(set, prefix, depth + 1)} or {Condition(set, prefix, depth + 1)})",
        5 => $"not({Condition(set, prefix, depth + 1)})",
        6 or 7 when Navigation(set) is { } way => way.IsCollection
            ? random.Next(2) == 0 ? $"{prefix}{way.Name}/$count gt {random.Next(3)}" : $"{prefix}{way.Name}/any(x{depth}:{Condition(Target(way.Target), $"x{depth}/", depth + 1)})"
            : $"{prefix}{way.Name}/{Property(Target(way.Target))} {Some("eq", "ne", "lt")} {Literal()}",
        _ => $"{prefix}{Property(set)} eq null",
    };

    private string Order(GridSet set) => Navigation(set) switch
    {
        { IsCollection: false } way when random.Next(3) == 0 => $"{way.Name}/{Property(Target(way.Target))} desc",
        { IsCollection: true } way when random.Next(3) == 0 => $"{way.Name}/$count",
        _ => $"{Property(set)}{Some("", " desc")}",
    };

    private string Expansion(GridSet set) => Navigation(set) is { } way && random.Next(2) == 0
        ? $"&$expand={way.Name}{(random.Next(2) == 0 ? "" : $"($select={Property(Target(way.Target))})")}"
        : random.Next(3) == 0 ? $"&$select={Property(set)}" : "";

    private (string Source, string Name, string Target, bool IsCollection)? Navigation(GridSet set)
    {
        var ways = Navigations.Where(way => way.Source == set.Name).ToList();
        return ways.Count == 0 ? null : Some(ways);
    }

    private static GridSet Target(string name) => GridShop.Sets.First(set => set.Name == name);

    private string Property(GridSet set) => Some(set.Properties).Property;

    private string Key(GridSet set) => set.Key.Count == 1 ? $"{random.Next(1, 13)}" : $"OrderId={random.Next(1, 13)},Line={random.Next(1, 3)}";

    private string Literal() => Some("1", "10", "30", "'A'", "'DE'", "'pen'", "2026-01-10");

    private T Some<T>(params IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
