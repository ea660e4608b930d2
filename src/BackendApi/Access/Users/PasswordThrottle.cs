namespace BackendApi.Access.Users;

/// <summary>
/// Slows the guessing of passwords. Every attempt counts as a failure until it has succeeded, so that many at once gain nothing. Past the
/// free attempts, each further failure doubles the time for which the pair of user and address (and, with a larger allowance, the
/// address alone) must wait. Kept in memory: each node counts for itself.
/// </summary>
public sealed class PasswordThrottle(TimeProvider clock)
{
    public const int FreeAttemptsPerUser = 5;
    /// <summary>Many users can share one address, behind a proxy or a company's gateway.</summary>
    public const int FreeAttemptsPerAddress = 50;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    /// <summary>Counts one attempt. Returns the time to wait when it may not be made now, else null.</summary>
    public TimeSpan? Begin(string user, string address)
    {
        var now = clock.GetUtcNow();
        var pair = PairOf(user, address);
        lock (_gate)
        {
            if (_attempts.Count > Capacity)
                Forget(now);
            var wait = Max(WaitOf(pair, now), WaitOf(address, now));
            if (wait > TimeSpan.Zero)
                return wait;
            Count(pair, FreeAttemptsPerUser, now);
            Count(address, FreeAttemptsPerAddress, now);
            return null;
        }
    }

    /// <summary>The attempt was made with the right password: the pair starts afresh, and the address gets this attempt back.</summary>
    public void Succeeded(string user, string address)
    {
        lock (_gate)
        {
            _attempts.Remove(PairOf(user, address));
            if (_attempts.TryGetValue(address, out var attempts))
                _attempts[address] = attempts with { Count = Math.Max(0, attempts.Count - 1), FreeAt = default };
        }
    }

    private static string PairOf(string user, string address) => $"{address} {(user.Length > 128 ? user[..128] : user).ToUpperInvariant()}";

    private TimeSpan WaitOf(string key, DateTimeOffset now) =>
        _attempts.TryGetValue(key, out var attempts) && attempts.FreeAt > now ? attempts.FreeAt - now : TimeSpan.Zero;

    private void Count(string key, int free, DateTimeOffset now)
    {
        var count = _attempts.TryGetValue(key, out var old) && now - old.Last <= LongestWait ? old.Count + 1 : 1;
        _attempts[key] = new(count, now, count < free ? default : now + WaitAfter(count - free));
    }

    private static TimeSpan WaitAfter(int excess) => excess >= 10 ? LongestWait : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 1 << excess));

    /// <summary>Drops what no longer counts; when an attack fills the table all the same, everything that does not wait.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, attempts) in _attempts)
            if (now - attempts.Last > LongestWait)
                _attempts.Remove(key);
        if (_attempts.Count <= Capacity)
            return;
        foreach (var (key, attempts) in _attempts)
            if (attempts.FreeAt <= now)
                _attempts.Remove(key);
        if (_attempts.Count > Capacity)
            _attempts.Clear();
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed record Attempts(int Count, DateTimeOffset Last, DateTimeOffset FreeAt);
}
