using System.Buffers;
using System.Globalization;
using BackendApi.Model;

namespace BackendApi.Parse;

/// <summary>What is wrong with the text of a literal.</summary>
internal enum Fault
{
    None,
    /// <summary>It does not have the form that its type asks for.</summary>
    Malformed,
    /// <summary>It has the form, but no value of the type is meant by it.</summary>
    OutOfRange,
}

/// <summary>
/// The primitive literals of the ABNF without their prefixes and quotes. A <c>Scan</c> method reads at an index and moves it behind what it
/// has read; <see cref="Read"/> takes a whole text.
/// </summary>
internal static class TextLiterals
{
    /// <summary>Reads a whole text as a value of a kind, in the CLR type that the kind names.</summary>
    public static Fault Read(ReadOnlySpan<char> text, ValueKind kind, out object? value)
    {
        var i = 0;
        value = null;
        Fault fault;
        switch (kind)
        {
            case ValueKind.String or ValueKind.Json or ValueKind.Enum:
                value = text.ToString();
                return Fault.None;
            case ValueKind.Boolean:
                value = text.Equals("true", StringComparison.OrdinalIgnoreCase) ? true : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : null;
                return value is null ? Fault.Malformed : Fault.None;
            case ValueKind.Guid:
                if (!Guid.TryParseExact(text, "D", out var guid))
                    return Fault.Malformed;
                value = guid;
                return Fault.None;
            case ValueKind.Binary:
                value = Binary(text);
                return value is null ? Fault.Malformed : Fault.None;
            case ValueKind.Date:
                fault = ScanDate(text, ref i, out var date);
                value = date;
                break;
            case ValueKind.TimeOfDay:
                fault = ScanTimeOfDay(text, ref i, out var time);
                value = time;
                break;
            case ValueKind.DateTimeOffset:
                fault = ScanDateTimeOffset(text, ref i, out var instant);
                value = instant;
                if (fault == Fault.Malformed && ScanDate(text, ref i, out var day) == Fault.None)
                    (fault, value) = (Fault.None, Midnight(day));
                break;
            case ValueKind.Duration:
                fault = ScanDuration(text, ref i, out var duration);
                value = duration;
                break;
            default:
                fault = ScanNumber(text, ref i, out var number);
                value = fault == Fault.None ? Numbers.To(number!, kind) : null;
                if (fault == Fault.None && i == text.Length && value is null)
                    return Fault.OutOfRange;
                break;
        }
        if (fault == Fault.None && i < text.Length)
            fault = Fault.Malformed;
        if (fault != Fault.None)
            value = null;
        return fault;
    }

    /// <summary>A number as Int32, Int64, Decimal or Double, the first that holds it; with an exponent always as Double.</summary>
    public static Fault ScanNumber(ReadOnlySpan<char> text, ref int i, out object? value)
    {
        value = null;
        var start = i;
        var j = i;
        if (j < text.Length && text[j] is '-' or '+')
            j++;
        if (text[j..].StartsWith("INF", StringComparison.Ordinal))
        {
            value = text[start] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            i = j + 3;
            return Fault.None;
        }
        if (j == start && text[j..].StartsWith("NaN", StringComparison.Ordinal))
        {
            value = double.NaN;
            i = j + 3;
            return Fault.None;
        }

        var digits = Digits(text, ref j);
        if (digits == 0)
            return Fault.Malformed;
        var isWhole = true;
        var hasExponent = false;
        if (j + 1 < text.Length && text[j] == '.' && char.IsAsciiDigit(text[j + 1]))
        {
            j++;
            Digits(text, ref j);
            isWhole = false;
        }
        if (j < text.Length && text[j] is 'e' or 'E')
        {
            var k = j + 1;
            if (k < text.Length && text[k] is '-' or '+')
                k++;
            if (Digits(text, ref k) > 0)
            {
                j = k;
                hasExponent = true;
            }
        }
        i = j;
        var number = text[start..j];
        if (isWhole && !hasExponent && digits <= 19 && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            value = whole is >= int.MinValue and <= int.MaxValue ? (object)(int)whole : whole;
            return Fault.None;
        }
        if (!hasExponent && decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact))
        {
            value = exact;
            return Fault.None;
        }
        var approximate = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(approximate))
            return Fault.OutOfRange;
        value = approximate;
        return Fault.None;
    }

    public static Fault ScanDate(ReadOnlySpan<char> text, ref int i, out DateOnly value)
    {
        value = default;
        var j = i;
        var isNegative = j < text.Length && text[j] == '-';
        if (isNegative)
            j++;
        var yearStart = j;
        var yearDigits = Digits(text, ref j);
        if (yearDigits < 4 || yearDigits > 4 && text[yearStart] == '0')
            return Fault.Malformed;
        if (!Take(text, ref j, '-') || !TwoDigits(text, ref j, out var month) || !Take(text, ref j, '-') || !TwoDigits(text, ref j, out var day))
            return Fault.Malformed;
        i = j;
        if (isNegative || yearDigits > 4)
            return Fault.OutOfRange;
        var year = Number(text.Slice(yearStart, 4));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return Fault.OutOfRange;
        value = new DateOnly(year, month, day);
        return Fault.None;
    }

    public static Fault ScanTimeOfDay(ReadOnlySpan<char> text, ref int i, out TimeOnly value)
    {
        value = default;
        var fault = ScanClock(text, ref i, out var ticks);
        if (fault == Fault.None)
            value = new TimeOnly(ticks);
        return fault;
    }

    /// <summary>A date, <c>T</c>, a time of day and <c>Z</c> or an offset of up to 14 hours; kept in UTC.</summary>
    public static Fault ScanDateTimeOffset(ReadOnlySpan<char> text, ref int i, out DateTimeOffset value)
    {
        value = default;
        var j = i;
        var dateFault = ScanDate(text, ref j, out var date);
        if (dateFault == Fault.Malformed || j >= text.Length || text[j] is not ('T' or 't'))
            return Fault.Malformed;
        j++;
        var clockFault = ScanClock(text, ref j, out var ticks);
        if (clockFault == Fault.Malformed || j >= text.Length)
            return Fault.Malformed;
        var offset = 0;
        var sign = text[j++];
        if (sign is '+' or '-')
        {
            if (!TwoDigits(text, ref j, out var hours) || !Take(text, ref j, ':') || !TwoDigits(text, ref j, out var minutes) || minutes > 59)
                return Fault.Malformed;
            offset = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
        }
        else if (sign is not ('Z' or 'z'))
            return Fault.Malformed;

        i = j;
        if (dateFault != Fault.None || clockFault != Fault.None || offset is < -840 or > 840)
            return Fault.OutOfRange;
        var utc = date.DayNumber * TimeSpan.TicksPerDay + ticks - offset * TimeSpan.TicksPerMinute;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
            return Fault.OutOfRange;
        value = new DateTimeOffset(utc, TimeSpan.Zero);
        return Fault.None;
    }

    /// <summary>Days and time, such as <c>P1DT2H30M0.5S</c>; years and months have no fixed length and are refused.</summary>
    public static Fault ScanDuration(ReadOnlySpan<char> text, ref int i, out TimeSpan value)
    {
        value = default;
        var j = i;
        var isNegative = j < text.Length && text[j] == '-';
        if (isNegative || j < text.Length && text[j] == '+')
            j++;
        if (!Take(text, ref j, 'P'))
            return Fault.Malformed;

        decimal ticks = 0;
        var isTime = false;
        var rank = 0;
        var fault = Fault.None;
        while (j < text.Length)
        {
            if (!isTime && text[j] == 'T')
            {
                isTime = true;
                rank = 1;
                j++;
                continue;
            }
            var start = j;
            var digits = Digits(text, ref j);
            var hasFraction = digits > 0 && j < text.Length && text[j] == '.';
            if (hasFraction)
            {
                j++;
                if (Digits(text, ref j) == 0)
                    return Fault.Malformed;
            }
            if (digits == 0)
            {
                j = start;
                break;
            }
            var number = text[start..j];
            var unit = j < text.Length ? text[j++] : '\0';
            var (unitRank, unitTicks) = (unit, isTime) switch
            {
                ('D', false) => (1, TimeSpan.TicksPerDay),
                ('H', true) => (2, TimeSpan.TicksPerHour),
                ('M', true) => (3, TimeSpan.TicksPerMinute),
                ('S', true) => (4, TimeSpan.TicksPerSecond),
                _ => (0, 0L),
            };
            if (unitRank <= rank || hasFraction && unit != 'S')
                return Fault.Malformed;
            rank = unitRank;
            if (digits > 16)
                fault = Fault.OutOfRange;
            else
                ticks += decimal.Truncate(decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * unitTicks);
        }
        if (rank == 0 || isTime && rank == 1)
            return Fault.Malformed;
        i = j;
        if (fault != Fault.None || ticks > long.MaxValue)
            return Fault.OutOfRange;
        value = new TimeSpan((long)(isNegative ? -ticks : ticks));
        return Fault.None;
    }

    /// <summary>base64url as the ABNF has it, or standard base64, with or without padding; null when it is neither.</summary>
    public static byte[]? Binary(ReadOnlySpan<char> text)
    {
        var length = text.TrimEnd('=').Length;
        if (text.Length - length > 2 || length % 4 == 1)
            return null;
        var rented = ArrayPool<char>.Shared.Rent(length + 3);
        try
        {
            for (var i = 0; i < length; i++)
            {
                var c = text[i];
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '+' or '/'))
                    return null;
                rented[i] = c == '-' ? '+' : c == '_' ? '/' : c;
            }
            var padded = (length + 3) / 4 * 4;
            rented.AsSpan(length, padded - length).Fill('=');
            var bytes = new byte[length * 3 / 4];
            return Convert.TryFromBase64Chars(rented.AsSpan(0, padded), bytes, out var written) && written == bytes.Length ? bytes : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    public static DateTimeOffset Midnight(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Hours and minutes, seconds and up to twelve digits of a fraction if they are given; what a tick cannot hold is cut off.</summary>
    private static Fault ScanClock(ReadOnlySpan<char> text, ref int i, out long ticks)
    {
        ticks = 0;
        var j = i;
        var second = 0;
        long fraction = 0;
        if (!TwoDigits(text, ref j, out var hour) || !Take(text, ref j, ':') || !TwoDigits(text, ref j, out var minute))
            return Fault.Malformed;
        if (Take(text, ref j, ':'))
        {
            if (!TwoDigits(text, ref j, out second))
                return Fault.Malformed;
            if (Take(text, ref j, '.'))
            {
                var start = j;
                var digits = Digits(text, ref j);
                if (digits is 0 or > 12)
                    return Fault.Malformed;
                fraction = Number(text.Slice(start, Math.Min(digits, 7)));
                for (var k = digits; k < 7; k++)
                    fraction *= 10;
            }
        }
        i = j;
        if (hour > 23 || minute > 59 || second > 59)
            return Fault.OutOfRange;
        ticks = ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond + fraction;
        return Fault.None;
    }

    private static int Digits(ReadOnlySpan<char> text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - start;
    }

    private static bool TwoDigits(ReadOnlySpan<char> text, ref int i, out int value)
    {
        value = 0;
        if (i + 1 >= text.Length || !char.IsAsciiDigit(text[i]) || !char.IsAsciiDigit(text[i + 1]))
            return false;
        value = (text[i] - '0') * 10 + text[i + 1] - '0';
        i += 2;
        return true;
    }

    private static bool Take(ReadOnlySpan<char> text, ref int i, char expected)
    {
        if (i >= text.Length || text[i] != expected)
            return false;
        i++;
        return true;
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
            value = value * 10 + digit - '0';
        return value;
    }
}
