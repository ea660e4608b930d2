using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Bounds that keep a request's cost in proportion to its length.</summary>
/// <param name="Depth">Nesting of parentheses, lambdas and expansions.</param>
/// <param name="ListItems">Members of one <c>in</c> list or collection literal.</param>
/// <param name="UrlCharacters">Characters of path and query together.</param>
public sealed record ParseLimits(int Depth = 100, int ListItems = 10_000, int UrlCharacters = 65_536)
{
    public static ParseLimits Of(ODataSettings settings) => new(settings.MaxExpressionDepth, settings.MaxListItems, settings.MaxUrlCharacters);
}

/// <summary>
/// The OData 4.01 URL grammar (ABNF) as a recursive descent over the percent-decoded parts of a URL, bound to an EDM. Nothing but
/// <see cref="ServiceException"/> leaves it, whatever the input.
/// </summary>
public static class UrlParser
{
    /// <summary>Parses a request.</summary>
    /// <param name="path">The raw, percent-encoded path below the service root, without a leading slash.</param>
    /// <param name="query">The raw query without its question mark.</param>
    /// <exception cref="ServiceException">Malformed (400 with position and caret), unknown (400 or 404 with a suggestion), or valid but not supported (501).</exception>
    public static ReadQuery Parse(IEdmModel model, string path, string query, ParseLimits limits)
    {
        var state = new ParseState(model, limits);
        CheckText(path, "the path", path.Length + query.Length, limits);
        CheckText(query, "the query", query.Length, limits);

        var texts = QueryParser.Split(query, state);
        var (resource, optionType) = PathParser.Parse(state, path);
        var options = QueryParser.Bind(texts, resource, optionType, state);
        return new ReadQuery(resource, options);
    }

    /// <summary>Parses a boolean expression over the properties of <paramref name="type"/>: a row filter or a rule of a definition.</summary>
    /// <param name="text">The expression as plain text, not percent-encoded.</param>
    /// <exception cref="ServiceException">As for <see cref="Parse"/>.</exception>
    public static Expression ParseFilter(IEdmModel model, IEdmStructuredType type, string text, ParseLimits limits) => ParseFilter(model, type, text, limits, []);

    /// <param name="aliases">What parameter aliases in it stand for: their names with the at sign, and literals.</param>
    /// <inheritdoc cref="ParseFilter(IEdmModel, IEdmStructuredType, string, ParseLimits)"/>
    internal static Expression ParseFilter(IEdmModel model, IEdmStructuredType type, string text, ParseLimits limits, IReadOnlyList<(string Name, string Value)> aliases)
    {
        CheckText(text, "the filter", text.Length, limits);
        var state = new ParseState(model, limits);
        foreach (var (name, value) in aliases)
            state.AddAlias(name, value);
        var scope = new Scope(state, MemberParser.Structured(type));
        var at = new Cursor(text, "the filter");
        var condition = ExpressionParser.ParseCondition(ref at, scope, "A filter");
        return at.AtEnd ? condition : throw ExpressionParser.Unexpected(at, "the end");
    }

    /// <summary>Parses an expression of any type over the properties of <paramref name="type"/>: the <c>compute</c> of a definition.</summary>
    /// <param name="text">The expression as plain text, not percent-encoded.</param>
    /// <exception cref="ServiceException">As for <see cref="Parse"/>.</exception>
    public static Expression ParseExpression(IEdmModel model, IEdmStructuredType type, string text, ParseLimits limits)
    {
        CheckText(text, "the expression", text.Length, limits);
        var scope = new Scope(new ParseState(model, limits), MemberParser.Structured(type));
        var at = new Cursor(text, "the expression");
        at.SkipBlanks();
        var expression = ExpressionParser.Parse(ref at, scope);
        at.SkipBlanks();
        return at.AtEnd ? expression : throw ExpressionParser.Unexpected(at, "the end");
    }

    private static void CheckText(string text, string option, int length, ParseLimits limits)
    {
        if (length > limits.UrlCharacters)
            throw new ServiceException(Errors.LimitExceeded, $"Longer than the {limits.UrlCharacters} characters that are allowed.", option);
        PercentDecoding.CheckCharacters(text, option);
    }
}
