namespace BackendApi.Model.Store;

/// <summary>The product's own tables that remember which rows have changed. docs/reference/change-tracking.md describes them.</summary>
public static class ChangeTables
{
    /// <summary>
    /// An entry for each change of a row of a tracked table. Each database has its own way to number what transactions write, and a column or two for it
    /// besides these: see <see cref="Sql.ChangeCapture"/>.
    /// </summary>
    public static readonly TableSchema Entries = new(
        new(null, "backend_change"),
        [
            Column.Text("table_name", 257),
            Column.Text("row_key"),
            Column.Instant("changed_at") with { Default = "now" },
        ],
        PrimaryKey: [], UniqueKeys: [], ForeignKeys: []);

    /// <summary>The one row of <see cref="Horizons"/>: entries up to this stamp have been removed.</summary>
    public const string Forgotten = "forgotten";

    public static readonly TableSchema Horizons = new(
        new(null, "backend_change_horizon"),
        [Column.Text("name", 64), Column.Int64("stamp")],
        PrimaryKey: ["name"], UniqueKeys: [], ForeignKeys: []);

    public static readonly ProductArea Area = new("changes",
    [
        [
            new TableChange.Statement(dialect => dialect.Capture.CreateEntries),
            new TableChange.Create(Horizons),
            new TableChange.Insert(Horizons, ["name", "stamp"], [[Forgotten, 0L]]),
        ],
    ]);
}
