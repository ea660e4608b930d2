using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackendApi.Access.Keys;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Access.Sessions;

/// <summary>
/// A sign-in at another issuer that is under way: what the browser has to come back with, and what this service has to send along then. It travels encrypted in a
/// cookie, so that no node has to remember it and nobody can begin it in one browser and end it in another.
/// </summary>
/// <param name="Issuer">Its name in the settings.</param>
/// <param name="State">Comes back with the code (RFC 6749 section 10.12).</param>
/// <param name="Nonce">Comes back in the ID token.</param>
/// <param name="Verifier">Of PKCE (RFC 7636): only who has it can exchange the code.</param>
/// <param name="ReturnTo">The address of this service where the sign-in began.</param>
internal sealed record PendingSignIn(string Issuer, string State, string Nonce, string Verifier, string ReturnTo, DateTimeOffset Expires)
{
    private const string Name = "BackendApi.SignIn";
    private const string SecureName = "__Host-" + Name;
    private const string Purpose = "sign-in at another issuer";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The code challenge of PKCE, method S256.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static PendingSignIn Begin(string issuer, string returnTo, DateTimeOffset now) => new(issuer, Random(), Random(), Random(), returnTo, now + Lifetime);

    /// <summary>The cookie has to come along with the browser's way back from the other site, and is of no use for anything else.</summary>
    public void Keep(HttpContext context, Pepper pepper) =>
        context.Response.Cookies.Append(NameOf(context.Request), pepper.Encrypt(JsonSerializer.SerializeToUtf8Bytes(this), Purpose), Options(context.Request, Expires));

    /// <summary>The sign-in that this browser has begun, taken once; null when there is none, or it is too long ago.</summary>
    public static PendingSignIn? Take(HttpContext context, Pepper pepper, DateTimeOffset now)
    {
        if (context.Request.Cookies[NameOf(context.Request)] is not { } cookie)
            return null;
        context.Response.Cookies.Delete(NameOf(context.Request), Options(context.Request, expires: null));
        return pepper.Decrypt(cookie, Purpose) is { } content && JsonSerializer.Deserialize<PendingSignIn>(content) is { } pending && now < pending.Expires ? pending : null;
    }

    public bool IsAnsweredBy(string? state) => state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string NameOf(HttpRequest request) => request.IsHttps ? SecureName : Name;

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expires) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/", Expires = expires, IsEssential = true };
}
