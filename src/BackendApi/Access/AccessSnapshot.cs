namespace BackendApi.Access;

/// <summary>Who may call, as it was stored at one instant. Immutable.</summary>
public sealed class AccessSnapshot
{
    /// <summary>By name, without regard to case.</summary>
    public required IReadOnlyDictionary<string, UserEntry> Users { get; init; }
    public required IReadOnlyDictionary<Digest, ApiKeyEntry> ApiKeys { get; init; }
    /// <summary>All of them verify access tokens; the last one signs.</summary>
    public required IReadOnlyList<SigningKey> SigningKeys { get; init; }
}

/// <param name="Stamp">Changes with the password: what was issued under the old one is void.</param>
public sealed record UserEntry(Caller Caller, string PasswordHash, string Stamp)
{
    public static UserEntry Of(string name, string passwordHash) =>
        new(new Caller(name, CallerKind.User), passwordHash, Digest.Of(passwordHash).ToString()[..16]);
}

/// <param name="ValidTo">Exclusive; null when the key never expires.</param>
public sealed record ApiKeyEntry(Caller Caller, DateTimeOffset? ValidTo);
