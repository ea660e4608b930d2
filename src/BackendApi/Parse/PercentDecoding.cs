using System.Buffers;
using System.Text;
using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary>Percent-decoding (RFC 3986, 2.1) of one path segment, option name or option value. What comes out is well-formed text without NUL.</summary>
internal static class PercentDecoding
{
    private static readonly SearchValues<char> Encoded = SearchValues.Create("%+");

    /// <summary>Refuses what no URL holds: NUL, and halves of surrogate pairs.</summary>
    public static void CheckCharacters(string raw, string option)
    {
        if (raw.Contains('\0'))
            throw ParseError.At(Errors.MalformedUrl, "A NUL character is not allowed", raw, raw.IndexOf('\0'), option);
        for (var i = raw.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < raw.Length; i++)
        {
            if (!char.IsSurrogate(raw[i]))
                continue;
            if (!char.IsHighSurrogate(raw[i]) || i + 1 == raw.Length || !char.IsLowSurrogate(raw[i + 1]))
                throw ParseError.At(Errors.MalformedUrl, "Half of a surrogate pair", raw, i, option);
            i++;
        }
    }

    public static string PathSegment(ReadOnlySpan<char> raw) =>
        raw.Contains('%') ? Decode(raw, "the path", plusIsBlank: false) : raw.ToString();

    /// <summary>
    /// In a query <c>+</c> is a blank, unless it leads the offset of a date and time: clients send <c>T00:00:00+01:00</c> as it is.
    /// </summary>
    public static string QueryPart(ReadOnlySpan<char> raw, string option) =>
        raw.ContainsAny(Encoded) ? Decode(raw, option, plusIsBlank: true) : raw.ToString();

    private static string Decode(ReadOnlySpan<char> raw, string option, bool plusIsBlank)
    {
        char[]? rented = null;
        var text = raw.Length <= 512 ? stackalloc char[512] : (rented = ArrayPool<char>.Shared.Rent(raw.Length));
        var length = 0;
        try
        {
            for (var i = 0; i < raw.Length;)
            {
                var c = raw[i];
                if (c == '%')
                    i += Character(raw, i, option, text, ref length);
                else
                {
                    text[length] = c == '+' && plusIsBlank && !LeadsOffset(text[..length], raw[(i + 1)..]) ? ' ' : c;
                    length++;
                    i++;
                }
            }
            return text[..length].ToString();
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>Decodes one character, of up to four bytes, and returns the number of characters that it took in the URL.</summary>
    private static int Character(ReadOnlySpan<char> raw, int start, string option, Span<char> text, ref int length)
    {
        var first = Byte(raw, start, option);
        if (first is > 0 and < 0x80)
        {
            text[length++] = (char)first;
            return 3;
        }
        if (first == 0)
            throw ParseError.At(Errors.MalformedUrl, "A NUL character is not allowed", raw.ToString(), start, option);

        Span<byte> bytes = stackalloc byte[4];
        bytes[0] = (byte)first;
        var count = 1;
        for (var i = start + 3; count < 4 && i < raw.Length && raw[i] == '%'; i += 3)
            bytes[count++] = (byte)Byte(raw, i, option);
        if (Rune.DecodeFromUtf8(bytes[..count], out var rune, out var consumed) != OperationStatus.Done)
            throw ParseError.At(Errors.MalformedUrl, "The percent-encoded bytes are not UTF-8", raw.ToString(), start, option);
        length += rune.EncodeToUtf16(text[length..]);
        return consumed * 3;
    }

    private static int Byte(ReadOnlySpan<char> raw, int at, string option)
    {
        if (at + 2 < raw.Length && char.IsAsciiHexDigit(raw[at + 1]) && char.IsAsciiHexDigit(raw[at + 2]))
            return Hex(raw[at + 1]) << 4 | Hex(raw[at + 2]);
        throw ParseError.At(Errors.MalformedUrl, "Expected two hexadecimal digits after '%'", raw.ToString(), at, option);
    }

    private static int Hex(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>Behind a time of day that belongs to a date, and before hours and minutes.</summary>
    private static bool LeadsOffset(ReadOnlySpan<char> before, ReadOnlySpan<char> behind)
    {
        if (behind.Length < 5 || !char.IsAsciiDigit(behind[0]) || !char.IsAsciiDigit(behind[1]))
            return false;
        if (behind[2] != ':' && !behind[2..].StartsWith("%3A", StringComparison.OrdinalIgnoreCase))
            return false;
        var i = before.Length - 1;
        while (i >= 0 && (char.IsAsciiDigit(before[i]) || before[i] is ':' or '.'))
            i--;
        return i > 0 && i < before.Length - 1 && before[i] is 'T' or 't' && char.IsAsciiDigit(before[i - 1]);
    }
}
