using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Edge;

/// <summary>
/// What every response says to browsers and caches, unless its endpoint says it better. Data is for the caller alone, so no shared cache keeps it, and a browser asks
/// again before it shows it (which ETags make cheap); an answer to anything but a read may hold a secret, and nobody keeps it.
/// </summary>
internal static class SecurityHeaders
{
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = context.Request.Method is "GET" or "HEAD" ? "private, no-cache" : "no-store";
    }
}
