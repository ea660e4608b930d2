using System.Globalization;
using System.Text.Json;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints;

/// <summary>Reads a request body that is one JSON object, up to a bound.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <param name="maxBytes">The length beyond which the body is refused unread.</param>
    /// <exception cref="ServiceException">415: not JSON by its header. 400: malformed, with the position; not an object; too long.</exception>
    public static async Task<JsonDocument> ReadObjectAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        CheckContentType(request);
        var bytes = await BytesAsync(request, maxBytes, cancellation);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException malformed)
        {
            throw new ServiceException(Errors.InvalidBody, Describe(malformed));
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        using (document)
            throw new ServiceException(Errors.InvalidBody, "The body must be a JSON object.");
    }

    /// <exception cref="ServiceException">415: not JSON by its header.</exception>
    public static void CheckContentType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw new ServiceException(Errors.UnsupportedMediaType, "The body is read as application/json only.", "Content-Type");
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new ServiceException(Errors.UnsupportedMediaType, "JSON is read in the encoding utf-8 only.", "Content-Type");
    }

    /// <summary>The whole body.</summary>
    /// <exception cref="ServiceException">400: too long.</exception>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
            throw TooLong(maxBytes);
        var bytes = new byte[(int)Math.Min(request.ContentLength + 1 ?? 16_384, maxBytes + 1)];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(bytes.AsMemory(length), cancellation);
            if (read == 0)
                return bytes.AsMemory(0, length);
            length += read;
            if (length > maxBytes)
                throw TooLong(maxBytes);
            if (length == bytes.Length)
                Array.Resize(ref bytes, Math.Min(bytes.Length * 2, maxBytes + 1));
        }
    }

    private static ServiceException TooLong(int maxBytes) =>
        new(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The body is longer than the {maxBytes:N0} bytes that are read here."));

    /// <summary>The reader counts lines and bytes from 0, people from 1.</summary>
    private static string Describe(JsonException malformed) => malformed.LineNumber is { } line && malformed.BytePositionInLine is { } position
        ? string.Create(CultureInfo.InvariantCulture, $"The body is not valid JSON at line {line + 1}, byte {position + 1}.")
        : "The body is not valid JSON, or names a member twice.";
}
