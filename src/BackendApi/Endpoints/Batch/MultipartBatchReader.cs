using System.Globalization;
using System.Text;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>
/// Reads a multipart batch (Protocol 11.7.7). Tolerated: lines that end with LF, blank lines before a request line, a missing blank line or protocol
/// version after a request without a body, blanks in a URL, the Content-ID on either head, white space after a body whose length is told.
/// </summary>
internal sealed class MultipartBatchReader : IDisposable
{
    private const int MaxHeaders = 100;

    private readonly DelimitedReader _reader;
    private readonly Spool _bodies;
    private readonly BatchOutline _outline;

    private MultipartBatchReader(Stream body, Spool bodies, BatchOutline outline, CancellationToken cancellation)
    {
        _reader = new(body, cancellation);
        (_bodies, _outline) = (bodies, outline);
    }

    /// <param name="type">The batch's Content-Type.</param>
    /// <param name="bodies">Takes the bodies of the requests.</param>
    /// <exception cref="ServiceException">400: malformed or truncated, with the part and the line; or what <see cref="BatchOutline"/> refuses.</exception>
    public static async Task<BatchRequest> ReadAsync(MediaTypeHeaderValue type, Stream body, Spool bodies, ODataSettings settings, CancellationToken cancellation)
    {
        var boundary = Boundary(type) ?? throw new ServiceException(Errors.InvalidHeader,
            "A multipart batch needs a boundary of 1 to 200 printable characters, as in: multipart/mixed;boundary=batch_1.", "Content-Type");
        var outline = new BatchOutline(settings, areIdsUniqueInGroups: true);
        using var reader = new MultipartBatchReader(body, bodies, outline, cancellation);
        reader._reader.Push(boundary);
        await reader.ReadPartsAsync(boundary);
        return outline.ToRequest();
    }

    public void Dispose() => _reader.Dispose();

    private static string? Boundary(MediaTypeHeaderValue type)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= 200 } && boundary[^1] != ' ' && boundary.All(character => character is >= ' ' and < '\x7f') ? boundary : null;
    }

    private async Task ReadPartsAsync(string boundary)
    {
        var delimiter = await _reader.CopyAsync(null)
            ?? throw new ServiceException(Errors.InvalidBody, $"The body is truncated, or another boundary separates its parts: no line is '--{boundary}'.");
        for (var part = 1; !delimiter.IsClosing; part++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"part {part}");
            var head = await HeadAsync(place);
            if (Type(head) is { } type && IsMultipart(type))
                delimiter = await ReadChangeSetAsync(place, boundary, type);
            else
                delimiter = await ReadOperationAsync(place, head);
        }
        // What follows is an epilogue and has no meaning; it is read so that the connection can go on.
        while (await _reader.CopyAsync(null) is not null) { }
    }

    private async Task<Delimiter> ReadChangeSetAsync(string place, string outer, MediaTypeHeaderValue type)
    {
        var boundary = Boundary(type) ?? throw Malformed(place, "a change set needs a boundary of 1 to 200 printable characters");
        if (boundary == outer)
            throw Malformed(place, "the boundary of a change set must differ from that of the batch");
        _reader.Push(boundary);
        _outline.BeginGroup(null, place);
        var delimiter = await NextAsync(place, null);
        for (var part = 1; delimiter is { Depth: 1, IsClosing: false }; part++)
        {
            var inner = string.Create(CultureInfo.InvariantCulture, $"{place}.{part}");
            var head = await HeadAsync(inner);
            if (Type(head) is { } nested && IsMultipart(nested))
                throw Malformed(inner, "a change set holds requests, and no other change set");
            delimiter = await ReadOperationAsync(inner, head);
        }
        if (delimiter.Depth == 0)
            throw Malformed(place, $"the change set is not closed: '--{boundary}--' is missing");
        _outline.EndGroup();
        _reader.Pop();
        return await NextAsync(place, null);
    }

    private async Task<Delimiter> ReadOperationAsync(string place, IHeaderDictionary part)
    {
        if (Type(part) is { } type ? !type.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase) : part.ContentType.Count > 0)
            throw Malformed(place, $"'{part.ContentType}' is not read in a batch; a part is application/http, or multipart/mixed for a change set");
        if (part["Content-Transfer-Encoding"] is [{ } encoding, ..] && encoding.Trim().ToUpperInvariant() is not ("BINARY" or "8BIT" or "7BIT"))
            throw Malformed(place, $"the Content-Transfer-Encoding '{encoding}' is not read; binary is");

        var (method, url) = await RequestLineAsync(place);
        IHeaderDictionary headers = new HeaderDictionary();
        var delimiter = await HeadersAsync(headers, place);
        var start = _bodies.Length;
        delimiter ??= await NextAsync(place, _bodies);
        var body = await BodyAsync(method, headers, _bodies.From(start));
        _outline.Add(new(place, Id(part) ?? Id(headers), method, url, headers, body, []));
        headers.Remove("Content-ID");
        return delimiter.Value;
    }

    private static string? Id(IHeaderDictionary headers) => headers["Content-ID"] is [{ } id, ..] && !string.IsNullOrWhiteSpace(id) ? id.Trim() : null;

    private async Task<(string Method, string Url)> RequestLineAsync(string place)
    {
        while (true)
        {
            var line = await _reader.LineAsync();
            if (line.Text is not { } text)
                throw line.IsTooLong ? TooLong(place) : line.Delimiter is null ? Truncated(place) : Malformed(place, "the part holds no request");
            text = text.Trim(' ', '\t');
            if (text.Length == 0)
                continue;
            var method = text.IndexOf(' ', StringComparison.Ordinal);
            if (method <= 0 || !text[..method].All(char.IsAsciiLetter))
                throw Malformed(place, "a request begins with a line such as 'GET Orders(1) HTTP/1.1'");
            var url = text[method..];
            var version = url.LastIndexOf(' ');
            if (url.AsSpan(version + 1).StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase))
                url = url[..version];
            url = url.Trim(' ');
            if (url.Length == 0)
                throw Malformed(place, "the request line has no URL");
            return (text[..method].ToUpperInvariant(), url.Replace(" ", "%20", StringComparison.Ordinal));
        }
    }

    /// <summary>The head of a part, which must be followed by its content.</summary>
    private async Task<IHeaderDictionary> HeadAsync(string place)
    {
        IHeaderDictionary head = new HeaderDictionary();
        return await HeadersAsync(head, place) is null ? head : throw Malformed(place, "the part is empty");
    }

    /// <returns>The delimiter that ends the part together with its head; null at the blank line.</returns>
    private async Task<Delimiter?> HeadersAsync(IHeaderDictionary headers, string place)
    {
        for (var count = 0; ; count++)
        {
            var line = await _reader.LineAsync();
            if (line.Text is not { } text)
                return line.Delimiter ?? throw (line.IsTooLong ? TooLong(place) : Truncated(place));
            if (text.Length == 0)
                return null;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || text.AsSpan(0, colon).ContainsAny(" \t") || text.AsSpan().ContainsAny('\0', '\r'))
                throw Malformed(place, "a header is expected, as in 'Content-Type: application/json'");
            if (count == MaxHeaders)
                throw Malformed(place, $"more than {MaxHeaders} headers are not read");
            headers.Append(text[..colon], text[(colon + 1)..].Trim(' ', '\t'));
        }
    }

    private async Task<Delimiter> NextAsync(string place, Spool? target) => await _reader.CopyAsync(target) ?? throw Truncated(place);

    /// <summary>Clients end a body with a line of their own, although the delimiter has one already: what follows the told length, or no body, is dropped if blank.</summary>
    private async Task<Spool.Slice> BodyAsync(string method, IHeaderDictionary headers, Spool.Slice body)
    {
        var told = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsDelete(method) ? 0 : headers.ContentLength ?? body.Length;
        headers.ContentLength = null;
        if (told < body.Length && body.Length - told <= 64)
        {
            var rest = new byte[body.Length - told];
            await _bodies.ReadAsync(body.Start + told, rest, CancellationToken.None);
            if (rest.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
                return body with { Length = told };
        }
        return body;
    }

    private static MediaTypeHeaderValue? Type(IHeaderDictionary head) => MediaTypeHeaderValue.TryParse(head.ContentType.ToString(), out var type) ? type : null;

    private static bool IsMultipart(MediaTypeHeaderValue type) => type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase);

    private ServiceException Malformed(string place, string what) =>
        new(Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture, $"The batch is malformed in {place}, before line {_reader.Line}: {what}."), place);

    private ServiceException Truncated(string place) =>
        new(Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture, $"The batch is truncated: it ends in {place}, at line {_reader.Line}, without its closing delimiter."), place);

    private ServiceException TooLong(string place) =>
        new(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"Line {_reader.Line}, in {place}, is longer than what is read in a head."), place);
}
