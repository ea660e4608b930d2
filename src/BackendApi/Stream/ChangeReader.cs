using BackendApi.Model;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>Reads the change log of one set: see <see cref="ChangeLog"/>.</summary>
internal sealed class ChangeReader(Execution execution, EntitySetModel set)
{
    /// <summary>Where transactions that may still write begin, and where the log ends.</summary>
    public static async Task<(long Horizon, long End)> WindowAsync(Execution execution)
    {
        await using var row = await execution.ReadAsync(ChangeLog.Window(execution.Dialect));
        return await row.ReadAsync(execution.Cancellation)
            ? (execution.Values.Int64(row, 0), execution.Values.Int64(row, 1))
            : throw new InvalidOperationException("The database does not tell where its change log ends.");
    }

    /// <summary>The pages that tell what has changed from <paramref name="token"/> on.</summary>
    /// <exception cref="Support.ServiceException">410: the log does not reach back so far.</exception>
    public async Task<DeltaPages> PagesAsync(DeltaToken token)
    {
        if (token.Pages is { } pages)
            return pages;
        var (horizon, end) = await WindowAsync(execution);
        // Stamps only grow: this is another database, or an earlier state of it.
        if (token.Stamp > end)
            throw DeltaToken.Expired("The database was restored since the link was given.");
        return new(token.Stamp, end, horizon);
    }

    /// <summary>At most <paramref name="take"/> entries behind a place, oldest first.</summary>
    /// <exception cref="Support.ServiceException">410: entries behind the place are gone.</exception>
    public async Task<List<ChangeEntry>> EntriesAsync(long stamp, long id, long until, int take)
    {
        var entries = new List<ChangeEntry>();
        await using (var row = await execution.ReadAsync(ChangeLog.Entries(execution.Dialect, set.Table.Name, stamp, id, until, take)))
            while (await row.ReadAsync(execution.Cancellation))
                entries.Add(new(execution.Values.Int64(row, 0), execution.Values.Int64(row, 1), execution.Values.String(row, 2)));
        // Asked behind the entries: what was removed before they were read is known by now.
        await CheckAsync(stamp);
        return entries;
    }

    /// <summary>How many rows the entries of all pages name.</summary>
    public async Task<long> CountAsync(DeltaPages pages)
    {
        long count;
        await using (var row = await execution.ReadAsync(ChangeLog.Count(execution.Dialect, set.Table.Name, pages.Since, pages.Until)))
            count = await row.ReadAsync(execution.Cancellation) ? execution.Values.Int64(row, 0) : 0;
        await CheckAsync(pages.Since);
        return count;
    }

    /// <summary>The key that an entry names, in the kinds of its columns.</summary>
    public IReadOnlyList<object> KeyOf(in ChangeEntry entry) =>
        RowKey.Read(set.LoggedKey!, entry.Key) ?? throw DeltaToken.Expired("An entry of the change log names a row by another key than the set has.");

    private async Task CheckAsync(long stamp)
    {
        await using var row = await execution.ReadAsync(ChangeLog.Forgotten(execution.Dialect));
        if (await row.ReadAsync(execution.Cancellation) && execution.Values.Int64(row, 0) >= stamp)
            throw DeltaToken.Expired("Changes since the link was given are no longer kept.");
    }
}
