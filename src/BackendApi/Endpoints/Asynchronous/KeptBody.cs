namespace BackendApi.Endpoints.Asynchronous;

/// <summary>The body of a response on its way into <see cref="KeptResponses"/>: one piece of it is in memory, whatever its length.</summary>
/// <param name="abandoned">Called when nobody waits for the response any more.</param>
internal sealed class KeptBody(KeptResponses responses, string id, Action abandoned) : ResponseStream
{
    /// <summary>Bytes of one row. Large enough that a page of 5,000 rows is a handful of inserts, small enough to be nothing in memory.</summary>
    private const int ChunkBytes = 256 * 1024;

    private byte[] _chunk = [];
    private int _held;
    private int _position;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (_held == _chunk.Length)
                await GrowAsync(cancellationToken);
            var taken = Math.Min(buffer.Length, _chunk.Length - _held);
            buffer[..taken].CopyTo(_chunk.AsMemory(_held));
            _held += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Nobody reads along: a piece is kept when it is full.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override async Task CompleteAsync()
    {
        await CompleteWriterAsync();
        await KeepAsync(CancellationToken.None);
    }

    /// <summary>Forgets everything that has been written: the response became another one.</summary>
    public async Task DiscardAsync(CancellationToken cancellation)
    {
        DropWriter();
        _held = 0;
        if (_position > 0)
            await responses.DiscardAsync(id, cancellation);
        _position = 0;
    }

    /// <summary>The first piece grows with what it holds: most responses are short.</summary>
    private async ValueTask GrowAsync(CancellationToken cancellation)
    {
        if (_chunk.Length < ChunkBytes)
        {
            Array.Resize(ref _chunk, Math.Max(4096, _chunk.Length * 4));
            return;
        }
        await KeepAsync(cancellation);
    }

    private async ValueTask KeepAsync(CancellationToken cancellation)
    {
        if (_held == 0)
            return;
        if (!await responses.AppendAsync(id, _position, _held == _chunk.Length ? _chunk : _chunk[.._held], cancellation))
            abandoned();
        _position++;
        _held = 0;
    }
}
