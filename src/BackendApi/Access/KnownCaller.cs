namespace BackendApi.Access;

/// <summary>A feature of a request inside of another one, or one that goes on without its connection, whose credentials have been looked at: they count for it, and it is not counted as a request of its own.</summary>
/// <param name="IsKept">The response waits in the database until somebody comes for it.</param>
internal sealed record KnownCaller(Caller Caller, bool IsKept = false);
