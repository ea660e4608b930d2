namespace BackendApi.Support;

/// <summary>The section <c>Limits</c>: how much callers may ask for at once and over time. 0 is without a limit.</summary>
public sealed record LimitSettings
{
    /// <summary>Of each caller that has no rate of its own, to each node.</summary>
    public int RequestsPerMinute { get; init; }
    /// <summary>Of each address, as long as it does not say who calls.</summary>
    public int AnonymousRequestsPerMinute { get; init; } = 3000;
    public int ConcurrentRequestsPerCaller { get; init; } = 500;
    /// <summary>Of all callers together, on this node.</summary>
    public int ConcurrentRequests { get; init; } = 1000;
    /// <summary>Requests beyond <see cref="ConcurrentRequests"/> that wait for their turn.</summary>
    public int QueuedRequests { get; init; } = 1000;
    public int QueueSeconds { get; init; } = 10;
    /// <summary>From the first byte of a request to the last of its answer.</summary>
    public int RequestSeconds { get; init; } = 3600;
    /// <summary>Below this rate a body, and an answer that is not read, is given up.</summary>
    public int MinBytesPerSecond { get; init; } = 240;
    public int MaxHeaderBytes { get; init; } = 32_768;
}

/// <summary>The limits that hold now. Whoever enforces one reads it here with every request, so a change counts from the next one on.</summary>
public sealed class CurrentLimits(LimitSettings initial)
{
    private volatile LimitSettings _value = initial;

    public LimitSettings Value { get => _value; set => _value = value; }
}
