using System.Security.Cryptography;
using System.Text;
using BackendApi.Access.Keys;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Access.Sessions;

/// <summary>
/// The session of a browser: an access token in a cookie that no script reads and no other site's page sends (RFC 6265bis, SameSite=Strict). A change needs the
/// session's anti-forgery token besides, as a header: only a page that may read answers of this service knows it, wherever a browser takes a cookie from.
/// </summary>
internal static class SessionCookie
{
    public const string AntiForgeryHeader = "X-CSRF-Token";

    private const string Name = "BackendApi.Session";
    /// <summary>Browsers take a cookie of this prefix from the host itself alone, and only over HTTPS.</summary>
    private const string SecureName = "__Host-" + Name;

    public static string? Read(HttpRequest request) => request.Headers.Cookie.Count == 0 ? null : request.Cookies[NameOf(request)];

    public static void Set(HttpContext context, string accessToken, DateTimeOffset expires) =>
        context.Response.Cookies.Append(NameOf(context.Request), accessToken, Options(context.Request, expires));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameOf(context.Request), Options(context.Request, expires: null));

    /// <summary>The request reads only, or carries the anti-forgery token of its session.</summary>
    public static bool MayGoOn(HttpRequest request, string accessToken, Pepper pepper) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
        || (request.Headers[AntiForgeryHeader] is [{ } sent]
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(pepper.AntiForgeryToken(accessToken))));

    public static string NameOf(bool isHttps) => isHttps ? SecureName : Name;

    private static string NameOf(HttpRequest request) => NameOf(request.IsHttps);

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expires) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", Expires = expires, IsEssential = true };
}
