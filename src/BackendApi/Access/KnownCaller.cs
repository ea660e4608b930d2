namespace BackendApi.Access;

/// <summary>A feature of a request inside of another one, or one that goes on without its connection, whose credentials have been looked at: they count for it, and it is not counted as a request of its own.</summary>
internal sealed record KnownCaller(Caller Caller);
