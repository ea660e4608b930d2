using System.Globalization;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Stream;

/// <summary>
/// Writes a collection of values or of objects, which its column holds as a JSON list. Whoever wrote the column may have put anything there: what is no list is empty,
/// and an item that is not of the type is null.
/// </summary>
internal static class ListWriter
{
    public static void Write(Utf8JsonWriter json, string? stored, PropertyModel property, JsonStyle style)
    {
        json.WriteStartArray();
        if (stored is not null && Parsed(stored) is { } document)
            using (document)
                foreach (var item in document.RootElement.EnumerateArray())
                    if (property.ItemMembers.Count > 0)
                    Write(json, item, property.ItemMembers, style);
                else
                    Write(json, item, property.Items!.Value, style);
        json.WriteEndArray();
    }

    /// <summary>An object has the members that the definition names, and no others.</summary>
    private static void Write(Utf8JsonWriter json, JsonElement item, IReadOnlyList<ItemMember> members, JsonStyle style)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        foreach (var member in members)
        {
            var isThere = item.TryGetProperty(member.Name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (!isThere && style.OmitNulls)
                continue;
            json.WritePropertyName(member.JsonName);
            if (isThere)
                Write(json, value, member.Kind, style);
            else
                json.WriteNullValue();
        }
        json.WriteEndObject();
    }

    private static JsonDocument? Parsed(string stored)
    {
        try
        {
            var document = JsonDocument.Parse(stored);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Text columns hold what they like.
        }
        return null;
    }

    private static void Write(Utf8JsonWriter json, JsonElement item, ValueKind kind, JsonStyle style)
    {
        switch (kind)
        {
            case ValueKind.String when item.ValueKind == JsonValueKind.String:
                json.WriteStringValue(item.GetString());
                break;
            case ValueKind.Boolean when item.ValueKind is JsonValueKind.True or JsonValueKind.False:
                json.WriteBooleanValue(item.GetBoolean());
                break;
            case ValueKind.Int64 when item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number):
                Number(json, number.ToString(CultureInfo.InvariantCulture), style.Ieee754);
                break;
            case ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 when item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && Holds(kind, number):
                json.WriteNumberValue(number);
                break;
            case ValueKind.Decimal when item.ValueKind == JsonValueKind.Number && item.TryGetDecimal(out var number):
                Number(json, number.ToString(CultureInfo.InvariantCulture), style.Ieee754);
                break;
            case ValueKind.Double or ValueKind.Single when item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case ValueKind.Date or ValueKind.TimeOfDay or ValueKind.DateTimeOffset or ValueKind.Duration or ValueKind.Guid
                when item.ValueKind == JsonValueKind.String && TextLiterals.Read(item.GetString()!, kind, out var value) == Fault.None:
                json.WriteStringValue(EntityUrl.Text(value!));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static bool Holds(ValueKind kind, int number) => kind switch
    {
        ValueKind.Byte => number is >= byte.MinValue and <= byte.MaxValue,
        ValueKind.Int16 => number is >= short.MinValue and <= short.MaxValue,
        _ => true,
    };

    private static void Number(Utf8JsonWriter json, string digits, bool asText)
    {
        if (asText)
            json.WriteStringValue(digits);
        else
            json.WriteRawValue(digits);
    }
}
