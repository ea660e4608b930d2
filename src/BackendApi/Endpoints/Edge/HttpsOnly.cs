using System.Globalization;
using BackendApi.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace BackendApi.Endpoints.Edge;

/// <summary>
/// The section <c>Https</c>: a read over plain HTTP is sent to the same address over HTTPS, everything else is refused, because its client would go on to send data in clear
/// and never notice. The framework's middleware redirects everything, and to whatever host a request names.
/// </summary>
internal sealed class HttpsOnly(HttpsSettings settings, ServiceSettings service, IServer server)
{
    private const int StandardPort = 443;

    private readonly string? _strict = settings.HstsDays == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"max-age={settings.HstsDays * 86_400L}");
    /// <summary>The addresses are known when the server has started.</summary>
    private Listening? _listening;

    /// <summary>Tells browsers to keep to HTTPS, or sends the client there. True when the request is answered.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.HttpsRequired"/>.</exception>
    public bool Answer(HttpContext context)
    {
        var request = context.Request;
        if (request.IsHttps)
        {
            if (_strict is not null && !HostNames.IsLocal(request.Host.Host))
                context.Response.Headers.StrictTransportSecurity = _strict;
            return false;
        }
        var listening = _listening ??= Listening.Of(server);
        if (!(settings.Redirect ?? listening.Port is not null) || HostNames.IsLocal(request.Host.Host) || request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return false;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            throw new ServiceException(Errors.HttpsRequired, Errors.HttpsRequired.Meaning);
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = Target(request, settings.Port ?? listening.Port ?? StandardPort);
        return true;
    }

    private string Target(HttpRequest request, int port)
    {
        if (service.PublicRoot is { Scheme: "https" } root)
            return root.AbsoluteUri.TrimEnd('/') + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        var host = port == StandardPort ? new HostString(request.Host.Host) : new HostString(request.Host.Host, port);
        return UriHelper.BuildAbsolute("https", host, request.PathBase, request.Path, request.QueryString);
    }

    /// <param name="Port">Of the first https address; null when there is none.</param>
    private sealed record Listening(int? Port)
    {
        public static Listening Of(IServer server) => new(
            server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse).Where(address => address.Scheme == "https").Select(address => (int?)address.Port).FirstOrDefault());
    }
}
