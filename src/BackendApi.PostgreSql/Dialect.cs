using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.PostgreSql;

/// <summary>PostgreSQL 12 and later. The templates of the function table are its own words, so few are overridden.</summary>
public sealed class PostgreSqlDialect : Dialect
{
    public static readonly PostgreSqlDialect Instance = new();

    private PostgreSqlDialect() => (Ddl, Capture) = (new PostgreSqlDdl(this), new PostgreSqlCapture(this));

    public override string Name => "PostgreSql";
    public override ValueReader Values { get; } = new PostgreSqlValueReader();
    public override ICatalog Catalog { get; } = new PostgreSqlCatalog();
    public override Ddl Ddl { get; }
    public override ChangeCapture Capture { get; }
    public override int MaxParameters => 65_535;
    public override bool HasBooleanValues => true;
    public override bool HasRowComparison => true;
    public override bool SortsNullsFirst => false;
    public override IReadOnlyDictionary<string, string> Functions => PostgreSql.Functions.Templates;
    public override IReadOnlyDictionary<(ValueKind From, ValueKind To), string> Conversions => PostgreSql.Conversions.Templates;

    public override void AppendIdentifier(StringBuilder text, string name) => text.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');

    public override void AppendParameter(StringBuilder text, int index) => text.Append('$').Append(CultureInfo.InvariantCulture, $"{index + 1}");

    public override void AppendPage(StringBuilder text, int? skip, int? take)
    {
        if (take is { } limit)
            AppendParameter(text.Append(" LIMIT "), limit);
        if (skip is { } offset)
            AppendParameter(text.Append(" OFFSET "), offset);
    }

    public override void AppendKeyList(StringBuilder text, string alias, IReadOnlyList<(int Parameter, ColumnType Type)> columns)
    {
        text.Append("(SELECT u.ord - 1 AS ord");
        for (var i = 0; i < columns.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $", u.k{i}");
        text.Append(" FROM unnest(");
        for (var i = 0; i < columns.Count; i++)
            AppendList(text.Append(i == 0 ? "" : ", "), columns[i].Parameter, columns[i].Type);
        text.Append(") WITH ORDINALITY AS u(");
        for (var i = 0; i < columns.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"k{i}, ");
        text.Append("ord)) AS ").Append(alias);
    }

    public override string Listed(ColumnType column) => Types.IsArray(column) ? "to_jsonb({0})" : "{0}";

    public override void AppendItems(StringBuilder text, Action<StringBuilder> list, string alias)
    {
        list(text.Append("jsonb_array_elements(CASE jsonb_typeof(("));
        list(text.Append(")::jsonb) WHEN 'array' THEN ("));
        text.Append(")::jsonb ELSE '[]' END) WITH ORDINALITY ").Append(alias).Append("(value, ord)");
    }

    protected override string? PlainItem(ValueKind kind)
    {
        const string number = "CASE jsonb_typeof({0}.value) WHEN 'number' THEN ({0}.value #>> '{}')::numeric END";
        return kind switch
        {
            ValueKind.String => "CASE jsonb_typeof({0}.value) WHEN 'string' THEN {0}.value #>> '{}' END",
            ValueKind.Boolean => "CASE jsonb_typeof({0}.value) WHEN 'boolean' THEN ({0}.value #>> '{}')::boolean END",
            ValueKind.Json => "CASE jsonb_typeof({0}.value) WHEN 'object' THEN {0}.value END",
            ValueKind.Decimal => number,
            ValueKind.Double or ValueKind.Single => Conversions[(ValueKind.Decimal, kind)].Replace("{0}", number, StringComparison.Ordinal),
            // JSON that says 3.0 says a fraction.
            _ when FieldTypes.IsNumber(kind) => "CASE WHEN jsonb_typeof({0}.value) = 'number' AND {0}.value #>> '{}' ~ '^-?[0-9]{1,19}$' THEN ({0}.value #>> '{}')::numeric END",
            _ => null,
        };
    }

    public override string ItemMember => "(SELECT {1} FROM (SELECT {0}.value -> {2}) m(value))";
    public override string ItemAsJson => "{0}.value";
    public override string ItemPlace => "({0}.ord - 1)";

    public override void AppendList(StringBuilder text, Action rows)
    {
        text.Append("(SELECT COALESCE(jsonb_agg(r.v ORDER BY r.n), '[]') FROM ");
        rows();
        text.Append(" r)");
    }

    public override void AppendIn(StringBuilder text, Action<StringBuilder> operand, int parameter, ColumnType type)
    {
        operand(text);
        AppendList(text.Append(" = ANY ("), parameter, type);
        text.Append(')');
    }

    /// <summary>Enumerations, networks, arrays and the like are compared as their text: there is one string kind, and its functions want text.</summary>
    public override string Operand(ColumnType column) =>
        Types.IsArray(column) ? "to_jsonb({0})::text"
        : Types.TravelsAsText(column) || column.Kind == ValueKind.Json ? "{0}::text"
        : column.Native == "money" ? "{0}::numeric"
        : column.Native == "oid" ? "{0}::bigint"
        : "{0}";

    public override string Stored(ColumnType column) =>
        Types.IsArray(column) ? $"(SELECT ARRAY(SELECT jsonb_array_elements_text(v))::{column.Native} FROM (SELECT {{0}}::jsonb AS v) q WHERE v IS NOT NULL)"
        : Operand(column) == "{0}" ? "{0}" : column.Native.Length > 0 ? $"{{0}}::{column.Native}" : "{0}::jsonb";

    public override string Selected(ColumnType column) => Types.IsArray(column) ? "to_jsonb({0})" : column.Kind == ValueKind.Json ? "{0}" : Operand(column);

    public override string SearchedFor(string word) =>
        $"%{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    public override int MaxRows(int columns) => Changes.MaxRows;

    protected override void Write(ChangeText text, Change change) => Changes.Write(text, change);

    public override bool StoresAuditTogether => true;

    public override bool TellsBefore(ColumnType column) => AuditedChanges.TellsBefore(column);

    public override string LockClause => " FOR UPDATE OF {0}";

    public override Violation? Violated(Exception exception) => Failures.Violated(exception);

    public override Failure Classify(Exception exception) => Failures.Classify(exception);

    private void AppendList(StringBuilder text, int parameter, ColumnType type)
    {
        AppendParameter(text, parameter);
        text.Append("::").Append(Types.Sent(type)).Append("[]");
    }
}
