using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>What waits for the commit of a change set.</summary>
internal interface IGroupResponse
{
    Task CopyAsync(BatchResponseWriter writer, string? group, CancellationToken cancellation);
}

/// <summary>The responses to a series of POSTs: they differ in the entity that each of them tells of.</summary>
/// <param name="Headers">Of all of them; <c>Location</c>, <c>OData-EntityId</c> and <c>ETag</c>, where they are there, are those of each.</param>
internal sealed record SeriesResponses(int Status, IHeaderDictionary Headers, IReadOnlyList<SeriesResponse> Members) : IGroupResponse
{
    public async Task CopyAsync(BatchResponseWriter writer, string? group, CancellationToken cancellation)
    {
        var hasEntityId = Headers.ContainsKey("OData-EntityId");
        foreach (var (operation, location, etag, body) in Members)
        {
            Headers.Location = location;
            if (hasEntityId)
                Headers["OData-EntityId"] = location;
            if (etag is not null)
                Headers.ETag = etag;
            writer.Begin(operation, group, Status, Headers);
            writer.WriteBody((await body.BytesAsync(cancellation)).Span);
            writer.End();
            await writer.FlushAsync(cancellation);
        }
    }
}

/// <param name="Location">Absolute.</param>
internal readonly record struct SeriesResponse(BatchOperation Operation, string Location, string? ETag, Spool.Slice Body);
