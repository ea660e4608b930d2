using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Model.Store;

/// <summary>
/// Removes entries of the change log that are older than <see cref="ODataSettings.ChangeRetentionDays"/>, an hour's worth at a time and a bounded number in a
/// transaction, so that whoever writes never waits for it. Every node may do it.
/// </summary>
public sealed class ChangeRetention(Database database, ODataSettings settings, Models models, TimeProvider clock, Observations observations)
    : Retention("removing old changes", clock, observations)
{
    private const int EntriesAtOnce = 1000;

    public override async Task ForgetAsync(CancellationToken cancellation)
    {
        if (!models.IsReady)
            return;
        var limit = Clock.GetUtcNow() - TimeSpan.FromDays(settings.ChangeRetentionDays);
        while (await ForgetSomeAsync(limit, cancellation))
        {
        }
    }

    /// <returns>There may be more.</returns>
    private async Task<bool> ForgetSomeAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        (long Stamp, long Id)? last = null;
        var count = 0;
        await using (var row = await session.ReadAsync(ChangeLog.Oldest(database.Dialect, EntriesAtOnce), cancellation))
            while (await row.ReadAsync(cancellation) && database.Dialect.Values.DateTimeOffset(row, 2) < limit)
                (last, count) = ((database.Dialect.Values.Int64(row, 0), database.Dialect.Values.Int64(row, 1)), count + 1);
        if (last is not { } place)
            return false;
        await session.BeginAsync(cancellation);
        foreach (var statement in ChangeLog.Forget(database.Dialect, place.Stamp, place.Id, limit))
            await session.ExecuteAsync(statement, cancellation);
        await session.CommitAsync(cancellation);
        return count == EntriesAtOnce;
    }
}
