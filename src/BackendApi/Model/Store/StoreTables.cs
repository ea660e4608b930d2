using BackendApi.Sql;

namespace BackendApi.Model.Store;

/// <summary>The product's own tables that hold what is published. docs/reference/definition.md describes them.</summary>
public static class StoreTables
{
    /// <summary>The area of <see cref="ProductTables"/> that creates them.</summary>
    public const string AreaName = "store";

    /// <summary>The name of the sequence that numbers the versions.</summary>
    public const string VersionSequence = "configuration";

    /// <summary>Numbers that rise without gaps. The row is locked by whoever raises it, so what depends on the number is in its order.</summary>
    public static readonly TableSchema Sequences = new(
        new(null, "backend_sequence"),
        [Column.Text("name", 64), Column.Int64("value")],
        PrimaryKey: ["name"], UniqueKeys: [], ForeignKeys: []);

    private static readonly TableSchema FirstVersions = new(
        new(null, "backend_configuration_version"),
        [
            Column.Int64("number"),
            Column.Text("alias", 128),
            Column.Text("document", isNullable: true),
            Column.Instant("published_at"),
            Column.Text("published_by", 256),
            Column.Text("comment", 1000, isNullable: true),
        ],
        PrimaryKey: ["number", "alias"], UniqueKeys: [], ForeignKeys: []);

    /// <summary>The name of a <see cref="VersionAction"/>.</summary>
    private static readonly ColumnSchema Action = Column.Text("action", 16) with { Default = "'Changed'" };

    /// <summary>
    /// What every version changed: a row for each definition that it wrote or, without a document, removed. The state at version V is the
    /// latest row of every alias up to V, so difference, export and rollback need nothing else.
    /// </summary>
    public static readonly TableSchema Versions = FirstVersions with { Columns = [.. FirstVersions.Columns, Action] };

    private static readonly TableSchema FirstConfigurations = new(
        new(null, "backend_configuration"),
        [
            Column.Text("alias", 128),
            Column.Text("entity_set", 128, isNullable: true),
            Column.Text("source_table", 257),
            Column.Boolean("is_active"),
            Column.Text("description", isNullable: true),
            Column.Text("concurrency", 128, isNullable: true),
            Column.Text("row_filter", isNullable: true),
            Column.Text("key_columns"),
            Column.Text("allow"),
            Column.Text("fields"),
            Column.Text("alternate_keys"),
            Column.Text("search_columns"),
            Column.Text("rules"),
            Column.Text("relations"),
            Column.Int64("version"),
            Column.Instant("modified_at"),
            Column.Text("modified_by", 256),
        ],
        PrimaryKey: ["alias"], UniqueKeys: [], ForeignKeys: []);

    /// <summary>A document that was stored before them has none of it.</summary>
    private static readonly IReadOnlyList<ColumnSchema> StructureColumns =
    [
        Column.Boolean("is_singleton") with { Default = "0" },
        Column.Text("derived") with { Default = "'[]'" },
        Column.Text("media", isNullable: true),
    ];

    private static readonly ColumnSchema RequireETag = Column.Boolean("require_etag") with { Default = "0" };
    private static readonly ColumnSchema TrackChanges = Column.Boolean("track_changes") with { Default = "0" };

    private static readonly ColumnSchema Streams = Column.Text("streams") with { Default = "'[]'" };

    /// <summary>
    /// The current definitions, one row each, in the shape that the resource <c>DataExchangeConfigurations</c> shows. Written from the
    /// documents of <see cref="Versions"/>, never read back into a definition.
    /// </summary>
    public static readonly TableSchema Configurations = FirstConfigurations with { Columns = [.. FirstConfigurations.Columns, .. StructureColumns, RequireETag, TrackChanges, Streams] };

    public static readonly ProductArea Area = new(AreaName,
    [
        [
            new TableChange.Create(Sequences),
            new TableChange.Create(FirstVersions),
            new TableChange.Index("ix_backend_configuration_version_alias", Versions.Name, ["alias", "number"]),
            new TableChange.Create(FirstConfigurations),
            new TableChange.Insert(Sequences, ["name", "value"], [[VersionSequence, 0L]]),
        ],
        [.. StructureColumns.Select(column => new TableChange.AddColumn(FirstConfigurations.Name, column))],
        [new TableChange.AddColumn(FirstConfigurations.Name, RequireETag)],
        [new TableChange.AddColumn(FirstConfigurations.Name, TrackChanges)],
        [new TableChange.AddColumn(FirstConfigurations.Name, Streams)],
        [
            new TableChange.AddColumn(FirstVersions.Name, Action),
            // What releases before it have stored tells as much.
            new TableChange.Statement(dialect => dialect.Compose(
                $"UPDATE {Versions} SET action = CASE WHEN document IS NULL THEN 'Deleted' ELSE 'Created' END WHERE document IS NULL OR NOT EXISTS (SELECT 1 FROM {Versions} o WHERE o.alias = {Versions}.alias AND o.number < {Versions}.number)").Text),
        ],
    ]);
}
