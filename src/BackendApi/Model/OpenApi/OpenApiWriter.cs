using System.Globalization;
using System.Text.Json;
using BackendApi.Model.Csdl;

namespace BackendApi.Model.OpenApi;

/// <summary>
/// Writes the OpenAPI 3.0 description of what a caller may use: both dialects, and nothing that is not in the caller's model. docs/reference/openapi.md. Flushes after each set, so no text
/// piles up.
/// </summary>
internal sealed class OpenApiWriter(Utf8JsonWriter json, CsdlDocument model, OpenApiService service)
{
    private const string Version = "3.0.3";

    public void Write()
    {
        using var _ = json.Object();
        json.WriteString("openapi", Version);
        using (json.Object("info"))
        {
            json.WriteString("title", "BackendApi");
            json.WriteString("description",
                "Entity sets as OData 4.01 below /odata, and the same definitions in the Data Exchange dialect below /dynamic-entity. It holds what you may use, and nothing else. "
                + "A quote inside of a text in an address is written twice.");
            json.WriteString("version", model.Version.ToString(CultureInfo.InvariantCulture));
        }
        using (json.Array("servers"))
        using (json.Object())
            json.WriteString("url", service.Root);
        WriteSecurity();
        WriteTags();
        using (json.Object("paths"))
            WritePaths();
        using (json.Object("components"))
            WriteComponents();
    }

    /// <summary>One of them is enough.</summary>
    private void WriteSecurity()
    {
        using var _ = json.Array("security");
        foreach (var schemes in SecuritySchemes.Requirements(service))
            using (json.Object())
                foreach (var scheme in schemes)
                    using (json.Array(scheme))
                    {
                    }
    }

    private void WriteTags()
    {
        using var _ = json.Array("tags");
        foreach (var set in model.Sets)
            using (json.Object())
            {
                json.WriteString("name", set.Name);
                json.Text("description", set.Description);
            }
    }

    private void WritePaths()
    {
        var operations = new OperationPaths(json, model.Operations);
        json.Path($"/{EntityPaths.ODataPath}/$batch", [],
        [
            new("post", "batch", "$batch", "Send several requests at once")
            {
                Body = [ApiContent.Json(Components.Schema("batch")), new("multipart/mixed;boundary=batch", inner => inner.WriteString("type", "string"))],
                Answer = ApiContent.Json(Components.Schema("batch-response")),
                Refusals = [400, 401],
            },
        ]);
        operations.Unbound();
        foreach (var set in model.Sets)
        {
            new EntityPaths(json, set, operations).Write();
            json.Flush();
        }
        foreach (var set in model.Sets)
        {
            new DataExchangePaths(json, set).WritePaths();
            json.Flush();
        }
    }

    private void WriteComponents()
    {
        var filled = EntitySchemas.Filled(model.Sets);
        using (json.Object("schemas"))
        {
            SharedComponents.WriteSchemas(json);
            foreach (var type in model.EnumTypes)
                EntitySchemas.WriteEnum(json, type);
            foreach (var type in model.ComplexTypes)
                EntitySchemas.WriteComplex(json, type);
            foreach (var set in model.Sets)
            {
                new EntitySchemas(json, set, filled[set].ToHashSet()).Write();
                json.Flush();
            }
            foreach (var set in model.Sets)
            {
                new DataExchangePaths(json, set).WriteSchemas(filled[set].ToHashSet());
                json.Flush();
            }
        }
        using (json.Object("parameters"))
        {
            SharedComponents.WriteParameters(json, model.Settings);
            DataExchangePaths.WriteShared(json);
            foreach (var set in model.Sets)
            {
                SetParameters.Write(json, set);
                json.Flush();
            }
            foreach (var set in model.Sets)
                new DataExchangePaths(json, set).WriteParameters();
        }
        using (json.Object("responses"))
            ErrorResponses.Write(json);
        using (json.Object("securitySchemes"))
            SecuritySchemes.Write(json, service);
    }
}
