using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Bounds that keep a request's cost in proportion to its length.</summary>
/// <param name="Depth">Nesting of parentheses, lambdas and expansions.</param>
/// <param name="ListItems">Members of one <c>in</c> list or collection literal.</param>
/// <param name="UrlCharacters">Characters of path and query together.</param>
public sealed record ParseLimits(int Depth = 100, int ListItems = 10_000, int UrlCharacters = 65_536);

/// <summary>The OData 4.01 URL grammar (ABNF) as a recursive descent over the percent-decoded parts of a URL, bound to an EDM.</summary>
public static class UrlParser
{
    /// <summary>Parses a request.</summary>
    /// <param name="path">The raw, percent-encoded path below the service root, without a leading slash.</param>
    /// <param name="query">The raw query without its question mark.</param>
    /// <exception cref="Support.ServiceException">Malformed (400 with position and caret), unknown (400 or 404 with a suggestion), or valid but not supported (501).</exception>
    public static ReadQuery Parse(IEdmModel model, string path, string query, ParseLimits limits) => throw new NotSupportedException();

    /// <summary>Parses a boolean expression over the properties of <paramref name="type"/>: a row filter or a rule of a definition.</summary>
    public static Expression ParseFilter(IEdmModel model, IEdmStructuredType type, string text, ParseLimits limits) => throw new NotSupportedException();
}
