using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Support;

namespace BackendApi.Plan.Writing;

/// <summary>
/// Turns entities of a request body into rows: the nested ones become rows of their own, references become values of foreign keys, and each row
/// knows what it takes from which other. Adds what the definitions do not allow to <paramref name="mistakes"/>.
/// </summary>
internal sealed class WritePlanner(Mistakes mistakes)
{
    private readonly List<PlannedRow> _rows = [];
    private readonly List<PlannedLink> _links = [];
    private readonly List<PlannedReplacement> _replacements = [];

    public WritePlan ToPlan() => new(_rows, _links, _replacements);

    /// <param name="inherited">Values of foreign keys that the row takes from its owner; they take precedence over the body's.</param>
    public PlannedRow Insert(EntityBody body, IReadOnlyList<PlannedValue>? inherited = null, bool isRoot = false)
    {
        Allow(body.Set, allow => allow.Create, "created", body.Path);
        return Entity(body, RowAction.Insert, [], inherited ?? [], isReplaced: false, isRoot);
    }

    /// <param name="key">What the row is found by.</param>
    /// <param name="action"><see cref="RowAction.Update"/> or <see cref="RowAction.Upsert"/>.</param>
    /// <param name="isReplaced">What the body does not name gets its default (PUT).</param>
    public PlannedRow Update(EntityBody body, IReadOnlyList<PlannedValue> key, RowAction action = RowAction.Update, bool isReplaced = false,
        IReadOnlyList<PlannedValue>? inherited = null, bool isRoot = false)
    {
        Allow(body.Set, allow => allow.Update, "changed", body.Path);
        return Entity(body, action, key, inherited ?? [], isReplaced, isRoot);
    }

    public PlannedRow Delete(EntitySetModel set, IReadOnlyList<PlannedValue> key, string path = "", string? etag = null, bool isRoot = false)
    {
        Allow(set, allow => allow.Delete, "deleted", path);
        return Add(new() { Set = set, Action = RowAction.Delete, Key = key, Path = path, ETag = etag, IsRoot = isRoot, Level = LevelOf(key) });
    }

    /// <summary>A row that must be there.</summary>
    public PlannedRow Find(EntitySetModel set, IReadOnlyList<PlannedValue> key, string path = "", bool isRoot = false) =>
        Add(new() { Set = set, Action = RowAction.Find, Key = key, Path = path, IsRoot = isRoot, Level = LevelOf(key) });

    public PlannedRow Find(EntityReference reference) => Find(reference.Set, Values(reference), reference.Path);

    /// <summary>Relates two rows that are there already (<c>$ref</c>).</summary>
    public void Relate(PlannedRow owner, NavigationModel navigation, EntityReference reference)
    {
        CheckEditable(navigation, reference.Path);
        if (navigation.Through is not null)
            Link(navigation, owner, Find(reference), reference.Path);
        else if (ForeignKeys.AreAtSource(navigation))
            Change(navigation.Source, Values(owner), Taken(navigation, Find(reference)), reference.Path);
        else
            Change(navigation.Target, Values(reference), Inherited(navigation, owner), reference.Path);
    }

    /// <summary>Nothing is related to <paramref name="owner"/> any more by a single-valued navigation, or by a collection.</summary>
    public void Clear(PlannedRow owner, NavigationModel navigation, string path)
    {
        CheckEditable(navigation, path);
        if (ForeignKeys.AreAtSource(navigation))
            Change(navigation.Source, Values(owner), Nulls(navigation.On.Select(pair => pair.Source), path), path);
        else
            _replacements.Add(new(owner, navigation, [], path));
    }

    /// <summary>Takes one entity out of a collection.</summary>
    public void Separate(PlannedRow owner, NavigationModel navigation, EntityReference reference)
    {
        CheckEditable(navigation, reference.Path);
        if (navigation.Through is not null)
        {
            _links.Add(new(navigation, owner, Find(reference), IsRemoved: true, MustExist: true, reference.Path));
            return;
        }
        // Only one that belongs to the owner: the columns of the foreign key are part of what it is found by.
        Change(navigation.Target, [.. Values(reference), .. Inherited(navigation, owner)], Nulls(navigation.On.Select(pair => pair.Target), reference.Path), reference.Path);
    }

    /// <summary>The related entities are those, and no others.</summary>
    public void Replace(PlannedRow owner, NavigationModel navigation, IReadOnlyList<EntityReference> references, string path)
    {
        CheckEditable(navigation, path);
        var kept = references.Select(Find).ToList();
        _replacements.Add(new(owner, navigation, kept, path));
        foreach (var reference in references)
            Relate(owner, navigation, reference);
    }

    private PlannedRow Entity(
        EntityBody body, RowAction action, IReadOnlyList<PlannedValue> key, IReadOnlyList<PlannedValue> inherited, bool isReplaced, bool isRoot)
    {
        var values = new List<PlannedValue>(body.Values.Count + inherited.Count + 1);
        foreach (var value in inherited)
            values.Add(value);
        if (body.Type is { } type && action is RowAction.Insert)
            values.Add(new(type.Column, type.Value));
        var own = key;
        foreach (var relation in body.Relations)
        {
            CheckEditable(relation.Navigation, relation.Path);
            if (ForeignKeys.AreAtSource(relation.Navigation))
                values.AddRange(Referred(relation, action, own));
        }
        foreach (var value in body.Values)
            if (!values.Exists(known => known.Column == value.Property.Column) && !(action != RowAction.Insert && key.Any(known => known.Column == value.Property.Column)))
                values.Add(new(value.Property.Column, value.Value, value.Path));

        var row = Add(new()
        {
            Set = body.Set,
            Action = action,
            Key = key,
            Values = values,
            Defaults = isReplaced ? [.. Replaceable(body.Set, body.Type).Where(column => !values.Exists(value => value.Column == column))] : [],
            Type = body.Type,
            ETag = body.ETag,
            Path = body.Path,
            IsRoot = isRoot,
            Level = Math.Max(LevelOf(key), LevelOf(values)),
        });
        foreach (var relation in body.Relations)
            if (!ForeignKeys.AreAtSource(relation.Navigation))
                Related(relation, row, action);
        return row;
    }

    /// <summary>What a replaced entity loses when its body does not name it.</summary>
    private static IEnumerable<ColumnSchema> Replaceable(EntitySetModel set, DerivedModel? type) =>
        set.Members.Columns.Concat(type?.Members.Columns ?? []).Where(property => property.IsEditable && !set.Key.Contains(property)).Select(property => property.Column);

    /// <summary>The values of the row's own foreign key, for a single-valued navigation.</summary>
    private IEnumerable<PlannedValue> Referred(BodyRelation relation, RowAction action, IReadOnlyList<PlannedValue> key)
    {
        var navigation = relation.Navigation;
        switch (relation)
        {
            case BodyRelation.Bound { Entities: [var reference, ..] }:
                return Taken(navigation, Find(reference));
            case BodyRelation.Nested { References: [var reference, ..] }:
                return Taken(navigation, Find(reference));
            case BodyRelation.Nested { Entities: [var nested, ..] } when action == RowAction.Insert:
                return Taken(navigation, Insert(nested));
            case BodyRelation.Nested { Entities: [{ Key: { } named } nested, ..] }:
                return Taken(navigation, Update(nested, Values(navigation.Target, named), RowAction.Upsert));
            case BodyRelation.Nested { Entities: [var nested, ..] }:
                // The one that is related now is changed; only where there is none, another is made.
                var owner = Find(navigation.Source, key);
                return Taken(navigation, Update(nested, Current(navigation, owner), RowAction.Upsert));
            default:
                return Nulls(navigation.On.Select(pair => pair.Source), relation.Path);
        }
    }

    /// <summary>Rows that refer to the row themselves, or by a link table.</summary>
    private void Related(BodyRelation relation, PlannedRow row, RowAction action)
    {
        var navigation = relation.Navigation;
        var (entities, references) = relation switch
        {
            BodyRelation.Bound bound => ([], bound.Entities),
            BodyRelation.Nested nested => (nested.Entities, nested.References),
            BodyRelation.Delta delta => (delta.Entities, delta.References),
            _ => ((IReadOnlyList<EntityBody>)[], (IReadOnlyList<EntityReference>)[]),
        };
        var kept = new List<PlannedRow>(entities.Count + references.Count);
        var replacement = _rows.Count;
        foreach (var reference in references)
        {
            if (navigation.Through is not null)
                kept.Add(Link(navigation, row, Find(reference), reference.Path));
            else
                kept.Add(Change(navigation.Target, Values(reference), Inherited(navigation, row), reference.Path));
        }
        foreach (var entity in entities)
            if (Nested(navigation, row, action, entity) is { } written)
                kept.Add(written);

        // A body that names the related entities names all of them, once the entity exists (Protocol 11.4.3.1); @odata.bind adds to them in 4.0.
        if (action != RowAction.Insert && (relation is BodyRelation.Nested || (relation is BodyRelation.Bound && !navigation.IsCollection)))
            _replacements.Add(new(row, navigation, kept, relation.Path));
    }

    private PlannedRow? Nested(NavigationModel navigation, PlannedRow owner, RowAction action, EntityBody entity)
    {
        var inherited = navigation.Through is null ? Inherited(navigation, owner) : [];
        if (entity.Removed is { } removed)
        {
            if (entity.Key is not { } gone)
                mistakes.Add(Errors.InvalidBody, "What is removed is named by its key or its @odata.id.", entity.Path);
            else if (removed == Removal.Deleted)
                Delete(navigation.Target, [.. Values(navigation.Target, gone), .. inherited], entity.Path, entity.ETag);
            else if (navigation.Through is not null)
                _links.Add(new(navigation, owner, Find(navigation.Target, Values(navigation.Target, gone), entity.Path), IsRemoved: true, MustExist: false, entity.Path));
            else
                Change(navigation.Target, [.. Values(navigation.Target, gone), .. inherited], Nulls(navigation.On.Select(pair => pair.Target), entity.Path), entity.Path);
            return null;
        }
        var written = action == RowAction.Insert || entity.Key is not { } key
            ? Insert(entity, inherited)
            : Update(entity, Values(navigation.Target, key), RowAction.Upsert, inherited: inherited);
        return navigation.Through is null ? written : Link(navigation, owner, written, entity.Path);
    }

    /// <summary>An update of nothing but columns of a foreign key.</summary>
    private PlannedRow Change(EntitySetModel set, IReadOnlyList<PlannedValue> key, IReadOnlyList<PlannedValue> values, string path)
    {
        Allow(set, allow => allow.Update, "changed", path);
        return Add(new() { Set = set, Action = RowAction.Update, Key = key, Values = values, Path = path, Level = Math.Max(LevelOf(key), LevelOf(values)) });
    }

    private PlannedRow Link(NavigationModel navigation, PlannedRow source, PlannedRow target, string path)
    {
        foreach (var (column, _) in navigation.Through!.On)
            source.Wanted.Add(column);
        foreach (var (_, column) in navigation.Through.To)
            target.Wanted.Add(column);
        _links.Add(new(navigation, source, target, IsRemoved: false, MustExist: false, path));
        return target;
    }

    private PlannedRow Add(PlannedRow row)
    {
        _rows.Add(row);
        return row;
    }

    private static int LevelOf(IEnumerable<PlannedValue> values) => values.Max(value => value.From is { } from ? from.Level + 1 : (int?)0) ?? 0;

    /// <summary>The foreign key of the source takes the target's values.</summary>
    private static PlannedValue[] Taken(NavigationModel navigation, PlannedRow target) => [.. navigation.On.Select(pair => TakenFrom(pair.Source, target, pair.Target))];

    /// <summary>The foreign key of the target takes the source's values.</summary>
    private static PlannedValue[] Inherited(NavigationModel navigation, PlannedRow source) => [.. navigation.On.Select(pair => TakenFrom(pair.Target, source, pair.Source))];

    /// <summary>The related row as the source refers to it now.</summary>
    private static PlannedValue[] Current(NavigationModel navigation, PlannedRow source) => [.. navigation.On.Select(pair => TakenFrom(pair.Target, source, pair.Source))];

    private static PlannedValue TakenFrom(ColumnSchema column, PlannedRow from, ColumnSchema fromColumn)
    {
        from.Wanted.Add(fromColumn);
        return new(column, null, null, from, fromColumn);
    }

    /// <summary>The key of a row that is planned already.</summary>
    private static IReadOnlyList<PlannedValue> Values(PlannedRow row) =>
        row.Key.Count > 0 ? row.Key : [.. row.Set.Key.Select(property => TakenFrom(property.Column, row, property.Column))];

    private static PlannedValue[] Values(EntityReference reference) => [.. reference.Key.Select(part => new PlannedValue(part.Property.Column, part.Value))];

    public static PlannedValue[] Values(EntitySetModel set, IReadOnlyList<object> key) => [.. set.Key.Select((property, i) => new PlannedValue(property.Column, key[i]))];

    private PlannedValue[] Nulls(IEnumerable<ColumnSchema> columns, string path)
    {
        var values = columns.Select(column => new PlannedValue(column, null, path)).ToArray();
        if (Array.Exists(values, value => !value.Column.IsNullable))
            mistakes.Add(Errors.InvalidBody, "The reference must lead somewhere: it cannot be null.", path);
        return values;
    }

    private void CheckEditable(NavigationModel navigation, string path)
    {
        if (!navigation.IsEditable)
            mistakes.Add(Errors.RelationNotEditable, $"{navigation.Name} cannot be written through {navigation.Source.Name}: the relation is not editable.", path);
    }

    private void Allow(EntitySetModel set, Func<AllowDefinition, bool> allows, string verb, string path)
    {
        if (!allows(set.Definition.Allow))
            mistakes.Add(Errors.MethodNotAllowed, $"Entities of {set.Name} cannot be {verb}: the definition does not allow it.", path);
    }
}
