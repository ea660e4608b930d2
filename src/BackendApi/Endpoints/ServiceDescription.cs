using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>The service document and <c>$metadata</c> (Protocol 11.1): what the snapshot says of itself.</summary>
internal static class ServiceDescription
{
    public static Task AnswerAsync(HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model)
    {
        // Clients of SAP's gateways ask for a token before they write. There is no session that a page of somebody else could ride on: any will do.
        if (context.Request.Headers["X-CSRF-Token"] is [{ } token, ..] && token.Equals("Fetch", StringComparison.OrdinalIgnoreCase))
            context.Response.Headers["X-CSRF-Token"] = "none-needed";
        context.Response.Headers["OData-Version"] = request.IsV401 ? "4.01" : "4.0";
        return query.Path.Segments is [] ? ServiceDocumentAsync(context, request, query, model) : MetadataAsync(context, request, query, model);
    }

    private static async Task ServiceDocumentAsync(HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model)
    {
        var format = MediaTypes.Json(context.Request.Headers.Accept, query.Options.Format);
        context.Response.ContentType = format.ContentType;
        var sink = new ByteSink(context.Response.BodyWriter);
        var json = sink.Json();
        json.WriteStartObject();
        if (format.Level != MetadataLevel.None)
            json.WriteString(request.IsV401 ? "@context" : "@odata.context", request.Root + "$metadata");
        json.WriteStartArray("value"u8);
        foreach (var set in model.EntitySets.Values.OrderBy(set => set.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, set.Name);
            json.WriteString("kind"u8, set.IsSingleton ? "Singleton" : "EntitySet");
            json.WriteString("url"u8, set.Name);
            json.WriteEndObject();
        }
        foreach (var function in model.Operations.Values.Where(operation => operation.IsListed).OrderBy(operation => operation.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, function.Name);
            json.WriteString("kind"u8, "FunctionImport");
            json.WriteString("url"u8, function.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        await sink.FlushAsync(context.RequestAborted);
    }

    private static async Task MetadataAsync(HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model)
    {
        var isXml = MediaTypes.IsXmlMetadata(context.Request.Headers.Accept, query.Options.Format);
        var document = !isXml ? model.Metadata.Json : request.IsV401 ? model.Metadata.Xml401 : model.Metadata.Xml40;
        var isCompressed = Compression.AcceptsGzip(context.Request.Headers.AcceptEncoding);
        var content = isCompressed ? document.Gzip : document.Content;
        if (ModelDocument.Begin(context, document.MediaType, isCompressed ? document.GzipETag : document.ETag, vary: "Accept, OData-MaxVersion", content.Length, isCompressed))
            await context.Response.BodyWriter.WriteAsync(content, context.RequestAborted);
    }
}
