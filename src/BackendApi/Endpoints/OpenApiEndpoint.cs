using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.OpenApi;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary><c>/openapi.json</c>: what the caller may use, as OpenAPI. May be refused with 401, and with 503 until there is a model.</summary>
internal sealed class OpenApiEndpoint(Models models, Authenticator authenticator, ServiceRoot root, AccessSettings access)
{
    public const string Path = "/openapi.json";

    public async Task GetAsync(HttpContext context)
    {
        var caller = await authenticator.RequireAsync(context, context.RequestAborted);
        var document = models.Current.For(caller).Metadata.OpenApi(new(root.ProductOf(context.Request), access.Basic));
        var isCompressed = Compression.AcceptsGzip(context.Request.Headers.AcceptEncoding);
        var etag = isCompressed ? document.GzipETag : document.ETag;

        var response = context.Response;
        response.Headers.ETag = etag;
        response.Headers.Vary = "Accept-Encoding";
        // Always asked again, so that a publish is seen at once; 304 makes that cheap.
        response.Headers.CacheControl = "private, no-cache";
        if (Preconditions.Read(context.Request.Headers).OfRead(etag) == PreconditionOutcome.NotModified)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json";
        response.ContentLength = isCompressed ? document.Gzip.Length : document.Length;
        if (isCompressed)
            response.Headers.ContentEncoding = "gzip";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (isCompressed)
            await response.BodyWriter.WriteAsync(document.Gzip, context.RequestAborted);
        else
            await document.CopyToAsync(response.Body, context.RequestAborted);
    }
}
