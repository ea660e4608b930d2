using BackendApi.Support;

namespace BackendApi.Access.Limits;

/// <summary>What this node knows of the requests of one caller. It outlives the snapshots that the caller stands in. Safe for concurrent use.</summary>
public sealed class CallerUse(string name, CallerKind kind)
{
    private Rate _rate;
    private int _running;
    private long _refused;

    public string Name { get; } = name;
    public CallerKind Kind { get; } = kind;
    public int Running => Volatile.Read(ref _running);
    /// <summary>Requests that were answered with 429.</summary>
    public long Refused => Interlocked.Read(ref _refused);
    /// <summary>The caller's own rate, as it was when the last request came; null is that of the settings.</summary>
    public int? OwnRate { get; private set; }

    /// <summary>Null is without a rate.</summary>
    public int? RateUnder(LimitSettings limits) => (OwnRate ?? limits.RequestsPerMinute) is > 0 and var rate ? rate : null;

    public int? Left(LimitSettings limits, long now) => RateUnder(limits) is { } rate ? _rate.Left(now, rate) : null;

    /// <summary>Begins one request of the caller. Whoever begins ends it, unless it is refused.</summary>
    /// <param name="wait">How long to wait before the next attempt, when it is refused.</param>
    /// <returns>Null, or the limit that is used up.</returns>
    internal UsedUp? Begin(LimitSettings limits, int? ownRate, TimeProvider clock, out TimeSpan wait)
    {
        wait = default;
        // Nearly always the same: a write that changes nothing would still take the line from all other cores.
        if (OwnRate != ownRate)
            OwnRate = ownRate;
        if (RateUnder(limits) is { } rate && _rate.Take(Ticks(clock), rate) is { } pause)
        {
            wait = pause;
            Interlocked.Increment(ref _refused);
            return UsedUp.Rate;
        }
        if (Interlocked.Increment(ref _running) <= limits.ConcurrentRequestsPerCaller || limits.ConcurrentRequestsPerCaller == 0)
            return null;
        End();
        Interlocked.Increment(ref _refused);
        return UsedUp.Concurrency;
    }

    internal void End() => Interlocked.Decrement(ref _running);

    /// <summary>Counts requests that came inside of another one.</summary>
    internal void Owe(LimitSettings limits, int count, TimeProvider clock)
    {
        if (RateUnder(limits) is { } rate)
            _rate.Owe(Ticks(clock), rate, count);
    }

    /// <summary>Nothing is lost with it: a new one would be the same.</summary>
    internal bool IsIdle(long now) => Running == 0 && _rate.IsFull(now);

    /// <summary>A time that never goes back, whatever happens to the clock on the wall.</summary>
    internal static long Ticks(TimeProvider clock) => clock.GetElapsedTime(0, clock.GetTimestamp()).Ticks;
}

/// <summary>Which limit of a caller is used up.</summary>
internal enum UsedUp { Rate, Concurrency }
