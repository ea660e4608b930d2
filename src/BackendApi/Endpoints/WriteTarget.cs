using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Endpoints;

/// <summary>What the address of a modification leads to (Protocol 11.4): what stands at the end of the path, and how the rows before it are found.</summary>
/// <param name="Path">The path to the entity or the entities that the address is about.</param>
internal abstract record WriteTarget(ResourcePath Path)
{
    /// <summary>The set whose rows change, or whose reference to others does.</summary>
    public EntitySetModel Set => this switch
    {
        Collection collection => collection.Members,
        Entity entity => entity.EntitySet,
        Property property => property.Owner.EntitySet,
        Media media => media.Owner.EntitySet,
        Reference reference => reference.Owner.EntitySet,
        _ => throw new InvalidOperationException($"No set of {GetType().Name}."),
    };

    /// <summary>An entity set, or what a collection-valued navigation leads to.</summary>
    /// <param name="Owner">The path to the entity that a navigation starts from; null for a set.</param>
    public sealed record Collection(ResourcePath Path, EntitySetModel Members, DerivedModel? Type, ResourcePath? Owner, NavigationModel? Navigation, bool IsEach) : WriteTarget(Path);

    /// <summary>One entity.</summary>
    /// <param name="EntitySet">The set that it belongs to.</param>
    /// <param name="Key">Set when the address names it by its key and nothing else: nothing has to be read to find it.</param>
    public sealed record Entity(ResourcePath Path, EntitySetModel EntitySet, DerivedModel? Type, IReadOnlyList<KeyValue>? Key) : WriteTarget(Path);

    /// <summary>A property of an entity, of its own or inside a complex one.</summary>
    /// <param name="Column">Null for a complex property.</param>
    /// <param name="IsRaw">The path ends with <c>/$value</c>.</param>
    public sealed record Property(ResourcePath Path, Entity Owner, PropertyModel? Column, ComplexModel? Complex, bool IsRaw) : WriteTarget(Path);

    /// <summary>The stream of a media entity, or a property that is one.</summary>
    public sealed record Media(ResourcePath Path, Entity Owner, MediaModel Content) : WriteTarget(Path);

    /// <summary>The references of a navigation (<c>/$ref</c>).</summary>
    /// <param name="Key">Of the related entity, where the path names it: <c>Orders(5)/$ref</c>.</param>
    public sealed record Reference(ResourcePath Path, Entity Owner, NavigationModel Navigation, IReadOnlyList<KeyValue>? Key) : WriteTarget(Path);

    /// <summary>Null: the address is read only.</summary>
    public static WriteTarget? Of(ModelSnapshot model, ResourcePath path)
    {
        var segments = path.Segments;
        switch (segments)
        {
            case [.., PathSegment.Reference]:
                return ReferenceOf(model, path, segments.Count - 1);
            case [.., PathSegment.Each]:
                return CollectionOf(model, path, segments.Count - 1, isEach: true);
            case [.., PathSegment.Property, PathSegment.Value]:
                return PropertyOf(model, path, segments.Count - 1, isRaw: true);
            case [.., PathSegment.Value] when EntityOf(model, path, segments.Count - 1) is { EntitySet.Media: not null } media:
                return new Media(path, media, media.EntitySet.Media);
            case [.., PathSegment.Property property] when EntityOf(model, path, segments.Count - 1) is { } owner && owner.EntitySet.Stream(property.Definition) is { } stream:
                return new Media(path, owner, stream.Media);
            case [.., PathSegment.Property]:
                return PropertyOf(model, path, segments.Count, isRaw: false);
            default:
                return (WriteTarget?)EntityOf(model, path, segments.Count) ?? CollectionOf(model, path, segments.Count, isEach: false);
        }
    }

    /// <summary>The first so many segments.</summary>
    private static ResourcePath Prefix(ResourcePath path, int count) => count == path.Segments.Count ? path : new(path.Text, [.. path.Segments.Take(count)], null);

    /// <summary>What a walk along the first so many segments arrives at; null where entities are not what they lead to.</summary>
    private static (EntitySetModel Set, DerivedModel? Type, bool IsCollection)? Arrive(ModelSnapshot model, ResourcePath path, int count)
    {
        (EntitySetModel Set, DerivedModel? Type, bool IsCollection)? at = null;
        for (var i = 0; i < count; i++)
            at = (path.Segments[i], at) switch
            {
                (PathSegment.EntitySet set, null) => (model.EntitySets[set.Set.Name], null, true),
                (PathSegment.Singleton single, null) => (model.EntitySets[single.Definition.Name], null, false),
                (PathSegment.Key, { IsCollection: true } on) => (on.Set, on.Type, false),
                (PathSegment.Filter, { IsCollection: true }) => at,
                (PathSegment.TypeCast cast, { } on) => (on.Set, on.Set.DerivedFrom(cast.Type), on.IsCollection),
                (PathSegment.Navigation step, { IsCollection: false } on) when on.Set.Navigation(step.Definition) is var navigation => (navigation.Target, null, navigation.IsCollection),
                _ => null,
            };
        return at;
    }

    private static Entity? EntityOf(ModelSnapshot model, ResourcePath path, int count)
    {
        if (Arrive(model, path, count) is not { IsCollection: false } at)
            return null;
        var key = path.Segments.Take(count).ToArray() is [PathSegment.EntitySet, PathSegment.Key { Values: var values }, ..] simple
            && simple.Skip(2).All(segment => segment is PathSegment.TypeCast) && values.All(value => at.Set.Key.Any(property => property.Edm == value.Property)) ? values : null;
        return new(Prefix(path, count), at.Set, at.Type, key);
    }

    private static Collection? CollectionOf(ModelSnapshot model, ResourcePath path, int count, bool isEach)
    {
        if (Arrive(model, path, count) is not { IsCollection: true } at)
            return null;
        // $filter and casts may stand between the navigation and the end.
        var last = count - 1;
        while (last > 0 && path.Segments[last] is PathSegment.Filter or PathSegment.TypeCast)
            last--;
        return path.Segments[last] is PathSegment.Navigation step
            ? new(Prefix(path, count), at.Set, at.Type, Prefix(path, last), Arrive(model, path, last)!.Value.Set.Navigation(step.Definition), isEach)
            : new(Prefix(path, count), at.Set, at.Type, null, null, isEach);
    }

    private static Property? PropertyOf(ModelSnapshot model, ResourcePath path, int count, bool isRaw)
    {
        var first = count;
        while (first > 0 && path.Segments[first - 1] is PathSegment.Property)
            first--;
        if (EntityOf(model, path, first) is not { } entity)
            return null;
        var definition = ((PathSegment.Property)path.Segments[count - 1]).Definition;
        return new(path, entity, entity.EntitySet.Column(definition), entity.EntitySet.Complex(definition), isRaw);
    }

    private static Reference? ReferenceOf(ModelSnapshot model, ResourcePath path, int count)
    {
        var key = path.Segments[count - 1] as PathSegment.Key;
        var navigation = key is null ? count - 1 : count - 2;
        if (navigation < 1 || path.Segments[navigation] is not PathSegment.Navigation step || EntityOf(model, path, navigation) is not { } owner)
            return null;
        return new(path, owner, owner.EntitySet.Navigation(step.Definition), key?.Values);
    }
}
