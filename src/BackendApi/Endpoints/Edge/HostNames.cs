using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Edge;

/// <summary>
/// <c>Service:AllowedHosts</c>: the names under which clients reach the service, as they say them or as a trusted proxy forwards them. A name in a link is one of these.
/// </summary>
/// <param name="allowed">Names, and names with <c>*.</c> for all below; empty is any.</param>
internal sealed class HostNames(IReadOnlyList<string> allowed)
{
    // Nearly all requests of a server come to one host.
    private volatile string? _last;

    /// <exception cref="ServiceException"><see cref="Errors.InvalidHeader"/>: the service has no such name.</exception>
    public void Check(HttpRequest request)
    {
        if (allowed.Count == 0)
            return;
        var host = request.Host;
        if (host.Value is { } value && value == _last)
            return;
        if (!host.HasValue || !Allows(host.Host))
            throw new ServiceException(Errors.InvalidHeader, "The service is not reached under this name of a host.", "Host");
        _last = host.Value;
    }

    /// <summary>A name of the machine itself: nothing sent to it leaves the machine.</summary>
    public static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private bool Allows(string host)
    {
        foreach (var name in allowed)
            if (name.StartsWith("*.", StringComparison.Ordinal)
                ? host.Length > name.Length - 1 && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
                : host.AsSpan().Trim("[]").Equals(name.AsSpan().Trim("[]"), StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
