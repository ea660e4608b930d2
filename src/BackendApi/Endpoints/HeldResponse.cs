using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace BackendApi.Endpoints;

using Stream = System.IO.Stream;

/// <summary>
/// Holds back the body of a response to a write until the transaction is committed: what the client reads is what is stored. In memory up to
/// 32 KB, then in a temporary file.
/// </summary>
internal sealed class HeldResponse : ResponseStream
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _original;
    private readonly FileBufferingWriteStream _held = new();

    private HeldResponse(HttpContext context)
    {
        _context = context;
        _original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(this);
    }

    public static HeldResponse Begin(HttpContext context) => new(context);

    /// <summary>Sends what was held.</summary>
    public async Task ReleaseAsync()
    {
        await CompleteWriterAsync();
        Restore();
        await _held.DrainBufferAsync(_original.Stream, _context.RequestAborted);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _held.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override async Task CompleteAsync() => await CompleteWriterAsync();

    public override async ValueTask DisposeAsync()
    {
        DropWriter();
        Restore();
        await _held.DisposeAsync();
        await base.DisposeAsync();
    }

    private void Restore() => _context.Features.Set(_original);
}
