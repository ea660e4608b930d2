using System.Collections;
using System.Runtime.CompilerServices;
using BackendApi.Model;

namespace BackendApi.Plan.Writing;

/// <summary>Values of columns of one row: what a statement needs lies in two arrays, of which rows of the same columns share one.</summary>
/// <param name="items">A value each, or a <see cref="TakenValue"/>. Nobody changes them any more.</param>
[CollectionBuilder(typeof(PlannedValues), nameof(Of))]
public sealed class PlannedValues(RowColumns form, object?[] items) : IReadOnlyList<PlannedValue>
{
    public static readonly PlannedValues None = new(RowColumns.None, []);

    /// <summary>The columns, and where the body says their values.</summary>
    public RowColumns Form => form;

    public IReadOnlyList<ColumnSchema> Columns => form.Columns;

    public object?[] Items => items;

    public int Count => items.Length;

    public PlannedValue this[int index] => new(form.Columns[index], items[index], form.Names[index]);

    /// <summary>There are values that are known once other rows are written.</summary>
    public bool HasTaken
    {
        get
        {
            foreach (var item in items)
                if (item is TakenValue)
                    return true;
            return false;
        }
    }

    /// <summary>One more than that of any row it takes a value from.</summary>
    public int Level
    {
        get
        {
            var level = 0;
            foreach (var item in items)
                if (item is TakenValue taken)
                    level = Math.Max(level, taken.From.Level + 1);
            return level;
        }
    }

    public static PlannedValues Of(ReadOnlySpan<PlannedValue> values)
    {
        if (values.IsEmpty)
            return None;
        var columns = new ColumnSchema[values.Length];
        var names = new string?[values.Length];
        var items = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
            (columns[i], items[i], names[i]) = values[i];
        return new(new(columns, names), items);
    }

    public IEnumerator<PlannedValue> GetEnumerator()
    {
        for (var i = 0; i < items.Length; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A value of a column.</summary>
/// <param name="Value">In the CLR type of the column's kind; null for null; or a <see cref="TakenValue"/>.</param>
/// <param name="Name">Where the body says it, from its row, for errors; null for what the body does not say itself.</param>
public sealed record PlannedValue(ColumnSchema Column, object? Value, string? Name = null)
{
    public PlannedRow? From => (Value as TakenValue)?.From;

    public ColumnSchema? FromColumn => (Value as TakenValue)?.Column;
}

/// <summary>The value that another row has in <paramref name="Column"/> once it is written.</summary>
public sealed record TakenValue(PlannedRow From, ColumnSchema Column)
{
    public bool Equals(TakenValue? other) => other is not null && ReferenceEquals(From, other.From) && ReferenceEquals(Column, other.Column);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(From);
}
