using System.Text.Json;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>
/// Writes a collection as it comes from the database: <c>{"@odata.context":…,"value":[…],"@odata.nextLink":…}</c>. Nothing is written before the
/// first row is there, so that a failure until then is an ordinary error response.
/// </summary>
internal sealed class CollectionStream(Execution execution, EntityWriter writer, CollectionLinks? links, ByteSink sink)
{
    /// <summary>
    /// Rows whose collections are read together. A page is read in chunks of this size, each beginning where the last one ended, so that memory is
    /// bounded by the chunk and not by the page.
    /// </summary>
    public const int ChunkRows = 100;

    /// <param name="begin">Called once, right before the first byte.</param>
    /// <param name="nextLink">Makes the next link of a token; null when the envelope has no place for one.</param>
    /// <param name="deltaLink">What stands at the end of the last page; null when changes are not tracked.</param>
    /// <param name="isMissing">Asked when there is no row: the owner of the collection does not exist, and nothing has been written.</param>
    /// <returns>The number of rows; null when <paramref name="isMissing"/> said so.</returns>
    public async Task<int?> WriteAsync(RowsPlan plan, Envelope envelope, Action begin, Func<SkipToken, string>? nextLink, Func<Task<bool>> isMissing, string? deltaLink = null)
    {
        long? count = plan.WithCount ? await execution.CountAsync(ReadStatements.Count(plan)) : null;
        var json = sink.Json();
        var wanted = (int)Math.Min(plan.PageSize, plan.Top ?? long.MaxValue);
        if (wanted == 0)
        {
            Start(json, envelope, count, begin);
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            return 0;
        }
        var page = plan.Shape.HasCollections
            ? await ChunkedAsync(plan, wanted, json, () => Start(json, envelope, count, begin), isMissing)
            : await StreamedAsync(plan, wanted, json, () => Start(json, envelope, count, begin), isMissing);
        if (page is not { } done)
            return null;

        json.WriteEndArray();
        var remaining = plan.Top - done.Sent;
        if (nextLink is not null && done.Last is not null && remaining is null or > 0)
            json.WriteString(envelope.Style.Names.NextLink, nextLink(new(done.Last, remaining)));
        else if (deltaLink is not null)
            json.WriteString(envelope.Style.Names.DeltaLink, deltaLink);
        json.WriteEndObject();
        // Left to the end of the response, which sends it together with the terminator in one write.
        json.Flush();
        return done.Sent;
    }

    /// <param name="Last">Order values of the last row, when more rows follow.</param>
    private readonly record struct Page(int Sent, IReadOnlyList<object?>? Last);

    private static void Start(Utf8JsonWriter json, Envelope envelope, long? count, Action begin)
    {
        begin();
        json.WriteStartObject();
        envelope.Context(json);
        if (count is not null)
            json.WriteNumber(envelope.Style.Names.Count, count.Value);
        json.WriteStartArray(envelope.RowsName);
    }

    /// <summary>Rows without collections go straight from the driver to the response.</summary>
    private async Task<Page?> StreamedAsync(RowsPlan plan, int wanted, Utf8JsonWriter json, Action start, Func<Task<bool>> isMissing)
    {
        var select = ReadStatements.Rows(plan, wanted + 1L);
        var sent = 0;
        IReadOnlyList<object?>? last = null;
        await using (var row = await execution.ReadAsync(select))
        {
            var hasRow = await row.ReadAsync(execution.Cancellation);
            if (hasRow)
                start();
            while (hasRow)
            {
                writer.Write(json, plan.Shape, row, 0, collections: null);
                if (++sent == wanted)
                {
                    var values = execution.Values.OrderValues(plan.OrderBy, row, 0);
                    last = await row.ReadAsync(execution.Cancellation) ? values : null;
                    break;
                }
                if (sink.IsFull(json.BytesPending))
                {
                    json.Flush();
                    await sink.FlushAsync(execution.Cancellation);
                }
                hasRow = await row.ReadAsync(execution.Cancellation);
            }
        }
        if (sent == 0)
        {
            if (await isMissing())
                return null;
            start();
        }
        return new(sent, last);
    }

    private async Task<Page?> ChunkedAsync(RowsPlan plan, int wanted, Utf8JsonWriter json, Action start, Func<Task<bool>> isMissing)
    {
        var expansions = new ExpansionReader(execution, writer);
        var sent = 0;
        IReadOnlyList<object?>? last = null;
        do
        {
            using var chunk = new RowChunk(writer, execution.Values, plan.Shape);
            var size = Math.Min(ChunkRows, wanted - sent);
            last = await FillAsync(chunk, plan, size);
            if (chunk.Count == 0 && sent == 0 && await isMissing())
                return null;
            await expansions.ReadAsync(chunk);

            if (sent == 0)
            {
                start();
                json.Flush();
            }
            for (var i = 0; i < chunk.Count; i++)
            {
                if (sent++ > 0)
                    sink.Write(","u8);
                chunk.CopyTo(i, sink, links);
                if (sink.IsFull(0))
                    await sink.FlushAsync(execution.Cancellation);
            }
            if (last is not null)
                plan = plan with { After = last, Skip = 0 };
        }
        while (last is not null && sent < wanted);
        return new(sent, last);
    }

    private async Task<IReadOnlyList<object?>?> FillAsync(RowChunk chunk, RowsPlan plan, int size)
    {
        var select = ReadStatements.Rows(plan, size + 1L);
        await using var row = await execution.ReadAsync(select);
        while (await row.ReadAsync(execution.Cancellation))
        {
            chunk.Add(row, 0, owner: 0);
            if (chunk.Count == size)
            {
                var last = execution.Values.OrderValues(plan.OrderBy, row, 0);
                return await row.ReadAsync(execution.Cancellation) ? last : null;
            }
        }
        return null;
    }
}

/// <summary>What stands around the rows.</summary>
internal sealed record Envelope(string? ContextUrl, JsonStyle Style)
{
    public JsonEncodedText RowsName => Style.IsDataExchange ? Data : Value;

    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    public void Context(Utf8JsonWriter json)
    {
        if (ContextUrl is not null)
            json.WriteString(Style.Names.Context, ContextUrl);
    }
}
