using BackendApi.Model;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.DataExchange;

/// <summary>Values as the dialect writes them: bare text, whose type is that of the field it is compared with.</summary>
internal static class FieldLiteral
{
    /// <summary>Null when the text is no value of the field.</summary>
    public static Expression.Literal? TryRead(PropertyModel field, string text)
    {
        var type = field.Edm.Type;
        if (type.Kind() is not { } kind)
            return null;
        if (type.Definition is IEdmEnumType members)
            return EnumLiterals.Read(members, text) is { } member ? new(default, type, member) : null;
        // The dialect's own clients come from a language where true is 1.
        if (kind == ValueKind.Boolean && text is "0" or "1")
            return new(default, type, text == "1");
        return TextLiterals.Read(text, kind, out var value) == Fault.None ? new(default, type, value) : null;
    }
}
