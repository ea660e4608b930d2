using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BackendApi.Sql;

/// <summary>
/// The content of one row as bytes: the same for the same values, others as soon as one value differs; a null is no empty value. Reused from
/// row to row, by one thread.
/// </summary>
public sealed class RowContent
{
    private const int DigestLength = 16;

    /// <summary>A value that is longer takes part with its own digest, so that the buffer stays small.</summary>
    private const int LongestInFull = 2048;

    private byte[] _bytes = new byte[1024];
    private int _length;

    private enum Mark : byte { Null, Number, Real, Text, Bytes, LongText, LongBytes, Unreadable }

    public void AddNull() => Add(Mark.Null, 0);

    /// <summary>Something is stored that has no value of its column's type; what exactly makes no difference.</summary>
    public void AddUnreadable() => Add(Mark.Unreadable, 0);

    public void Add(long number) => BinaryPrimitives.WriteInt64LittleEndian(Add(Mark.Number, sizeof(long)), number);

    public void Add(double number) => BinaryPrimitives.WriteDoubleLittleEndian(Add(Mark.Real, sizeof(double)), number);

    public void AddText(ReadOnlySpan<char> text) => Add(Mark.Text, Mark.LongText, MemoryMarshal.AsBytes(text));

    /// <param name="text">In the encoding of the database: a row is compared only with itself.</param>
    public void AddText(ReadOnlySpan<byte> text) => Add(Mark.Text, Mark.LongText, text);

    public void AddBytes(ReadOnlySpan<byte> bytes) => Add(Mark.Bytes, Mark.LongBytes, bytes);

    /// <summary>
    /// What was added, in base64url: itself where it is short, else half of its SHA-256; and begins anew. It has to be a cryptographic digest: a
    /// client that approves what it read must not approve what another has stored since, however cunningly that was made up.
    /// </summary>
    public string Complete()
    {
        var content = _bytes.AsSpan(0, _length);
        _length = 0;
        if (content.Length <= DigestLength)
            return Base64Url.EncodeToString(content);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return Base64Url.EncodeToString(digest[..DigestLength]);
    }

    private void Add(Mark mark, Mark longMark, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestInFull)
        {
            SHA256.HashData(value, Add(longMark, SHA256.HashSizeInBytes));
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
