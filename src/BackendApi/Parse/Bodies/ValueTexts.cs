using System.Text.Json;
using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>How values are spoken of to clients: what was expected, what came instead. Never the value itself.</summary>
internal static class ValueTexts
{
    private const int MostNames = 20;
    private const int MostCharacters = 200;

    public static string Expected(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Byte => "a whole number from 0 to 255",
        ValueKind.Int16 => "a whole number from -32768 to 32767",
        ValueKind.Int32 => "a whole number from -2147483648 to 2147483647",
        ValueKind.Int64 => "a whole number from -9223372036854775808 to 9223372036854775807",
        ValueKind.Decimal => "a decimal number of at most 28 digits",
        ValueKind.Double => "a number, or one of the texts \"INF\", \"-INF\" and \"NaN\"",
        ValueKind.Single => "a number within the range of a 32-bit floating-point number, or one of the texts \"INF\", \"-INF\" and \"NaN\"",
        ValueKind.String => "a text",
        ValueKind.Date => "a date as text, such as \"2024-01-31\"",
        ValueKind.TimeOfDay => "a time of day as text, such as \"13:20:00\"",
        ValueKind.DateTimeOffset => "an instant with its offset as text, such as \"2024-01-31T13:20:00Z\"",
        ValueKind.Duration => "a duration of days and time as text, such as \"P1DT2H30M\"",
        ValueKind.Guid => "a UUID as text, such as \"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"",
        ValueKind.Binary => "bytes as base64url or base64 text",
        ValueKind.Json => "JSON, or its text",
        _ => "the name of a member of the enumeration as text",
    };

    public static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>The first of many names, for a sentence.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        var shown = string.Join(", ", names.Take(MostNames).Select(Bounded));
        return names.Count > MostNames ? shown + ", …" : shown;
    }

    public static string Bounded(string text) => text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters), "…");

    public static string Capitalised(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
