using System.Collections.Immutable;
using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>What a GET will read and how it will be answered, free of HTTP and of SQL text.</summary>
/// <param name="Owner">The entity whose navigation leads here: when nothing is found and the owner does not exist either, the answer is 404.</param>
public abstract record ReadPlan(RowsPlan Rows, Subquery? Owner)
{
    public sealed record Collection(RowsPlan Rows, Subquery? Owner) : ReadPlan(Rows, Owner)
    {
        /// <summary>The client can be told later what has changed in it.</summary>
        public bool CanTrackChanges { get; init; }

        /// <summary>From which stamp of the change log on: known from the second page on.</summary>
        public long? Horizon { get; init; }
    }

    /// <summary>What has changed since a delta link was given: rows as they are now, and keys of those that are gone.</summary>
    /// <param name="Rows">Of the defining query.</param>
    /// <param name="Whole">Of the set, where the query narrows it: a row that is here and not there has left the query's result and still exists.</param>
    /// <param name="IsCount">The number of changes alone.</param>
    public sealed record Changes(RowsPlan Rows, RowsPlan? Whole, bool IsCount) : ReadPlan(Rows, Owner: null);

    /// <summary>One entity. Without a row: 404, or 204 when the owner exists and leads nowhere.</summary>
    public sealed record Entity(RowsPlan Rows, Subquery? Owner) : ReadPlan(Rows, Owner);

    /// <summary>A structural property of one entity; <paramref name="IsRaw"/> for <c>/$value</c>.</summary>
    public sealed record Property(RowsPlan Rows, PropertyModel Definition, bool IsRaw, Subquery? Owner) : ReadPlan(Rows, Owner);

    /// <summary>A complex property of one entity; the shape of the rows has this one member.</summary>
    public sealed record Complex(RowsPlan Rows, Subquery? Owner) : ReadPlan(Rows, Owner);

    /// <summary>The number of items of a collection of primitive values: the one column of the one row.</summary>
    public sealed record ItemCount(RowsPlan Rows, Subquery? Owner) : ReadPlan(Rows, Owner);

    /// <summary>A stream, of a media entity or of a property: the columns are its media type, where a column says it, and then the stream.</summary>
    public sealed record Media(RowsPlan Rows, MediaModel Content, Subquery? Owner) : ReadPlan(Rows, Owner);

    /// <summary><c>/$count</c>.</summary>
    public sealed record Count(RowsPlan Rows, Subquery? Owner) : ReadPlan(Rows, Owner);

    /// <summary><c>$all</c>, or its number. The service has one set at least.</summary>
    public sealed record All(IReadOnlyList<RowsPlan> Sets, bool IsCount, long Skip, long? Top, int PageSize, bool WithCount) : ReadPlan(Sets[0], null);
}

/// <summary>Rows of one entity set: what is selected, from where, in which order, and how much of it.</summary>
public sealed record RowsPlan
{
    public required EntitySetModel Set { get; init; }
    public required Source From { get; init; }
    public required IReadOnlyList<Join> Joins { get; init; }
    public Condition? Where { get; init; }
    /// <summary>Ends with the key, so that the order is total.</summary>
    public required IReadOnlyList<OrderTerm> OrderBy { get; init; }
    /// <summary>The select list; <see cref="Shape"/> and <see cref="OrderBy"/> point into it.</summary>
    public required IReadOnlyList<Term> Columns { get; init; }
    public required EntityShape Shape { get; init; }
    public long Skip { get; init; }
    /// <summary>What is left of the client's <c>$top</c>; null is everything.</summary>
    public long? Top { get; init; }
    /// <summary>Order values of the last row before these; null at the beginning.</summary>
    public IReadOnlyList<object?>? After { get; init; }
    /// <summary>Rows of one page.</summary>
    public required int PageSize { get; init; }
    /// <summary><c>$count=true</c>: the number of all rows goes along.</summary>
    public bool WithCount { get; init; }

    /// <summary>Nothing is read but columns of the set's own row.</summary>
    public bool IsOfOwnRow => !Shape.HasCollections && Columns.All(column => column is Term.Column { Source: var source } && ReferenceEquals(source, From));
    /// <summary>The position of the owner, where the rows of an expanded collection are transformed; null where the rows are found by <see cref="ShapeCollection.Lookup"/>.</summary>
    public Term.Column? Owner { get; init; }
}

/// <summary>What a row stands for.</summary>
public enum ShapeForm
{
    Entity,
    /// <summary>The entity's reference alone, as <c>@odata.id</c>.</summary>
    Reference,
    /// <summary>One entity of each set of a <c>$crossjoin</c>.</summary>
    CrossJoin,
    /// <summary>What <c>$apply</c> made of several: nothing by which it could be asked for again.</summary>
    Transient,
}

/// <param name="Ordinal">Where in the select list the value is read for the next link.</param>
public sealed record OrderTerm(Term Value, bool IsDescending, int Ordinal);

/// <summary>How a row becomes a JSON object.</summary>
/// <param name="Key">Where the key's values are, in key order.</param>
/// <param name="Presence">For an entity behind an outer join: the column that is null exactly when there is none.</param>
/// <param name="ETag">Where the columns of the ETag are; null when there is none.</param>
/// <param name="IsPartial"><c>$select</c> left properties out.</param>
public sealed record EntityShape(
    EntitySetModel Set,
    ImmutableArray<ShapeProperty> Properties,
    IReadOnlyList<ShapeReference> References,
    IReadOnlyList<ShapeCollection> Collections,
    IReadOnlyList<int> Key,
    int? Presence,
    IReadOnlyList<int>? ETag,
    bool IsPartial)
{
    public ShapeForm Form { get; init; }

    /// <summary>The entities of a cross join that are not expanded: only their addresses are written.</summary>
    public IReadOnlyList<ShapeReference> Links { get; init; } = [];

    /// <summary>Objects inside a transient one, for paths that it was grouped by.</summary>
    public IReadOnlyList<ShapeObject> Objects { get; init; } = [];

    /// <summary>Navigation properties that <c>$select</c> names.</summary>
    public IReadOnlyList<NavigationModel> SelectedNavigations { get; init; } = [];

    /// <summary>Complex properties of the entity.</summary>
    public IReadOnlyList<ShapeComplex> Complex { get; init; } = [];

    /// <summary>Where the media type of a media entity stands; null when no column says it.</summary>
    public int? MediaType { get; init; }

    /// <summary>Properties of type Edm.Stream, as far as control information tells of them.</summary>
    public IReadOnlyList<ShapeStream> Streams { get; init; } = [];

    /// <summary>What rows of derived types show besides; null for a set without such types.</summary>
    public ShapeTypes? Types { get; init; }

    /// <summary>The type that every row has because the path casts to it, as the context URL says.</summary>
    public DerivedModel? Type { get; init; }

    /// <summary>A row carries collections: its own, or those of an entity that it refers to.</summary>
    public bool HasCollections { get; } = Collections.Count > 0 || References.Any(reference => reference.Shape.HasCollections);

    /// <summary>Below, an entity that contains itself is shown as a reference.</summary>
    public bool EndsCycles { get; } = References.Any(reference => reference.EndsCycles) || Collections.Any(collection => collection.EndsCycles);
}

/// <param name="MediaType">Where the media type of the stream stands; null when no column says it.</param>
public sealed record ShapeStream(StreamModel Stream, int? MediaType);

/// <param name="IsNullable">The column can be null in this place.</param>
public sealed record ShapeProperty(PropertyModel Property, int Ordinal, bool IsNullable)
{
    /// <summary>Rows of a concatenation differ in what they have: every one of these must say that the row has it.</summary>
    public IReadOnlyList<ShapePresence> Presence { get; init; } = [];

    /// <summary>Where the number of a collection's items stands, which <c>$count=true</c> asks for.</summary>
    public int? Count { get; init; }
}

/// <param name="Ordinal">Where the number of the row's part stands; null for a row of another concatenation.</param>
/// <param name="Parts">The parts that have the member.</param>
public sealed record ShapePresence(int Ordinal, IReadOnlyList<bool> Parts);

/// <summary>An object for a path that rows were grouped by.</summary>
public sealed record ShapeObject(string Name, System.Text.Json.JsonEncodedText JsonName, EntityShape Shape)
{
    /// <summary>Members that no entity is without: where one is null, the path has led nowhere, and so is the object.</summary>
    public IReadOnlyList<ShapeProperty> Required { get; } = [.. Shape.Properties.Where(property => property.Property is { IsDynamic: false, Edm.Type.IsNullable: false })];

    /// <summary>The column that is null where an outer join has found nothing; null where it cannot.</summary>
    public int? Presence { get; init; }

    /// <summary>Some rows have none of its members.</summary>
    public bool CanBeAbsent { get; } = Shape.Properties.All(property => property.Presence.Count > 0) && Shape.Objects.All(inner => inner.CanBeAbsent) && Shape.References.Count == 0;
}

/// <summary>The structural members of a row, or of a complex value in it.</summary>
public sealed record ShapeMembers(ImmutableArray<ShapeProperty> Properties, IReadOnlyList<ShapeComplex> Complex);

/// <param name="Presence">The value is null when all of these columns are; null for a value that always is there.</param>
/// <param name="IsPartial"><c>$select</c> left members out.</param>
public sealed record ShapeComplex(ComplexModel Complex, ShapeMembers Members, IReadOnlyList<int>? Presence, bool IsPartial);

/// <param name="Discriminator">Where the value of <paramref name="Column"/> stands, which tells the type; null when every row is of the one type that is listed.</param>
public sealed record ShapeTypes(int? Discriminator, ColumnSchema Column, IReadOnlyList<ShapeDerived> Derived);

/// <param name="Members">What rows of this type have besides.</param>
public sealed record ShapeDerived(DerivedModel Type, ShapeMembers Members);

/// <summary>An expanded single-valued navigation, joined into the same row.</summary>
/// <param name="IsRecursive">The same expansion goes on inside (<c>$levels</c>).</param>
public sealed record ShapeReference(NavigationModel Navigation, EntityShape Shape, bool IsRecursive)
{
    /// <summary>Only rows of this type have the navigation; null for every row.</summary>
    public DerivedModel? OnlyFor { get; init; }

    /// <summary>An entity that contains itself is shown as a reference (<c>$levels=max</c>).</summary>
    public bool EndsCycles { get; init; }
}

/// <summary>An expanded collection, read by a statement of its own for many owners at once.</summary>
/// <param name="Form">Entities, their references, or their number alone.</param>
/// <param name="Owner">Where in the owner's row the values stand by which the rows are found.</param>
/// <param name="OwnerKey">Where the owner's key stands, for the next link of a collection that is cut off.</param>
/// <param name="Lookup">The columns that those values are looked up in: of the rows themselves, or of the link table that <paramref name="Link"/> joins.</param>
/// <param name="Link">The link table of a many-to-many relation, and what joins the rows to it.</param>
/// <param name="IsRecursive">The same expansion goes on inside (<c>$levels</c>).</param>
/// <param name="Options">The options of the item as a URL of the collection says them, for next links.</param>
public sealed record ShapeCollection(
    NavigationModel Navigation, ExpandForm Form, RowsPlan Rows, IReadOnlyList<ShapeOwnerValue> Owner, IReadOnlyList<int> OwnerKey, IReadOnlyList<Term.Column> Lookup,
    Join? Link, bool IsRecursive, IReadOnlyList<string> Options)
{
    /// <summary>Only rows of this type are in it; null for all.</summary>
    public DerivedModel? Target { get; init; }

    /// <summary>Only rows of this type have the navigation; null for every row.</summary>
    public DerivedModel? OnlyFor { get; init; }

    /// <summary>An entity that contains itself is shown as a reference (<c>$levels=max</c>).</summary>
    public bool EndsCycles { get; init; }
}

/// <summary>A value of the owner's row that leads to its collection, read as the kind of its column.</summary>
public sealed record ShapeOwnerValue(ColumnSchema Column, int Ordinal);
