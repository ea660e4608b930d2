using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Limits;
using BackendApi.Access.Statistics;
using BackendApi.Endpoints.Edge;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// The outermost stage: turns whatever ends a request early into the one error that a client may see. After the first byte there is no way
/// to say it any more, and the connection is broken so that the client must notice. What it was answered with is counted here.
/// </summary>
internal sealed class Failures(Database database, Deadlines deadlines, RequestStatistics statistics, Observations observations)
{
    /// <summary>The body is JSON and nothing else: quotes and letters need no escapes that only a web page would.</summary>
    private static readonly JsonWriterOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var tally = IsOfData(context.Request.Path) ? statistics.Begin(context) : null;
        try
        {
            await next(context);
            // What routing refuses has a status but no body.
            if (context.Response is { HasStarted: false, ContentType: null, ContentLength: null } response && Refusal(response.StatusCode) is { } row)
                await WriteAsync(context, new(row, row.Meaning));
        }
        catch (Exception failure)
        {
            var isLate = deadlines.IsOver(context);
            if (context.RequestAborted.IsCancellationRequested)
                return;
            var error = isLate ? new(Errors.DeadlineExceeded, Errors.DeadlineExceeded.Meaning) : Explain(context, failure);
            if (context.Response.HasStarted)
            {
                RequestTally.Break(context);
                context.Abort();
            }
            else
            {
                await WriteAsync(context, error);
            }
        }
        finally
        {
            if (tally is not null)
                statistics.End(context, tally);
        }
    }

    private static bool IsOfData(PathString path) =>
        path.StartsWithSegments(ServiceRoot.Path, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(DataExchangeEndpoint.Path, StringComparison.OrdinalIgnoreCase);

    private static ErrorRow? Refusal(int status) => status switch
    {
        404 => Errors.NotFound,
        405 => Errors.MethodNotAllowed,
        415 => Errors.UnsupportedMediaType,
        _ => null,
    };

    /// <summary>What the client is told. Only a <see cref="ServiceException"/> speaks for itself; of everything else just the kind is told.</summary>
    private ServiceError Explain(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case BrokenOffException:
                return new(Errors.InternalError, Errors.InternalError.Meaning);
            case ServiceException known:
                if (known.Error.Row == Errors.Unauthorized)
                    observations.Emit(new CallerRefused(Authenticator.AddressOf(context)));
                if (known.RetryAfter is { } wait && !context.Response.HasStarted)
                    Admission.SetRetryAfter(context, wait);
                return known.Error;
            case BadHttpRequestException { StatusCode: 413 }:
                return new(Errors.LimitExceeded, "The request body is larger than the service takes.");
            case BadHttpRequestException { StatusCode: 408 }:
                return new(Errors.RequestTimeout, Errors.RequestTimeout.Meaning);
            case BadHttpRequestException:
                return new(Errors.InvalidBody, "The request could not be read to its end.");
        }
        switch (database.Dialect.Classify(failure))
        {
            case Failure.Unavailable:
                observations.Emit(new DatabaseLost("request", failure));
                SetRetryAfter(context);
                return new(Errors.DatabaseUnavailable, Errors.DatabaseUnavailable.Meaning);
            case Failure.Timeout:
                return new(Errors.DatabaseTimeout, Errors.DatabaseTimeout.Meaning);
            case Failure.Retry:
                SetRetryAfter(context);
                return new(Errors.DatabaseUnavailable, "The database gave another request precedence. Try again.");
            case Failure.Unsupported:
                return new(Errors.NotImplemented, "This version of the database lacks a function that the request needs.");
            case Failure.TooComplex:
                return new(Errors.LimitExceeded,
                    "The request is more than the database can read in one statement: nest fewer functions, parentheses and lambdas, and give in a list instead of joining comparisons by or.");
            case Failure.BadValue:
                return new(Errors.OutOfRange,
                    "The database could not compute the request: an expression overflows, divides by zero, or gives a function a value that it does not take.");
            default:
                observations.Emit(new RequestFailed(context.Request.Method, context.Request.Path, failure, context.Response.HasStarted));
                return new(Errors.InternalError, Errors.InternalError.Meaning);
        }
    }

    /// <summary>After the first byte the headers are out.</summary>
    private static void SetRetryAfter(HttpContext context)
    {
        if (!context.Response.HasStarted)
            context.Response.Headers.RetryAfter = "1";
    }

    internal static async Task WriteAsync(HttpContext context, ServiceError error)
    {
        var response = context.Response;
        response.StatusCode = error.Row.Status;
        response.Headers.ETag = default;
        response.Headers.ContentEncoding = default;
        var body = Body(context, error);
        if (context.Request.Path.StartsWithSegments(ServiceRoot.Path, StringComparison.OrdinalIgnoreCase))
            response.Headers["OData-Version"] = ODataRequest.VersionOfError(context.Request.Headers);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The error in the shape of the dialect that the request speaks.</summary>
    internal static ReadOnlyMemory<byte> Body(HttpContext context, ServiceError error)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Legible);
        if (context.Request.Path.StartsWithSegments(DataExchangeEndpoint.Path, StringComparison.OrdinalIgnoreCase))
            DataExchangeErrors.Write(json, error.Details is { Count: > 0 } details ? details : [error]);
        else
            WriteOData(json, error);
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void WriteOData(Utf8JsonWriter json, ServiceError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        WriteMembers(json, error);
        if (error.Details is { Count: > 0 } details)
        {
            json.WriteStartArray("details");
            foreach (var detail in details)
            {
                json.WriteStartObject();
                WriteMembers(json, detail);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ServiceError error)
    {
        json.WriteString("code", error.Row.Code);
        json.WriteString("message", error.Message);
        if (error.Target is not null)
            json.WriteString("target", error.Target);
    }
}

/// <summary>A response broke off inside of another one, which cannot be made whole any more. Why has been told.</summary>
internal sealed class BrokenOffException() : Exception("A response broke off.");
