using System.Text.Json;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.SqlServer;

/// <summary>
/// Entries are stamped with a rowversion, which rises with every row that is written in the database. All transactions that hold one below the lowest
/// active rowversion have ended. The log has no identity column: a trigger's insert would change what <c>@@IDENTITY</c> tells whoever writes the table.
/// </summary>
internal sealed class SqlServerCapture(SqlServerDialect dialect) : ChangeCapture(dialect)
{
    public override string CreateEntries =>
        $"""
        CREATE TABLE [backend_change] (
          [stamp] rowversion NOT NULL PRIMARY KEY,
          [table_name] nvarchar(257) COLLATE {SqlServerDialect.Binary} NOT NULL,
          [row_key] nvarchar(max) COLLATE {SqlServerDialect.Binary} NOT NULL,
          [changed_at] datetimeoffset(7) NOT NULL DEFAULT (SYSUTCDATETIME())
        );
        CREATE INDEX [ix_backend_change_table] ON [backend_change] ([table_name], [stamp])
        """;

    public override IReadOnlyList<string> Place => ["stamp"];

    public override string Window => "SELECT CAST(MIN_ACTIVE_ROWVERSION() AS bigint), CAST(@@DBTS AS bigint) + 1";

    public override string StampAsNumber => "CAST({0} AS bigint)";

    public override string NumberAsStamp => "CAST({0} AS binary(8))";

    public override string CurrentSchema => "SELECT SCHEMA_NAME()";

    public override string Separator => "GO";

    public override IReadOnlyList<string> CreateTriggers(TableSchema table, IReadOnlyList<ColumnSchema> key, string? schema) =>
    [
        $"""
        CREATE OR ALTER TRIGGER {Trigger(table)} ON {Quoted(table.Name)} AFTER INSERT, UPDATE, DELETE AS
        BEGIN
          SET NOCOUNT ON;
          INSERT INTO {Entries(schema)} ([table_name], [row_key])
          SELECT N{Literal(table.Name.ToString())}, k.[key] FROM (SELECT {Key(key)} AS [key] FROM inserted r UNION SELECT {Key(key)} FROM deleted r) k;
        END
        """,
    ];

    public override IReadOnlyList<string> DropTriggers(TableSchema table) => [$"DROP TRIGGER IF EXISTS {Trigger(table)};"];

    private string Trigger(TableSchema table) => Quoted(new TableName(table.Name.Schema, NameOf(table)));

    /// <summary>Put together as text: FOR JSON takes a point in a name for a path. Compared by its characters, or a key that changes its case only would be one.</summary>
    private string Key(IReadOnlyList<ColumnSchema> key) =>
        $"(N'{{' + {string.Join(" + N',' + ", key.Select(column => $"N{Literal(JsonSerializer.Serialize(column.Name) + ":")} + {Value(column)}"))} + N'}}') COLLATE {SqlServerDialect.Binary}";

    private string Value(ColumnSchema column)
    {
        var value = $"r.{Quoted(column.Name)}";
        return column.Type.Kind switch
        {
            ValueKind.Boolean or ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64 or ValueKind.Duration => $"CONVERT(nvarchar(20), {value})",
            // Of money, CONVERT alone keeps two digits.
            ValueKind.Decimal => $"CONVERT(nvarchar(60), CAST({value} AS decimal(38,{column.Type.Scale ?? 0})))",
            ValueKind.Guid => $"N'\"' + CONVERT(nvarchar(36), {value}) + N'\"'",
            ValueKind.Date => $"N'\"' + CONVERT(nvarchar(10), {value}, 23) + N'\"'",
            ValueKind.TimeOfDay => $"N'\"' + CONVERT(nvarchar(16), CAST({value} AS time(7))) + N'\"'",
            ValueKind.DateTimeOffset => $"N'\"' + CONVERT(nvarchar(40), CAST(CAST({value} AS datetimeoffset(7)) AT TIME ZONE 'UTC' AS datetime2(7)), 126) + N'\"'",
            _ => $"N'\"' + STRING_ESCAPE(CAST({value} AS nvarchar(max)), 'json') + N'\"'",
        };
    }
}
