using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>A collection of values that the request gives, on its way to the database: as JSON, in the form in which columns hold collections.</summary>
internal static class GivenList
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The kind that holds the items of both, the given ones too: a fraction that meets whole numbers stays one.</summary>
    public static ValueKind KindOf(Expression left, Expression right)
    {
        ValueKind? widest = null;
        foreach (var collection in (ReadOnlySpan<Expression>)[left, right])
        {
            if (PrimitiveTypes.ItemOf(collection.Type).Kind() is { } declared)
                widest = Wider(widest, declared);
            foreach (var item in (collection as Expression.List)?.Items ?? [])
                if (item.Type is not null)
                    widest = Wider(widest, item.Type.Kind() ?? throw ExpressionPlanner.NotSupported("a comparison of collections whose items are structures"));
        }
        return widest ?? ValueKind.String;
    }

    public static string Json(Expression.List list)
    {
        var buffer = new ArrayBufferWriter<byte>(16 + list.Items.Count * 12);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var item in list.Items)
                Write(json, item is Expression.Literal literal ? literal.Value : throw ExpressionPlanner.NotSupported("a collection of other items than values"));
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static ValueKind Wider(ValueKind? one, ValueKind other)
    {
        if (one is not { } known || known == other)
            return other;
        if (Functions.NumericRank(known) == 0 || Functions.NumericRank(other) == 0)
            throw new ServiceException(Errors.TypeMismatch, "The items of collections that are compared have more than one type.", "[");
        return Functions.Widens(known, other) ? other : known;
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool boolean: json.WriteBooleanValue(boolean); break;
            case byte or short or int or long: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            // No stored list holds one, and JSON has no numbers for them.
            case double number when !double.IsFinite(number):
            case float single when !float.IsFinite(single): throw ExpressionPlanner.NotSupported("infinities and NaN as items of a collection");
            case double number: json.WriteNumberValue(number); break;
            case float number: json.WriteNumberValue(number); break;
            default: json.WriteStringValue(LiteralText.Write(value)); break;
        }
    }
}
