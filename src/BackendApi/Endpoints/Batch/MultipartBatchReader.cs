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

    // Parts that follow each other mostly begin alike: what is the same as before is not read again.
    private readonly PartHead _partHead = new();
    private readonly PartHead _requestHead = new();
    private MediaTypeHeaderValue? _partType;
    private bool _isPartChecked;
    private byte[] _requestLine = [];
    private string _method = "";
    private string _url = "";

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
            var place = new BatchPlace(part);
            await PartHeadAsync(place);
            if (_partType is not null && IsMultipart(_partType))
                delimiter = await ReadChangeSetAsync(place, boundary, _partType);
            else
                delimiter = await ReadOperationAsync(place);
        }
        // What follows is an epilogue and has no meaning; it is read so that the connection can go on.
        while (await _reader.CopyAsync(null) is not null) { }
    }

    private async Task<Delimiter> ReadChangeSetAsync(BatchPlace place, string outer, MediaTypeHeaderValue type)
    {
        var boundary = Boundary(type) ?? throw Malformed(place, "a change set needs a boundary of 1 to 200 printable characters");
        if (boundary == outer)
            throw Malformed(place, "the boundary of a change set must differ from that of the batch");
        _reader.Push(boundary);
        _outline.BeginGroup(null, place);
        var delimiter = await NextAsync(place, null);
        for (var part = 1; delimiter is { Depth: 1, IsClosing: false }; part++)
        {
            var inner = place with { Inner = part };
            await PartHeadAsync(inner);
            if (_partType is not null && IsMultipart(_partType))
                throw Malformed(inner, "a change set holds requests, and no other change set");
            delimiter = await ReadOperationAsync(inner);
        }
        if (delimiter.Depth == 0)
            throw Malformed(place, $"the change set is not closed: '--{boundary}--' is missing");
        _outline.EndGroup();
        _reader.Pop();
        return await NextAsync(place, null);
    }

    /// <summary>What stands behind the head of its part.</summary>
    private async ValueTask<Delimiter> ReadOperationAsync(BatchPlace place)
    {
        if (!_isPartChecked)
            CheckPart(place);
        await RequestLineAsync(place);
        var ended = await HeadAsync(_requestHead, place);
        var start = _bodies.Length;
        var delimiter = ended ?? await NextAsync(place, _bodies);
        var body = await BodyAsync(_requestHead.ContentLength, _bodies.From(start));
        _outline.Add(new(place, _partHead.Id ?? _requestHead.Id, _method, _url, _requestHead.Headers, body, []));
        return delimiter;
    }

    private void CheckPart(BatchPlace place)
    {
        var part = _partHead.Headers;
        if (_partType is { } type ? !type.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase) : part.ContentType.Count > 0)
            throw Malformed(place, $"'{part.ContentType}' is not read in a batch; a part is application/http, or multipart/mixed for a change set");
        if (part["Content-Transfer-Encoding"] is [{ } encoding, ..] && encoding.Trim().ToUpperInvariant() is not ("BINARY" or "8BIT" or "7BIT"))
            throw Malformed(place, $"the Content-Transfer-Encoding '{encoding}' is not read; binary is");
        _isPartChecked = true;
    }

    private async ValueTask RequestLineAsync(BatchPlace place)
    {
        while (true)
        {
            var line = await _reader.LineAsync();
            if (line.Kind != HeadLineKind.Text)
                throw line.Kind switch
                {
                    HeadLineKind.TooLong => TooLong(place),
                    HeadLineKind.End => Truncated(place),
                    _ => Malformed(place, "the part holds no request"),
                };
            if (_reader.Text.Trim(" \t"u8).IsEmpty)
                continue;
            if (!_reader.Text.SequenceEqual(_requestLine))
                ReadRequestLine(place);
            return;
        }
    }

    private void ReadRequestLine(BatchPlace place)
    {
        _requestLine = [];
        var text = Encoding.UTF8.GetString(_reader.Text).Trim(' ', '\t');
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
        (_method, _url) = (text[..method].ToUpperInvariant(), url.Replace(" ", "%20", StringComparison.Ordinal));
        _requestLine = _reader.Text.ToArray();
    }

    /// <summary>The head of a part, which must be followed by its content.</summary>
    private async ValueTask PartHeadAsync(BatchPlace place)
    {
        var before = _partHead.Headers;
        if (await HeadAsync(_partHead, place) is not null)
            throw Malformed(place, "the part is empty");
        if (ReferenceEquals(before, _partHead.Headers))
            return;
        _partType = MediaTypeHeaderValue.TryParse(_partHead.Headers.ContentType.ToString(), out var type) ? type : null;
        _isPartChecked = false;
    }

    /// <returns>The delimiter that ends the part together with its head; null at the blank line.</returns>
    private async ValueTask<Delimiter?> HeadAsync(PartHead head, BatchPlace place)
    {
        head.Begin();
        for (var count = 0; ; count++)
        {
            var line = await _reader.LineAsync();
            if (line.Kind == HeadLineKind.Delimiter)
            {
                head.End();
                return line.Delimiter;
            }
            if (line.Kind != HeadLineKind.Text)
                throw line.Kind == HeadLineKind.TooLong ? TooLong(place) : Truncated(place);
            if (_reader.Text.IsEmpty)
            {
                head.End();
                return null;
            }
            if (count == MaxHeaders)
                throw Malformed(place, $"more than {MaxHeaders} headers are not read");
            if (!head.TryAdd(_reader.Text))
                throw Malformed(place, "a header is expected, as in 'Content-Type: application/json'");
        }
    }

    private async ValueTask<Delimiter> NextAsync(BatchPlace place, Spool? target) => await _reader.CopyAsync(target) ?? throw Truncated(place);

    /// <summary>Clients end a body with a line of their own, although the delimiter has one already: what follows the told length, or no body, is dropped if blank.</summary>
    private async ValueTask<Spool.Slice> BodyAsync(long? length, Spool.Slice body)
    {
        var told = HttpMethods.IsGet(_method) || HttpMethods.IsHead(_method) || HttpMethods.IsDelete(_method) ? 0 : length ?? body.Length;
        if (told < body.Length && body.Length - told <= 64)
        {
            var rest = new byte[body.Length - told];
            await _bodies.ReadAsync(body.Start + told, rest, CancellationToken.None);
            if (rest.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
                return body with { Length = told };
        }
        return body;
    }

    private static bool IsMultipart(MediaTypeHeaderValue type) => type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase);

    private ServiceException Malformed(BatchPlace place, string what) =>
        new(Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture, $"The batch is malformed in {place}, before line {_reader.Line}: {what}."), place.ToString());

    private ServiceException Truncated(BatchPlace place) =>
        new(Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture, $"The batch is truncated: it ends in {place}, at line {_reader.Line}, without its closing delimiter."), place.ToString());

    private ServiceException TooLong(BatchPlace place) =>
        new(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"Line {_reader.Line}, in {place}, is longer than what is read in a head."), place.ToString());
}
