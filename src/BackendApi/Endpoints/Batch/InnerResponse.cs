using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>The response to one request of a batch. What derives from it says where it goes: out at once, or aside until the change set is committed.</summary>
internal abstract class InnerResponse(BatchOperation operation) : ResponseStream, IHttpResponseFeature
{
    /// <summary>What answers a HEAD has none, whatever is written.</summary>
    protected bool HasBody { get; } = !HttpMethods.IsHead(operation.Method);

    public BatchOperation Operation => operation;
    public int StatusCode { get; set; } = StatusCodes.Status200OK;
    public string? ReasonPhrase { get; set; }
    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();
    Stream IHttpResponseFeature.Body { get => this; set => throw new NotSupportedException(); }

    /// <summary>It can no longer become another one.</summary>
    public abstract bool HasStarted { get; }

    /// <summary>It broke off: what has been written is not all of it.</summary>
    public bool IsBroken { get; private set; }

    public bool IsSuccess => StatusCode < 400;

    public void Break() => IsBroken = true;

    /// <summary>An error takes the place of what has been written, if nothing of that is out yet.</summary>
    public void Forget()
    {
        if (HasStarted)
            return;
        DropWriter();
        ForgetBody();
        // Headers that were set on purpose for the error stay: Allow, Retry-After.
        if (IsBroken)
            Headers.Clear();
        IsBroken = false;
    }

    /// <summary>What answers a HEAD would be a body is not one.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty || !HasBody ? ValueTask.CompletedTask : WriteBodyAsync(buffer, cancellationToken);

    /// <summary>The batch sends when it has gathered enough.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override async Task CompleteAsync()
    {
        await CompleteWriterAsync();
        await EndAsync();
    }

    // Nothing of the service waits for these.
    public void OnStarting(Func<object, Task> callback, object state) { }
    public void OnCompleted(Func<object, Task> callback, object state) { }

    protected abstract ValueTask WriteBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);
    protected abstract ValueTask EndAsync();
    protected virtual void ForgetBody() { }
}

/// <summary>A response that leaves as it is made. Once it has begun, a failure can only break the batch.</summary>
internal sealed class StreamedResponse(BatchResponseWriter writer, BatchOperation operation, CancellationToken cancellation) : InnerResponse(operation)
{
    private bool _hasStarted;

    public override bool HasStarted => _hasStarted;

    protected override ValueTask WriteBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Begin();
        writer.WriteBody(bytes.Span);
        return writer.FlushAsync(cancellation);
    }

    protected override ValueTask EndAsync()
    {
        Begin();
        writer.End();
        return writer.FlushAsync(cancellation);
    }

    private void Begin()
    {
        if (!_hasStarted)
            writer.Begin(Operation, group: null, StatusCode, Headers);
        _hasStarted = true;
    }
}

/// <summary>A response inside of a change set, of which nobody knows yet whether it will be the truth.</summary>
/// <param name="bodies">Takes its body. One response is written at a time.</param>
internal sealed class SpooledResponse(BatchOperation operation, Spool bodies) : InnerResponse(operation), IGroupResponse
{
    private SpoolWriter? _writer;
    private long _start = bodies.Length;
    private Spool.Slice _body;

    public override bool HasStarted => false;

    public override PipeWriter Writer => HasBody ? _writer ??= new(bodies) : base.Writer;

    public async Task CopyAsync(BatchResponseWriter writer, string? group, CancellationToken cancellation)
    {
        writer.Begin(Operation, group, StatusCode, Headers);
        await using var body = _body.Open();
        var buffer = new byte[Math.Min(_body.Length, 16 * 1024)];
        while (await body.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            writer.WriteBody(buffer.AsSpan(0, read));
            await writer.FlushAsync(cancellation);
        }
        writer.End();
        await writer.FlushAsync(cancellation);
    }

    protected override ValueTask WriteBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => bodies.AppendAsync(bytes, cancellation);

    protected override ValueTask EndAsync()
    {
        _body = bodies.From(_start);
        return bodies.SettleAsync(CancellationToken.None);
    }

    protected override void ForgetBody() => _start = bodies.Length;
}
