using System.IO.Compression;
using System.IO.Pipelines;
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
            || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Stands in for the response's body: holds the first bytes back until it is known what to do with them.</summary>
    private sealed class GzipBody : Stream, IHttpResponseBodyFeature
    {
        private readonly HttpResponse _response;
        private readonly IHttpResponseBodyFeature _plain;
        private readonly byte[] _first = new byte[LeastBytes];
        private int _held;
        private Stream? _target;
        private GZipStream? _gzip;
        private PipeWriter? _writer;

        public GzipBody(HttpResponse response, IHttpResponseBodyFeature plain) => (_response, _plain) = (response, plain);

        public Stream Stream => this;
        public PipeWriter Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default)
        {
            if (_target is null)
            {
                if (_held + bytes.Length < _first.Length)
                {
                    bytes.Span.CopyTo(_first.AsSpan(_held));
                    _held += bytes.Length;
                    return;
                }
                await ChooseAsync(_held + bytes.Length, cancellation);
            }
            await _target!.WriteAsync(bytes, cancellation);
        }

        public override async Task FlushAsync(CancellationToken cancellation)
        {
            if (_target is null)
                await ChooseAsync(_held, cancellation);
            await _target!.FlushAsync(cancellation);
        }

        public async Task StartAsync(CancellationToken cancellation = default)
        {
            if (_target is null)
                await ChooseAsync(_held, cancellation);
            await _plain.StartAsync(cancellation);
        }

        public async Task CompleteAsync()
        {
            await FinishAsync();
            await _plain.CompleteAsync();
        }

        public async Task FinishAsync()
        {
            if (_writer is not null)
                await _writer.CompleteAsync();
            if (_target is null && _held > 0)
                await ChooseAsync(_held, CancellationToken.None);
            if (_gzip is not null)
                await _gzip.DisposeAsync();
        }

        public void DisableBuffering() => _plain.DisableBuffering();

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellation = default) =>
            SendFileFallback.SendFileAsync(this, path, offset, count, cancellation);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Responses are written asynchronously.");
        public override void Flush() => throw new NotSupportedException("Responses are written asynchronously.");
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        private async ValueTask ChooseAsync(int bytes, CancellationToken cancellation)
        {
            if (IsWorthIt(_response, bytes))
            {
                _response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
                _response.Headers.ContentEncoding = "gzip";
                _response.Headers.ContentLength = null;
                _gzip = new GZipStream(_plain.Stream, CompressionLevel.Fastest, leaveOpen: true);
                _target = _gzip;
            }
            else
                _target = _plain.Stream;
            if (_held > 0)
                await _target.WriteAsync(_first.AsMemory(0, _held), cancellation);
            _held = 0;
        }
    }
}
