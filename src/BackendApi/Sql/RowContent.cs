using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>
/// The content of one row as bytes: the same for the same values, others as soon as one value differs; a null is no empty value. Reused from
/// row to row, by one thread.
/// </summary>
public sealed class RowContent
{
    /// <summary>A value that is longer takes part with a hash of its own, so that the buffer stays small.</summary>
    private const int LongestInFull = 2048;

    private byte[] _bytes = new byte[1024];
    private int _length;
    private SipHash? _hash;

    private enum Mark : byte { Null, Number, Real, Text, Bytes, LongText, LongBytes, Unreadable }

    /// <summary>Forgets the row before, also one that was not completed.</summary>
    public void Begin(SipHash hash) => (_hash, _length) = (hash, 0);

    public void AddNull() => Add(Mark.Null, 0);

    /// <summary>Something is stored that has no value of its column's type; what exactly makes no difference.</summary>
    public void AddUnreadable() => Add(Mark.Unreadable, 0);

    public void Add(long number) => BinaryPrimitives.WriteInt64LittleEndian(Add(Mark.Number, sizeof(long)), number);

    public void Add(double number) => BinaryPrimitives.WriteDoubleLittleEndian(Add(Mark.Real, sizeof(double)), number);

    public void AddText(ReadOnlySpan<char> text) => Add(Mark.Text, Mark.LongText, MemoryMarshal.AsBytes(text));

    /// <param name="text">In the encoding of the database: a row is compared only with itself.</param>
    public void AddText(ReadOnlySpan<byte> text) => Add(Mark.Text, Mark.LongText, text);

    public void AddBytes(ReadOnlySpan<byte> bytes) => Add(Mark.Bytes, Mark.LongBytes, bytes);

    /// <summary>The hash of what was added, in base64url.</summary>
    public string Complete()
    {
        Span<byte> all = stackalloc byte[SipHash.Length];
        _hash!.Hash(_bytes.AsSpan(0, _length), all);
        return Base64Url.EncodeToString(all);
    }

    private void Add(Mark mark, Mark longMark, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestInFull)
        {
            _hash!.Hash(value, Add(longMark, SipHash.Length));
            return;
        }
        var target = Add(mark, sizeof(int) + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target, value.Length);
        value.CopyTo(target[sizeof(int)..]);
    }

    private Span<byte> Add(Mark mark, int length)
    {
        if (_bytes.Length < _length + 1 + length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + 1 + length));
        _bytes[_length++] = (byte)mark;
        _length += length;
        return _bytes.AsSpan(_length - length, length);
    }
}
