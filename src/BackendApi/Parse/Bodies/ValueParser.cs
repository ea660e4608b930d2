using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.Bodies;

/// <summary>
/// JSON values as values of a property's type (JSON Format 4.01, 7.1). What is not one is a mistake that says what is expected; then the answer is false.
/// </summary>
/// <param name="ieee754">Numbers can be texts (<c>IEEE754Compatible=true</c>).</param>
internal sealed class ValueParser(Mistakes mistakes, BodyDialect dialect, bool ieee754)
{
    /// <summary>Of a date, an instant, a duration or a GUID; there are longer ones, which cost a little more.</summary>
    private const int MostLiteral = 64;

    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The same, for a question whose answer may be no.</summary>
    public ValueParser Silent => field ??= new(new(), dialect, ieee754);

    /// <summary>A value of the property: of its type, with the steps of its field applied, and within its rules.</summary>
    public bool TryRead(JsonElement json, BodyField field, BodyPlace path, out object? value)
    {
        if (!TryBind(json, field.Property, field, path, out value))
            return false;
        if (value is string text && field.Property.Kind == ValueKind.String && field.Steps.Count > 0)
            value = TextSteps.Apply(field.Steps, text);
        return value is null || FieldChecks.Hold(field, value, path, mistakes);
    }

    /// <summary>A value of another property's type, which is to be looked up: a text has the steps of the field applied.</summary>
    public bool TryReadLookup(JsonElement json, BodyField field, LookupModel lookup, BodyPlace path, out object value)
    {
        value = "";
        if (!TryBind(json, lookup.By, null, path, out var bound))
            return false;
        value = bound is string text && lookup.By.Kind == ValueKind.String ? TextSteps.Apply(field.Steps, text) : bound!;
        return true;
    }

    private bool TryBind(JsonElement json, PropertyModel property, BodyField? field, BodyPlace path, out object? value)
    {
        value = null;
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (field is { IsNullAllowed: true } or { Default: not null })
                return true;
            mistakes.Add(Errors.RequiredMissing, property.Items is null ? BodyField.NullRefused : "A collection is never null: [] stands for an empty one.", path);
            return false;
        }
        if (property.Items is { } items)
            return TryReadList(json, items, path, out value);
        if (property.Kind == ValueKind.Json)
            return JsonText.TryRead(json, path, mistakes, out value);
        if (!TryReadScalar(json, property.Kind, property.Edm.Type, path, out value))
            return false;
        if (value is EnumValue members)
            value = Stored(property, members);
        else if (field is { FractionalDigits: < 7 and var digits })
            value = value switch
            {
                DateTimeOffset instant when Cut(instant.Ticks, digits) is var ticks && ticks != instant.Ticks => new DateTimeOffset(ticks, instant.Offset),
                TimeOnly time when Cut(time.Ticks, digits) is var ticks && ticks != time.Ticks => new TimeOnly(ticks),
                _ => value,
            };
        return true;
    }

    /// <summary>The texts that the column holds, in the order of the members.</summary>
    public static string Stored(PropertyModel property, EnumValue value) =>
        string.Join(',', value.Members.Select(member => property.Members?.FirstOrDefault(known => known.Name == member)?.Value ?? member));

    /// <summary>Every database would do something else with digits that its column cannot hold.</summary>
    private static long Cut(long ticks, int digits)
    {
        var unit = TimeSpan.TicksPerSecond;
        for (var i = 0; i < digits; i++)
            unit /= 10;
        return ticks - ticks % unit;
    }

    /// <summary>A value of a primitive or enumeration type that is not null; one of an enumeration is an <see cref="EnumValue"/>.</summary>
    public bool TryReadScalar(JsonElement json, ValueKind kind, IEdmTypeReference? type, BodyPlace path, out object? value)
    {
        value = null;
        switch (kind)
        {
            case ValueKind.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False:
                value = Boxed.Of(json.ValueKind == JsonValueKind.True);
                return true;
            // The dialect's own clients come from a language where true is 1.
            case ValueKind.Boolean when dialect == BodyDialect.DataExchange && json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var bit) && bit is 0 or 1:
                value = Boxed.Of(bit == 1);
                return true;
            case ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64 or ValueKind.Decimal or ValueKind.Double or ValueKind.Single:
                return TryReadNumber(json, kind, path, out value);
        }
        if (kind == ValueKind.Boolean || json.ValueKind != JsonValueKind.String)
        {
            Mismatch(json, kind, type, path);
            return false;
        }
        if (kind is not (ValueKind.String or ValueKind.Enum))
            return TryReadLiteral(json, kind, type, path, out value);
        if (!BodyText.TryGet(json, path, mistakes, out var text))
            return false;
        value = kind == ValueKind.String ? text : EnumLiterals.Read((IEdmEnumType)type!.Definition, text);
        if (value is null)
            mistakes.Add(Errors.InvalidValue, BodyNames.Sentence(Expected(kind, type), text, ((IEdmEnumType)type!.Definition).Members.Select(member => member.Name)), path);
        return value is not null;
    }

    private bool TryReadLiteral(JsonElement json, ValueKind kind, IEdmTypeReference? type, BodyPlace path, out object? value)
    {
        value = null;
        Span<char> characters = stackalloc char[MostLiteral];
        scoped ReadOnlySpan<char> text;
        if (BodyText.TryCopy(json, characters, out var length))
            text = characters[..length];
        else if (BodyText.TryGet(json, path, mistakes, out var longer))
            text = longer;
        else
            return false;
        var fault = TextLiterals.Read(text, kind, out value);
        if (fault == Fault.Malformed && kind == ValueKind.DateTimeOffset && dialect == BodyDialect.DataExchange)
            fault = TextLiterals.Read(Instant(text), kind, out value);
        if (fault == Fault.None)
            return true;
        mistakes.Add(fault == Fault.OutOfRange ? Errors.OutOfRange : Errors.TypeMismatch, fault == Fault.OutOfRange
            ? "There is no such value: " + Expected(kind, type)
            : Expected(kind, type), path);
        return false;
    }

    /// <summary>The dialect's own clients write instants as their database does: with a blank, in UTC, and without saying so.</summary>
    private static ReadOnlySpan<char> Instant(ReadOnlySpan<char> text)
    {
        const int DateLength = 10;
        if (text.Length <= DateLength || text[DateLength] is not (' ' or 'T'))
            return text;
        var hasOffset = text[^1] is 'Z' or 'z' || text[DateLength..].IndexOfAny('+', '-') >= 0;
        return $"{text[..DateLength]}T{text[(DateLength + 1)..]}{(hasOffset ? "" : "Z")}";
    }

    private bool TryReadNumber(JsonElement json, ValueKind kind, BodyPlace path, out object? value)
    {
        value = null;
        string? text = null;
        if (json.ValueKind == JsonValueKind.String)
        {
            if (!BodyText.TryGet(json, path, mistakes, out text))
                return false;
            if (kind is ValueKind.Double or ValueKind.Single && text is "INF" or "-INF" or "NaN")
            {
                var real = text == "NaN" ? double.NaN : text == "INF" ? double.PositiveInfinity : double.NegativeInfinity;
                value = kind == ValueKind.Double ? real : (object)(float)real;
                return true;
            }
            if (!ieee754)
            {
                mistakes.Add(Errors.TypeMismatch, $"{Expected(kind, null)} Write it without quotes{(dialect == BodyDialect.OData ? ", or say IEEE754Compatible=true in the Content-Type" : "")}.", path);
                return false;
            }
        }
        else if (json.ValueKind != JsonValueKind.Number)
        {
            Mismatch(json, kind, null, path);
            return false;
        }
        var fault = text is null ? Number(JsonMarshal.GetRawUtf8Value(json), kind, out value) : Number(Encoding.UTF8.GetBytes(text), kind, out value);
        if (fault == Fault.None)
            return true;
        mistakes.Add(fault == Fault.OutOfRange ? Errors.OutOfRange : Errors.TypeMismatch, fault == Fault.OutOfRange || text is not null
            ? Expected(kind, null)
            : Expected(kind, null).TrimEnd('.') + ", without a decimal point or an exponent.", path);
        return false;
    }

    private static Fault Number(ReadOnlySpan<byte> digits, ValueKind kind, out object? value)
    {
        value = null;
        switch (kind)
        {
            case ValueKind.Decimal:
                var fault = ExactDecimal.Read(digits, out var number);
                value = number;
                return fault;
            case ValueKind.Double:
                value = double.TryParse(digits, Real, CultureInfo.InvariantCulture, out var real) ? real : null;
                return value is null ? Fault.Malformed : double.IsInfinity(real) ? Fault.OutOfRange : Fault.None;
            case ValueKind.Single:
                value = float.TryParse(digits, Real, CultureInfo.InvariantCulture, out var single) ? single : null;
                return value is null ? Fault.Malformed : float.IsInfinity(single) ? Fault.OutOfRange : Fault.None;
        }
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return IsWhole(digits) ? Fault.OutOfRange : Fault.Malformed;
        value = kind switch
        {
            ValueKind.Byte => whole is >= byte.MinValue and <= byte.MaxValue ? (byte)whole : null,
            ValueKind.Int16 => whole is >= short.MinValue and <= short.MaxValue ? (short)whole : null,
            ValueKind.Int32 => whole is >= int.MinValue and <= int.MaxValue ? Boxed.Of((int)whole) : null,
            _ => (object)whole,
        };
        return value is null ? Fault.OutOfRange : Fault.None;
    }

    private static bool IsWhole(ReadOnlySpan<byte> digits)
    {
        if (digits is [(byte)'-' or (byte)'+', ..])
            digits = digits[1..];
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>The JSON list that the column holds: each item as OData's JSON writes it.</summary>
    private bool TryReadList(JsonElement json, ValueKind kind, BodyPlace path, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Array)
        {
            mistakes.Add(Errors.TypeMismatch, $"A list of values in brackets is expected, not {ValueTexts.NameOf(json)}.", path);
            return false;
        }
        var items = new List<object?>(json.GetArrayLength());
        var before = mistakes.Count;
        foreach (var item in json.EnumerateArray())
        {
            object? member = null;
            var at = path with { Index = items.Count };
            if (item.ValueKind != JsonValueKind.Null && TryReadScalar(item, kind, null, at, out member) && member is double or float && !double.IsFinite(Convert.ToDouble(member, CultureInfo.InvariantCulture)))
                mistakes.Add(Errors.InvalidValue, "INF and NaN cannot be items of a stored list.", at);
            items.Add(member);
        }
        if (mistakes.Count > before)
            return false;
        value = JsonText.Write(items);
        return true;
    }

    private void Mismatch(JsonElement json, ValueKind kind, IEdmTypeReference? type, BodyPlace path) =>
        mistakes.Add(Errors.TypeMismatch, $"{Expected(kind, type).TrimEnd('.')}, not {ValueTexts.NameOf(json)}.{(json.ValueKind == JsonValueKind.Number && kind == ValueKind.String ? " Put it in quotes." : "")}", path);

    private static string Expected(ValueKind kind, IEdmTypeReference? type) => type?.Definition is IEdmEnumType { } members
        ? $"{(members.IsFlags ? "Names, separated by commas," : "One of the names")} {ValueTexts.Names([.. members.Members.Select(member => member.Name)])} {(members.IsFlags ? "are" : "is")} expected."
        : $"{ValueTexts.Capitalised(ValueTexts.Expected(kind))} is expected.";
}
