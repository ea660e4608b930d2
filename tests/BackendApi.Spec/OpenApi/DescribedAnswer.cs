using System.Text.Json;
using System.Text.Json.Nodes;

namespace BackendApi.Spec.OpenApi;

/// <summary>An answer beside the schema that the description has for it.</summary>
internal sealed class DescribedAnswer(Described described)
{
    private readonly ILookup<string, JsonObject> _derived = described.Document["components"]!["schemas"]!.AsObject()
        .Where(schema => schema.Value!["allOf"]?[0]?["$ref"] is not null).ToLookup(schema => (string)schema.Value!["allOf"]![0]!["$ref"]!, schema => schema.Value!.AsObject());

    /// <summary>What the schema does not say.</summary>
    public IEnumerable<string> Surprises(JsonNode? value, JsonObject schema, string path = "")
    {
        var (types, isNullable, properties) = (new HashSet<string>(), false, new Dictionary<string, JsonObject>());
        JsonObject? items = null;
        JsonArray? members = null;
        Gather(schema, withDerived: true);
        if (value is null)
            return isNullable ? [] : [$"{path} is null"];
        var kind = value.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) || !types.Contains("integer") ? "number" : "integer",
            _ => "boolean",
        };
        if (!types.Contains(kind))
            return [$"{path} is {value.GetValueKind()}, not {string.Join(" or ", types)}"];
        if (members is not null && !members.Any(member => JsonNode.DeepEquals(member, value)))
            return [$"{path} is {value}"];
        return value switch
        {
            JsonObject entity => entity.Where(member => !member.Key.Contains('@', StringComparison.Ordinal)).SelectMany(member =>
                properties.TryGetValue(member.Key, out var known) ? Surprises(member.Value, known, $"{path}/{member.Key}") : [$"{path} has {member.Key}"]),
            JsonArray list => list.SelectMany((item, i) => Surprises(item, items!, $"{path}[{i}]")),
            _ => [],
        };

        void Gather(JsonObject part, bool withDerived)
        {
            if ((string?)part["$ref"] is { } reference)
            {
                Gather(described.Schema(part), withDerived: false);
                foreach (var derived in withDerived ? _derived[reference] : [])
                    Gather(derived["allOf"]![1]!.AsObject(), withDerived: false);
            }
            foreach (var inner in part["allOf"]?.AsArray() ?? [])
                Gather(inner!.AsObject(), withDerived);
            if ((string?)part["type"] is { } type)
                types.Add(type);
            isNullable |= (bool?)part["nullable"] == true;
            items ??= part["items"]?.AsObject();
            members ??= part["enum"]?.AsArray();
            foreach (var (name, property) in part["properties"]?.AsObject() ?? [])
                properties.TryAdd(name, property!.AsObject());
        }
    }
}
