using System.Text.Json;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>
/// The Data Exchange dialect: <c>{"data":[…]}</c> for a collection, <c>{"data":{…}}</c> for one entity. The rows are written by the same code as
/// OData's; <see cref="JsonStyle.IsDataExchange"/> tells it what differs.
/// </summary>
internal sealed class DataExchangeStream(Execution execution, ByteSink sink)
{
    private readonly EntityWriter _writer = new(execution.Values, JsonStyle.DataExchange, root: "");

    /// <param name="begin">Called once, right before the first byte.</param>
    public Task CollectionAsync(RowsPlan plan, Action begin) =>
        new CollectionStream(execution, _writer, links: null, sink).WriteAsync(
            plan, new(ContextUrl: null, JsonStyle.DataExchange), begin, nextLink: null, isMissing: () => Task.FromResult(false));

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
}
