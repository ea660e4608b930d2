namespace BackendApi.Parse;

/// <summary>URLs of this service as clients write them.</summary>
internal static class ServiceUrl
{
    /// <summary>The part below the service root of a URL that is absolute, begins at the host, or is relative to the root already; null when it leads elsewhere.</summary>
    /// <param name="root">Absolute, with a slash at its end.</param>
    public static string? Relative(string url, string root)
    {
        if (url.StartsWith(root, StringComparison.OrdinalIgnoreCase))
            return url[root.Length..];
        var rootPath = new Uri(root).AbsolutePath;
        if (url.StartsWith(rootPath, StringComparison.Ordinal))
            return url[rootPath.Length..];
        return url.StartsWith('/') || url.Contains("://", StringComparison.Ordinal) ? null : url;
    }
}
