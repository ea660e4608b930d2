namespace BackendApi.Model;

/// <summary>
/// One Data Exchange configuration document: what an administrator writes to publish a table.
/// Null means "left out": the catalogue decides. docs/reference/definition.md describes each member.
/// </summary>
public sealed record EndpointDefinition
{
    public required string Alias { get; init; }
    public string? EntitySet { get; init; }
    public required string Table { get; init; }
    public bool IsActive { get; init; } = true;
    /// <summary>The endpoint shows one entity, the first row by key that <see cref="Filter"/> leaves, and no set.</summary>
    public bool IsSingleton { get; init; }
    public IReadOnlyList<string>? Key { get; init; }
    public AllowDefinition Allow { get; init; } = new();
    public string? Description { get; init; }
    public IReadOnlyList<FieldDefinition>? Fields { get; init; }
    public IReadOnlyList<IReadOnlyList<string>>? AlternateKeys { get; init; }
    public string? Concurrency { get; init; }
    /// <summary>An entity is changed or deleted only by a request that names its ETag (If-Match).</summary>
    public bool RequireETag { get; init; }
    public IReadOnlyList<string>? Search { get; init; }
    public string? Filter { get; init; }
    /// <summary>Clients can ask for what has changed since they read the set (Protocol 11.3).</summary>
    public bool TrackChanges { get; init; }
    public IReadOnlyList<RuleDefinition>? Rules { get; init; }
    public IReadOnlyList<RelationDefinition>? Relations { get; init; }
    public IReadOnlyList<DerivedDefinition>? Derived { get; init; }
    public MediaDefinition? Media { get; init; }
    public IReadOnlyList<StreamDefinition>? Streams { get; init; }
}

/// <summary>The writes that an endpoint takes. All false unless the document says so.</summary>
public sealed record AllowDefinition(bool Create = false, bool Update = false, bool Delete = false);

public sealed record FieldDefinition
{
    public required string Column { get; init; }
    /// <summary>The property; <c>Address/City</c> is the property <c>City</c> of the complex property <c>Address</c>.</summary>
    public string? Name { get; init; }
    /// <summary>The name in the Data Exchange dialect where it differs: names there need not be OData identifiers.</summary>
    public string? Alias { get; init; }
    public string? Type { get; init; }
    public bool? IsCreatable { get; init; }
    public bool? IsEditable { get; init; }
    public string? Description { get; init; }
    public string? Example { get; init; }
    public IReadOnlyList<EnumMember>? Members { get; init; }
    public bool IsFlags { get; init; }
    /// <summary>The members of the objects that a <c>collection(json)</c> holds.</summary>
    public IReadOnlyList<ItemDefinition>? Items { get; init; }
    public int? Precision { get; init; }
    public int? Scale { get; init; }
    public ValidationDefinition? Validation { get; init; }
    public IReadOnlyList<TransformDefinition>? Transform { get; init; }
}

/// <summary>What happens to a value before it is stored. Exactly one member is there.</summary>
public sealed record TransformDefinition
{
    /// <summary><c>trim</c>, <c>upper</c> or <c>lower</c>; in a document, its name alone stands for the whole.</summary>
    public string? Step { get; init; }
    /// <summary>Stored in a new row when the client gives nothing or null. As payloads write it, without quotes.</summary>
    public string? Default { get; init; }
    /// <summary>Stored whatever the client says. As payloads write it, without quotes.</summary>
    public string? Constant { get; init; }
    public LookupDefinition? Lookup { get; init; }
    /// <summary>An OData expression over the row as it is to be stored, whatever the client says.</summary>
    public string? Compute { get; init; }
}

/// <summary>The client's value is that of a property of another set; the key of the row that has it is stored.</summary>
/// <param name="Set">The alias or the entity set.</param>
/// <param name="By">The property, which no two rows have alike.</param>
public sealed record LookupDefinition(string Set, string By);

/// <summary>A member of the objects in a JSON list: <paramref name="Name"/> there is the property's name.</summary>
public sealed record ItemDefinition(string Name, string Type);

/// <summary>A member of an enumeration: <paramref name="Name"/> is an OData identifier, <paramref name="Value"/> the text that the column stores.</summary>
public sealed record EnumMember(string Name, string? Value = null);

public sealed record ValidationDefinition
{
    public bool? IsRequired { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public int? MinLength { get; init; }
    public int? MaxLength { get; init; }
    public string? Pattern { get; init; }
    public IReadOnlyList<string>? Enum { get; init; }
    public string? Format { get; init; }
    public int? Precision { get; init; }
    public int? Scale { get; init; }
    /// <summary>The value must be the key of an existing row of this entity set.</summary>
    public string? References { get; init; }
}

/// <summary>A rule over several fields: an OData boolean expression that a row must satisfy, and what the client is told when it does not.</summary>
public sealed record RuleDefinition(string Expression, string Message);

public sealed record RelationDefinition
{
    public required string Name { get; init; }
    /// <summary>The name in the Data Exchange dialect where it differs: names there need not be OData identifiers.</summary>
    public string? Alias { get; init; }
    /// <summary>The alias or the entity set of the endpoint that the relation leads to.</summary>
    public required string Target { get; init; }
    /// <summary><c>one</c> or <c>many</c>.</summary>
    public string? Multiplicity { get; init; }
    public bool IsEditable { get; init; }
    public IReadOnlyList<ColumnPair>? On { get; init; }
    public ThroughDefinition? Through { get; init; }
}

public sealed record ColumnPair(string Column, string TargetColumn);

/// <summary>A type derived from the endpoint's own: the rows whose column holds a value, with fields and relations of their own.</summary>
public sealed record DerivedDefinition
{
    public required string Name { get; init; }
    public required string Column { get; init; }
    public required string Value { get; init; }
    public IReadOnlyList<FieldDefinition>? Fields { get; init; }
    public IReadOnlyList<RelationDefinition>? Relations { get; init; }
}

/// <summary>Makes the endpoint's entities media entities: <paramref name="Column"/> holds the stream that <c>/$value</c> answers.</summary>
/// <param name="ContentType">The media type of every stream, or of those for which <paramref name="ContentTypeColumn"/> holds none.</param>
public sealed record MediaDefinition(string Column, string? ContentType = null, string? ContentTypeColumn = null);

/// <summary>A property of type Edm.Stream: <see cref="Column"/> is binary, and is read and written at an address of its own.</summary>
public sealed record StreamDefinition
{
    public required string Column { get; init; }
    public string? Name { get; init; }
    /// <summary>The media type of every stream, or of those for which <see cref="ContentTypeColumn"/> holds none.</summary>
    public string? ContentType { get; init; }
    public string? ContentTypeColumn { get; init; }
    public bool? IsEditable { get; init; }
    public string? Description { get; init; }
}

/// <summary>The link table of a many-to-many relation: <c>On</c> leads from the source into it, <c>To</c> from it to the target.</summary>
public sealed record ThroughDefinition(string Table, IReadOnlyList<ColumnPair> On, IReadOnlyList<ColumnPair> To);
