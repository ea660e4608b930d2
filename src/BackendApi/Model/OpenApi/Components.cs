using System.Globalization;
using System.Text;
using Microsoft.OData.Edm;

namespace BackendApi.Model.OpenApi;

/// <summary>Names of components, which hold fewer characters than those of the EDM, and references to schemas.</summary>
internal static class Components
{
    /// <summary>A letter outside of ASCII is written by its number; no identifier has a hyphen of its own.</summary>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name))
            return name;
        var text = new StringBuilder(name.Length + 8);
        foreach (var character in name)
            if (char.IsAscii(character))
                text.Append(character);
            else
                text.Append(CultureInfo.InvariantCulture, $"-{(int)character:X4}");
        return text.ToString();
    }

    public static string Of(IEdmSchemaElement type) => Of(type.FullName());

    public static string Of(EntitySetModel set, DerivedModel? type = null) => Of((IEdmSchemaElement?)type?.Type ?? set.EntityType);

    public static string Collection(EntitySetModel set, DerivedModel? type = null) => Of(set, type) + "-collection";

    public static string Create(EntitySetModel set, DerivedModel? type = null) => Of(set, type) + "-create";

    public static string Update(EntitySetModel set, DerivedModel? type = null) => Of(set, type) + "-update";

    /// <summary>A query option as one set takes it: <c>Orders.select</c>.</summary>
    public static string Option(EntitySetModel set, string option) => $"{Of(set.Name)}.{option}";

    /// <summary>A part of a key in addresses: <c>Orders.key.Id</c>.</summary>
    public static string Key(EntitySetModel set, PropertyModel part) => $"{Of(set.Name)}.key.{Of(part.Name)}";

    public static SchemaWriter Schema(string component) => json => json.Reference("schemas", component);

    public static SchemaWriter ListOf(SchemaWriter item) => json =>
    {
        json.WriteString("type", "array");
        json.Schema("items", item);
    };
}
