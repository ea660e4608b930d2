using System.Globalization;
using BackendApi.Access.Statistics;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;

namespace BackendApi.Endpoints;

/// <summary>
/// What a URL addresses, and whether a GET may ask for it. Some addresses stand for another one: <c>$entity?$id=Orders(1)</c> for <c>Orders(1)</c> (URL
/// Conventions 4.3.4) and <c>$all/BackendApi.Orders</c> for the set of that type (4.16). The request goes on there, with all its other options.
/// </summary>
internal static class Addressing
{
    /// <returns>The request at its final address, parsed.</returns>
    /// <exception cref="ServiceException">As for <see cref="UrlParser.Parse"/>; 404: another schema version; 405: an address of another method.</exception>
    public static (ODataRequest Request, ReadQuery Query) Read(HttpContext context, ODataRequest request, ModelSnapshot model, ParseLimits limits)
    {
        (request, var query) = Final(request, model, limits);
        Count(context, query.Path);
        CheckMethod(context, query.Path);
        CheckVersion(query.Options.SchemaVersion, model);
        return (request, query);
    }

    /// <summary>The same for a modification, which <c>$entity</c> can lead to as well.</summary>
    public static (ODataRequest Request, ReadQuery Query) ReadForWrite(HttpContext context, ODataRequest request, ModelSnapshot model, ParseLimits limits)
    {
        var (final, query) = Final(request, model, limits);
        Count(context, query.Path);
        CheckVersion(query.Options.SchemaVersion, model);
        return (final, query);
    }

    /// <summary>Tells the statistics what the request is about.</summary>
    public static void Count(HttpContext context, ResourcePath path)
    {
        if (RequestTally.Of(context) is not { } tally)
            return;
        tally.EntitySet = path.Segments is [var first, ..] ? first switch
        {
            PathSegment.EntitySet set => set.Set.Name,
            PathSegment.Singleton singleton => singleton.Definition.Name,
            _ => null,
        } : null;
        if (path.Segments is [.., PathSegment.Operation])
            tally.Operation = RequestOperation.Execute;
        else if (path.Segments is [.., PathSegment.Query])
            tally.Operation = RequestOperation.Read;
    }

    /// <summary>Segments that end an address of another method.</summary>
    private static void CheckMethod(HttpContext context, ResourcePath path)
    {
        var (allowed, message) = path.Segments switch
        {
            [.., PathSegment.Query] => ("POST", "A query in the body is sent by POST."),
            [PathSegment.Batch] => ("POST", "A batch is sent by POST."),
            [.., PathSegment.Operation { Definition: IEdmAction }] => ("POST", "An action is invoked by POST."),
            [.., PathSegment.Each] => ("PATCH, DELETE", "$each changes or removes every member of the collection; without it the address reads them."),
            _ => (null, null),
        };
        if (allowed is null)
            return;
        context.Response.Headers.Allow = allowed;
        throw new ServiceException(Errors.MethodNotAllowed, message!);
    }

    /// <summary>Protocol 11.2.12: the version that <c>$metadata</c> names, or an asterisk for whatever is current.</summary>
    private static void CheckVersion(string? asked, ModelSnapshot model)
    {
        if (asked is not null && asked != "*" && asked != model.Version.ToString(CultureInfo.InvariantCulture))
            throw new ServiceException(Errors.NotFound, $"The schema version '{asked}' is not served; the current one is {model.Version}.", "$schemaversion");
    }

    private static (ODataRequest Request, ReadQuery Query) Final(ODataRequest request, ModelSnapshot model, ParseLimits limits)
    {
        var query = UrlParser.Parse(model.Edm, request.Path, request.Query, limits);
        if (Other(request, query, model) is not { } other)
            return (request, query);
        var byId = query.Path.Segments[0] is PathSegment.Entity;
        query = UrlParser.Parse(model.Edm, other.Path, other.Query, limits);
        if (byId)
            CheckIsEntity(query);
        return (other, query);
    }

    /// <summary>Null when the address stands for itself.</summary>
    private static ODataRequest? Other(ODataRequest request, ReadQuery query, ModelSnapshot model) => query.Path.Segments switch
    {
        [PathSegment.Entity, ..] => Entity(request, query),
        [PathSegment.All, PathSegment.TypeCast { Type: IEdmEntityType type }, ..] => request with { Path = PathOf(type, model) + Behind(request.Path, segments: 2) },
        _ => null,
    };

    private static ODataRequest Entity(ODataRequest request, ReadQuery query)
    {
        if (query.Options.Id is not { } id)
            throw new ServiceException(Errors.MalformedUrl, "$entity needs the id of an entity, as in $entity?$id=Orders(1).", "$id");
        if (id.Contains('?', StringComparison.Ordinal) || id.Contains('#', StringComparison.Ordinal))
            throw new ServiceException(Errors.MalformedUrl, $"'{id}' is not the id of an entity.", "$id");
        return request with
        {
            Path = Relative(id, request.Root) + Behind(request.Path, segments: 1),
            Query = string.Join('&', request.Query.Split('&').Where(option => !IsId(option))),
        };
    }

    /// <summary>What the id of an entity must lead to, once it is parsed.</summary>
    /// <exception cref="ServiceException">400: to something else.</exception>
    private static void CheckIsEntity(ReadQuery query)
    {
        if (query.Path.Segments is not ([PathSegment.Singleton or PathSegment.EntitySet, ..] and [.., PathSegment.Key or PathSegment.Singleton or PathSegment.TypeCast]))
            throw new ServiceException(Errors.MalformedUrl, $"'{query.Path.Text}' is not the id of an entity.", "$id");
    }

    private static string Relative(string id, string root) =>
        ServiceUrl.Relative(id, root) ?? throw new ServiceException(Errors.NotFound, $"'{id}' is not an entity of this service: its ids begin with {root}.", "$id");

    private static string PathOf(IEdmEntityType type, ModelSnapshot model)
    {
        EntitySetModel[] sets = [.. model.EntitySets.Values.Where(set => type.IsOrInheritsFrom(set.EntityType))];
        return sets switch
        {
            [var set] => set.EntityType == type ? set.Name : $"{set.Name}/{type.FullTypeName()}",
            _ => throw new ServiceException(Errors.NotImplemented, $"{type.FullTypeName()} is not the type of exactly one entity set. Ask the sets by their names."),
        };
    }

    /// <summary>The rest of the path with its slash.</summary>
    private static string Behind(string path, int segments)
    {
        var end = -1;
        for (var i = 0; i < segments && (i == 0 || end >= 0); i++)
            end = path.IndexOf('/', end + 1);
        return end < 0 ? "" : path[end..];
    }

    private static bool IsId(string option)
    {
        var name = Uri.UnescapeDataString(option.Split('=')[0]);
        return name.TrimStart('$').Equals("id", StringComparison.OrdinalIgnoreCase);
    }
}
