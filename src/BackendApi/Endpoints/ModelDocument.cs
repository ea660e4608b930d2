using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>What is answered about the model as a whole, which changes with each publish: <c>$metadata</c> and OpenAPI.</summary>
internal static class ModelDocument
{
    /// <summary>The head of the answer, or 304.</summary>
    /// <param name="vary">The headers of the request that choose the document; <c>Accept-Encoding</c> is one besides.</param>
    /// <param name="length">In bytes, as it is sent.</param>
    /// <returns>The content is to follow.</returns>
    public static bool Begin(HttpContext context, string mediaType, string etag, string vary, long length, bool isCompressed)
    {
        var response = context.Response;
        response.Headers.ETag = etag;
        response.Headers.Vary = vary.Length == 0 ? "Accept-Encoding" : vary + ", Accept-Encoding";
        // Always asked again, so that a publish is seen at once; 304 makes that cheap.
        response.Headers.CacheControl = "private, no-cache";
        if (Preconditions.Read(context.Request.Headers).OfRead(etag) == PreconditionOutcome.NotModified)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }
        response.ContentType = mediaType;
        response.ContentLength = length;
        if (isCompressed)
            response.Headers.ContentEncoding = "gzip";
        return !HttpMethods.IsHead(context.Request.Method);
    }
}
