using System.Globalization;
using BackendApi.Plan;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>UPDATE of a column by what an expression makes of each row.</summary>
public sealed partial class SqlWriter
{
    /// <summary>
    /// The values are computed by a nested SELECT, so the expression may join whatever it likes, and are joined to the table by the key: the one form that all
    /// databases have.
    /// </summary>
    public static Statement Write(Computation computation, Dialect dialect)
    {
        var writer = new SqlWriter(dialect);
        writer.Update(computation);
        if (writer._parameters.Count > dialect.MaxParameters)
            throw new ServiceException(Errors.LimitExceeded, $"A computed value needs more than the {dialect.MaxParameters} values that a statement of this database takes.");
        return new(writer._text.ToString(), writer._parameters);
    }

    private void Update(Computation computation)
    {
        var template = _dialect.UpdateFrom;
        var written = 0;
        for (var hole = template.IndexOf('{'); hole >= 0; hole = template.IndexOf('{', hole + 1))
        {
            _text.Append(template, written, hole - written);
            switch (template[hole + 1])
            {
                case '0':
                    Table(computation.Table);
                    break;
                case '1':
                    _dialect.AppendIdentifier(_text, computation.Column.Name);
                    _text.Append(" = ").Append(_dialect.Assigned(computation.Column.Type).Replace("{0}", "v.c", StringComparison.Ordinal));
                    break;
                case '2':
                    Computed(computation.Rows);
                    break;
                default:
                    Same(computation.Rows.Owners!.Lookup);
                    break;
            }
            written = hole + 3;
        }
        _text.Append(template, written, template.Length - written);
    }

    private void Computed(Select rows)
    {
        var owners = rows.Owners!;
        var keys = ListsOf(owners);
        _text.Append("(SELECT ");
        for (var i = 0; i < keys.Length; i++)
            _text.Append(CultureInfo.InvariantCulture, $"k.k{i}, ");
        Value(rows.Columns[0]);
        _text.Append(" AS c");
        Found(rows, owners, keys);
        Joins(rows.Joins);
        Where(rows.Where);
        _text.Append(')');
    }

    private void Same(IReadOnlyList<Term.Column> key)
    {
        for (var i = 0; i < key.Count; i++)
            _text.Append(i == 0 ? "" : " AND ")
                .Append(_dialect.Operand(key[i].Definition.Type).Replace("{0}", "d." + _dialect.Quoted(key[i].Definition.Name), StringComparison.Ordinal))
                .Append(CultureInfo.InvariantCulture, $" = v.k{i}");
    }
}
