using System.Collections.Concurrent;

namespace BackendApi.Access.Limits;

/// <summary>A table that strangers can make grow, up to a bound. What is idle, and so as good as new, makes room for others.</summary>
internal sealed class BoundedTable<TKey, TValue>(int capacity, Func<TValue, bool> isIdle)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _values = new();
    private int _count;

    public IEnumerable<TValue> Values => _values.Values;

    /// <summary>The value under the key, or <paramref name="otherwise"/> when there is no room for a new one.</summary>
    public TValue GetOrAdd(TKey key, Func<TValue> create, Func<TValue> otherwise)
    {
        if (_values.TryGetValue(key, out var known))
            return known;
        if (!HasRoom())
            return otherwise();
        var made = create();
        var kept = _values.GetOrAdd(key, made);
        if (ReferenceEquals(kept, made))
            Interlocked.Increment(ref _count);
        return kept;
    }

    private bool HasRoom()
    {
        if (Volatile.Read(ref _count) < capacity)
            return true;
        foreach (var (key, value) in _values)
            if (isIdle(value) && _values.TryRemove(key, out _))
                Interlocked.Decrement(ref _count);
        return Volatile.Read(ref _count) < capacity;
    }
}
