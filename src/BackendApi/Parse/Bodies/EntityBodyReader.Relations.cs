using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>Control information and navigation properties.</summary>
public sealed partial class EntityBodyReader
{
    private void Control(ControlInformation control, JsonElement value, EntityBuilder builder, in EntityPlace place, BodyPath at)
    {
        if (control.IsUnprefixedInV40(scope.IsV401))
        {
            mistakes.Add(Errors.InvalidBody, $"In OData 4.0 this is written {control.Property}@odata.{control.Term}.", at);
            return;
        }
        if (control.Property.Length > 0)
        {
            OfProperty(control, value, builder, place, at);
            return;
        }
        switch (control.Term)
        {
            // An id says which entity is meant only where the address does not, and only of entities that exist.
            case "id" when place.IsNested && place.Purpose != BodyPurpose.Create:
                builder.Id = ReferenceOf(value, place.Set, at);
                break;
            case "etag" when BodyText.IsText(value) && BodyText.TryGet(value, at, mistakes, out var tag):
                builder.ETag = tag;
                break;
            case "etag":
                mistakes.Add(Errors.InvalidBody, $"An ETag is expected as text, not {ValueTexts.NameOf(value)}.", at);
                break;
            case "removed" when !place.IsDelta:
                mistakes.Add(Errors.InvalidBody, "Only an item of a delta can be removed.", at);
                break;
            case "removed":
                builder.Removed = RemovalOf(value, at);
                break;
        }
    }

    private void OfProperty(ControlInformation control, JsonElement value, EntityBuilder builder, in EntityPlace place, BodyPath at)
    {
        if (control.Term is not ("bind" or "delta" or "nextLink"))
            return;
        if (builder.Shape.ByName[control.Property] is not BodyMember.Navigation { Definition: var navigation })
        {
            if (control.Term != "nextLink")
                mistakes.Add(Errors.UnknownProperty, BodyNames.Sentence(
                    $"There is no navigation property '{ValueTexts.Bounded(control.Property)}'.", control.Property, NavigationsOf(builder.Shape)), at);
        }
        else if (control.Term == "bind")
            Bind(value, navigation, builder, at);
        else if (control.Term == "delta")
            Delta(value, navigation, builder, place, at);
        else if (place.Purpose != BodyPurpose.Create)
            mistakes.Add(Errors.InvalidBody, $"This is one page of {navigation.Name}, and would remove what is on the others. Send all of them, or what changes as {navigation.Name}@delta.", at);
    }

    private static IEnumerable<string> NavigationsOf(BodyShape shape) => shape.ByName.All.Where(member => member.Value is BodyMember.Navigation).Select(member => member.Key);

    /// <summary><c>Nav@odata.bind</c> (JSON Format 4.01, 8.5): the id of an entity, or a list of ids.</summary>
    private void Bind(JsonElement value, NavigationModel navigation, EntityBuilder builder, BodyPath at)
    {
        if (!CanRelate(navigation, builder, at))
            return;
        if (!navigation.IsCollection)
        {
            if (value.ValueKind == JsonValueKind.Null)
                Unbind(navigation, builder, at);
            else if (ReferenceOf(value, navigation.Target, at) is { } entity)
                Relate(new BodyRelation.Bound(navigation, at, [entity]), builder);
            return;
        }
        if (value.ValueKind != JsonValueKind.Array)
        {
            mistakes.Add(Errors.TypeMismatch, $"{navigation.Name} leads to many: a list of ids in brackets is expected, not {ValueTexts.NameOf(value)}.", at);
            return;
        }
        var entitiesBound = new List<EntityReference>(value.GetArrayLength());
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var place = at.Item(index++);
            if (!Counts(new(navigation.Target, builder.Purpose, place)))
                return;
            if (ReferenceOf(item, navigation.Target, place) is { } entity)
                entitiesBound.Add(entity);
        }
        Relate(new BodyRelation.Bound(navigation, at, entitiesBound), builder);
    }

    private void Navigation(JsonElement value, NavigationModel navigation, EntityBuilder builder, in EntityPlace place, BodyPath at)
    {
        if (navigation.IsCollection)
        {
            if (value.ValueKind != JsonValueKind.Array)
                mistakes.Add(Errors.TypeMismatch, $"{navigation.Name} leads to many: a list of entities in brackets is expected, not {ValueTexts.NameOf(value)}.", at);
            else if (CanNest(navigation, at))
            {
                var (nested, related) = Items(value, navigation, place, at, isDelta: false);
                Relate(new BodyRelation.Nested(navigation, at, nested, related), builder);
            }
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            if (CanRelate(navigation, builder, at))
                Unbind(navigation, builder, at);
        }
        else if (IsReference(value))
        {
            if (CanRelate(navigation, builder, at) && ReferenceOf(IdOf(value)!.Value, navigation.Target, at) is { } entity)
                Relate(new BodyRelation.Bound(navigation, at, [entity]), builder);
        }
        else if (CanNest(navigation, at))
            Relate(new BodyRelation.Nested(navigation, at, [Entity(value, Inside(navigation, place, at))], []), builder);
    }

    /// <summary><c>Nav@delta</c> (JSON Format 4.01, 8.3 and 15): what changes among the related entities.</summary>
    private void Delta(JsonElement value, NavigationModel navigation, EntityBuilder builder, in EntityPlace place, BodyPath at)
    {
        if (place.Purpose == BodyPurpose.Create)
            mistakes.Add(Errors.InvalidBody, $"A delta changes what exists. What is new stands in {navigation.Name}.", at);
        else if (!navigation.IsCollection)
            mistakes.Add(Errors.InvalidBody, $"{navigation.Name} leads to one entity; only a collection can have a delta.", at);
        else if (value.ValueKind != JsonValueKind.Array)
            mistakes.Add(Errors.TypeMismatch, $"A list of changes in brackets is expected, not {ValueTexts.NameOf(value)}.", at);
        else if (CanNest(navigation, at))
        {
            var (changed, related) = Items(value, navigation, place, at, isDelta: true);
            Relate(new BodyRelation.Delta(navigation, at, changed, related), builder);
        }
    }

    private (List<EntityBody> Entities, List<EntityReference> References) Items(JsonElement list, NavigationModel navigation, in EntityPlace place, BodyPath at, bool isDelta)
    {
        var nested = new List<EntityBody>();
        var related = new List<EntityReference>();
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var here = Inside(navigation, place, at.Item(index++)) with { IsDelta = isDelta };
            if (!IsReference(item))
                nested.Add(Entity(item, here));
            else if (Counts(here) && ReferenceOf(IdOf(item)!.Value, navigation.Target, here.Path) is { } entity)
                related.Add(entity);
            if (entities > scope.MaxEntities)
                break;
        }
        return (nested, related);
    }

    private static EntityPlace Inside(NavigationModel navigation, in EntityPlace place, BodyPath at) => new(navigation.Target, place.Purpose, at)
    {
        IsNested = true,
        IsOnly = !navigation.IsCollection,
        Depth = place.Depth + 1,
        Filled = navigation.FilledInTarget,
    };

    /// <summary>A relation is said once; only ids and new entities of a collection may stand beside each other (JSON Format 4.0, 8.5).</summary>
    private void Relate(BodyRelation relation, EntityBuilder builder)
    {
        foreach (var other in builder.Relations)
            if (other.Navigation == relation.Navigation
                && !(relation.Navigation.IsCollection && (other, relation) is (BodyRelation.Bound, BodyRelation.Nested) or (BodyRelation.Nested, BodyRelation.Bound)))
                mistakes.Add(Errors.InvalidBody, $"{relation.Navigation.Name} is said twice.", relation.Path);
        builder.Add(relation);
    }

    private void Unbind(NavigationModel navigation, EntityBuilder builder, BodyPath at)
    {
        if (navigation.IsNullable)
            Relate(new BodyRelation.Bound(navigation, at, []), builder);
        else
            mistakes.Add(Errors.RequiredMissing, $"{navigation.Name} must lead to an entity.", at);
    }

    private bool CanNest(NavigationModel navigation, BodyPath at)
    {
        if (!navigation.IsEditable)
            mistakes.Add(Errors.RelationNotEditable, $"Entities of {navigation.Target.Name} cannot be written through {navigation.Name}. Write them at their own address.", at);
        return navigation.IsEditable;
    }

    /// <summary>To relate an entity that exists to this one is to write a foreign key, which clients may where it is a field that they may write.</summary>
    private bool CanRelate(NavigationModel navigation, EntityBuilder builder, BodyPath at)
    {
        if (navigation.IsEditable || navigation.IsDependent && builder.CanWrite(navigation.On))
            return true;
        mistakes.Add(Errors.RelationNotEditable, $"{navigation.Name} cannot be written.", at);
        return false;
    }

    /// <summary>An object with nothing but an id, and annotations.</summary>
    private static bool IsReference(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || IdOf(json) is null)
            return false;
        foreach (var member in json.EnumerateObject())
            if (!BodyText.StartsWithAt(member) || member.NameEquals("@removed") || member.NameEquals("@odata.removed"))
                return false;
        return true;
    }

    private static JsonElement? IdOf(JsonElement json) =>
        json.TryGetProperty("@odata.id", out var id) || json.TryGetProperty("@id", out id) ? id : null;

    private EntityReference? ReferenceOf(JsonElement id, EntitySetModel target, BodyPath at)
    {
        if (id.ValueKind == JsonValueKind.String)
            return BodyText.TryGet(id, at, mistakes, out var text) ? new EntityReferences(scope, mistakes).Read(text, target, at) : null;
        mistakes.Add(Errors.TypeMismatch, $"The id of an entity is expected as text, not {ValueTexts.NameOf(id)}.", at);
        return null;
    }

    private Removal RemovalOf(JsonElement value, BodyPath at)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (!value.TryGetProperty("reason", out var reason) || BodyText.Is(reason, "deleted"))
                return Removal.Deleted;
            if (BodyText.Is(reason, "changed"))
                return Removal.Changed;
        }
        mistakes.Add(Errors.InvalidBody, "An object with a reason is expected, such as {\"reason\":\"deleted\"} or {\"reason\":\"changed\"}.", at);
        return Removal.Deleted;
    }
}
