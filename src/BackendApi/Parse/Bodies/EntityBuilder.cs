using System.Text.Json;
using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <param name="Set">What the entity belongs to.</param>
/// <param name="Path">Where in the body it stands.</param>
internal readonly record struct EntityPlace(EntitySetModel Set, BodyPurpose Purpose, BodyPath Path)
{
    /// <summary>The derived type that the address names.</summary>
    public DerivedModel? Type { get; init; }
    /// <summary>Columns that the entity around this one or the address fills.</summary>
    public IReadOnlyList<ColumnSchema> Filled { get; init; } = [];
    /// <summary>Stands inside another entity, or in a list: the body names the entity, not the address.</summary>
    public bool IsNested { get; init; }
    /// <summary>Is the one entity that a single-valued navigation leads to: there can be one without a key in the body.</summary>
    public bool IsOnly { get; init; }
    public bool IsDelta { get; init; }
    public int Depth { get; init; }
}

/// <summary>
/// Gathers what a body says of one entity, whichever dialect it speaks: which fields can be written, what is a key, what is to be looked up. One builds one entity after
/// another.
/// </summary>
internal sealed class EntityBuilder(BodyDialect dialect, ValueParser values, Mistakes mistakes)
{
    private readonly FieldValues fields = new();
    private EntityPlace place;
    private DerivedModel? type;
    private object?[]? key;
    private List<BodyLookup>? lookups;
    private List<BodyField>? refused;
    private List<BodyRelation>? relations;

    public EntitySetModel Set => place.Set;
    public BodyPurpose Purpose => place.Purpose;
    public BodyPath Path => place.Path;
    public BodyShape Shape { get; private set; } = null!;
    public IReadOnlyList<BodyRelation> Relations => relations ?? (IReadOnlyList<BodyRelation>)[];

    public EntityReference? Id { get; set; }
    public string? ETag { get; set; }
    public Removal? Removed { get; set; }
    /// <summary>There was nothing to read: what is missing is no mistake of its own.</summary>
    public bool IsUnread { get; set; }

    /// <param name="type">The derived type that the body names, or the address.</param>
    public void Begin(in EntityPlace place, DerivedModel? type)
    {
        this.place = place;
        this.type = type;
        Shape = BodyShape.Of(place.Set, type);
        fields.Begin(Shape);
        fields.Fill(place.Filled);
        if (type is not null)
            fields.Fill(type.Column);
        (key, lookups, refused, relations) = (null, null, null, null);
        (Id, ETag, Removed, IsUnread) = (null, null, null, false);
    }

    public void Add(BodyRelation relation) => (relations ??= []).Add(relation);

    /// <param name="owner">The object that has the value as its member.</param>
    public void Add(BodyField field, JsonElement value, BodyPath owner)
    {
        var part = KeyIndex(field);
        if (part >= 0 && !TryAddKey(field, part, value, owner))
            return;
        if (part >= 0 && Purpose != BodyPurpose.Create && !place.IsNested || field.Constant is not null || field.IsComputed || Fills(field.Property.Column))
            return;
        if (!CanWrite(field.Property))
        {
            if (dialect == BodyDialect.DataExchange && !(part >= 0 && Purpose != BodyPurpose.Create))
                mistakes.Add(Support.Errors.ImmutableProperty, "Clients cannot write this field. Leave it out.", At(field, owner));
            return;
        }
        if (part >= 0)
            fields.Give(field, key![part]);
        else if (field.Lookup is { } lookup && value.ValueKind != JsonValueKind.Null)
            LookUp(field, lookup, value, owner);
        else if (values.TryRead(value, field, At(field, owner), out var read))
            fields.Give(field, read);
        else
            Refuse(field);
    }

    /// <summary>Null for every column of a complex property.</summary>
    public void AddNulls(BodyShape complex)
    {
        foreach (var field in complex.Fields)
            if (field.Constant is null && !field.IsComputed && CanWrite(field.Property))
                fields.Give(field, null);
    }

    /// <summary>Whether a foreign key of this entity may be written, which is what relating it to another entity does.</summary>
    public bool CanWrite(IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> on)
    {
        foreach (var (source, _) in on)
            if (Array.Find(Shape.Fields, field => field.Property.Column == source) is not { } field || !CanWrite(field.Property))
                return false;
        return on.Count > 0;
    }

    /// <summary>A part of the key is not even given wrongly.</summary>
    public bool IsKeyMissing
    {
        get
        {
            for (var i = 0; i < Set.Key.Count; i++)
                if (!Fills(Set.Key[i].Column) && key?[i] is null && !(Shape.Key[i] is { } part && fields.IsRefused(part)))
                    return true;
            return false;
        }
    }

    /// <summary>The values alone: nothing is missing that the address does not name.</summary>
    /// <param name="part">The fields that the address names.</param>
    public EntityBody BuildPart(IReadOnlyList<BodyField> part)
    {
        if (Purpose == BodyPurpose.Replace)
            fields.CheckReplacement(part, Set, dialect, Path, mistakes);
        return new(Set, Path)
        {
            Purpose = Purpose, Dialect = dialect, Type = type, Part = part, Layout = Layout(), Row = fields.ToArray(), Lookups = Lookups(), Refused = Refused(),
        };
    }

    public EntityBody Build()
    {
        FillFromRelations();
        var isIdentified = Id is not null || HasKey;
        var isNew = Purpose == BodyPurpose.Create || place.IsNested && !isIdentified && !place.IsOnly;
        var isComplete = Removed is null && !IsUnread && isNew;
        if (isComplete)
            fields.Complete(dialect, Path, mistakes);
        else if (Removed is null && !IsUnread && Purpose == BodyPurpose.Replace)
            fields.CheckReplacement(Shape.Fields, Set, dialect, Path, mistakes);
        if (isComplete)
            lookups?.RemoveAll(lookup => !lookup.Property.IsCreatable);
        return new(Set, Path)
        {
            Purpose = Purpose,
            Dialect = dialect,
            Type = type,
            Layout = Layout(),
            Row = fields.ToArray(),
            Lookups = Lookups(),
            Refused = Refused(),
            Key = Key(),
            KeyParts = key ?? [],
            AlternateKey = Id is { } id && !IsPrimary(id) ? id : null,
            IsIdentified = isIdentified,
            Filled = place.Filled,
            Relations = Relations,
            ETag = ETag,
            Removed = Removed,
            IsComplete = isComplete,
        };
    }

    private BodyLayout Layout() => Shape.Layouts(dialect).Of(fields.Given);

    private IReadOnlyList<BodyLookup> Lookups() => lookups ?? (IReadOnlyList<BodyLookup>)[];

    private IReadOnlyList<BodyField> Refused() => refused ?? (IReadOnlyList<BodyField>)[];

    private void FillFromRelations()
    {
        if (relations is null)
            return;
        foreach (var relation in relations)
            if (relation.FillsOwner)
                foreach (var (source, _) in relation.Navigation.On)
                    fields.Fill(source);
        lookups?.RemoveAll(lookup => Shape.Field(lookup.Property) is { } field && fields.IsFilled(field));
    }

    /// <summary>Each part of the key is given, or comes from the entity around this one.</summary>
    private bool HasKey
    {
        get
        {
            for (var i = 0; i < Set.Key.Count; i++)
                if (key?[i] is null && !Fills(Set.Key[i].Column))
                    return false;
            return true;
        }
    }

    private bool Fills(ColumnSchema column) => place.Filled.Count > 0 && place.Filled.Contains(column);

    private int KeyIndex(BodyField field)
    {
        var parts = Shape.Key;
        for (var i = 0; i < parts.Length; i++)
            if (ReferenceEquals(parts[i], field))
                return i;
        return -1;
    }

    private BodyPlace At(BodyField field, BodyPath owner) => new(owner, field.NameIn(dialect));

    private bool CanWrite(PropertyModel property) => Purpose switch
    {
        BodyPurpose.Create => property.IsCreatable,
        // There the address always names an entity that exists.
        BodyPurpose.Update when dialect == BodyDialect.DataExchange && !place.IsNested => property.IsEditable,
        _ => property.IsCreatable || property.IsEditable,
    };

    private void Refuse(BodyField field)
    {
        fields.Refuse(field);
        (refused ??= []).Add(field);
    }

    /// <returns>False when there is nothing more to do with the value.</returns>
    private bool TryAddKey(BodyField field, int part, JsonElement value, BodyPath owner)
    {
        // Clients that know no other way to leave a generated key out.
        if (value.ValueKind == JsonValueKind.Null && !field.Property.IsCreatable)
            return false;
        if (!values.TryRead(value, field, At(field, owner), out var read) || read is null)
        {
            Refuse(field);
            return false;
        }
        (key ??= new object?[Set.Key.Count])[part] = read;
        return true;
    }

    /// <summary>A value of the field's own type is the key itself, unless what it is looked up by has the same type.</summary>
    private void LookUp(BodyField field, LookupModel lookup, JsonElement value, BodyPath owner)
    {
        var at = At(field, owner);
        if (lookup.By.Kind != field.Property.Kind && values.Silent.TryRead(value, field, at, out var known))
        {
            fields.Give(field, known);
        }
        else if (values.TryReadLookup(value, field, lookup, at, out var read))
        {
            (lookups ??= []).Add(new(field.Property, lookup, read, at.ToPath()));
            fields.LookUp(field);
        }
        else
        {
            Refuse(field);
        }
    }

    private IReadOnlyList<object>? Key()
    {
        if (key is not null && Array.TrueForAll(key, part => part is not null))
            return key!;
        return Id is not null && IsPrimary(Id) ? Key(Set, Id) : null;
    }

    private static IReadOnlyList<object> Key(EntitySetModel set, EntityReference id) => [.. set.Key.Select(part => id.Key.First(value => value.Property == part).Value)];

    private bool IsPrimary(EntityReference id) => id.Key.Count == Set.Key.Count && id.Key.All(part => Set.Key.Contains(part.Property));
}
