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
        if (!ModelDocument.Begin(
            context, "application/json", isCompressed ? document.GzipETag : document.ETag, vary: "", isCompressed ? document.Gzip.Length : document.Length, isCompressed))
            return;
        if (isCompressed)
            await context.Response.BodyWriter.WriteAsync(document.Gzip, context.RequestAborted);
        else
            await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
