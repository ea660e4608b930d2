using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;

namespace BackendApi.Sql;

/// <summary>FROM clauses: tables, nested statements, joins, and what of them goes to the outside.</summary>
public sealed partial class SqlWriter
{
    private void From(Source source)
    {
        _text.Append(" FROM ");
        Source(source);
    }

    private void Source(Source source)
    {
        switch (source.Rows)
        {
            case SourceRows.Table { Name: var name }:
                Table(name);
                break;
            case SourceRows.Supplied { Set: var set }:
                Supplied(set);
                break;
            case SourceRows.Owners:
                _dialect.AppendKeyList(_text, "t" + source.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), _owners);
                return;
            case SourceRows.List list:
                Items(list.Value, "t" + source.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return;
            case SourceRows.Query query:
                Nested(query);
                break;
            default:
                throw new InvalidOperationException($"No SQL for {source.Rows.GetType().Name}.");
        }
        _text.Append(" t").Append(source.Number);
    }

    private void Table(TableName name)
    {
        if (name.Schema is { } schema)
        {
            _dialect.AppendIdentifier(_text, schema);
            _text.Append('.');
        }
        _dialect.AppendIdentifier(_text, name.Name);
    }

    /// <summary>A list for each column, by its name. The values are not known yet: the set stands for them.</summary>
    private void Supplied(EntitySetModel set)
    {
        (_supplied ??= []).Add(set);
        var columns = set.Table.Columns;
        var lists = columns.Select((column, i) => (Add(new(column.Type, new SuppliedColumn(set, i), IsList: true)), column.Type)).ToArray();
        _text.Append("(SELECT ");
        for (var i = 0; i < columns.Count; i++)
        {
            _text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}s.k{i} AS ");
            _dialect.AppendIdentifier(_text, columns[i].Name);
        }
        _text.Append(" FROM ");
        _dialect.AppendKeyList(_text, "s", lists);
        _text.Append(')');
    }

    private void Items(Term list, string alias)
    {
        if (list is Term.Column column)
        {
            _dialect.AppendItems(_text, _ => Template(_dialect.Listed(column.Definition.Type), column), alias);
            return;
        }
        // The dialect names the list more than once; it is sent once.
        var given = (Term.Constant)list;
        var parameter = Add(new(given.Type, given.Value));
        _dialect.AppendItems(_text, text => _dialect.AppendParameter(text, parameter), alias);
    }

    private void Nested(SourceRows.Query query)
    {
        for (var i = 0; i < query.Parts.Count; i++)
        {
            _text.Append(i == 0 ? "(" : " UNION ALL ");
            var part = query.Parts[i];
            _text.Append("SELECT ");
            for (var column = 0; column < query.Columns.Count; column++)
            {
                if (column > 0)
                    _text.Append(", ");
                Passed(part.Columns[column], query.Columns[column].Type);
                _text.Append(" AS ");
                _dialect.AppendIdentifier(_text, query.Columns[column].Name);
            }
            Clauses(part);
        }
        _text.Append(')');
    }

    /// <summary>A value on its way through a nested statement: as it is stored where the column says so, else in operand form.</summary>
    private void Passed(Term term, ColumnType type)
    {
        if (term is Term.Column column && !type.IsOperand)
            Template("{0}", column);
        else if (term is Term.Masked masked)
            Masked(masked);
        // The null of a part that lacks the column: a UNION has one type for all.
        else if (term is Term.Constant && !type.IsOperand)
            Template(_dialect.Stored(type), [term]);
        else
            Value(term);
    }

    private void Masked(Term.Masked masked)
    {
        _text.Append("CASE WHEN ");
        Write(masked.When);
        _text.Append(" THEN ");
        Template("{0}", masked.Value);
        _text.Append(" END");
    }

    /// <summary>A value in the select list: a column as it is stored, for the dialect's reader to understand.</summary>
    private void Selected(Term term)
    {
        if (term is Term.Column column)
            Template(column.Definition.Type.IsOperand ? "{0}" : _dialect.Selected(column.Definition.Type), column);
        else
            Value(term);
    }

    private void Joins(IReadOnlyList<Join> joins)
    {
        for (var i = 0; i < joins.Count; i++)
        {
            _text.Append(joins[i].IsOuter ? " LEFT JOIN " : " JOIN ");
            Source(joins[i].To);
            _text.Append(" ON ");
            Write(joins[i].On);
        }
    }

    private void Subquery(Subquery rows)
    {
        From(rows.From);
        Joins(rows.Joins);
        Where(rows.Where);
        _text.Append(')');
    }

    private void SumBefore(Term.SumBefore sum)
    {
        var template = _dialect.TemplateOf(Aggregates.Window, [sum.Value]);
        var value = template.IndexOf("{0}", StringComparison.Ordinal);
        var window = template.IndexOf("{1}", StringComparison.Ordinal);
        _text.Append(template, 0, value).Append(sum.OnlyPositive ? "CASE WHEN " : "");
        Value(sum.Value);
        if (sum.OnlyPositive)
        {
            _text.Append(" > 0 THEN ");
            Value(sum.Value);
            _text.Append(" END");
        }
        _text.Append(template, value + 3, window - value - 3);
        Partition(sum.Partition);
        if (sum.Order.Count > 0)
        {
            _text.Append(sum.Partition.Count > 0 ? " ORDER BY " : "ORDER BY ");
            Order(sum.Order);
            _text.Append(" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING");
        }
        _text.Append(template, window + 3, template.Length - window - 3);
    }

    private void RowNumber(Term.RowNumber number)
    {
        _text.Append("ROW_NUMBER() OVER (");
        Partition(number.Partition);
        _text.Append(number.Partition.Count > 0 ? " ORDER BY " : "ORDER BY ");
        Order(number.Order);
        _text.Append(')');
    }

    private void Partition(IReadOnlyList<Term> terms)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            _text.Append(i == 0 ? "PARTITION BY " : ", ");
            Value(terms[i]);
        }
    }
}
