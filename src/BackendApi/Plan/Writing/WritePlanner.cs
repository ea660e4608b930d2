using System.Collections;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Support;

namespace BackendApi.Plan.Writing;

/// <summary>
/// Turns entities of a request body into rows: the nested ones become rows of their own, references become values of foreign keys, and each row
/// knows what it takes from which other. Adds what the definitions do not allow to <paramref name="mistakes"/>.
/// </summary>
internal sealed class WritePlanner(ModelSnapshot model, Mistakes mistakes)
{
    private readonly List<PlannedRow> _rows = [];
    private readonly List<PlannedLink> _links = [];
    private readonly List<PlannedReplacement> _replacements = [];
    private readonly HashSet<NamedRow> _named = [];

    public WritePlan ToPlan() => new(_rows, _links, _replacements);

    /// <param name="inherited">Values of foreign keys that the row takes from its owner; they take precedence over the body's.</param>
    public PlannedRow Insert(EntityBody body, IReadOnlyList<PlannedValue>? inherited = null, bool isRoot = false)
    {
        Allow(body.Set, allow => allow.Create, "created", body.Path);
        return Entity(body, RowAction.Insert, [], inherited ?? [], condition: null, isRoot);
    }

    /// <summary>A new entity of a collection that a navigation leads to.</summary>
    public PlannedRow InsertRelated(PlannedRow owner, NavigationModel navigation, EntityBody body)
    {
        CheckEditable(navigation, "");
        if (navigation.Through is null)
            return Insert(body, Inherited(navigation, owner), isRoot: true);
        return Link(navigation, owner, Insert(body, isRoot: true), body.Path);
    }

    /// <summary>An item of a delta: a row that is changed or created; null for one that goes.</summary>
    /// <param name="owner">Whose collection it is; null for an entity set.</param>
    public PlannedRow? Delta(PlannedRow? owner, NavigationModel? navigation, EntityBody body)
    {
        if (owner is not null)
        {
            CheckEditable(navigation!, body.Path);
            return Nested(navigation!, owner, RowAction.Update, body);
        }
        if (body.Removed is not null)
        {
            // What has no key is a mistake of the body already.
            if (KeyOf(body) is { } gone)
                Once(Delete(body.Set, gone, body.Path, Tagged(body), isRoot: true));
            return null;
        }
        return KeyOf(body) is { } key
            ? Update(body, key, RowAction.Upsert, isRoot: true)
            : Insert(body, isRoot: true);
    }

    /// <param name="key">What the row is found by.</param>
    /// <param name="action"><see cref="RowAction.Update"/> or <see cref="RowAction.Upsert"/>.</param>
    public PlannedRow Update(EntityBody body, IReadOnlyList<PlannedValue> key, RowAction action = RowAction.Update,
        IReadOnlyList<PlannedValue>? inherited = null, Func<bool, string?, ServiceError?>? condition = null, bool isRoot = false)
    {
        Allow(body.Set, allow => allow.Update, "changed", body.Path);
        return Entity(body, action, key, inherited ?? [], condition, isRoot);
    }

    public PlannedRow Delete(EntitySetModel set, IReadOnlyList<PlannedValue> key, string path = "", Func<bool, string?, ServiceError?>? condition = null, bool isRoot = false)
    {
        Allow(set, allow => allow.Delete, "deleted", path);
        return Add(new() { Set = set, Action = RowAction.Delete, Key = key, Path = path, Condition = condition, IsRoot = isRoot, Level = LevelOf(key) });
    }

    /// <summary>A row that is there.</summary>
    /// <param name="mayBeMissing">It need not be: then everything that others take from it is null.</param>
    public PlannedRow Find(EntitySetModel set, IReadOnlyList<PlannedValue> key, string path = "", Func<bool, string?, ServiceError?>? condition = null, bool isRoot = false, bool mayBeMissing = false) =>
        Add(new() { Set = set, Action = RowAction.Find, Key = key, Path = path, Condition = condition, IsRoot = isRoot, MayBeMissing = mayBeMissing, Level = LevelOf(key) });

    public PlannedRow Find(EntityReference reference) => Find(reference.Set, Values(reference), reference.Path);

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
    public void Clear(PlannedRow owner, NavigationModel navigation, string path)
    {
        CheckEditable(navigation, path);
        if (navigation.IsDependent)
            Change(navigation.Source, Values(owner), Nulls(navigation.On.Select(pair => pair.Source), path), path);
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
        Change(navigation.Target, [.. Values(reference), .. Inherited(navigation, owner)], Nulls(navigation.On.Select(pair => pair.Target), reference.Path), reference.Path, isRoot: true);
    }

    /// <summary>The related entities are those, and no others.</summary>
    public void Replace(PlannedRow owner, NavigationModel navigation, IReadOnlyList<EntityReference> references, string path)
    {
        CheckEditable(navigation, path);
        var kept = references.Select(Find).ToList();
        _replacements.Add(new(owner, navigation, kept, path));
        Want(owner, navigation);
        foreach (var reference in references)
            Relate(owner, navigation, reference);
    }

    private PlannedRow Entity(
        EntityBody body, RowAction action, IReadOnlyList<PlannedValue> key, IReadOnlyList<PlannedValue> inherited, Func<bool, string?, ServiceError?>? condition, bool isRoot)
    {
        var given = new List<PlannedValue>(inherited);
        if (body.Type is { } type && action == RowAction.Insert)
            given.Add(new(type.Column, type.Value));
        foreach (var relation in body.Relations)
        {
            CheckEditable(relation.Navigation, relation.Path);
            if (relation.Navigation.IsDependent)
                given.AddRange(Referred(relation, action, key));
        }
        // Rows that the values name, whichever of them are stored in the end.
        var named = body.Lookups.ToDictionary(lookup => lookup.Property, Named);
        foreach (var value in body.Values)
            CheckReferred(value);

        var row = Once(new()
        {
            Set = body.Set,
            Action = action,
            Key = key,
            Type = body.Type,
            Condition = condition ?? Tagged(body),
            Path = body.Path,
            IsRoot = isRoot,
            Level = Math.Max(LevelOf(key), Math.Max(LevelOf(given), LevelOf(named.Values))),
            Settle = action == RowAction.Upsert ? (row, isNew) => Settle(row, isNew ? Keyed(body, key).ToCreate(mistakes) : body.ToUpdate(mistakes), isNew && body.Type is { } made ? [.. given, new(made.Column, made.Value)] : given, named) : null,
        });
        Add(row);
        if (action == RowAction.Insert)
            Settle(row, body.ToCreate(mistakes), given, named);
        else if (action == RowAction.Update)
            Settle(row, body.ToUpdate(mistakes), given, named);
        foreach (var relation in body.Relations)
            if (!relation.Navigation.IsDependent)
                Related(relation, row, action);
        return row;
    }

    /// <summary>A new row has the key that it was looked for by.</summary>
    private static EntityBody Keyed(EntityBody body, IReadOnlyList<PlannedValue> key) => body with { Filled = [.. body.Filled, .. key.Select(part => part.Column)] };

    /// <summary>What the row stores: what others give it comes before what the body says of the same column.</summary>
    private static void Settle(PlannedRow row, EntityBody body, IReadOnlyList<PlannedValue> given, IReadOnlyDictionary<PropertyModel, PlannedValue> named)
    {
        var values = new List<PlannedValue>(given.Count + body.Values.Count + body.Lookups.Count);
        values.AddRange(given.Where(value => !row.Key.Any(known => known.Column == value.Column && value.From is not null && known.From == value.From && known.FromColumn == value.FromColumn)));
        foreach (var value in body.Values)
            if (IsFree(value.Property.Column))
                values.Add(new(value.Property.Column, Stored(value.Property, value.Value), value.Path));
        foreach (var lookup in body.Lookups)
            if (IsFree(lookup.Property.Column))
                values.Add(named[lookup.Property]);
        row.Values = values;
        row.Defaults = [.. body.Resets.Select(property => property.Column).Where(IsFree)];

        // An existing row keeps the key that it is found by.
        bool IsFree(ColumnSchema column) =>
            !values.Exists(known => known.Column == column) && !row.Key.Any(known => known.Column == column);
    }

    /// <summary>A value in the kind of its column, which can be narrower than that of the property that shows it.</summary>
    private static object? Stored(PropertyModel property, object? value) =>
        value is null || property.Kind == property.Column.Type.Kind ? value : Constants.Stored(property.Column.Type, property, value, property.Kind).Value;

    private PlannedValue Named(BodyLookup lookup)
    {
        var row = Find(lookup.Lookup.Set, [new(lookup.Lookup.By.Column, Stored(lookup.Lookup.By, lookup.Value))], lookup.Path);
        return TakenFrom(lookup.Property.Column, row, lookup.Lookup.Key.Column) with { Path = lookup.Path };
    }

    /// <summary>The rule that a value is the key of a row of another set.</summary>
    private void CheckReferred(BodyValue value)
    {
        if (value.Value is not null && value.Property.Definition?.Validation?.References is { } alias && model.ByAlias.GetValueOrDefault(alias) is { Key: [var key] } set)
            Find(set, [new(key.Column, Stored(key, value.Value))], value.Path);
    }

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
            case BodyRelation.Nested { Entities: [var nested, ..] } when KeyOf(nested) is { } named:
                return Taken(navigation, Update(nested, named, RowAction.Upsert));
            case BodyRelation.Nested { Entities: [var nested, ..] }:
                // The one that is related now is changed; only where there is none, another is made.
                var owner = Find(navigation.Source, key, mayBeMissing: action == RowAction.Upsert);
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
            owner.Wanted.Add(column);
    }

    private PlannedRow? Nested(NavigationModel navigation, PlannedRow owner, RowAction action, EntityBody entity)
    {
        var inherited = navigation.Through is null ? Inherited(navigation, owner) : [];
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
                Change(navigation.Target, [.. gone, .. inherited], Nulls(navigation.On.Select(pair => pair.Target), entity.Path), entity.Path);
            return null;
        }
        var written = action != RowAction.Insert && entity.IsIdentified && Identity(entity, inherited) is { } key
            ? Update(entity, key, RowAction.Upsert, inherited)
            : Insert(entity, inherited);
        return navigation.Through is null ? written : Link(navigation, owner, written, entity.Path);
    }

    /// <summary>An update of nothing but columns of a foreign key.</summary>
    private PlannedRow Change(EntitySetModel set, IReadOnlyList<PlannedValue> key, IReadOnlyList<PlannedValue> values, string path, bool isRoot = false)
    {
        Allow(set, allow => allow.Update, "changed", path);
        return Add(new() { Set = set, Action = RowAction.Update, Key = key, Values = values, Path = path, IsRoot = isRoot, Level = Math.Max(LevelOf(key), LevelOf(values)) });
    }

    private PlannedRow Link(NavigationModel navigation, PlannedRow source, PlannedRow target, string path)
    {
        WantLinked(navigation, source, target);
        _links.Add(new(navigation, source, target, IsRemoved: false, MustExist: false, path));
        return target;
    }

    /// <summary>What the row of a link table is made of.</summary>
    private static void WantLinked(NavigationModel navigation, PlannedRow source, PlannedRow target)
    {
        foreach (var (column, _) in navigation.Through!.On)
            source.Wanted.Add(column);
        foreach (var (_, column) in navigation.Through.To)
            target.Wanted.Add(column);
    }

    private void Unlink(NavigationModel navigation, PlannedRow owner, IReadOnlyList<PlannedValue> key, EntityBody entity, Removal removed)
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

    private void Unlink(NavigationModel navigation, PlannedRow source, PlannedRow target, bool mustExist, string path)
    {
        WantLinked(navigation, source, target);
        _links.Add(new(navigation, source, target, IsRemoved: true, mustExist, path));
    }

    /// <summary>Of two changes of one row none is the first: the body must name it once.</summary>
    private PlannedRow Once(PlannedRow row)
    {
        if (row.Action is RowAction.Update or RowAction.Upsert or RowAction.Delete && row.Key.Count > 0 && row.Key.All(part => part.From is null)
            && !_named.Add(new(row.Set, [.. row.Key.Select(part => part.Value)])))
            mistakes.Add(Errors.InvalidBody, $"The body names this entity of {row.Set.Name} twice.", row.Path);
        return row;
    }

    private PlannedRow Add(PlannedRow row)
    {
        _rows.Add(row);
        return row;
    }

    /// <summary>What a body itself asks of its entity: it is changed only while it has the tag that is given, and where the definition wants one, with one only.</summary>
    private static Func<bool, string?, ServiceError?>? Tagged(EntityBody body) => (body.ETag, body.Set.RequiresETag) switch
    {
        ({ } etag, _) => (_, now) => now == etag ? null : new(Errors.PreconditionFailed, "The entity changed since the client read it: @odata.etag is another one now."),
        (null, true) => (exists, _) => exists ? new(Errors.PreconditionRequired, "Give the ETag of the entity that you read as @odata.etag.") : null,
        _ => null,
    };

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

    /// <summary>What a body itself says that its row is found by; null when it does not.</summary>
    public static IReadOnlyList<PlannedValue>? KeyOf(EntityBody body) =>
        body.Key is { } key ? Values(body.Set, key) : body.AlternateKey is { } other ? Values(other) : null;

    /// <summary>The same for a nested entity, part of whose key may be what it takes from its owner.</summary>
    private static IReadOnlyList<PlannedValue>? Identity(EntityBody body, IReadOnlyList<PlannedValue> inherited)
    {
        if (KeyOf(body) is { } own)
            return own;
        var key = new List<PlannedValue>(body.Set.Key.Count);
        foreach (var property in body.Set.Key)
            if (inherited.FirstOrDefault(value => value.Column == property.Column) is { } taken)
                key.Add(taken);
            else if (body.KeyParts.FirstOrDefault(part => part.Property == property) is { Value: not null } part)
                key.Add(new(property.Column, Stored(property, part.Value), part.Path));
            else
                return null;
        return key;
    }

    private static PlannedValue[] Values(EntityReference reference) => [.. reference.Key.Select(part => new PlannedValue(part.Property.Column, Stored(part.Property, part.Value)))];

    public static PlannedValue[] Values(EntitySetModel set, IReadOnlyList<object> key) => [.. set.Key.Select((property, i) => new PlannedValue(property.Column, Stored(property, key[i])))];

    /// <summary>The values of a key predicate.</summary>
    public static PlannedValue[] Values(EntitySetModel set, IReadOnlyList<KeyValue> key) => [.. key.Select(part => set.Column(part.Property) is var property
        ? new PlannedValue(property!.Column, Constants.Stored(property.Column.Type, property, part.Value, property.Kind).Value)
        : throw new InvalidOperationException("A key is made of columns."))];

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

    /// <exception cref="ServiceException">405, before anything is read.</exception>
    public void RequireAllowed(EntitySetModel set, Func<AllowDefinition, bool> allows, string verb)
    {
        Allow(set, allows, verb, "");
        mistakes.ThrowIfAny();
    }

    private void Allow(EntitySetModel set, Func<AllowDefinition, bool> allows, string verb, string path)
    {
        if (!allows(set.Definition.Allow))
            mistakes.Add(Errors.MethodNotAllowed, $"Entities of {set.Name} cannot be {verb}: the definition does not allow it.", path);
    }

    private sealed record NamedRow(EntitySetModel Set, object?[] Key)
    {
        public bool Equals(NamedRow? other) => other is not null && Set == other.Set && StructuralComparisons.StructuralEqualityComparer.Equals(Key, other.Key);

        public override int GetHashCode() => StructuralComparisons.StructuralEqualityComparer.GetHashCode(Key);
    }
}
