using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Literals as they stand in a URL (ABNF, 7), with their quotes and prefixes.</summary>
internal static class LiteralParser
{
    private const int GuidLength = 36;

    /// <summary>A literal that can be told by its first characters; null, without moving, when what comes next is something else.</summary>
    public static Expression.Literal? TryParse(ref Cursor at, IEdmModel model)
    {
        var c = at.Current;
        if (c == '\'')
            return Quoted(ref at);
        if (IsGuid(at.Rest))
            return Guid(ref at);
        if (char.IsAsciiDigit(c) || c is '-' or '+' && (char.IsAsciiDigit(at.Ahead(1)) || at.Rest[1..].StartsWith("INF", StringComparison.Ordinal)))
            return NumberOrTime(ref at);
        if (Cursor.IsIdentifierStart(c))
            return Word(ref at, model);
        return null;
    }

    /// <summary>The text between apostrophes; two stand for one.</summary>
    public static string Text(ref Cursor at)
    {
        at.Take('\'');
        var start = at.Position;
        var hasPair = false;
        while (true)
        {
            var length = at.Rest.IndexOf('\'');
            if (length < 0)
            {
                at.Position = at.End;
                at.Fail("Expected a closing apostrophe");
            }
            at.Position += length + 1;
            if (at.Current != '\'')
                break;
            hasPair = true;
            at.Position++;
        }
        var text = at.Text[start..(at.Position - 1)];
        return hasPair ? text.Replace("''", "'", StringComparison.Ordinal) : text;
    }

    /// <summary>The text between quotation marks, as JSON escapes it.</summary>
    public static string JsonText(ref Cursor at)
    {
        at.Take('"');
        var text = new StringBuilder();
        while (at.Current != '"')
        {
            if (at.AtEnd)
                at.Fail("Expected a closing quotation mark");
            var c = at.Current;
            at.Position++;
            text.Append(c == '\\' ? Escaped(ref at) : c);
        }
        at.Position++;
        var value = text.ToString();
        PercentDecoding.CheckCharacters(value, at.Option);
        return value;
    }

    private static char Escaped(ref Cursor at)
    {
        var c = at.Current;
        at.Position++;
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when at.Rest.Length >= 4 && ushort.TryParse(at.Rest[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at.Position += 4;
                return (char)code;
            default:
                at.Position--;
                throw at.Malformed("Expected a JSON escape sequence");
        }
    }

    private static Expression.Literal Quoted(ref Cursor at)
    {
        var start = at.Position;
        var text = Text(ref at);
        return new(at.From(start), PrimitiveTypes.String, text);
    }

    private static bool IsGuid(ReadOnlySpan<char> text) =>
        text.Length >= GuidLength && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
        && char.IsAsciiHexDigit(text[0]) && System.Guid.TryParseExact(text[..GuidLength], "D", out _);

    private static Expression.Literal Guid(ref Cursor at)
    {
        var start = at.Position;
        var value = System.Guid.ParseExact(at.Rest[..GuidLength], "D");
        at.Position += GuidLength;
        return new(at.From(start), PrimitiveTypes.Of(ValueKind.Guid), value);
    }

    private static Expression.Literal NumberOrTime(ref Cursor at)
    {
        // In the order that tells them apart: a date and time begins like a date, and both begin like a number.
        var i = 0;
        var rest = at.Rest;
        if (TextLiterals.ScanDateTimeOffset(rest, ref i, out var instant) is var instantFault and not Fault.Malformed)
            return Literal(ref at, i, ValueKind.DateTimeOffset, instant, instantFault);
        if (TextLiterals.ScanDate(rest, ref i, out var date) is var dateFault and not Fault.Malformed)
        {
            if (i < rest.Length && rest[i] is 'T' or 't')
            {
                at.Position += i;
                at.Fail("Expected a time of day with 'Z' or an offset such as '+01:00', its plus sign encoded as %2B,");
            }
            return Literal(ref at, i, ValueKind.Date, date, dateFault);
        }
        // In case(Id lt 12:1000) the colon ends the condition.
        var end = 0;
        if (TextLiterals.ScanTimeOfDay(rest, ref end, out var time) is var timeFault and not Fault.Malformed && (end == rest.Length || !char.IsAsciiDigit(rest[end])))
            return Literal(ref at, end, ValueKind.TimeOfDay, time, timeFault);

        var numberFault = TextLiterals.ScanNumber(rest, ref i, out var number);
        var kind = number switch { int => ValueKind.Int32, long => ValueKind.Int64, decimal => ValueKind.Decimal, _ => ValueKind.Double };
        return Literal(ref at, i, kind, number, numberFault);
    }

    private static Expression.Literal Literal(ref Cursor at, int length, ValueKind kind, object? value, Fault fault)
    {
        var start = at.Position;
        if (fault != Fault.None)
            throw Faulty(at, kind, fault, start);
        at.Position += length;
        return new(at.From(start), PrimitiveTypes.Of(kind), value);
    }

    /// <summary><c>null</c>, <c>true</c>, <c>false</c>, <c>INF</c>, <c>NaN</c>, and literals with a prefix such as <c>duration'PT1H'</c>.</summary>
    private static Expression.Literal? Word(ref Cursor at, IEdmModel model)
    {
        var start = at.Position;
        var name = at.PeekQualifiedName();
        if (at.Ahead(name.Length) == '\'')
            return Prefixed(ref at, name, model);
        // A path goes on behind the name.
        if (name.Length > 5 || at.Ahead(name.Length) is '/' or '(')
            return null;
        (IEdmTypeReference? Type, object? Value) literal;
        if (name is "null")
            literal = (null, null);
        else if (name is "true" or "false")
            literal = (PrimitiveTypes.Boolean, name is "true");
        else if (name is "INF" or "NaN")
            literal = (PrimitiveTypes.Of(ValueKind.Double), name is "INF" ? double.PositiveInfinity : double.NaN);
        else
            return null;
        at.Position += name.Length;
        return new(at.From(start), literal.Type, literal.Value);
    }

    private static Expression.Literal Prefixed(ref Cursor at, ReadOnlySpan<char> prefix, IEdmModel model)
    {
        var start = at.Position;
        at.Position += prefix.Length;
        if (prefix.StartsWith("geography", StringComparison.OrdinalIgnoreCase) || prefix.StartsWith("geometry", StringComparison.OrdinalIgnoreCase))
            throw at.Error(Errors.NotImplemented, "Geographic and geometric values are not supported", start);

        var kind =
            prefix.Equals("duration", StringComparison.OrdinalIgnoreCase) ? ValueKind.Duration
            : prefix.Equals("binary", StringComparison.OrdinalIgnoreCase) ? ValueKind.Binary
            : ValueKind.Enum;
        if (kind != ValueKind.Enum)
        {
            var fault = TextLiterals.Read(Text(ref at), kind, out var value);
            return fault == Fault.None ? new(at.From(start), PrimitiveTypes.Of(kind), value) : throw Faulty(at, kind, fault, start);
        }

        if (Names.FindType(model, prefix) is not IEdmEnumType type)
            throw at.Error(Errors.MalformedUrl, $"'{prefix}' is neither an enumeration type nor a literal prefix", start);
        var text = Text(ref at);
        return EnumLiterals.Read(type, text) is { } member
            ? new(at.From(start), new EdmEnumTypeReference(type, isNullable: true), member)
            : throw UnknownMember(at, type, text, start);
    }

    public static ServiceException UnknownMember(in Cursor at, IEdmEnumType type, string text, int position) =>
        at.Error(Errors.TypeMismatch, $"The enumeration {type.FullName()} has no member '{text}'", position,
            Suggestions.For(text, type.Members.Select(member => member.Name)));

    private static ServiceException Faulty(in Cursor at, ValueKind kind, Fault fault, int position) => fault == Fault.OutOfRange
        ? at.Error(Errors.OutOfRange, $"The value is outside the range of {PrimitiveTypes.NameOf(PrimitiveTypes.Of(kind))}", position)
        : at.Error(Errors.MalformedUrl, $"Expected a value of {PrimitiveTypes.NameOf(PrimitiveTypes.Of(kind))}", position);
}
