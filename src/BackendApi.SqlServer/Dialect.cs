using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.SqlServer;

/// <summary>T-SQL of SQL Server 2017 and later; <c>matchesPattern</c> needs 2025 or Azure SQL.</summary>
public sealed class SqlServerDialect : Dialect
{
    public static readonly SqlServerDialect Instance = new();

    /// <summary>Compares text code unit by code unit. A comparison of the column's own collation beside it lets an index serve.</summary>
    internal const string Binary = "Latin1_General_100_BIN2";

    private SqlServerDialect() => (Ddl, Capture) = (new SqlServerDdl(this), new SqlServerCapture(this));

    public override string Name => "SqlServer";
    public override ValueReader Values { get; } = new SqlServerValueReader();
    public override ICatalog Catalog { get; } = new SqlServerCatalog();
    public override Ddl Ddl { get; }
    public override ChangeCapture Capture { get; }
    /// <summary>Of 2,100, two carry the statement itself.</summary>
    public override int MaxParameters => 2098;
    public override bool HasBooleanValues => false;
    public override bool HasRowComparison => false;
    public override bool SortsNullsFirst => true;
    public override IReadOnlyDictionary<string, string> Functions => SqlServer.Functions.Templates;
    public override IReadOnlyDictionary<(ValueKind From, ValueKind To), string> Conversions => SqlServer.Conversions.Templates;

    public override void AppendIdentifier(StringBuilder text, string name) => text.Append('[').Append(name.Replace("]", "]]", StringComparison.Ordinal)).Append(']');

    public override void AppendParameter(StringBuilder text, int index) => text.Append("@p").Append(CultureInfo.InvariantCulture, $"{index}");

    public override void AppendPage(StringBuilder text, int? skip, int? take)
    {
        if (skip is null && take is null)
            return;
        text.Append(" OFFSET ");
        if (skip is { } offset)
            AppendParameter(text, offset);
        else
            text.Append('0');
        text.Append(" ROWS");
        if (take is { } limit)
        {
            AppendParameter(text.Append(" FETCH NEXT "), limit);
            text.Append(" ROWS ONLY");
        }
    }

    public override void AppendKeyList(StringBuilder text, string alias, IReadOnlyList<(int Parameter, ColumnType Type)> columns)
    {
        text.Append("(SELECT CAST(c0.[key] AS int) AS ord");
        for (var i = 0; i < columns.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $", {Element($"c{i}.[value]", columns[i].Type)} AS k{i}");
        for (var i = 0; i < columns.Count; i++)
        {
            text.Append(i == 0 ? " FROM OPENJSON(" : " JOIN OPENJSON(");
            AppendParameter(text, columns[i].Parameter);
            text.Append(CultureInfo.InvariantCulture, $") AS c{i}");
            if (i > 0)
                text.Append(CultureInfo.InvariantCulture, $" ON c{i}.[key] = c0.[key]");
        }
        text.Append(") AS ").Append(alias);
    }

    public override void AppendItems(StringBuilder text, Action<StringBuilder> list, string alias)
    {
        list(text.Append("OPENJSON(CASE WHEN ISJSON("));
        list(text.Append(") = 1 AND LEFT(LTRIM("));
        list(text.Append("), 1) = N'[' THEN "));
        text.Append(" ELSE N'[]' END) ").Append(alias);
    }

    protected override string? PlainItem(ValueKind kind) => kind switch
    {
        ValueKind.String => "CASE {0}.[type] WHEN 1 THEN {0}.[value] END",
        ValueKind.Boolean => "CASE {0}.[type] WHEN 3 THEN CAST({0}.[value] AS bit) END",
        ValueKind.Json => "CASE {0}.[type] WHEN 5 THEN {0}.[value] END",
        ValueKind.Double => "CASE {0}.[type] WHEN 2 THEN TRY_CAST({0}.[value] AS float) END",
        ValueKind.Single => "CASE {0}.[type] WHEN 2 THEN TRY_CAST({0}.[value] AS real) END",
        ValueKind.Decimal => "CASE {0}.[type] WHEN 2 THEN TRY_CAST({0}.[value] AS decimal(38,10)) END",
        _ when FieldTypes.IsNumber(kind) => "CASE {0}.[type] WHEN 2 THEN TRY_CAST({0}.[value] AS bigint) END",
        _ => null,
    };

    public override string ItemMember => "(SELECT TOP (1) {1} FROM OPENJSON(CASE {0}.[type] WHEN 5 THEN {0}.[value] END) m WHERE m.[key] = {2})";
    public override string ItemAsJson =>
        "CASE {0}.[type] WHEN 0 THEN N'null' WHEN 1 THEN N'\"' + STRING_ESCAPE({0}.[value], 'json') + N'\"' ELSE {0}.[value] END";

    public override string ItemPlace => "CAST({0}.[key] AS int)";

    public override void AppendList(StringBuilder text, Action rows)
    {
        text.Append("(SELECT N'[' + COALESCE(STRING_AGG(CAST(r.v AS nvarchar(max)), N',') WITHIN GROUP (ORDER BY r.n), N'') + N']' FROM ");
        rows();
        text.Append(" r)");
    }

    public override void AppendIn(StringBuilder text, Action<StringBuilder> operand, int parameter, ColumnType type)
    {
        var list = new StringBuilder(" IN (SELECT ").Append(Element("[value]", type)).Append(" FROM OPENJSON(");
        AppendParameter(list, parameter);
        list.Append("))");
        if (!IsText(type.Kind))
        {
            operand(text);
            text.Append(list);
            return;
        }
        text.Append('(');
        operand(text);
        text.Append(list).Append(" AND ");
        operand(text);
        text.Append(" COLLATE ").Append(Binary).Append(list).Append(')');
    }

    /// <summary>Types that do not compare, or that the driver would need CLR types for, are text to the outside.</summary>
    public override string Operand(ColumnType column) => Types.Name(column) switch
    {
        "text" or "ntext" or "xml" or "sql_variant" or "hierarchyid" or "json" or "vector" => "CAST({0} AS nvarchar(max))",
        "geography" or "geometry" => "{0}.STAsText()",
        "image" => "CAST({0} AS varbinary(max))",
        Types.RowVersion => "CAST({0} AS varbinary(8))",
        _ => "{0}",
    };

    public override string Stored(ColumnType column) => Types.Name(column) switch
    {
        "xml" => "CAST({0} AS xml)",
        "hierarchyid" => "CAST({0} AS hierarchyid)",
        "geography" => "geography::STGeomFromText({0}, 4326)",
        "geometry" => "geometry::STGeomFromText({0}, 0)",
        _ => "{0}",
    };

    public override string Selected(ColumnType column) => Operand(column);

    public override string EqualityOf(ValueKind kind) =>
        IsText(kind) ? $"({{0}} = {{1}} AND DATALENGTH({{0}}) = DATALENGTH({{1}}) AND {{0}} = {{1}} COLLATE {Binary})" : "{0} = {1}";

    public override int MaxRows(int columns) => Changes.MaxRows;

    protected override void Write(ChangeText text, Change change) => Changes.Write(text, change);

    public override string UpdateFrom => "UPDATE d SET {1} FROM {0} AS d JOIN {2} AS v ON {3}" + Changes.CountText;

    public override string LockHint => " WITH (UPDLOCK, HOLDLOCK, ROWLOCK)";

    public override Violation? Violated(Exception exception) => Failures.Violated(exception);

    public override Failure Classify(Exception exception) => Failures.Classify(exception);

    private static bool IsText(ValueKind kind) => kind is ValueKind.String or ValueKind.Json or ValueKind.Enum;

    /// <summary>A member of a JSON list, which OPENJSON yields as text, in the type of the column that it meets.</summary>
    private static string Element(string value, ColumnType type) => type.Kind switch
    {
        ValueKind.Binary => $"CONVERT(varbinary(max), {value}, 2)",
        // Through float, because JSON may write a number with an exponent, which decimals do not read.
        ValueKind.DateTimeOffset when Types.Compared(type) == "datetime" => $"CAST(CAST({value} AS datetime2(7)) AS datetime)",
        // A list of lookups or of rows: a shorter type would cut a long text in silence, and the longest one that an index knows is chosen where it cannot.
        ValueKind.String or ValueKind.Json or ValueKind.Enum => type.MaxLength is > 0 and <= 4000
            ? $"CAST({value} AS {(Types.Name(type) is "varchar" or "char" ? "varchar(8000)" : "nvarchar(4000)")})"
            : value,
        _ => $"CAST({value} AS {Types.Compared(type)})",
    };
}
