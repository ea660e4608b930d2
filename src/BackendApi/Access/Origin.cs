namespace BackendApi.Access;

/// <summary>Who makes a change, from where, and by which request: what the audit log says of it besides what has changed.</summary>
/// <param name="Address">The client's, as trusted proxies tell it; null for the product itself.</param>
/// <param name="RequestId">The one that the log of the server names a request by; requests of a batch share that of the batch.</param>
/// <param name="At">The beginning of the request.</param>
/// <param name="IsDataAudited">Changes of rows of published tables are written down too, not only those of configuration and access.</param>
public sealed record Origin(Caller Caller, string? Address, string RequestId, DateTimeOffset At, bool IsDataAudited);
