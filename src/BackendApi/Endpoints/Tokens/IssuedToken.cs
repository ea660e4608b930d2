using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using BackendApi.Sql;

namespace BackendApi.Endpoints.Tokens;

/// <summary>A token of this service that somebody asks about: an access token or a refresh token.</summary>
/// <param name="Subject">The user's name, or the client's id.</param>
/// <param name="ClientId">For whom it was issued; null when nobody said.</param>
/// <param name="IsActive">Whoever sent it now would be let in.</param>
internal sealed record IssuedToken(
    Guid Grant, string Subject, bool IsClient, string? ClientId, Scopes? Scopes, DateTimeOffset IssuedAt, DateTimeOffset Expires, bool IsActive, bool IsRefreshToken)
{
    /// <summary>Null when the text is no token that this service issued, or one that has expired.</summary>
    public static async Task<IssuedToken?> FindAsync(
        string text, AccessSnapshot access, Pepper pepper, Database database, GrantStore grants, DateTimeOffset now, CancellationToken cancellation)
    {
        if (RefreshToken.Read(text, pepper) is not { } refresh)
            return AccessToken.Read(text, access.SigningKeys, now) is { } claims
                ? new(claims.Grant, claims.Subject, claims.IsClient, claims.ClientId, claims.Scopes, claims.IssuedAt, claims.Expires, TokenCallers.Find(claims, access) is not null, false)
                : null;
        await using var session = await database.OpenAsync(cancellation);
        if (await grants.FindAsync(session, refresh.Grant, cancellation) is not { } grant || now >= grant.ExpiresAt)
            return null;
        var isLast = !grant.IsRevoked && refresh.Number == grant.Refreshes;
        var isClientLetIn = grant.ClientId is null || access.Clients.GetValueOrDefault(grant.ClientId) is { IsLocked: false };
        var isUserLetIn = access.Users.GetValueOrDefault(grant.User) is { IsLocked: false } user && user.Stamp == grant.Stamp;
        return new(grant.Id, grant.User, false, grant.ClientId, grant.Scopes, grant.CreatedAt, grant.ExpiresAt, isLast && isClientLetIn && isUserLetIn, true);
    }
}
