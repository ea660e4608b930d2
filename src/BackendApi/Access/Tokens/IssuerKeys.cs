using System.Text.Json;
using BackendApi.Support;
using Microsoft.IdentityModel.Tokens;

namespace BackendApi.Access.Tokens;

/// <summary>What an issuer publishes of itself.</summary>
/// <param name="Issuer">What its tokens say in <c>iss</c>, exactly.</param>
internal sealed record PublishedKeys(string Issuer, IReadOnlyList<SecurityKey> Keys)
{
    /// <summary>Where people sign in, and where the code is exchanged that they come back with; null when it does not say.</summary>
    public (Uri Authorization, Uri Token)? SignIn { get; init; }

    /// <summary>The client is authenticated by the header <c>Authorization</c>, which is the default (OpenID Connect Discovery 1.0, section 3), and not in the form.</summary>
    public bool TakesBasic { get; init; } = true;

    /// <summary>The key of that id; without an id the only key that there is.</summary>
    public SecurityKey? Find(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return Keys is [var only] ? only : null;
        foreach (var key in Keys)
            if (key.KeyId == id)
                return key;
        return null;
    }
}

/// <summary>
/// The published keys of one issuer: its discovery document (OpenID Connect Discovery 1.0) and its key set (RFC 7517), kept in memory. They are read
/// again when they are old, or when a token names a key that is not among them; a flood of such tokens reads them once a minute.
/// </summary>
internal sealed class IssuerKeys(IssuerSettings settings, HttpClient http, TimeProvider clock, Observations observations)
{
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromHours(12);
    /// <summary>Between two attempts, whatever became of the first.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(1);
    /// <summary>While there are no keys at all, which is a start at the wrong moment.</summary>
    private static readonly TimeSpan LeastIntervalWithoutKeys = TimeSpan.FromSeconds(2);
    private const int SmallestRsaKey = 2048;

    private readonly Lock _gate = new();
    private volatile Read? _last;
    private long _attemptedAt;
    private Task? _reading;

    /// <summary>The issuer and its key of that id; null when it publishes none, or could not be asked.</summary>
    public async ValueTask<(string Issuer, SecurityKey Key)?> FindAsync(string? keyId, CancellationToken cancellation)
    {
        var known = _last;
        if (known is not null && clock.GetElapsedTime(known.At) > RefreshAfter)
            // Nobody waits for it: what is known is good until the issuer says something else.
            _ = TryRead(LeastInterval);
        if (known?.Published.Find(keyId) is { } key)
            return (known.Published.Issuer, key);
        if (TryRead(known is null ? LeastIntervalWithoutKeys : LeastInterval) is { } reading)
            await reading.WaitAsync(cancellation);
        return _last?.Published is { } now && now.Find(keyId) is { } found ? (now.Issuer, found) : null;
    }

    /// <summary>What is known of the issuer; null while it could not be asked.</summary>
    public async ValueTask<PublishedKeys?> PublishedAsync(CancellationToken cancellation)
    {
        if (_last is null && TryRead(LeastIntervalWithoutKeys) is { } reading)
            await reading.WaitAsync(cancellation);
        return _last?.Published;
    }

    /// <summary>The attempt that is under way, or a new one; null when the last one was too short a time ago.</summary>
    private Task? TryRead(TimeSpan leastInterval)
    {
        lock (_gate)
        {
            if (_reading is { IsCompleted: false })
                return _reading;
            if (_attemptedAt != 0 && clock.GetElapsedTime(_attemptedAt) < leastInterval)
                return null;
            _attemptedAt = clock.GetTimestamp();
            return _reading = Task.Run(ReadAsync);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            _last = new(await FetchAsync(), clock.GetTimestamp());
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException or InvalidDataException or ArgumentException or FormatException)
        {
            observations.Emit(new IssuerUnavailable(settings.Name, failure.Message));
        }
    }

    private async Task<PublishedKeys> FetchAsync()
    {
        using var discovery = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(settings.Authority, ".well-known/openid-configuration")));
        var issuer = Text(discovery, "issuer");
        // Otherwise one server could speak for another (OpenID Connect Discovery 1.0, section 4.3).
        if (settings.Issuer is null && issuer.TrimEnd('/') != settings.Authority.AbsoluteUri.TrimEnd('/'))
            throw new InvalidDataException("The discovery document names another issuer than the address that it was read from. If that is meant, the setting Issuer names it.");
        var address = Address(discovery, "jwks_uri") ?? throw new InvalidDataException("The discovery document does not name the address of the keys, or not an https one.");
        var keys = new JsonWebKeySet(await http.GetStringAsync(address)).GetSigningKeys();
        var methods = discovery.RootElement.TryGetProperty("token_endpoint_auth_methods_supported", out var listed) && listed.ValueKind == JsonValueKind.Array
            ? listed.EnumerateArray().Select(method => method.ToString()).ToList()
            : [];
        return new(settings.Issuer ?? issuer, [.. keys.Where(IsUsable)])
        {
            SignIn = Address(discovery, "authorization_endpoint") is { } authorization && Address(discovery, "token_endpoint") is { } token ? (authorization, token) : null,
            TakesBasic = methods.Count == 0 || methods.Contains("client_secret_basic"),
        };
    }

    private Uri? Address(JsonDocument discovery, string name) =>
        discovery.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address)
        && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback && settings.Authority.IsLoopback))
            ? address
            : null;

    /// <summary>A symmetric key that somebody publishes is no secret.</summary>
    private static bool IsUsable(SecurityKey key) => key switch
    {
        SymmetricSecurityKey => false,
        JsonWebKey { Kty: "oct" } => false,
        _ => key is ECDsaSecurityKey or JsonWebKey { Kty: "EC" } || key.KeySize >= SmallestRsaKey,
    };

    private static string Text(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidDataException($"The discovery document has no text '{name}'.");

    private sealed record Read(PublishedKeys Published, long At);
}
