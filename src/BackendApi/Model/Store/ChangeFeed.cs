using System.Diagnostics;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Model.Store;

/// <summary>
/// Follows what other nodes publish into the same database. Polling one row is all that every database understands, and a node that was cut off
/// needs no other way to catch up.
/// </summary>
public sealed class ChangeFeed(Publisher publisher, Models models, Database database, TimeProvider clock, Observations observations) : BackgroundService
{
    /// <summary>Other nodes are promised two seconds; building 1,000 entity sets and a slow poll must fit in as well.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var lost = 0L;
        string? refused = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (!models.IsReady)
                    continue;
                try
                {
                    await publisher.FollowAsync(stoppingToken);
                    if (lost != 0)
                        observations.Emit(new DatabaseRecovered(Stopwatch.GetElapsedTime(lost)));
                    (lost, refused) = (0, null);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    if (database.Dialect.Classify(failure) is not (Failure.Other or Failure.BadValue))
                    {
                        if (lost == 0)
                            observations.Emit(new DatabaseLost("following publishes", failure));
                        lost = lost == 0 ? Stopwatch.GetTimestamp() : lost;
                    }
                    else if (refused != failure.Message)
                    {
                        // A defect, but no reason to stop following: the next version may be one that can be served. Told once, not twice a second.
                        refused = failure.Message;
                        observations.Emit(new ModelRejected(models.Current.Version, failure.Message));
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
