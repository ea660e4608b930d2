using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BackendApi.Sql;

/// <summary>A list parameter as one JSON array, for databases without arrays.</summary>
public static class JsonList
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Numbers stand as numbers, booleans as 1 and 0, bytes in hexadecimal digits; everything else as its text.</summary>
    /// <param name="stored">Brings a value into the form in which the database compares it; one that equals nothing becomes <see cref="DBNull"/> and is left out.</param>
    public static string Write(IReadOnlyList<object?> values, Func<object, object> stored)
    {
        var buffer = new ArrayBufferWriter<byte>(16 + values.Count * 12);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var value in values)
                if (value is null)
                    json.WriteNullValue();
                else if (stored(value) is not DBNull and var known)
                    WriteValue(json, known);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool boolean: json.WriteNumberValue(boolean ? 1 : 0); break;
            case byte number: json.WriteNumberValue(number); break;
            case short number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            // JSON has no infinity, but databases read a number beyond their range as one.
            case double.PositiveInfinity or float.PositiveInfinity: json.WriteRawValue("1e999"u8, skipInputValidation: true); break;
            case double.NegativeInfinity or float.NegativeInfinity: json.WriteRawValue("-1e999"u8, skipInputValidation: true); break;
            case double number: json.WriteNumberValue(number); break;
            case float number: json.WriteNumberValue(number); break;
            case byte[] bytes: json.WriteStringValue(Convert.ToHexString(bytes)); break;
            case string text: json.WriteStringValue(text); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
