using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>
/// The key of a row as the change log holds it: a JSON object with a member for each column. The product writes it in one form; triggers write what the
/// database's own JSON functions make of a value, so more forms are read.
/// </summary>
public static class RowKey
{
    /// <summary>Before the hexadecimal digits of bytes, where a trigger met bytes in the place of a text.</summary>
    public const string BytesMark = @"\x";

    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="values">In the CLR types that the kinds of the columns have.</param>
    public static string Write(IReadOnlyList<ColumnSchema> columns, IReadOnlyList<object> values)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                json.WritePropertyName(columns[i].Name);
                Write(json, values[i]);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The values in the order of the columns; null when the text is not the key of a row by these columns.</summary>
    public static IReadOnlyList<object>? Read(IReadOnlyList<ColumnSchema> columns, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var values = new object[columns.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = Read(columns[i].Type.Kind, document.RootElement.GetProperty(columns[i].Name));
            return values;
        }
        catch (Exception failure) when (failure is JsonException or FormatException or OverflowException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag: json.WriteBooleanValue(flag); break;
            case byte or short or int or long: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            case Guid guid: json.WriteStringValue(guid); break;
            case DateOnly date: json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset instant: json.WriteStringValue(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)); break;
            case TimeSpan duration: json.WriteNumberValue(duration.Ticks); break;
            default: throw new ArgumentException($"A {value?.GetType().Name ?? "null"} is no part of a key.");
        }
    }

    private static object Read(ValueKind kind, JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            _ => throw new FormatException(),
        };
        return kind switch
        {
            ValueKind.Boolean => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) != 0,
            ValueKind.Byte => byte.Parse(text, CultureInfo.InvariantCulture),
            ValueKind.Int16 => short.Parse(text, CultureInfo.InvariantCulture),
            ValueKind.Int32 => int.Parse(text, CultureInfo.InvariantCulture),
            ValueKind.Int64 => long.Parse(text, CultureInfo.InvariantCulture),
            ValueKind.Decimal => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            ValueKind.Date => DateOnly.ParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            ValueKind.TimeOfDay => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
            ValueKind.DateTimeOffset => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            ValueKind.Duration => new TimeSpan(long.Parse(text, CultureInfo.InvariantCulture)),
            ValueKind.Guid => text.StartsWith(BytesMark, StringComparison.Ordinal) ? new Guid(Convert.FromHexString(text.AsSpan(BytesMark.Length))) : Guid.Parse(text),
            ValueKind.String or ValueKind.Enum => text,
            _ => throw new FormatException(),
        };
    }
}
