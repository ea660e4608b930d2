using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>Fields that a body gives, in this order. Bodies that give the same share it for as long as the snapshot.</summary>
internal sealed class BodyLayout(IReadOnlyList<BodyField> fields, BodyDialect dialect)
{
    public static readonly BodyLayout None = new([], BodyDialect.OData);

    private readonly BodyField[] fields = [.. fields];

    public ReadOnlySpan<BodyField> Fields => fields;

    public RowColumns Columns { get; } = new([.. fields.Select(field => field.Property.Column)], [.. fields.Select(field => field.PlaceIn(dialect))]);

    /// <summary>Each column holds its value in the kind in which bodies give it, and there is one value for each.</summary>
    public bool IsStoredAsGiven { get; } =
        fields.All(field => field.Property.Kind == field.Property.Column.Type.Kind) && fields.DistinctBy(field => field.Property.Column).Count() == fields.Count;

    /// <summary>The definition says of a value that it is the key of a row of another set.</summary>
    public bool HasReferences { get; } = fields.Any(field => field.Validation.References is not null);

    /// <summary>A client may give all of it to a row that exists.</summary>
    public bool IsEditable { get; } = fields.All(field => field.Property.IsEditable && field.Constant is null);

    public int IndexOf(PropertyModel property)
    {
        for (var i = 0; i < fields.Length; i++)
            if (ReferenceEquals(fields[i].Property, property))
                return i;
        return -1;
    }

    public bool IsOf(ReadOnlySpan<BodyField> others)
    {
        if (others.Length != fields.Length)
            return false;
        for (var i = 0; i < others.Length; i++)
            if (!ReferenceEquals(others[i], fields[i]))
                return false;
        return true;
    }
}

/// <summary>The layouts of one shape that were met last.</summary>
internal sealed class BodyLayouts(BodyDialect dialect)
{
    /// <summary>Clients that send more than these in turn get a new one now and then, which only costs a little.</summary>
    private const int Most = 16;

    private BodyLayout[] known = [];

    public BodyLayout Of(ReadOnlySpan<BodyField> fields)
    {
        var current = Volatile.Read(ref known);
        foreach (var layout in current)
            if (layout.IsOf(fields))
                return layout;
        var added = new BodyLayout(fields.ToArray(), dialect);
        // Of two threads that add at once one is forgotten, and made again.
        Volatile.Write(ref known, [added, .. current.Length < Most ? current : current[..(Most - 1)]]);
        return added;
    }
}
