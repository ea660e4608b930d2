namespace BackendApi.Model;

/// <summary>Columns that rows give values, in this order. Rows of the same columns share one, so that mostly they are compared by reference.</summary>
/// <param name="names">Where a request body says each value, from the row: <c>Address.City</c>; null for what it does not say itself.</param>
public sealed class RowColumns(IReadOnlyList<ColumnSchema> columns, IReadOnlyList<string?> names)
{
    public static readonly RowColumns None = new([], []);

    private readonly ColumnSchema[] _columns = [.. columns];
    private readonly string?[] _names = [.. names];

    public int Count => _columns.Length;

    public IReadOnlyList<ColumnSchema> Columns => _columns;

    public IReadOnlyList<string?> Names => _names;

    public bool Overlaps(RowColumns others)
    {
        foreach (var column in _columns)
            if (others.IndexOf(column) >= 0)
                return true;
        return false;
    }

    /// <summary>Negative when it is not among them.</summary>
    public int IndexOf(ColumnSchema column)
    {
        for (var i = 0; i < _columns.Length; i++)
            if (ReferenceEquals(_columns[i], column) || _columns[i] == column)
                return i;
        return -1;
    }
}
