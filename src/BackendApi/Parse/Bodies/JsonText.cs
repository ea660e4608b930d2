using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>The text of JSON columns.</summary>
internal static class JsonText
{
    /// <summary>JSON numbers are any length; PostgreSQL's end at 131,072 digits before the point and 16,383 behind it.</summary>
    private const int MostExponent = 1000;
    private const int MostDigits = 1000;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The property travels as text (Edm.String): a text is the document's. Every other value stands for itself, so that clients need not put JSON into JSON.
    /// </summary>
    public static bool TryRead(JsonElement json, BodyPlace path, Mistakes mistakes, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.String)
        {
            if (!IsStorable(json, path, mistakes))
                return false;
            value = json.GetRawText();
            return true;
        }
        if (!BodyText.TryGet(json, path, mistakes, out var text))
            return false;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (!IsStorable(document.RootElement, path, mistakes))
                return false;
            value = text;
            return true;
        }
        // The latter: half of a surrogate pair in a member's name.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            mistakes.Add(Errors.InvalidValue, "The text is not JSON. An object or a list may stand here itself; a text that is meant as JSON is in quotes twice: \"\\\"text\\\"\".", path);
            return false;
        }
    }

    /// <summary>A list of values, each as OData's JSON writes it.</summary>
    public static string Write(IReadOnlyList<object?> items)
    {
        var buffer = new ArrayBufferWriter<byte>(16 + items.Count * 12);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartArray();
            foreach (var item in items)
                Write(json, item);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object? item)
    {
        switch (item)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case byte number: json.WriteNumberValue(number); break;
            case short number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case float number: json.WriteNumberValue(number); break;
            default: json.WriteStringValue(LiteralText.Write(item)); break;
        }
    }

    /// <summary>Not every database stores U+0000 and half surrogate pairs in a JSON text, nor numbers of any length.</summary>
    private static bool IsStorable(JsonElement json, BodyPlace path, Mistakes mistakes)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return BodyText.TryGet(json, path, mistakes, out _);
            case JsonValueKind.Number when !IsStorable(JsonMarshal.GetRawUtf8Value(json)):
                mistakes.Add(Errors.OutOfRange, $"A number of the JSON has more than {MostDigits} digits, or an exponent beyond {MostExponent}.", path);
                return false;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    if (!IsStorable(item, path, mistakes))
                        return false;
                return true;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                    if (BodyText.Name(member, path, mistakes) is not { } name || !IsStorable(name, path, mistakes) || !IsStorable(member.Value, path, mistakes))
                        return false;
                return true;
            default:
                return true;
        }
    }

    private static bool IsStorable(string name, BodyPlace path, Mistakes mistakes)
    {
        if (!name.Contains('\0', StringComparison.Ordinal))
            return true;
        mistakes.Add(Errors.InvalidValue, "A name in the JSON holds the character U+0000, which not every database can store.", path);
        return false;
    }

    private static bool IsStorable(ReadOnlySpan<byte> number)
    {
        if (number.Length > MostDigits)
            return false;
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        if (e < 0)
            return true;
        var exponent = number[(e + 1)..].TrimStart("+-"u8).TrimStart((byte)'0');
        return exponent.Length <= 4 && (exponent.IsEmpty || int.Parse(exponent, System.Globalization.CultureInfo.InvariantCulture) <= MostExponent);
    }
}
