using System.Data.Common;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>Rows of one plan as the statements that store them return them, rendered as they come.</summary>
internal sealed class ReturnedRows(EntityWriter writer, ValueReader values, EntityShape shape) : IDisposable
{
    private readonly RowChunk _chunk = new(writer, values, shape);
    private readonly List<PlannedRow> _rows = [];

    public void Add(PlannedRow row, DbDataReader stored)
    {
        _chunk.Add(stored, 0, owner: 0);
        _rows.Add(row);
    }

    /// <summary>All of them, with commas between them, in the order of <paramref name="rows"/>: rows of other columns are stored by other statements.</summary>
    public void CopyTo(IReadOnlyList<PlannedRow> rows, ByteSink sink)
    {
        _chunk.Complete();
        if (_rows.SequenceEqual(rows, ReferenceEqualityComparer.Instance))
        {
            _chunk.CopyRange(0, _rows.Count, sink, links: null);
            return;
        }
        var places = new Dictionary<PlannedRow, int>(_rows.Count, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _rows.Count; i++)
            places.Add(_rows[i], i);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
                sink.Write(","u8);
            _chunk.CopyTo(places[rows[i]], sink, links: null);
        }
    }

    public void Dispose() => _chunk.Dispose();
}
