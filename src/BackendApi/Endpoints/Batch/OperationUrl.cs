using BackendApi.Support;

namespace BackendApi.Endpoints.Batch;

/// <summary>The URL of a request in a batch as its server sees it.</summary>
/// <param name="Raw">From the service's path on, percent-encoded: what stands in a request line.</param>
/// <param name="Path">Decoded.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed record OperationUrl(string Raw, string Path, string Query)
{
    /// <param name="url">
    /// One of the three forms of Protocol 11.7.7.1, absolute, absolute path or relative to the batch, or one that a reference was replaced in.
    /// </param>
    /// <param name="root">The service root with a trailing slash, as the client reaches it.</param>
    /// <exception cref="ServiceException">404: nothing of this service. 400: no URL.</exception>
    public static OperationUrl Of(string url, string root)
    {
        var below = Below(url, root).TrimStart('/');
        var fragment = below.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
            below = below[..fragment];
        foreach (var character in below)
            if (character is < ' ' or '\x7f')
                throw new ServiceException(Errors.MalformedUrl, "The URL holds a control character.");
        var question = below.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? below : below[..question];
        return new($"{ServiceRoot.Path}/{below}", $"{ServiceRoot.Path}/{Uri.UnescapeDataString(path)}", question < 0 ? "" : below[question..]);
    }

    /// <summary>As others can send it, without its query.</summary>
    public string Absolute(string root) => root + Raw[(ServiceRoot.Path.Length + 1)..^Query.Length];

    private static string Below(string url, string root)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        // A colon and two slashes may also stand in a key or a query.
        if (scheme > 0 && scheme < url.AsSpan().IndexOfAny("/?('"))
        {
            var rootPath = new Uri(root).AbsolutePath;
            // Between the client and this server the scheme may change; the host may not.
            var authority = root[(root.IndexOf("://", StringComparison.Ordinal) + 3)..^rootPath.Length];
            var rest = url[(scheme + 3)..];
            return rest.StartsWith(authority, StringComparison.OrdinalIgnoreCase) && rest[authority.Length..] is ['/', ..] path ? BelowPath(path, rootPath) ?? throw Elsewhere(url, root) : throw Elsewhere(url, root);
        }
        if (url.StartsWith('/'))
            return BelowPath(url, new Uri(root).AbsolutePath) ?? throw Elsewhere(url, root);
        return url.StartsWith("./", StringComparison.Ordinal) ? url[2..] : url;
    }

    /// <summary>Behind a proxy that rewrites paths a client may know either root.</summary>
    private static string? BelowPath(string path, string rootPath)
    {
        foreach (var root in (ReadOnlySpan<string>)[rootPath.TrimEnd('/'), ServiceRoot.Path])
            if (path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && path.AsSpan(root.Length) is ([] or ['/' or '?', ..]))
                return path[root.Length..];
        return null;
    }

    private static ServiceException Elsewhere(string url, string root) =>
        new(Errors.NotFound, $"'{(url.Length > 200 ? url[..200] + "…" : url)}' is no address of this service: a batch holds requests to URLs below {root}, or relative to it.");
}
