using System.Text.Json;
using System.Text.Json.Nodes;

namespace BackendApi.Model;

/// <summary>Changes a document as JSON merge patch does (RFC 7396): objects are merged, null takes a member away, everything else, lists too, is replaced.</summary>
public static class DefinitionPatch
{
    /// <returns>The changed document, or its mistakes.</returns>
    public static ReadDefinitions Apply(EndpointDefinition stored, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return new([], [new(stored.Alias, "", "A change is an object with the members that change.")]);
        var document = JsonNode.Parse(DefinitionWriter.ToJson(stored))!.AsObject();
        Merge(document, patch);
        using var merged = JsonDocument.Parse(document.ToJsonString());
        return DefinitionReader.Read(merged.RootElement);
    }

    private static void Merge(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                target.Remove(member.Name);
            else if (member.Value.ValueKind != JsonValueKind.Object)
                target[member.Name] = JsonNode.Parse(member.Value.GetRawText(), documentOptions: DefinitionReader.JsonOptions);
            else
            {
                if (target[member.Name] is not JsonObject inner)
                    target[member.Name] = inner = [];
                Merge(inner, member.Value);
            }
        }
    }
}
