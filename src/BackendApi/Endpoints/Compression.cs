using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints;

using Stream = System.IO.Stream;

/// <summary>
/// gzip for the clients that ask for it; the others pay one look at a header. What is chosen depends on the bytes that are there when the
/// endpoint first flushes: an answer of one row goes out as it is, a page is compressed. Each later flush reaches the client, so a stream stays a stream.
/// Responses that already have an encoding, such as <c>$metadata</c>, are left alone.
/// </summary>
internal static class Compression
{
    /// <summary>Below this many bytes gzip saves no packet: with its headers, an answer of this size fits the first one.</summary>
    public const int LeastBytes = 1200;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        AcceptsGzip(context.Request.Headers.AcceptEncoding) && !HttpMethods.IsHead(context.Request.Method)
            ? CompressAsync(context, next)
            : next(context);

    /// <summary>RFC 9110 section 12.5.3: listed, or covered by <c>*</c>, and not with a weight of zero.</summary>
    internal static bool AcceptsGzip(StringValues accepted)
    {
        if (accepted.Count == 0)
            return false;
        if (accepted is [{ } simple] && !simple.Contains(';', StringComparison.Ordinal) && simple.Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!StringWithQualityHeaderValue.TryParseList(accepted!, out var codings))
            return false;
        bool? any = null;
        foreach (var coding in codings)
        {
            if (coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) || coding.Value.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
                return coding.Quality is not 0;
            if (coding.Value.Equals("*", StringComparison.Ordinal))
                any = coding.Quality is not 0;
        }
        return any ?? false;
    }

    private static async Task CompressAsync(HttpContext context, RequestDelegate next)
    {
        var plain = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new GzipBody(context.Response, plain);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
            // Not when next throws: the end of the gzip stream would make a broken response look whole.
            await body.FinishAsync();
        }
        finally
        {
            context.Features.Set(plain);
        }
    }

    private static bool IsWorthIt(HttpResponse response, int bytes)
    {
        var headers = response.Headers;
        return bytes >= LeastBytes && headers.ContentEncoding.Count == 0 && headers.ContentRange.Count == 0 && IsText(response.ContentType);
    }

    private static bool IsText(string? mediaType)
    {
        if (mediaType is null)
            return false;
        var parameters = mediaType.IndexOf(';', StringComparison.Ordinal);
        var type = (parameters < 0 ? mediaType : mediaType[..parameters]).Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Stands in for the response's body: holds the first bytes back until it is known what to do with them.</summary>
    private sealed class GzipBody(HttpResponse response, IHttpResponseBodyFeature plain) : ResponseStream
    {
        private readonly byte[] _first = new byte[LeastBytes];
        private int _held;
        private Stream? _target;
        private GZipStream? _gzip;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_target is null)
            {
                if (_held + buffer.Length < _first.Length)
                {
                    buffer.Span.CopyTo(_first.AsSpan(_held));
                    _held += buffer.Length;
                    return;
                }
                await ChooseAsync(_held + buffer.Length, cancellationToken);
            }
            await _target!.WriteAsync(buffer, cancellationToken);
        }

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_target is null)
                await ChooseAsync(_held, cancellationToken);
            await _target!.FlushAsync(cancellationToken);
        }

        public override async Task StartAsync(CancellationToken cancellationToken = default)
        {
            if (_target is null)
                await ChooseAsync(_held, cancellationToken);
            await plain.StartAsync(cancellationToken);
        }

        public override async Task CompleteAsync()
        {
            await FinishAsync();
            await plain.CompleteAsync();
        }

        public async Task FinishAsync()
        {
            await CompleteWriterAsync();
            if (_target is null && _held > 0)
                await ChooseAsync(_held, CancellationToken.None);
            if (_gzip is not null)
                await _gzip.DisposeAsync();
        }

        public override void DisableBuffering() => plain.DisableBuffering();

        private async ValueTask ChooseAsync(int bytes, CancellationToken cancellation)
        {
            if (IsWorthIt(response, bytes))
            {
                response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
                response.Headers.ContentEncoding = "gzip";
                response.Headers.ContentLength = null;
                // The tag of other bytes than those that are sent (RFC 9110, 8.8.3.3).
                if (response.Headers.ETag is [['"', ..] strong])
                    response.Headers.ETag = "W/" + strong;
                _gzip = new GZipStream(plain.Stream, CompressionLevel.Fastest, leaveOpen: true);
                _target = _gzip;
            }
            else
                _target = plain.Stream;
            if (_held > 0)
                await _target.WriteAsync(_first.AsMemory(0, _held), cancellation);
            _held = 0;
        }
    }
}
