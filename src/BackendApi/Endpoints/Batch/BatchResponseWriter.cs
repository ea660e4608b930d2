using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// The response to a batch, written as its requests are answered. One response is open at a time: <see cref="Begin"/>, any number of
/// <see cref="WriteBody"/>, <see cref="End"/>.
/// </summary>
internal abstract class BatchResponseWriter(PipeWriter body)
{
    /// <summary>Well below Kestrel's write buffer limit of 64 KB.</summary>
    private const int FlushAt = 32 * 1024;

    public abstract string ContentType { get; }

    /// <summary>A group that failed has a response for each of its requests; else one stands for all of them.</summary>
    public abstract bool AnswersEachOfFailedGroup { get; }

    protected IBufferWriter<byte> Target => body;

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
    public ValueTask FlushAsync(CancellationToken cancellation) => body.UnflushedBytes >= FlushAt ? SendAsync(cancellation) : ValueTask.CompletedTask;

    public async ValueTask SendAsync(CancellationToken cancellation)
    {
        var result = await body.FlushAsync(cancellation);
        if (result.IsCompleted || result.IsCanceled)
            throw new OperationCanceledException("The client does not read on.");
    }

    /// <summary>Headers that frame a body, which the batch frames itself.</summary>
    protected static bool IsOfFraming(string name) =>
        name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
}
