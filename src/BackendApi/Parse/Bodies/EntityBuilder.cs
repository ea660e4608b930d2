using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.Bodies;

/// <summary>Gathers what a body says of one entity, whichever dialect it speaks: which fields can be written, what is a key, what is to be looked up.</summary>
internal sealed class EntityBuilder(EntitySetModel set, DerivedModel? type, BodyPurpose purpose, BodyDialect dialect, string path, ValueParser values, Mistakes mistakes)
{
    private readonly List<BodyValue> stored = [];
    private readonly List<BodyValue> keyParts = [];
    private readonly List<BodyLookup> lookups = [];
    private readonly List<PropertyModel> refused = [];
    private readonly List<BodyRelation> relations = [];

    public EntitySetModel Set => set;
    public BodyPurpose Purpose => purpose;
    public string Path => path;
    public BodyShape Shape { get; } = BodyShape.Of(set, type);
    public IReadOnlyList<BodyRelation> Relations => relations;

    /// <summary>Stands inside another entity, or in a list: the body names the entity, not the address.</summary>
    public bool IsNested { get; init; }
    /// <summary>Is the one entity that a single-valued navigation leads to: there can be one without a key in the body.</summary>
    public bool IsOnly { get; init; }
    public IReadOnlyList<ColumnSchema> Filled { get; init; } = [];
    public EntityReference? Id { get; set; }
    public string? ETag { get; set; }
    public Removal? Removed { get; set; }
    /// <summary>There was nothing to read: what is missing is no mistake of its own.</summary>
    public bool IsUnread { get; set; }

    public void Add(BodyRelation relation) => relations.Add(relation);

    public void Add(BodyField field, JsonElement value, string at)
    {
        var property = field.Property;
        var isKey = set.Key.Contains(property);
        if (isKey && !AddKey(field, value, at))
            return;
        if (isKey && purpose != BodyPurpose.Create && !IsNested || field.Constant is not null || field.IsComputed || Filled.Contains(property.Column))
            return;
        if (!CanWrite(property))
        {
            if (dialect == BodyDialect.DataExchange && !(isKey && purpose != BodyPurpose.Create))
                mistakes.Add(Errors.ImmutableProperty, "Clients cannot write this field. Leave it out.", at);
            return;
        }
        if (isKey)
            stored.Add(keyParts[^1]);
        else if (field.Lookup is { } lookup && value.ValueKind != JsonValueKind.Null)
            LookUp(field, lookup, value, at);
        else if (values.TryRead(value, field, at, out var read))
            stored.Add(new(property, read, at));
        else
            refused.Add(property);
    }

    /// <summary>Null for every column of a complex property.</summary>
    public void AddNulls(BodyShape complex, string at)
    {
        foreach (var field in complex.Fields)
            if (field.Constant is null && !field.IsComputed && CanWrite(field.Property))
                stored.Add(new(field.Property, null, at));
    }

    /// <summary>Whether a foreign key of this entity may be written, which is what relating it to another entity does.</summary>
    public bool CanWrite(IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> on)
    {
        foreach (var (source, _) in on)
            if (Shape.Fields.FirstOrDefault(field => field.Property.Column == source) is not { } field || !CanWrite(field.Property))
                return false;
        return on.Count > 0;
    }

    /// <summary>Each part of the key is given, or comes from the entity around this one.</summary>
    public bool HasKey => set.Key.All(part => Filled.Contains(part.Column) || keyParts.Exists(value => value.Property == part));

    /// <summary>A part of the key is not even given wrongly.</summary>
    public bool IsKeyMissing => set.Key.Any(part => !Filled.Contains(part.Column) && !refused.Contains(part) && !keyParts.Exists(value => value.Property == part));

    /// <summary>The values alone: nothing is missing that the address does not name.</summary>
    /// <param name="part">The fields that the address names.</param>
    public EntityBody BuildPart(IReadOnlyList<BodyField> part)
    {
        var body = new EntityBody(set, path) { Purpose = purpose, Dialect = dialect, Type = type, Part = part, Values = stored, Lookups = lookups, Refused = refused };
        if (purpose == BodyPurpose.Replace)
            body.CheckReplacement(mistakes);
        return body;
    }

    public EntityBody Build()
    {
        var body = new EntityBody(set, path)
        {
            Purpose = purpose,
            Dialect = dialect,
            Type = type,
            Values = stored,
            Lookups = lookups,
            Refused = refused,
            Key = Key(),
            KeyParts = keyParts,
            AlternateKey = Id is { } id && !IsPrimary(id) ? id : null,
            IsIdentified = Id is not null || HasKey,
            Filled = Filled,
            Relations = relations,
            ETag = ETag,
            Removed = Removed,
        };
        stored.RemoveAll(value => body.IsFilled(value.Property.Column));
        lookups.RemoveAll(lookup => body.IsFilled(lookup.Property.Column));
        if (Removed is not null || IsUnread)
            return body;
        if (purpose == BodyPurpose.Create || IsNested && !body.IsIdentified && !IsOnly)
            return body.ToCreate(mistakes);
        if (purpose == BodyPurpose.Replace)
            body.CheckReplacement(mistakes);
        return body;
    }

    private bool CanWrite(PropertyModel property) => purpose switch
    {
        BodyPurpose.Create => property.IsCreatable,
        // There the address always names an entity that exists.
        BodyPurpose.Update when dialect == BodyDialect.DataExchange && !IsNested => property.IsEditable,
        _ => property.IsCreatable || property.IsEditable,
    };

    /// <returns>False when there is nothing more to do with the value.</returns>
    private bool AddKey(BodyField field, JsonElement value, string at)
    {
        // Clients that know no other way to leave a generated key out.
        if (value.ValueKind == JsonValueKind.Null && !field.Property.IsCreatable)
            return false;
        if (!values.TryRead(value, field, at, out var read) || read is null)
        {
            refused.Add(field.Property);
            return false;
        }
        keyParts.Add(new(field.Property, read, at));
        return true;
    }

    /// <summary>A value of the field's own type is the key itself, unless what it is looked up by has the same type.</summary>
    private void LookUp(BodyField field, LookupModel lookup, JsonElement value, string at)
    {
        if (lookup.By.Kind != field.Property.Kind && values.Silent.TryRead(value, field, at, out var key))
            stored.Add(new(field.Property, key, at));
        else if (values.TryReadLookup(value, field, lookup, at, out var read))
            lookups.Add(new(field.Property, lookup, read, at));
        else
            refused.Add(field.Property);
    }

    private IReadOnlyList<object>? Key()
    {
        if (keyParts.Count == set.Key.Count && keyParts.Count > 0)
            return [.. set.Key.Select(part => keyParts.Find(value => value.Property == part)!.Value!)];
        return Id is { } id && IsPrimary(id) ? [.. set.Key.Select(part => id.Key.First(value => value.Property == part).Value)] : null;
    }

    private bool IsPrimary(EntityReference id) => id.Key.Count == set.Key.Count && id.Key.All(part => set.Key.Contains(part.Property));
}
