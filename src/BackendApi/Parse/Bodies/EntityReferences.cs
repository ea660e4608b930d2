using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>
/// The ids of entities in a body (Protocol 4.1): absolute, beginning at the host, or relative to the service root, which is what the context URL lies below.
/// </summary>
internal sealed class EntityReferences(BodyScope scope, Mistakes mistakes)
{
    /// <summary>The entity of an id; null, with a mistake, when it is none of this service.</summary>
    /// <param name="target">The set that it must belong to; null when any will do.</param>
    public EntityReference? Read(string id, EntitySetModel? target, BodyPath path)
    {
        if (Relative(id, path) is not { } relative)
            return null;
        ResourcePath parsed;
        try
        {
            parsed = UrlParser.Parse(scope.Model.Edm, relative, "", scope.Limits).Path;
        }
        catch (ServiceException mistake)
        {
            mistakes.Add(Errors.InvalidValue, mistake.Error.Message, path);
            return null;
        }
        if (Entity(parsed, path) is not { } reference)
            mistakes.Add(Errors.InvalidValue, "This is not the id of an entity, such as Orders(1).", path);
        else if (target is not null && reference.Set != target)
            mistakes.Add(Errors.InvalidValue, $"An entity of {target.Name} is expected, not of {reference.Set.Name}.", path);
        else
            return reference;
        return null;
    }

    /// <summary>The path below the service root.</summary>
    private string? Relative(string id, BodyPath path)
    {
        if (id.StartsWith('$'))
        {
            if (scope.ContentIds?.Invoke(id) is { } url)
                id = url;
            else
            {
                mistakes.Add(Errors.InvalidValue, $"'{ValueTexts.Bounded(id)}' refers to no earlier request of a batch.", path);
                return null;
            }
        }
        if (ServiceUrl.Relative(id, scope.Root) is not { } relative)
            mistakes.Add(Errors.InvalidValue, $"This is not an entity of this service, whose ids begin with {scope.Root}.", path);
        else if (relative.AsSpan().IndexOfAny('?', '#') >= 0)
            mistakes.Add(Errors.InvalidValue, "This is not the id of an entity: it has neither a query nor a fragment.", path);
        else
            return relative;
        return null;
    }

    private EntityReference? Entity(ResourcePath path, BodyPath place)
    {
        var count = path.Segments is [.., PathSegment.TypeCast] ? path.Segments.Count - 1 : path.Segments.Count;
        return path.Segments switch
        {
            [PathSegment.Singleton one, ..] when count == 1 => new(scope.Model.EntitySets[one.Definition.Name], [], place),
            [PathSegment.EntitySet all, PathSegment.Key key, ..] when count == 2 => Entity(scope.Model.EntitySets[all.Set.Name], key.Values, place),
            _ => null,
        };
    }

    private static EntityReference Entity(EntitySetModel set, IReadOnlyList<KeyValue> values, BodyPath place)
    {
        var key = new (PropertyModel, object)[values.Count];
        for (var i = 0; i < key.Length; i++)
        {
            var property = set.Column(values[i].Property)!;
            key[i] = (property, values[i].Value is EnumValue members ? ValueParser.Stored(property, members) : values[i].Value);
        }
        return new(set, key, place);
    }
}
