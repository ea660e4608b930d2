using System.Net;
using System.Text.Json.Nodes;

namespace BackendApi.Spec.OpenApi;

/// <summary>The description of a service as a client reads it: what to send, and where.</summary>
internal sealed class Described(JsonNode document)
{
    public JsonNode Document => document;

    public static async Task<Described> OfAsync(PublishedTables service, params (string Name, string Value)[] headers)
    {
        var (status, _, body) = await service.Get("/openapi.json", headers);
        status.Should().Be(HttpStatusCode.OK, body);
        return new(JsonNode.Parse(body)!);
    }

    public IEnumerable<(string Template, string Method, JsonObject Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject());

    /// <summary>Those of the path and of the operation, each where it is described.</summary>
    public IEnumerable<(string? Component, JsonObject Parameter)> Parameters(string template, JsonObject operation) =>
        (document["paths"]![template]!["parameters"]?.AsArray() ?? []).Concat(operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(parameter!.AsObject()));

    public JsonObject Schema(JsonObject schema) => Resolve(schema).Value;

    /// <summary>Every name that is told: of paths, of schemas with their properties, of parameters with their values.</summary>
    public IEnumerable<string> Texts() => Texts(document);

    private (string? Component, JsonObject Value) Resolve(JsonObject value)
    {
        if ((string?)value["$ref"] is not { } reference)
            return (null, value);
        var steps = reference.Split('/');
        return (steps[^1], document[steps[1]]![steps[2]]![steps[3]]!.AsObject());
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
