using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints;

/// <summary>The URL as it was sent: decoding before splitting would let a %2F in a key become a segment.</summary>
internal static class RawTarget
{
    /// <param name="root">A path without a trailing slash; what stands before it, such as the prefix of a proxy, is left out.</param>
    /// <returns>The path below the root without a leading slash, and the query without its question mark, both still percent-encoded.</returns>
    public static (string Path, string Query) Below(string root, HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var start = raw.IndexOf(root, StringComparison.OrdinalIgnoreCase);
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        if (start < 0 || (question >= 0 && question < start))
            return ("", question < 0 ? "" : raw[(question + 1)..]);
        start += root.Length;
        var path = question < 0 ? raw[start..] : raw[start..question];
        return (path.TrimStart('/'), question < 0 ? "" : raw[(question + 1)..]);
    }
}
