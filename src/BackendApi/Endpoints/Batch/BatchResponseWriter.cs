using System.Buffers;
using System.IO.Pipelines;
using BackendApi.Stream;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// The response to a batch, written as its requests are answered. One response is open at a time: <see cref="Begin"/>, any number of
/// <see cref="WriteBody"/>, <see cref="End"/>.
/// </summary>
internal abstract class BatchResponseWriter(PipeWriter body) : IDisposable
{
    /// <summary>A response is many small pieces, and every one that a pipe is given costs a lock.</summary>
    private readonly PooledBuffer _gathered = new();

    /// <summary>Well below Kestrel's write buffer limit of 64 KB.</summary>
    private const int FlushAt = 32 * 1024;

    public abstract string ContentType { get; }

    /// <summary>A group that failed has a response for each of its requests; else one stands for all of them.</summary>
    public abstract bool AnswersEachOfFailedGroup { get; }

    protected IBufferWriter<byte> Target => _gathered;

    public abstract void BeginBatch();
    public abstract void EndBatch();

    /// <summary>The responses of a change set or group, which are known to have succeeded, follow.</summary>
    public abstract void BeginGroup();
    public abstract void EndGroup();

    /// <param name="group">The atomicity group that the request belongs to.</param>
    public abstract void Begin(BatchOperation operation, string? group, int status, IHeaderDictionary headers);
    public abstract void WriteBody(ReadOnlySpan<byte> bytes);
    public abstract void End();

    /// <summary>Sends what has been gathered, if it is worth it.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public ValueTask FlushAsync(CancellationToken cancellation) => _gathered.Length >= FlushAt ? SendAsync(cancellation) : ValueTask.CompletedTask;

    public async ValueTask SendAsync(CancellationToken cancellation)
    {
        body.Write(_gathered.Written);
        _gathered.Clear();
        var result = await body.FlushAsync(cancellation);
        if (result.IsCompleted || result.IsCanceled)
            throw new OperationCanceledException("The client does not read on.");
    }

    public void Dispose() => _gathered.Dispose();

    /// <summary>Headers that frame a body, which the batch frames itself.</summary>
    protected static bool IsOfFraming(string name) => name.Length switch
    {
        14 => name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase),
        17 => name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
