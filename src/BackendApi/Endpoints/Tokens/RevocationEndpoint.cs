using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Tokens;
using BackendApi.Sql;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary>
/// <c>POST /token/revoke</c> (RFC 7009): ends the sign-in that a token belongs to, with its refresh token and all of its access tokens. A token that
/// was issued for a client is revoked by that client; any other one by whoever holds it.
/// </summary>
internal sealed class RevocationEndpoint(
    Database database, AccessDirectory directory, ClientAuthentication clients, GrantStore grants, Pepper pepper, Auditing auditing, TimeProvider clock)
{
    public async Task PostAsync(HttpContext context)
    {
        if (await RevokeAsync(context) is { } error)
            await OAuthResponse.RefuseAsync(context, error);
    }

    /// <summary>A token that is unknown or void already is no error: the client wants it to be void, and it is (section 2.2).</summary>
    private async Task<OAuthError?> RevokeAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (await OAuthForm.ReadAsync(context) is not { } form)
            return OAuthError.NoForm;
        var access = await directory.CurrentAsync(cancellation);
        var (client, wrong) = await clients.CheckAsync(context, form, access);
        if (wrong is not null)
            return wrong;
        if (form["token"] is not { } text)
            return OAuthError.Request("The parameter token is missing.");
        if (await IssuedToken.FindAsync(text, access, pepper, database, grants, clock.GetUtcNow(), cancellation) is not { } token)
            return null;
        if (token.ClientId is not null && client is null)
            return OAuthError.InvalidClient;
        if (token.ClientId != client?.Caller.Name)
            return new(OAuthCode.UnauthorizedClient, "The token was not issued for this client.");
        await using var session = await database.OpenAsync(cancellation);
        session.Origin = auditing.OriginOf(context, client?.Caller ?? new(token.Subject, CallerKind.User));
        await grants.RevokeAsync(session, new(token.Grant, token.Subject, token.IsClient ? CallerKind.Client : CallerKind.User, token.ClientId, token.Expires), "TokenRevoked", cancellation);
        return null;
    }
}
