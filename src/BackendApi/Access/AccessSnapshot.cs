using System.Collections.Concurrent;
using System.Net;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;

namespace BackendApi.Access;

/// <summary>Who may call, and what they may do, as it was stored at one instant. Immutable.</summary>
public sealed class AccessSnapshot
{
    private static long _made;

    private readonly ConcurrentDictionary<string, Permissions> _unions = new(StringComparer.Ordinal);
    /// <summary>By their plain hashes: the keyed one, which is all that is stored, takes three times as long.</summary>
    private readonly ConcurrentDictionary<Digest, ApiKeyEntry> _verifiedKeys = new();

    /// <summary>No other snapshot of this process has it.</summary>
    public long Number { get; } = Interlocked.Increment(ref _made);
    /// <summary>Of <see cref="AccessTables.State"/>: as long as it stays, nothing has changed.</summary>
    public string Stamp { get; init; } = "";
    public DateTimeOffset ReadAt { get; init; }
    /// <summary>By name, without regard to case.</summary>
    public required IReadOnlyDictionary<string, UserEntry> Users { get; init; }
    /// <summary>By the keyed hash of each value.</summary>
    public required IReadOnlyDictionary<Digest, ApiKeyEntry> ApiKeys { get; init; }
    public IReadOnlyDictionary<string, ClientEntry> Clients { get; init; } = new Dictionary<string, ClientEntry>();
    public IReadOnlyDictionary<string, Role> Roles { get; init; } = new Dictionary<string, Role>();
    /// <summary>Sign-ins that were ended before their time: access tokens of them are void.</summary>
    public IReadOnlySet<Guid> RevokedGrants { get; init; } = new HashSet<Guid>();
    /// <summary>All of them verify access tokens; the last one signs.</summary>
    public required IReadOnlyList<SigningKey> SigningKeys { get; init; }

    /// <param name="plain">The plain hash of what a caller sends.</param>
    public ApiKeyEntry? FindKey(Digest plain, Pepper pepper)
    {
        if (_verifiedKeys.TryGetValue(plain, out var entry))
            return entry;
        if (ApiKeys.TryGetValue(pepper.OfPlain(plain), out entry))
            _verifiedKeys.TryAdd(plain, entry);
        return entry;
    }

    /// <summary>The caller with the rights of those roles; names that are no roles grant nothing.</summary>
    public Caller WithRoles(Caller caller, IEnumerable<string> roles)
    {
        var names = roles.Where(Roles.ContainsKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return caller with { Roles = names, Permissions = PermissionsOf(names) };
    }

    /// <summary>Worked out once for each combination.</summary>
    private Permissions PermissionsOf(List<string> roles) =>
        _unions.GetOrAdd(string.Join('\0', roles), static (_, call) => Permissions.Of(call.roles.Select(name => call.Roles[name])), (roles, Roles));
}

/// <param name="Stamp">Changes with the password and with the second factor: what was issued under the old one is void.</param>
public sealed record UserEntry(Caller Caller, string PasswordHash, string Stamp)
{
    /// <summary>Stands in when a user does not exist, so that the answer takes as long as for one who does. No password matches it.</summary>
    public static readonly UserEntry Nobody = new(new Caller("", CallerKind.User), Users.UserPasswordHasher.OfNoPassword, "");

    /// <summary>An administrator has locked the user: nothing is let in under the name.</summary>
    public bool IsLocked { get; init; }
    public bool MustChangePassword { get; init; }
    public bool HasSecondFactor { get; init; }
    /// <summary>Nobody has chosen it: a browser's sign-in asks for another one, while programs go on with it.</summary>
    public bool HasGeneratedPassword { get; init; }

    public static UserEntry Of(string name, string passwordHash) => new(new Caller(name, CallerKind.User), passwordHash, StampOf(passwordHash));

    /// <summary>The stamp of a user of release 0.3, which stored none.</summary>
    internal static string StampOf(string passwordHash) => Digest.Of(passwordHash).ToString()[..16];
}

/// <param name="ValidTo">Exclusive; null when the key never expires. The earlier one of the key's and the value's own.</param>
public sealed record ApiKeyEntry(Caller Caller, DateTimeOffset? ValidTo)
{
    /// <summary>From where it may be used; empty is from everywhere.</summary>
    public IReadOnlyList<IPNetwork> Addresses { get; init; } = [];
    /// <summary>Lives as long as the process, while entries come and go with the snapshots.</summary>
    public ApiKeyUse Use { get; init; } = new("");
}

/// <param name="Stamp">Changes when the client is made anew under the same id.</param>
/// <param name="Secrets">By their keyed hashes; null never expires.</param>
public sealed record ClientEntry(Caller Caller, Scopes Scopes, string Stamp, bool IsLocked, IReadOnlyDictionary<Digest, DateTimeOffset?> Secrets);
