using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>The tokens of a JSON text as it arrives: one buffer of it is in memory, whatever the length of the text.</summary>
internal sealed class JsonTokens(Stream source, int maxDepth, CancellationToken cancellation) : IDisposable
{
    /// <summary>The longest single string. What is longer fits a multipart batch, where bodies have no such form.</summary>
    private const int MaxTokenBytes = 8 * 1024 * 1024;

    /// <summary>The longest text of which the last one is remembered.</summary>
    private const int RecentBytes = 64;

    private readonly string?[] _recent = new string?[64];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private int _tokenStart;
    private bool _isAtEnd;
    private bool _isBegun;
    private JsonReaderState _state = new(new() { MaxDepth = maxDepth });
    private int _depth;

    public JsonTokenType Type { get; private set; }

    /// <summary>Of a name, string or number.</summary>
    public string? Text { get; private set; }

    /// <summary>Moves to the next token; false at the end of the text.</summary>
    /// <exception cref="ServiceException">400: not JSON, with the place.</exception>
    public async ValueTask<bool> NextAsync()
    {
        while (!TryNext())
            if (!await FillAsync())
                return false;
        return true;
    }

    /// <summary>Moves to the end of the value that begins here, and copies its bytes.</summary>
    /// <param name="target">Null: they are passed over.</param>
    public async ValueTask CopyAsync(Spool? target)
    {
        await AppendAsync(target, _tokenStart);
        if (Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = _depth;
        while (true)
        {
            var from = _start;
            var isDone = TryLeave(depth);
            await AppendAsync(target, from);
            if (isDone)
                return;
            await FillAsync();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private ValueTask AppendAsync(Spool? target, int from) => target?.AppendAsync(_buffer.AsMemory(from, _start - from), cancellation) ?? ValueTask.CompletedTask;

    private bool TryNext()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
        try
        {
            if (!reader.Read())
                return false;
            Text = reader.TokenType switch
            {
                JsonTokenType.PropertyName or JsonTokenType.String =>
                    !reader.ValueIsEscaped && reader.ValueSpan.Length <= RecentBytes && Ascii.IsValid(reader.ValueSpan) ? Recent(reader.ValueSpan) : reader.GetString(),
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
        catch (InvalidOperationException)
        {
            throw new ServiceException(Errors.InvalidBody, "The batch holds a string that is not UTF-8, or half of a surrogate pair.");
        }
        Type = reader.TokenType;
        _tokenStart = _start + (int)reader.TokenStartIndex;
        Advance(ref reader);
        return true;
    }

    private bool TryLeave(int depth)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
        var isDone = false;
        try
        {
            while (!isDone && reader.Read())
                isDone = reader.CurrentDepth == depth && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
        Advance(ref reader);
        return isDone;
    }

    /// <summary>The requests of a batch say the same things again and again: a text that has just been there is not made anew.</summary>
    private string Recent(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
            return "";
        ref var recent = ref _recent[(ascii.Length * 31 + ascii[0] * 7 + ascii[^1]) % _recent.Length];
        if (recent is null || !Ascii.Equals(ascii, recent))
            recent = Encoding.ASCII.GetString(ascii);
        return recent;
    }

    private void Advance(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _depth = reader.CurrentDepth;
        _start += (int)reader.BytesConsumed;
    }

    /// <summary>Reads on; false at the end of the text, after the reader was shown that it is the end.</summary>
    private async ValueTask<bool> FillAsync()
    {
        if (_isAtEnd)
            return false;
        // A token that is not complete is looked at again only when it has doubled.
        var held = _end - _start;
        var wanted = Math.Max(held * 2, 1);
        if (held > MaxTokenBytes)
            throw new ServiceException(Errors.LimitExceeded, $"A value of a JSON batch is longer than {MaxTokenBytes / (1024 * 1024)} MB. A multipart batch takes bodies of any length.");
        if (_start > 0)
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
            (_start, _end) = (0, held);
        }
        while (!_isAtEnd && _end < wanted)
        {
            if (_end == _buffer.Length)
                Grow();
            var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _isAtEnd = read == 0;
            _end += read;
        }
        SkipByteOrderMark();
        return true;
    }

    private void SkipByteOrderMark()
    {
        if (!_isBegun && _buffer.AsSpan(0, _end).StartsWith("\ufeff"u8))
            _start = 3;
        _isBegun = true;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>The reader counts lines and bytes from 0, people from 1.</summary>
    private static ServiceException Malformed(JsonException malformed) => new(Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture,
        $"The batch is not valid JSON, is truncated or nests too deep, at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}."));
}
