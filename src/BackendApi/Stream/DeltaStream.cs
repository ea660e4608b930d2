using System.Text.Json;
using BackendApi.Model;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>
/// Writes a page of what has changed (JSON Format 15): rows that the defining query yields now as they are, and for the others that they are gone. The log
/// is read entry by entry, in its order; each key is looked up once, many of them in one statement, and told once in a page.
/// </summary>
internal sealed class DeltaStream(Execution execution, EntityWriter writer, ByteSink sink, string root)
{
    /// <summary>Entries that one statement reads, and so the most keys that one looks up.</summary>
    private const int EntriesAtOnce = 1000;

    private readonly JsonStyle _style = writer.Style;

    /// <param name="begin">Called once, right before the first byte.</param>
    /// <param name="link">The URL of a token.</param>
    public async Task WriteAsync(ReadPlan.Changes plan, DeltaToken token, Envelope envelope, Action begin, Func<DeltaToken, string> link)
    {
        var log = new ChangeReader(execution, plan.Rows.Set);
        var pages = await log.PagesAsync(token);
        long? count = plan.Rows.WithCount ? await log.CountAsync(pages) : null;
        var json = sink.Json();
        var (stamp, id) = (token.Stamp, token.Id);
        var told = new HashSet<string>(StringComparer.Ordinal);
        var hasBegun = false;
        bool isFull, isMore;
        do
        {
            var entries = await log.EntriesAsync(stamp, id, pages.Until, EntriesAtOnce + 1);
            var keys = new List<IReadOnlyList<object>>();
            var read = 0;
            isFull = false;
            for (; read < Math.Min(entries.Count, EntriesAtOnce); read++)
            {
                var key = log.KeyOf(entries[read]);
                // In one form, whoever wrote the entry.
                var text = RowKey.Write(plan.Rows.Set.LoggedKey!, key);
                if (!told.Contains(text))
                {
                    if (told.Count == plan.Rows.PageSize)
                    {
                        isFull = true;
                        break;
                    }
                    told.Add(text);
                    keys.Add(key);
                }
                (stamp, id) = (entries[read].Stamp, entries[read].Id);
            }
            isMore = read < entries.Count;
            if (!hasBegun)
                Start(json, envelope, count, begin);
            hasBegun = true;
            if (keys.Count > 0)
                await WriteAsync(plan, keys, json);
        }
        while (isMore && !isFull);

        json.WriteEndArray();
        if (isFull)
            json.WriteString(_style.Names.NextLink, link(new(stamp, id, pages)));
        else
            json.WriteString(_style.Names.DeltaLink, link(new(pages.Next, Id: 0, Pages: null)));
        json.WriteEndObject();
        json.Flush();
    }

    private static void Start(Utf8JsonWriter json, Envelope envelope, long? count, Action begin)
    {
        begin();
        json.WriteStartObject();
        envelope.Context(json);
        if (count is not null)
            json.WriteNumber(envelope.Style.Names.Count, count.Value);
        json.WriteStartArray(envelope.RowsName);
    }

    private async Task WriteAsync(ReadPlan.Changes plan, List<IReadOnlyList<object>> keys, Utf8JsonWriter json)
    {
        var shape = plan.Rows.Shape;
        var isThere = new bool[keys.Count];
        await using (var row = await execution.ReadAsync(ReadStatements.OfKeys(plan.Rows, Columns(keys))))
            while (await row.ReadAsync(execution.Cancellation))
            {
                isThere[execution.Values.Int64(row, 0)] = true;
                writer.Write(json, shape, row, 1, collections: null);
                await FlushAsync(json);
            }

        var gone = keys.Where((_, i) => !isThere[i]).ToList();
        if (gone.Count == 0)
            return;
        var exists = new bool[gone.Count];
        if (plan.Whole is { } whole)
            await using (var row = await execution.ReadAsync(ReadStatements.OfKeys(whole, Columns(gone))))
                while (await row.ReadAsync(execution.Cancellation))
                    exists[execution.Values.Int64(row, 0)] = true;
        for (var i = 0; i < gone.Count; i++)
        {
            Removed(json, plan.Rows.Set, gone[i], exists[i] ? "changed" : "deleted");
            await FlushAsync(json);
        }
    }

    /// <summary>4.0 says by its context that an object is no entity; 4.01 has a name for it.</summary>
    private void Removed(Utf8JsonWriter json, EntitySetModel set, IReadOnlyList<object> key, string reason)
    {
        var id = root + EntityUrl.Of(set, key);
        json.WriteStartObject();
        if (_style.IsV401)
        {
            json.WriteStartObject(_style.Names.Removed);
            json.WriteString("reason"u8, reason);
            json.WriteEndObject();
            json.WriteString(_style.Names.Id, id);
        }
        else
        {
            // Also without metadata: nothing else tells it from an entity.
            json.WriteString(_style.Names.Context, ContextUrl.DeletedEntity(root, set));
            json.WriteString("id"u8, id);
            json.WriteString("reason"u8, reason);
        }
        json.WriteEndObject();
    }

    private async ValueTask FlushAsync(Utf8JsonWriter json)
    {
        if (!sink.IsFull(json.BytesPending))
            return;
        json.Flush();
        await sink.FlushAsync(execution.Cancellation);
    }

    /// <summary>A list for each part of the key.</summary>
    private static IReadOnlyList<object>[] Columns(List<IReadOnlyList<object>> keys) =>
        [.. Enumerable.Range(0, keys[0].Count).Select(part => (IReadOnlyList<object>)[.. keys.Select(key => key[part])])];
}
