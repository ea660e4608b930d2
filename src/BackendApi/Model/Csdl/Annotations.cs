using System.Globalization;
using System.Xml;
using BackendApi.Parse;
using BackendApi.Support;
using Microsoft.OData.Edm;
using static BackendApi.Model.Csdl.AnnotationValue;

namespace BackendApi.Model.Csdl;

/// <summary>
/// What <c>$metadata</c> says beyond the structure. Both writers read this table. Every line is true of the service: clients plan with them, and one that
/// a reader cannot parse costs Excel the whole feed.
/// </summary>
internal static class Annotations
{
    public const string Core = "Org.OData.Core.V1";
    public const string Capabilities = "Org.OData.Capabilities.V1";

    /// <summary>As the annotation of an entity in JSON.</summary>
    public const string ShownOnce = $"@{EdmBuilder.Namespace}.ShownOnce";

    public const string Aggregation = "Org.OData.Aggregation.V1";
    public const string Validation = "Org.OData.Validation.V1";

    /// <summary>Vocabularies that the document refers to, with where they are published (without the ending of the format).</summary>
    public static readonly IReadOnlyList<(string Namespace, string Uri)> References =
    [
        (Core, "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1"),
        (Capabilities, "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Capabilities.V1"),
        (Aggregation, "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Aggregation.V1"),
        (Validation, "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Validation.V1"),
    ];

    /// <summary>Terms of our own, for what the published vocabularies cannot say. They are declared in the document itself.</summary>
    public static readonly IReadOnlyList<OwnTerm> OwnTerms =
    [
        new("MaxPageSize", "Edm.Int32", "EntityContainer", "The most items that one page of a response holds, whatever the client prefers."),
        new("DefaultPageSize", "Edm.Int32", "EntityContainer", "Items of a page when the client states no preference."),
        new("ShownOnce", "Edm.String", "EntityType", "A secret of a new entity, in the answer to the request that creates it and in no other."),
    ];

    public static IEnumerable<Annotation> OfSchema(long version)
    {
        yield return new($"{Core}.SchemaVersion", new Text(version.ToString(CultureInfo.InvariantCulture)));
    }

    public static IEnumerable<Annotation> OfContainer(ODataSettings settings)
    {
        yield return new($"{Core}.ODataVersions", new Text(ServiceCapabilities.ODataVersions));
        yield return new($"{Capabilities}.BatchSupported", Of(ServiceCapabilities.Batch));
        yield return new($"{Capabilities}.BatchContinueOnErrorSupported", Of(ServiceCapabilities.Batch));
        yield return new($"{Capabilities}.BatchSupport", new Record(
            ("Supported", Of(ServiceCapabilities.Batch)),
            ("ContinueOnErrorSupported", Of(ServiceCapabilities.Batch)),
            ("ReferencesInRequestBodiesSupported", Of(ServiceCapabilities.BatchReferencesInBodies)),
            ("ReferencesAcrossChangeSetsSupported", True),
            ("EtagReferencesSupported", True),
            ("RequestDependencyConditionsSupported", False),
            ("SupportedFormats", new Collection([new Text("multipart/mixed"), new Text("application/json")]))));
        yield return new($"{Capabilities}.AsynchronousRequestsSupported", Of(ServiceCapabilities.AsynchronousRequests));
        yield return new($"{Capabilities}.KeyAsSegmentSupported", Of(ServiceCapabilities.KeyAsSegment));
        // Functions and operators, by the names that URLs use: the minus sign of a negation is none.
        yield return new($"{Capabilities}.FilterFunctions", new Collection(
            [.. Functions.Rows.Where(row => row.IsSupported && row != Functions.Negate).Select(row => new Text(row.Name))]));
        yield return new($"{Aggregation}.ApplySupportedDefaults", new Record(("Transformations", new Collection([.. ApplyParser.Known.Select(name => new Text(name))]))));
        yield return new($"{EdmBuilder.Namespace}.MaxPageSize", new Constant(settings.MaxPageSize));
        yield return new($"{EdmBuilder.Namespace}.DefaultPageSize", new Constant(settings.DefaultPageSize));
    }

    public static IEnumerable<Annotation> OfSet(EntitySetModel set, ODataSettings settings)
    {
        if (set.Description is { } description)
            yield return Description(description);
        yield return new($"{Capabilities}.SelectSupport", new Record(("Supported", True)));
        yield return new($"{Capabilities}.ExpandRestrictions", set.NavigationPaths.Any()
            ? new Record(("Expandable", True), ("MaxLevels", new Constant(settings.MaxExpansionDepth)))
            : new Record(("Expandable", False)));
        if (set.IsSingleton)
        {
            yield return new($"{Capabilities}.UpdateRestrictions", new Record(("Updatable", Of(ServiceCapabilities.TableWrites && set.Definition.Allow.Update))));
            yield break;
        }
        if (set.Changes is not null)
            yield return new($"{Capabilities}.ChangeTracking", new Record(
                ("Supported", True),
                ("FilterableProperties", new Collection([.. set.Members.Columns.Where(IsFilterable).Select(property => new PropertyPath(property.Path))]))));
        yield return new($"{Capabilities}.IndexableByKey", True);
        yield return new($"{Capabilities}.TopSupported", True);
        yield return new($"{Capabilities}.SkipSupported", True);
        yield return new($"{Capabilities}.CountRestrictions", new Record(("Countable", True)));
        yield return new($"{Capabilities}.FilterRestrictions", Restriction("Filterable", "NonFilterableProperties", set, IsFilterable));
        yield return new($"{Capabilities}.SortRestrictions", Restriction("Sortable", "NonSortableProperties", set, IsSortable));
        yield return new($"{Capabilities}.SearchRestrictions", new Record(("Searchable", Of(ServiceCapabilities.Search && set.Search.Count > 0))));
        yield return new($"{Capabilities}.InsertRestrictions", Insertable(set));
        yield return new($"{Capabilities}.UpdateRestrictions", new Record(("Updatable", Of(ServiceCapabilities.TableWrites && set.Definition.Allow.Update))));
        yield return new($"{Capabilities}.DeleteRestrictions", new Record(("Deletable", Of(ServiceCapabilities.TableWrites && set.Definition.Allow.Delete))));
        if (Nests(set, allow => allow.Create))
            yield return new($"{Capabilities}.DeepInsertSupport", new Record(("Supported", True)));
        if (Nests(set, allow => allow.Update))
            yield return new($"{Capabilities}.DeepUpdateSupport", new Record(("Supported", True)));
        yield return new($"{Capabilities}.ComputeSupported", Of(ServiceCapabilities.Compute));
        // It says that changes without If-Match are refused, which a set that merely has ETags does not do. An empty list: the ETag is made of no property.
        if (set.RequiresETag)
            yield return new($"{Core}.OptimisticConcurrency", new Collection(set.ETag is ETagModel.Version { Property: { } property } ? [new PropertyPath(property.Path)] : []));
    }

    /// <summary>Of the entity type.</summary>
    public static IEnumerable<Annotation> OfType(EntitySetModel set)
    {
        if (set.AlternateKeys.Count > 0)
            yield return new($"{Core}.AlternateKeys", new Collection([.. set.AlternateKeys.Select(key => new Record(("Key", new Collection(
                [.. key.Select(property => new Record(("Name", new PropertyPath(property.Name)), ("Alias", new Text(property.Name))))]))))]));
    }

    public static IEnumerable<Annotation> OfProperty(PropertyModel property)
    {
        if (property.Description is { } description)
            yield return Description(description);
        if (FieldRules.Example(property) is { } example && ValueOf(example) is { } value)
            yield return new($"{Core}.Example", new Record(("Value", value)) { Type = (Core, "PrimitiveExampleValue") });
        if (property.Items is not null)
            yield return new($"{Core}.Ordered", True);
        if (property.Column.IsGenerated || property.Column.IsIdentity)
            yield return new($"{Core}.Computed", True);
        else if (property.IsCreatable && !property.IsEditable)
            yield return new($"{Core}.Immutable", True);
        else if (!property.IsCreatable && !property.IsEditable)
            yield return ReadOnly;
        foreach (var rule in Rules(FieldRules.Of(property)))
            yield return rule;
    }

    /// <summary>No term says what <c>minLength</c>, <c>format</c> and <c>references</c> do; <c>maxLength</c> is a facet, as far as it is the column's.</summary>
    private static IEnumerable<Annotation> Rules(FieldRules rules)
    {
        // Decimals for numbers of every kind: the older readers know the terms as those of a decimal, the others take any number.
        if (rules.Min is { } min)
            yield return new($"{Validation}.Minimum", new Constant(min));
        if (rules.Max is { } max)
            yield return new($"{Validation}.Maximum", new Constant(max));
        if (rules.Pattern is { } pattern && IsTellable(pattern))
            yield return new($"{Validation}.Pattern", new Text(pattern));
        if (rules.Enum is { } texts && texts.All(IsTellable))
            yield return new($"{Validation}.AllowedValues", new Collection([.. texts.Select(text => new Record(("Value", new Text(text))))]));
    }

    public static IEnumerable<Annotation> OfStream(EntitySetModel set, StreamModel stream)
    {
        if (stream.Description is { } description)
            yield return Description(description);
        var isEditable = set.Definition.Allow.Update && stream.Media.IsEditable;
        if (stream.Media is { ContentType: { } only, ContentTypeColumn: null })
        {
            yield return new($"{Core}.MediaType", new Text(only));
            if (isEditable)
                yield return new($"{Core}.AcceptableMediaTypes", new Collection([new Text(only)]));
        }
        else if (set.Members.Columns.FirstOrDefault(property => property.Column == stream.Media.ContentTypeColumn) is { } shown)
        {
            yield return new($"{Core}.MediaType", new ValuePath(shown.Path));
        }
        if (!isEditable)
            yield return ReadOnly;
    }

    public static IEnumerable<Annotation> OfOperation(OperationModel operation)
    {
        if (operation.Signature.Description is { } description)
            yield return Description(description);
    }

    public static IEnumerable<Annotation> OfParameter(OperationModel operation, IEdmOperationParameter parameter)
    {
        if (operation.Signature.Parameters.FirstOrDefault(known => known.Name == parameter.Name) is not { } declared)
            yield break;
        if (declared.Description is { } description)
            yield return Description(description);
        if (declared.IsOptional)
            yield return new($"{Core}.OptionalParameter", declared.DefaultText is { } text ? new Record(("DefaultValue", new Text(text))) : new Record());
    }

    /// <summary>Null for what cannot be told: the standard writes bytes in base64url, where the reader of Excel takes hexadecimal digits only.</summary>
    private static AnnotationValue? ValueOf(object value) => value switch
    {
        EnumValue member => new Member(string.Join(' ', member.Members.Select(name => $"{member.Type.FullTypeName()}/{name}"))),
        string text => IsTellable(text) ? new Text(text) : null,
        byte[] => null,
        _ => new Constant(value),
    };

    /// <summary>XML holds the text as it is: of a value that is not the same elsewhere nothing is said.</summary>
    private static bool IsTellable(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (!XmlConvert.IsXmlChar(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }

    private static Annotation ReadOnly => new($"{Core}.Permissions", new Member($"{Core}.Permission/Read"));

    public static Annotation Description(string text) => new($"{Core}.Description", new Text(text));

    public static bool IsSortable(PropertyModel property) => property.Kind is not (ValueKind.Binary or ValueKind.Json);

    /// <summary>Complex values inside a JSON column, and collections of them, are shown, not looked into. A JSON column is a text.</summary>
    public static bool IsFilterable(PropertyModel property) => property.Edm.Type.Kind() is not null || property.Items is not null;

    private static Record Restriction(string supported, string exceptions, EntitySetModel set, Func<PropertyModel, bool> isSupported)
    {
        List<AnnotationValue>? others = null;
        foreach (var property in set.Members.Columns)
            if (!isSupported(property))
                (others ??= []).Add(new PropertyPath(property.Path));
        return others is null ? new Record((supported, True)) : new Record((supported, True), (exceptions, new Collection(others)));
    }

    /// <summary>Properties that only a later change sets; those that nobody writes say so themselves.</summary>
    private static Record Insertable(EntitySetModel set)
    {
        var isInsertable = ServiceCapabilities.TableWrites && set.Definition.Allow.Create;
        var later = set.Members.Columns.Where(property => !property.IsCreatable && property.IsEditable).Select(property => new PropertyPath(property.Path)).ToList();
        return isInsertable && later.Count > 0
            ? new Record(("Insertable", True), ("NonInsertableProperties", new Collection([.. later])))
            : new Record(("Insertable", Of(isInsertable)));
    }

    /// <summary>Related entities can be written in the body of one of this set.</summary>
    private static bool Nests(EntitySetModel set, Func<AllowDefinition, bool> allows) =>
        ServiceCapabilities.TableWrites && !set.TakesDocuments && allows(set.Definition.Allow)
        && set.Navigations.Any(navigation => navigation.IsEditable && allows(navigation.Target.Definition.Allow));

}

internal sealed record OwnTerm(string Name, string Type, string AppliesTo, string Description);
