using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace BackendApi.Stream;

/// <summary>The response body: counts what has been written since the last flush, so that data moves on and never piles up.</summary>
internal sealed class ByteSink(PipeWriter body) : IBufferWriter<byte>
{
    /// <summary>Bytes that are gathered before they are sent: a few segments of the pipe, well below Kestrel's write buffer limit of 64 KB.</summary>
    private const int FlushAt = 32 * 1024;

    private int _pending;

    /// <summary>Bytes of the answer are under way: it can no longer become another one.</summary>
    public bool HasWritten { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        body.Write(bytes);
        HasWritten = true;
        _pending += bytes.Length;
    }

    public void Advance(int count)
    {
        body.Advance(count);
        HasWritten |= count > 0;
        _pending += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => body.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => body.GetSpan(sizeHint);

    /// <summary>Sends so many bytes of a stream as they are read.</summary>
    public async Task CopyAsync(System.IO.Stream stream, long length, CancellationToken cancellation)
    {
        while (length > 0 && await stream.ReadAsync(Next(), cancellation) is var read and > 0)
        {
            Advance(read);
            length -= read;
            if (IsFull(0))
                await FlushAsync(cancellation);
        }

        Memory<byte> Next()
        {
            var memory = GetMemory(FlushAt);
            return memory.Length > length ? memory[..(int)length] : memory;
        }
    }

    /// <summary>A writer over this sink. It is not disposed: that would send what it holds, and after a failure that is half an answer.</summary>
    public Utf8JsonWriter Json() => new(this, JsonStyle.WriterOptions);

    /// <param name="unwritten">Bytes that a writer over this sink still holds.</param>
    public bool IsFull(int unwritten) => _pending + unwritten >= FlushAt;

    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        _pending = 0;
        var result = await body.FlushAsync(cancellation);
        if (result.IsCompleted || result.IsCanceled)
            throw new OperationCanceledException("The client does not read on.");
    }
}
