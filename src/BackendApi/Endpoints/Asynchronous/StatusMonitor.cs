using System.Globalization;
using System.Text;
using BackendApi.Access;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>The status monitor resource of an asynchronous request (Protocol 11.6): GET asks for the response, DELETE gives the request up.</summary>
internal sealed class StatusMonitor(
    Authenticator authenticator, KeptResponses responses, AsynchronousRequests requests, ODataSettings settings, TimeProvider clock)
{
    /// <summary>Below the service root; the dollar sign keeps it apart from every entity set.</summary>
    public const string Segment = "$async";

    public async Task GetAsync(HttpContext context)
    {
        var kept = await FindAsync(context);
        if (kept.Status is null && clock.GetUtcNow() - kept.TouchedAt < AsynchronousRequests.LostAfter)
        {
            requests.Accept(context, kept.Id);
            return;
        }
        var isMessage = IsMessageWanted(context.Request);
        if (kept.Status is null)
            await LostAsync(context, isMessage);
        else if (isMessage)
            await MessageAsync(context, kept);
        else
        {
            context.Response.Headers["AsyncResult"] = Status(kept);
            await ReplayAsync(context, kept with { Status = StatusCodes.Status200OK }, responses);
        }
    }

    public async Task DeleteAsync(HttpContext context)
    {
        var kept = await FindAsync(context);
        await responses.RemoveAsync(kept.Id, context.RequestAborted);
        requests.Cancel(kept.Id);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Answers with the response as it was made.</summary>
    public static async Task ReplayAsync(HttpContext context, KeptResponse kept, KeptResponses responses)
    {
        context.Response.StatusCode = kept.Status!.Value;
        foreach (var (name, value) in kept.Headers)
            context.Response.Headers[name] = value;
        await responses.CopyBodyAsync(kept.Id, context.Response.BodyWriter, context.RequestAborted);
    }

    private async Task<KeptResponse> FindAsync(HttpContext context)
    {
        var caller = await authenticator.RequireAsync(context, context.RequestAborted);
        var id = (string)context.Request.RouteValues["id"]!;
        return await responses.FindAsync(id, caller, context.RequestAborted) ?? throw new ServiceException(
            Errors.NotFound,
            string.Create(CultureInfo.InvariantCulture, $"No asynchronous request of yours is at this address (any more). Results are kept for {settings.ResultRetentionMinutes} minutes."));
    }

    /// <summary>A client of 4.0 gets the response as an HTTP message unless it does not accept one; a client of 4.01 when it says so.</summary>
    private static bool IsMessageWanted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0)
            return !ODataRequest.Version(request.Headers);
        return MediaTypeHeaderValue.TryParseList(accept!, out var ranges)
            && ranges.Any(range => range.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);
    }

    private async Task MessageAsync(HttpContext context, KeptResponse kept)
    {
        Begin(context, Status(kept));
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {kept.Status} {ReasonPhrases.GetReasonPhrase(kept.Status!.Value)}\r\n");
        foreach (var (name, value) in kept.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append("\r\n");
        await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), context.RequestAborted);
        await responses.CopyBodyAsync(kept.Id, context.Response.BodyWriter, context.RequestAborted);
    }

    /// <summary>The request did not come to its end: a response with a status of the server's (Protocol 11.6).</summary>
    private static async Task LostAsync(HttpContext context, bool isMessage)
    {
        var error = new ServiceError(Errors.Interrupted, Errors.Interrupted.Meaning);
        var status = error.Row.Status.ToString(CultureInfo.InvariantCulture);
        if (isMessage)
        {
            Begin(context, status);
            var version = ODataRequest.Version(context.Request.Headers) ? "4.01" : "4.0";
            await context.Response.WriteAsync($"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(error.Row.Status)}\r\nOData-Version: {version}\r\nContent-Type: application/json\r\n\r\n", context.RequestAborted);
            await context.Response.Body.WriteAsync(Failures.Body(context, error), context.RequestAborted);
            return;
        }
        context.Response.Headers["AsyncResult"] = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Failures.Body(context, error), context.RequestAborted);
    }

    private static void Begin(HttpContext context, string status)
    {
        context.Response.Headers["AsyncResult"] = status;
        context.Response.Headers["OData-Version"] = ODataRequest.Version(context.Request.Headers) ? "4.01" : "4.0";
        context.Response.ContentType = "application/http";
    }

    private static string Status(KeptResponse kept) => kept.Status!.Value.ToString(CultureInfo.InvariantCulture);
}
