using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Plan;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>Turns a statement tree into the text of one dialect. Names are quoted by the dialect and every value becomes a parameter.</summary>
public sealed partial class SqlWriter
{
    private const int ChainGroup = 100;

    private static readonly ColumnType Count = new(ValueKind.Int64, "");
    private static readonly ColumnType Text = new(ValueKind.String, "");

    private readonly Dialect _dialect;
    private readonly StringBuilder _text;
    private readonly List<SqlParameter> _parameters = [];
    private IReadOnlyList<(int Parameter, ColumnType Type)> _owners = [];
    private List<EntitySetModel>? _supplied;

    // Statements are written whole before anything is awaited: one builder for each thread serves them all.
    [ThreadStatic]
    private static StringBuilder? _reused;

    private SqlWriter(Dialect dialect)
    {
        _dialect = dialect;
        _text = (_reused ??= new(1024)).Clear();
    }

    public static Statement Write(Select select, Dialect dialect)
    {
        var writer = new SqlWriter(dialect);
        if (select.Owners is null)
            writer.Plain(select);
        else
            writer.ByOwner(select, select.Owners);
        if (IsLocked(select))
            writer._text.Append(dialect.LockClause.Replace("{0}", Alias(select.From), StringComparison.Ordinal));
        if (writer._parameters.Count > dialect.MaxParameters)
            throw new ServiceException(Errors.LimitExceeded, $"The request needs more than the {dialect.MaxParameters} values that a statement of this database takes. A list (in) counts once.");
        return new(writer._text.ToString(), writer._parameters) { Supplied = writer._supplied };
    }

    /// <summary>Rows that are given have no locks.</summary>
    private static bool IsLocked(Select select) => select.IsLocked && select.From.Rows is not SourceRows.Supplied;

    private void Plain(Select select)
    {
        switch (select.Form)
        {
            case SelectForm.Count:
                _text.Append("SELECT COUNT(*)");
                break;
            case SelectForm.Any:
                _text.Append("SELECT 1");
                break;
            default:
                _text.Append("SELECT ");
                Columns(select.Columns);
                break;
        }
        Clauses(select);
    }

    /// <summary>What stands behind the select list.</summary>
    private void Clauses(Select select)
    {
        From(select.From);
        Lock(select);
        Joins(select.Joins);
        Where(select.Where);
        if (select.GroupBy.Count > 0)
        {
            _text.Append(" GROUP BY ");
            for (var i = 0; i < select.GroupBy.Count; i++)
            {
                _text.Append(i > 0 ? ", " : "");
                Value(select.GroupBy[i]);
            }
        }
        if (select.OrderBy.Count > 0)
        {
            _text.Append(" ORDER BY ");
            Order(select.OrderBy);
            Page(select.Skip, select.Take);
        }
        else if (select.Skip > 0 || select.Take == 0)
        {
            // One row at most, as of an aggregation without groups. It needs no order, but SQL Server skips nothing without one.
            _text.Append(" ORDER BY (SELECT NULL)");
            Page(select.Skip, select.Take);
        }
    }

    /// <summary>
    /// The rows of many owners at once. Where each owner's share is limited, the rows are numbered within their owner first: only a window function
    /// does that in one statement on every database.
    /// </summary>
    private void ByOwner(Select select, OwnerKeys owners)
    {
        var keys = ListsOf(owners);
        _owners = keys;

        var isLimited = select.Form == SelectForm.Rows && (select.Skip > 0 || select.Take is not null);
        if (isLimited)
        {
            _text.Append("SELECT r.* FROM (SELECT ");
            Position();
            _text.Append(" AS o");
            for (var i = 0; i < select.Columns.Count; i++)
            {
                _text.Append(", ");
                Selected(select.Columns[i]);
                _text.Append(CultureInfo.InvariantCulture, $" AS c{i}");
            }
            _text.Append(", ROW_NUMBER() OVER (PARTITION BY ");
            Position();
            _text.Append(" ORDER BY ");
            if (select.OrderBy.Count > 0)
                Order(select.OrderBy);
            else
                Position();
            _text.Append(") AS n");
        }
        else if (select.Form == SelectForm.Count)
        {
            _text.Append("SELECT ");
            Position();
            _text.Append(", COUNT(*)");
        }
        else
        {
            _text.Append("SELECT ");
            Position();
            _text.Append(select.Columns.Count > 0 ? ", " : "");
            Columns(select.Columns);
        }

        if (owners.Position is null)
            Found(select, owners, keys);
        else
            From(select.From);
        Joins(select.Joins);
        Where(select.Where);

        if (isLimited)
        {
            _text.Append(") r WHERE r.n > ");
            Parameter(new(Count, select.Skip));
            if (select.Take is { } take)
            {
                _text.Append(" AND r.n <= ");
                Parameter(new(Count, select.Skip + take));
            }
            _text.Append(" ORDER BY r.o, r.n");
        }
        else if (select.Form == SelectForm.Count)
        {
            _text.Append(" GROUP BY ");
            Position();
            _text.Append(" ORDER BY ");
            Position();
        }
        else
        {
            _text.Append(" ORDER BY ");
            Position();
            _text.Append(select.OrderBy.Count > 0 ? ", " : "");
            Order(select.OrderBy);
        }

        void Position()
        {
            if (owners.Position is { } position)
                Value(position);
            else
                _text.Append("k.ord");
        }
    }

    private (int Parameter, ColumnType Type)[] ListsOf(OwnerKeys owners)
    {
        var keys = new (int Parameter, ColumnType Type)[owners.Lookup.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (Add(new(owners.Lookup[i].Definition.Type, owners.Values[i], IsList: true)), owners.Lookup[i].Definition.Type);
        return keys;
    }

    /// <summary>The owners, and the rows that belong to each.</summary>
    private void Found(Select select, OwnerKeys owners, (int Parameter, ColumnType Type)[] keys)
    {
        _text.Append(" FROM ");
        _dialect.AppendKeyList(_text, "k", keys);
        var lookup = owners.Link is null ? select.From : owners.Lookup[0].Source;
        _text.Append(" JOIN ");
        Source(lookup);
        Lock(select);
        _text.Append(" ON ");
        for (var i = 0; i < keys.Length; i++)
        {
            _text.Append(i == 0 ? "" : " AND ");
            Value(owners.Lookup[i]);
            _text.Append(CultureInfo.InvariantCulture, $" = k.k{i}");
        }
        if (owners.Link is not null)
            Joins([owners.Link]);
    }

    private void Lock(Select select)
    {
        if (IsLocked(select))
            _text.Append(_dialect.LockHint);
    }

    private static string Alias(Source source) => "t" + source.Number.ToString(CultureInfo.InvariantCulture);

    private void Columns(IReadOnlyList<Term> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0)
                _text.Append(", ");
            Selected(columns[i]);
        }
    }

    private void Where(Condition? condition)
    {
        if (condition is null)
            return;
        _text.Append(" WHERE ");
        // The outermost AND needs no parentheses.
        if (condition is Condition.All all)
            Chain(all.Conditions, " AND ");
        else
            Write(condition);
    }

    private void Order(IReadOnlyList<OrderTerm> order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (i > 0)
                _text.Append(", ");
            Value(order[i].Value);
            if (order[i].IsDescending)
                _text.Append(" DESC");
            // Only where a null can be: an index serves the order only when the words fit it (see docs/decisions).
            if (order[i].Value.IsNullable && !_dialect.SortsNullsFirst)
                _text.Append(order[i].IsDescending ? " NULLS LAST" : " NULLS FIRST");
        }
    }

    private void Page(long skip, long? take)
    {
        if (skip == 0 && take is null)
            return;
        // SQL Server fetches one row at least; behind all of them there is none.
        if (take == 0)
            (skip, take) = (long.MaxValue, 1);
        int? skipped = skip > 0 ? Add(new(Count, skip)) : null;
        int? taken = take is null ? null : Add(new(Count, take.Value));
        _dialect.AppendPage(_text, skipped, taken);
    }

    private void Value(Term term)
    {
        switch (term)
        {
            case Term.Column column:
                Template(column.Definition.Type.IsOperand ? "{0}" : _dialect.Operand(column.Definition.Type), column);
                break;
            case Term.Constant constant:
                Parameter(new(constant.Type, constant.Value));
                break;
            case Term.Word word:
                Parameter(new(Text, _dialect.SearchedFor(word.Text)));
                break;
            case Term.Call { Kind: ValueKind.Boolean } call when !_dialect.HasBooleanValues:
                _text.Append("CASE WHEN ");
                Template(TemplateOf(call), call.Arguments);
                _text.Append(" THEN 1 WHEN NOT (");
                Template(TemplateOf(call), call.Arguments);
                _text.Append(") THEN 0 END");
                break;
            case Term.Call call:
                Template(TemplateOf(call), call.Arguments);
                break;
            case Term.Test test:
                _text.Append("CASE WHEN ");
                Write(test.WhenTrue);
                _text.Append(_dialect.HasBooleanValues ? " THEN TRUE WHEN " : " THEN 1 WHEN ");
                Write(test.WhenFalse);
                _text.Append(_dialect.HasBooleanValues ? " THEN FALSE END" : " THEN 0 END");
                break;
            case Term.SumBefore sum:
                SumBefore(sum);
                break;
            case Term.RowNumber number:
                RowNumber(number);
                break;
            case Term.Item item:
                _text.Append(_dialect.ItemOf(item.Kind).Replace("{0}", "t" + item.From.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
                break;
            case Term.ItemMember member:
                ItemMember(member);
                break;
            case Term.Place place:
                _text.Append(_dialect.ItemPlace.Replace("{0}", "t" + place.From.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
                break;
            case Term.ItemList items:
                _dialect.AppendList(_text, () => ItemRows(items));
                break;
            case Term.Converted converted:
                Template(_dialect.ConversionOf(converted.Operand.Kind, converted.Kind), [converted.Operand]);
                break;
            case Term.Case { Branches: var branches }:
                _text.Append("CASE");
                foreach (var (when, then) in branches)
                {
                    _text.Append(" WHEN ");
                    Write(when);
                    _text.Append(" THEN ");
                    Value(then);
                }
                _text.Append(" END");
                break;
            case Term.Masked masked:
                Masked(masked);
                break;
            case Term.Scalar scalar:
                _text.Append("(SELECT ");
                Value(scalar.Value);
                Subquery(scalar.Rows);
                break;
            case Term.CountOf count:
                _text.Append("(SELECT COUNT(*)");
                Subquery(count.Rows);
                break;
            default:
                throw new InvalidOperationException($"No SQL for {term.GetType().Name}.");
        }
    }

    private void ItemMember(Term.ItemMember member)
    {
        var template = _dialect.ItemMember
            .Replace("{0}", "t" + member.From.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{1}", _dialect.ItemOf(member.Kind).Replace("{0}", "m", StringComparison.Ordinal), StringComparison.Ordinal);
        // The pattern of a date has {2} too, in front of the name.
        var name = template.LastIndexOf("{2}", StringComparison.Ordinal);
        _text.Append(template, 0, name);
        Parameter(new(Text, member.Name));
        _text.Append(template, name + 3, template.Length - name - 3);
    }

    /// <summary>The chosen items as <c>v</c> with their place among them as <c>n</c>.</summary>
    private void ItemRows(Term.ItemList items)
    {
        var source = "t" + items.From.Number.ToString(CultureInfo.InvariantCulture);
        _text.Append("(SELECT x.v, x.n FROM (SELECT ");
        if (items.Each is null)
            _text.Append(_dialect.ItemAsJson.Replace("{0}", source, StringComparison.Ordinal));
        else
            Value(items.Each);
        _text.Append(" AS v, ROW_NUMBER() OVER (ORDER BY ");
        if (items.OrderBy.Count > 0)
        {
            Order(items.OrderBy);
            _text.Append(", ");
        }
        _text.Append(_dialect.ItemPlace.Replace("{0}", source, StringComparison.Ordinal)).Append(") AS n");
        From(items.From);
        Where(items.Where);
        _text.Append(") x WHERE x.n > ");
        Parameter(new(Count, items.Skip));
        if (items.Take is { } take)
        {
            _text.Append(" AND x.n <= ");
            Parameter(new(Count, take > long.MaxValue - items.Skip ? long.MaxValue : items.Skip + take));
        }
        _text.Append(')');
    }

    private string TemplateOf(Term.Call call) => _dialect.TemplateOf(call.Function, call.Arguments);

    private void Template(string template, Term.Column column)
    {
        var hole = template.IndexOf("{0}", StringComparison.Ordinal);
        _text.Append(template, 0, hole).Append('t').Append(column.Source.Number).Append('.');
        _dialect.AppendIdentifier(_text, column.Definition.Name);
        _text.Append(template, hole + 3, template.Length - hole - 3);
    }

    private void Template(string template, Term left, Term right) => Template(template, [left, right]);

    private void Template(string template, IReadOnlyList<Term> arguments)
    {
        var written = 0;
        for (var hole = template.IndexOf('{'); hole >= 0; hole = template.IndexOf('{', hole + 1))
        {
            // A regular expression in a template has braces too.
            var argument = template[hole + 1] - '0';
            if (argument < 0 || argument >= arguments.Count || template[hole + 2] != '}')
                continue;
            _text.Append(template, written, hole - written);
            Value(arguments[argument]);
            written = hole + 3;
        }
        _text.Append(template, written, template.Length - written);
    }

    private void Parameter(SqlParameter parameter) => _dialect.AppendParameter(_text, Add(parameter));

    private int Add(SqlParameter parameter)
    {
        _parameters.Add(parameter);
        return _parameters.Count - 1;
    }
}
