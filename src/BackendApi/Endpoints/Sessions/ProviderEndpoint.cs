using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Sessions;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Endpoints.Tokens;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Sessions;

/// <summary>
/// <c>/session/providers</c>: other issuers at which people sign in. <c>/{name}</c> sends the browser there; it comes back to <c>/session/callback</c>, where the session begins, and goes on
/// to where it began. What stands in the way is told there, in the fragment.
/// </summary>
internal sealed class ProviderEndpoint(
    OutsideSignIns signIns, SessionTokens sessions, SignInEntries entries, Database database, AccessDirectory directory, Pepper pepper, ServiceRoot root, Observations observations, TimeProvider clock)
{
    public const string Path = SessionEndpoint.Path + "/providers";
    public const string CallbackPath = SessionEndpoint.Path + "/callback";

    /// <summary>Room for the name and the attributes: browsers take 4,096 characters of a cookie with both.</summary>
    private const int LongestToken = 3_900;

    public Task ListAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return OAuthResponse.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("providers");
            foreach (var (name, displayName) in signIns.Offered)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("displayName", displayName);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    public async Task BeginAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var name = (string)context.Request.RouteValues["name"]!;
        if (signIns.Offered.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Name is not { } issuer)
            throw new ServiceException(Errors.NotFound, $"Nobody signs in at an issuer '{name}' here: the settings name none with a ClientId.");
        var pending = PendingSignIn.Begin(issuer, ReturnTo(context.Request), clock.GetUtcNow());
        if (await signIns.AddressAsync(pending, Callback(context.Request), context.RequestAborted) is { } address)
        {
            pending.Keep(context, pepper);
            context.Response.Redirect(address.AbsoluteUri);
        }
        else
            Return(context, pending, "unavailable");
    }

    public async Task EndAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var query = context.Request.Query;
        if (PendingSignIn.Take(context, pepper, clock.GetUtcNow()) is not { } pending || !pending.IsAnsweredBy(One("state")))
            throw new ServiceException(Errors.Forbidden, "This sign-in was not begun in this browser, or more than ten minutes ago, or is over. Begin it again at the sign-in page.", "state");
        if (One("code") is not { } code)
            Return(context, pending, One("error") == "access_denied" ? "denied" : "failed");
        else if (await signIns.EndAsync(pending, code, One("iss"), Callback(context.Request), context.RequestAborted) is not { } identity)
            Return(context, pending, "failed");
        else if (sessions.Write(identity.Name, stamp: "", identity, await directory.CurrentAsync(context.RequestAborted)) is var (claims, token) && token.Length > LongestToken)
        {
            observations.Emit(new OutsideSignInRefused(pending.Issuer, "Its claims are too long for a cookie: let fewer through (Claims)."));
            Return(context, pending, "failed");
        }
        else
        {
            await using (var session = await database.OpenAsync(context.RequestAborted))
                await entries.AcceptedAsync(session, new(identity.Name, CallerKind.Outside), SignInAttempt.Of(context, pending.Issuer), mustChangePassword: false, context.RequestAborted);
            SessionCookie.Set(context, token, claims.Expires);
            Return(context, pending, failure: null);
        }

        string? One(string parameter) => query[parameter] is [{ Length: > 0 } value] ? value : null;
    }

    private string Callback(HttpRequest request) => root.ProductOf(request) + CallbackPath;

    /// <summary>An address of this service alone: whoever sends somebody a link to the sign-in must not lead them elsewhere by it.</summary>
    private string ReturnTo(HttpRequest request)
    {
        var product = new Uri(root.ProductOf(request) + "/");
        return request.Query["returnTo"] is [{ Length: <= 1024 } wanted] && wanted.StartsWith('/') && Uri.TryCreate(product, wanted, out var address)
            && address.GetLeftPart(UriPartial.Authority) == product.GetLeftPart(UriPartial.Authority)
                ? address.GetLeftPart(UriPartial.Query)
                : product.AbsoluteUri;
    }

    private static void Return(HttpContext context, PendingSignIn pending, string? failure) =>
        context.Response.Redirect(failure is null ? pending.ReturnTo : $"{pending.ReturnTo}#signIn={failure}");
}
