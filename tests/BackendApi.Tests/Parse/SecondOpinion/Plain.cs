using System.Globalization;
using Microsoft.OData.Edm;

namespace BackendApi.Tests.Parse.SecondOpinion;

/// <summary>
/// The written form in which both parsers' results are compared: without the types of numbers, because ODataLib shows its promotions; with chains of
/// <c>and</c>, <c>or</c> flat, because it leans them to the left; with enumerations as numbers.
/// </summary>
internal static class Plain
{
    public static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        bool boolean => boolean ? "true" : "false",
        byte or short or int or long or decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString("G29", CultureInfo.InvariantCulture),
        double.PositiveInfinity or float.PositiveInfinity => "INF",
        double.NegativeInfinity or float.NegativeInfinity => "-INF",
        double.NaN or float.NaN => "NaN",
        float number => Real(double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        double number => Real(number),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Date date => date.ToString(),
        TimeOnly time => time.Ticks.ToString(CultureInfo.InvariantCulture) + "t",
        TimeOfDay time => time.Ticks.ToString(CultureInfo.InvariantCulture) + "t",
        TimeSpan duration => duration.Ticks.ToString(CultureInfo.InvariantCulture) + "d",
        Guid guid => guid.ToString(),
        byte[] bytes => $"0x{Convert.ToHexString(bytes)}",
        _ => throw new ArgumentException($"A value without a written form: {value.GetType()}"),
    };

    public static string Junction(string name, string left, string right)
    {
        var inner = (string side) => side.StartsWith(name + "{", StringComparison.Ordinal) ? side[(name.Length + 1)..^1] : side;
        return $"{name}{{{inner(left)};{inner(right)}}}";
    }

    /// <param name="members">Names, or the sum of their values.</param>
    public static string Member(IEdmEnumType type, IEnumerable<string> members) => type.Name + members.Sum(member =>
        long.TryParse(member, CultureInfo.InvariantCulture, out var number) ? number : type.Members.Single(known => known.Name == member.Trim()).Value.Value)
        .ToString(CultureInfo.InvariantCulture);

    /// <summary>What stands between the parentheses of an item; nothing when nothing does.</summary>
    public static string Options(IEnumerable<string?> options)
    {
        var given = options.OfType<string>().ToList();
        return given.Count == 0 ? "" : $"({string.Join("; ", given)})";
    }

    /// <summary>In an order of its own: the lists of $select and $expand say nothing by theirs.</summary>
    public static string? Items(string name, IEnumerable<string> items) =>
        string.Join(", ", items.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } text ? $"{name}={text}" : null;

    private static string Real(double number) =>
        Math.Abs(number) < 1e15 ? ((decimal)number).ToString("G29", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
}
