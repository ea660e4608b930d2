using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Tokens;
using BackendApi.Sql;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary><c>POST /token/introspect</c> (RFC 7662): tells a client what a token of this service is worth now. Asked by clients only.</summary>
internal sealed class IntrospectionEndpoint(
    Database database, AccessDirectory directory, ClientAuthentication clients, GrantStore grants, Pepper pepper, TimeProvider clock)
{
    public async Task PostAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var form = await OAuthForm.ReadAsync(context);
        var access = await directory.CurrentAsync(cancellation);
        var (client, wrong) = form is null ? default : await clients.CheckAsync(context, form, access);
        var error = form is null ? OAuthError.NoForm
            : client is null ? wrong ?? OAuthError.InvalidClient
            : form["token"] is null ? OAuthError.Request("The parameter token is missing.")
            : null;
        if (error is not null)
        {
            await OAuthResponse.RefuseAsync(context, error);
            return;
        }
        var token = await IssuedToken.FindAsync(form!["token"]!, access, pepper, database, grants, clock.GetUtcNow(), cancellation);
        await OAuthResponse.WriteAsync(context, 200, json =>
        {
            // Why it is not, nobody is told (section 2.2).
            json.WriteBoolean("active", token is { IsActive: true });
            if (token is not { IsActive: true })
                return;
            json.WriteString("token_type", token.IsRefreshToken ? "refresh_token" : "Bearer");
            json.WriteString("sub", token.Subject);
            if (!token.IsClient)
                json.WriteString("username", token.Subject);
            if (token.ClientId is not null)
                json.WriteString("client_id", token.ClientId);
            if (token.Scopes is not null)
                json.WriteString("scope", token.Scopes.ToString());
            json.WriteString("iss", AccessToken.Issuer);
            json.WriteString("aud", AccessToken.Audience);
            json.WriteNumber("iat", token.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", token.Expires.ToUnixTimeSeconds());
        });
    }
}
