using System.Buffers;
using System.Text;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>A delimiter line of a multipart body.</summary>
/// <param name="Depth">Which boundary it is made of: 0 for the outermost.</param>
internal readonly record struct Delimiter(int Depth, bool IsClosing);

/// <param name="Delimiter">Of the kind that is one.</param>
internal readonly record struct HeadLine(HeadLineKind Kind, Delimiter Delimiter = default);

internal enum HeadLineKind
{
    Text,
    Delimiter,
    /// <summary>The body ends.</summary>
    End,
    /// <summary>No end of the line is in sight.</summary>
    TooLong,
}

/// <summary>
/// Takes a multipart body (RFC 2046, 5.1) apart: lines, and what stands between two delimiter lines. A line ends with CRLF or LF; the line end before a
/// delimiter line belongs to it. Reads on as it is asked, and holds one buffer.
/// </summary>
internal sealed class DelimitedReader(Stream source, CancellationToken cancellation) : IDisposable
{
    /// <summary>The longest line of a head: the request line with its URL.</summary>
    private const int BufferBytes = 256 * 1024;

    private static readonly byte[] CrLf = "\r\n"u8.ToArray();
    private static readonly byte[] Lf = "\n"u8.ToArray();

    private readonly List<byte[]> _boundaries = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private (int Start, int Length) _line;
    private bool _isAtEnd;

    /// <summary>The number of the line that is read next, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>A multipart body begins inside of the one that is being read.</summary>
    public void Push(string boundary) => _boundaries.Add(Encoding.UTF8.GetBytes("--" + boundary));

    public void Pop() => _boundaries.RemoveAt(_boundaries.Count - 1);

    /// <summary>Moves on by one line of a head.</summary>
    public ValueTask<HeadLine> LineAsync()
    {
        var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        return end >= 0 ? new(Take(end + 1)) : FarLineAsync();
    }

    /// <summary>The line that <see cref="LineAsync"/> has moved over, without its end; until the reader moves on.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(_line.Start, _line.Length);

    private async ValueTask<HeadLine> FarLineAsync() => await LineLengthAsync() switch
    {
        < 0 => new(_end > _start ? HeadLineKind.TooLong : HeadLineKind.End),
        var length => Take(length),
    };

    private HeadLine Take(int length)
    {
        var line = _buffer.AsSpan(_start, length);
        var delimiter = Match(line);
        _line = (_start, line.TrimEnd("\r\n"u8).Length);
        Consume(length);
        return delimiter is { } found ? new(HeadLineKind.Delimiter, found) : new(HeadLineKind.Text);
    }

    /// <summary>Copies everything up to the next delimiter line.</summary>
    /// <param name="target">Null: it is passed over.</param>
    /// <returns>Null when the body ends first.</returns>
    public async ValueTask<Delimiter?> CopyAsync(Spool? target)
    {
        if (target is not null && OneLine(out var line, out var behind, out var next))
        {
            await AppendAsync(target, line);
            Consume(behind - _start);
            Consume(next.Length);
            return next.Delimiter;
        }
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

    /// <summary>Most bodies are one line, and the delimiter follows: both are in the buffer.</summary>
    /// <param name="behind">Where the line of the delimiter begins.</param>
    private bool OneLine(out ReadOnlyMemory<byte> line, out int behind, out (Delimiter Delimiter, int Length) next)
    {
        (line, behind, next) = (default, 0, default);
        var bytes = _buffer.AsSpan(_start, _end - _start);
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0 || bytes.StartsWith("--"u8))
            return false;
        behind = _start + end + 1;
        var following = bytes[(end + 1)..];
        if (following.IndexOf((byte)'\n') is not (> 0 and var last) || Match(following[..(last + 1)]) is not { } delimiter)
            return false;
        line = _buffer.AsMemory(_start, end > 0 && bytes[end - 1] == '\r' ? end - 1 : end);
        next = (delimiter, last + 1);
        return true;
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
                Consume(end + 1);
                return content < end ? CrLf : Lf;
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
