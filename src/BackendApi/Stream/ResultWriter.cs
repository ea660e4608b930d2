using System.Collections;
using System.Globalization;
using System.Text.Json;
using BackendApi.Resources;

namespace BackendApi.Stream;

/// <summary>What an operation has returned, as JSON (JSON Format 7, 17): a CLR value as its type in the EDM is written.</summary>
internal static class ResultWriter
{
    public static void Write(Utf8JsonWriter json, object? value, OperationType type, JsonStyle style)
    {
        if (value is null)
            json.WriteNullValue();
        else if (type.Item is { } item)
        {
            json.WriteStartArray();
            foreach (var member in (IEnumerable)value)
                Write(json, member, item, style);
            json.WriteEndArray();
        }
        else if (type.Complex is { } complex)
        {
            json.WriteStartObject();
            Members(json, value, complex, style);
            json.WriteEndObject();
        }
        else
            Primitive(json, value, style);
    }

    /// <summary>The members of a complex value, inside an object that is open.</summary>
    public static void Members(Utf8JsonWriter json, object value, ComplexShape complex, JsonStyle style)
    {
        foreach (var member in complex.Members)
        {
            var inner = member.Property.GetValue(value);
            if (inner is null && style.OmitNulls)
                continue;
            json.WritePropertyName(member.Name);
            Write(json, inner ?? (member.Type.IsCollection ? Array.Empty<object>() : null), member.Type, style);
        }
    }

    private static void Primitive(Utf8JsonWriter json, object value, JsonStyle style)
    {
        switch (value)
        {
            case bool flag: json.WriteBooleanValue(flag); break;
            case byte or short or int: json.WriteNumberValue(Convert.ToInt32(value, CultureInfo.InvariantCulture)); break;
            case long or decimal when style.Ieee754: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case byte[] bytes when style.StandardBase64: json.WriteBase64StringValue(bytes); break;
            case byte[] bytes: json.WriteStringValue(System.Buffers.Text.Base64Url.EncodeToUtf8(bytes)); break;
            // As the payloads of flags name several members.
            case Enum member: json.WriteStringValue(member.ToString().Replace(", ", ",", StringComparison.Ordinal)); break;
            default: json.WriteStringValue(EntityUrl.Text(value)); break;
        }
    }
}
