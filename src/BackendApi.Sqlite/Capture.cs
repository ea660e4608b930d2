using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Sqlite;

/// <summary>SQLite has one writer at a time: entries are numbered in the order in which their transactions end.</summary>
internal sealed class SqliteCapture(SqliteDialect dialect) : ChangeCapture(dialect)
{
    private static readonly string[] Verbs = ["insert", "update", "delete"];

    /// <summary>Numbers are never used again: a place in the log stays behind every later entry, also when all entries before it are gone.</summary>
    public override string CreateEntries =>
        """
        CREATE TABLE "backend_change" (
          "id" INTEGER PRIMARY KEY AUTOINCREMENT,
          "table_name" VARCHAR(257) NOT NULL,
          "row_key" TEXT NOT NULL,
          "changed_at" TIMESTAMP NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f0000Z', 'now'))
        );
        CREATE INDEX "ix_backend_change_table" ON "backend_change" ("table_name")
        """;

    public override IReadOnlyList<string> Place => ["id"];

    public override string Window =>
        "SELECT n.next, n.next FROM (SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'backend_change'), 0) + 1 AS next) n";

    public override IReadOnlyList<string> CreateTriggers(TableSchema table, IReadOnlyList<ColumnSchema> key, string? schema) =>
    [
        .. DropTriggers(table),
        Trigger(table, "insert", $"VALUES ({Literal(table.Name.ToString())}, {Key(key, "NEW")})"),
        Trigger(table, "update", $"SELECT {Literal(table.Name.ToString())}, {Key(key, "OLD")} UNION SELECT {Literal(table.Name.ToString())}, {Key(key, "NEW")}"),
        Trigger(table, "delete", $"VALUES ({Literal(table.Name.ToString())}, {Key(key, "OLD")})"),
    ];

    public override IReadOnlyList<string> DropTriggers(TableSchema table) =>
        [.. Verbs.Select(verb => $"DROP TRIGGER IF EXISTS {Quoted(NameOf(table, verb))};")];

    private string Trigger(TableSchema table, string verb, string rows) =>
        $"""
        CREATE TRIGGER {Quoted(NameOf(table, verb))} AFTER {verb.ToUpperInvariant()} ON {Quoted(table.Name)} BEGIN
          INSERT INTO {Entries(schema: null)} ("table_name", "row_key") {rows};
        END;
        """;

    private string Key(IReadOnlyList<ColumnSchema> key, string row) =>
        $"json_object({string.Join(", ", key.Select(column => $"{Literal(column.Name)}, {Value($"{row}.{Quoted(column.Name)}")}"))})";

    /// <summary>Any column can hold bytes, which JSON cannot: an error here would be one of whoever writes the row.</summary>
    private static string Value(string column) => $"CASE typeof({column}) WHEN 'blob' THEN {Literal(RowKey.BytesMark)} || hex({column}) ELSE {column} END";
}
