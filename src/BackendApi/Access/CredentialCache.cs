using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BackendApi.Access;

/// <summary>
/// Credentials that were verified a moment ago, so that the costly check is not made for every request. Holds only an HMAC of each under a
/// salt that lives and dies with the process. What the credential stands for is looked up again in every snapshot: an entry is good until it
/// expires, or the user or client is locked, changed or gone.
/// </summary>
public sealed class CredentialCache(TimeProvider clock)
{
    private const int Capacity = 10_000;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<Digest, Entry> _entries = new();
    private int _count;

    public Digest KeyOf(ReadOnlySpan<char> credential) => Digest.Of(credential, _salt);

    public Caller? Find(Digest key, AccessSnapshot access) =>
        _entries.TryGetValue(key, out var entry) && entry.Expires > clock.GetUtcNow() ? entry.CallerIn(access) : null;

    /// <param name="resolve">The caller, as a snapshot knows them; null when the credential is void there.</param>
    public void Add(Digest key, Func<AccessSnapshot, Caller?> resolve, DateTimeOffset expires)
    {
        if (Volatile.Read(ref _count) >= Capacity)
            Shrink();
        var entry = new Entry(resolve, expires);
        if (_entries.TryAdd(key, entry))
            Interlocked.Increment(ref _count);
        else
            _entries[key] = entry;
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

    private sealed class Entry(Func<AccessSnapshot, Caller?> resolve, DateTimeOffset expires)
    {
        private Resolved? _last;

        public DateTimeOffset Expires { get; } = expires;

        public Caller? CallerIn(AccessSnapshot access)
        {
            var last = _last;
            if (last is null || last.Access != access.Number)
                _last = last = new(access.Number, resolve(access));
            return last.Caller;
        }

        /// <summary>Only names the snapshot: whoever is away for hours must not keep the one of then in memory.</summary>
        private sealed record Resolved(long Access, Caller? Caller);
    }
}
