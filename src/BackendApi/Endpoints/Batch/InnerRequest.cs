using BackendApi.Access;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// Makes of a part of a batch a request like any other: an <see cref="HttpContext"/> with its own URL, headers, body and response. Connection, services and
/// caller are those of the batch.
/// </summary>
internal static class InnerRequest
{
    /// <summary>Protocol 11.7.7.1, and what says the same in other words: the credentials of the batch count, and they alone.</summary>
    private static readonly IReadOnlyList<string> Forbidden =
        ["Authorization", "Proxy-Authorization", Authenticator.ApiKeyHeader, "Cookie", "Expect", "From", "Max-Forwards", "Range", "TE", "Transfer-Encoding"];

    /// <summary>Headers of the batch that count for its requests, unless they have their own (Protocol 8.1, 8.2).</summary>
    private static readonly IReadOnlyList<string> Inherited = ["OData-Version", "OData-MaxVersion", "Accept-Charset", "Accept-Language", "Content-Language", "User-Agent"];

    /// <summary>Preferences of the batch that count for its requests; the others are about the batch, or not allowed on it.</summary>
    private static readonly IReadOnlyList<string> InheritedPreferences = ["omit-values", "include-annotations", "allow-entityreferences", "validate-only", "tx"];

    /// <summary>The request without its address, which may turn out to be none: <see cref="Address"/> gives it one.</summary>
    public static HttpContext Create(HttpContext batch, Caller caller, BatchReferences references, ChangeSet? changeSet, InnerResponse response)
    {
        var outer = batch.Features.GetRequiredFeature<IHttpRequestFeature>();
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
            Headers = Headers(batch.Request.Headers, operation),
            Body = operation.Body.Open(),
        });
        features.Set(batch.Features.Get<IHttpConnectionFeature>());
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        features.Set<IHttpRequestLifetimeFeature>(new Lifetime(response, batch.RequestAborted));
        features.Set(new KnownCaller(caller));
        features.Set(references);
        if (changeSet is not null)
            features.Set(changeSet);
        return new DefaultHttpContext(features) { RequestServices = batch.RequestServices };
    }

    /// <exception cref="ServiceException">400: a header that a request of a batch cannot have.</exception>
    public static void CheckHeaders(BatchOperation operation)
    {
        foreach (var name in Forbidden)
            if (operation.Headers.ContainsKey(name))
                throw new ServiceException(Errors.InvalidHeader, $"A request of a batch cannot have the header {name}: the batch's own counts for all of them.", name);
    }

    /// <summary>Says what the request is for, in its URL and in the conditions that refer to a response before it.</summary>
    public static void Address(HttpContext context, OperationUrl url, BatchReferences references)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        (request.RawTarget, request.Path, request.QueryString) = (url.Raw, url.Path, url.Query);
        foreach (var name in (ReadOnlySpan<string>)["If-Match", "If-None-Match"])
            if (request.Headers[name] is [{ } tag, ..] && tag.Trim() is ['$', .. var id])
                request.Headers[name] = references.ETag(id);
    }

    private static IHeaderDictionary Headers(IHeaderDictionary inherited, BatchOperation operation)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, values) in operation.Headers)
            headers[name] = values;
        foreach (var name in Inherited)
            if (!headers.ContainsKey(name) && inherited.TryGetValue(name, out var values))
                headers[name] = values;
        if (headers.Host.Count == 0)
            headers.Host = inherited.Host;
        if (headers.Accept.Count == 0)
            headers.Accept = Formats(inherited.Accept.ToString());
        if (Preferences(headers["Prefer"].ToString(), inherited["Prefer"].ToString()) is { Length: > 0 } prefer)
            headers["Prefer"] = prefer;
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

    private static string Preferences(string own, string ofBatch)
    {
        if (ofBatch.Length == 0)
            return own;
        var names = own.Split(',', StringSplitOptions.TrimEntries).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var more = ofBatch.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(preference => NameOf(preference) is var name && InheritedPreferences.Contains(name, StringComparer.OrdinalIgnoreCase) && !names.Contains(name));
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
