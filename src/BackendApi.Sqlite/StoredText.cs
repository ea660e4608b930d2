using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml;

namespace BackendApi.Sqlite;

/// <summary>
/// The forms in which SQLite files hold dates, times, durations and identifiers, as text of ISO 8601 and SQLite's own functions. SQLite has
/// no such types: what a column declares is a habit of those who write it.
/// </summary>
internal static class StoredText
{
    /// <summary>The operand form of an instant: fixed width, UTC, so that text order is time order.</summary>
    public const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";
    public const string DateFormat = "yyyy-MM-dd";
    public const string TimeFormat = "HH:mm:ss.fffffff";

    private const long UnixEpochTicks = 621_355_968_000_000_000;
    private const double JulianDayOfYearOne = 1_721_425.5;
    /// <summary>The last second of the year 9999 since 1970; larger integers count milliseconds.</summary>
    private const long MaxUnixSeconds = 253_402_300_799;

    /// <summary>The characters of <see cref="InstantFormat"/>.</summary>
    public const int InstantLength = 28;

    /// <summary>The same as UTF-8, <see cref="InstantLength"/> bytes. "O" writes an instant of UTC in that format, and without reading it.</summary>
    public static void Write(DateTimeOffset instant, Span<byte> utf8) => instant.UtcDateTime.TryFormat(utf8, out _, "O", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string Of(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string Of(TimeOnly time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static string Of(Guid guid) => guid.ToString("D");

    /// <summary>A date, or a date and a time with <c>T</c> or a blank between them, with or without an offset. Without one it is UTC.</summary>
    public static bool TryInstant(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        text = text.Trim((byte)' ');
        if (!TryDatePart(text, out var date))
            return false;
        var ticks = date.ToDateTime(TimeOnly.MinValue).Ticks;
        text = text[10..];
        if (text.Length > 0)
        {
            if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryTimePart(text[1..], out var time, out var read))
                return false;
            ticks += time.Ticks;
            text = text[(1 + read)..].TrimStart((byte)' ');
            if (!TryOffset(text, out var offset))
                return false;
            ticks -= offset * TimeSpan.TicksPerMinute;
        }
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    public static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        if (text.Length == 10)
            return TryDatePart(text, out date);
        var isInstant = TryInstant(text, out var instant);
        date = DateOnly.FromDateTime(instant.UtcDateTime);
        return isInstant;
    }

    public static bool TryTime(ReadOnlySpan<byte> text, out TimeOnly time)
    {
        text = text.Trim((byte)' ');
        if (TryTimePart(text, out time, out var read) && read == text.Length)
            return true;
        var isInstant = TryInstant(text, out var instant);
        time = TimeOnly.FromDateTime(instant.UtcDateTime);
        return isInstant;
    }

    /// <summary>ISO 8601 (<c>P1DT2H</c>) or <c>d.hh:mm:ss.fffffff</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        if (text.Contains('P', StringComparison.Ordinal))
        {
            try
            {
                duration = XmlConvert.ToTimeSpan(text);
                return true;
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                duration = default;
                return false;
            }
        }
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
    }

    /// <summary>An integer is Unix time in seconds, or in milliseconds where seconds would lie behind the year 9999.</summary>
    public static bool TryInstant(long number, out DateTimeOffset instant)
    {
        var inSeconds = Math.Abs(number) <= MaxUnixSeconds;
        var ticks = inSeconds ? UnixEpochTicks + number * TimeSpan.TicksPerSecond
            : Math.Abs(number / 1000) <= MaxUnixSeconds ? UnixEpochTicks + number * TimeSpan.TicksPerMillisecond : -1;
        var isValid = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        instant = isValid ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isValid;
    }

    /// <summary>A real number is a Julian day, as SQLite's date functions take it.</summary>
    public static bool TryInstant(double number, out DateTimeOffset instant)
    {
        // A double holds a Julian day of our time to some 40 µs.
        var milliseconds = Math.Round((number - JulianDayOfYearOne) * 86_400_000);
        var isValid = milliseconds >= 0 && milliseconds <= DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond;
        instant = isValid ? new DateTimeOffset((long)milliseconds * TimeSpan.TicksPerMillisecond, TimeSpan.Zero) : default;
        return isValid;
    }

    public static bool? Boolean(string text) => text.Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" or "T" or "YES" or "Y" or "ON" => true,
        "0" or "FALSE" or "F" or "NO" or "N" or "OFF" or "" => false,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number != 0 : null,
    };

    /// <summary>To the 15 digits that a double holds, so that 19.99 is 19.99.</summary>
    public static bool TryDecimal(double number, out decimal result)
    {
        var isValid = Math.Abs(number) < 7.9e28;
        result = isValid ? (decimal)number : 0;
        return isValid;
    }

    private static bool TryDatePart(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text.Slice(5, 2), out var month) || !TryDigits(text.Slice(8, 2), out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary><c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.f</c> with any number of digits, of which seven count.</summary>
    private static bool TryTimePart(ReadOnlySpan<byte> text, out TimeOnly time, out int read)
    {
        time = default;
        read = 5;
        var second = 0;
        var fraction = 0L;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text.Slice(3, 2), out var minute))
            return false;
        if (text.Length >= 8 && text[5] == ':')
        {
            if (!TryDigits(text.Slice(6, 2), out second))
                return false;
            read = 8;
            if (text.Length > 9 && text[8] == '.')
            {
                var unit = TimeSpan.TicksPerSecond;
                for (read = 9; read < text.Length && text[read] is >= (byte)'0' and <= (byte)'9'; read++)
                    fraction += (text[read] - '0') * (unit /= 10);
            }
        }
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        time = new TimeOnly((hour * 3600L + minute * 60 + second) * TimeSpan.TicksPerSecond + fraction);
        return true;
    }

    /// <summary>Minutes east of UTC: nothing, <c>Z</c>, <c>+hh</c>, <c>+hhmm</c> or <c>+hh:mm</c>.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 0 || text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || !TryDigits(text.Slice(1, 2), out var hours))
            return false;
        var rest = text[3..];
        if (rest.Length > 0 && rest[0] == ':')
            rest = rest[1..];
        var odd = 0;
        if (rest.Length is not (0 or 2) || (rest.Length == 2 && !TryDigits(rest, out odd)))
            return false;
        minutes = (text[0] == '-' ? -1 : 1) * (hours * 60 + odd);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = number * 10 + (digit - '0');
        }
        return true;
    }

    public static Guid? Guid(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        if (Utf8Parser.TryParse(text, out Guid guid, out var read, 'D') && read == text.Length)
            return guid;
        return System.Guid.TryParse(Encoding.UTF8.GetString(text), out guid) ? guid : null;
    }
}
