using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// The query of a URL: split into options before anything is decoded, then bound in the order of <see cref="SystemOption"/>. Refuses unknown
/// options with a dollar sign and options given twice; leaves custom options alone.
/// </summary>
internal static class QueryParser
{
    /// <summary>The decoded texts of the system query options by <see cref="SystemOption"/>; the parameter aliases go to the state.</summary>
    public static string?[] Split(string query, ParseState state)
    {
        state.Query = query;
        var texts = new string?[SystemOptions.Rows.Count];
        var rest = query.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (!pair.IsEmpty)
                Add(pair, texts, state);
        }
        return texts;
    }

    /// <summary>The decoded value of the custom option or parameter alias of that name (<c>name</c> or <c>@name</c>); null when there is none.</summary>
    public static string? FindCustom(string query, string name)
    {
        if (SystemOptions.Find(name) is not null)
            return null;
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan()[range];
            var equals = pair.IndexOf('=');
            if (equals > 0 && PercentDecoding.QueryPart(pair[..equals], "the query").TrimStart('@') == name)
                return PercentDecoding.QueryPart(pair[(equals + 1)..], name);
        }
        return null;
    }

    /// <param name="resource">What the path leads to.</param>
    /// <param name="type">The type that the options apply to; null when there is none, as for <c>$metadata</c>.</param>
    public static QueryOptions Bind(string?[] texts, ResourcePath resource, IEdmTypeReference? type, ParseState state)
    {
        var options = QueryOptions.None;
        var item = PrimitiveTypes.ItemOf(type);
        var isReference = resource.Segments is [.., PathSegment.Reference];
        var scope = (item ?? type) is { } itemType ? new Scope(state, itemType) : null;
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text)
                continue;
            var row = SystemOptions.Rows[i];
            var at = new Cursor(text, row.Name);
            if (row.Option < SystemOption.SkipToken)
            {
                if (scope is null && HasTypeOfItsOwn(resource))
                    continue;
                if (scope is null || row.IsForCollections && item is null || isReference && (row.Places & OptionPlace.ExpandReferences) == 0)
                    throw new ServiceException(Errors.UnknownOption, $"{row.Name} does not apply to {Describe(resource)}.", row.Name);
            }
            if (row.Option == SystemOption.Apply)
            {
                (var transformations, scope) = ApplyParser.Parse(ref at, scope!);
                options = options with { Apply = transformations };
            }
            else
            {
                options = OptionParser.Parse(row.Option, ref at, scope!, options);
            }
            if (!at.AtEnd)
                throw row.Option is SystemOption.Filter or SystemOption.OrderBy or SystemOption.Compute
                    ? ExpressionParser.Unexpected(at, "the end")
                    : at.Malformed(row.Option is SystemOption.Select or SystemOption.Expand ? "Expected ',' or the end" : "Expected the end");
            if (row.Option == SystemOption.Compute)
                scope = scope!.WithComputed(options.Compute);
        }
        return options;
    }

    private static void Add(ReadOnlySpan<char> pair, string?[] texts, ParseState state)
    {
        var equals = pair.IndexOf('=');
        var name = equals < 0 ? pair : pair[..equals];
        var value = equals < 0 ? [] : pair[(equals + 1)..];
        if (name.ContainsAny('%', '+'))
            name = PercentDecoding.QueryPart(name, "the query");

        if (name.StartsWith('@'))
        {
            var alias = name.ToString();
            state.AddAlias(alias, PercentDecoding.QueryPart(value, alias));
            return;
        }
        if (SystemOptions.Find(name) is not { } row || (row.Places & OptionPlace.Url) == 0)
        {
            if (!name.StartsWith('$'))
                return;
            var hint = SystemOptions.Suggestion(name, OptionPlace.Url);
            throw new ServiceException(Errors.UnknownOption, $"There is no system query option '{name}' here.{(hint.Length > 0 ? " " + hint : "")}", name.ToString());
        }
        ref var text = ref texts[(int)row.Option];
        if (text is not null)
            throw new ServiceException(Errors.MalformedUrl, $"The query option {row.Name} is given twice.", row.Name);
        text = PercentDecoding.QueryPart(value, row.Name);
    }

    /// <summary>Resources that yield several types: the options are bound where those are known.</summary>
    private static bool HasTypeOfItsOwn(ResourcePath resource) =>
        resource.Segments is [PathSegment.Entity, ..];

    private static string Describe(ResourcePath resource) => resource.Text.Length == 0 ? "the service document" : $"'{resource.Text}'";
}
