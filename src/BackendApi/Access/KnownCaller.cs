namespace BackendApi.Access;

/// <summary>A feature of a request inside of another one, whose credentials have been looked at: they count for it, and it carries none of its own.</summary>
internal sealed record KnownCaller(Caller Caller);
