using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>The URL under which clients reach the service: configured, or taken from the request, which trusted proxies may have corrected.</summary>
/// <param name="publicRoot"><c>Service:PublicRoot</c>.</param>
internal sealed class ServiceRoot(Uri? publicRoot)
{
    public const string Path = "/odata";

    private readonly string? _configured = publicRoot is null ? null : publicRoot.ToString().TrimEnd('/') + Path + "/";

    // Nearly all requests of a server come to one host: the text is made once for it.
    private volatile Known? _last;

    /// <summary>The OData service root with a trailing slash.</summary>
    public string Of(HttpRequest request)
    {
        if (_configured is not null)
            return _configured;
        var last = _last;
        if (last is not null && last.Host == request.Host.Value && last.Scheme == request.Scheme && last.PathBase == request.PathBase.Value)
            return last.Root;
        var known = new Known(request.Scheme, request.Host.Value, request.PathBase.Value, $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{Path}/");
        _last = known;
        return known.Root;
    }

    /// <summary>The root of the product, without a trailing slash.</summary>
    public string ProductOf(HttpRequest request) => Of(request)[..^(Path.Length + 1)];

    private sealed record Known(string Scheme, string? Host, string? PathBase, string Root);
}
