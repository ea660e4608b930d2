using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>
/// One entity set of a snapshot: its place in the EDM and the columns behind it. Immutable once the snapshot is built;
/// the lists are filled by <see cref="ModelBuilder"/> before anything else can see them, because sets refer to each other.
/// </summary>
public sealed class EntitySetModel
{
    public required string Name { get; init; }
    public required string Alias { get; init; }
    /// <summary>The document with everything filled in that it left out.</summary>
    public required EndpointDefinition Definition { get; init; }
    /// <summary>The class that every write goes through, in a set of a module; null where writes go straight to the table.</summary>
    internal Type? Facade { get; init; }
    /// <summary>Its entities are written as whole documents, which only its facade can read.</summary>
    internal bool TakesDocuments { get; init; }
    public string? Description { get; init; }
    public required TableSchema Table { get; init; }
    public required EdmEntityType EntityType { get; init; }
    /// <summary>The entity set, or the singleton, of the container.</summary>
    public required EdmNavigationSource Source { get; init; }
    public bool IsSingleton => Source is EdmSingleton;
    /// <summary>The exposed members in document order.</summary>
    public required Structure Members { get; init; }
    /// <summary>The properties of the entity itself, without those inside complex ones.</summary>
    public IReadOnlyList<PropertyModel> Properties => Members.Properties;
    public required FrozenDictionary<string, PropertyModel> PropertiesByName { get; init; }
    /// <summary>The types derived from the set's, told by a column; each row is of one of them at most.</summary>
    public IReadOnlyList<DerivedModel> Derived { get; init; } = [];
    /// <summary>Set when the entities are media entities.</summary>
    public MediaModel? Media { get; init; }
    /// <summary>Properties of type Edm.Stream.</summary>
    public IReadOnlyList<StreamModel> Streams { get; init; } = [];
    public required IReadOnlyList<PropertyModel> Key { get; init; }
    /// <summary>The columns of the key, in its order.</summary>
    internal RowColumns KeyColumns => field ??= new([.. Key.Select(property => property.Column)], new string?[Key.Count]);
    public required IReadOnlyList<IReadOnlyList<PropertyModel>> AlternateKeys { get; init; }
    public IReadOnlyList<NavigationModel> Navigations { get; internal set; } = [];
    public FrozenDictionary<string, NavigationModel> NavigationsByName { get; internal set; } = FrozenDictionary<string, NavigationModel>.Empty;
    /// <summary>What the entities' ETags are made of; null when they have none, as without a column for it where nothing is updated or deleted.</summary>
    public ETagModel? ETag { get; internal set; }
    /// <summary>What exists is changed or deleted only by a request with If-Match; else 428.</summary>
    public bool RequiresETag => ETag is not null && Definition.RequireETag;
    public required IReadOnlyList<PropertyModel> Search { get; init; }
    /// <summary>The definition's own <c>filter</c>, parsed against this set; every access to the set applies it.</summary>
    public Parse.Expression? RowFilter { get; internal set; }
    /// <summary>What the caller may do with it, in the model of a caller who may not do everything; null in the model itself.</summary>
    internal RowRights? Rights { get; set; }

    /// <summary>The set as its definition describes it, whatever the caller sees of it. <see cref="RowFilter"/>, <see cref="Rules"/> and <see cref="Computed"/> are about it.</summary>
    internal EntitySetModel Whole => Rights?.Whole ?? this;

    /// <summary>The answer to the request that creates an entity shows a secret of it, and no other does.</summary>
    internal bool ShowsSecret => Facade?.IsDefined(typeof(Resources.SecretAttribute), inherit: true) == true;

    /// <summary>Operations that are bound to its entities, as far as the caller may execute them.</summary>
    internal OperationOffer[] Offers { get; set; } = [];

    /// <summary>The definition's rules over several fields, which every written row must satisfy.</summary>
    public IReadOnlyList<RowRule> Rules { get; internal set; } = [];

    /// <summary>Properties whose value the database computes when a row is written, in document order, with the derived type that declares each; null for the set's own.</summary>
    public IReadOnlyList<(DerivedModel? Type, PropertyModel Property)> Computed { get; internal set; } = [];

    /// <summary>How the audit log names columns that are shown.</summary>
    internal IReadOnlyDictionary<ColumnSchema, JsonEncodedText> AuditNames => field ??= Members.Columns.Concat(Derived.SelectMany(derived => derived.Members.Columns))
        .DistinctBy(property => property.Column)
        .ToFrozenDictionary(property => property.Column, property => JsonEncodedText.Encode(property.Path, Sql.Audit.AuditJson.Options.Encoder), ReferenceEqualityComparer.Instance as IEqualityComparer<ColumnSchema>);

    /// <summary>How request bodies name the members of an entity.</summary>
    internal Parse.Bodies.BodyShapes Bodies => field ??= new(this);

    /// <summary>What a write shows of an entity when it is asked for nothing in particular; null before the first.</summary>
    internal Plan.Writing.Representation? Representation { get; set; }

    /// <summary>Set when clients can ask for what has changed in the set.</summary>
    public ChangeTracking? Changes { get; internal set; }
    /// <summary>
    /// The columns by which the change log names a row of the table; null when no set over it tracks changes. Whoever writes a row logs it, whichever
    /// set the row is written through.
    /// </summary>
    public IReadOnlyList<ColumnSchema>? LoggedKey { get; internal set; }

    /// <summary>Every complex type of the set, those of derived types too.</summary>
    public IEnumerable<ComplexModel> AllComplex => Members.AllComplex.Concat(Derived.SelectMany(derived => derived.Members.AllComplex));

    /// <summary>Every navigation with the path that leads to it from an entity of the set: one that a derived type declares stands behind its name.</summary>
    public IEnumerable<(string Path, NavigationModel Navigation)> NavigationPaths => Navigations.Select(navigation => (navigation.Name, navigation))
        .Concat(Derived.SelectMany(derived => derived.Navigations.Select(navigation => ($"{derived.Type.FullTypeName()}/{navigation.Name}", navigation))));

    /// <summary>The column behind a property of the entity type, of a derived type or of a complex property; null when it has none of its own.</summary>
    public PropertyModel? Column(IEdmProperty property)
    {
        if (ReferenceEquals(property.DeclaringType, EntityType))
            return PropertiesByName.GetValueOrDefault(property.Name);
        foreach (var column in Inner())
            if (ReferenceEquals(column.Edm, property))
                return column;
        return null;

        IEnumerable<PropertyModel> Inner() => Members.Columns.Concat(Derived.SelectMany(derived => derived.Members.Columns));
    }

    /// <summary>The property of type Edm.Stream; null when the property is another.</summary>
    public StreamModel? Stream(IEdmProperty property)
    {
        foreach (var stream in Streams)
            if (ReferenceEquals(stream.Edm, property))
                return stream;
        return null;
    }

    /// <summary>The complex property made of columns; null when the property is another.</summary>
    public ComplexModel? Complex(IEdmProperty property)
    {
        foreach (var complex in AllComplex)
            if (ReferenceEquals(complex.Edm, property))
                return complex;
        return null;
    }

    /// <summary>The navigation of the entity type or of a derived type.</summary>
    public NavigationModel Navigation(IEdmNavigationProperty property)
    {
        if (NavigationsByName.TryGetValue(property.Name, out var own) && ReferenceEquals(own.Edm, property))
            return own;
        return Derived.SelectMany(derived => derived.Navigations).First(navigation => ReferenceEquals(navigation.Edm, property));
    }

    /// <summary>The derived type; null for the set's own type.</summary>
    public DerivedModel? DerivedFrom(IEdmType type)
    {
        foreach (var derived in Derived)
            if (ReferenceEquals(derived.Type, type))
                return derived;
        return null;
    }
}

/// <summary>A rule of a definition, parsed, and what the client is told when a row breaks it.</summary>
public sealed record RowRule(Parse.Expression Condition, string Message);

/// <summary>One property and the column that it shows.</summary>
public sealed class PropertyModel
{
    public required string Name { get; init; }
    /// <summary>From the entity: the name, or <c>Address/City</c> for a property of a complex one.</summary>
    public required string Path { get; init; }
    /// <summary>The name in the Data Exchange dialect.</summary>
    public required string Alias { get; init; }
    public required ColumnSchema Column { get; init; }
    /// <summary>The exposed type; it can be another than the column's own, see <see cref="FieldTypes.CanShow"/>. A complex value or a collection is <see cref="ValueKind.Json"/>: its column holds the JSON text that responses show as it is.</summary>
    public required ValueKind Kind { get; init; }
    /// <summary>The kind of the items when the property is a collection of primitive values, which its column holds as a JSON list.</summary>
    public ValueKind? Items { get; init; }
    /// <summary>The members of the items, where those are objects: complex values. <see cref="Items"/> is Json then.</summary>
    public IReadOnlyList<ItemMember> ItemMembers { get; init; } = [];
    public required bool IsNullable { get; init; }
    public required IEdmStructuralProperty Edm { get; init; }
    /// <summary>The name, escaped and encoded once for the JSON writer.</summary>
    public required JsonEncodedText JsonName { get; init; }
    public required JsonEncodedText JsonAlias { get; init; }
    public FieldDefinition? Definition { get; init; }
    /// <summary>Member names by stored text, and back, when the property is an enumeration.</summary>
    public IReadOnlyList<EnumMember>? Members { get; init; }
    public string? Description { get; init; }
    /// <summary>A name that a request made (<c>$compute</c>, <c>$apply</c>): no type declares it.</summary>
    public bool IsDynamic { get; init; }
    public bool IsCreatable { get; init; }
    public bool IsEditable { get; init; }
    public TransformModel Transform { get; internal set; } = TransformModel.None;
}

/// <summary>A property of a complex value that is an object in a JSON list.</summary>
public sealed record ItemMember(string Name, ValueKind Kind, JsonEncodedText JsonName);

/// <summary>A navigation property: the columns that join two sets, through a link table when <see cref="Through"/> is set.</summary>
public sealed class NavigationModel
{
    public required string Name { get; init; }
    /// <summary>The name in the Data Exchange dialect.</summary>
    public required string Alias { get; init; }
    public required EntitySetModel Source { get; init; }
    public required EntitySetModel Target { get; init; }
    public required bool IsCollection { get; init; }
    /// <summary>A single-valued navigation that can lead nowhere.</summary>
    public required bool IsNullable { get; init; }
    /// <summary>Column of the source's table, column of the target's table; empty when <see cref="Through"/> is set.</summary>
    public required IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> On { get; init; }
    public ThroughModel? Through { get; init; }
    public required IEdmNavigationProperty Edm { get; init; }
    public required JsonEncodedText JsonName { get; init; }
    public required JsonEncodedText JsonAlias { get; init; }
    public NavigationModel? Partner { get; internal set; }
    public bool IsEditable { get; init; }
    /// <summary>The source's columns refer to the target's: they change when another entity is related. Otherwise those of the target do, or rows of the link table.</summary>
    public bool IsDependent { get; init; }

    /// <summary>Columns of the target that a relation fills: those that refer to the source.</summary>
    public IReadOnlyList<ColumnSchema> FilledInTarget => field ??= IsDependent || Through is not null ? [] : [.. On.Select(pair => pair.Target)];
}

/// <summary>The link table of a many-to-many relation.</summary>
public sealed record ThroughModel(
    TableName Table,
    IReadOnlyList<(ColumnSchema Source, ColumnSchema Link)> On,
    IReadOnlyList<(ColumnSchema Link, ColumnSchema Target)> To);
