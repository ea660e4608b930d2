using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Model.OpenApi;

/// <summary>Schemas and parameters that are the same for every set.</summary>
internal static class SharedComponents
{
    public static void WriteSchemas(Utf8JsonWriter json)
    {
        ErrorResponses.WriteSchemas(json);
        json.Schema("count", count =>
        {
            count.WriteString("type", "integer");
            count.WriteString("format", "int64");
        });
        json.Schema("stream", bytes =>
        {
            bytes.WriteString("type", "string");
            bytes.WriteString("format", "binary");
        });
        json.Schema("reference", Reference);
        Object(json, "references", ("value", Components.ListOf(Components.Schema("reference"))), ("@odata.nextLink", Text), ("@odata.count", Components.Schema("count")));
        Object(json, "batch", ("requests", Components.ListOf(request => Members(request, ["method", "url"],
            ("id", Text), ("method", Text), ("url", Text), ("headers", Any), ("body", Any), ("atomicityGroup", Text), ("dependsOn", Components.ListOf(Text))))));
        Object(json, "batch-response", ("responses", Components.ListOf(response => Members(response, ["id", "status"], ("id", Text), ("status", Components.Schema("count")), ("headers", Any), ("body", Any)))));
    }

    public static void WriteParameters(Utf8JsonWriter json, ODataSettings settings)
    {
        Query("top", $"At most so many. A page holds {settings.DefaultPageSize} unless Prefer: maxpagesize says otherwise, and {settings.MaxPageSize} at most; @odata.nextLink leads to the next.", Whole);
        Query("skip", "So many are left out at the beginning.", Whole);
        Query("count", "Show how many there are in all.", text => text.WriteString("type", "boolean"));
        Query("search", "Words and phrases, with AND, OR and NOT.", Text);
        Query("filter", "An OData expression that the entities satisfy: Name eq 'pen' and Price lt 5.", Text);
        Query("id", "The address of the related entity.", Text, isRequired: true);
        Header("If-Match", "The ETag of the entity: it is changed only if it still has it.", isRequired: false);
        Header("If-Match-required", "The ETag of the entity: it is changed only if it still has it. Without it nothing is changed.", isRequired: true);

        void Query(string name, string description, SchemaWriter schema, bool isRequired = false)
        {
            using var _ = json.Object(name);
            json.Parameter(new($"${name}", "query", schema, isRequired, description));
        }

        void Header(string name, string description, bool isRequired)
        {
            using var _ = json.Object(name);
            json.Parameter(new("If-Match", "header", Text, isRequired, description));
        }
    }

    private static void Object(Utf8JsonWriter json, string name, params (string Name, SchemaWriter Schema)[] members) => json.Schema(name, inner => Members(inner, [], members));

    private static void Members(Utf8JsonWriter json, IReadOnlyList<string> required, params (string Name, SchemaWriter Schema)[] members)
    {
        json.WriteString("type", "object");
        using (json.Object("properties"))
            foreach (var (name, schema) in members)
                json.Schema(name, schema);
        if (required.Count > 0)
            json.Texts("required", required);
    }

    private static void Reference(Utf8JsonWriter json) => Members(json, ["@odata.id"], ("@odata.id", id =>
    {
        id.WriteString("type", "string");
        id.WriteString("description", "The address of an entity.");
    }));

    private static void Any(Utf8JsonWriter json) => json.WriteString("type", "object");

    private static void Text(Utf8JsonWriter json) => json.WriteString("type", "string");

    private static void Whole(Utf8JsonWriter json)
    {
        json.WriteString("type", "integer");
        json.WriteNumber("minimum", 0);
    }
}
