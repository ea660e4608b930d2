using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>
/// Rows in request bodies of the Data Exchange dialect (docs/reference/data-exchange.md): fields by their aliases, side by side even where OData has a complex
/// property; children by the name of the relation. Every mistake is added with its path, and reading goes on.
/// </summary>
/// <param name="mistakes">Must have none in the end: what stands beside a mistake is read as if it were left out.</param>
public sealed class DataExchangeBodyReader(BodyScope scope, Mistakes mistakes)
{
    private readonly ValueParser values = new(mistakes, BodyDialect.DataExchange, scope.Ieee754);
    private readonly Stack<EntityBuilder> builders = new();
    private int entities;

    /// <summary>Where a row stands in the body: <c>orders[1]</c>.</summary>
    public static BodyPath PathOf(EntitySetModel set, int index) => new(set.Alias, index);

    /// <param name="isAddressed">The address names the row; otherwise a change names it by its key.</param>
    /// <param name="path">Where the row stands, for errors: <see cref="PathOf"/>, or the endpoint's alias where there is only one.</param>
    public EntityBody Read(JsonElement row, EntitySetModel set, BodyPurpose purpose, bool isAddressed, BodyPath path)
    {
        entities = 0;
        return Row(row, new(set, purpose, path), isNamed: !isAddressed && purpose != BodyPurpose.Create);
    }

    /// <param name="isNamed">Nothing but the row itself says which one is meant.</param>
    private EntityBody Row(JsonElement json, in EntityPlace place, bool isNamed = false)
    {
        var builder = builders.TryPop(out var used) ? used : new(BodyDialect.DataExchange, values, mistakes);
        builder.Begin(place, type: null);
        builder.IsUnread = !Counts(place) || json.ValueKind != JsonValueKind.Object;
        if (json.ValueKind != JsonValueKind.Object)
            mistakes.Add(Errors.InvalidBody, $"An object is expected here, not {ValueTexts.NameOf(json)}.", place.Path);
        if (!builder.IsUnread)
            Members(json, builder, place);
        if (isNamed && builder is { IsUnread: false, IsKeyMissing: true })
            mistakes.Add(Errors.MissingKey, $"The row that is meant is named by {string.Join(", ", place.Set.Key.Select(part => part.Alias))}.", place.Path);
        var body = builder.Build();
        builders.Push(builder);
        return body;
    }

    private void Members(JsonElement json, EntityBuilder builder, in EntityPlace place)
    {
        foreach (var member in json.EnumerateObject())
            switch (builder.Shape.ByAlias[member])
            {
                case BodyMember.Field field:
                    builder.Add(field.Definition, member.Value, place.Path);
                    break;
                case BodyMember.Navigation { Definition: var navigation }:
                    Children(member.Value, navigation, builder, place);
                    break;
                default:
                    if (BodyText.Name(member, place.Path, mistakes) is { } name)
                        Unknown(name, member.Value, builder);
                    break;
            }
    }

    private bool Counts(in EntityPlace place)
    {
        if (place.Depth > scope.MaxDepth)
            mistakes.Add(Errors.LimitExceeded, $"Rows nest deeper than the {scope.MaxDepth} levels that are allowed.", place.Path);
        else if (++entities == scope.MaxEntities + 1)
            mistakes.Add(Errors.LimitExceeded, $"More than the {scope.MaxEntities} rows that one may hold.", place.Path);
        return place.Depth <= scope.MaxDepth && entities <= scope.MaxEntities;
    }

    /// <summary>
    /// Related rows: a list, or where the relation leads to one, an object or a list of one, which is what a read shows. A change leaves those that it does not name as they are.
    /// </summary>
    private void Children(JsonElement value, NavigationModel navigation, EntityBuilder builder, in EntityPlace place)
    {
        var at = place.Path.Member(navigation.Alias);
        if (!navigation.IsEditable)
        {
            mistakes.Add(Errors.RelationNotEditable, $"Rows of {navigation.Target.Alias} cannot be written through {navigation.Alias}. Write them at their own address.", at);
            return;
        }
        if (value.ValueKind == JsonValueKind.Null && !navigation.IsCollection)
        {
            if (navigation.IsNullable)
                builder.Add(new BodyRelation.Bound(navigation, at, []));
            else
                mistakes.Add(Errors.RequiredMissing, BodyField.NullRefused, at);
            return;
        }
        var isOne = !navigation.IsCollection && value.ValueKind == JsonValueKind.Object;
        if (!isOne && value.ValueKind != JsonValueKind.Array)
        {
            mistakes.Add(Errors.TypeMismatch, $"A list of rows in brackets is expected, not {ValueTexts.NameOf(value)}.", at);
            return;
        }
        if (!navigation.IsCollection && !isOne && value.GetArrayLength() > 1)
        {
            mistakes.Add(Errors.InvalidValue, $"{navigation.Alias} leads to one row.", at);
            return;
        }
        var rows = new List<EntityBody>();
        if (isOne)
            rows.Add(Child(value, navigation, place, at));
        else
            foreach (var item in value.EnumerateArray())
            {
                rows.Add(Child(item, navigation, place, at.Item(rows.Count)));
                if (entities > scope.MaxEntities)
                    break;
            }
        if (rows.Count == 0)
            return;
        builder.Add(builder.Purpose == BodyPurpose.Create || !navigation.IsCollection
            ? new BodyRelation.Nested(navigation, at, rows, [])
            : new BodyRelation.Delta(navigation, at, rows, []));
    }

    private EntityBody Child(JsonElement value, NavigationModel navigation, in EntityPlace owner, BodyPath at) =>
        Row(value, new(navigation.Target, owner.Purpose, at) { IsNested = true, Filled = navigation.FilledInTarget, Depth = owner.Depth + 1 });

    private void Unknown(string name, JsonElement value, EntityBuilder builder)
    {
        var shown = ValueTexts.Bounded(name);
        var isRelation = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        mistakes.Add(isRelation ? Errors.UnknownRelation : Errors.UnknownProperty,
            BodyNames.Sentence($"{builder.Set.Alias} has no {(isRelation ? "relation" : "field")} '{shown}'.", name, builder.Shape.ByAlias.Names), builder.Path.Member(shown));
    }
}
