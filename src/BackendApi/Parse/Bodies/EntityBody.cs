using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>What is done with the entity of a body. Nested entities inherit it.</summary>
public enum BodyPurpose
{
    /// <summary>POST: what is left out takes its default.</summary>
    Create,
    /// <summary>PATCH: what is left out stays.</summary>
    Update,
    /// <summary>PUT: what is left out is set back to its default.</summary>
    Replace,
}

/// <summary>In whose words a body speaks, and is spoken of in errors.</summary>
public enum BodyDialect { OData, DataExchange }

/// <summary>
/// One entity as a request body says it (JSON Format 4.01, 7; the Data Exchange dialect yields the same), bound to its set: names have become
/// properties, texts have become values of their types, already transformed and checked by the rules of their fields.
/// </summary>
/// <remarks>
/// The body of a POST is complete. Otherwise the database knows whether an entity is changed or created: <see cref="ToUpdate"/> or <see cref="ToCreate"/> says
/// what that stores.
/// </remarks>
/// <param name="path">Where in the body it stands, for errors.</param>
public sealed partial class EntityBody(EntitySetModel set, BodyPath path)
{
    public EntitySetModel Set => set;

    public BodyPath Path => path;

    public BodyPurpose Purpose { get; init; }

    public BodyDialect Dialect { get; init; }

    /// <summary>The fields that the body is about, where the address names a property; null for all.</summary>
    internal IReadOnlyList<BodyField>? Part { get; init; }

    /// <summary>The derived type that <c>@odata.type</c> or the address names; null for the set's own. Its column is not among the values.</summary>
    public DerivedModel? Type { get; init; }

    /// <summary>What is to be stored, in the order of the body. A complex property stands as its columns.</summary>
    public IReadOnlyList<BodyValue> Values => [.. Row.Select((value, i) => new BodyValue(Layout.Fields[i].Property, value))];

    /// <summary>The fields of <see cref="Row"/>.</summary>
    internal BodyLayout Layout { get; init; } = BodyLayout.None;

    /// <summary>The values alone, which nobody changes any more.</summary>
    internal object?[] Row { get; init; } = [];

    /// <summary>Values that are to be looked up before they are stored.</summary>
    public IReadOnlyList<BodyLookup> Lookups { get; init; } = [];

    /// <summary>What the body gives, but wrongly: it is not missing as well.</summary>
    internal IReadOnlyList<BodyField> Refused { get; init; } = [];

    /// <summary>What a replacement sets back: to the column's default, or to null.</summary>
    public IReadOnlyList<PropertyModel> Resets { get; init; } = [];

    /// <summary>The key, where the body names it whole: by its properties, or by <c>@odata.id</c>. In key order.</summary>
    public IReadOnlyList<object>? Key { get; init; }

    /// <summary>What the body says of the key by its properties, also in part and where it is not stored from there: in key order, null for what it does not say.</summary>
    public IReadOnlyList<object?> KeyParts { get; init; } = [];

    /// <summary>The alternate key that <c>@odata.id</c> names.</summary>
    public EntityReference? AlternateKey { get; init; }

    /// <summary>
    /// An existing entity may be meant: each part of the key is given or comes from the entity around this one, or there is an alternate key. A nested entity
    /// without that is a new one.
    /// </summary>
    public bool IsIdentified { get; init; }

    /// <summary>Columns that the entity around this one or the address fills.</summary>
    public IReadOnlyList<ColumnSchema> Filled { get; init; } = [];

    public IReadOnlyList<BodyRelation> Relations { get; init; } = [];

    /// <summary><c>@odata.etag</c>: the entity is changed only while it has this tag.</summary>
    public string? ETag { get; init; }

    /// <summary>The item of a delta is one that is to go: deleted, or no longer part of the collection.</summary>
    public Removal? Removed { get; init; }
}

/// <summary><c>@removed</c> of a delta (JSON Format 4.01, 15.3).</summary>
public enum Removal { Deleted, Changed }

/// <param name="Value">In the CLR type of the property's kind (<see cref="ValueKind"/>); null for null.</param>
public sealed record BodyValue(PropertyModel Property, object? Value);

/// <summary>A value that names a row of another set; what is stored is the key of that row.</summary>
/// <param name="Value">In the CLR type of the kind of <see cref="LookupModel.By"/>; never null.</param>
/// <param name="Path">Where in the body it stands, for errors.</param>
public sealed record BodyLookup(PropertyModel Property, LookupModel Lookup, object Value, BodyPath Path);

/// <summary>What a body says of a navigation property.</summary>
/// <param name="Path">Where in the body it stands, for errors.</param>
public abstract record BodyRelation(NavigationModel Navigation, BodyPath Path)
{
    /// <summary>The entity refers to the related one: its foreign key takes that one's values.</summary>
    internal bool FillsOwner => Navigation.IsDependent && this is Nested or Bound;

    /// <summary><c>Customer@odata.bind</c>, or in 4.01 an object with nothing but <c>@id</c>: entities that exist already. Empty: no entity (a single-valued navigation set to null).</summary>
    public sealed record Bound(NavigationModel Navigation, BodyPath Path, IReadOnlyList<EntityReference> Entities) : BodyRelation(Navigation, Path);

    /// <summary>Nested entities, which stand for all that are related once an existing entity is changed; some of a collection may be references.</summary>
    public sealed record Nested(NavigationModel Navigation, BodyPath Path, IReadOnlyList<EntityBody> Entities, IReadOnlyList<EntityReference> References) : BodyRelation(Navigation, Path);

    /// <summary><c>Orders@delta</c>: what changes among the related entities; the others stay. So do children in a change of the Data Exchange dialect.</summary>
    public sealed record Delta(NavigationModel Navigation, BodyPath Path, IReadOnlyList<EntityBody> Entities, IReadOnlyList<EntityReference> References) : BodyRelation(Navigation, Path);
}

/// <summary>An entity that is named by its key or an alternate key.</summary>
/// <param name="Set">The set that the reference names.</param>
/// <param name="Key">The properties and their values, each in the CLR type of its kind; empty for a singleton.</param>
/// <param name="Path">Where in the body it stands, for errors.</param>
public sealed record EntityReference(EntitySetModel Set, IReadOnlyList<(PropertyModel Property, object Value)> Key, BodyPath Path);
