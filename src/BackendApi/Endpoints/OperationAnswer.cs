using BackendApi.Parse;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;

namespace BackendApi.Endpoints;

/// <summary>The answer to an operation that returns no entities (JSON Format 17): a value, a complex value, a collection of either, or nothing.</summary>
internal static class OperationAnswer
{
    /// <exception cref="ServiceException">501: options that would go on from a value, which no operation lets them do.</exception>
    public static void Write(HttpContext context, ODataRequest request, QueryOptions options, OperationOutcome outcome)
    {
        var (operation, _, value) = outcome;
        // Where entities are returned, options are about those; there is none now.
        if (operation.Result is null && options with { Format = null, SchemaVersion = null } != QueryOptions.None)
            throw new ServiceException(Errors.NotImplemented, $"Query options do not go on from what {operation.Name} returns: they do where operations return entities.");
        var response = context.Response;
        response.Headers["OData-Version"] = request.IsV401 ? "4.01" : "4.0";
        if (request.Applied.Count > 0)
            response.Headers["Preference-Applied"] = string.Join(", ", request.Applied);
        if (operation.Signature.Result is not { } type || (value is null && !type.IsCollection))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        var chosen = MediaTypes.Json(context.Request.Headers.Accept, options.Format);
        var style = new JsonStyle(chosen.Level, request.IsV401, chosen.Ieee754, request.OmitNulls, request.IsOfODataLib);
        response.ContentType = chosen.ContentType;
        var json = new ByteSink(response.BodyWriter).Json();
        json.WriteStartObject();
        if (style.Level != MetadataLevel.None)
            json.WriteString(style.Names.Context, $"{request.Root}$metadata#{operation.Edm.ReturnType.FullName()}");
        if (type.Complex is { } complex)
            ResultWriter.Members(json, value!, complex, style);
        else
        {
            json.WritePropertyName("value"u8);
            ResultWriter.Write(json, value ?? Array.Empty<object>(), type, style);
        }
        json.WriteEndObject();
        json.Flush();
    }
}
