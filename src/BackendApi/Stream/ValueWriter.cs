using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Xml;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>Writes one column of the current row as a JSON value (JSON Format 7.1), from the driver's buffer to the writer's without boxing.</summary>
internal sealed class ValueWriter(ValueReader values, JsonStyle style)
{
    /// <summary>A member of an object: name and value in one call of the writer wherever it has one, which saves a tenth of the time of a row.</summary>
    public void WriteMember(Utf8JsonWriter json, JsonEncodedText name, PropertyModel property, DbDataReader row, int ordinal)
    {
        switch (property.Kind)
        {
            case ValueKind.Boolean: json.WriteBoolean(name, values.Boolean(row, ordinal)); break;
            case ValueKind.Int16: json.WriteNumber(name, values.Int16(row, ordinal)); break;
            case ValueKind.Int32: json.WriteNumber(name, values.Int32(row, ordinal)); break;
            case ValueKind.Int64 when !style.Ieee754: json.WriteNumber(name, values.Int64(row, ordinal)); break;
            case ValueKind.Decimal when !style.Ieee754:
                json.WriteNumber(name, Scaled(values.Decimal(row, ordinal), property));
                break;
            case ValueKind.String: json.WriteString(name, values.String(row, ordinal)); break;
            case ValueKind.DateTimeOffset:
                Span<byte> text = stackalloc byte[MaxInstantBytes];
                json.WriteString(name, text[..Format(values.DateTimeOffset(row, ordinal), text)]);
                break;
            case ValueKind.Guid: json.WriteString(name, values.Guid(row, ordinal)); break;
            default:
                json.WritePropertyName(name);
                Write(json, property, row, ordinal);
                break;
        }
    }

    public void Write(Utf8JsonWriter json, PropertyModel property, DbDataReader row, int ordinal)
    {
        switch (property.Kind)
        {
            case ValueKind.Boolean: json.WriteBooleanValue(values.Boolean(row, ordinal)); break;
            case ValueKind.Byte: json.WriteNumberValue(values.Byte(row, ordinal)); break;
            case ValueKind.Int16: json.WriteNumberValue(values.Int16(row, ordinal)); break;
            case ValueKind.Int32: json.WriteNumberValue(values.Int32(row, ordinal)); break;
            case ValueKind.Int64: Write(json, values.Int64(row, ordinal)); break;
            case ValueKind.Decimal: Write(json, Scaled(values.Decimal(row, ordinal), property)); break;
            case ValueKind.Double: Write(json, values.Double(row, ordinal)); break;
            case ValueKind.Single: Write(json, values.Single(row, ordinal)); break;
            case ValueKind.String: json.WriteStringValue(values.String(row, ordinal)); break;
            case ValueKind.Date: Write(json, values.Date(row, ordinal)); break;
            case ValueKind.TimeOfDay: Write(json, values.TimeOfDay(row, ordinal)); break;
            case ValueKind.DateTimeOffset: Write(json, values.DateTimeOffset(row, ordinal)); break;
            case ValueKind.Duration: json.WriteStringValue(XmlConvert.ToString(values.Duration(row, ordinal))); break;
            case ValueKind.Guid: json.WriteStringValue(values.Guid(row, ordinal)); break;
            case ValueKind.Binary: Write(json, values.Binary(row, ordinal)); break;
            case ValueKind.Json when property.Items is not null: ListWriter.Write(json, values.Json(row, ordinal), property, style); break;
            case ValueKind.Json when property.Edm.Type.Kind() is null: json.WriteRawValue(values.Json(row, ordinal), skipInputValidation: true); break;
            case ValueKind.Json: json.WriteStringValue(values.Json(row, ordinal)); break;
            case ValueKind.Enum: json.WriteStringValue(MemberName(property, values.String(row, ordinal))); break;
        }
    }

    /// <summary>The name of the member that the column stores as <paramref name="stored"/>; a text that no member stores is shown as it is.</summary>
    public static string MemberName(PropertyModel property, string stored)
    {
        if (property.Members is { } members)
            foreach (var member in members)
                if ((member.Value ?? member.Name) == stored)
                    return member.Name;
        return stored;
    }

    private void Write(Utf8JsonWriter json, long value)
    {
        if (style.Ieee754)
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNumberValue(value);
    }

    /// <summary>As many digits behind the point as the column declares: the same on every database, whatever its driver makes of zeros.</summary>
    internal static decimal Scaled(decimal value, PropertyModel property) =>
        property.Column.Type.Scale is { } scale ? scale > value.Scale ? value + new decimal(0, 0, 0, false, (byte)scale) : value
        : property.IsDynamic ? WithoutZeros(value)
        : value;

    /// <summary>What the database computed has no declared digits: those that are zeros are an accident of the product.</summary>
    private static decimal WithoutZeros(decimal value) => value / 1.0000000000000000000000000000m;

    private void Write(Utf8JsonWriter json, decimal value)
    {
        if (style.Ieee754)
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNumberValue(value);
    }

    private static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
    }

    private static void Write(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            Write(json, (double)value);
    }

    private static void Write(Utf8JsonWriter json, DateOnly value)
    {
        Span<byte> text = stackalloc byte[10];
        value.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    private static void Write(Utf8JsonWriter json, TimeOnly value)
    {
        Span<byte> text = stackalloc byte[16];
        value.TryFormat(text, out var length, value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    private const int MaxInstantBytes = 33;

    private static void Write(Utf8JsonWriter json, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[MaxInstantBytes];
        json.WriteStringValue(text[..Format(value, text)]);
    }

    /// <summary>The instant with its offset, <c>Z</c> for none, and as many fractional digits as it has.</summary>
    private static int Format(DateTimeOffset value, Span<byte> text)
    {
        Utf8Formatter.TryFormat(value, text, out var length, 'O');
        // 2024-01-31T10:20:30.1234567+00:00: the fraction is the last seven of the first 27 characters.
        var end = 27;
        while (text[end - 1] == '0')
            end--;
        if (text[end - 1] == '.')
            end--;
        if (value.Offset == TimeSpan.Zero)
        {
            text[end++] = (byte)'Z';
        }
        else
        {
            text[27..length].CopyTo(text[end..]);
            end += length - 27;
        }
        return end;
    }

    private void Write(Utf8JsonWriter json, byte[] value)
    {
        if (style.StandardBase64)
            json.WriteBase64StringValue(value);
        else
            json.WriteStringValue(Base64Url.EncodeToUtf8(value));
    }
}
