namespace BackendApi.Model;

/// <summary>A document with everything that it left out filled in from the catalogue.</summary>
internal sealed class CompletedDefinition
{
    public required EndpointDefinition Source { get; init; }
    /// <summary>The entity set's name.</summary>
    public required string Name { get; init; }
    public required TableSchema Table { get; init; }
    public required IReadOnlyList<CompletedField> Fields { get; init; }
    public required IReadOnlyList<CompletedField> Key { get; init; }
    public required IReadOnlyList<IReadOnlyList<CompletedField>> AlternateKeys { get; init; }
    /// <summary>The column of <c>concurrency</c>, exposed or not.</summary>
    public required ColumnSchema? Concurrency { get; init; }
    public required IReadOnlyList<CompletedField> Search { get; init; }
    public required IReadOnlyList<CompletedDerived> Derived { get; init; }
    public required MediaModel? Media { get; init; }
    public required IReadOnlyList<CompletedStream> Streams { get; init; }
    public required MistakeList Mistakes { get; init; }
    /// <summary>A module's own.</summary>
    public bool IsCompiled { get; init; }
    /// <summary>Filled once every document is complete, because relations lead from one to another.</summary>
    public IReadOnlyList<CompletedRelation> Relations { get; set; } = [];

    /// <summary>Of the entity, those of derived types too.</summary>
    public IEnumerable<string> PropertyNames =>
        Fields.Concat(Derived.SelectMany(derived => derived.Fields)).Select(member => member.Path[0]).Concat(Streams.Select(stream => stream.Media.Name));

    /// <summary>The document as it would have been written in full.</summary>
    public EndpointDefinition ToDefinition() => Source with
    {
        EntitySet = Name,
        Key = [.. Key.Select(field => field.Column.Name)],
        Description = Source.Description ?? Table.Comment,
        Fields = [.. Fields.Select(field => field.Definition)],
        AlternateKeys = [.. AlternateKeys.Select(key => key.Select(field => field.Column.Name).ToArray())],
        Relations = [.. Relations.Select(relation => relation.ToDefinition())],
        Derived = Source.Derived is null ? null : [.. Derived.Select(derived => derived.ToDefinition())],
    };
}

/// <param name="Name">The property, or the path to it through complex properties.</param>
/// <param name="Definition">Complete as well.</param>
internal sealed record CompletedField(string Name, ColumnSchema Column, ValueKind Kind, bool IsNullable, FieldDefinition Definition)
{
    /// <summary>The kind of the items when the field is a collection.</summary>
    public ValueKind? Items { get; init; }
    public IReadOnlyList<string> Path { get; } = Name.Split('/');
}

/// <summary>A derived type; <see cref="Value"/> is in the CLR type of the column's kind.</summary>
internal sealed class CompletedDerived(DerivedDefinition source, ColumnSchema column, object value, IReadOnlyList<CompletedField> fields)
{
    public DerivedDefinition Source => source;
    public ColumnSchema Column => column;
    public object Value => value;
    public IReadOnlyList<CompletedField> Fields => fields;
    public IReadOnlyList<CompletedRelation> Relations { get; set; } = [];

    public DerivedDefinition ToDefinition() => source with
    {
        Fields = [.. fields.Select(field => field.Definition)],
        Relations = [.. Relations.Select(relation => relation.ToDefinition())],
    };
}

/// <summary>A property of type Edm.Stream.</summary>
internal sealed record CompletedStream(MediaModel Media, string? Description);

internal sealed record CompletedRelation(
    string Name, string? Alias, CompletedDefinition Target,
    IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> On, ThroughModel? Through, bool IsEditable)
{
    public bool IsCollection { get; init; }
    /// <summary>A single-valued relation that can lead nowhere.</summary>
    public bool IsNullable { get; init; }
    /// <summary>The source's columns refer to the target's, which is what a referential constraint says.</summary>
    public bool IsDependent { get; init; }

    public RelationDefinition ToDefinition() => new()
    {
        Name = Name,
        Alias = Alias,
        Target = Target.Source.Alias,
        Multiplicity = IsCollection ? "many" : "one",
        IsEditable = IsEditable,
        On = Through is null ? [.. On.Select(pair => new ColumnPair(pair.Source.Name, pair.Target.Name))] : null,
        Through = Through is null ? null : new(
            Through.Table.ToString(),
            [.. Through.On.Select(pair => new ColumnPair(pair.Source.Name, pair.Link.Name))],
            [.. Through.To.Select(pair => new ColumnPair(pair.Link.Name, pair.Target.Name))]),
    };
}
