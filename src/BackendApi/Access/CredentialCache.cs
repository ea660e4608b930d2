using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BackendApi.Access;

/// <summary>
/// Credentials that were verified a moment ago, so that the costly check is not made for every request. Holds only an HMAC of each under a
/// salt that lives and dies with the process. An entry is good until it expires or the user's <see cref="UserEntry.Stamp"/> changes.
/// </summary>
public sealed class CredentialCache(TimeProvider clock)
{
    private const int Capacity = 10_000;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<Digest, Entry> _entries = new();
    private int _count;

    public Digest KeyOf(ReadOnlySpan<char> credential) => Digest.Of(credential, _salt);

    public Caller? Find(Digest key, AccessSnapshot access) =>
        _entries.TryGetValue(key, out var entry) && entry.Expires > clock.GetUtcNow()
        && access.Users.TryGetValue(entry.Caller.Name, out var user) && user.Stamp == entry.Stamp
            ? user.Caller
            : null;

    public void Add(Digest key, UserEntry user, DateTimeOffset expires)
    {
        if (Volatile.Read(ref _count) >= Capacity)
            Shrink();
        if (_entries.TryAdd(key, new(user.Caller, user.Stamp, expires)))
            Interlocked.Increment(ref _count);
        else
            _entries[key] = new(user.Caller, user.Stamp, expires);
    }

    /// <summary>Only what was verified gets in here, so a full cache of valid entries means that many people; starting over costs each one check.</summary>
    private void Shrink()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, entry) in _entries)
            if (entry.Expires <= now && _entries.TryRemove(key, out _))
                Interlocked.Decrement(ref _count);
        if (Volatile.Read(ref _count) < Capacity)
            return;
        _entries.Clear();
        Volatile.Write(ref _count, 0);
    }

    private sealed record Entry(Caller Caller, string Stamp, DateTimeOffset Expires);
}
