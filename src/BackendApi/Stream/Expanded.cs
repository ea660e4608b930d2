using System.Data.Common;
using System.Globalization;
using System.Text;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>One expanded collection of a chunk: what its rows are found by, and its rows once they have been read.</summary>
internal sealed class Expanded(ShapeCollection shape) : IDisposable
{
    private readonly List<object>[] _values = [.. shape.Owner.Select(_ => new List<object>())];
    /// <summary>The owners' keys, where they are not what the rows are found by anyway.</summary>
    private readonly List<object[]>? _keys = shape.Owner.Select(value => value.Ordinal).SequenceEqual(shape.OwnerKey) ? null : [];
    private readonly List<Lineage>? _lineages = shape.EndsCycles ? [] : null;
    private int[] _starts = [];
    private long[]? _counts;
    private Dictionary<int, IReadOnlyList<object?>>? _cutOff;

    public ShapeCollection Shape { get; } = shape;
    public RowChunk? Rows { get; private set; }
    public int Owners => _values[0].Count;
    public IReadOnlyList<IReadOnlyList<object>> OwnerValues => _values;

    /// <summary>The owner's position, or -1 when a value is null and nothing can be found by it.</summary>
    public int AddOwner(DbDataReader row, int offset, ValueReader values, Lineage? lineage)
    {
        foreach (var (_, ordinal) in Shape.Owner)
            if (row.IsDBNull(ordinal + offset))
                return -1;
        for (var i = 0; i < _values.Length; i++)
        {
            var (column, ordinal) = Shape.Owner[i];
            var value = values.Read(column.Type.Kind, row, ordinal + offset);
            _values[i].Add(column.Type.Kind == Shape.Lookup[i].Kind ? value : Constants.Widen(value, Shape.Lookup[i].Kind));
        }
        if (_keys is not null)
        {
            var set = Shape.Navigation.Source;
            var key = new object[Shape.OwnerKey.Count];
            for (var i = 0; i < key.Length; i++)
                key[i] = values.Read(set.Key[i].Kind, row, Shape.OwnerKey[i] + offset);
            _keys.Add(key);
        }
        _lineages?.Add(lineage!);
        return Owners - 1;
    }

    /// <summary>The owner and the entities around it; null where none of them can be met again.</summary>
    public Lineage? LineageOf(int owner) => _lineages?[owner];

    public void SetRows(RowChunk rows, Dictionary<int, IReadOnlyList<object?>>? cutOff)
    {
        Rows = rows;
        _starts = rows.StartsByOwner(Owners);
        _cutOff = cutOff;
    }

    public void SetCounts(long[] counts) => _counts = counts;

    public void CopyTo(int owner, ByteSink sink, CollectionLinks? links)
    {
        if (owner >= 0)
            Rows?.CopyRange(_starts[owner], _starts[owner + 1], sink, links);
    }

    public void CopyCount(int owner, ByteSink sink) => sink.Write(Encoding.UTF8.GetBytes(CountOf(owner).ToString(CultureInfo.InvariantCulture)));

    private long CountOf(int owner) => owner < 0 ? 0 : _counts![owner];

    public void CopyControl(int owner, ByteSink sink, CollectionLinks? links)
    {
        if (Shape.Rows.WithCount)
            links!.WriteCount(sink, Shape.Navigation, CountOf(owner));
        if (owner >= 0 && _cutOff is not null && _cutOff.TryGetValue(owner, out var last))
            links!.WriteNextLink(sink, Shape, _keys?[owner] ?? [.. _values.Select(values => values[owner])], last);
    }

    public void Dispose() => Rows?.Dispose();
}
