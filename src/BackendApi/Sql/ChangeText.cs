using System.Globalization;
using System.Text;
using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>The text of a <see cref="Change"/> while a dialect writes it, and which value of a row each of its parameters is to take.</summary>
public sealed class ChangeText
{
    private readonly Dialect dialect;
    private readonly IReadOnlyList<ColumnSchema> _given;
    private readonly StringBuilder _text = new(256);
    private readonly List<ChangeParameter> _parameters = [];
    private int _count;

    internal ChangeText(Dialect dialect, Change change) => (this.dialect, _given) = (dialect, change.Given);

    internal ChangeForm ToForm() => new(_text.ToString(), _parameters);

    public ChangeText Add(string text)
    {
        _text.Append(text);
        return this;
    }

    public ChangeText Name(string name)
    {
        dialect.AppendIdentifier(_text, name);
        return this;
    }

    public ChangeText Table(TableName table)
    {
        if (table.Schema is not null)
            Name(table.Schema).Add(".");
        return Name(table.Name);
    }

    /// <summary>Something for each item, with commas between them.</summary>
    public ChangeText Each<T>(IReadOnlyList<T> items, Action<T, int> write, string between = ", ")
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                _text.Append(between);
            write(items[i], i);
        }
        return this;
    }

    public ChangeText Names(IReadOnlyList<ColumnSchema> columns) => Each(columns, (column, _) => Name(column.Name));

    /// <summary>A value alone, in operand form.</summary>
    /// <param name="row">The number of the row. What is said of the first is said of each in the same way.</param>
    /// <param name="index">Of the column that is given the value.</param>
    public ChangeText Parameter(int row, int index)
    {
        dialect.AppendParameter(_text, _count++);
        if (row == 0)
            _parameters.Add(new(_given[index].Type, index, IsList: false));
        return this;
    }

    /// <summary>A source of rows over list parameters, one for each column; <see cref="Dialect.AppendKeyList"/>.</summary>
    public ChangeText Lists(string alias)
    {
        var columns = new (int, ColumnType)[_given.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = (_count++, _given[i].Type);
            _parameters.Add(new(_given[i].Type, i, IsList: true));
        }
        dialect.AppendKeyList(_text, alias, columns);
        return this;
    }

    /// <summary>A value of a row, in the form in which its column stores it.</summary>
    /// <param name="row">As for <see cref="Parameter"/>.</param>
    /// <param name="index">Of the column.</param>
    public ChangeText Stored(int row, int index) => Stored(_given[index].Type, () => Parameter(row, index));

    /// <summary>A value of a source of rows, in the form in which the column stores it.</summary>
    public ChangeText Stored(ColumnType column, Action value) => Filled(dialect.Stored(column), value, value);

    /// <summary>The column of <paramref name="source"/> equals a value in operand form.</summary>
    public ChangeText Equal(string source, ColumnSchema column, Action value) =>
        Filled(dialect.EqualityOf(column.Type.Kind), () => Operand(source, column), value);

    public ChangeText Operand(string source, ColumnSchema column)
    {
        void Column() => Add(source).Add(source.Length > 0 ? "." : "").Name(column.Name);
        return Filled(dialect.Operand(column.Type), Column, Column);
    }

    /// <summary>A column as results show it, for <see cref="Dialect.Values"/> to read.</summary>
    public ChangeText Selected(string source, ColumnSchema column)
    {
        void Column() => Add(source).Add(source.Length > 0 ? "." : "").Name(column.Name);
        return Filled(dialect.Selected(column.Type), Column, Column);
    }

    private ChangeText Filled(string template, Action first, Action second)
    {
        var written = 0;
        for (var hole = template.IndexOf('{'); hole >= 0; hole = template.IndexOf('{', hole + 1))
        {
            if (template.AsSpan(hole) is not (['{', '0', '}', ..] or ['{', '1', '}', ..]))
                continue;
            _text.Append(template, written, hole - written);
            (template[hole + 1] == '0' ? first : second)();
            written = hole + 3;
        }
        _text.Append(template, written, template.Length - written);
        return this;
    }

    /// <summary>The columns that an update sets: to the values of its one row, or to those of the source of its rows.</summary>
    /// <param name="value">How a value of the source is called, by its place in a row.</param>
    public ChangeText Set(Change.Update update, Func<int, string> value)
    {
        var key = update.Key.Count;
        return update.Rows.Length == 1
            ? Each(update.Columns, (column, i) => Name(column.Name).Add(" = ").Stored(0, key + i))
            : Each(update.Columns, (column, i) => Name(column.Name).Add(" = ").Stored(column.Type, () => Add(value(key + i))));
    }

    /// <summary>The row of the target <c>d</c> that has the key of the one row of a change.</summary>
    public ChangeText Found(IReadOnlyList<ColumnSchema> key) => Each(key, (column, i) => Equal("d", column, () => Parameter(0, i)), " AND ");

    /// <summary>The rows of the target <c>d</c> that have a key of the source.</summary>
    /// <param name="value">As for <see cref="Set"/>.</param>
    public ChangeText Found(IReadOnlyList<ColumnSchema> key, Func<int, string> value) =>
        Each(key, (column, i) => Equal("d", column, () => Add(value(i))), " AND ");

    /// <summary>What the statement answers with, where the database has a clause for it; nothing when there are no columns.</summary>
    public ChangeText Returning(IReadOnlyList<ColumnSchema> columns, string source) =>
        columns.Count == 0 ? this : Add(" RETURNING ").Each(columns, (column, _) => Selected(source, column));

    /// <summary>What an update sets besides the values of its rows.</summary>
    /// <param name="defaulted">Writes what stands for the default of a column.</param>
    public ChangeText SetBesides(Change.Update update, string source, Action<ColumnSchema> defaulted)
    {
        var isFirst = update.Columns.Count == 0;
        foreach (var column in update.Defaults)
        {
            Add(isFirst ? "" : ", ").Name(column.Name).Add(" = ");
            defaulted(column);
            isFirst = false;
        }
        if (update.Raised is { } raised)
            Add(isFirst ? "" : ", ").Name(raised.Name).Add(" = COALESCE(").Add(source).Add(".").Name(raised.Name).Add(", 0) + 1");
        return this;
    }

    public static string Column(int index) => "v.k" + index.ToString(CultureInfo.InvariantCulture);
}
