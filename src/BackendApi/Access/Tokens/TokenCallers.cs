using BackendApi.Access.Rights;

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
        var client = claims.ClientId is { } id ? access.Clients.GetValueOrDefault(id) : null;
        if (claims.ClientId is not null && client is not { IsLocked: false })
            return null;
        if (claims.Outside is { } outside)
            return outside.CallerIn(access);
        if (claims.IsClient)
            return client is not null && claims.Subject == claims.ClientId && client.Stamp == claims.Stamp ? Narrowed(client.Caller, claims.Scopes) : null;
        // What a client may ask of its users can have become less since they signed in.
        return access.Users.GetValueOrDefault(claims.Subject) is { IsLocked: false } user && user.Stamp == claims.Stamp ? Narrowed(Narrowed(user.Caller, client?.Scopes), claims.Scopes) : null;
    }

    private static Caller Narrowed(Caller caller, Scopes? scopes) =>
        scopes is null or { IsUnlimited: true } ? caller : caller with { Permissions = caller.Permissions.NarrowedTo(scopes), IsNarrowed = true };
}
