using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>What is known of each field of one entity while its values come together. Made once for many entities.</summary>
internal sealed class FieldValues
{
    private enum Said : byte
    {
        Nothing,
        Given,
        /// <summary>What is stored is known once another row is found.</summary>
        LookedUp,
        /// <summary>Given, but wrongly: it is not missing as well.</summary>
        Refused,
        /// <summary>The value comes from a related entity or from the type, whatever the body says.</summary>
        Filled,
    }

    private BodyShape shape = null!;
    private Said[] said = [];
    private object?[] values = [];
    /// <summary>Those with a value, in the order of the body.</summary>
    private BodyField[] given = [];
    private int count;

    public ReadOnlySpan<BodyField> Given => given.AsSpan(0, count);

    public void Begin(BodyShape shape)
    {
        this.shape = shape;
        count = 0;
        var length = shape.Fields.Length;
        if (said.Length < length)
        {
            said = new Said[length];
            values = new object?[length];
            given = new BodyField[length];
        }
        Array.Clear(said, 0, length);
    }

    public void Give(BodyField field, object? value)
    {
        if (said[field.Ordinal] == Said.Filled)
            return;
        if (said[field.Ordinal] != Said.Given)
            given[count++] = field;
        said[field.Ordinal] = Said.Given;
        values[field.Ordinal] = value;
    }

    public void LookUp(BodyField field) => Mark(field, Said.LookedUp);

    public void Refuse(BodyField field) => Mark(field, Said.Refused);

    /// <summary>Fields of these columns take their values from elsewhere.</summary>
    public void Fill(IReadOnlyList<ColumnSchema> columns)
    {
        for (var i = 0; i < columns.Count; i++)
            Fill(columns[i]);
    }

    public void Fill(ColumnSchema column)
    {
        foreach (var field in shape.Fields)
            if (field.Property.Column == column)
            {
                if (said[field.Ordinal] == Said.Given)
                    Drop(field);
                said[field.Ordinal] = Said.Filled;
            }
    }

    public bool IsFilled(BodyField field) => said[field.Ordinal] == Said.Filled;

    public bool IsRefused(BodyField field) => said[field.Ordinal] == Said.Refused;

    /// <summary>The values of a new row: those that a client may give on insert, defaults and constants. What is then missing is a mistake.</summary>
    public void Complete(BodyDialect dialect, BodyPath path, Mistakes mistakes)
    {
        foreach (var field in shape.Fields)
        {
            ref var state = ref said[field.Ordinal];
            if (!field.Property.IsCreatable)
            {
                if (state == Said.Given)
                    Drop(field);
                continue;
            }
            if (state == Said.Filled)
                continue;
            if (field.Constant is { } constant)
                Give(field, constant);
            else if (field.Default is { } substitute && (state == Said.Given ? values[field.Ordinal] is null : state == Said.Nothing))
                Give(field, substitute);
            else if (field.Placeholder is { } placeholder)
                Give(field, placeholder);
            else if (state == Said.Nothing && field is { IsRequired: true, IsComputed: false, IsHidden: false })
                mistakes.Add(Errors.RequiredMissing, "A value is required here.", new BodyPlace(path, field.PlaceIn(dialect)));
        }
    }

    /// <summary>The values that change in an existing row: those that a client may give on update, and constants.</summary>
    public void Change(BodyDialect dialect, BodyPath path, Mistakes mistakes)
    {
        for (var i = 0; i < count; i++)
        {
            var field = given[i];
            if (!field.Property.IsEditable || field.Constant is not null)
            {
                Drop(field);
                i--;
            }
            // A default stood in for it while the entity could have been a new one.
            else if (values[field.Ordinal] is null && !field.Property.IsNullable)
                mistakes.Add(Errors.RequiredMissing, BodyField.NullRefused, new BodyPlace(path, field.PlaceIn(dialect)));
        }
        foreach (var field in shape.Fields)
            if (field.Constant is { } constant && field.Property.IsEditable && said[field.Ordinal] != Said.Filled)
                Give(field, constant);
    }

    /// <summary>What a replacement sets back.</summary>
    public IReadOnlyList<PropertyModel> Resets(IReadOnlyList<BodyField> part)
    {
        List<PropertyModel>? resets = null;
        foreach (var field in part)
            if (said[field.Ordinal] == Said.Nothing && field is { IsComputed: false, Constant: null, IsHidden: false, Property.IsEditable: true })
                (resets ??= []).Add(field.Property);
        return resets ?? (IReadOnlyList<PropertyModel>)[];
    }

    /// <summary>A replacement must give what has no default, whether it changes an entity or creates one.</summary>
    public void CheckReplacement(IReadOnlyList<BodyField> part, EntitySetModel set, BodyDialect dialect, BodyPath path, Mistakes mistakes)
    {
        foreach (var field in part)
            if (said[field.Ordinal] == Said.Nothing && field is { IsRequired: true, Default: null, Constant: null, IsComputed: false, IsHidden: false }
                && (field.Property.IsCreatable || field.Property.IsEditable) && !set.Key.Contains(field.Property))
                mistakes.Add(Errors.RequiredMissing, "A value is required here: PUT replaces the whole entity. PATCH changes only what it names.", new BodyPlace(path, field.PlaceIn(dialect)));
    }

    /// <summary>The values that are given, in the order of their fields' layout.</summary>
    public object?[] ToArray()
    {
        if (count == 0)
            return [];
        var row = new object?[count];
        for (var i = 0; i < row.Length; i++)
            row[i] = values[given[i].Ordinal];
        return row;
    }

    private void Mark(BodyField field, Said mark)
    {
        if (said[field.Ordinal] == Said.Nothing)
            said[field.Ordinal] = mark;
    }

    private void Drop(BodyField field)
    {
        var index = Array.IndexOf(given, field, 0, count);
        Array.Copy(given, index + 1, given, index, --count - index);
        said[field.Ordinal] = Said.Nothing;
    }
}
