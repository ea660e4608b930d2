using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// The functions that SQLite lacks, added to every connection. All are deterministic. Those that normalise a stored value answer null for
/// one that is not of its type, so that it meets no condition.
/// </summary>
internal static class ScalarFunctions
{
    private const int MaxPatterns = 256;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static void Register(SqliteConnection connection)
    {
        Add(connection, "backend_instant", value => Instant(value) is { } instant ? StoredText.Of(instant) : null);
        Add(connection, "backend_date", Date);
        Add(connection, "backend_time", Time);
        Add(connection, "backend_duration", Duration);
        Add(connection, "backend_guid", Guid);
        Add(connection, "backend_boolean", Boolean);
        Add(connection, "backend_bytes", value => value is string digits ? Convert.FromHexString(digits) : null);

        Add(connection, "backend_lower", value => Text(value)?.ToLowerInvariant());
        Add(connection, "backend_upper", value => Text(value)?.ToUpperInvariant());
        Add(connection, "backend_matches", (text, pattern) => text is null || pattern is null ? null : Matches(Text(text)!, Text(pattern)!) ? 1L : 0L);
        Add(connection, "backend_pattern", pattern => Text(pattern) is { } text ? MatchPattern.TryRead(text) : null);

        Add(connection, "backend_subsequence", (whole, part) => whole is string all && part is string some ? IsSubsequence(Numbers(all), Numbers(some)) ? 1L : 0L : null);

        Add(connection, "backend_read", (text, kind) => text is string given && LiteralText.Read(given, Kind(kind)) is { } value ? Types.Stored(value) : null);
        Add(connection, "backend_text", (value, kind) => value is null ? null : Written(value, Kind(kind)));
        Add(connection, "backend_number", (number, kind) => Converted(number, Kind(kind)));

        Add(connection, "backend_add", (left, right) => Exactly(left, right, decimal.Add, (a, b) => a + b));
        Add(connection, "backend_sub", (left, right) => Exactly(left, right, decimal.Subtract, (a, b) => a - b));
        Add(connection, "backend_mul", (left, right) => Exactly(left, right, decimal.Multiply, (a, b) => a * b));
        Add(connection, "backend_div", (left, right) => Exactly(left, right, Divide, (a, b) => a / b));
        Add(connection, "backend_mod", (left, right) => Exactly(left, right, Remainder, (a, b) => a % b));
        Add(connection, "backend_fadd", (left, right) => Roughly(left, right, (a, b) => a + b));
        Add(connection, "backend_fsub", (left, right) => Roughly(left, right, (a, b) => a - b));
        Add(connection, "backend_fmul", (left, right) => Roughly(left, right, (a, b) => a * b));
        Add(connection, "backend_fdiv", (left, right) => Roughly(left, right, (a, b) => b == 0 ? throw DivisionByZero() : a / b));
        Add(connection, "backend_fmod", (left, right) => Roughly(left, right, (a, b) => b == 0 ? throw DivisionByZero() : a % b));
        // SQLite computes in 64 bits, and in real numbers where those do not suffice; the result must fit its type as on every database.
        Add(connection, "backend_int32", value => value is null or (>= (long)int.MinValue and <= int.MaxValue) ? value : throw Overflow());
        Add(connection, "backend_int64", value => value is null or long ? value : throw Overflow());
        Add(connection, "backend_ticks", Ticks);
        Add(connection, "backend_ceiling", value => value is double number ? Math.Ceiling(number) : Number(value));
        Add(connection, "backend_floor", value => value is double number ? Math.Floor(number) : Number(value));
        Add(connection, "backend_round", value => value is double number ? Math.Round(number, MidpointRounding.AwayFromZero) : Number(value));
        Add(connection, "backend_scaled", (value, scale) => Decimal(value) is { } number && scale is long digits and <= 28
            ? Types.Stored(Math.Round(number, (int)digits, MidpointRounding.AwayFromZero))
            : value);
        Add(connection, "backend_rounded", value => Decimal(value) is { } number ? Types.Stored(number) : Number(value));
        // Stands in a CASE in front of a division of integers, which SQLite answers with null.
        Add(connection, "backend_nonzero", value => value is 0L or 0.0 ? throw DivisionByZero() : value);

        Add(connection, "backend_instant_add", (instant, ticks) => Shift(Instant(instant), ticks) is { } sum ? StoredText.Of(sum) : null);
        Add(connection, "backend_instant_sub", (left, right) => Instant(left) - Instant(right) is { } difference ? difference.Ticks : null);
        Add(connection, "backend_date_add", (date, ticks) => Shift(Instant(date), ticks) is { } sum ? StoredText.Of(DateOnly.FromDateTime(sum.UtcDateTime)) : null);
    }

    private static long[] Numbers(string list) => JsonSerializer.Deserialize<long[]>(list)!;

    private static bool IsSubsequence(IReadOnlyList<long> whole, IReadOnlyList<long> part)
    {
        var found = 0;
        foreach (var number in whole)
            found += found < part.Count && part[found] == number ? 1 : 0;
        return found == part.Count;
    }

    private static void Add(SqliteConnection connection, string name, Func<object?, object?> function) =>
        connection.CreateFunction<object?, object?>(name, value => Result(function(value is DBNull ? null : value)), isDeterministic: true);

    private static void Add(SqliteConnection connection, string name, Func<object?, object?, object?> function) =>
        connection.CreateFunction<object?, object?, object?>(
            name, (left, right) => Result(function(left is DBNull ? null : left, right is DBNull ? null : right)), isDeterministic: true);

    /// <summary>SQLite has no NaN: infinity minus infinity is null there too.</summary>
    private static object? Result(object? value) => value is double.NaN ? null : value;

    private static DateTimeOffset? Instant(object? value) => value switch
    {
        string text when StoredText.TryInstant(Encoding.UTF8.GetBytes(text), out var instant) => instant,
        long number when StoredText.TryInstant(number, out var instant) => instant,
        double number when StoredText.TryInstant(number, out var instant) => instant,
        _ => null,
    };

    private static string? Date(object? value) =>
        value is string text && StoredText.TryDate(Encoding.UTF8.GetBytes(text), out var date) ? StoredText.Of(date)
        : Instant(value) is { } instant ? StoredText.Of(DateOnly.FromDateTime(instant.UtcDateTime))
        : null;

    private static string? Time(object? value) =>
        value is string text && StoredText.TryTime(Encoding.UTF8.GetBytes(text), out var time) ? StoredText.Of(time)
        : Instant(value) is { } instant ? StoredText.Of(TimeOnly.FromDateTime(instant.UtcDateTime))
        : null;

    private static object? Duration(object? value) => value switch
    {
        long => value,
        double days when Math.Abs(days) < 1e7 => TimeSpan.FromDays(days).Ticks,
        string text when StoredText.TryDuration(text, out var duration) => duration.Ticks,
        _ => null,
    };

    private static string? Guid(object? value) => value switch
    {
        string text when StoredText.Guid(Encoding.UTF8.GetBytes(text)) is { } guid => StoredText.Of(guid),
        byte[] { Length: 16 } bytes => StoredText.Of(new Guid(bytes)),
        _ => null,
    };

    private static object? Boolean(object? value) => value switch
    {
        long number => number != 0 ? 1L : 0L,
        double number => number != 0 ? 1L : 0L,
        string text => StoredText.Boolean(text) is { } boolean ? boolean ? 1L : 0L : null,
        _ => null,
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static double? Number(object? value) => value switch
    {
        long number => number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static decimal? Decimal(object? value) => value switch
    {
        long number => number,
        double number when StoredText.TryDecimal(number, out var result) => result,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Computes in decimals, so that 0.1 + 0.2 is 0.3; in doubles where a decimal would overflow.</summary>
    private static object? Exactly(object? left, object? right, Func<decimal, decimal, decimal> exact, Func<double, double, double> rough)
    {
        if (Decimal(left) is not { } a || Decimal(right) is not { } b)
            return Number(left) is { } x && Number(right) is { } y ? rough(x, y) : null;
        try
        {
            return Types.Stored(exact(a, b));
        }
        catch (OverflowException)
        {
            return rough((double)a, (double)b);
        }
    }

    private static object? Roughly(object? left, object? right, Func<double, double, double> compute)
    {
        if (Number(left) is not { } a || Number(right) is not { } b)
            return null;
        var result = compute(a, b);
        return double.IsFinite(result) || !double.IsFinite(a) || !double.IsFinite(b) ? result : throw Overflow();
    }

    /// <summary>A duration that was computed: to the microsecond, as PostgreSQL has it.</summary>
    private static object? Ticks(object? value) => value switch
    {
        null or long => value,
        double ticks when Math.Abs(ticks) < long.MaxValue => (long)Math.Round(ticks / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond,
        _ => throw Overflow(),
    };

    private static ValueKind Kind(object? name) => Enum.Parse<ValueKind>((string)name!);

    private static string? Written(object value, ValueKind kind) => kind switch
    {
        ValueKind.Boolean => LiteralText.Write(value is not 0L),
        ValueKind.Decimal => Decimal(value) is { } number ? LiteralText.Write(number) : null,
        ValueKind.Double => Number(value) is { } number ? LiteralText.Write(number) : null,
        ValueKind.Single => Number(value) is { } number ? LiteralText.Write((float)number) : null,
        ValueKind.Duration => value is long ticks ? LiteralText.Write(new TimeSpan(ticks)) : null,
        ValueKind.TimeOfDay => StoredText.TryTime(Encoding.UTF8.GetBytes((string)value), out var time) ? LiteralText.Write(time) : null,
        ValueKind.DateTimeOffset => Instant(value) is { } instant ? LiteralText.Write(instant) : null,
        ValueKind.Binary => LiteralText.Write((byte[])value),
        _ => Text(value),
    };

    /// <summary>A number in another numeric type, rounded half away from zero where that has no fraction; null where it does not fit.</summary>
    private static object? Converted(object? value, ValueKind kind)
    {
        if (kind is ValueKind.Double or ValueKind.Single)
            return Number(value) is not { } real ? null : kind == ValueKind.Double ? real : float.IsFinite((float)real) || !double.IsFinite(real) ? (double)(float)real : null;
        if (kind == ValueKind.Decimal)
            return Decimal(value) is { } number ? Types.Stored(number) : null;
        var whole = value switch
        {
            long number => number,
            double number when Math.Round(number, MidpointRounding.AwayFromZero) is >= long.MinValue and < long.MaxValue and var rounded => (long)rounded,
            _ => (long?)null,
        };
        return kind switch
        {
            ValueKind.Byte => whole is >= byte.MinValue and <= byte.MaxValue ? whole : null,
            ValueKind.Int16 => whole is >= short.MinValue and <= short.MaxValue ? whole : null,
            ValueKind.Int32 => whole is >= int.MinValue and <= int.MaxValue ? whole : null,
            _ => whole,
        };
    }

    private static decimal Divide(decimal left, decimal right) => right == 0 ? throw DivisionByZero() : left / right;

    private static decimal Remainder(decimal left, decimal right) => right == 0 ? throw DivisionByZero() : left % right;

    private static DateTimeOffset? Shift(DateTimeOffset? instant, object? ticks)
    {
        if (instant is not { } start || Number(ticks) is not { } distance)
            return null;
        try
        {
            return start.AddTicks(ticks is long whole ? whole : checked((long)distance));
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw Bad("The sum lies outside of the years 1 to 9999.");
        }
    }

    private static bool Matches(string text, string pattern)
    {
        try
        {
            if (!Patterns.TryGetValue(pattern, out var regex))
            {
                if (Patterns.Count >= MaxPatterns)
                    Patterns.Clear();
                Patterns[pattern] = regex = new Regex(PatternInUtf16.Of(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTime);
            }
            return regex.IsMatch(text);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Bad("The pattern is too large.");
        }
        catch (RegexMatchTimeoutException)
        {
            throw Bad("The pattern takes too long.");
        }
    }

    private static SqliteException DivisionByZero() => Bad("Division by zero.");

    private static SqliteException Overflow() => Bad("The result is outside of the range of its type.");

    /// <summary><see cref="Failures"/> knows the code as <see cref="Failure.BadValue"/>.</summary>
    private static SqliteException Bad(string message) => new(message, raw.SQLITE_MISMATCH);
}
