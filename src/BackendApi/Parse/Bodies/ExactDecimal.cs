using BackendApi.Parse;

namespace BackendApi.Parse.Bodies;

/// <summary>Decimal numbers digit by digit, exponents included: what a decimal cannot hold exactly is refused, never rounded.</summary>
internal static class ExactDecimal
{
    private const int MostScale = 28;
    /// <summary>Far beyond what any decimal has.</summary>
    private const int MostExponent = 1000;

    private static readonly UInt128 Most = (UInt128.One << 96) - 1;

    /// <summary>Digits that are sure to fit the number which collects them.</summary>
    private static readonly UInt128 Roomy = UInt128.MaxValue / 100;

    public static Fault Read(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        var i = 0;
        var isNegative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is (byte)'-' or (byte)'+')
            i++;
        UInt128 digits = 0;
        var exponent = 0;
        var isTooPrecise = false;
        if (!Digits(text, ref i, ref digits, ref exponent, ref isTooPrecise, isFraction: false))
            return Fault.Malformed;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            if (!Digits(text, ref i, ref digits, ref exponent, ref isTooPrecise, isFraction: true))
                return Fault.Malformed;
        }
        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            i++;
            if (!Exponent(text, ref i, out var stated))
                return Fault.Malformed;
            exponent += stated;
        }
        if (i < text.Length)
            return Fault.Malformed;
        return isTooPrecise || !Fits(ref digits, ref exponent) ? Fault.OutOfRange : Make(digits, exponent, isNegative, out value);
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int i, ref UInt128 digits, ref int exponent, ref bool isTooPrecise, bool isFraction)
    {
        var start = i;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            var digit = text[i] - (byte)'0';
            if (digits <= Roomy)
            {
                digits = digits * 10 + (uint)digit;
                exponent -= isFraction ? 1 : 0;
            }
            else
            {
                isTooPrecise |= digit != 0;
                exponent += isFraction ? 0 : 1;
            }
        }
        return i > start;
    }

    private static bool Exponent(ReadOnlySpan<byte> text, ref int i, out int value)
    {
        value = 0;
        var isNegative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is (byte)'-' or (byte)'+')
            i++;
        var start = i;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
            value = Math.Min(value * 10 + text[i] - (byte)'0', MostExponent);
        value = isNegative ? -value : value;
        return i > start;
    }

    /// <summary>Moves the point to where a decimal can have it.</summary>
    private static bool Fits(ref UInt128 digits, ref int exponent)
    {
        if (digits == 0)
        {
            exponent = Math.Clamp(exponent, -MostScale, 0);
            return true;
        }
        for (; exponent > 0; exponent--)
        {
            if (digits > Most)
                return false;
            digits *= 10;
        }
        for (; exponent < 0 && (exponent < -MostScale || digits > Most) && digits % 10 == 0; exponent++)
            digits /= 10;
        return exponent >= -MostScale && digits <= Most;
    }

    private static Fault Make(UInt128 digits, int exponent, bool isNegative, out decimal value)
    {
        value = new((int)(uint)(ulong)digits, (int)(uint)((ulong)digits >> 32), (int)(uint)(digits >> 64), isNegative, (byte)-exponent);
        return Fault.None;
    }
}
