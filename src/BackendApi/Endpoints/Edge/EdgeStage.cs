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
        if (https.Answer(context))
            return Task.CompletedTask;
        crossSite.Check(context.Request);
        return next(context);
    }
}
