using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackendApi.Model;

namespace BackendApi.Sql.Audit;

/// <summary>Values as the audit log shows them. Bytes are shown by their length and hash: the log is no copy of documents and pictures.</summary>
internal static class AuditJson
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Masked = "***";

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case byte or short or long: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            case DateTimeOffset instant: json.WriteStringValue(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: Write(json, Fingerprint.Of(bytes)); break;
            case Fingerprint print:
                json.WriteStartObject();
                json.WriteNumber("length", print.Length);
                json.WriteString("sha256", print.Sha256);
                json.WriteEndObject();
                break;
            case Resources.EntityKey entity: Write(json, entity.Values); break;
            case Resources.BoundEntity bound: json.WriteStringValue($"{bound.Set.Name}({AuditTrail.KeyText(bound.Set, bound.Key)})"); break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case DateOnly or TimeOnly or TimeSpan or Guid or Enum or float or double: json.WriteStringValue(Stream.EntityUrl.Text(value)); break;
            default: JsonSerializer.Serialize(json, value, value.GetType()); break;
        }
    }

    /// <summary>A list of one change, or a part of it, as text.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>Stands for bytes.</summary>
/// <param name="Sha256">In hexadecimal digits.</param>
internal sealed record Fingerprint(long Length, string Sha256)
{
    public static Fingerprint Of(ReadOnlySpan<byte> bytes) => new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public static async ValueTask<Fingerprint> OfAsync(System.IO.Stream content, CancellationToken cancellation) =>
        new(content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)));
}
