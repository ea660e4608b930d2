using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints;

using Stream = System.IO.Stream;

/// <summary>Stands in for the body of a response. What derives from it says where the bytes go.</summary>
internal abstract class ResponseStream : Stream, IHttpResponseBodyFeature
{
    private PipeWriter? _writer;

    public Stream Stream => this;
    public virtual PipeWriter Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);
    public abstract override Task FlushAsync(CancellationToken cancellationToken);
    public abstract Task StartAsync(CancellationToken cancellationToken = default);
    public abstract Task CompleteAsync();

    public virtual void DisableBuffering() { }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellation = default) =>
        SendFileFallback.SendFileAsync(this, path, offset, count, cancellation);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Responses are written asynchronously.");
    public override void Flush() => throw new NotSupportedException("Responses are written asynchronously.");
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Hands on what the pipe still holds.</summary>
    protected async ValueTask CompleteWriterAsync()
    {
        if (_writer is not null)
            await _writer.CompleteAsync();
    }

    /// <summary>Forgets what the pipe still holds.</summary>
    protected void DropWriter()
    {
        _writer?.Complete(new OperationCanceledException());
        _writer = null;
    }
}
