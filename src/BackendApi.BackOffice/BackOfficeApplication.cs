using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackendApi.BackOffice;

/// <summary>
/// Serves the single-page application below <c>/backoffice</c>: its files as they were built, and its page at every address of its own, so that links to them work; and the page <c>/docs</c>, which
/// explores <c>/openapi.json</c>. <c>/</c> leads to the first.
/// </summary>
public static class BackOfficeApplication
{
    public const string Path = "/backoffice";
    public const string DocumentationPath = "/docs";

    /// <summary>Where all files are that the pages load.</summary>
    private const string Assets = "assets/";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static WebApplication MapBackOffice(this WebApplication app)
    {
        var files = BackOfficeFiles.OfAssembly();
        app.MapMethods(Path + "/{**path}", Methods, context => AnswerAsync(context, files, new(Path, "index.html", HasAddresses: true)));
        app.MapMethods(DocumentationPath + "/{**path}", Methods, context => AnswerAsync(context, files, new(DocumentationPath, "docs.html", HasAddresses: false)));
        app.MapMethods("/", Methods, context =>
        {
            context.Response.Redirect($"{context.Request.PathBase}{Path}/");
            return Task.CompletedTask;
        });
        return app;
    }

    /// <param name="HasAddresses">The page stands at every address below its own, and knows what to show there.</param>
    private sealed record Application(string Path, string Page, bool HasAddresses);

    private static Task AnswerAsync(HttpContext context, BackOfficeFiles files, Application application)
    {
        var path = context.Request.RouteValues["path"] as string ?? "";
        if (context.Request.Path == application.Path)
        {
            // Relative addresses of the page begin behind the slash.
            context.Response.Redirect($"{context.Request.PathBase}{application.Path}/{context.Request.QueryString}", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }
        if (files.Find(path, context.Request.Headers.AcceptEncoding) is { } file)
            return FileAsync(context, file);
        if (path.Length > 0 && (!application.HasAddresses || path.StartsWith(Assets, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return PageAsync(context, application, files.Page(application.Page));
    }

    /// <summary>The name of a file changes with its content.</summary>
    private static async Task FileAsync(HttpContext context, BackOfficeFile file)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        headers.ContentEncoding = file.Encoding;
        await WriteAsync(context, file.MediaType, file.Content);
    }

    private static Task PageAsync(HttpContext context, Application application, string? page)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy = PolicyOf(nonce);
        context.Response.Headers.CacheControl = "no-store";
        if (page is null)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var root = HtmlEncoder.Default.Encode($"{context.Request.PathBase}{application.Path}/");
        return WriteAsync(context, "text/html; charset=utf-8",
            Encoding.UTF8.GetBytes((page ?? WithoutApplication).Replace("%BASE%", root, StringComparison.Ordinal).Replace("%NONCE%", nonce, StringComparison.Ordinal)));
    }

    /// <summary>Nothing is loaded from elsewhere, no script stands in the page, and styles only where the page's own nonce is.</summary>
    private static string PolicyOf(string nonce) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static async Task WriteAsync(HttpContext context, string mediaType, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private const string WithoutApplication =
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Back Office</title></head>
        <body>
        <h1>The Back Office is not part of this build</h1>
        <p>It is built with npm, which was not found. Install Node.js 20 or later, and build the host again: <code>dotnet build src/BackendApi.Host</code>.</p>
        <p>The service itself is complete without it: it answers at <code>/odata</code> and <code>/dynamic-entity</code>.</p>
        </body>
        </html>
        """;
}
