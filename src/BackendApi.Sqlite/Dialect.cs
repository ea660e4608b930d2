using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Sqlite;

/// <summary>SQLite 3.35 and later.</summary>
public sealed class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    private SqliteDialect() => (Ddl, Capture) = (new SqliteDdl(this), new SqliteCapture(this));

    public override string Name => "Sqlite";
    public override ValueReader Values { get; } = new SqliteValueReader();
    public override ICatalog Catalog { get; } = new SqliteCatalog();
    public override Ddl Ddl { get; }
    public override ChangeCapture Capture { get; }
    public override int MaxParameters => 32_766;
    public override bool HasBooleanValues => true;
    public override bool HasRowComparison => true;
    public override bool SortsNullsFirst => true;
    public override IReadOnlyDictionary<string, string> Functions => Sqlite.Functions.Templates;
    public override IReadOnlyDictionary<(ValueKind From, ValueKind To), string> Conversions => Sqlite.Conversions.Templates;

    public override void AppendIdentifier(StringBuilder text, string name) => text.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');

    public override void AppendParameter(StringBuilder text, int index) => text.Append('?').Append(CultureInfo.InvariantCulture, $"{index + 1}");

    public override void AppendPage(StringBuilder text, int? skip, int? take)
    {
        if (take is null && skip is null)
            return;
        text.Append(" LIMIT ");
        if (take is { } limit)
            AppendParameter(text, limit);
        else
            text.Append("-1");
        if (skip is { } offset)
            AppendParameter(text.Append(" OFFSET "), offset);
    }

    /// <summary>Materialised because SQLite indexes only then what it joins on; json_each by itself would be walked once for each row.</summary>
    public override void AppendKeyList(StringBuilder text, string alias, IReadOnlyList<(int Parameter, ColumnType Type)> columns)
    {
        text.Append("(WITH ");
        for (var i = 0; i < columns.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"c{i}(ord, v) AS MATERIALIZED (SELECT key, {Element(columns[i].Type)} FROM json_each(");
            AppendParameter(text, columns[i].Parameter);
            text.Append("))");
        }
        text.Append(" SELECT c0.ord AS ord");
        for (var i = 0; i < columns.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $", c{i}.v AS k{i}");
        text.Append(" FROM c0");
        for (var i = 1; i < columns.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $" JOIN c{i} ON c{i}.ord = c0.ord");
        text.Append(") AS ").Append(alias);
    }

    public override void AppendItems(StringBuilder text, Action<StringBuilder> list, string alias)
    {
        // Nested, because json_type fails on what json_valid refuses.
        list(text.Append("json_each(CASE WHEN json_valid("));
        list(text.Append(") THEN CASE json_type("));
        list(text.Append(") WHEN 'array' THEN "));
        text.Append(" ELSE '[]' END ELSE '[]' END) ").Append(alias);
    }

    protected override string? PlainItem(ValueKind kind) => kind switch
    {
        ValueKind.String => "CASE {0}.type WHEN 'text' THEN {0}.value END",
        ValueKind.Boolean => "CASE {0}.type WHEN 'true' THEN 1 WHEN 'false' THEN 0 END",
        ValueKind.Json => "CASE {0}.type WHEN 'object' THEN {0}.value END",
        ValueKind.Single => "CASE WHEN {0}.type IN ('integer', 'real') THEN backend_number({0}.value, 'Single') END",
        ValueKind.Decimal or ValueKind.Double => "CASE WHEN {0}.type IN ('integer', 'real') THEN {0}.value END",
        _ when FieldTypes.IsNumber(kind) => "CASE {0}.type WHEN 'integer' THEN {0}.value END",
        _ => null,
    };

    public override string ItemMember => "(SELECT {1} FROM json_each(CASE {0}.type WHEN 'object' THEN {0}.value ELSE '{}' END) m WHERE m.key = {2} LIMIT 1)";
    public override string ItemAsJson => "CASE {0}.type WHEN 'object' THEN {0}.value WHEN 'array' THEN {0}.value WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE json_quote({0}.value) END";
    public override string ItemPlace => "{0}.key";

    public override void AppendList(StringBuilder text, Action rows)
    {
        text.Append("(SELECT '[' || coalesce(group_concat(r.v, ','), '') || ']' FROM (SELECT q.v FROM ");
        rows();
        text.Append(" q ORDER BY q.n) r)");
    }

    public override void AppendIn(StringBuilder text, Action<StringBuilder> operand, int parameter, ColumnType type)
    {
        operand(text);
        if (IsText(type.Kind))
            text.Append(" COLLATE BINARY");
        text.Append(" IN (SELECT ").Append(Element(type)).Append(" FROM json_each(");
        AppendParameter(text, parameter);
        text.Append("))");
    }

    public override string Operand(ColumnType column) =>
        // A type without words is one of our own DDL, or of the result of an expression.
        column.Native.Length == 0 || column.Native.EndsWith(Types.CanonicalMark, StringComparison.Ordinal) ? "{0}" : column.Kind switch
        {
            ValueKind.Boolean => "backend_boolean({0})",
            ValueKind.Date => "backend_date({0})",
            ValueKind.TimeOfDay => "backend_time({0})",
            ValueKind.DateTimeOffset => "backend_instant({0})",
            ValueKind.Duration => "backend_duration({0})",
            ValueKind.Guid => "backend_guid({0})",
            ValueKind.Decimal when column.Native == ColumnType.Exact => "backend_rounded({0})",
            _ => "{0}",
        };

    /// <summary>SQLite keeps every digit, whatever the declared scale.</summary>
    public override string Assigned(ColumnType column) => column is { Kind: ValueKind.Decimal, Scale: { } scale }
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"backend_scaled({{0}}, {scale})")
        : Stored(column);

    /// <summary>The first comparison is the one that an index of a column with another collation serves.</summary>
    public override string EqualityOf(ValueKind kind) => IsText(kind) ? "({0} = {1} AND {0} = {1} COLLATE BINARY)" : "{0} = {1}";

    public override int MaxRows(int columns) => Changes.MaxRows(columns);

    public override bool HasRowsInText => true;

    public override bool UndoesFailedStatements => true;

    protected override void Write(ChangeText text, Change change) => Changes.Write(text, change);

    public override Violation? Violated(Exception exception) => Failures.Violated(exception);

    public override Failure Classify(Exception exception) => Failures.Classify(exception);

    private static bool IsText(ValueKind kind) => kind is ValueKind.String or ValueKind.Json or ValueKind.Enum;

    // The driver turns an empty array into null.
    private static string Element(ColumnType type) => type.Kind == ValueKind.Binary ? "coalesce(backend_bytes(value), x'')" : "value";
}
