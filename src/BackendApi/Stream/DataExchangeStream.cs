using System.Text.Json;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Stream;

/// <summary>
/// The Data Exchange dialect: <c>{"data":[…]}</c> for a collection, <c>{"data":{…}}</c> for one entity. The rows are written by the same code as
/// OData's; <see cref="JsonStyle.IsDataExchange"/> tells it what differs.
/// </summary>
internal sealed class DataExchangeStream(Execution execution, ByteSink sink)
{
    private readonly EntityWriter _writer = new(execution.Values, JsonStyle.DataExchange, root: "");
    private bool _hasRows;
    private bool _isSingle;

    /// <param name="begin">Called once, right before the first byte.</param>
    /// <returns>The number of rows.</returns>
    public async Task<int> CollectionAsync(RowsPlan plan, Action begin) =>
        await new CollectionStream(execution, _writer, links: null, sink).WriteAsync(
            plan, new(ContextUrl: null, JsonStyle.DataExchange), begin, nextLink: null, isMissing: () => Task.FromResult(false)) ?? 0;

    /// <returns>False when there is no such row; nothing has been written then.</returns>
    public async Task<bool> EntityAsync(RowsPlan plan, Action begin)
    {
        using var chunk = new RowChunk(_writer, execution.Values, plan.Shape);
        await using (var row = await execution.ReadAsync(ReadStatements.Rows(plan, take: null)))
            if (await row.ReadAsync(execution.Cancellation))
                chunk.Add(row, 0, owner: 0);
        if (chunk.Count == 0)
            return false;
        await new ExpansionReader(execution, _writer).ReadAsync(chunk);
        begin();
        sink.Write("{\"data\":"u8);
        chunk.CopyTo(0, sink, links: null);
        sink.Write("}"u8);
        await sink.FlushAsync(execution.Cancellation);
        return true;
    }

    /// <summary>Begins a list of rows that are shown one chunk after another, or one row without a list around it.</summary>
    public void BeginRows(bool isSingle)
    {
        _isSingle = isSingle;
        sink.Write(isSingle ? "{\"data\":"u8 : "{\"data\":["u8);
    }

    /// <summary>Takes rows from the statements that store them.</summary>
    public ReturnedRows Returned(EntityShape shape) => new(_writer, execution.Values, shape);

    /// <summary>What these statements have returned, in the order of <paramref name="rows"/>.</summary>
    public async Task RowsAsync(ReturnedRows returned, IReadOnlyList<PlannedRow> rows)
    {
        if (_hasRows)
            sink.Write(","u8);
        _hasRows = true;
        returned.CopyTo(rows, sink);
        await sink.FlushAsync(execution.Cancellation);
    }

    /// <summary>Rows by their keys, in that order.</summary>
    public async Task RowsAsync(RowsPlan plan, IReadOnlyList<object[]> keys)
    {
        var key = plan.Set.Key.Select(property => Navigating.Column(plan.From, property.Column)).ToArray();
        foreach (var some in keys.Chunk(CollectionStream.ChunkRows))
        {
            var owners = new OwnerKeys(key, [.. key.Select((_, i) => (IReadOnlyList<object>)[.. some.Select(values => values[i])])], Link: null);
            using var chunk = new RowChunk(_writer, execution.Values, plan.Shape);
            await using (var rows = await execution.ReadAsync(ReadStatements.Rows(plan, take: null) with { Owners = owners }))
                while (await rows.ReadAsync(execution.Cancellation))
                    chunk.Add(rows, 1, owner: 0);
            await new ExpansionReader(execution, _writer).ReadAsync(chunk);
            for (var i = 0; i < chunk.Count; i++)
            {
                if (_hasRows)
                    sink.Write(","u8);
                _hasRows = true;
                chunk.CopyTo(i, sink, links: null);
            }
            await sink.FlushAsync(execution.Cancellation);
        }
    }

    /// <param name="errors">Of rows that were left out; null for a list that is whole or nothing.</param>
    public async Task EndRowsAsync(IReadOnlyList<ServiceError>? errors)
    {
        if (!_isSingle)
            sink.Write("]"u8);
        else if (!_hasRows)
            sink.Write("null"u8);
        if (errors is not null)
        {
            sink.Write(",\"errors\":"u8);
            var json = sink.Json();
            DataExchangeErrors.Write(json, errors);
            json.Flush();
        }
        sink.Write("}"u8);
        await sink.FlushAsync(execution.Cancellation);
    }
}
