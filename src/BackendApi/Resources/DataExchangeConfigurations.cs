using BackendApi.Model.Store;

namespace BackendApi.Resources;

/// <summary>The admin resource: the stored definitions as an entity set. It is read like any table, and every write publishes at once.</summary>
public static class DataExchangeConfigurations
{
    public const string Name = "DataExchangeConfigurations";

    /// <summary>Members that the service keeps itself; a body may hold them, as one that was read before does, and they are not looked at.</summary>
    internal static readonly IReadOnlyList<string> Kept = ["version", "modifiedAt", "modifiedBy"];

    /// <summary>Every member in the order of the document, with the column that shows it.</summary>
    internal static readonly IReadOnlyList<ResourceProperty> Properties =
    [
        new("alias", "alias", Description: "The name in addresses of the Data Exchange dialect. Identifies the configuration."),
        new("entitySet", "entity_set", Description: "The name of the OData entity set; null when it follows from the alias."),
        new("table", "source_table", Description: "The table or view that is published."),
        new("isActive", "is_active", Description: "An endpoint that is not active answers 404."),
        new("isSingleton", "is_singleton", Description: "The endpoint shows one entity: the first row that the filter leaves."),
        new("key", "key_columns", IsCollection: true, Description: "Columns that identify a row; empty when the primary key does."),
        new("allow", "allow", ConfigurationDocument.Allow, Description: "The writes that the endpoint takes."),
        new("description", "description"),
        new("fields", "fields", ConfigurationDocument.Field, IsCollection: true, Description: "The exposed columns; empty when all are."),
        new("alternateKeys", "alternate_keys", ConfigurationDocument.AlternateKey, IsCollection: true),
        new("concurrency", "concurrency", Description: "The column whose value is the ETag; null when the database or the content tells a change."),
        new("requireETag", "require_etag", Description: "Changes and deletes name the ETag of the entity (If-Match)."),
        new("search", "search_columns", IsCollection: true, Description: "Columns that $search looks into."),
        new("filter", "row_filter", Description: "An OData expression; rows that do not satisfy it are not there."),
        new("trackChanges", "track_changes", Description: "Clients can ask for what has changed since they read the set."),
        new("rules", "rules", ConfigurationDocument.Rule, IsCollection: true, Description: "Conditions over several fields that every written row satisfies."),
        new("relations", "relations", ConfigurationDocument.Relation, IsCollection: true, Description: "Navigations besides those that the foreign keys give."),
        new("derived", "derived", ConfigurationDocument.Derived, IsCollection: true, Description: "Types that a column tells, with fields and relations of their own."),
        new("media", "media", ConfigurationDocument.Media, Description: "The stream of a media entity."),
        new("streams", "streams", ConfigurationDocument.Stream, IsCollection: true, Description: "Binary columns that are properties of type Edm.Stream."),
        new("version", "version", Description: "The published version that last changed the configuration."),
        new("modifiedAt", "modified_at"),
        new("modifiedBy", "modified_by"),
    ];

    public static ResourceSet Create(DocumentFacade facade) => new(
        Name, StoreTables.Configurations, Properties, ["alias"], facade,
        "The configurations that are published. A change is in effect when it is answered.");
}
