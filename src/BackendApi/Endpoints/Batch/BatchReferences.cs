using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// A feature of every request in a batch: what the requests before it have led to. A URL that begins with <c>$id</c> means the entity of the request
/// with that id (Protocol 11.7.3.1): the one that it created, or else the one that it addressed.
/// </summary>
internal sealed class BatchReferences
{
    private readonly Dictionary<string, Outcome> _outcomes = new(StringComparer.Ordinal);

    /// <param name="Url">Absolute; null when the request failed.</param>
    private sealed record Outcome(string? Url, string? ETag);

    /// <summary>Notes how a request ended. A later one with the same id takes its place.</summary>
    public void Succeeded(string id, string url, string? etag) => _outcomes[id] = new(url, etag);

    /// <summary>The same of a request or a group that failed.</summary>
    public void Failed(string id) => _outcomes[id] = new(null, null);

    /// <summary>The absolute URL that a URL in a body stands for: <c>$1</c> or <c>$1/Orders</c> replaced, every other URL as it is.</summary>
    /// <exception cref="ServiceException">400: no request before this one has that id. 424: the request with that id failed.</exception>
    public static string Resolve(HttpContext context, string url)
    {
        return url.StartsWith('$') && context.Features.Get<BatchReferences>() is { } references ? references.Resolve(url) : url;
    }

    /// <summary>The same for a URL that is known to begin with a reference.</summary>
    public string Resolve(string url)
    {
        var id = IdOf(url);
        return Find(id).Url + url[(id.Length + 1)..];
    }

    /// <summary>The identifier in a URL that begins with a reference.</summary>
    public static string IdOf(string url)
    {
        var end = url.AsSpan().IndexOfAny("/?(");
        return end < 0 ? url[1..] : url[1..end];
    }

    /// <summary>The ETag of the response to that request.</summary>
    /// <exception cref="ServiceException">As for <see cref="Resolve"/>; 412: that response had no ETag.</exception>
    public string ETag(string id) => Find(id).ETag
        ?? throw new ServiceException(Errors.PreconditionFailed, $"The response to the request '{id}' has no ETag to refer to with ${id}.", "If-Match");

    /// <summary>Whether the request or group with that id failed.</summary>
    public bool HasFailed(string id) => _outcomes.GetValueOrDefault(id) is { Url: null };

    private Outcome Find(string id) => _outcomes.GetValueOrDefault(id) switch
    {
        null => throw new ServiceException(Errors.InvalidBody, $"'${id}' refers to a request of this batch, but none before this one has the id '{id}'."),
        { Url: null } => throw new ServiceException(Errors.FailedDependency, $"The request '{id}', which this one depends on, failed."),
        var outcome => outcome,
    };
}
