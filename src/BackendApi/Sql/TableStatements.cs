using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql.Audit;

namespace BackendApi.Sql;

/// <summary>
/// Statements over tables whose shape the code knows: the product's own and those of modules. Every value is a parameter of its column's type,
/// every name is quoted by the dialect. The audit log is told of the rows that they change, where a request sends them.
/// </summary>
public static class TableStatements
{
    // SQL Server takes no more rows in one VALUES list.
    private const int MaxRows = 1000;
    // A text that is so long costs no more than a longer one.
    private const int MaxValues = 400;

    /// <summary>
    /// A statement from an interpolated text: a <see cref="TableName"/>, <see cref="TableSchema"/> or <see cref="ColumnSchema"/> in it becomes a
    /// quoted name, a <see cref="SqlParameter"/> a parameter. Nothing else may be interpolated, so no value can get into the text.
    /// </summary>
    /// <exception cref="ArgumentException">The text holds something else.</exception>
    public static Statement Compose(this Dialect dialect, FormattableString text)
    {
        var parameters = new List<SqlParameter>();
        var parts = new object[text.ArgumentCount];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = new StringBuilder();
            switch (text.GetArgument(index))
            {
                case TableName name: dialect.AppendTable(part, name); break;
                case TableSchema table: dialect.AppendTable(part, table.Name); break;
                case ColumnSchema column: dialect.AppendIdentifier(part, column.Name); break;
                case SqlParameter parameter:
                    dialect.AppendParameter(part, parameters.Count);
                    parameters.Add(parameter);
                    break;
                case var other:
                    throw new ArgumentException($"A {other?.GetType().Name ?? "null"} may not be part of a statement's text.", nameof(text));
            }
            parts[index] = part.ToString();
        }
        return new(string.Format(CultureInfo.InvariantCulture, text.Format, parts), parameters);
    }

    /// <summary>INSERTs of all <paramref name="rows"/>, as many rows in one statement as the dialect's parameters allow.</summary>
    /// <param name="rows">Values in the order of <paramref name="columns"/>.</param>
    public static IEnumerable<Statement> Insert(
        this Dialect dialect, TableSchema table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var types = columns.Select(name => Type(table, name)).ToArray();
        var stored = types.Select(dialect.Stored).ToArray();
        foreach (var chunk in rows.Chunk(Math.Clamp(Math.Min(dialect.MaxParameters, MaxValues) / columns.Count, 1, MaxRows)))
        {
            var text = new StringBuilder("INSERT INTO ");
            dialect.AppendTable(text, table.Name);
            text.Append(" (");
            for (var column = 0; column < columns.Count; column++)
            {
                text.Append(column == 0 ? "" : ", ");
                dialect.AppendIdentifier(text, columns[column]);
            }
            text.Append(") VALUES ");
            var parameters = new List<SqlParameter>(chunk.Length * columns.Count);
            foreach (var row in chunk)
            {
                text.Append(parameters.Count == 0 ? "(" : ", (");
                for (var column = 0; column < types.Length; column++)
                {
                    text.Append(column == 0 ? "" : ", ");
                    AppendValue(dialect, text, stored[column], parameters.Count);
                    parameters.Add(new(types[column], row[column]));
                }
                text.Append(')');
            }
            yield return new Statement(text.ToString(), parameters).Telling(new RowChange.Insert(dialect, table, columns, chunk));
        }
    }

    /// <summary>UPDATE of the rows in which every column of <paramref name="where"/> has its value.</summary>
    public static Statement Update(
        this Dialect dialect, TableSchema table, IReadOnlyList<(string Column, object? Value)> set, IReadOnlyList<(string Column, object Value)> where)
    {
        var text = new StringBuilder("UPDATE ");
        dialect.AppendTable(text, table.Name);
        text.Append(" SET ");
        var parameters = new List<SqlParameter>();
        foreach (var (column, value) in set)
        {
            text.Append(parameters.Count == 0 ? "" : ", ");
            dialect.AppendIdentifier(text, column);
            text.Append(" = ");
            var type = Type(table, column);
            AppendValue(dialect, text, dialect.Stored(type), parameters.Count);
            parameters.Add(new(type, value));
        }
        AppendWhere(dialect, text, table, where, parameters);
        return new Statement(text.ToString(), parameters).Telling(new RowChange.Update(dialect, table, set, where));
    }

    /// <summary>DELETE of the rows in which every column of <paramref name="where"/> has its value.</summary>
    public static Statement Delete(this Dialect dialect, TableSchema table, IReadOnlyList<(string Column, object Value)> where)
    {
        var text = new StringBuilder("DELETE FROM ");
        dialect.AppendTable(text, table.Name);
        var parameters = new List<SqlParameter>();
        AppendWhere(dialect, text, table, where, parameters);
        return new Statement(text.ToString(), parameters).Telling(new RowChange.Delete(dialect, table, where));
    }

    /// <summary>SELECT of <paramref name="columns"/> as they are stored, for <see cref="Dialect.Values"/> to read by their position.</summary>
    /// <param name="isLocked">Nobody else changes the rows until the transaction ends.</param>
    public static Statement Select(
        this Dialect dialect, TableSchema table, IReadOnlyList<string> columns, IReadOnlyList<(string Column, object Value)> where, bool isLocked = false)
    {
        var text = new StringBuilder("SELECT ");
        for (var column = 0; column < columns.Count; column++)
        {
            text.Append(column == 0 ? "" : ", ");
            dialect.AppendIdentifier(text, columns[column]);
        }
        text.Append(" FROM ");
        dialect.AppendTable(text, table.Name);
        if (isLocked)
            text.Append(dialect.LockHint);
        var parameters = new List<SqlParameter>();
        AppendWhere(dialect, text, table, where, parameters);
        if (isLocked)
        {
            var name = new StringBuilder();
            dialect.AppendIdentifier(name, table.Name.Name);
            text.Append(dialect.LockClause.Replace("{0}", name.ToString(), StringComparison.Ordinal));
        }
        return new(text.ToString(), parameters);
    }

    private static void AppendWhere(
        Dialect dialect, StringBuilder text, TableSchema table, IReadOnlyList<(string Column, object Value)> where, List<SqlParameter> parameters)
    {
        for (var index = 0; index < where.Count; index++)
        {
            var type = Type(table, where[index].Column);
            var column = new StringBuilder();
            dialect.AppendIdentifier(column, where[index].Column);
            var parameter = new StringBuilder();
            dialect.AppendParameter(parameter, parameters.Count);
            text.Append(index == 0 ? " WHERE " : " AND ")
                .AppendFormat(CultureInfo.InvariantCulture, dialect.EqualityOf(type.Kind),
                    string.Format(CultureInfo.InvariantCulture, dialect.Operand(type), column), parameter);
            parameters.Add(new(type, where[index].Value));
        }
    }

    private static void AppendValue(Dialect dialect, StringBuilder text, string stored, int index)
    {
        if (stored == "{0}")
        {
            dialect.AppendParameter(text, index);
            return;
        }
        var parameter = new StringBuilder();
        dialect.AppendParameter(parameter, index);
        text.AppendFormat(CultureInfo.InvariantCulture, stored, parameter);
    }

    private static void AppendTable(this Dialect dialect, StringBuilder text, TableName name)
    {
        if (name.Schema is not null)
        {
            dialect.AppendIdentifier(text, name.Schema);
            text.Append('.');
        }
        dialect.AppendIdentifier(text, name.Name);
    }

    private static ColumnType Type(TableSchema table, string column) =>
        table.Column(column)?.Type ?? throw new ArgumentException($"{table.Name} has no column {column}.", nameof(column));
}
