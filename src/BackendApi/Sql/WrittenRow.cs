using BackendApi.Model;
using BackendApi.Plan.Writing;

namespace BackendApi.Sql;

/// <summary>What is known of a row: the values that it was found by or written with, and those that the database told.</summary>
internal sealed class WrittenRow(PlannedRow plan, IReadOnlyList<ColumnSchema> columns, object?[] values)
{
    private IReadOnlyList<ColumnSchema> _told = [];
    private object?[] _toldValues = [];

    public PlannedRow Plan => plan;
    public bool Exists { get; set; }
    /// <summary>Before the change; null when nobody asked for it.</summary>
    public string? ETag { get; set; }
    /// <summary>What the audit log may have to tell of the row as it was; null where it need not.</summary>
    public (ColumnSchema[] Columns, object?[] Values)? Before { get; set; }
    /// <summary>What the answer to this request shows of it, and no other.</summary>
    public string? Secret { get; set; }
    /// <summary>The request inserted it.</summary>
    public bool IsNew { get; init; }

    public object? this[ColumnSchema column]
    {
        get
        {
            for (var i = 0; i < _told.Count; i++)
                if (ReferenceEquals(_told[i], column))
                    return _toldValues[i];
            for (var i = 0; i < columns.Count; i++)
                if (ReferenceEquals(columns[i], column))
                    return values[i];
            return Exists ? throw new InvalidOperationException($"Nothing is known of {column.Name}.") : null;
        }
    }

    public object[] Key
    {
        get
        {
            var key = new object[plan.Set.Key.Count];
            for (var i = 0; i < key.Length; i++)
                key[i] = this[plan.Set.Key[i].Column]!;
            return key;
        }
    }

    /// <summary>Values that the row has now, whatever was known of these columns.</summary>
    public void Know(IReadOnlyList<ColumnSchema> more, object?[] theirs)
    {
        (_told, _toldValues) = _told.Count == 0 ? (more, theirs) : WithTold(more, theirs);
    }

    private (IReadOnlyList<ColumnSchema>, object?[]) WithTold(IReadOnlyList<ColumnSchema> more, object?[] theirs)
    {
        var before = Enumerable.Range(0, _told.Count).Where(i => !more.Contains(_told[i])).ToArray();
        return ([.. more, .. before.Select(i => _told[i])], [.. theirs, .. before.Select(i => _toldValues[i])]);
    }
}
