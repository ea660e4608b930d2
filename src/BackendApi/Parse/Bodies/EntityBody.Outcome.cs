using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>What an entity of a body stores once it is known whether it is created or changed.</summary>
public sealed partial record EntityBody
{
    /// <summary>Its values are those of a new row already.</summary>
    private bool IsComplete { get; init; }

    /// <summary>The values of a new row: those that a client may give on insert, defaults and constants. What is then missing is a mistake.</summary>
    public EntityBody ToCreate(Mistakes mistakes)
    {
        if (IsComplete)
            return this;
        var values = new List<BodyValue>(Values.Count);
        foreach (var value in Values)
            if (value.Property is { IsCreatable: true, Transform.Constant: null })
                values.Add(value);
        var given = values.Count;
        foreach (var field in BodyShape.Of(Set, Type).Fields)
        {
            if (!field.Property.IsCreatable || IsFilled(field.Property.Column))
                continue;
            var index = IndexOf(values, given, field.Property);
            if (field.Constant is { } constant)
                values.Add(new(field.Property, constant, PathOf(field.Property)));
            else if (index >= 0 ? values[index].Value is null && field.Default is not null : field.Default is not null && !IsElsewhere(field.Property))
            {
                var value = new BodyValue(field.Property, field.Default, PathOf(field.Property));
                if (index >= 0)
                    values[index] = value;
                else
                    values.Add(value);
            }
            else if (field.Placeholder is { } placeholder)
                values.Add(new(field.Property, placeholder, PathOf(field.Property)));
            else if (index < 0 && field.IsRequired && !field.IsComputed && !IsElsewhere(field.Property))
                mistakes.Add(Errors.RequiredMissing, "A value is required here.", PathOf(field.Property));
        }
        return this with { Values = values, Lookups = [.. Lookups.Where(lookup => lookup.Property.IsCreatable)], IsComplete = true };
    }

    /// <summary>The values that change in an existing row: those that a client may give on update, and constants; of a replacement also what is set back.</summary>
    public EntityBody ToUpdate(Mistakes mistakes)
    {
        var values = new List<BodyValue>(Values.Count);
        foreach (var value in Values)
        {
            if (value.Property is not { IsEditable: true, Transform.Constant: null })
                continue;
            values.Add(value);
            // A default stood in for it while the entity could have been a new one.
            if (value.Value is null && !value.Property.IsNullable)
                mistakes.Add(Errors.RequiredMissing, BodyField.NullRefused, value.Path);
        }
        var given = values.Count;
        List<PropertyModel>? resets = null;
        foreach (var field in BodyShape.Of(Set, Type).Fields)
        {
            if (!field.Property.IsEditable || IsFilled(field.Property.Column))
                continue;
            if (field.Constant is { } constant)
                values.Add(new(field.Property, constant, PathOf(field.Property)));
            else if (Purpose == BodyPurpose.Replace && IsPart(field) && !field.IsComputed && IndexOf(values, given, field.Property) < 0 && !IsElsewhere(field.Property))
                (resets ??= []).Add(field.Property);
        }
        return this with { Values = values, Lookups = [.. Lookups.Where(lookup => lookup.Property.IsEditable)], Resets = resets ?? [] };
    }

    /// <summary>A replacement must give what has no default, whether it changes an entity or creates one.</summary>
    internal void CheckReplacement(Mistakes mistakes)
    {
        foreach (var field in Part ?? BodyShape.Of(Set, Type).Fields)
            if (field is { IsRequired: true, Default: null, Constant: null, IsComputed: false } && (field.Property.IsCreatable || field.Property.IsEditable)
                && !IsKey(field.Property) && !IsFilled(field.Property.Column) && IndexOf(Values, Values.Count, field.Property) < 0 && !IsElsewhere(field.Property))
                mistakes.Add(Errors.RequiredMissing, "A value is required here: PUT replaces the whole entity. PATCH changes only what it names.", PathOf(field.Property));
    }

    /// <summary>Where a property of this entity stands, or would stand, in the body.</summary>
    public string PathOf(PropertyModel property) =>
        BodyPath.Member(Path, Dialect == BodyDialect.DataExchange ? property.Alias : property.Path.Replace('/', '.'));

    private bool IsPart(BodyField field) => Part is null || Part.Any(part => part.Property == field.Property);

    private bool IsKey(PropertyModel property) => Set.Key.Contains(property);

    /// <summary>The value comes from a related entity or from the type, not from a property.</summary>
    internal bool IsFilled(ColumnSchema column)
    {
        if (Filled.Contains(column) || Type?.Column == column)
            return true;
        foreach (var relation in Relations)
            if (relation.Navigation.IsDependent && relation is BodyRelation.Nested or BodyRelation.Bound)
                foreach (var (source, _) in relation.Navigation.On)
                    if (source == column)
                        return true;
        return false;
    }

    /// <summary>The body gives the property, but there is no value of it yet, or none at all.</summary>
    private bool IsElsewhere(PropertyModel property)
    {
        foreach (var lookup in Lookups)
            if (ReferenceEquals(lookup.Property, property))
                return true;
        return Refused.Contains(property);
    }

    private static int IndexOf(IReadOnlyList<BodyValue> values, int count, PropertyModel property)
    {
        for (var i = 0; i < count; i++)
            if (ReferenceEquals(values[i].Property, property))
                return i;
        return -1;
    }
}
