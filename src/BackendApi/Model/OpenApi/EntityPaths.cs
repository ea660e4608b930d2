using System.Text.Json;
using Microsoft.OData.Edm;

namespace BackendApi.Model.OpenApi;

/// <summary>
/// Addresses of a set, of its entities and of what they lead to, one step far (OData to OpenAPI Mapping 1.0, 4.5). A key stands in the template as a literal does, with the quotes that its
/// type needs.
/// </summary>
internal sealed class EntityPaths(Utf8JsonWriter json, EntitySetModel set, OperationPaths operations)
{
    private readonly SetVerbs _verbs = SetVerbs.Of(set);

    private IReadOnlyList<int> Changing => set.RequiresETag ? ApiOperation.ChangingByETag : ApiOperation.Changing;

    private string IfMatch => set.RequiresETag ? "If-Match-required" : "If-Match";

    public void Write()
    {
        var root = $"/{ODataPath}/{set.Name}";
        if (set.IsSingleton)
        {
            Entity(new(root, set.Name, []), null, isPrimary: true);
            return;
        }
        Collection(root, set.Name, null);
        if (_verbs.CanRead)
            json.Path($"{root}/$count", [], [Count(set, $"{set.Name}.count")]);
        operations.BoundToCollection(set, root);
        Entity(new($"{root}({Key(set.Key)})", set.Name, [.. set.Key.Select(part => Components.Key(set, part))]), null, isPrimary: true);
        foreach (var key in set.AlternateKeys)
            Entity(new($"{root}({Named(key)})", $"{set.Name}.{string.Join('.', key.Select(part => part.Name))}", [.. key.Select(part => Components.Key(set, part))]), null, isPrimary: false);
        foreach (var derived in set.Derived)
            Collection($"{root}/{derived.Type.FullTypeName()}", $"{set.Name}.{derived.Name}", derived);
    }

    /// <summary>The service root below that of the product.</summary>
    internal const string ODataPath = "odata";

    /// <summary>A value in an address as it is quoted there.</summary>
    internal static string Quoted(string name, IEdmTypeReference type) => type.Kind() switch
    {
        ValueKind.String or ValueKind.Enum or ValueKind.Json => $"'{{{name}}}'",
        ValueKind.Duration => $"duration'{{{name}}}'",
        ValueKind.Binary => $"binary'{{{name}}}'",
        _ => $"{{{name}}}",
    };

    private static string Key(IReadOnlyList<PropertyModel> key) => key is [var only] ? Quoted(only.Name, only.Edm.Type) : Named(key);

    private static string Named(IReadOnlyList<PropertyModel> key) => string.Join(',', key.Select(part => $"{part.Name}={Quoted(part.Name, part.Edm.Type)}"));

    private void Collection(string path, string id, DerivedModel? type)
    {
        var written = new List<ApiOperation>();
        if (_verbs.CanRead)
            written.Add(List(set, type, $"{id}.list", set.Name, $"List {type?.Name ?? set.Name}"));
        if (_verbs.CanCreate)
            written.Add(Create(set, type, $"{id}.create", $"Create one of {type?.Name ?? set.Name}"));
        json.Path(path, [], written);
    }

    /// <param name="Template">With the names of its parameters in braces.</param>
    /// <param name="Id">Before the verbs of its operations.</param>
    /// <param name="Parameters">Names of the shared parameters that are in the template.</param>
    private sealed record Address(string Template, string Id, IReadOnlyList<string> Parameters);

    private void Entity(Address at, DerivedModel? type, bool isPrimary)
    {
        var written = new List<ApiOperation>();
        var shown = ApiContent.Json(Components.Schema(Components.Of(set, type)));
        var name = type?.Name ?? set.Name;
        if (_verbs.CanRead)
            written.Add(new("get", $"{at.Id}.get", set.Name, $"Read one of {name}") { Parameters = ShapeOptions(set), Answer = shown });
        if (_verbs.CanUpdate)
        {
            var body = ApiContent.Json(Components.Schema(Components.Update(set, type)));
            written.Add(new("patch", $"{at.Id}.update", set.Name, $"Change one of {name}") { Parameters = [IfMatch], Body = [body], Answer = shown, CanBeEmpty = true, Refusals = Changing });
            if (!set.TakesDocuments)
                written.Add(new("put", $"{at.Id}.replace", set.Name, $"Replace one of {name}")
                {
                    Description = "What the body leaves out is set back to its default.", Parameters = [IfMatch], Body = [body], Answer = shown, CanBeEmpty = true, Refusals = Changing,
                });
        }
        if (_verbs.CanDelete && !set.IsSingleton)
            written.Add(new("delete", $"{at.Id}.delete", set.Name, $"Delete one of {name}") { Parameters = [IfMatch], Refusals = Changing });
        json.Path(at.Template, at.Parameters, written);
        if (!isPrimary || !_verbs.CanRead)
            return;
        if (set.Media is { } media)
            Stream(at with { Template = $"{at.Template}/$value", Id = $"{at.Id}.stream" }, media, set.Name);
        foreach (var stream in set.Streams)
            Stream(at with { Template = $"{at.Template}/{stream.Name}", Id = $"{at.Id}.{stream.Name}" }, stream.Media, $"{stream.Name} of one of {set.Name}");
        foreach (var navigation in set.Navigations)
            Navigation(at, navigation);
        operations.BoundToEntity(set, at.Template, at.Parameters);
        foreach (var derived in set.Derived)
            foreach (var navigation in derived.Navigations)
                Navigation(at with { Template = $"{at.Template}/{derived.Type.FullTypeName()}", Id = $"{at.Id}.{derived.Name}" }, navigation);
    }

    private void Stream(Address at, MediaModel media, string name)
    {
        var bytes = new ApiContent("*/*", Components.Schema("stream"));
        var written = new List<ApiOperation> { new("get", $"{at.Id}.download", set.Name, $"Download {name}") { Answer = bytes, CanBeEmpty = true } };
        if (_verbs.CanUpdate && media.IsEditable)
            written.Add(new("put", $"{at.Id}.upload", set.Name, $"Upload {name}") { Parameters = [IfMatch], Body = [bytes], Refusals = Changing });
        if (_verbs.CanUpdate && media.IsEditable && media.Column.IsNullable)
            written.Add(new("delete", $"{at.Id}.clear", set.Name, $"Set {name} to null") { Parameters = [IfMatch], Refusals = Changing });
        json.Path(at.Template, at.Parameters, written);
    }

    private void Navigation(Address at, NavigationModel navigation)
    {
        var (target, id, template) = (navigation.Target, $"{at.Id}.{navigation.Name}", $"{at.Template}/{navigation.Name}");
        var verbs = SetVerbs.Of(target);
        if (!verbs.CanRead)
            return;
        if (!navigation.IsCollection)
        {
            json.Path(template, at.Parameters,
            [
                new("get", $"{id}.get", set.Name, $"Read {navigation.Name} of one of {set.Name}")
                {
                    Parameters = ShapeOptions(target), Answer = ApiContent.Json(Components.Schema(Components.Of(target))), CanBeEmpty = navigation.IsNullable,
                },
            ]);
        }
        else
        {
            var written = new List<ApiOperation> { List(target, null, $"{id}.list", set.Name, $"List {navigation.Name} of one of {set.Name}") };
            if (navigation.IsEditable && verbs.CanCreate)
                written.Add(Create(target, null, $"{id}.create", $"Create one of {navigation.Name} of one of {set.Name}"));
            json.Path(template, at.Parameters, written);
            json.Path($"{template}/$count", at.Parameters, [Count(target, $"{id}.count")]);
        }
        if (navigation.IsEditable)
            References(at, navigation, $"{template}/$ref", id);
    }

    private void References(Address at, NavigationModel navigation, string template, string id)
    {
        var reference = ApiContent.Json(Components.Schema("reference"));
        var what = $"{navigation.Name} of one of {set.Name}";
        json.Path(template, at.Parameters, navigation.IsCollection
            ?
            [
                new("get", $"{id}.listReferences", set.Name, $"List references to {what}") { Parameters = ["top", "skip", "count", "filter"], Answer = ApiContent.Json(Components.Schema("references")) },
                new("post", $"{id}.addReference", set.Name, $"Add an entity to {what}") { Parameters = [IfMatch], Body = [reference], Refusals = Changing },
                new("delete", $"{id}.removeReference", set.Name, $"Remove an entity from {what}") { Parameters = [IfMatch, "id"], Refusals = Changing },
            ]
            :
            [
                new("get", $"{id}.getReference", set.Name, $"Read the reference to {what}") { Answer = reference, CanBeEmpty = navigation.IsNullable },
                new("put", $"{id}.setReference", set.Name, $"Set {what}") { Parameters = [IfMatch], Body = [reference], Refusals = Changing },
                new("delete", $"{id}.removeReference", set.Name, $"Remove {what}") { Parameters = [IfMatch], Refusals = Changing },
            ]);
    }

    private static ApiOperation List(EntitySetModel of, DerivedModel? type, string id, string tag, string summary) => new("get", id, tag, summary)
    {
        Parameters = ListOptions(of), Answer = ApiContent.Json(Components.Schema(Components.Collection(of, type))),
    };

    private ApiOperation Create(EntitySetModel of, DerivedModel? type, string id, string summary) => new("post", id, set.Name, summary)
    {
        Body = of.Media is not { IsCreatable: true }
            ? [ApiContent.Json(Components.Schema(Components.Create(of, type)))]
            : [ApiContent.Json(Components.Schema(Components.Create(of, type))), new("application/octet-stream", Components.Schema("stream"))],
        Status = 201,
        // What cannot be read is answered with its address alone.
        Answer = SetVerbs.Of(of).CanRead ? ApiContent.Json(Components.Schema(Components.Of(of, type))) : null,
        CanBeEmpty = true,
        Refusals = ApiOperation.Creating,
    };

    private ApiOperation Count(EntitySetModel of, string id) => new("get", id, set.Name, $"Count {of.Name}")
    {
        Parameters = of.Search.Count > 0 ? ["filter", "search"] : ["filter"], Answer = new("text/plain", Components.Schema("count")),
    };

    private static IReadOnlyList<string> ListOptions(EntitySetModel of) =>
        ["top", "skip", "count", .. (IEnumerable<string>)(of.Search.Count > 0 ? ["search"] : []), "filter", Components.Option(of, "orderby"), .. ShapeOptions(of)];

    internal static IReadOnlyList<string> ShapeOptions(EntitySetModel of) =>
        of.Navigations.Any(navigation => SetVerbs.Of(navigation.Target).CanRead) ? [Components.Option(of, "select"), Components.Option(of, "expand")] : [Components.Option(of, "select")];
}
