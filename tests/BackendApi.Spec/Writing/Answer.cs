using System.Text.Json.Nodes;

namespace BackendApi.Spec.Writing;

/// <summary>A response. Addresses in it begin with <c>{root}</c>.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The status, and the body without control information.</summary>
    public Answer Is(int status, string? json = null)
    {
        Status.Should().Be(status, Body);
        if (json is not null)
            Ordered(Stripped(JsonNode.Parse(Body)!)).Should().Be(Ordered(JsonNode.Parse(json)!));
        return this;
    }

    /// <summary>A refusal with one mistake, or with several in its details: code and target of each.</summary>
    public Answer IsRefused(int status, params (string Code, string? Target)[] mistakes)
    {
        Status.Should().Be(status, Body);
        var error = JsonNode.Parse(Body)!["error"]!;
        var told = error["details"]?.AsArray().Select(detail => ((string)detail!["code"]!, (string?)detail["target"])).ToArray() ?? [((string)error["code"]!, (string?)error["target"])];
        told.Should().Equal(mistakes, Body);
        return this;
    }

    /// <summary>A refusal with one mistake, in these words.</summary>
    public Answer Says(string message)
    {
        ((string)JsonNode.Parse(Body)!["error"]!["message"]!).Should().Be(message);
        return this;
    }

    public Answer Has(string header, string value)
    {
        Headers.GetValueOrDefault(header).Should().Be(value, header);
        return this;
    }

    /// <summary>With the members of objects in the order of their names, which says nothing.</summary>
    public static string Ordered(JsonNode node)
    {
        return Copy(node)!.ToJsonString();

        static JsonNode? Copy(JsonNode? node) => node switch
        {
            JsonObject entity => new JsonObject(entity.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Copy(member.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Copy)]),
            _ => node?.DeepClone(),
        };
    }

    private static JsonNode Stripped(JsonNode node)
    {
        switch (node)
        {
            case JsonObject entity:
                foreach (var name in entity.Select(member => member.Key).Where(name => name.Contains('@', StringComparison.Ordinal)).ToList())
                    entity.Remove(name);
                foreach (var member in entity.ToList())
                    if (member.Value is not null)
                        Stripped(member.Value);
                break;
            case JsonArray list:
                foreach (var item in list)
                    if (item is not null)
                        Stripped(item);
                break;
        }
        return node;
    }
}
