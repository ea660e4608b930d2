using BackendApi.Support;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Edge;

/// <summary>
/// What pages of other origins may do through a browser. Reading is what <c>Cors:…</c> allows, and the framework's middleware says. A form of any page can send a
/// POST all the same, and a browser that has seen HTTP Basic adds the credentials by itself: that is refused here, unless the origin may call with credentials.
/// </summary>
internal sealed class CrossSite(CorsSettings settings, ServiceSettings service)
{
    private readonly CorsPolicy? _policy = PolicyOf(settings);

    /// <summary>Null when no other origin may call.</summary>
    public static CorsPolicy? PolicyOf(CorsSettings settings)
    {
        if (settings.Origins.Count == 0)
            return null;
        var policy = new CorsPolicyBuilder();
        if (settings.Origins is [CorsSettings.Any])
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. settings.Origins]).SetIsOriginAllowedToAllowWildcardSubdomains();
        if (settings.Headers.Count == 0)
            policy.AllowAnyHeader();
        else
            policy.WithHeaders([.. settings.Headers]);
        if (settings.Credentials)
            policy.AllowCredentials();
        return policy.WithMethods([.. settings.Methods]).WithExposedHeaders([.. settings.ExposedHeaders]).SetPreflightMaxAge(TimeSpan.FromSeconds(settings.MaxAgeSeconds)).Build();
    }

    /// <exception cref="ServiceException"><see cref="Errors.Forbidden"/>: a change that a page of another origin sends with credentials which the browser added.</exception>
    public void Check(HttpRequest request)
    {
        if (request.Method is "GET" or "HEAD" || request.Headers.Authorization is not [{ } authorization] || !authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return;
        if (IsOfAnotherOrigin(request) && !(_policy is { SupportsCredentials: true } && request.Headers.Origin is [{ } origin] && _policy.IsOriginAllowed(origin)))
            throw new ServiceException(Errors.Forbidden, "Pages of other origins change nothing here with the credentials that a browser keeps. Send a token, or an API key as a header.", "Origin");
    }

    /// <summary>As browsers say it; where they do not (over plain HTTP), by the origin. Programs say neither.</summary>
    public bool IsOfAnotherOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is not ("same-origin" or "none");
        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && (uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || uri.Authority.Equals(service.PublicRoot?.Authority, StringComparison.OrdinalIgnoreCase)));
    }
}
