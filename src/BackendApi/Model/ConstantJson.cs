using System.Text.Json;
using BackendApi.Parse;

namespace BackendApi.Model;

/// <summary>Constants of both descriptions of the service in JSON: numbers exactly as they are, whatever their size.</summary>
internal static class ConstantJson
{
    /// <param name="value">In the CLR type of its kind.</param>
    public static void WriteConstant(this Utf8JsonWriter json, object value)
    {
        if (value is bool flag)
            json.WriteBooleanValue(flag);
        else if (IsNumber(value))
            json.WriteRawValue(LiteralText.Write(value));
        else
            json.WriteStringValue(LiteralText.Write(value));
    }

    /// <summary>Infinity is no number of JSON's.</summary>
    public static bool IsNumber(object value) => value switch
    {
        byte or short or int or long or decimal => true,
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        _ => false,
    };
}
