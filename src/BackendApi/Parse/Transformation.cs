using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>The transformations of <c>$apply</c> (Data Aggregation 3): each takes a collection and yields another.</summary>
public abstract record Transformation(Position At)
{
    public sealed record Identity(Position At) : Transformation(At);

    public sealed record Filter(Position At, Expression Predicate) : Transformation(At);

    public sealed record Search(Position At, SearchExpression Text) : Transformation(At);

    public sealed record Compute(Position At, IReadOnlyList<ComputeItem> Items) : Transformation(At);

    public sealed record OrderBy(Position At, IReadOnlyList<OrderByItem> Items) : Transformation(At);

    public sealed record Skip(Position At, long Count) : Transformation(At);

    public sealed record Top(Position At, long Count) : Transformation(At);

    /// <summary><c>topcount</c>, <c>bottomsum</c> and their like: the first rows by <paramref name="Value"/> until <paramref name="Limit"/> is reached.</summary>
    public sealed record Ranked(Position At, RankedBy By, bool IsTop, decimal Limit, Expression Value) : Transformation(At);

    public sealed record Aggregate(Position At, IReadOnlyList<AggregateItem> Items) : Transformation(At);

    /// <param name="Sets">The paths to group by; several lists for the levels of <c>rollup</c>, finest first.</param>
    /// <param name="Then">Applied to each group.</param>
    public sealed record GroupBy(Position At, IReadOnlyList<IReadOnlyList<GroupingPath>> Sets, IReadOnlyList<Transformation> Then) : Transformation(At);

    /// <summary>A row for each related entity, which <paramref name="Alias"/> leads to; with <paramref name="IsOuter"/> also one where there is none.</summary>
    /// <param name="Then">Applied to the related entities of each row.</param>
    public sealed record Join(Position At, IEdmNavigationProperty Navigation, string Alias, IReadOnlyList<Transformation> Then, bool IsOuter) : Transformation(At);

    public sealed record Concat(Position At, IReadOnlyList<IReadOnlyList<Transformation>> Parts) : Transformation(At);
}

/// <summary>What a limit of <see cref="Transformation.Ranked"/> counts.</summary>
public enum RankedBy { Count, Sum, Percent }

/// <summary>A property that rows are grouped by, with the path that it has in the result, such as <c>Customer/Country</c>.</summary>
public sealed record GroupingPath(Expression Value, string Path)
{
    /// <summary>The path ends at a navigation property: rows are grouped by the entity that it leads to.</summary>
    public bool IsEntity => Value is Expression.Navigation;
}

/// <summary>One aggregate expression (Data Aggregation 3.2.1.1).</summary>
/// <param name="Method">A row of <see cref="Aggregates"/>.</param>
/// <param name="Path">Navigation to the entities that are aggregated, each of which counts once; empty for the rows themselves.</param>
/// <param name="Value">What is aggregated of them; null for the rows or entities as such.</param>
public sealed record AggregateItem(
    Position At, FunctionRow Method, IReadOnlyList<IEdmNavigationProperty> Path, Expression? Value, string Name, IEdmTypeReference Type)
{
    /// <summary>The grouping of the keyword <c>from</c> (3.2.1.5): its groups are what is aggregated in place of the rows.</summary>
    public Transformation.GroupBy? From { get; init; }
}
