using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Sessions;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Endpoints.Edge;
using BackendApi.Endpoints.Tokens;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Sessions;

/// <summary>
/// <c>/session</c>: the sign-in of a browser. POST takes the form of the password grant, and answers as <c>/token</c> does but for the token, which it keeps in a
/// <see cref="SessionCookie"/>; GET says whose session it is, if there is one; DELETE ends it.
/// </summary>
internal sealed class SessionEndpoint(
    Database database, AccessDirectory directory, PasswordGrant passwords, GrantStore grants, Pepper pepper, CrossSite crossSite, Auditing auditing, SessionTokens sessions, TimeProvider clock)
{
    public const string Path = "/session";

    public async Task PostAsync(HttpContext context)
    {
        if (await SignInAsync(context) is { } error)
            await OAuthResponse.RefuseAsync(context, error);
    }

    public async Task GetAsync(HttpContext context)
    {
        var access = await directory.CurrentAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (Find(context.Request, access) is var (token, claims) && TokenCallers.Find(claims, access) is not null)
            await WriteAsync(context, claims, token);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Whoever has no session any more is signed out already.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        if (Find(context.Request, await directory.CurrentAsync(context.RequestAborted)) is var (token, claims))
        {
            if (!SessionCookie.MayGoOn(context.Request, token, pepper))
                throw Authenticator.Forged();
            await using var session = await database.OpenAsync(context.RequestAborted);
            var kind = claims.Outside is not null ? CallerKind.Outside : claims.IsClient ? CallerKind.Client : CallerKind.User;
            session.Origin = auditing.OriginOf(context, new(claims.Subject, kind));
            await grants.RevokeAsync(session, new(claims.Grant, claims.Subject, kind, claims.ClientId, claims.Expires), "SignedOut", context.RequestAborted);
        }
        SessionCookie.Remove(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<OAuthError?> SignInAsync(HttpContext context)
    {
        // Nobody is signed in to somebody else's account from elsewhere.
        if (crossSite.IsOfAnotherOrigin(context.Request))
            throw new ServiceException(Errors.Forbidden, "A session is begun by a page of this service only. Other programs ask /token for an access token.", "Origin");
        if (await OAuthForm.ReadAsync(context) is not { } form)
            return OAuthError.NoForm;
        var (user, error) = await passwords.SignInAsync(context, form, SignInAttempt.Session);
        if (user is null)
            return error;
        var (claims, token) = sessions.Write(user.Caller.Name, user.Stamp, outside: null, await directory.CurrentAsync(context.RequestAborted));
        SessionCookie.Set(context, token, claims.Expires);
        await WriteAsync(context, claims, token);
        return null;
    }

    private (string Token, AccessTokenClaims Claims)? Find(HttpRequest request, AccessSnapshot access) =>
        SessionCookie.Read(request) is { } token && AccessToken.Read(token, access.SigningKeys, clock.GetUtcNow()) is { } claims ? (token, claims) : null;

    private Task WriteAsync(HttpContext context, AccessTokenClaims claims, string token) => OAuthResponse.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("userName", claims.Subject);
        json.WriteString("expiresAt", claims.Expires);
        json.WriteString("csrfToken", pepper.AntiForgeryToken(token));
    });
}
