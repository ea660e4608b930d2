namespace BackendApi.Access.Keys;

/// <summary>What this node knows of the use of one API key: when it was last used, and how many requests it still has. Safe for concurrent use.</summary>
public sealed class ApiKeyUse(string name, int? requestsPerMinute)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _lastUsedTicks, _writtenTicks;
    private double _tokens = requestsPerMinute ?? 0;
    private long _refilledTicks;

    public string Name { get; } = name;

    /// <summary>Null is without a limit. Counted by each node for itself.</summary>
    public int? RequestsPerMinute { get; } = requestsPerMinute;

    /// <summary>Counts one request. Returns how long to wait when the key has used up its rate, else null. Without a rate it costs one write to memory.</summary>
    public TimeSpan? Begin(DateTimeOffset now)
    {
        Volatile.Write(ref _lastUsedTicks, now.UtcTicks);
        if (RequestsPerMinute is not { } rate)
            return null;
        lock (_gate)
        {
            // A bucket that fills steadily: a burst of one minute's worth, and never more than the rate over time.
            if (_refilledTicks == 0)
                _refilledTicks = now.UtcTicks;
            _tokens = Math.Min(rate, _tokens + Math.Max(0, now.UtcTicks - _refilledTicks) * (double)rate / Window.Ticks);
            _refilledTicks = Math.Max(_refilledTicks, now.UtcTicks);
            if (_tokens >= 1)
            {
                _tokens--;
                return null;
            }
            return TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) * Window.Ticks / rate));
        }
    }

    /// <summary>The last use, when it is not written yet. Whoever takes it writes it.</summary>
    internal DateTimeOffset? TakeUnwritten()
    {
        var last = Volatile.Read(ref _lastUsedTicks);
        return last != 0 && Interlocked.Exchange(ref _writtenTicks, last) != last ? new(last, TimeSpan.Zero) : null;
    }
}
