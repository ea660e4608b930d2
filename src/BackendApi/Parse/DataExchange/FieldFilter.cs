using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.DataExchange;

/// <summary>One <c>filter[alias.field]=value</c> or <c>filter[alias.field]={"in":["a","b"]}</c> as a condition on the field.</summary>
internal static class FieldFilter
{
    private static readonly IEdmTypeReference Boolean = EdmCoreModel.Instance.GetBoolean(isNullable: true);

    public static Expression Parse(EntitySetModel set, string name, string value, int maxListItems)
    {
        var field = Field(set, name);
        var it = new Expression.Variable(default, new EdmEntityTypeReference(set.EntityType, isNullable: false), Expression.Variable.Implicit);
        var property = new Expression.Property(default, field.Edm.Type, it, field.Edm);
        return List(name, value, maxListItems) is { } list
            ? new Expression.In(default, Boolean, property, new Expression.List(
                default, EdmCoreModel.GetCollection(field.Edm.Type), [.. list.Select(item => Literal(field, name, item))]))
            : new Expression.Binary(default, Boolean, Functions.Eq, property, Literal(field, name, value));
    }

    /// <summary>
    /// What stands before the dot must name the endpoint itself: a prefix that names a relation would otherwise filter the root by a field that
    /// happens to have the same name.
    /// </summary>
    private static PropertyModel Field(EntitySetModel set, string name)
    {
        var path = name is ['f', 'i', 'l', 't', 'e', 'r', '[', .. var inner, ']'] ? inner : "";
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
            throw new ServiceException(Errors.FilterWithoutEndpoint, $"A filter is written filter[{set.Alias}.field]=value; '{name}' has no endpoint before a dot.", name);
        var (prefix, field) = (path[..dot], path[(dot + 1)..]);
        if (prefix != set.Alias && prefix != set.Name && prefix != set.Table.Name.Name)
            throw new ServiceException(Errors.UnknownFilterField,
                $"'{prefix}' in {name} is not this endpoint: filters apply to {set.Alias}, not to its relations.", name);
        return set.Properties.FirstOrDefault(property => property.Alias == field)
            ?? throw new ServiceException(Errors.UnknownFilterField,
                DataExchangeUrl.Sentence($"{set.Alias} has no field '{field}'.", Suggestions.For(field, set.Properties.Select(property => property.Alias))), name);
    }

    /// <summary>The members of <c>{"in":[...]}</c> as texts; null when the value is not an object and so means itself.</summary>
    private static List<string>? List(string name, string value, int maxListItems)
    {
        if (!value.StartsWith('{'))
            return null;
        try
        {
            using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = 4 });
            var members = document.RootElement.EnumerateObject().ToArray();
            if (members is not [{ Name: "in", Value: { ValueKind: JsonValueKind.Array } items }])
                throw new ServiceException(Errors.MalformedUrl, $"The one operator of {name} is {{\"in\":[…]}}.", name);
            if (items.GetArrayLength() > maxListItems)
                throw new ServiceException(Errors.LimitExceeded, $"A list holds at most {maxListItems} values.", name);
            return [.. items.EnumerateArray().Select(item => Text(item, name))];
        }
        // Half of a surrogate pair, escaped, is well-formed JSON but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ServiceException(Errors.MalformedUrl, $"The value of {name} begins as JSON but is not JSON. A list is written {{\"in\":[\"a\",\"b\"]}}.", name);
        }
    }

    private static string Text(JsonElement item, string name) => item.ValueKind switch
    {
        JsonValueKind.String when item.GetString()! is var text && !text.Contains('\0') => text,
        JsonValueKind.Number => item.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new ServiceException(Errors.TypeMismatch, $"The list of {name} holds texts, numbers and booleans.", name),
    };

    private static Expression.Literal Literal(PropertyModel field, string name, string text) =>
        FieldLiteral.TryRead(field, text)
        ?? throw new ServiceException(Errors.TypeMismatch, $"'{(text.Length > 100 ? text[..100] + "…" : text)}' is no value of {field.Alias}, which is {Described(field)}.", name);

    private static string Described(PropertyModel field) => field.Edm.Type.Definition is IEdmEnumType members
        ? $"one of {string.Join(", ", members.Members.Select(member => member.Name))}"
        : $"of type {field.Kind}";
}
