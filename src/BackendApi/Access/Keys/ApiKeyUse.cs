namespace BackendApi.Access.Keys;

/// <summary>When this node saw one API key last. Safe for concurrent use.</summary>
public sealed class ApiKeyUse(string name)
{
    private long _lastUsedTicks, _writtenTicks;

    public string Name { get; } = name;

    /// <summary>Costs one write to memory.</summary>
    public void Note(DateTimeOffset now) => Volatile.Write(ref _lastUsedTicks, now.UtcTicks);

    /// <summary>The last use, when it is not written yet. Whoever takes it writes it.</summary>
    internal DateTimeOffset? TakeUnwritten()
    {
        var last = Volatile.Read(ref _lastUsedTicks);
        return last != 0 && Interlocked.Exchange(ref _writtenTicks, last) != last ? new(last, TimeSpan.Zero) : null;
    }
}
