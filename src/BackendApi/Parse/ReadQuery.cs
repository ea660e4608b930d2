using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>A GET as the URL says it, bound to the EDM: the path and the system query options.</summary>
public sealed record ReadQuery(ResourcePath Path, QueryOptions Options);

/// <param name="Text">The path as the client wrote it, percent-decoded, below the service root.</param>
/// <param name="Type">The type of what the path leads to; null for the service document, <c>$metadata</c> and the like.</param>
public sealed record ResourcePath(string Text, IReadOnlyList<PathSegment> Segments, IEdmTypeReference? Type);

/// <summary>The segments of a resource path (URL Conventions, 4).</summary>
public abstract record PathSegment(Position At)
{
    public sealed record Metadata(Position At) : PathSegment(At);
    public sealed record Batch(Position At) : PathSegment(At);
    public sealed record EntitySet(Position At, IEdmNavigationSource Set) : PathSegment(At);
    public sealed record Singleton(Position At, IEdmSingleton Definition) : PathSegment(At);
    /// <summary>A key predicate or a key-as-segment; <see cref="Values"/> name the properties of the key or of an alternate key.</summary>
    public sealed record Key(Position At, IReadOnlyList<KeyValue> Values) : PathSegment(At);
    public sealed record Property(Position At, IEdmStructuralProperty Definition) : PathSegment(At);
    public sealed record Navigation(Position At, IEdmNavigationProperty Definition) : PathSegment(At);
    public sealed record TypeCast(Position At, IEdmType Type) : PathSegment(At);
    public sealed record Count(Position At) : PathSegment(At);
    public sealed record Value(Position At) : PathSegment(At);
    public sealed record Reference(Position At) : PathSegment(At);
    public sealed record Filter(Position At, Expression Predicate) : PathSegment(At);
    public sealed record Each(Position At) : PathSegment(At);
    public sealed record Query(Position At) : PathSegment(At);
    public sealed record All(Position At) : PathSegment(At);
    public sealed record Entity(Position At) : PathSegment(At);
    /// <param name="Type">A collection of rows with a navigation property for each set, which options name it by.</param>
    public sealed record CrossJoin(Position At, IReadOnlyList<IEdmEntitySet> Sets, IEdmCollectionTypeReference Type) : PathSegment(At);
    public sealed record Operation(Position At, IEdmOperation Definition, IReadOnlyList<(string Name, Expression Value)> Arguments) : PathSegment(At);
}

/// <summary>One part of a key: the property and its literal, in the property's CLR type.</summary>
public sealed record KeyValue(IEdmStructuralProperty Property, object Value);

/// <summary>The system query options of a request or of an expanded or selected item; what is absent is null or empty.</summary>
public sealed record QueryOptions
{
    public static readonly QueryOptions None = new();

    public Expression? Filter { get; init; }
    public SearchExpression? Search { get; init; }
    public IReadOnlyList<OrderByItem> OrderBy { get; init; } = [];
    /// <summary>Null when <c>$select</c> is absent: every structural property.</summary>
    public IReadOnlyList<SelectItem>? Select { get; init; }
    public IReadOnlyList<ExpandItem> Expand { get; init; } = [];
    public IReadOnlyList<ComputeItem> Compute { get; init; } = [];
    public IReadOnlyList<Transformation>? Apply { get; init; }
    public long? Top { get; init; }
    public long? Skip { get; init; }
    public bool? Count { get; init; }
    /// <summary>Levels of a recursive expansion; <see cref="int.MaxValue"/> for <c>max</c>.</summary>
    public int? Levels { get; init; }
    public string? SkipToken { get; init; }
    public string? DeltaToken { get; init; }
    public string? Format { get; init; }
    public string? Id { get; init; }
    public string? SchemaVersion { get; init; }
    /// <summary>The place of a new item in an ordered collection; negative from its end.</summary>
    public long? Index { get; init; }
}

public sealed record OrderByItem(Position At, Expression Value, bool IsDescending);

/// <summary>One <c>$select</c> item. <see cref="Path"/> is empty for <c>*</c>.</summary>
/// <param name="Cast">The type that a qualified name in front of the path names.</param>
public sealed record SelectItem(
    Position At, IReadOnlyList<IEdmProperty> Path, string? ComputedName = null, QueryOptions? Options = null, IEdmType? Cast = null)
{
    public bool IsAll => Path.Count == 0 && ComputedName is null;
}

/// <summary>One <c>$expand</c> item: a navigation property with what stands behind it. <see cref="Navigation"/> is null for <c>*</c>.</summary>
/// <param name="Texts">The options between the item's parentheses as the client wrote them, percent-decoded; the next link of a nested page repeats them.</param>
public sealed record ExpandItem(
    Position At, IEdmNavigationProperty? Navigation, ExpandForm Form, QueryOptions Options, IEdmType? SourceCast = null, IEdmType? TargetCast = null,
    IReadOnlyList<string>? Texts = null)
{
    /// <summary>A level of <c>$levels=max</c>: an entity that contains itself is shown there as a reference.</summary>
    public bool EndsCycles { get; init; }
}

/// <summary>What an expansion yields: the entities, their references (<c>/$ref</c>), or their number (<c>/$count</c>).</summary>
public enum ExpandForm { Entities, References, Count }

public sealed record ComputeItem(Position At, Expression Value, string Name);
