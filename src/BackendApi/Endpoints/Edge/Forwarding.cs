using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace BackendApi.Endpoints.Edge;

/// <summary>Whose <c>X-Forwarded-…</c> headers are believed: those of <c>Service:TrustedProxies</c>, and of nobody else.</summary>
internal static class Forwarding
{
    public static ForwardedHeadersOptions Trusting(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        // As many hops as there are trusted proxies in a row; the framework's own trust in loopback is taken back.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies)
            options.KnownIPNetworks.Add(network);
        return options;
    }
}
