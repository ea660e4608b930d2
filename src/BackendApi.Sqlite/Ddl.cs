using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Sqlite;

/// <summary>
/// Tables whose columns hold operand form only, which check constraints prove to the catalogue later. Lengths, which SQLite does not
/// mind by itself, are checks too.
/// </summary>
internal sealed class SqliteDdl(SqliteDialect dialect) : Ddl(dialect)
{
    public override string CreateTable(TableSchema table)
    {
        var lines = new List<string>();
        var identity = table.Columns.FirstOrDefault(column => column.IsIdentity);
        foreach (var column in table.Columns)
            lines.Add(Column(column, column == identity && table.PrimaryKey is [var key] && key == column.Name));
        if (table.PrimaryKey.Count > 0 && !(identity is not null && table.PrimaryKey is [var only] && only == identity.Name))
            lines.Add($"PRIMARY KEY {List(table.PrimaryKey)}");
        foreach (var unique in table.UniqueKeys)
            lines.Add($"CONSTRAINT {Quoted(unique.Name)} UNIQUE {List(unique.Columns)}");
        foreach (var key in table.ForeignKeys)
            lines.Add($"CONSTRAINT {Quoted(key.Name)} FOREIGN KEY {List(key.Columns)} REFERENCES {Quoted(key.Target.Name)} {List(key.TargetColumns)}");
        return $"CREATE TABLE {Name(table.Name)} (\n  {string.Join(",\n  ", lines)}\n)";
    }

    public override string CreateIndex(string name, TableName table, IReadOnlyList<string> columns) =>
        $"CREATE INDEX {(table.Schema is null ? "" : Quoted(table.Schema) + ".")}{Quoted(name)} ON {Quoted(table.Name)} {List(columns)}";

    protected override string Column(ColumnSchema column) => Column(column, isRowId: false);

    private string Column(ColumnSchema column, bool isRowId)
    {
        var quoted = Quoted(column.Name);
        var text = new StringBuilder(quoted).Append(' ');
        // Only a column declared INTEGER PRIMARY KEY, in these words, is numbered by SQLite.
        text.Append(isRowId ? "INTEGER PRIMARY KEY AUTOINCREMENT" : TypeOf(column.Type));
        if (!column.IsNullable)
            text.Append(" NOT NULL");
        if (column.Default is { } value)
            text.Append(" DEFAULT ").Append(Default(column.Type.Kind, value));
        foreach (var check in Checks(column, quoted, isRowId))
            text.Append(" CHECK (").Append(check).Append(')');
        return text.ToString();
    }

    private IEnumerable<string> Checks(ColumnSchema column, string quoted, bool isRowId)
    {
        if (Types.CanonicalCheck(column.Type.Kind, quoted) is { } canonical)
            yield return canonical;
        if (isRowId && Types.RangeCheck(column.Type.Kind, quoted) is { } range)
            yield return range;
        if (column.Members is { } members)
            yield return $"{quoted} IN ({string.Join(", ", members.Select(Literal))})";
        else if (column.Type is { Kind: ValueKind.String, MaxLength: { } length })
            yield return string.Create(CultureInfo.InvariantCulture, $"length({quoted}) <= {length}");
    }

    private static string TypeOf(ColumnType type) => type.Kind switch
    {
        ValueKind.Boolean => "BOOLEAN",
        ValueKind.Byte => "TINYINT UNSIGNED",
        ValueKind.Int16 => "SMALLINT",
        ValueKind.Int32 => "INT4",
        ValueKind.Int64 => "BIGINT",
        ValueKind.Decimal => type.Precision is { } precision ? string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{type.Scale ?? 0})") : "DECIMAL",
        ValueKind.Double => "DOUBLE",
        ValueKind.Single => "FLOAT4",
        ValueKind.String or ValueKind.Enum => type.MaxLength is { } length ? string.Create(CultureInfo.InvariantCulture, $"VARCHAR({length})") : "TEXT",
        ValueKind.Date => "DATE",
        ValueKind.TimeOfDay => "TIME",
        ValueKind.DateTimeOffset => "TIMESTAMP",
        ValueKind.Duration => "INTERVAL",
        ValueKind.Guid => "UUID",
        ValueKind.Binary => type.MaxLength is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"VARBINARY({bytes})") : "BLOB",
        // TEXT in the name gives the column its affinity: as JSON alone, a document that is a number would be stored as one.
        ValueKind.Json => "JSON TEXT",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, null),
    };

    private static string Default(ValueKind kind, string value) => (kind, value) switch
    {
        (ValueKind.DateTimeOffset, "now") => "(strftime('%Y-%m-%dT%H:%M:%f0000Z', 'now'))",
        (ValueKind.Date, "now") => "(date('now'))",
        (ValueKind.TimeOfDay, "now") => "(strftime('%H:%M:%f0000', 'now'))",
        (ValueKind.Boolean, "true") => "1",
        (ValueKind.Boolean, "false") => "0",
        _ => $"({value})",
    };
}
