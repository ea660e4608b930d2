using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BackendApi.Support;

/// <summary>Which API keys may stand in a URL, where proxies and browsers keep them.</summary>
public enum KeysInUrl { All, ReadOnly, None }

/// <summary>The section <c>Access</c> of the settings.</summary>
public sealed record AccessSettings
{
    /// <summary>Null: a random one is kept in the database.</summary>
    public string? Pepper { get; init; }
    /// <summary>HTTP Basic is taken: a user's name and password, or an API key as the password of an empty user.</summary>
    public bool Basic { get; init; }
    public KeysInUrl KeysInUrl { get; internal set; } = KeysInUrl.ReadOnly;
    /// <summary>In characters.</summary>
    public int PasswordMinLength { get; internal set; } = 12;
    public bool PasswordNeedsDigit { get; internal set; }
    public bool PasswordNeedsLetterCases { get; internal set; }
    public bool PasswordNeedsSymbol { get; internal set; }
    /// <summary>Wrong passwords or codes in a row after which a user is locked for <see cref="LockoutMinutes"/>; 0 never locks.</summary>
    public int LockoutAttempts { get; internal set; } = 10;
    public int LockoutMinutes { get; internal set; } = 15;
    public int AccessTokenMinutes { get; internal set; } = 480;
    /// <summary>From the sign-in on, however often the token was refreshed.</summary>
    public int RefreshTokenDays { get; internal set; } = 30;
    /// <summary>Other issuers whose access tokens are taken.</summary>
    public IReadOnlyList<IssuerSettings> Issuers { get; init; } = [];
}

/// <summary>Another issuer whose access tokens are taken, such as Entra ID or Keycloak: <c>Access:Issuers:0:…</c>.</summary>
/// <param name="Name">Stands before the names of its callers: <c>entra:ada@example.com</c>.</param>
/// <param name="Authority">The address below which <c>.well-known/openid-configuration</c> is found. Ends with a slash.</param>
/// <param name="Audiences">One of them must be in <c>aud</c>.</param>
/// <param name="Issuer">What <c>iss</c> must be; null takes what the discovery document says.</param>
/// <param name="NameClaim">Names the caller.</param>
/// <param name="RoleClaim">Holds what <paramref name="Roles"/> maps, as a path for nested ones: <c>realm_access.roles</c>.</param>
/// <param name="Roles">Values of the claim, and the roles of this service that they mean. A value that is not here means nothing.</param>
/// <param name="Claims">Claims that row filters may name.</param>
/// <param name="Algorithms">Signature algorithms that are taken; all of them asymmetric.</param>
/// <param name="ClockSkewSeconds">The issuer's clock may differ by this much.</param>
/// <param name="AuthorizationUri">Where Excel and Power BI sign their users in; null leaves it out of the challenge.</param>
public sealed record IssuerSettings(
    string Name, Uri Authority, IReadOnlyList<string> Audiences, string? Issuer, string NameClaim, string RoleClaim,
    IReadOnlyDictionary<string, string> Roles, IReadOnlyList<string> Claims, IReadOnlyList<string> Algorithms, int ClockSkewSeconds, string? AuthorizationUri)
{
    /// <summary>As what this service signs people in at the issuer; null leaves the issuer out of the sign-in page.</summary>
    public IssuerSignInSettings? SignIn { get; init; }

    /// <summary>Those that a published key can verify. HMAC is not among them: its key is a secret, and a public one taken for it would be known to all.</summary>
    public static readonly IReadOnlyList<string> KnownAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly string[] Members =
        ["Name", "Authority", "Audiences", "Issuer", "NameClaim", "RoleClaim", "Roles", "Claims", "Algorithms", "ClockSkewSeconds", "AuthorizationUri", "ClientId", "ClientSecret", "Scopes", "DisplayName"];

    /// <summary>Reads the sections below <c>Access:Issuers</c>; what is not understood is added to <paramref name="mistakes"/>.</summary>
    public static IReadOnlyList<IssuerSettings> Read(IConfigurationSection issuers, ICollection<string> mistakes)
    {
        var all = new List<IssuerSettings>();
        foreach (var section in issuers.GetChildren())
            if (ReadOne(section, mistakes) is { } issuer)
                all.Add(issuer);
        foreach (var twice in all.GroupBy(issuer => issuer.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            mistakes.Add($"{issuers.Path}: two issuers have the name {twice.Key}.");
        return all;
    }

    private static IssuerSettings? ReadOne(IConfigurationSection section, ICollection<string> mistakes)
    {
        var before = mistakes.Count;
        void Mistake(string member, string message) => mistakes.Add($"{section.Path}:{member}: {message}");

        foreach (var unknown in section.GetChildren().Where(child => !Members.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            Mistake(unknown.Key, $"there is no such member. The members are {string.Join(", ", Members)}.");
        var name = section["Name"] ?? section.Key;
        if (name.Length > 32 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
            Mistake("Name", "at most 32 letters, digits, '-', '_' and '.' are expected.");
        if (!Uri.TryCreate((section["Authority"] ?? "").TrimEnd('/') + "/", UriKind.Absolute, out var authority) || !(authority.Scheme == "https" || (authority.Scheme == "http" && authority.IsLoopback)))
            Mistake("Authority", "an absolute https address is expected, or an http one of this machine.");
        var audiences = List(section, "Audiences");
        var clientId = section["ClientId"] is { Length: > 0 } id ? id : null;
        if (audiences.Count == 0 && clientId is null)
            Mistake("Audiences", "at least one is needed: a token that was made for somebody else must not be taken. An issuer that only signs people in has a ClientId instead.");
        foreach (var member in new[] { "ClientSecret", "Scopes", "DisplayName" })
            if (clientId is null && section.GetSection(member).Exists())
                Mistake(member, "it belongs to the sign-in, for which a ClientId is needed.");
        var scopes = List(section, "Scopes");
        if (scopes.Count > 0 && !scopes.Contains("openid"))
            Mistake("Scopes", "openid must be among them: without it the provider does not say who signs in.");
        var claims = List(section, "Claims");
        if (claims.Contains(Access.Caller.NameInFilters))
            Mistake("Claims", "@name stands for the name of the caller, which NameClaim says: no claim is called name in a row filter.");
        var algorithms = List(section, "Algorithms");
        foreach (var unknown in algorithms.Where(algorithm => !KnownAlgorithms.Contains(algorithm)))
            Mistake("Algorithms", $"'{unknown}' is none of {string.Join(", ", KnownAlgorithms)}.");
        var skew = 60;
        if (section["ClockSkewSeconds"] is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out skew) || skew > 600))
            Mistake("ClockSkewSeconds", "a whole number from 0 to 600 is expected.");
        // A quote or a line break would end the header that it is shown in.
        var authorization = section["AuthorizationUri"];
        if (authorization is not null && (!Uri.TryCreate(authorization, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || authorization.Any(c => c is '"' or '\\' or <= ' ' or > '~')))
            Mistake("AuthorizationUri", "an absolute http or https address is expected.");
        var roles = section.GetSection("Roles").GetChildren().Where(role => role.Value is { Length: > 0 }).ToDictionary(role => role.Key, role => role.Value!, StringComparer.Ordinal);
        return mistakes.Count > before
            ? null
            : new(name, authority!, audiences, section["Issuer"], section["NameClaim"] ?? "sub", section["RoleClaim"] ?? "roles", roles, claims,
                algorithms.Count > 0 ? algorithms : ["RS256", "ES256", "PS256"], skew, authorization)
            {
                SignIn = clientId is null ? null : new(clientId, section["ClientSecret"] is { Length: > 0 } secret ? secret : null, scopes.Count > 0 ? scopes : ["openid", "profile", "email"], section["DisplayName"] is { Length: > 0 } shown ? shown : name),
            };
    }

    /// <summary>One text whose members <c>;</c> parts, or a section with an index for each.</summary>
    private static IReadOnlyList<string> List(IConfigurationSection section, string member)
    {
        var members = section.GetSection(member).GetChildren().Select(child => child.Value).OfType<string>().ToList();
        return members.Count > 0 ? members : (section[member] ?? "").Split([';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

/// <summary>This service as a client of another issuer, whose users sign in to the Back Office there.</summary>
/// <param name="ClientSecret">Null for a public client: then PKCE alone holds the code and this service together.</param>
/// <param name="Scopes">What is asked for; <c>openid</c> is among them.</param>
/// <param name="DisplayName">On the button of the sign-in page.</param>
public sealed record IssuerSignInSettings(string ClientId, string? ClientSecret, IReadOnlyList<string> Scopes, string DisplayName);
