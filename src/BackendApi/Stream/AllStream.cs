using System.Text.Json;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>
/// Writes a page of <c>$all</c>: one statement for each set until the page is full. Every entity says what it is, because the collection
/// does not (Protocol 10.18).
/// </summary>
internal sealed class AllStream(Execution execution, EntityWriter writer, ByteSink sink, string root)
{
    private readonly JsonStyle _style = writer.Style;

    /// <param name="nextLink">Makes the next link of the set and the row where the page ends.</param>
    public async Task WriteAsync(ReadPlan.All plan, Action begin, Func<RowsPlan, SkipToken, string> nextLink)
    {
        long? count = plan.WithCount ? await CountAsync(plan) : null;
        var json = sink.Json();
        var wanted = (int)Math.Min(plan.PageSize, plan.Top ?? long.MaxValue);
        var sent = 0;
        (RowsPlan Set, IReadOnlyList<object?> Values)? end = null;
        await foreach (var set in PagesAsync(plan))
        {
            if (sent == wanted)
                break;
            await using var row = await execution.ReadAsync(ReadStatements.Rows(set, wanted - sent));
            while (await row.ReadAsync(execution.Cancellation))
            {
                if (sent++ == 0)
                    Start(json, count, begin);
                Entity(json, set.Shape, row);
                if (sent == wanted)
                    end = (set, execution.Values.OrderValues(set.OrderBy, row, 0));
                if (sink.IsFull(json.BytesPending))
                {
                    json.Flush();
                    await sink.FlushAsync(execution.Cancellation);
                }
            }
        }
        if (sent == 0)
            Start(json, count, begin);
        json.WriteEndArray();
        var remaining = plan.Top - sent;
        // Whether more follows would take a question to every set that is left; a last page may be empty (Protocol 11.2.6.7).
        if (end is { } last && remaining is null or > 0)
            json.WriteString(_style.Names.NextLink, nextLink(last.Set, new(last.Values, remaining)));
        json.WriteEndObject();
        json.Flush();
    }

    public async Task<long> CountAsync(ReadPlan.All plan)
    {
        var count = 0L;
        foreach (var set in plan.Sets)
            count += await execution.CountAsync(ReadStatements.Count(set));
        return count;
    }

    /// <summary>The sets with what is to be skipped in each.</summary>
    private async IAsyncEnumerable<RowsPlan> PagesAsync(ReadPlan.All plan)
    {
        var skip = plan.Skip;
        foreach (var set in plan.Sets)
        {
            var count = skip > 0 ? await execution.CountAsync(ReadStatements.Count(set)) : long.MaxValue;
            if (count > skip)
                yield return set with { Skip = skip };
            skip = Math.Max(0, skip - count);
        }
    }

    private void Start(Utf8JsonWriter json, long? count, Action begin)
    {
        begin();
        json.WriteStartObject();
        if (_style.Level != MetadataLevel.None)
            json.WriteString(_style.Names.Context, root + "$metadata#Collection(Edm.EntityType)");
        if (count is not null)
            json.WriteNumber(_style.Names.Count, count.Value);
        json.WriteStartArray("value"u8);
    }

    private void Entity(Utf8JsonWriter json, EntityShape shape, System.Data.Common.DbDataReader row)
    {
        json.WriteStartObject();
        if (_style.Level != MetadataLevel.None)
            json.WriteString(_style.Names.Context, ContextUrl.Entity(root, shape, _style.IsV401));
        writer.Members(json, shape, row, 0, collections: null);
        json.WriteEndObject();
    }
}
