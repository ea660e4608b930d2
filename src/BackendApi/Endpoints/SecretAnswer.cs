using BackendApi.Access;
using BackendApi.Endpoints.Repeatability;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>An answer with a secret that is shown once: neither the service nor anything on the way keeps it.</summary>
internal sealed class SecretAnswer
{
    private SecretAnswer() { }

    /// <exception cref="ServiceException">501: the answer would be kept; what was done is rolled back.</exception>
    public static void Mark(HttpContext context)
    {
        if (context.Features.Get<KnownCaller>() is { IsKept: true })
            throw new ServiceException(Errors.NotImplemented, "The answer has a secret, which is not kept: send the request without respond-async.", "Prefer");
        context.Features.Set(new SecretAnswer());
        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>The first answer to a repeatable request would have to be kept.</summary>
    /// <exception cref="ServiceException">501: what was done is rolled back.</exception>
    public static void RefuseRepeatable(HttpContext context, RepeatableId repeatable)
    {
        if (context.Features.Get<SecretAnswer>() is null)
            return;
        context.Response.Headers[RepeatableId.Result] = "rejected";
        throw new ServiceException(Errors.NotImplemented, "The answer has a secret, which is not kept: the request is not repeatable.", repeatable.IsIdempotencyKey ? RepeatableId.IdempotencyKey : RepeatableId.RequestId);
    }
}
