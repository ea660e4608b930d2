using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>What a method below the OData service root means: the same for a request on its own and for one in a batch.</summary>
internal sealed class EntityRequests(ReadEndpoint read, WriteEndpoint write)
{
    public static readonly IReadOnlyList<string> Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete];

    public Task InvokeAsync(HttpContext context)
    {
        switch (context.Request.Method.ToUpperInvariant())
        {
            case "GET" or "HEAD": return read.GetAsync(context);
            case "POST" when QueryBody.IsAddressed(context): return read.GetAsync(context);
            case "POST" or "PATCH" or "PUT" or "DELETE": return write.WriteAsync(context);
            default:
                context.Response.Headers.Allow = string.Join(", ", Methods);
                throw new ServiceException(Errors.MethodNotAllowed, Errors.MethodNotAllowed.Meaning);
        }
    }
}
