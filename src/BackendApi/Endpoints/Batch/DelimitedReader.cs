using System.Buffers;
using System.Text;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>A delimiter line of a multipart body.</summary>
/// <param name="Depth">Which boundary it is made of: 0 for the outermost.</param>
internal readonly record struct Delimiter(int Depth, bool IsClosing);

/// <summary>
/// Takes a multipart body (RFC 2046, 5.1) apart: lines, and what stands between two delimiter lines. A line ends with CRLF or LF; the line end before a
/// delimiter line belongs to it. Reads on as it is asked, and holds one buffer.
/// </summary>
internal sealed class DelimitedReader(Stream source, CancellationToken cancellation) : IDisposable
{
    /// <summary>The longest line of a head: the request line with its URL.</summary>
    private const int BufferBytes = 256 * 1024;

    private readonly List<byte[]> _boundaries = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line that is read next, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>A multipart body begins inside of the one that is being read.</summary>
    public void Push(string boundary) => _boundaries.Add(Encoding.UTF8.GetBytes("--" + boundary));

    public void Pop() => _boundaries.RemoveAt(_boundaries.Count - 1);

    /// <summary>One line of a head.</summary>
    /// <param name="Text">Null at a delimiter, and at the end of the body.</param>
    /// <param name="IsTooLong">No end of the line is in sight.</param>
    public readonly record struct HeadLine(string? Text, Delimiter? Delimiter, bool IsTooLong = false);

    public async ValueTask<HeadLine> LineAsync()
    {
        var length = await LineLengthAsync();
        if (length < 0)
            return _end > _start ? new(null, null, IsTooLong: true) : new(null, null);
        var line = _buffer.AsSpan(_start, length);
        var delimiter = Match(line);
        var text = delimiter is null ? Encoding.UTF8.GetString(line.TrimEnd("\r\n"u8)) : null;
        Consume(length);
        return new(text, delimiter);
    }

    /// <summary>Copies everything up to the next delimiter line.</summary>
    /// <param name="target">Null: it is passed over.</param>
    /// <returns>Null when the body ends first.</returns>
    public async ValueTask<Delimiter?> CopyAsync(Spool? target)
    {
        // The end of the line before: it is a part of what is copied only if no delimiter follows.
        ReadOnlyMemory<byte> lineEnd = default;
        while (true)
        {
            if (!await FillAsync(2))
            {
                if (_end == _start)
                {
                    await AppendAsync(target, lineEnd);
                    return null;
                }
            }
            if (_buffer[_start] == '-' && _end - _start > 1 && _buffer[_start + 1] == '-' && await LineLengthAsync() is var length and > 0
                && Match(_buffer.AsSpan(_start, length)) is { } delimiter)
            {
                Consume(length);
                return delimiter;
            }
            await AppendAsync(target, lineEnd);
            lineEnd = await CopyLineAsync(target);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Copies the rest of a line, and returns its end.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> CopyLineAsync(Spool? target)
    {
        while (true)
        {
            var bytes = _buffer.AsMemory(_start, _end - _start);
            var end = bytes.Span.IndexOf((byte)'\n');
            if (end >= 0)
            {
                var content = end > 0 && bytes.Span[end - 1] == '\r' ? end - 1 : end;
                await AppendAsync(target, bytes[..content]);
                ReadOnlyMemory<byte> lineEnd = content < end ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
                Consume(end + 1);
                return lineEnd;
            }
            // A CR at the end of the buffer may belong to the end of the line.
            var taken = bytes.Length > 0 && bytes.Span[^1] == '\r' && !_isAtEnd ? bytes.Length - 1 : bytes.Length;
            await AppendAsync(target, bytes[..taken]);
            _start += taken;
            if (!await FillAsync(_end - _start + 1) && _start == _end)
                return default;
        }
    }

    private ValueTask AppendAsync(Spool? target, ReadOnlyMemory<byte> bytes) => target?.AppendAsync(bytes, cancellation) ?? ValueTask.CompletedTask;

    /// <summary>RFC 2046: two dashes and the boundary, two more when it closes, and white space that some gateway added.</summary>
    private Delimiter? Match(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("--"u8))
            return null;
        line = line.TrimEnd("\r\n\t "u8);
        for (var depth = _boundaries.Count - 1; depth >= 0; depth--)
            if (line.StartsWith(_boundaries[depth]))
            {
                var rest = line[_boundaries[depth].Length..];
                if (rest.IsEmpty || rest.SequenceEqual("--"u8))
                    return new(depth, !rest.IsEmpty);
            }
        return null;
    }

    /// <summary>The length of the line that begins here, with its end; -1 when there is none, or no end within the longest one that is read.</summary>
    private async ValueTask<int> LineLengthAsync()
    {
        var looked = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (found >= 0)
                return looked + found + 1;
            looked = _end - _start;
            if (looked >= BufferBytes)
                return -1;
            if (!await FillAsync(looked + 1))
                return looked > 0 ? looked : -1;
        }
    }

    private void Consume(int bytes)
    {
        _start += bytes;
        Line++;
    }

    /// <summary>Makes sure that so many bytes are in the buffer; false when the body ends before.</summary>
    private async ValueTask<bool> FillAsync(int wanted)
    {
        while (_end - _start < wanted)
        {
            if (_isAtEnd)
                return false;
            if (_start > 0 && (_start == _end || _start + wanted > _buffer.Length || _end == _buffer.Length))
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            if (_end == _buffer.Length)
                Grow();
            var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _isAtEnd = read == 0;
            _end += read;
        }
        return true;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
