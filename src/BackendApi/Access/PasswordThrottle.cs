using System.Collections.Concurrent;

namespace BackendApi.Access;

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

    private readonly ConcurrentDictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    /// <summary>Counts one attempt. Returns the time to wait when it may not be made now, else null.</summary>
    public TimeSpan? Begin(string user, string address)
    {
        var now = clock.GetUtcNow();
        if (_attempts.Count > Capacity)
            Forget(now);
        var (pair, alone) = Keys(user, address);
        var wait = Max(WaitOf(pair, now), WaitOf(alone, now));
        if (wait > TimeSpan.Zero)
            return wait;
        Count(pair, FreeAttemptsPerUser, now);
        Count(alone, FreeAttemptsPerAddress, now);
        return null;
    }

    /// <summary>The attempt was made with the right password: the pair starts afresh, and the address gets this attempt back.</summary>
    public void Succeeded(string user, string address)
    {
        var (pair, alone) = Keys(user, address);
        _attempts.TryRemove(pair, out _);
        if (_attempts.TryGetValue(alone, out var attempts))
            _attempts.TryUpdate(alone, attempts with { Count = Math.Max(0, attempts.Count - 1), FreeAt = default }, attempts);
    }

    private static (string Pair, string Address) Keys(string user, string address) =>
        ($"{address} {(user.Length > 128 ? user[..128] : user)}", address);

    private TimeSpan WaitOf(string key, DateTimeOffset now) =>
        _attempts.TryGetValue(key, out var attempts) && attempts.FreeAt > now ? attempts.FreeAt - now : TimeSpan.Zero;

    private void Count(string key, int free, DateTimeOffset now) =>
        _attempts.AddOrUpdate(key,
            _ => new(1, now, default),
            (_, old) =>
            {
                var count = now - old.Last > LongestWait ? 1 : old.Count + 1;
                return new(count, now, count < free ? default : now + WaitAfter(count - free));
            });

    private static TimeSpan WaitAfter(int excess) =>
        excess >= 10 ? LongestWait : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 1 << excess));

    /// <summary>Drops what no longer counts; when an attack fills the table all the same, everything but the pairs that wait.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, attempts) in _attempts)
            if (now - attempts.Last > LongestWait || (attempts.FreeAt <= now && _attempts.Count > Capacity))
                _attempts.TryRemove(key, out _);
        if (_attempts.Count > 2 * Capacity)
            _attempts.Clear();
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed record Attempts(int Count, DateTimeOffset Last, DateTimeOffset FreeAt);
}
