using System.Globalization;
using System.Text.Json;

namespace BackendApi.Model.OpenApi;

/// <summary>What the writers of the document write again and again.</summary>
internal static class OpenApiJson
{
    public static Scope Object(this Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        return new(json, isArray: false);
    }

    public static Scope Object(this Utf8JsonWriter json)
    {
        json.WriteStartObject();
        return new(json, isArray: false);
    }

    public static Scope Array(this Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        return new(json, isArray: true);
    }

    /// <summary>Nothing where there is no text.</summary>
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        using (json.Array(name))
            foreach (var value in values)
                json.WriteStringValue(value);
    }

    /// <param name="kind">Of the component: <c>schemas</c>, <c>parameters</c>, <c>responses</c>.</param>
    public static void Reference(this Utf8JsonWriter json, string kind, string component) => json.WriteString("$ref", $"#/components/{kind}/{component}");

    public static void Schema(this Utf8JsonWriter json, string name, SchemaWriter schema)
    {
        using (json.Object(name))
            schema(json);
    }

    /// <param name="parameters">Names of the shared parameters that stand in the template.</param>
    /// <param name="errors">Before the name of a response that refuses.</param>
    public static void Path(this Utf8JsonWriter json, string template, IReadOnlyList<string> parameters, IReadOnlyList<ApiOperation> operations, string errors = "", IReadOnlyList<ApiParameter>? own = null)
    {
        if (operations.Count == 0)
            return;
        using var _ = json.Object(template);
        if (parameters.Count + (own?.Count ?? 0) > 0)
            using (json.Array("parameters"))
            {
                foreach (var name in parameters)
                    using (json.Object())
                        json.Reference("parameters", name);
                foreach (var parameter in own ?? [])
                    using (json.Object())
                        json.Parameter(parameter);
            }
        foreach (var operation in operations)
            json.Operation(operation, errors);
    }

    private static void Operation(this Utf8JsonWriter json, ApiOperation operation, string errors)
    {
        using var _ = json.Object(operation.Method);
        json.WriteString("operationId", operation.Id);
        json.Texts("tags", [operation.Tag]);
        json.WriteString("summary", operation.Summary);
        json.Text("description", operation.Description);
        if (operation.Parameters.Count + operation.OwnParameters.Count > 0)
            using (json.Array("parameters"))
            {
                foreach (var name in operation.Parameters)
                    using (json.Object())
                        json.Reference("parameters", name);
                foreach (var parameter in operation.OwnParameters)
                    using (json.Object())
                        json.Parameter(parameter);
            }
        if (operation.Body.Count > 0)
            using (json.Object("requestBody"))
            {
                json.WriteBoolean("required", operation.IsBodyRequired);
                json.Content(operation.Body);
            }
        using (json.Object("responses"))
        {
            if (operation.Answer is { } answer)
                using (json.Object(operation.Status.ToString(CultureInfo.InvariantCulture)))
                {
                    json.WriteString("description", operation.Status == 201 ? "It is created." : "It is here.");
                    json.Content([answer]);
                }
            if (operation.Answer is null || operation.CanBeEmpty)
                using (json.Object("204"))
                    json.WriteString("description", "It is done, and there is nothing to show.");
            foreach (var status in operation.Refusals)
                using (json.Object(status.ToString(CultureInfo.InvariantCulture)))
                    json.Reference("responses", $"{errors}{status}");
            using (json.Object("default"))
                json.Reference("responses", $"{errors}error");
        }
    }

    public static void Parameter(this Utf8JsonWriter json, ApiParameter parameter)
    {
        json.WriteString("name", parameter.Name);
        json.WriteString("in", parameter.In);
        if (parameter.IsRequired)
            json.WriteBoolean("required", true);
        json.Text("description", parameter.Description);
        if (parameter.IsJson)
            json.Content([ApiContent.Json(parameter.Schema)]);
        else
            json.Schema("schema", parameter.Schema);
    }

    private static void Content(this Utf8JsonWriter json, IReadOnlyList<ApiContent> contents)
    {
        using var _ = json.Object("content");
        foreach (var content in contents)
            using (json.Object(content.MediaType))
                json.Schema("schema", content.Schema);
    }

    /// <summary>Ends what it began.</summary>
    internal readonly struct Scope(Utf8JsonWriter json, bool isArray) : IDisposable
    {
        public void Dispose()
        {
            if (isArray)
                json.WriteEndArray();
            else
                json.WriteEndObject();
        }
    }
}
