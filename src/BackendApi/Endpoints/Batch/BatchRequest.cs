using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>What a batch asks for, whatever its format. It is read and checked to its end before the first of its requests runs.</summary>
internal sealed record BatchRequest(IReadOnlyList<BatchItem> Items)
{
    /// <summary>How many requests it holds.</summary>
    public int Operations => Items.Sum(item => item is BatchItem.Group group ? group.Operations.Count : 1);
}

/// <summary>What stands in a batch in its order.</summary>
internal abstract record BatchItem
{
    public sealed record Single(BatchOperation Operation) : BatchItem;

    /// <summary>A change set, or an atomicity group: all of it or nothing.</summary>
    /// <param name="Id">The name of the atomicity group; null for a change set.</param>
    public sealed record Group(string? Id, IReadOnlyList<BatchOperation> Operations) : BatchItem;
}

/// <summary>One request inside a batch.</summary>
/// <param name="Headers">May be those of other requests, too: nobody changes them.</param>
/// <param name="Id">Its request identifier: <c>Content-ID</c>, <c>id</c>.</param>
/// <param name="Url">As it was sent.</param>
/// <param name="DependsOn">Identifiers of requests and groups before this one.</param>
/// <param name="IsConditional">It has the member <c>if</c>.</param>
internal sealed record BatchOperation(
    BatchPlace Place, string? Id, string Method, string Url, IHeaderDictionary Headers, Spool.Slice Body, IReadOnlyList<string> DependsOn, bool IsConditional = false)
{
    /// <summary>The identifier in a reference at the begin of the URL, <c>$1/Orders</c> or <c>/$1/Orders</c>; null for every other URL.</summary>
    public string? Reference => ReferenceOf(Url);

    /// <summary>Names that a reference cannot have, because the service itself answers there (Protocol 11.7.3).</summary>
    private static readonly IReadOnlySet<string> SystemResources = new HashSet<string>(["batch", "crossjoin", "all", "entity", "root", "id", "metadata", "async", "query"], StringComparer.Ordinal);

    private static string? ReferenceOf(string url)
    {
        var path = url.AsSpan(url.StartsWith('/') ? 1 : 0);
        if (!path.StartsWith("$"))
            return null;
        path = path[1..];
        var end = path.IndexOfAny("/?(");
        var id = (end < 0 ? path : path[..end]).ToString();
        return SystemResources.Contains(id) ? null : id;
    }
}
