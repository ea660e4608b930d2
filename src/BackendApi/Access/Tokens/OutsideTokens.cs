using System.Buffers.Text;
using System.Text.Json;
using BackendApi.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BackendApi.Access.Tokens;

/// <summary>
/// Access tokens of other issuers, as the settings name them: Entra ID, Keycloak, any OpenID provider. The signature is checked with the issuer's published
/// keys by Microsoft's library; issuer, audience, times and algorithm have to be those of the settings, whatever the token says.
/// </summary>
public sealed class OutsideTokens : IDisposable
{
    /// <summary>The web server takes no longer header anyway.</summary>
    private const int MaxCharacters = 16 * 1024;
    private const int MaxDocumentBytes = 1024 * 1024;

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxCharacters, MapInboundClaims = false };
    private readonly IReadOnlyList<(IssuerSettings Settings, IssuerKeys Keys)> _issuers;
    private readonly TimeProvider _clock;

    public OutsideTokens(AccessSettings settings, TimeProvider clock, Observations observations)
    {
        _clock = clock;
        // A redirection could lead where the settings did not mean to send the service.
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MaxDocumentBytes,
        };
        _issuers = [.. settings.Issuers.Select(issuer => (issuer, new IssuerKeys(issuer, Http, clock, observations)))];
    }

    /// <summary>For requests to issuers.</summary>
    internal HttpClient Http { get; }

    public bool HasIssuers => _issuers.Count > 0;

    /// <summary>Whom a token names that one of the issuers made for this service and that is valid now; else null.</summary>
    public async ValueTask<OutsideIdentity?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > MaxCharacters || Parse(token) is not { } parsed)
            return null;
        foreach (var (issuer, keys) in _issuers)
        {
            // Only a first look: what the token says of itself is checked below. It keeps tokens of nobody we know from asking an issuer anything.
            if (parsed.Issuer.TrimEnd('/') != (issuer.Issuer ?? issuer.Authority.AbsoluteUri).TrimEnd('/') || !issuer.Algorithms.Contains(parsed.Alg))
                continue;
            if (await keys.FindAsync(parsed.Kid, cancellation) is var (name, key) && await ValidateAsync(parsed, issuer, issuer.Audiences, name, key) is { } identity)
                return identity;
        }
        return null;
    }

    /// <summary>Whom the ID token names that an issuer gave to this service itself (OpenID Connect Core 1.0, section 3.1.3.7), for the sign-in of that nonce; else null.</summary>
    internal async ValueTask<OutsideIdentity?> ReadIdTokenAsync(IssuerSettings issuer, IssuerKeys keys, string token, string nonce, CancellationToken cancellation)
    {
        if (issuer.SignIn is not { } client || token.Length > MaxCharacters || Parse(token) is not { } parsed || !issuer.Algorithms.Contains(parsed.Alg))
            return null;
        if (parsed.TryGetPayloadValue<string>("azp", out var party) ? party != client.ClientId : parsed.Audiences.Count() > 1)
            return null;
        return parsed.TryGetPayloadValue<string>("nonce", out var said) && said == nonce && await keys.FindAsync(parsed.Kid, cancellation) is var (name, key)
            ? await ValidateAsync(parsed, issuer, [client.ClientId], name, key)
            : null;
    }

    internal (IssuerSettings Settings, IssuerKeys Keys)? Find(string issuer)
    {
        foreach (var known in _issuers)
            if (known.Settings.Name.Equals(issuer, StringComparison.OrdinalIgnoreCase))
                return known;
        return null;
    }

    public void Dispose() => Http.Dispose();

    private async Task<OutsideIdentity?> ValidateAsync(JsonWebToken token, IssuerSettings issuer, IReadOnlyList<string> audiences, string issuerName, SecurityKey key)
    {
        var skew = TimeSpan.FromSeconds(issuer.ClockSkewSeconds);
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuerName,
            ValidAudiences = audiences,
            ValidAlgorithms = issuer.Algorithms,
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            // By the clock of the service, which tests can set.
            LifetimeValidator = (notBefore, expires, _, _) => expires + skew > _clock.GetUtcNow().UtcDateTime && !(notBefore - skew > _clock.GetUtcNow().UtcDateTime),
        });
        if (!result.IsValid)
            return null;
        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
            return OutsideIdentity.Of(payload.RootElement, issuer, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + skew);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            var parsed = new JsonWebToken(token);
            // Three parts: signed, and not encrypted. To read these members can throw too.
            return token.AsSpan().Count('.') == 2 && parsed.Issuer is not null && parsed.Alg is not null && !parsed.TryGetHeaderValue<object>("crit", out _) ? parsed : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException or JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
