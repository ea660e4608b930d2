using BackendApi.Access;
using BackendApi.Access.Limits;
using BackendApi.Access.Statistics;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// <c>POST $batch</c> (Protocol 11.7) in both formats. The batch is read and checked to its end before anything of it runs, so that one that is malformed
/// changes nothing, and no transaction waits for a slow client; the responses leave as they are made. Neither is held in memory.
/// </summary>
internal sealed class BatchEndpoint(Database database, Authenticator authenticator, Admission admission, ServiceRoot root, ODataSettings settings, Failures failures, EntityRequests requests, SeriesWrites series)
{
    /// <summary>Below the service root.</summary>
    public const string Segment = "$batch";

    /// <param name="below">The path below the service root.</param>
    public static bool IsAddressed(PathString below) => below.Value!.Trim('/').Equals(Segment, StringComparison.OrdinalIgnoreCase);

    public async Task PostAsync(HttpContext context)
    {
        RequestTally.Of(context)?.Operation = RequestOperation.Batch;
        var caller = await authenticator.RequireAsync(context, context.RequestAborted);
        var request = ODataRequest.Read(context, root);
        var headers = context.Request.Headers;
        foreach (var name in (ReadOnlySpan<string>)["If-Match", "If-None-Match"])
            if (headers.ContainsKey(name))
                throw new ServiceException(Errors.InvalidHeader, $"{name} is a condition of single requests: it stands on them, not on the batch.", name);

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = settings.MaxBatchBytes;
        await using var bodies = new Spool();
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed : null;
        var (batch, isJson) = type switch
        {
            _ when type is not null && type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase) =>
                (await MultipartBatchReader.ReadAsync(type, context.Request.Body, bodies, settings, context.RequestAborted), false),
            _ when type is not null && BodyForms.IsJson(type) && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)) =>
                (await JsonBatchReader.ReadAsync(context.Request.Body, bodies, settings, context.RequestAborted), true),
            _ => throw new ServiceException(Errors.UnsupportedMediaType, "A batch is multipart/mixed with a boundary, or application/json in utf-8.", "Content-Type"),
        };

        admission.Count(caller, batch.Operations - 1);
        var preferences = BatchPreferences.Read(headers["Prefer"]);
        using BatchResponseWriter writer = isJson && !IsMultipartWanted(headers.Accept.ToString())
            ? new JsonBatchWriter(context.Response.BodyWriter)
            : new MultipartBatchWriter(context.Response.BodyWriter);
        context.Response.ContentType = writer.ContentType;
        context.Response.Headers["OData-Version"] = request.IsV401 ? "4.01" : "4.0";
        if (preferences.Applied is { } applied)
            context.Response.Headers["Preference-Applied"] = applied;
        await new BatchRun(context, writer, caller, request.Root, database, failures, requests, series).RunAsync(batch, preferences.ContinueOnError ?? isJson);
    }

    /// <summary>
    /// A JSON batch may be answered as multipart. The other way round a client that accepts JSON means the responses inside: many send this on every request.
    /// </summary>
    private static bool IsMultipartWanted(string accept) =>
        accept.Contains("multipart/mixed", StringComparison.OrdinalIgnoreCase) && !accept.Contains("json", StringComparison.OrdinalIgnoreCase);
}
