using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.SqlServer;

/// <summary>
/// Tables whose text compares by its characters (a binary collation), as it does on the other databases. Kinds without a type of their own
/// are told to the catalogue by an extended property.
/// </summary>
internal sealed class SqlServerDdl(SqlServerDialect dialect) : Ddl(dialect)
{
    /// <summary>The longest text that a key of 900 bytes can hold.</summary>
    private const int KeyCharacters = 450;

    public override string CreateTable(TableSchema table)
    {
        var keyed = table.PrimaryKey.Concat(table.UniqueKeys.SelectMany(key => key.Columns)).Concat(table.ForeignKeys.SelectMany(key => key.Columns)).ToHashSet(StringComparer.Ordinal);
        var lines = table.Columns.Select(column => Column(column, keyed.Contains(column.Name))).ToList();
        if (table.PrimaryKey.Count > 0)
            lines.Add($"PRIMARY KEY {List(table.PrimaryKey)}");
        foreach (var unique in table.UniqueKeys)
            lines.Add($"CONSTRAINT {Quoted(unique.Name)} UNIQUE {List(unique.Columns)}");
        foreach (var key in table.ForeignKeys)
            lines.Add($"CONSTRAINT {Quoted(key.Name)} FOREIGN KEY {List(key.Columns)} REFERENCES {Name(key.Target)} {List(key.TargetColumns)}");
        var text = new StringBuilder($"CREATE TABLE {Name(table.Name)} (\n  {string.Join(",\n  ", lines)}\n);");
        var properties = Properties(table).ToList();
        if (properties.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nDECLARE @schema sysname = {(table.Name.Schema is { } schema ? Literal(schema) : "SCHEMA_NAME()")};");
        foreach (var (column, name, value) in properties)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nEXEC sys.sp_addextendedproperty @name = {Literal(name)}, @value = {Literal(value)}, @level0type = N'SCHEMA', @level0name = @schema, @level1type = N'TABLE', @level1name = {Literal(table.Name.Name)}");
            if (column is not null)
                text.Append(CultureInfo.InvariantCulture, $", @level2type = N'COLUMN', @level2name = {Literal(column)}");
            text.Append(';');
        }
        return text.ToString();
    }

    private static IEnumerable<(string? Column, string Name, string Value)> Properties(TableSchema table)
    {
        if (table.Comment is { } comment)
            yield return (null, "MS_Description", comment);
        foreach (var column in table.Columns)
        {
            if (column.Comment is { } text)
                yield return (column.Name, "MS_Description", text);
            if (column.Type.Kind is ValueKind.Duration or ValueKind.Json)
                yield return (column.Name, Types.KindProperty, column.Type.Kind.ToString());
        }
    }

    protected override string Column(ColumnSchema column) => Column(column, isKeyed: false);

    private string Column(ColumnSchema column, bool isKeyed)
    {
        var quoted = Quoted(column.Name);
        var text = new StringBuilder(quoted).Append(' ').Append(TypeOf(column.Type, isKeyed));
        if (column.IsIdentity)
            text.Append(" IDENTITY(1,1)");
        text.Append(column.IsNullable ? " NULL" : " NOT NULL");
        if (column.Default is { } value)
            text.Append(" DEFAULT (").Append(Default(column.Type.Kind, value)).Append(')');
        if (column.Members is { } members)
            text.Append(CultureInfo.InvariantCulture, $" CHECK ({quoted} IN ({string.Join(", ", members.Select(Literal))}))");
        return text.ToString();
    }

    private static string TypeOf(ColumnType type, bool isKeyed) => type.Kind switch
    {
        ValueKind.Boolean => "bit",
        ValueKind.Byte => "tinyint",
        ValueKind.Int16 => "smallint",
        ValueKind.Int32 => "int",
        ValueKind.Int64 or ValueKind.Duration => "bigint",
        ValueKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({type.Precision ?? 28},{type.Scale ?? (type.Precision is null ? 10 : 0)})"),
        ValueKind.Double => "float",
        ValueKind.Single => "real",
        ValueKind.String or ValueKind.Enum => $"nvarchar({Size(type.MaxLength ?? (isKeyed ? KeyCharacters : null), 4000)}) COLLATE {SqlServerDialect.Binary}",
        ValueKind.Json => $"nvarchar(max) COLLATE {SqlServerDialect.Binary}",
        ValueKind.Date => "date",
        ValueKind.TimeOfDay => "time(7)",
        ValueKind.DateTimeOffset => "datetimeoffset(7)",
        ValueKind.Guid => "uniqueidentifier",
        ValueKind.Binary => $"varbinary({Size(type.MaxLength, 8000)})",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, null),
    };

    private static string Size(int? size, int most) => size is { } bounded && bounded <= most ? bounded.ToString(CultureInfo.InvariantCulture) : "max";

    private static string Default(ValueKind kind, string value) => (kind, value) switch
    {
        (ValueKind.DateTimeOffset or ValueKind.Date or ValueKind.TimeOfDay, "now") => "SYSUTCDATETIME()",
        (ValueKind.Boolean, "true") => "1",
        (ValueKind.Boolean, "false") => "0",
        _ => value,
    };

    protected override string Literal(string text) => $"N'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
