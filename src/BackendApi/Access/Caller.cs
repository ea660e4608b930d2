using System.Collections.Frozen;
using BackendApi.Access.Rights;

namespace BackendApi.Access;

/// <summary>Who sends a request. <paramref name="Name"/> is what the log and the audit say; with <paramref name="Kind"/> it identifies the caller.</summary>
public sealed record Caller(string Name, CallerKind Kind)
{
    /// <summary>What row filters call the caller's name by. No claim has this name.</summary>
    public const string NameInFilters = "name";

    private static readonly IReadOnlyDictionary<string, string> NoClaims = FrozenDictionary<string, string>.Empty;

    /// <summary>The product itself: files applied at start, commands of the host.</summary>
    public static readonly Caller System = new("system", CallerKind.System) { Permissions = Permissions.All };

    public Permissions Permissions { get; init; } = Permissions.None;

    /// <summary>The names of the roles that the permissions come from, in their order: of a key that acts for a user those of the user.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What row filters can name besides the name: of a user the stored claims, of a token of another issuer those that the settings let through.</summary>
    public IReadOnlyDictionary<string, string> Claims { get; init; } = NoClaims;

    /// <summary>The token is one for scopes: what is the user's own, such as the password, is none of them.</summary>
    public bool IsNarrowed { get; init; }

    /// <summary>The rate of an API key that has one of its own; null is that of the settings.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Remembered by <see cref="Limits.CallerUses.Of"/>.</summary>
    internal Limits.CallerUse? Use { get; set; }

    /// <summary>Another object for the same caller, read later, is equal.</summary>
    public bool Equals(Caller? other) => other is not null && Kind == other.Kind && Name == other.Name;

    public override int GetHashCode() => HashCode.Combine(Kind, Name);
}

/// <summary><see cref="Outside"/> is a caller whom another issuer's token names.</summary>
public enum CallerKind { System, User, ApiKey, Client, Outside }
