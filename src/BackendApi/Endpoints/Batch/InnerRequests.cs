using BackendApi.Access;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// Makes of a part of a batch a request like any other: an <see cref="HttpContext"/> with its own URL, headers, body and response. Connection, services and
/// caller are those of the batch.
/// </summary>
internal sealed class InnerRequests
{
    /// <summary>Protocol 11.7.7.1, and what says the same in other words: the credentials of the batch count, and they alone.</summary>
    private static readonly IReadOnlyList<string> Forbidden =
        ["Authorization", "Proxy-Authorization", Authenticator.ApiKeyHeader, "Cookie", "Expect", "From", "Max-Forwards", "Range", "TE", "Transfer-Encoding"];

    /// <summary>Headers of the batch that count for its requests, unless they have their own (Protocol 8.1, 8.2).</summary>
    private static readonly IReadOnlyList<string> Inherited = ["OData-Version", "OData-MaxVersion", "Accept-Charset", "Accept-Language", "Content-Language", "User-Agent"];

    /// <summary>Preferences of the batch that count for its requests; the others are about the batch, or not allowed on it.</summary>
    private static readonly IReadOnlyList<string> InheritedPreferences = ["omit-values", "include-annotations", "allow-entityreferences", "validate-only", "tx"];

    private readonly HttpContext _batch;
    private readonly KnownCaller _caller;
    private readonly BatchReferences _references;
    private readonly IReadOnlyList<(string Name, StringValues Values)> _inherited;
    private readonly string? _formats;
    private readonly IReadOnlyList<string> _preferences;
    private IHeaderDictionary? _checked;

    public InnerRequests(HttpContext batch, Caller caller, BatchReferences references)
    {
        (_batch, _caller, _references) = (batch, new(caller, batch.Features.Get<KnownCaller>() is { IsKept: true }), references);
        var headers = batch.Request.Headers;
        _inherited = [.. Inherited.Where(headers.ContainsKey).Select(name => (name, headers[name]))];
        _formats = Formats(headers.Accept.ToString());
        _preferences = [.. headers["Prefer"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(preference => InheritedPreferences.Contains(NameOf(preference), StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>The request without its address, which may turn out to be none: <see cref="Address"/> gives it one.</summary>
    public HttpContext Create(ChangeSet? changeSet, InnerResponse response)
    {
        var outer = _batch.Features.GetRequiredFeature<IHttpRequestFeature>();
        var operation = response.Operation;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = outer.Protocol,
            Scheme = outer.Scheme,
            Method = operation.Method,
            PathBase = outer.PathBase,
            Path = ServiceRoot.Path,
            RawTarget = ServiceRoot.Path,
            Headers = Headers(operation),
            Body = operation.Body.Open(),
        });
        features.Set(_batch.Features.Get<IHttpConnectionFeature>());
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        features.Set<IHttpRequestLifetimeFeature>(new Lifetime(response, _batch.RequestAborted));
        features.Set(_caller);
        features.Set(_references);
        if (changeSet is not null)
            features.Set(changeSet);
        return new DefaultHttpContext(features) { RequestServices = _batch.RequestServices, TraceIdentifier = _batch.TraceIdentifier };
    }

    /// <exception cref="ServiceException">400: a header that a request of a batch cannot have.</exception>
    public void CheckHeaders(BatchOperation operation)
    {
        // Requests that follow each other share their headers where they have the same.
        if (ReferenceEquals(operation.Headers, _checked))
            return;
        foreach (var name in Forbidden)
            if (operation.Headers.ContainsKey(name))
                throw new ServiceException(Errors.InvalidHeader, $"A request of a batch cannot have the header {name}: the batch's own counts for all of them.", name);
        _checked = operation.Headers;
    }

    /// <summary>Says what the request is for, in its URL and in the conditions that refer to a response before it.</summary>
    public void Address(HttpContext context, OperationUrl url)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        (request.RawTarget, request.Path, request.QueryString) = (url.Raw, url.Path, url.Query);
        foreach (var name in (ReadOnlySpan<string>)["If-Match", "If-None-Match"])
            if (request.Headers[name] is [{ } tag, ..] && tag.Trim() is ['$', .. var id])
                request.Headers[name] = _references.ETag(id);
    }

    private IHeaderDictionary Headers(BatchOperation operation)
    {
        IHeaderDictionary headers = new HeaderDictionary(operation.Headers.Count + _inherited.Count + 3);
        foreach (var (name, values) in operation.Headers)
            headers[name] = values;
        foreach (var (name, values) in _inherited)
            if (!headers.ContainsKey(name))
                headers[name] = values;
        if (headers.Host.Count == 0)
            headers.Host = _batch.Request.Headers.Host;
        if (headers.Accept.Count == 0)
            headers.Accept = _formats;
        if (_preferences.Count > 0)
            headers["Prefer"] = Preferences(headers["Prefer"].ToString());
        // The batch is compressed as a whole.
        headers.Remove("Accept-Encoding");
        // Sent by generated clients that have no ETag.
        if (headers.IfNoneMatch is ["null"])
            headers.Remove("If-None-Match");
        headers.ContentLength = operation.Body.Length > 0 ? operation.Body.Length : null;
        return headers;
    }

    /// <summary>The formats that a client accepts, without those of the batch itself.</summary>
    private static string? Formats(string accept)
    {
        if (!accept.Contains("multipart/", StringComparison.OrdinalIgnoreCase) && !accept.Contains("application/http", StringComparison.OrdinalIgnoreCase))
            return accept.Length == 0 ? null : accept;
        var formats = accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(range =>
            !range.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && !range.StartsWith("application/http", StringComparison.OrdinalIgnoreCase));
        return string.Join(", ", formats) is { Length: > 0 } left ? left : null;
    }

    private string Preferences(string own)
    {
        var names = own.Split(',', StringSplitOptions.TrimEntries).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var more = _preferences.Where(preference => !names.Contains(NameOf(preference)));
        return string.Join(", ", own.Length > 0 ? [own, .. more] : more);
    }

    private static string NameOf(string preference)
    {
        var end = preference.AsSpan().IndexOfAny("=; ");
        var name = end < 0 ? preference : preference[..end];
        return name.StartsWith("odata.", StringComparison.OrdinalIgnoreCase) ? name["odata.".Length..] : name;
    }

    private sealed class Lifetime(InnerResponse response, CancellationToken aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = aborted;
        public void Abort() => response.Break();
    }
}
