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
internal sealed partial class WritePlanner(ModelSnapshot model, Mistakes mistakes)
{
    private readonly List<PlannedRow> _rows = [];
    private readonly List<PlannedLink> _links = [];
    private readonly List<PlannedReplacement> _replacements = [];
    private NamedRow? _firstNamed;
    private HashSet<NamedRow>? _named;
    private RowForms? _forms;

    public WritePlan ToPlan() => new(_rows, _links, _replacements);

    /// <param name="inherited">Values of foreign keys that the row takes from its owner; they take precedence over the body's.</param>
    public PlannedRow Insert(EntityBody body, PlannedValues? inherited = null, bool isRoot = false)
    {
        Allow(body.Set, allow => allow.Create, "created", body.Path);
        return Entity(body, RowAction.Insert, PlannedValues.None, inherited ?? PlannedValues.None, condition: null, isRoot);
    }

    /// <summary>A new entity of a collection that a navigation leads to.</summary>
    public PlannedRow InsertRelated(PlannedRow owner, NavigationModel navigation, EntityBody body)
    {
        CheckEditable(navigation, BodyPath.Root);
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
    public PlannedRow Update(EntityBody body, PlannedValues key, RowAction action = RowAction.Update,
        PlannedValues? inherited = null, Func<bool, string?, ServiceError?>? condition = null, bool isRoot = false)
    {
        Allow(body.Set, allow => allow.Update, "changed", body.Path);
        return Entity(body, action, key, inherited ?? PlannedValues.None, condition, isRoot);
    }

    public PlannedRow Delete(EntitySetModel set, PlannedValues key, BodyPath? path = null, Func<bool, string?, ServiceError?>? condition = null, bool isRoot = false)
    {
        Allow(set, allow => allow.Delete, "deleted", path ?? BodyPath.Root);
        return Add(new() { Set = set, Action = RowAction.Delete, Key = key, Path = path ?? BodyPath.Root, Condition = condition, IsRoot = isRoot, Level = key.Level });
    }

    /// <summary>A row that is there.</summary>
    /// <param name="mayBeMissing">It need not be: then everything that others take from it is null.</param>
    public PlannedRow Find(EntitySetModel set, PlannedValues key, BodyPath? path = null, Func<bool, string?, ServiceError?>? condition = null, bool isRoot = false, bool mayBeMissing = false) =>
        Add(new() { Set = set, Action = RowAction.Find, Key = key, Path = path ?? BodyPath.Root, Condition = condition, IsRoot = isRoot, MayBeMissing = mayBeMissing, Level = key.Level });

    public PlannedRow Find(EntityReference reference) => Find(reference.Set, Values(reference), reference.Path);

    private PlannedRow Entity(
        EntityBody body, RowAction action, PlannedValues key, PlannedValues inherited, Func<bool, string?, ServiceError?>? condition, bool isRoot)
    {
        var given = Given(body, action, key, inherited);
        // Rows that the values name, whichever of them are stored in the end.
        var named = body.Lookups.Count == 0 ? [] : Array.ConvertAll([.. body.Lookups], Named);
        CheckReferred(body);

        var row = Once(new()
        {
            Set = body.Set,
            Action = action,
            Key = key,
            Type = body.Type,
            Condition = condition ?? Tagged(body),
            Path = body.Path,
            IsRoot = isRoot,
            Level = Math.Max(key.Level, Math.Max(given.Level, LevelOf(named))),
            Settle = action == RowAction.Upsert ? Settling(body, given, named) : null,
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

    /// <summary>What others give the row: its owner, its type and the rows that it refers to.</summary>
    private PlannedValues Given(EntityBody body, RowAction action, PlannedValues key, PlannedValues inherited)
    {
        var isTyped = body.Type is not null && action == RowAction.Insert;
        if (!isTyped && body.Relations.Count == 0)
            return inherited;
        var given = new List<PlannedValue>(inherited);
        if (isTyped)
            given.Add(TypeOf(body));
        foreach (var relation in body.Relations)
        {
            CheckEditable(relation.Navigation, relation.Path);
            if (relation.Navigation.IsDependent)
                // The address, or another relation that shares the column, has said it before.
                given.AddRange(Referred(relation, body, action, key).Where(value => !given.Exists(known => known.Column == value.Column)));
        }
        return given.Count == inherited.Count ? inherited : [.. given];
    }

    private static PlannedValue TypeOf(EntityBody body) => new(body.Type!.Column, body.Type.Value);

    /// <summary>A new row has the key that it was looked for by.</summary>
    private Action<PlannedRow, bool> Settling(EntityBody body, PlannedValues given, PlannedValue[] named) => (row, isNew) =>
    {
        if (!isNew)
            Settle(row, body.ToUpdate(mistakes), given, named);
        else
            Settle(row, body.ToCreate(mistakes, row.Key.Columns), body.Type is null ? given : [.. given, TypeOf(body)], named);
    };

    /// <summary>What the row stores: what others give it comes before what the body says of the same column.</summary>
    /// <param name="named">What the body's lookups lead to, one for each of those that the body had when it was read.</param>
    private void Settle(PlannedRow row, EntityBody body, PlannedValues given, PlannedValue[] named)
    {
        var layout = body.Layout;
        // Most rows are what the body says, to the last value.
        row.Values = given.Count == 0 && body.Lookups.Count == 0 && layout.IsStoredAsGiven && !row.Key.Form.Overlaps(layout.Columns)
            ? new(layout.Columns, body.Row)
            : Merged(row, body, given, named);
        if (body.Resets.Count > 0)
            row.Defaults = Besides(row.Key.Form, body.Resets);
    }

    private static ColumnSchema[] Besides(RowColumns key, IReadOnlyList<PropertyModel> properties) => [.. properties.Select(property => property.Column).Where(column => key.IndexOf(column) < 0)];

    private PlannedValues Merged(PlannedRow row, EntityBody body, PlannedValues given, PlannedValue[] named)
    {
        var layout = body.Layout;
        var values = (_forms ??= new()).Begin();
        foreach (var value in given)
            if (!IsKey(value))
                values.Add(value.Column, value.Value, value.Name);
        for (var i = 0; i < body.Row.Length; i++)
        {
            var property = layout.Fields[i].Property;
            if (IsFree(property.Column) && !values.Has(property.Column))
                values.Add(property.Column, Stored(property, body.Row[i]), layout.Columns.Names[i]);
        }
        foreach (var lookup in body.Lookups)
            if (IsFree(lookup.Property.Column) && !values.Has(lookup.Property.Column))
                values.Add(lookup.Property.Column, Array.Find(named, value => value.Column == lookup.Property.Column)!.Value, body.NameOf(lookup.Property));
        return values.ToValues();

        // An existing row keeps the key that it is found by.
        bool IsFree(ColumnSchema column) => row.Key.Form.IndexOf(column) < 0;

        bool IsKey(PlannedValue value) => value.Value is TakenValue && row.Key.Form.IndexOf(value.Column) is >= 0 and var part && Equals(row.Key.Items[part], value.Value);
    }

    /// <summary>A value in the kind of its column, which can be narrower than that of the property that shows it.</summary>
    private static object? Stored(PropertyModel property, object? value) =>
        value is null || property.Kind == property.Column.Type.Kind ? value : Constants.Stored(property.Column.Type, property, value, property.Kind).Value;

    private PlannedValue Named(BodyLookup lookup)
    {
        var row = Find(lookup.Lookup.Set, [new(lookup.Lookup.By.Column, Stored(lookup.Lookup.By, lookup.Value))], lookup.Path);
        return TakenFrom(lookup.Property.Column, row, lookup.Lookup.Key.Column);
    }

    /// <summary>The rule that a value is the key of a row of another set.</summary>
    private void CheckReferred(EntityBody body)
    {
        if (!body.Layout.HasReferences)
            return;
        for (var i = 0; i < body.Row.Length; i++)
            if (body.Row[i] is { } value && body.Layout.Fields[i].Validation.References is { } alias && model.Whole.ByAlias.GetValueOrDefault(alias) is { Key: [var key] } set)
                Find(set, [new(key.Column, Stored(key, value))], body.PathOf(body.Layout.Fields[i].Property));
    }

    /// <summary>Of two changes of one row none is the first: the body must name it once.</summary>
    private PlannedRow Once(PlannedRow row)
    {
        if (row.Action is RowAction.Update or RowAction.Upsert or RowAction.Delete && row.Key.Count > 0 && !row.Key.HasTaken && !IsFirst(new(row.Set, row.Key.Items)))
            mistakes.Add(Errors.InvalidBody, $"The body names this entity of {row.Set.Name} twice.", row.Path);
        return row;
    }

    private bool IsFirst(NamedRow row)
    {
        if (_firstNamed is null)
        {
            _firstNamed = row;
            return true;
        }
        return (_named ??= [_firstNamed]).Add(row);
    }

    private PlannedRow Add(PlannedRow row)
    {
        _rows.Add(row);
        return row;
    }

    /// <summary>What a body itself asks of its entity: it is changed only while it has the tag that is given, and where the definition wants one, with one only.</summary>
    private static Func<bool, string?, ServiceError?>? Tagged(EntityBody body) =>
        body.ETag is not null ? Tagged(body.ETag)
        : body.Set.RequiresETag ? static (exists, _) => exists ? new(Errors.PreconditionRequired, "Give the ETag of the entity that you read as @odata.etag.") : null
        : null;

    private static Func<bool, string?, ServiceError?> Tagged(string etag) =>
        (_, now) => now == etag ? null : new(Errors.PreconditionFailed, "The entity changed since the client read it: @odata.etag is another one now.");

    private static int LevelOf(PlannedValue[] values)
    {
        var level = 0;
        foreach (var value in values)
            level = Math.Max(level, value.From!.Level + 1);
        return level;
    }

    /// <summary>The foreign key of the source takes the target's values.</summary>
    private static PlannedValues Taken(NavigationModel navigation, PlannedRow target) => [.. navigation.On.Select(pair => TakenFrom(pair.Source, target, pair.Target))];

    /// <summary>The foreign key of the target takes the source's values; or the related row as the source refers to it now.</summary>
    private PlannedValues Inherited(NavigationModel navigation, PlannedRow source)
    {
        var values = (_forms ??= new()).Begin();
        foreach (var (from, column) in navigation.On)
        {
            source.Want(from);
            values.Add(column, new TakenValue(source, from), null);
        }
        return values.ToValues();
    }

    private static PlannedValue TakenFrom(ColumnSchema column, PlannedRow from, ColumnSchema fromColumn)
    {
        from.Want(fromColumn);
        return new(column, new TakenValue(from, fromColumn));
    }

    /// <summary>The key of a row that is planned already.</summary>
    private static PlannedValues Values(PlannedRow row) =>
        row.Key.Count > 0 ? row.Key : [.. row.Set.Key.Select(property => TakenFrom(property.Column, row, property.Column))];

    /// <summary>What a body itself says that its row is found by; null when it does not.</summary>
    public static PlannedValues? KeyOf(EntityBody body) =>
        body.Key is { } key ? Values(body.Set, key) : body.AlternateKey is { } other ? Values(other) : null;

    /// <summary>The same for a nested entity, part of whose key may be what it takes from its owner.</summary>
    private PlannedValues? Identity(EntityBody body, PlannedValues inherited)
    {
        if (KeyOf(body) is { } own)
            return own;
        var key = (_forms ??= new()).Begin();
        for (var i = 0; i < body.Set.Key.Count; i++)
        {
            var property = body.Set.Key[i];
            if (inherited.Form.IndexOf(property.Column) is >= 0 and var taken)
                key.Add(property.Column, inherited.Items[taken], null);
            else if (body.KeyParts.Count > 0 && body.KeyParts[i] is { } part)
                key.Add(property.Column, Stored(property, part), body.NameOf(property));
            else
                return null;
        }
        return key.ToValues();
    }

    private static PlannedValues Values(EntityReference reference) => [.. reference.Key.Select(part => new PlannedValue(part.Property.Column, Stored(part.Property, part.Value)))];

    public static PlannedValues Values(EntitySetModel set, IReadOnlyList<object> key)
    {
        var values = new object?[key.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Stored(set.Key[i], key[i]);
        return new(set.KeyColumns, values);
    }

    /// <summary>The values of a key predicate.</summary>
    public static PlannedValues Values(EntitySetModel set, IReadOnlyList<KeyValue> key) => [.. key.Select(part => set.Column(part.Property) is var property
        ? new PlannedValue(property!.Column, Constants.Stored(property.Column.Type, property, part.Value, property.Kind).Value)
        : throw new InvalidOperationException("A key is made of columns."))];

    /// <param name="owner">Where the row stands that has the columns.</param>
    /// <param name="path">What says that they are null.</param>
    private PlannedValues Nulls(IEnumerable<ColumnSchema> columns, BodyPath owner, BodyPath path)
    {
        PlannedValues values = [.. columns.Select(column => new PlannedValue(column, null, ReferenceEquals(owner, path) ? "" : path.Below(owner)))];
        if (values.Columns.Any(column => !column.IsNullable))
            mistakes.Add(Errors.InvalidBody, "The reference must lead somewhere: it cannot be null.", path);
        return values;
    }

    private void CheckEditable(NavigationModel navigation, BodyPath path)
    {
        if (!navigation.IsEditable)
            mistakes.Add(Errors.RelationNotEditable, $"{navigation.Name} cannot be written through {navigation.Source.Name}: the relation is not editable.", path);
    }

    /// <exception cref="ServiceException">405, before anything is read.</exception>
    public void RequireAllowed(EntitySetModel set, Func<AllowDefinition, bool> allows, string verb)
    {
        Allow(set, allows, verb, BodyPath.Root);
        mistakes.ThrowIfAny();
    }

    private void Allow(EntitySetModel set, Func<AllowDefinition, bool> allows, string verb, BodyPath path)
    {
        if (set.TakesDocuments)
        {
            mistakes.Add(Errors.MethodNotAllowed, $"Entities of {set.Name} are written by their own address only.", path);
            return;
        }
        if (allows(set.Definition.Allow))
            return;
        if (allows(set.Whole.Definition.Allow))
            mistakes.Add(Errors.Forbidden, $"Your rights do not allow entities of {set.Name} to be {verb}.", path);
        else
            mistakes.Add(Errors.MethodNotAllowed, $"Entities of {set.Name} cannot be {verb}: the definition does not allow it.", path);
    }

    private sealed record NamedRow(EntitySetModel Set, object?[] Key)
    {
        public bool Equals(NamedRow? other) => other is not null && Set == other.Set && StructuralComparisons.StructuralEqualityComparer.Equals(Key, other.Key);

        public override int GetHashCode() => StructuralComparisons.StructuralEqualityComparer.GetHashCode(Key);
    }
}
