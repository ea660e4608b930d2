using System.Text.Encodings.Web;
using BackendApi.Access;
using BackendApi.Endpoints.Edge;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary><c>/</c> names the addresses of the service, to callers that it knows.</summary>
public sealed class RootEndpoint(Authenticator authenticator)
{
    public async Task GetAsync(HttpContext context)
    {
        var caller = await authenticator.RequireAsync(context, context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy;
        var root = context.Request.PathBase.Value ?? "";
        await context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>BackendApi</title></head>
            <body>
            <h1>BackendApi</h1>
            <p>Signed in as {HtmlEncoder.Default.Encode(caller.Name)}.</p>
            <ul>
            <li><a href="{HtmlEncoder.Default.Encode(root)}/odata/">/odata/</a>: the OData service document</li>
            <li><a href="{HtmlEncoder.Default.Encode(root)}/odata/$metadata">/odata/$metadata</a>: the data model</li>
            <li><code>/dynamic-entity/{"{alias}"}</code>: the same data in the Data Exchange dialect</li>
            <li><a href="{HtmlEncoder.Default.Encode(root)}/openapi.json">/openapi.json</a>: both as OpenAPI, for generators of clients</li>
            <li><code>POST /token</code>: access tokens</li>
            <li><a href="{HtmlEncoder.Default.Encode(root)}/health/ready">/health/ready</a>: probe</li>
            </ul>
            </body></html>
            """, context.RequestAborted);
    }
}
