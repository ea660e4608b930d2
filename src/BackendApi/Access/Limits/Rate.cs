namespace BackendApi.Access.Limits;

/// <summary>
/// A bucket of one minute's worth that fills steadily, as one number: the time at which it is full again (GCRA). So it needs no lock and no timer, a rate that is changed meanwhile
/// counts at once, and a full bucket is the same as a new one. Safe for concurrent use.
/// </summary>
public struct Rate
{
    private long _fullAt;

    /// <summary>Takes one out of the bucket. How long to wait when it is empty, else null.</summary>
    /// <param name="now">In ticks, of a clock that never goes back.</param>
    public TimeSpan? Take(long now, int perMinute)
    {
        var each = TimeSpan.TicksPerMinute / perMinute;
        while (true)
        {
            var known = Volatile.Read(ref _fullAt);
            var fullAt = Math.Max(known, now) + each;
            if (fullAt - now > TimeSpan.TicksPerMinute)
                return TimeSpan.FromTicks(fullAt - now - TimeSpan.TicksPerMinute);
            if (Interlocked.CompareExchange(ref _fullAt, fullAt, known) == known)
                return null;
        }
    }

    /// <summary>Takes out what was used already, even if that is more than there is: the rest is owed, and the next ones wait for it.</summary>
    public void Owe(long now, int perMinute, int count)
    {
        var amount = TimeSpan.TicksPerMinute / perMinute * count;
        long known;
        do
            known = Volatile.Read(ref _fullAt);
        while (Interlocked.CompareExchange(ref _fullAt, Math.Max(known, now) + amount, known) != known);
    }

    /// <summary>What is in the bucket.</summary>
    public readonly int Left(long now, int perMinute)
    {
        var used = Math.Max(0, _fullAt - now);
        return used >= TimeSpan.TicksPerMinute ? 0 : (int)((TimeSpan.TicksPerMinute - used) / (TimeSpan.TicksPerMinute / perMinute));
    }

    public readonly bool IsFull(long now) => _fullAt <= now;
}
