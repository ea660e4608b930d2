using System.Text.Json;
using BackendApi.Model.Csdl;
using BackendApi.Parse.Bodies;
using Microsoft.OData.Edm;

namespace BackendApi.Model.OpenApi;

/// <summary>Schemas of values: what JSON has in the place of a type of the EDM (OData to OpenAPI Mapping 1.0, 4.6), and the rules that a field adds to it.</summary>
internal static class ValueSchemas
{
    /// <summary>A value of a type, with nothing that only a field says.</summary>
    public static SchemaWriter Of(IEdmTypeReference type) => json => Write(json, type);

    /// <summary>A value of a type where null cannot be told: in an address.</summary>
    public static SchemaWriter InUrl(IEdmTypeReference type) => json => Item(json, type);

    /// <param name="suffix">Of the component of a structured type: what a body says of it differs from what is shown.</param>
    public static void Write(Utf8JsonWriter json, IEdmTypeReference type, string suffix = "", string? description = null)
    {
        if (type.IsCollection())
        {
            json.WriteString("type", "array");
            json.Text("description", description);
            json.Schema("items", inner => Write(inner, type.AsCollection().ElementType(), suffix));
            return;
        }
        if (type.Definition is IEdmSchemaType and not IEdmPrimitiveType && (type.IsNullable || description is not null))
        {
            // Nothing may stand beside a reference, and null needs a type beside it.
            json.WriteString("type", type.Definition is IEdmEnumType ? "string" : "object");
            using (json.Array("allOf"))
            using (json.Object())
                Item(json, type, suffix);
        }
        else
        {
            Item(json, type, suffix);
        }
        json.Text("description", description);
        if (type.IsNullable)
            json.WriteBoolean("nullable", true);
    }

    /// <summary>What a field shows.</summary>
    public static void Read(Utf8JsonWriter json, PropertyModel property)
    {
        Write(json, property.Edm.Type, description: property.Description);
        Example(json, property);
        if (property is { IsCreatable: false, IsEditable: false } && property.Edm.Type.Definition is IEdmPrimitiveType)
            json.WriteBoolean("readOnly", true);
    }

    /// <summary>What a client may write into a field: the rules that a body is checked by.</summary>
    public static void Written(Utf8JsonWriter json, BodyField field)
    {
        var property = field.Property;
        if (field.Lookup is { } lookup)
        {
            // Which set it is looked up in may be nothing that the caller sees.
            Item(json, lookup.By.Edm.Type);
            json.Text("description", property.Description);
            return;
        }
        Write(json, property.Edm.Type, description: property.Description);
        Example(json, property);
        var rules = FieldRules.Of(property);
        Number(json, "minLength", rules.MinLength);
        // Said by the type already.
        if (rules.MaxLength is { } most && TypeFacets.Of(property.Edm.Type).MaxLength is null)
            Number(json, "maxLength", most);
        json.Text("pattern", rules.Pattern);
        json.Text("format", rules.Format switch { "url" => "uri-reference", var other => other });
        if (rules.Enum is { } texts)
            json.Texts("enum", texts);
        Number(json, "minimum", rules.Min);
        Number(json, "maximum", rules.Max);
        if (field.Default is { } value)
            Value(json, "default", value);
    }

    private static void Example(Utf8JsonWriter json, PropertyModel property)
    {
        if (property.Edm.Type.Definition is IEdmPrimitiveType && FieldRules.Example(property) is { } example)
            Value(json, "example", example);
    }

    private static void Value(Utf8JsonWriter json, string name, object value)
    {
        // The schema says that it is a number, which infinity is not in JSON.
        if (value is double or float && !ConstantJson.IsNumber(value))
            return;
        json.WritePropertyName(name);
        json.WriteConstant(value);
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private static void Item(Utf8JsonWriter json, IEdmTypeReference type, string suffix = "")
    {
        if (type.Definition is IEdmSchemaType named and not IEdmPrimitiveType)
        {
            json.Reference("schemas", Components.Of(named) + (named is IEdmEnumType ? "" : suffix));
            return;
        }
        var (name, format) = type.Kind() switch
        {
            ValueKind.Boolean => ("boolean", null),
            ValueKind.Byte => ("integer", "uint8"),
            ValueKind.Int16 => ("integer", "int16"),
            ValueKind.Int32 => ("integer", "int32"),
            ValueKind.Int64 => ("integer", "int64"),
            ValueKind.Decimal => ("number", "decimal"),
            ValueKind.Double => ("number", "double"),
            ValueKind.Single => ("number", "float"),
            ValueKind.Date => ("string", "date"),
            ValueKind.TimeOfDay => ("string", "time"),
            ValueKind.DateTimeOffset => ("string", "date-time"),
            ValueKind.Duration => ("string", "duration"),
            ValueKind.Guid => ("string", "uuid"),
            ValueKind.Binary => ("string", "base64url"),
            _ => ("string", (string?)null),
        };
        json.WriteString("type", name);
        json.Text("format", format);
        if (name == "string")
            Number(json, "maxLength", type.Kind() == ValueKind.Binary ? null : TypeFacets.Of(type).MaxLength);
    }
}
