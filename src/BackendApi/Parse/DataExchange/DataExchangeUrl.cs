using System.Globalization;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.DataExchange;

/// <param name="PageRows">The most that <c>page[limit]</c> may ask for.</param>
/// <param name="ListItems">Values of one <c>in</c> list.</param>
/// <param name="Depth">Relations of one <c>include</c> chain.</param>
public sealed record DataExchangeLimits(int PageRows, int ListItems, int Depth);

/// <summary>
/// Reads the URLs of the Data Exchange dialect into the same records as OData's, so that one planner serves both:
/// <c>{alias}?filter[alias.field]=value&amp;include=a.b,c&amp;page[offset]=0&amp;page[limit]=20</c> and <c>{alias}/{id}?include=a</c>.
/// Parameters that the dialect does not know are left to others, as its clients expect. docs/reference/data-exchange.md.
/// </summary>
public static class DataExchangeUrl
{
    /// <param name="path">The raw, percent-encoded path below <c>/dynamic-entity</c>, without a leading slash.</param>
    /// <param name="query">The raw query without its question mark.</param>
    /// <exception cref="ServiceException">404 for an alias that is not published, 400 for everything that is not understood.</exception>
    public static ReadQuery Parse(ModelSnapshot model, string path, string query, DataExchangeLimits limits)
    {
        var parts = path.TrimEnd('/').Split('/');
        if (parts.Length > 2)
            throw new ServiceException(Errors.NotFound, "Not found: an address is an alias, or an alias and an id.");
        var set = Set(model, PercentDecoding.PathSegment(parts[0]));
        var segments = new List<PathSegment> { new PathSegment.EntitySet(default, set.Source) };
        IEdmTypeReference type = new EdmEntityTypeReference(set.EntityType, isNullable: false);
        if (parts.Length == 2)
            segments.Add(new PathSegment.Key(default, Key(set, parts[1])));
        else
            type = EdmCoreModel.GetCollection(type);
        return new(new ResourcePath(path, segments, type), Options(set, query, isCollection: parts.Length == 1, limits));
    }

    private static EntitySetModel Set(ModelSnapshot model, string alias) =>
        model.ByAlias.TryGetValue(alias, out var set)
            ? set
            : throw new ServiceException(Errors.NotFound, Sentence($"Not found: no endpoint is published as '{alias}'.", Suggestions.For(alias, model.ByAlias.Keys)));

    /// <summary>Values of a key of several columns are separated by commas, in the order of the key.</summary>
    private static KeyValue[] Key(EntitySetModel set, string raw)
    {
        // Clients that fill a template encode the commas too. A comma in a value beside them cannot be told then: it needs one that is not encoded.
        var parts = set.Key.Count == 1 ? [raw] : raw.Contains(',', StringComparison.Ordinal) ? raw.Split(',') : raw.Replace("%2c", "%2C", StringComparison.Ordinal).Split("%2C");
        if (parts.Length != set.Key.Count)
            throw new ServiceException(Errors.MalformedUrl, $"The id of {set.Alias} has {set.Key.Count} values, separated by commas: {string.Join(',', set.Key.Select(part => part.Alias))}.");
        var key = new KeyValue[parts.Length];
        for (var i = 0; i < key.Length; i++)
        {
            // What cannot be a value of the key is not the key of any row.
            var text = PercentDecoding.PathSegment(parts[i]);
            if (FieldLiteral.TryRead(set.Key[i], text) is not { Value: { } value })
                throw new ServiceException(Errors.EntityNotFound, $"No entity of {set.Alias} has the id '{PercentDecoding.PathSegment(raw)}'.");
            key[i] = new(set.Key[i].Edm, value);
        }
        return key;
    }

    private static QueryOptions Options(EntitySetModel set, string query, bool isCollection, DataExchangeLimits limits)
    {
        Expression? filter = null;
        var include = new IncludeTree(set, limits.Depth);
        long? offset = null, limit = null;
        foreach (var range in query.AsSpan().Split('&'))
        {
            var raw = query.AsSpan(range);
            var equals = raw.IndexOf('=');
            var name = PercentDecoding.QueryPart(equals < 0 ? raw : raw[..equals], "the query");
            // A parameter is known by what stands before its bracket; others, such as api_key, are not ours.
            var family = name.AsSpan(0, name.IndexOf('[') is var bracket and >= 0 ? bracket : name.Length);
            if (family is not ("filter" or "page" or "include"))
                continue;
            var value = equals < 0 ? "" : PercentDecoding.QueryPart(raw[(equals + 1)..], name);
            switch (family)
            {
                case "include" when name == "include":
                    include.Add(value);
                    break;
                case "filter" when isCollection:
                    var condition = FieldFilter.Parse(set, name, value, limits.ListItems);
                    filter = filter is null ? condition : new Expression.Binary(default, condition.Type, Functions.And, filter, condition);
                    break;
                case "page" when isCollection && name == "page[offset]":
                    offset = Number(name, value, 0, long.MaxValue);
                    break;
                case "page" when isCollection && name == "page[limit]":
                    limit = Number(name, value, 1, limits.PageRows);
                    break;
                case "page" or "filter" when !isCollection:
                    throw new ServiceException(Errors.MalformedUrl, $"{name} does not apply to one entity.", name);
                default:
                    throw new ServiceException(Errors.MalformedUrl, $"'{name}' is not understood. There are page[offset], page[limit] and include.", name);
            }
        }
        return new() { Filter = filter, Expand = include.Items(), Skip = offset, Top = limit };
    }

    private static long Number(string name, string value, long least, long most)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new ServiceException(Errors.MalformedUrl, $"{name} is a whole number, not '{value}'.", name);
        if (number < least)
            throw new ServiceException(Errors.OutOfRange, $"{name} is at least {least}.", name);
        if (number > most)
            throw new ServiceException(Errors.LimitExceeded, $"{name} is at most {most} here. Read the rest with page[offset].", name);
        return number;
    }

    internal static string Sentence(string sentence, string suggestion) => suggestion.Length == 0 ? sentence : $"{sentence} {suggestion}";
}
