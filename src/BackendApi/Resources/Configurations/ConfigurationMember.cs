using BackendApi.Model;

namespace BackendApi.Resources.Configurations;

/// <summary>A member of a configuration document, and the column of the product's table that shows it.</summary>
/// <param name="Structure">What a column with JSON text shows; null for every other.</param>
/// <param name="IsTextList">The column holds a JSON list of texts.</param>
/// <param name="MeansNone">An empty list says that there are none; left out, the catalogue says which.</param>
/// <param name="IsKept">The service keeps it itself; a body may hold it, as one that was read before does, and it is not looked at.</param>
internal sealed record ConfigurationMember(string Name, string Column, string? Description = null, StructuredColumn? Structure = null, bool IsTextList = false, bool MeansNone = false, bool IsKept = false)
{
    public bool IsJson => Structure is not null || IsTextList;
    public bool IsCollection => IsTextList || Structure is { IsCollection: true };

    /// <summary>Every member in the order of the document.</summary>
    public static readonly IReadOnlyList<ConfigurationMember> All =
    [
        new("alias", "alias", "The name in addresses of the Data Exchange dialect. Identifies the configuration."),
        new("entitySet", "entity_set", "The name of the OData entity set; null when it follows from the alias."),
        new("table", "source_table", "The table or view that is published."),
        new("isActive", "is_active", "An endpoint that is not active answers 404."),
        new("isSingleton", "is_singleton", "The endpoint shows one entity: the first row that the filter leaves."),
        new("key", "key_columns", "Columns that identify a row; empty when the primary key does.", IsTextList: true),
        new("allow", "allow", "The writes that the endpoint takes.", new(ConfigurationDocument.Allow)),
        new("description", "description", "What the endpoint shows, for people."),
        new("fields", "fields", "The exposed columns; empty when all are.", new(ConfigurationDocument.Field, IsCollection: true)),
        new("alternateKeys", "alternate_keys", "Other columns that identify a row.", new(ConfigurationDocument.AlternateKey, IsCollection: true), MeansNone: true),
        new("concurrency", "concurrency", "The column whose value is the ETag; null when the database or the content tells a change."),
        new("requireETag", "require_etag", "Changes and deletes name the ETag of the entity (If-Match)."),
        new("search", "search_columns", "Columns that $search looks into.", IsTextList: true, MeansNone: true),
        new("filter", "row_filter", "An OData expression; rows that do not satisfy it are not there."),
        new("trackChanges", "track_changes", "Clients can ask for what has changed since they read the set."),
        new("rules", "rules", "Conditions over several fields that every written row satisfies.", new(ConfigurationDocument.Rule, IsCollection: true)),
        new("relations", "relations", "Navigations besides those that the foreign keys give.", new(ConfigurationDocument.Relation, IsCollection: true), MeansNone: true),
        new("derived", "derived", "Types that a column tells, with fields and relations of their own.", new(ConfigurationDocument.Derived, IsCollection: true)),
        new("media", "media", "The stream of a media entity.", new(ConfigurationDocument.Media)),
        new("streams", "streams", "Binary columns that are properties of type Edm.Stream.", new(ConfigurationDocument.Stream, IsCollection: true)),
        new(ConfigurationDocument.Version, "version", "The published version that last changed the configuration.", IsKept: true),
        new("modifiedAt", "modified_at", "When that was.", IsKept: true),
        new("modifiedBy", "modified_by", "Who it was.", IsKept: true),
    ];

    public FieldDefinition ToField() => new()
    {
        Column = Column,
        Name = Name,
        Type = IsTextList ? "collection(string)" : Structure is not null ? "json" : null,
        IsCreatable = !IsKept,
        IsEditable = !IsKept && Name != "alias",
        Description = Description,
        Validation = Name is "alias" or "table" ? null : new() { IsRequired = false },
    };
}
