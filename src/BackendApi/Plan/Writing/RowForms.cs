using BackendApi.Model;

namespace BackendApi.Plan.Writing;

/// <summary>Puts the values of one row after another together, so that rows of the same columns share these.</summary>
internal sealed class RowForms
{
    /// <summary>Kinds of rows that are met in turn: those of a nested body.</summary>
    private const int Most = 16;

    private readonly List<RowColumns> _known = [];
    private readonly List<ColumnSchema> _columns = [];
    private readonly List<string?> _names = [];
    private readonly List<object?> _items = [];

    public RowForms Begin()
    {
        _columns.Clear();
        _names.Clear();
        _items.Clear();
        return this;
    }

    public void Add(ColumnSchema column, object? item, string? name)
    {
        _columns.Add(column);
        _names.Add(name);
        _items.Add(item);
    }

    public bool Has(ColumnSchema column)
    {
        foreach (var known in _columns)
            if (known == column)
                return true;
        return false;
    }

    public PlannedValues ToValues() => _items.Count == 0 ? PlannedValues.None : new(Form(), [.. _items]);

    private RowColumns Form()
    {
        foreach (var known in _known)
            if (IsOf(known))
                return known;
        var form = new RowColumns(_columns, _names);
        if (_known.Count == Most)
            _known.RemoveAt(0);
        _known.Add(form);
        return form;
    }

    private bool IsOf(RowColumns form)
    {
        if (form.Count != _columns.Count)
            return false;
        for (var i = 0; i < _columns.Count; i++)
            if (!ReferenceEquals(form.Columns[i], _columns[i]) || form.Names[i] != _names[i])
                return false;
        return true;
    }
}
