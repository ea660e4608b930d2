using System.Text;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>
/// What a definition says of a property's values, as <c>$metadata</c> and the OpenAPI description tell it: the rules for what clients write, and an example. Members that do not hold
/// are null.
/// </summary>
internal sealed record FieldRules
{
    private static readonly FieldRules None = new();

    public int? MinLength { get; private init; }
    public int? MaxLength { get; private init; }
    /// <summary>Null also where readers of ECMAScript's dialect would take it for another.</summary>
    public string? Pattern { get; private init; }
    public string? Format { get; private init; }
    public IReadOnlyList<string>? Enum { get; private init; }
    public decimal? Min { get; private init; }
    public decimal? Max { get; private init; }

    /// <summary>None of what no client writes: rows that are there are not looked at.</summary>
    public static FieldRules Of(PropertyModel property)
    {
        var rules = property.Definition?.Validation;
        // The rules are about what is stored, and a lookup stores another value than the client's.
        if (rules is null || property is { IsCreatable: false, IsEditable: false } || property.Transform is not { Constant: null, Compute: null, Lookup: null })
            return None;
        return property.Kind is ValueKind.String && property.Items is null
            ? new()
            {
                MinLength = rules.MinLength,
                MaxLength = rules.MaxLength,
                Pattern = rules.Pattern is { } pattern && FieldPattern.IsEcmaScript(pattern) ? pattern : null,
                Format = rules.Format,
                Enum = rules.Enum,
            }
            : FieldTypes.IsNumber(property.Kind) ? new() { Min = rules.Min, Max = rules.Max } : None;
    }

    /// <summary>The example in the type of the property, an <see cref="EnumValue"/> of an enumeration; null where there is none, or the text is no such value.</summary>
    public static object? Example(PropertyModel property) =>
        property.Definition?.Example is not { } text ? null
        : property.Kind == ValueKind.Json && property.Items is null && property.Edm.Type.Definition is IEdmPrimitiveType ? text
        : Read(text, property);

    /// <summary>A text of a definition as a value of the property, an <see cref="EnumValue"/> of an enumeration; null where it is none, and for JSON and collections.</summary>
    public static object? Read(string text, PropertyModel property)
    {
        if (property.Items is not null || property.Kind == ValueKind.Json)
            return null;
        if (property.Edm.Type.Definition is IEdmEnumType members)
            return EnumLiterals.Read(members, text);
        if (property.Kind == ValueKind.Decimal)
            return ExactDecimal.Read(Encoding.UTF8.GetBytes(text), out var number) == Fault.None ? number : null;
        return LiteralText.Read(text, property.Kind);
    }
}
