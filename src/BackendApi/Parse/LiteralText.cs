using System.Globalization;
using System.Xml;
using BackendApi.Model;

namespace BackendApi.Parse;

/// <summary>Values as payloads write them, without quotes: what <c>cast</c> makes of a value for Edm.String, and out of a text.</summary>
public static class LiteralText
{
    /// <summary>The value of a text in the CLR type of the kind; null when it is none.</summary>
    public static object? Read(string text, ValueKind kind) => TextLiterals.Read(text, kind, out var value) == Fault.None ? value : null;

    public static string Write(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        double number => Write(number),
        // Its own digits, not those of the double beside it.
        float number => Write(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan duration => XmlConvert.ToString(duration),
        byte[] bytes => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Write(double number) =>
        double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : double.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF";
}
