using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary>
/// <c>POST /token</c>: the OAuth 2.0 token endpoint (RFC 6749). Takes the grants <c>password</c>, <c>client_credentials</c> and
/// <c>refresh_token</c>; answers and errors have the shapes of sections 5.1 and 5.2, which are not those of OData.
/// </summary>
internal sealed class TokenEndpoint(
    Database database, AccessDirectory directory, PasswordGrant passwords, GrantStore grants, ClientAuthentication clients, Pepper pepper, AccessSettings settings, SignInEntries entries,
    Observations observations, TimeProvider clock)
{
    /// <summary>A grant by its name, and what answers it.</summary>
    public static readonly IReadOnlyList<string> GrantTypes = ["password", "client_credentials", "refresh_token"];

    /// <summary>Of the scopes in a token, which travels as a header.</summary>
    private const int MostScopeCharacters = 8_000;

    private static readonly OAuthError VoidRefreshToken = OAuthError.Grant("The refresh token is not valid (any more). Sign in again.");

    public async Task PostAsync(HttpContext context)
    {
        if (await AnswerAsync(context) is { } error)
            await OAuthResponse.RefuseAsync(context, error);
    }

    private async Task<OAuthError?> AnswerAsync(HttpContext context)
    {
        if (await OAuthForm.ReadAsync(context) is not { } form)
            return OAuthError.NoForm;
        if (form["grant_type"] is not { } grantType)
            return OAuthError.Request("The parameter grant_type is missing.");
        if (!GrantTypes.Contains(grantType))
            return new(OAuthCode.UnsupportedGrantType, $"The grant types that this endpoint takes: {string.Join(", ", GrantTypes)}.");
        var access = await directory.CurrentAsync(context.RequestAborted);
        var (client, wrong) = await clients.CheckAsync(context, form, access);
        if (wrong is not null)
            return await RefuseAsync(context, wrong, form, grantType);
        string? mistake = null;
        var scopes = form["scope"] is { } text ? Scopes.Parse(text, out mistake) : null;
        if (mistake is not null)
            return OAuthError.Scope(mistake);
        if (client is not null && scopes is not null && !scopes.IsWithin(client.Scopes))
            return OAuthError.Scope("The client may not have all of these scopes.");
        if ((client?.Scopes.And(scopes ?? Scopes.All) ?? scopes)?.ToString() is { Length: 0 or > MostScopeCharacters } most)
            return OAuthError.Scope(most.Length == 0 ? "The client has no scopes." : "These are more scopes than a token has room for.");
        return grantType switch
        {
            "password" => await SignInAsync(context, form, access, client, scopes),
            "refresh_token" => await RefreshAsync(context, form, access, client, scopes),
            _ => await GrantToClientAsync(context, client, scopes, access),
        };
    }

    /// <summary>A client that is refused leaves an entry, as a user does. Its secret cannot be guessed; but somebody tried.</summary>
    private async Task<OAuthError> RefuseAsync(HttpContext context, OAuthError wrong, OAuthForm form, string grantType)
    {
        if (wrong != OAuthError.InvalidClient)
            return wrong;
        // As it is stored by now: what was known when the request came may not have had the client.
        var access = await directory.CurrentAsync(context.RequestAborted);
        var named = ClientAuthentication.IdIn(context, form) is { } id && access.Clients.ContainsKey(id) ? id : null;
        await using var session = await database.OpenAsync(context.RequestAborted);
        await entries.RefusedAsync(session, CallerKind.Client, named, named is null ? SignInRefusal.UnknownName : SignInRefusal.WrongSecret, SignInAttempt.Of(context, grantType), context.RequestAborted);
        return wrong;
    }

    private async Task<OAuthError?> SignInAsync(HttpContext context, OAuthForm form, AccessSnapshot access, ClientEntry? client, Scopes? scopes)
    {
        var (user, error) = await passwords.SignInAsync(context, form, "password");
        if (user is not null)
            await GrantAsync(context, access, user, client, client is null ? scopes : client.Scopes.And(scopes ?? Scopes.All));
        return error;
    }

    private async Task GrantAsync(HttpContext context, AccessSnapshot access, UserEntry user, ClientEntry? client, Scopes? scopes)
    {
        var now = clock.GetUtcNow();
        if (scopes is { IsUnlimited: true })
            scopes = null;
        var grant = new Grant(Guid.NewGuid(), user.Caller.Name, client?.Caller.Name, user.Stamp, scopes, 0, now, now + TimeSpan.FromDays(settings.RefreshTokenDays), false);
        if (settings.RefreshTokenDays > 0)
        {
            await using var session = await database.OpenAsync(context.RequestAborted);
            await grants.CreateAsync(session, grant, context.RequestAborted);
        }
        await AnswerAsync(context, access, grant, scopes);
    }

    private async Task<OAuthError?> RefreshAsync(HttpContext context, OAuthForm form, AccessSnapshot access, ClientEntry? client, Scopes? scopes)
    {
        if (form["refresh_token"] is not { } text)
            return OAuthError.Request("The refresh_token grant needs the parameter refresh_token.");
        if (RefreshToken.Read(text, pepper) is not { } token)
            return VoidRefreshToken;
        var cancellation = context.RequestAborted;
        await using var session = await database.OpenAsync(cancellation);
        if (await grants.FindAsync(session, token.Grant, cancellation) is not { IsRevoked: false } grant || grant.ClientId != client?.Caller.Name)
            return VoidRefreshToken;
        if (token.Number != grant.Refreshes)
            return await RevokeAsync(context, session, grant, cancellation);
        if (clock.GetUtcNow() >= grant.ExpiresAt || access.Users.GetValueOrDefault(grant.User) is not { IsLocked: false } user || user.Stamp != grant.Stamp)
            return VoidRefreshToken;
        if (scopes is not null && !scopes.IsWithin(grant.Scopes ?? Scopes.All))
            return OAuthError.Scope("The sign-in did not have all of these scopes.");
        if (!await grants.RefreshAsync(session, grant, cancellation))
            return await RevokeAsync(context, session, grant, cancellation);
        await AnswerAsync(context, access, grant with { Refreshes = grant.Refreshes + 1 }, scopes ?? grant.Scopes);
        return null;
    }

    /// <summary>A token that was used before: either its owner or a thief came second, and nobody can tell which. The whole sign-in ends.</summary>
    private async Task<OAuthError> RevokeAsync(HttpContext context, Session session, Grant grant, CancellationToken cancellation)
    {
        session.Origin = entries.OriginOf(Caller.System, SignInAttempt.Of(context, "refresh_token"));
        await grants.RevokeAsync(session, new(grant.Id, grant.User, CallerKind.User, grant.ClientId, grant.ExpiresAt), "RefreshTokenReused", cancellation);
        observations.Emit(new RefreshTokenReused(grant.User));
        return VoidRefreshToken;
    }

    private async Task<OAuthError?> GrantToClientAsync(HttpContext context, ClientEntry? client, Scopes? scopes, AccessSnapshot access)
    {
        if (client is null)
            return OAuthError.InvalidClient;
        await using (var session = await database.OpenAsync(context.RequestAborted))
            await entries.AcceptedAsync(session, client.Caller, SignInAttempt.Of(context, "client_credentials"), mustChangePassword: false, context.RequestAborted);
        var now = clock.GetUtcNow();
        await WriteAsync(context, access, new(client.Caller.Name, client.Stamp, Guid.NewGuid(), now, now + TimeSpan.FromMinutes(settings.AccessTokenMinutes),
            IsClient: true, ClientId: client.Caller.Name, Scopes: scopes), refreshToken: null);
        return null;
    }

    private Task AnswerAsync(HttpContext context, AccessSnapshot access, Grant grant, Scopes? scopes)
    {
        var now = clock.GetUtcNow();
        return WriteAsync(context, access,
            new(grant.User, grant.Stamp, grant.Id, now, now + TimeSpan.FromMinutes(settings.AccessTokenMinutes), ClientId: grant.ClientId, Scopes: scopes),
            settings.RefreshTokenDays > 0 ? new RefreshToken(grant.Id, grant.Refreshes).Write(pepper) : null);
    }

    private static Task WriteAsync(HttpContext context, AccessSnapshot access, AccessTokenClaims claims, string? refreshToken) =>
        OAuthResponse.WriteAsync(context, 200, json =>
        {
            json.WriteString("access_token", AccessToken.Write(claims, access.SigningKeys[^1]));
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", (int)(claims.Expires - claims.IssuedAt).TotalSeconds);
            if (refreshToken is not null)
                json.WriteString("refresh_token", refreshToken);
            if (claims.Scopes is not null)
                json.WriteString("scope", claims.Scopes.ToString());
        });
}
