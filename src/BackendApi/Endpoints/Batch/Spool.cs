using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>
/// Bytes that are needed again later: the bodies of a batch until their turn comes, the responses of a change set until its commit. However many there
/// are, a buffer of them is in memory and the rest in a temporary file, which only this process's user can read and which is gone when it is closed.
/// </summary>
internal sealed class Spool : IAsyncDisposable
{
    /// <summary>A batch of some hundred rows never touches the disk.</summary>
    public const int MemoryBytes = 256 * 1024;

    private const int LeastBytes = 4096;

    /// <summary>The bytes from <see cref="_filed"/> on.</summary>
    private byte[] _tail = [];
    private int _held;
    private FileStream? _file;
    private long _filed;

    public long Length => _filed + _held;

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            if (_held == _tail.Length)
                await MakeRoomAsync(bytes.Length, cancellation);
            var taken = Math.Min(bytes.Length, _tail.Length - _held);
            bytes[..taken].CopyTo(_tail.AsMemory(_held));
            _held += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>Room for the next bytes, which count from <see cref="Advance"/> on.</summary>
    public Memory<byte> GetMemory(int sizeHint)
    {
        if (_tail.Length - _held < Math.Max(1, sizeHint))
            Grow(sizeHint);
        return _tail.AsMemory(_held);
    }

    public void Advance(int count) => _held += count;

    /// <summary>Leaves a buffer's worth in memory at most, after <see cref="Advance"/> may have left more.</summary>
    public ValueTask SettleAsync(CancellationToken cancellation) => _held < MemoryBytes ? ValueTask.CompletedTask : new(FileAsync(cancellation));

    /// <summary>Everything, to a writer that sends what is left when the response ends.</summary>
    public async ValueTask CopyToAsync(PipeWriter writer, CancellationToken cancellation)
    {
        for (var position = 0L; position < _filed;)
        {
            var read = await ReadAsync(position, writer.GetMemory(LeastBytes), cancellation);
            writer.Advance(read);
            position += read;
            await writer.FlushAsync(cancellation);
        }
        writer.Write(_tail.AsSpan(0, _held));
    }

    /// <summary>A spool of all that a stream holds.</summary>
    public static async Task<Spool> OfAsync(Stream stream, CancellationToken cancellation)
    {
        var spool = new Spool();
        try
        {
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancellation) is var read and > 0)
                await spool.AppendAsync(buffer.AsMemory(0, read), cancellation);
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything from an earlier <see cref="Length"/> on.</summary>
    public Slice From(long start) => new(this, start, Length - start);

    public async ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (position < _filed)
            return await RandomAccess.ReadAsync(Handle, buffer[..(int)Math.Min(buffer.Length, _filed - position)], position, cancellation);
        var start = (int)(position - _filed);
        var read = Math.Min(buffer.Length, _held - start);
        _tail.AsMemory(start, read).CopyTo(buffer);
        return read;
    }

    /// <summary>Without a copy where they are still in memory: valid until more is appended.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> BytesAsync(Slice slice, CancellationToken cancellation)
    {
        if (slice.Start >= _filed)
            return _tail.AsMemory((int)(slice.Start - _filed), (int)slice.Length);
        var bytes = new byte[slice.Length];
        await using var stream = slice.Open();
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    public ValueTask DisposeAsync()
    {
        if (_tail.Length > 0)
            ArrayPool<byte>.Shared.Return(_tail);
        (_tail, _held) = ([], 0);
        return _file?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private SafeFileHandle Handle => _file!.SafeFileHandle;

    private async ValueTask MakeRoomAsync(int wanted, CancellationToken cancellation)
    {
        if (_tail.Length < MemoryBytes)
            Grow(Math.Min(wanted, MemoryBytes - _held));
        else
            await FileAsync(cancellation);
    }

    private void Grow(int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBytes, Math.Max(_tail.Length * 2, _held + wanted)));
        _tail.AsSpan(0, _held).CopyTo(larger);
        if (_tail.Length > 0)
            ArrayPool<byte>.Shared.Return(_tail);
        _tail = larger;
    }

    private async Task FileAsync(CancellationToken cancellation)
    {
        _file ??= Create();
        await RandomAccess.WriteAsync(Handle, _tail.AsMemory(0, _held), _filed, cancellation);
        _filed += _held;
        _held = 0;
    }

    private static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), $"backend-api-{Guid.NewGuid():N}.spool"), options);
    }

    /// <summary>A part of a spool.</summary>
    public readonly record struct Slice(Spool? Owner, long Start, long Length)
    {
        /// <summary>All of it, for what is known to be short.</summary>
        public ValueTask<ReadOnlyMemory<byte>> BytesAsync(CancellationToken cancellation) => Owner is null || Length == 0 ? default : Owner.BytesAsync(this, cancellation);

        public Stream Open() => Owner is null || Length == 0 ? Stream.Null : new SliceStream(this);
    }

    private sealed class SliceStream(Slice slice) : Stream
    {
        private long _position;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => slice.Length;
        public override long Position { get => _position; set => _position = Math.Clamp(value, 0, slice.Length); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var wanted = (int)Math.Min(buffer.Length, slice.Length - _position);
            if (wanted == 0)
                return 0;
            var read = await slice.Owner!.ReadAsync(slice.Start + _position, buffer[..wanted], cancellationToken);
            _position += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => slice.Length + offset };

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
