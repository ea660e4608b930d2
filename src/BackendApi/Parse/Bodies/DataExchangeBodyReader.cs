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
    private int entities;

    /// <summary>Where a row stands in the body: <c>orders[1]</c>.</summary>
    public static string PathOf(EntitySetModel set, int index) => BodyPath.Item(set.Alias, index);

    /// <param name="isAddressed">The address names the row; otherwise a change names it by its key.</param>
    /// <param name="path">Where the row stands, for errors: <see cref="PathOf"/>, or the endpoint's alias where there is only one.</param>
    public EntityBody Read(JsonElement row, EntitySetModel set, BodyPurpose purpose, bool isAddressed, string path)
    {
        entities = 0;
        var builder = Row(row, new(set, null, purpose, BodyDialect.DataExchange, path, values, mistakes), depth: 0);
        if (!isAddressed && purpose != BodyPurpose.Create && builder is { IsUnread: false, IsKeyMissing: true })
            mistakes.Add(Errors.MissingKey, $"The row that is meant is named by {string.Join(", ", set.Key.Select(part => part.Alias))}.", path);
        return builder.Build();
    }

    private EntityBuilder Row(JsonElement json, EntityBuilder builder, int depth)
    {
        builder.IsUnread = !Counts(builder.Path, depth) || json.ValueKind != JsonValueKind.Object;
        if (json.ValueKind != JsonValueKind.Object)
            mistakes.Add(Errors.InvalidBody, $"An object is expected here, not {ValueTexts.NameOf(json)}.", builder.Path);
        if (builder.IsUnread)
            return builder;
        foreach (var member in json.EnumerateObject())
        {
            if (BodyText.Name(member, builder.Path, mistakes) is not { } name)
                continue;
            var at = BodyPath.Member(builder.Path, ValueTexts.Bounded(name));
            switch (builder.Shape.ByAlias.GetValueOrDefault(name))
            {
                case BodyMember.Field field:
                    builder.Add(field.Definition, member.Value, at);
                    break;
                case BodyMember.Navigation { Definition: var navigation }:
                    Children(member.Value, navigation, builder, depth, at);
                    break;
                default:
                    Unknown(name, member.Value, builder, at);
                    break;
            }
        }
        return builder;
    }

    private bool Counts(string path, int depth)
    {
        if (depth > scope.MaxDepth)
            mistakes.Add(Errors.LimitExceeded, $"Rows nest deeper than the {scope.MaxDepth} levels that are allowed.", path);
        else if (++entities == scope.MaxEntities + 1)
            mistakes.Add(Errors.LimitExceeded, $"More than the {scope.MaxEntities} rows that one may hold.", path);
        return depth <= scope.MaxDepth && entities <= scope.MaxEntities;
    }

    /// <summary>
    /// Related rows: a list, or where the relation leads to one, an object or a list of one, which is what a read shows. A change leaves those that it does not name as they are.
    /// </summary>
    private void Children(JsonElement value, NavigationModel navigation, EntityBuilder builder, int depth, string at)
    {
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
            rows.Add(Child(value, navigation, builder, depth, at));
        else
            foreach (var item in value.EnumerateArray())
            {
                rows.Add(Child(item, navigation, builder, depth, BodyPath.Item(at, rows.Count)));
                if (entities > scope.MaxEntities)
                    break;
            }
        if (rows.Count == 0)
            return;
        builder.Add(builder.Purpose == BodyPurpose.Create || !navigation.IsCollection
            ? new BodyRelation.Nested(navigation, at, rows, [])
            : new BodyRelation.Delta(navigation, at, rows, []));
    }

    private EntityBody Child(JsonElement value, NavigationModel navigation, EntityBuilder owner, int depth, string at) =>
        Row(value, new(navigation.Target, null, owner.Purpose, BodyDialect.DataExchange, at, values, mistakes) { IsNested = true, Filled = navigation.FilledInTarget() }, depth + 1).Build();

    private void Unknown(string name, JsonElement value, EntityBuilder builder, string at)
    {
        var shown = ValueTexts.Bounded(name);
        var isRelation = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        mistakes.Add(isRelation ? Errors.UnknownRelation : Errors.UnknownProperty,
            BodyNames.Sentence($"{builder.Set.Alias} has no {(isRelation ? "relation" : "field")} '{shown}'.", name, builder.Shape.ByAlias.Keys), at);
    }
}
