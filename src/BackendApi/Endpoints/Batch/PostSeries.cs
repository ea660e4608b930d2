using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// POSTs that follow each other in a change set and differ in nothing but identifier and body. Whether they are carried out together, <see cref="SeriesWrites"/>
/// knows when it has seen what they are about.
/// </summary>
internal static class PostSeries
{
    public const int MaxOperations = 1000;

    /// <summary>All bodies together, which are in memory for the length of the series, and so are the answers.</summary>
    public const int MaxBodyBytes = Spool.MemoryBytes;

    /// <summary>A request with one of these is looked at by itself.</summary>
    private static readonly IReadOnlyList<string> Individual =
    [
        "If-Match", "If-None-Match", Repeatability.RepeatableId.RequestId, Repeatability.RepeatableId.FirstSent, Repeatability.RepeatableId.IdempotencyKey,
    ];

    /// <summary>How many operations from that one on belong together: 1 when it stands alone.</summary>
    public static int CountFrom(IReadOnlyList<BatchOperation> operations, int first)
    {
        var like = operations[first];
        if (!CanBegin(like))
            return 1;
        var bytes = like.Body.Length;
        var end = first + 1;
        while (end < operations.Count && end - first < MaxOperations && IsLike(like, operations[end]) && (bytes += operations[end].Body.Length) <= MaxBodyBytes)
            end++;
        return end - first;
    }

    private static bool CanBegin(BatchOperation operation)
    {
        if (!HttpMethods.IsPost(operation.Method) || operation.IsConditional || operation.Reference is not null)
            return false;
        foreach (var name in Individual)
            if (operation.Headers.ContainsKey(name))
                return false;
        return true;
    }

    private static bool IsLike(BatchOperation first, BatchOperation other) =>
        other.Method == first.Method && other.Url == first.Url && !other.IsConditional && AreSame(first.Headers, other.Headers);

    private static bool AreSame(IHeaderDictionary headers, IHeaderDictionary others)
    {
        if (ReferenceEquals(headers, others))
            return true;
        if (headers.Count != others.Count)
            return false;
        foreach (var (name, values) in headers)
            if (!others.TryGetValue(name, out var other) || !StringValues.Equals(values, other))
                return false;
        return true;
    }
}
