using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.Bodies;

/// <summary>
/// Entities in request bodies of OData (JSON Format 4.01, 7 to 15): properties, complex values, nested entities, references and deltas. Every mistake is
/// added with its path, and reading goes on.
/// </summary>
/// <param name="mistakes">Must have none in the end: what stands beside a mistake is read as if it were left out.</param>
public sealed partial class EntityBodyReader(BodyScope scope, Mistakes mistakes)
{
    private readonly ValueParser values = new(mistakes, BodyDialect.OData, scope.Ieee754);
    private readonly Stack<EntityBuilder> builders = new();
    private int entities;

    /// <summary>The entity that the address names or that is to be created; a key in the body of a change is not what is changed.</summary>
    /// <param name="type">The derived type that the address names.</param>
    /// <param name="path">Where the entity stands, for errors.</param>
    /// <param name="filled">Columns that the address fills: those of the foreign key in <c>POST Customers(1)/Orders</c>.</param>
    public EntityBody Read(JsonElement entity, EntitySetModel set, BodyPurpose purpose, DerivedModel? type = null, BodyPath? path = null, IReadOnlyList<ColumnSchema>? filled = null)
    {
        entities = 0;
        return Entity(entity, new(set, purpose, path ?? BodyPath.Root) { Type = type, Filled = filled ?? [] });
    }

    /// <summary>An item of a delta (JSON Format 4.01, 15), as in a PATCH of a collection: an entity to change or create, or one to remove.</summary>
    public EntityBody ReadDeltaItem(JsonElement item, EntitySetModel set, BodyPath path, IReadOnlyList<ColumnSchema>? filled = null)
    {
        entities = 0;
        return Entity(item, new(set, BodyPurpose.Update, path) { IsNested = true, IsDelta = true, Filled = filled ?? [] });
    }

    /// <summary>A body of <c>$ref</c>, or an item of its list: <c>{"@odata.id":"Orders(1)"}</c>.</summary>
    /// <param name="target">The set that must hold the entity.</param>
    public EntityReference? ReadReference(JsonElement reference, EntitySetModel target, BodyPath path)
    {
        if (reference.ValueKind == JsonValueKind.Object && IdOf(reference) is { } id)
            return ReferenceOf(id, target, path);
        mistakes.Add(Errors.InvalidBody, "An object with the id of an entity is expected, such as {\"@odata.id\":\"Orders(1)\"}.", path);
        return null;
    }

    /// <summary>A value that the address names, as the body of a property write holds it in <c>value</c> (JSON Format 4.01, 11). A complex one is an object of its members.</summary>
    /// <param name="path">The property from the entity, such as <c>Address/City</c>.</param>
    /// <returns>An entity with nothing but that value.</returns>
    public EntityBody ReadProperty(JsonElement value, EntitySetModel set, DerivedModel? type, string path, BodyPurpose purpose)
    {
        var builder = new EntityBuilder(BodyDialect.OData, values, mistakes);
        builder.Begin(new(set, purpose, BodyPath.Root), type);
        var names = path.Split('/');
        var shape = builder.Shape;
        var owner = BodyPath.Root;
        IReadOnlyList<BodyField> part = [];
        for (var i = 0; i < names.Length; i++)
            switch (shape.ByName[names[i]])
            {
                case BodyMember.Complex complex when i == names.Length - 1:
                    Complex(value, complex, builder, owner.Member(names[i]));
                    part = complex.Shape.Fields;
                    break;
                case BodyMember.Complex complex:
                    shape = complex.Shape;
                    owner = owner.Member(names[i]);
                    break;
                case BodyMember.Field field:
                    builder.Add(field.Definition, value, owner);
                    part = [field.Definition];
                    break;
                default:
                    throw new ArgumentException($"{path} is no property of {set.Name}.", nameof(path));
            }
        return builder.BuildPart(part);
    }

    private EntityBody Entity(JsonElement json, in EntityPlace place)
    {
        if (!Counts(place))
            return new(place.Set, place.Path);
        if (json.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(Errors.InvalidBody, $"An object is expected here, not {ValueTexts.NameOf(json)}.", place.Path);
            return new(place.Set, place.Path);
        }
        var type = TypeOf(json, place);
        var builder = builders.TryPop(out var used) ? used : new(BodyDialect.OData, values, mistakes);
        builder.Begin(place, type);
        foreach (var member in json.EnumerateObject())
            Member(member, builder, place);
        if (builder.Removed is not null && builder.Id is null && builder.IsKeyMissing)
            mistakes.Add(Errors.MissingKey, "What is removed is named by its id or its key.", place.Path);
        var body = builder.Build();
        builders.Push(builder);
        return body;
    }

    /// <returns>False, with a mistake, beyond a limit.</returns>
    private bool Counts(in EntityPlace place)
    {
        if (place.Depth > scope.MaxDepth)
        {
            mistakes.Add(Errors.LimitExceeded, $"Entities nest deeper than the {scope.MaxDepth} levels that are allowed.", place.Path);
            return false;
        }
        if (++entities == scope.MaxEntities + 1)
            mistakes.Add(Errors.LimitExceeded, $"More than the {scope.MaxEntities} entities that one may hold.", place.Path);
        return entities <= scope.MaxEntities;
    }

    private void Member(JsonProperty member, EntityBuilder builder, in EntityPlace place)
    {
        switch (builder.Shape.ByName[member])
        {
            case BodyMember.Field field:
                builder.Add(field.Definition, member.Value, place.Path);
                break;
            case BodyMember.Complex complex:
                Complex(member.Value, complex, builder, place.Path.Member(complex.Definition.Name));
                break;
            case BodyMember.Navigation { Definition: var navigation }:
                Navigation(member.Value, navigation, builder, place, place.Path.Member(navigation.Name));
                break;
            default:
                if (BodyText.Name(member, place.Path, mistakes) is not { } name)
                    break;
                var at = place.Path.Member(ValueTexts.Bounded(name));
                if (ControlInformation.Parse(name) is { } control)
                    Control(control, member.Value, builder, place, at);
                // Operations that full metadata offers come back with an entity that is sent as it was read (JSON Format 4.01, 16 and 17).
                else if (!name.StartsWith('#'))
                    Unknown(name, builder.Shape, place.Set, at);
                break;
        }
    }

    private void Complex(JsonElement json, BodyMember.Complex complex, EntityBuilder builder, BodyPath at)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (complex.Definition.IsNullable)
                builder.AddNulls(complex.Shape);
            else
                mistakes.Add(Errors.RequiredMissing, BodyField.NullRefused, at);
            return;
        }
        if (json.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(Errors.TypeMismatch, $"An object with members of {complex.Definition.Type.FullTypeName()} is expected, not {ValueTexts.NameOf(json)}.", at);
            return;
        }
        foreach (var member in json.EnumerateObject())
            switch (complex.Shape.ByName[member])
            {
                case BodyMember.Field field:
                    builder.Add(field.Definition, member.Value, at);
                    break;
                case BodyMember.Complex nested:
                    Complex(member.Value, nested, builder, at.Member(nested.Definition.Name));
                    break;
                default:
                    if (BodyText.Name(member, at, mistakes) is { } name && ControlInformation.Parse(name) is null)
                        Unknown(name, complex.Shape, null, at.Member(ValueTexts.Bounded(name)));
                    break;
            }
    }

    private void Unknown(string name, BodyShape shape, EntitySetModel? set, BodyPath at)
    {
        var derived = set?.Derived.FirstOrDefault(derived => BodyShape.Of(set, derived).ByName[name] is not null);
        mistakes.Add(Errors.UnknownProperty, set?.Streams.Any(stream => stream.Name == name) == true
            ? "This property is a stream: PUT stores it at the address of the property."
            : derived is not null
            ? $"Only entities of the type {derived.Type.FullTypeName()} have this property: name the type in @odata.type, or in the address."
            : BodyNames.Sentence($"There is no property '{ValueTexts.Bounded(name)}'.", name, shape.ByName.Names), at);
    }

    /// <summary>What <c>@odata.type</c> says, which must not contradict the address.</summary>
    private DerivedModel? TypeOf(JsonElement json, in EntityPlace place)
    {
        var stated = json.TryGetProperty("@odata.type", out var prefixed) ? prefixed : scope.IsV401 && json.TryGetProperty("@type", out var plain) ? plain : default;
        if (stated.ValueKind == JsonValueKind.Undefined)
            return place.Type;
        var at = place.Path.Member("@odata.type");
        var set = place.Set;
        if (stated.ValueKind != JsonValueKind.String || !BodyText.TryGet(stated, at, mistakes, out var text))
        {
            mistakes.Add(Errors.InvalidBody, "The name of a type is expected as text, such as \"#" + set.EntityType.FullTypeName() + "\".", at);
            return place.Type;
        }
        var name = text[(text.LastIndexOf('#') + 1)..];
        var derived = set.Derived.FirstOrDefault(derived => derived.Type.FullTypeName() == name);
        if (derived is null && name != set.EntityType.FullTypeName())
            mistakes.Add(Errors.InvalidBody, BodyNames.Sentence($"{set.Name} has no entities of this type.", name,
                set.Derived.Select(known => known.Type.FullTypeName()).Append(set.EntityType.FullTypeName())), at);
        else if (place.Type is not null && derived != place.Type)
            mistakes.Add(Errors.InvalidBody, $"The address names the type {place.Type.Type.FullTypeName()}; the body names another.", at);
        return derived ?? place.Type;
    }
}
