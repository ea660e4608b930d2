namespace BackendApi.Model.Store;

/// <summary>The product's own table of who changed what. docs/reference/audit.md describes it.</summary>
public static class AuditTables
{
    /// <summary>SQL Server bounds what an index holds of a row.</summary>
    public const int KeyLength = 450;

    /// <summary>An entry for what one request did to one entity set in one way.</summary>
    public static readonly TableSchema Entries = new(
        new(null, "backend_audit"),
        [
            Column.Int64("id") with { IsIdentity = true },
            Column.Instant("at"),
            Column.Text("request_id", 64),
            Column.Text("caller", 256),
            Column.Text("caller_kind", 16),
            Column.Text("address", 64, isNullable: true),
            Column.Text("operation", 128),
            Column.Text("entity_set", 257, isNullable: true),
            Column.Text("entity_key", KeyLength, isNullable: true),
            Column.Int32("row_count"),
            Column.Text("changes"),
        ],
        PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    /// <summary>What an entry is written with; the database numbers it.</summary>
    internal static readonly IReadOnlyList<ColumnSchema> Written = [.. Entries.Columns.Skip(1)];

    public static readonly ProductArea Area = new("audit",
    [
        [
            new TableChange.Create(Entries),
            new TableChange.Index("ix_backend_audit_at", Entries.Name, ["at"]),
            new TableChange.Index("ix_backend_audit_entity", Entries.Name, ["entity_set", "entity_key"]),
        ],
    ]);
}
