namespace BackendApi.Access.Tokens;

/// <summary>Whom an access token of this service stands for.</summary>
internal static class TokenCallers
{
    /// <summary>
    /// As <paramref name="access"/> knows them. Null when the sign-in was revoked, or user or client is gone, locked or another than when the token was made.
    /// </summary>
    public static Caller? Find(AccessTokenClaims claims, AccessSnapshot access)
    {
        if (access.RevokedGrants.Contains(claims.Grant))
            return null;
        if (claims.ClientId is { } id && access.Clients.GetValueOrDefault(id) is not { IsLocked: false })
            return null;
        var caller = claims.IsClient
            ? access.Clients.GetValueOrDefault(claims.Subject) is { IsLocked: false } client && client.Stamp == claims.Stamp ? client.Caller : null
            : access.Users.GetValueOrDefault(claims.Subject) is { IsLocked: false } user && user.Stamp == claims.Stamp ? user.Caller : null;
        return caller is not null && claims.Scopes is { } scopes ? caller with { Permissions = caller.Permissions.NarrowedTo(scopes) } : caller;
    }
}
