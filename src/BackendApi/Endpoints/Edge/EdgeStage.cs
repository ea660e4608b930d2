using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Edge;

/// <summary>
/// What is decided before anybody asks who calls: under which name and how the service is reached, and what a browser may do with it. Refuses with 400, 403 and,
/// for HTTPS, 308. Costs a request no allocation.
/// </summary>
internal sealed class EdgeStage(HostNames hosts, HttpsOnly https, CrossSite crossSite)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SecurityHeaders.Set(context);
        hosts.Check(context.Request);
        // A trusted proxy may hand on a prefix that its client has sent: at the beginning of an address this one would name another host.
        if (context.Request.PathBase.Value is ['/', '/' or '\\', ..])
            throw new ServiceException(Errors.InvalidHeader, "The prefix of a path begins with one slash.", "X-Forwarded-Prefix");
        if (https.Answer(context))
            return Task.CompletedTask;
        crossSite.Check(context.Request);
        return next(context);
    }
}
