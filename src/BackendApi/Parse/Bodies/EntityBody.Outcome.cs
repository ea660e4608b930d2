using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>What an entity of a body stores once it is known whether it is created or changed.</summary>
public sealed partial class EntityBody
{
    /// <summary>Its values are those of a new row already.</summary>
    internal bool IsComplete { get; init; }

    /// <summary>The values of a new row: those that a client may give on insert, defaults and constants. What is then missing is a mistake.</summary>
    /// <param name="filled">More columns whose values come from elsewhere.</param>
    public EntityBody ToCreate(Mistakes mistakes, IReadOnlyList<ColumnSchema>? filled = null)
    {
        if (IsComplete)
            return this;
        var fields = Fields();
        fields.Fill(filled ?? []);
        fields.Complete(Dialect, Path, mistakes);
        return With(fields, Lookups.Count == 0 ? Lookups : [.. Lookups.Where(lookup => lookup.Property.IsCreatable)], []);
    }

    /// <summary>The values that change in an existing row: those that a client may give on update, and constants; of a replacement also what is set back.</summary>
    public EntityBody ToUpdate(Mistakes mistakes)
    {
        if (IsChange)
            return this;
        var fields = Fields();
        fields.Change(Dialect, Path, mistakes);
        return With(fields, Lookups.Count == 0 ? Lookups : [.. Lookups.Where(lookup => lookup.Property.IsEditable)],
            Purpose == BodyPurpose.Replace ? fields.Resets(Part ?? BodyShape.Of(Set, Type).Fields) : []);
    }

    /// <summary>Where a property of this entity stands, or would stand, in the body.</summary>
    public BodyPath PathOf(PropertyModel property) => Path.Member(NameOf(property));

    /// <summary>The same, from the entity.</summary>
    internal string NameOf(PropertyModel property) => Dialect == BodyDialect.DataExchange ? property.Alias : property.Path.Replace('/', '.');

    /// <summary>What it gives is what changes, to the last value.</summary>
    private bool IsChange
    {
        get
        {
            if (Purpose == BodyPurpose.Replace || Lookups.Count > 0 || !Layout.IsEditable || BodyShape.Of(Set, Type).SetsConstants)
                return false;
            for (var i = 0; i < Row.Length; i++)
                if (Row[i] is null && !Layout.Fields[i].Property.IsNullable)
                    return false;
            return true;
        }
    }

    private FieldValues Fields()
    {
        var shape = BodyShape.Of(Set, Type);
        var fields = new FieldValues();
        fields.Begin(shape);
        fields.Fill(Filled);
        if (Type is not null)
            fields.Fill(Type.Column);
        foreach (var relation in Relations)
            if (relation.FillsOwner)
                foreach (var (source, _) in relation.Navigation.On)
                    fields.Fill(source);
        for (var i = 0; i < Row.Length; i++)
            fields.Give(Layout.Fields[i], Row[i]);
        foreach (var lookup in Lookups)
            if (shape.Field(lookup.Property) is { } field)
                fields.LookUp(field);
        foreach (var field in Refused)
            fields.Refuse(field);
        return fields;
    }

    private EntityBody With(FieldValues fields, IReadOnlyList<BodyLookup> lookups, IReadOnlyList<PropertyModel> resets) => new(Set, Path)
    {
        Purpose = Purpose,
        Dialect = Dialect,
        Part = Part,
        Type = Type,
        Layout = BodyShape.Of(Set, Type).Layouts(Dialect).Of(fields.Given),
        Row = fields.ToArray(),
        Lookups = lookups,
        Refused = Refused,
        Resets = resets,
        Key = Key,
        KeyParts = KeyParts,
        AlternateKey = AlternateKey,
        IsIdentified = IsIdentified,
        Filled = Filled,
        Relations = Relations,
        ETag = ETag,
        Removed = Removed,
        IsComplete = true,
    };
}
