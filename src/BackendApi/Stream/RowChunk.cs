using System.Data.Common;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>
/// A bounded number of rows whose collections are read by later statements: each row is rendered as it comes, with a gap where each of its
/// collections belongs, and is put together when those have been read too.
/// </summary>
internal sealed class RowChunk : IRowCollections, IDisposable
{
    private readonly EntityWriter _writer;
    private readonly ValueReader _values;
    private readonly EntityShape _shape;
    private readonly PooledBuffer _bytes = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly List<Row> _rows = new(CollectionStream.ChunkRows);
    private readonly List<Gap> _gaps = [];

    public RowChunk(EntityWriter writer, ValueReader values, EntityShape shape)
    {
        (_writer, _values, _shape) = (writer, values, shape);
        _json = new(_bytes, JsonStyle.WriterOptions);
    }

    /// <param name="Owner">The position of the owner in the list that the statement was given; 0 in a chunk that has no owners.</param>
    private readonly record struct Row(int Start, int End, int FirstGap, int Owner);

    /// <param name="Position">Of the opening bracket of the collection, or of the digit that stands for its number.</param>
    private readonly record struct Gap(int Position, Expanded Collection, int Owner);

    public int Count => _rows.Count;

    /// <summary>The collections that the rows have gaps for, in the order in which they were met.</summary>
    public List<Expanded> Collections { get; } = [];

    private int Position => (int)(_json.BytesCommitted + _json.BytesPending);

    /// <summary>The rows are values of one stream: the writer puts a comma before each but the first.</summary>
    public void Add(DbDataReader row, int offset, int owner, Lineage? above = null)
    {
        var start = Position + (_rows.Count > 0 ? 1 : 0);
        var firstGap = _gaps.Count;
        _writer.Write(_json, _shape, row, offset, this, above);
        _rows.Add(new(start, Position, firstGap, owner));
    }

    /// <summary>No more rows come: they can be copied from now on.</summary>
    public void Complete() => _json.Flush();

    public void Begin(Utf8JsonWriter json, ShapeCollection collection, DbDataReader row, int offset, Lineage? lineage)
    {
        var expanded = Expanded(collection);
        var owner = expanded.AddOwner(row, offset, _values, lineage);
        _gaps.Add(new(Position, expanded, owner));
        if (collection.Form == ExpandForm.Count)
        {
            json.WriteNumberValue(0);
            return;
        }
        json.WriteStartArray();
        json.WriteEndArray();
    }

    private Expanded Expanded(ShapeCollection collection)
    {
        foreach (var known in Collections)
            if (ReferenceEquals(known.Shape, collection))
                return known;
        var expanded = new Expanded(collection);
        Collections.Add(expanded);
        return expanded;
    }

    /// <summary>Where the rows of each owner begin: rows of one owner stand together, in the order of the owners.</summary>
    public int[] StartsByOwner(int owners)
    {
        var starts = new int[owners + 1];
        var next = 0;
        for (var owner = 0; owner <= owners; owner++)
        {
            while (next < _rows.Count && _rows[next].Owner < owner)
                next++;
            starts[owner] = next;
        }
        return starts;
    }

    /// <summary>Puts a row together with the rows of its collections.</summary>
    /// <param name="links">Null in the Data Exchange dialect, which has no control information.</param>
    public void CopyTo(int index, ByteSink sink, CollectionLinks? links) => Copy(index, _rows[index].Start, sink, links);

    /// <summary>The same without the opening brace, for an envelope that opens the object itself.</summary>
    public void CopyMembersTo(int index, ByteSink sink, CollectionLinks? links) => Copy(index, _rows[index].Start + 1, sink, links);

    /// <summary>Rows that follow each other, with commas between them.</summary>
    public void CopyRange(int first, int end, ByteSink sink, CollectionLinks? links)
    {
        if (first == end)
            return;
        if (_gaps.Count == 0)
        {
            sink.Write(_bytes[_rows[first].Start.._rows[end - 1].End]);
            return;
        }
        for (var row = first; row < end; row++)
        {
            if (row > first)
                sink.Write(","u8);
            CopyTo(row, sink, links);
        }
    }

    private void Copy(int index, int position, ByteSink sink, CollectionLinks? links)
    {
        var row = _rows[index];
        var lastGap = index + 1 < _rows.Count ? _rows[index + 1].FirstGap : _gaps.Count;
        for (var i = row.FirstGap; i < lastGap; i++)
        {
            var gap = _gaps[i];
            if (gap.Collection.Shape.Form == ExpandForm.Count)
            {
                sink.Write(_bytes[position..gap.Position]);
                gap.Collection.CopyCount(gap.Owner, sink);
                position = gap.Position + 1;
                continue;
            }
            sink.Write(_bytes[position..(gap.Position + 1)]);
            gap.Collection.CopyTo(gap.Owner, sink, links);
            // The array's closing bracket is written here, because control information of the collection stands behind it.
            sink.Write("]"u8);
            gap.Collection.CopyControl(gap.Owner, sink, links);
            position = gap.Position + 2;
        }
        sink.Write(_bytes[position..row.End]);
    }

    public void Dispose()
    {
        _json.Dispose();
        _bytes.Dispose();
        foreach (var collection in Collections)
            collection.Dispose();
    }
}
