using Microsoft.Extensions.Configuration;

namespace BackendApi.Support;

/// <summary>The section <c>Https</c>.</summary>
/// <param name="Redirect">Null: when the program itself listens at an https address.</param>
/// <param name="Port">Null: that of the https address that the program listens at, else 443.</param>
/// <param name="HstsDays">How long browsers keep to HTTPS; 0 tells them nothing.</param>
public sealed record HttpsSettings(bool? Redirect, int? Port, int HstsDays);

/// <summary>The section <c>Cors</c>: which pages of other origins may call from a browser, and what they may see.</summary>
/// <param name="Origins">Empty is none; <see cref="Any"/> alone is all of them.</param>
/// <param name="Headers">Request headers; empty is any.</param>
/// <param name="Credentials">A page may let the browser add credentials that it keeps, such as those of HTTP Basic.</param>
public sealed record CorsSettings(
    IReadOnlyList<string> Origins, IReadOnlyList<string> Methods, IReadOnlyList<string> Headers, IReadOnlyList<string> ExposedHeaders, bool Credentials, int MaxAgeSeconds)
{
    public const string Any = "*";

    public static readonly IReadOnlyList<string> StandardMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>What clients of OData and of this service read, besides what browsers show every page.</summary>
    public static readonly IReadOnlyList<string> StandardExposedHeaders =
    [
        "OData-Version", "OData-EntityId", "OData-Error", "ETag", "Location", "Preference-Applied", "Retry-After", "AsyncResult", "Repeatability-Result", "Content-Disposition",
        "Content-Range", "Accept-Ranges", "Allow", "WWW-Authenticate",
    ];

    /// <summary>Reads the section. What cannot be meant is added to <paramref name="mistakes"/>.</summary>
    public static CorsSettings Read(IConfiguration configuration, ICollection<string> mistakes)
    {
        var origins = Settings.CorsOrigins.Read(configuration, mistakes);
        var credentials = Settings.CorsCredentials.Read(configuration, mistakes) ?? false;
        if (origins.Contains(Any) && (origins.Count > 1 || credentials))
            mistakes.Add($"{Settings.CorsOrigins.Key}: {Any} stands alone, and without {Settings.CorsCredentials.Key}: name the origins that may use credentials.");
        var methods = Settings.CorsMethods.Read(configuration, mistakes);
        var exposed = Settings.CorsExposedHeaders.Read(configuration, mistakes);
        return new(origins, methods, Settings.CorsHeaders.Read(configuration, mistakes), exposed, credentials, Settings.CorsMaxAge.Read(configuration, mistakes));
    }

    /// <summary>Why a text is no origin as browsers send it (RFC 6454); null when it is one, or one with <c>*.</c> for all hosts below a name.</summary>
    internal static string? MistakeOf(string origin)
    {
        if (origin == Any)
            return null;
        var isOne = Uri.TryCreate(origin.Replace("://*.", "://", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(origin.Replace("://*.", "://", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0 && !uri.Host.Contains('*', StringComparison.Ordinal);
        return isOne ? null : $"'{origin}' is not an origin such as https://shop.example, https://shop.example:8443 or https://*.shop.example.";
    }
}
