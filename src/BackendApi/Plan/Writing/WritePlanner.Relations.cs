using BackendApi.Model;
using BackendApi.Parse.Bodies;

namespace BackendApi.Plan.Writing;

/// <summary>What relates rows to each other: references, nested entities, links.</summary>
internal sealed partial class WritePlanner
{
    /// <summary>Relates two rows that are there already (<c>$ref</c>).</summary>
    public void Relate(PlannedRow owner, NavigationModel navigation, EntityReference reference)
    {
        CheckEditable(navigation, reference.Path);
        if (navigation.Through is not null)
            Link(navigation, owner, Find(reference), reference.Path);
        else if (navigation.IsDependent)
            Change(navigation.Source, Values(owner), Taken(navigation, Find(reference)), reference.Path);
        else
            Change(navigation.Target, Values(reference), Inherited(navigation, owner), reference.Path);
    }

    /// <summary>Nothing is related to <paramref name="owner"/> any more by a single-valued navigation, or by a collection.</summary>
    public void Clear(PlannedRow owner, NavigationModel navigation, BodyPath path)
    {
        CheckEditable(navigation, path);
        if (navigation.IsDependent)
            Change(navigation.Source, Values(owner), Nulls(navigation.On.Select(pair => pair.Source), path, path), path);
        else
            _replacements.Add(new(owner, navigation, [], path));
        Want(owner, navigation);
    }

    /// <summary>Takes one entity out of a collection.</summary>
    public void Separate(PlannedRow owner, NavigationModel navigation, EntityReference reference)
    {
        CheckEditable(navigation, reference.Path);
        if (navigation.Through is not null)
        {
            Unlink(navigation, owner, Find(reference.Set, Values(reference), reference.Path, isRoot: true), mustExist: true, reference.Path);
            return;
        }
        // Only one that belongs to the owner: the columns of the foreign key are part of what it is found by.
        Change(navigation.Target, [.. Values(reference), .. Inherited(navigation, owner)], Nulls(navigation.On.Select(pair => pair.Target), reference.Path, reference.Path), reference.Path, isRoot: true);
    }

    /// <summary>The related entities are those, and no others.</summary>
    public void Replace(PlannedRow owner, NavigationModel navigation, IReadOnlyList<EntityReference> references, BodyPath path)
    {
        CheckEditable(navigation, path);
        var kept = references.Select(Find).ToList();
        _replacements.Add(new(owner, navigation, kept, path));
        Want(owner, navigation);
        foreach (var reference in references)
            Relate(owner, navigation, reference);
    }

    /// <summary>The values of the row's own foreign key, for a single-valued navigation.</summary>
    private IEnumerable<PlannedValue> Referred(BodyRelation relation, EntityBody body, RowAction action, PlannedValues key)
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
            case BodyRelation.Nested { Entities: [var nested, ..] } when KeyOf(nested) is { } named:
                return Taken(navigation, Update(nested, named, RowAction.Upsert));
            case BodyRelation.Nested { Entities: [var nested, ..] }:
                // The one that is related now is changed; only where there is none, another is made.
                var owner = Find(navigation.Source, key, mayBeMissing: action == RowAction.Upsert);
                return Taken(navigation, Update(nested, Inherited(navigation, owner), RowAction.Upsert));
            default:
                return Nulls(navigation.On.Select(pair => pair.Source), body.Path, relation.Path);
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
        {
            _replacements.Add(new(row, navigation, kept, relation.Path));
            Want(row, navigation);
        }
    }

    /// <summary>What leads to the related rows must be known.</summary>
    private static void Want(PlannedRow owner, NavigationModel navigation)
    {
        foreach (var (column, _) in navigation.Through?.On ?? navigation.On)
            owner.Want(column);
    }

    private PlannedRow? Nested(NavigationModel navigation, PlannedRow owner, RowAction action, EntityBody entity)
    {
        var inherited = navigation.Through is null ? Inherited(navigation, owner) : PlannedValues.None;
        if (entity.Removed is { } removed)
        {
            // What has no key is a mistake of the body already.
            if (Identity(entity, inherited) is not { } gone)
                return null;
            if (navigation.Through is not null)
                Unlink(navigation, owner, gone, entity, removed);
            else if (removed == Removal.Deleted)
                Once(Delete(navigation.Target, [.. gone, .. inherited], entity.Path, Tagged(entity)));
            else
                Change(navigation.Target, [.. gone, .. inherited], Nulls(navigation.On.Select(pair => pair.Target), entity.Path, entity.Path), entity.Path);
            return null;
        }
        var written = action != RowAction.Insert && entity.IsIdentified && Identity(entity, inherited) is { } key
            ? Update(entity, key, RowAction.Upsert, inherited)
            : Insert(entity, inherited);
        return navigation.Through is null ? written : Link(navigation, owner, written, entity.Path);
    }

    /// <summary>An update of nothing but columns of a foreign key.</summary>
    private PlannedRow Change(EntitySetModel set, PlannedValues key, PlannedValues values, BodyPath path, bool isRoot = false)
    {
        Allow(set, allow => allow.Update, "changed", path);
        return Add(new() { Set = set, Action = RowAction.Update, Key = key, Values = values, Path = path, IsRoot = isRoot, Level = Math.Max(key.Level, values.Level) });
    }

    private PlannedRow Link(NavigationModel navigation, PlannedRow source, PlannedRow target, BodyPath path)
    {
        WantLinked(navigation, source, target);
        _links.Add(new(navigation, source, target, IsRemoved: false, MustExist: false, path));
        return target;
    }

    /// <summary>What the row of a link table is made of.</summary>
    private static void WantLinked(NavigationModel navigation, PlannedRow source, PlannedRow target)
    {
        foreach (var (column, _) in navigation.Through!.On)
            source.Want(column);
        foreach (var (_, column) in navigation.Through.To)
            target.Want(column);
    }

    private void Unlink(NavigationModel navigation, PlannedRow owner, PlannedValues key, EntityBody entity, Removal removed)
    {
        var target = Find(navigation.Target, key, entity.Path, Tagged(entity));
        Unlink(navigation, owner, target, mustExist: removed == Removal.Deleted, entity.Path);
        if (removed == Removal.Deleted)
        {
            Allow(navigation.Target, allow => allow.Delete, "deleted", entity.Path);
            // The link must be gone before.
            Add(Once(new() { Set = navigation.Target, Action = RowAction.Delete, Key = key, Path = entity.Path, Level = Math.Max(owner.Level, target.Level) + 1 }));
        }
    }

    private void Unlink(NavigationModel navigation, PlannedRow source, PlannedRow target, bool mustExist, BodyPath path)
    {
        WantLinked(navigation, source, target);
        _links.Add(new(navigation, source, target, IsRemoved: true, mustExist, path));
    }
}
