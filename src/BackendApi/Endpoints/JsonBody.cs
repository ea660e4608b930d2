using System.Globalization;
using System.Text.Json;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints;

/// <summary>Reads a request body that is one JSON object, up to a bound.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    private const string NamesTwice = "The body is not valid JSON, or names a member twice.";

    /// <param name="maxBytes">The length beyond which the body is refused unread.</param>
    /// <exception cref="ServiceException">415: not JSON by its header. 400: malformed, with the position; not an object; too long.</exception>
    public static async Task<JsonDocument> ReadObjectAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        CheckContentType(request);
        return Object(await BytesAsync(request, maxBytes, cancellation));
    }

    /// <exception cref="ServiceException">400: malformed, with the position; not an object.</exception>
    public static JsonDocument Object(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException malformed)
        {
            throw IsTooDeep(bytes.Span)
                ? new ServiceException(Errors.LimitExceeded, $"Objects and lists nest deeper than the {MaxDepth} levels that are allowed, at {Place(malformed)}.")
                : new ServiceException(Errors.InvalidBody, Describe(malformed));
        }
        // Half of a surrogate pair in a name.
        catch (InvalidOperationException)
        {
            throw new ServiceException(Errors.InvalidBody, NamesTwice);
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        using (document)
            throw new ServiceException(Errors.InvalidBody, "The body must be a JSON object.");
    }

    /// <exception cref="ServiceException">415: not JSON by its header.</exception>
    public static void CheckContentType(HttpRequest request)
    {
        if (request.ContentType == "application/json")
            return;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw new ServiceException(Errors.UnsupportedMediaType, "The body is read as application/json only.", "Content-Type");
        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
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

    internal static ServiceException TooLong(int maxBytes) =>
        new(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The body is longer than the {maxBytes:N0} bytes that are read here."));

    /// <summary>The reader counts lines and bytes from 0, people from 1.</summary>
    private static string Describe(JsonException malformed) => malformed.LineNumber is null ? NamesTwice : $"The body is not valid JSON at {Place(malformed)}.";

    private static string Place(JsonException malformed) => string.Create(CultureInfo.InvariantCulture, $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}");

    /// <summary>The exception does not tell.</summary>
    private static bool IsTooDeep(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
                if (reader.CurrentDepth >= MaxDepth)
                    return true;
        }
        catch (JsonException)
        {
            // It is malformed before it is deep.
        }
        return false;
    }
}
