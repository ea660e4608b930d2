using System.IO.Pipelines;
using BackendApi.Endpoints.Batch;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints;

using Stream = System.IO.Stream;

/// <summary>Holds back the body of a response to a write until the transaction is committed: what the client reads is what is stored.</summary>
internal sealed class HeldResponse : ResponseStream
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _original;
    private readonly Spool _held = new();

    private HeldResponse(HttpContext context)
    {
        _context = context;
        _original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(this);
    }

    public override PipeWriter Writer => field ??= new SpoolWriter(_held);

    public static HeldResponse Begin(HttpContext context) => new(context);

    /// <summary>What is held, from its beginning. Nothing may be written after it.</summary>
    public Stream Read() => _held.From(0).Open();

    /// <summary>Sends what was held.</summary>
    public ValueTask ReleaseAsync()
    {
        Restore();
        return _held.CopyToAsync(_original.Writer, _context.RequestAborted);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _held.AppendAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override Task CompleteAsync() => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        Restore();
        await _held.DisposeAsync();
        await base.DisposeAsync();
    }

    private void Restore() => _context.Features.Set(_original);
}
