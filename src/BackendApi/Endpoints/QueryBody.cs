using System.Text;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints;

/// <summary>
/// <c>POST …/$query</c> (URL Conventions 4.17): a GET whose query, or a part of it, is the body, because it is too long for a URL. The answer is that
/// of the GET; its next link is a URL with all options, so the body may be no longer than the URLs that the service takes.
/// </summary>
internal static class QueryBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsAddressed(HttpContext context) =>
        context.Request.Path.Value!.TrimEnd('/').EndsWith("/$query", StringComparison.OrdinalIgnoreCase);

    /// <summary>The request as the GET that it stands for.</summary>
    /// <exception cref="ServiceException">415: neither plain text nor a form. 400: too long, or no text.</exception>
    public static async Task<ODataRequest> AddAsync(HttpContext context, ODataRequest request, int maxBytes)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || type.MediaType.Value is not { } media
            || !(media.Equals("text/plain", StringComparison.OrdinalIgnoreCase) || media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)))
            throw new ServiceException(Errors.UnsupportedMediaType, "Query options in a body are read as text/plain or application/x-www-form-urlencoded.", "Content-Type");
        var body = Text(await JsonBody.BytesAsync(context.Request, maxBytes, context.RequestAborted)).TrimEnd('\r', '\n');
        var path = request.Path.TrimEnd('/');
        return request with
        {
            Path = path[..path.LastIndexOf('/')],
            Query = request.Query.Length > 0 && body.Length > 0 ? $"{request.Query}&{body}" : request.Query + body,
        };
    }

    private static string Text(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new ServiceException(Errors.InvalidBody, "The body is not text in UTF-8.");
        }
    }
}
