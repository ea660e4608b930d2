using BackendApi.Access.Tokens;
using BackendApi.Support;

namespace BackendApi.Access.Sessions;

/// <summary>Makes the access tokens that sessions of browsers are.</summary>
internal sealed class SessionTokens(AccessSettings settings, TimeProvider clock)
{
    /// <param name="outside">Whom another issuer has signed in; null for a user.</param>
    public (AccessTokenClaims Claims, string Token) Write(string name, string stamp, OutsideIdentity? outside, AccessSnapshot access)
    {
        var now = clock.GetUtcNow();
        var claims = new AccessTokenClaims(name, stamp, Guid.NewGuid(), now, now + TimeSpan.FromMinutes(settings.AccessTokenMinutes)) { Outside = outside };
        return (claims, AccessToken.Write(claims, access.SigningKeys[^1]));
    }
}
