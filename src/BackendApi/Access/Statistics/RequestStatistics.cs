using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace BackendApi.Access.Statistics;

/// <summary>What the statistics tell apart.</summary>
internal readonly record struct StatisticsKey(Caller? Caller, string? EntitySet, RequestOperation Operation);

/// <summary>
/// Counts the requests of this node in memory: no lock, and no allocation after the first request of a key. <see cref="StatisticsWriter"/> takes what is counted to the database.
/// Keys consist of what the service knows, so that a stranger makes none; beyond <see cref="Capacity"/> of them requests are counted without caller and set.
/// </summary>
public sealed class RequestStatistics(TimeProvider clock)
{
    private const int Capacity = 10_000;

    /// <summary>What nginx writes down for a client that did not wait, and is answered to nobody.</summary>
    private const int ClientGone = 499;

    private readonly ConcurrentDictionary<StatisticsKey, RequestCounter> _counters = new();
    private readonly DefaultObjectPool<RequestTally> _tallies = new(new DefaultPooledObjectPolicy<RequestTally>(), maximumRetained: 1024);
    private List<(StatisticsKey Key, RequestCounter Counter)> _left = [];
    private int _count;

    internal RequestTally Begin(HttpContext context)
    {
        var tally = _tallies.Get();
        tally.Begin(clock.GetTimestamp());
        context.Features.Set(tally);
        return tally;
    }

    /// <summary>The request is answered. Called once, by whoever began it.</summary>
    internal void End(HttpContext context, RequestTally tally)
    {
        context.Features.Set<RequestTally>(null);
        if (tally.Requests > 0)
        {
            var status = tally.IsBroken ? StatusCodes.Status500InternalServerError : context.RequestAborted.IsCancellationRequested ? ClientGone : context.Response.StatusCode;
            var operation = tally.Operation ?? OperationOf(context.Request.Method);
            CounterOf(new(tally.Caller, tally.EntitySet, operation)).Add(
                tally.Requests, status, (long)clock.GetElapsedTime(tally.BegunAt).TotalMicroseconds,
                // A change may be answered with what it has changed, which nobody has asked to read.
                operation is RequestOperation.Read or RequestOperation.Execute ? tally.RowsRead : 0, status < 400 ? tally.RowsWritten : 0);
        }
        _tallies.Return(tally);
    }

    /// <summary>What was counted since this was asked last. One asks at a time.</summary>
    internal IEnumerable<(StatisticsKey Key, long[] Counts)> Take()
    {
        // A request may have found a counter right before it was taken away: it is asked once more.
        foreach (var (key, counter) in _left)
            if (counter.Take() is { } late)
                yield return (key, late);
        _left = [];
        foreach (var (key, counter) in _counters)
        {
            if (counter.Take() is { } counts)
            {
                yield return (key, counts);
            }
            else if (_counters.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _count);
                _left.Add((key, counter));
            }
        }
    }

    private RequestCounter CounterOf(StatisticsKey key)
    {
        if (_counters.TryGetValue(key, out var known))
            return known;
        if (Volatile.Read(ref _count) >= Capacity)
            key = new(null, null, key.Operation);
        var made = new RequestCounter();
        var kept = _counters.GetOrAdd(key, made);
        if (ReferenceEquals(kept, made))
            Interlocked.Increment(ref _count);
        return kept;
    }

    private static RequestOperation OperationOf(string method) => method switch
    {
        "POST" => RequestOperation.Create,
        "PATCH" or "PUT" => RequestOperation.Update,
        "DELETE" => RequestOperation.Delete,
        _ => RequestOperation.Read,
    };
}
