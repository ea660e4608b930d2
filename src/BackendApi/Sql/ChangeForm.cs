using System.Collections;
using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>What the statements of all changes of one shape have in common: the text, and which value each parameter takes.</summary>
/// <param name="parameters">Of the first row; those of further rows follow in the same order.</param>
internal sealed class ChangeForm(string text, IReadOnlyList<ChangeParameter> parameters)
{
    /// <param name="rows">As many as the text was written for, or any number where that does not tell.</param>
    public Statement Of(object?[][] rows) => new(text, new Values(parameters, rows));

    /// <summary>The parameters of a statement, which lie where the rows are.</summary>
    private sealed class Values(IReadOnlyList<ChangeParameter> parameters, object?[][] rows) : IReadOnlyList<SqlParameter>
    {
        public int Count { get; } = parameters is [{ IsList: true }, ..] ? parameters.Count : parameters.Count * rows.Length;

        public SqlParameter this[int index]
        {
            get
            {
                var (type, column, isList) = parameters[index % parameters.Count];
                return new(type, isList ? new ColumnValues(rows, column) : rows[index / parameters.Count][column], isList);
            }
        }

        public IEnumerator<SqlParameter> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>The values of one column.</summary>
    private sealed class ColumnValues(object?[][] rows, int column) : IReadOnlyList<object?>
    {
        public int Count => rows.Length;

        public object? this[int index] => rows[index][column];

        public IEnumerator<object?> GetEnumerator()
        {
            for (var i = 0; i < rows.Length; i++)
                yield return rows[i][column];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>What a parameter of a change takes from its row.</summary>
/// <param name="Index">Of the column among <see cref="Change.Given"/>.</param>
/// <param name="IsList">From all rows at once.</param>
internal readonly record struct ChangeParameter(ColumnType Type, int Index, bool IsList);
