using System.Globalization;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints;

/// <summary>What the headers of an OData request ask for, and the raw parts of its URL.</summary>
/// <param name="Path">Below the service root, still percent-encoded, without a leading slash.</param>
/// <param name="Query">Still percent-encoded, without the question mark.</param>
/// <param name="Root">The service root with a trailing slash, as the client reaches it.</param>
/// <param name="IsV401">The response follows OData 4.01.</param>
/// <param name="MaxPageSize">The preference <c>maxpagesize</c>.</param>
internal sealed record ODataRequest(
    string Path, string Query, string Root, bool IsV401, int? MaxPageSize, bool OmitNulls, bool IsOfODataLib, IReadOnlyList<string> Applied)
{
    /// <summary>The preference <c>track-changes</c> as the client spells it; null when it is not there.</summary>
    public string? TrackChanges { get; init; }


    /// <exception cref="ServiceException">400: a header that is malformed, or a version that is not served.</exception>
    public static ODataRequest Read(HttpContext context, ServiceRoot root)
    {
        var (path, query) = RawTarget.Below(ServiceRoot.Path, context);
        var headers = context.Request.Headers;
        var isV401 = Version(headers);
        Isolation(headers);
        var preferences = Preferences.Read(headers["Prefer"]);
        return new(
            path, query, root.Of(context.Request), isV401, preferences.MaxPageSize, preferences.OmitNulls, IsReader(headers.UserAgent), preferences.Applied)
        {
            TrackChanges = preferences.TrackChanges,
        };
    }

    /// <summary>Protocol 8.2.6: what snapshot isolation asks for cannot be given, and must not be pretended.</summary>
    private static void Isolation(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["Isolation", "OData-Isolation"])
            if (headers[name] is [{ } wanted, ..])
                throw wanted.Trim().Equals("snapshot", StringComparison.OrdinalIgnoreCase)
                    ? new ServiceException(Errors.PreconditionFailed, "Snapshot isolation is not supported.", name)
                    : new ServiceException(Errors.InvalidHeader, $"'{wanted}' is no isolation; 'snapshot' is the one that exists.", name);
    }

    /// <summary>
    /// Whether the response follows 4.01 (Protocol 8.2.7). Without a header the answer is 4.0: what clients that never heard of 4.01 read, and always the same.
    /// </summary>
    internal static bool Version(IHeaderDictionary headers)
    {
        if (headers["OData-Version"] is [{ } sent, ..] && sent is not ("4.0" or "4.01"))
            throw new ServiceException(Errors.InvalidHeader, $"OData-Version '{sent}' is not served; 4.0 and 4.01 are.", "OData-Version");
        return TryVersion(headers, out var isV401)
            ? isV401
            : throw new ServiceException(Errors.InvalidHeader,
                $"OData-MaxVersion '{headers["OData-MaxVersion"]}' asks for a version that is not served; 4.0 and 4.01 are.", "OData-MaxVersion");
    }

    /// <summary>The version of an error, which is told whatever is wrong with the request (Protocol 8.1.5).</summary>
    public static string VersionOfError(IHeaderDictionary headers) => TryVersion(headers, out var isV401) && isV401 ? "4.01" : "4.0";

    private static bool TryVersion(IHeaderDictionary headers, out bool isV401)
    {
        isV401 = false;
        if (headers["OData-MaxVersion"] is not [{ } text, ..] || text == "4.0")
            return true;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) || most < 4.0m)
            return false;
        isV401 = most >= 4.01m;
        return true;
    }

    /// <summary>Readers of the ODataLib family understand binary values only as plain base64.</summary>
    private static bool IsReader(StringValues userAgent) =>
        userAgent is [{ } agent, ..] &&
        (agent.Contains("Microsoft.Data.Mashup", StringComparison.Ordinal) || agent.Contains("Microsoft.OData", StringComparison.Ordinal));
}
