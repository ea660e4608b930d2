using System.Globalization;
using System.Text.Json.Nodes;
using BackendApi.Spec.Writing;

namespace BackendApi.Spec.OpenApi;

/// <summary>A request for each operation that a description has, made of nothing but the description and the first entity of each set.</summary>
internal sealed class DescribedRequests(WritableRows service, Described described, params (string Name, string Value)[] headers)
{
    private readonly Dictionary<string, JsonObject?> _firsts = [];

    /// <returns>Null where there is no entity to ask for.</returns>
    public async Task<Answer?> SendAsync(string template, string method, JsonObject operation)
    {
        var (path, query) = (template, new List<string>());
        foreach (var (component, parameter) in described.Parameters(template, operation))
        {
            var name = (string)parameter["name"]!;
            var isRequired = (bool?)parameter["required"] == true;
            if ((string?)parameter["in"] == "path")
            {
                if (await ValueAsync(template, component, parameter) is not { } value)
                    return null;
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
            }
            else if ((string?)parameter["in"] == "query" && isRequired)
            {
                query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(name == "$id" ? await AnyEntityAsync() : Sample(parameter))}");
            }
            else if ((string?)parameter["in"] == "query" && Enumerated(parameter) is { } choice)
            {
                query.Add($"{name}={Uri.EscapeDataString(choice)}");
            }
        }
        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject schema ? Sample(schema) : null;
        path = query.Count > 0 ? $"{path}?{string.Join('&', query)}" : path;
        return await service.Write(method, path, body, [.. headers, .. method == "GET" ? [] : ((string, string)[])[("Prefer", "validate-only"), ("If-Match", method == "DELETE" ? "\"none\"" : "*")]]);
    }

    private async Task<string?> ValueAsync(string template, string? component, JsonObject parameter)
    {
        if (component?.Split(".key.") is [var set, var property])
            return (await FirstAsync($"odata/{set}"))?[property] is { } value ? Text(value) : null;
        if (template.StartsWith("/dynamic-entity/", StringComparison.Ordinal))
            return await FirstAsync($"dynamic-entity/{template.Split('/')[2]}") is { } row
                ? string.Join(',', ((string)parameter["description"]!)["The key: ".Length..].Split(',').Select(name => Text(row[name]!)))
                : null;
        return Sample(parameter);
    }

    private async Task<JsonObject?> FirstAsync(string path)
    {
        if (_firsts.TryGetValue(path, out var known))
            return known;
        var answer = await service.Write("GET", "/" + path, null, [.. headers, ("Accept", "application/json;odata.metadata=none")]);
        var rows = answer.Status == 200 ? JsonNode.Parse(answer.Body)!.AsObject() : [];
        return _firsts[path] = (rows["value"] ?? rows["data"])?.AsArray().FirstOrDefault()?.AsObject();
    }

    private async Task<string> AnyEntityAsync()
    {
        foreach (var path in described.Document["paths"]!.AsObject().Select(path => path.Key).Where(path => path.StartsWith("/odata/", StringComparison.Ordinal) && path.EndsWith("/$count", StringComparison.Ordinal) && !path.Contains('(', StringComparison.Ordinal)))
        {
            var answer = await service.Write("GET", path[..^"/$count".Length] + "/$ref", null, headers);
            if (answer.Status == 200 && JsonNode.Parse(answer.Body)!["value"] is JsonArray { Count: > 0 } references)
                return (string)references[0]!["@odata.id"]!;
        }
        return "Nothing(1)";
    }

    private static string? Enumerated(JsonObject parameter) =>
        (string?)parameter["in"] == "query" && (string?)parameter["name"] is ['$', ..] && parameter["schema"]?["items"]?["enum"] is JsonArray { Count: > 0 } names ? string.Join(',', names.Select(name => (string)name!).Where(name => name != "*")) : null;

    private string Sample(JsonObject described) =>
        (described["schema"] ?? described["content"]?["application/json"]?["schema"] ?? described) is JsonObject schema ? Sample(schema, isText: described["in"] is not null && described["content"] is null) : "";

    private string Sample(JsonObject reference, bool isText)
    {
        var schema = described.Schema(reference);
        if (schema["enum"] is JsonArray { Count: > 0 } members)
            return (string)members[0]!;
        return ((string?)schema["type"], (string?)schema["format"]) switch
        {
            ("boolean", _) => "true",
            ("integer" or "number", _) => "1",
            ("array", _) => "[]",
            ("object" or null, _) when schema["properties"]?["data"] is JsonObject data => $$"""{"data":{{Sample(data, isText: false)}}}""",
            ("object" or null, _) => "{}",
            (_, "date") => "2024-01-01",
            (_, "time") => "10:00:00",
            (_, "date-time") => "2024-01-01T00:00:00Z",
            (_, "duration") => "PT1H",
            (_, "uuid") => "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            (_, "base64url") => "AAAA",
            _ => isText ? "Monday" : "\"Monday\"",
        };
    }

    private static string Text(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value is JsonValue flag && flag.TryGetValue<bool>(out var truth)
        ? truth ? "true" : "false" : Convert.ToString(value.ToJsonString(), CultureInfo.InvariantCulture);
}
