using System.Globalization;
using System.Text.Json;
using System.Xml;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>Values as they stand in an answer.</summary>
internal static class Json
{
    /// <summary>A value by its path, in which casts stand for nothing; null when the path leads nowhere.</summary>
    public static object? Value(Property property, JsonElement row)
    {
        foreach (var name in property.Name.Split('/').Where(name => !name.Contains('.', StringComparison.Ordinal)))
            if (row.ValueKind == JsonValueKind.Null)
                return null;
            else if (property.IsOptional && !row.TryGetProperty(name, out _))
                return null;
            else
                row = row.GetProperty(name);
        return row.ValueKind == JsonValueKind.Null ? null
            : property.Items is { } items ? row.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : Value(items, item)).ToList()
            : Value(property.Kind, row);
    }

    /// <summary>Such that two values are the same when their texts are.</summary>
    public static string Text(Property property, object? value) => $"{property.Name} {value switch
    {
        null => "null",
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        // JSON has one zero only.
        0.0 => "0",
        int or long => Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    }}";

    private static object Value(Kind kind, JsonElement value) => kind switch
    {
        Kind.Boolean => value.GetBoolean(),
        Kind.Int32 or Kind.Int64 => value.GetInt64(),
        Kind.Decimal => value.GetDecimal(),
        Kind.Double => value.GetDouble(),
        Kind.Date => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Kind.TimeOfDay => TimeOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        Kind.DateTimeOffset => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        Kind.Duration => XmlConvert.ToTimeSpan(value.GetString()!),
        Kind.Guid => value.GetGuid(),
        _ => value.GetString()!,
    };
}
