using BackendApi.Parse;
using BackendApi.Support;
using FluentAssertions;

namespace BackendApi.Tests.Parse;

/// <summary>The parser as the tests of this folder call it.</summary>
internal static class Urls
{
    public static readonly ParseLimits Limits = new();

    /// <summary>Parses a URL below the service root. Blanks may stand as they are.</summary>
    public static ReadQuery Parse(string url, ParseLimits? limits = null)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        return UrlParser.Parse(ShopEdm.Model, mark < 0 ? url : url[..mark], mark < 0 ? "" : url[(mark + 1)..], limits ?? Limits);
    }

    public static string Path(string url) => Written.Of(Parse(url).Path);

    public static string Options(string url) => Written.Of(Parse(url).Options);

    /// <summary>A <c>$filter</c> over Customers; <paramref name="more"/> are further query options.</summary>
    public static string Filter(string filter, string more = "") =>
        Written.Of(Parse($"Customers?$filter={Uri.EscapeDataString(filter)}{more}").Options.Filter);

    public static ServiceError ErrorOf(string url, ParseLimits? limits = null)
    {
        var parse = () => Parse(url, limits);
        return parse.Should().Throw<ServiceException>().Which.Error;
    }

    public static ServiceError FilterError(string filter, string more = "") => ErrorOf($"Customers?$filter={Uri.EscapeDataString(filter)}{more}");
}
