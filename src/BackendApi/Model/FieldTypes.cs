namespace BackendApi.Model;

/// <summary>The types as configuration documents name them, and the ones that a column can be shown as.</summary>
public static class FieldTypes
{
    private static readonly (string Name, ValueKind Kind)[] Names =
    [
        ("boolean", ValueKind.Boolean), ("byte", ValueKind.Byte), ("int16", ValueKind.Int16), ("int32", ValueKind.Int32), ("int64", ValueKind.Int64),
        ("decimal", ValueKind.Decimal), ("double", ValueKind.Double), ("single", ValueKind.Single), ("string", ValueKind.String),
        ("date", ValueKind.Date), ("timeOfDay", ValueKind.TimeOfDay), ("dateTimeOffset", ValueKind.DateTimeOffset), ("duration", ValueKind.Duration),
        ("guid", ValueKind.Guid), ("binary", ValueKind.Binary), ("json", ValueKind.Json), ("enum", ValueKind.Enum),
    ];

    private const string Collection = "collection(";

    /// <summary>Item types of collections: what a JSON list can tell, each in the form in which OData's JSON writes it. Json stands for objects, which are complex values.</summary>
    private static readonly ValueKind[] Items =
    [
        ValueKind.Boolean, ValueKind.Byte, ValueKind.Int16, ValueKind.Int32, ValueKind.Int64, ValueKind.Decimal, ValueKind.Double, ValueKind.Single,
        ValueKind.String, ValueKind.Date, ValueKind.TimeOfDay, ValueKind.DateTimeOffset, ValueKind.Duration, ValueKind.Guid,
        ValueKind.Json,
    ];

    /// <summary>
    /// What a column may be shown as besides its own type: wider numbers, and texts that mean more than text. Every driver reads these as they are
    /// stored; another conversion would need SQL, or fail on some row after the response has begun.
    /// </summary>
    private static readonly Dictionary<ValueKind, ValueKind[]> Conversions = new()
    {
        [ValueKind.Byte] = [ValueKind.Int16, ValueKind.Int32, ValueKind.Int64],
        [ValueKind.Int16] = [ValueKind.Int32, ValueKind.Int64],
        [ValueKind.Int32] = [ValueKind.Int64],
        [ValueKind.Single] = [ValueKind.Double],
        [ValueKind.String] = [ValueKind.Json, ValueKind.Enum],
        [ValueKind.Enum] = [ValueKind.String],
        [ValueKind.Json] = [ValueKind.String],
    };

    public static IEnumerable<string> All => Names.Select(type => type.Name);

    public static IEnumerable<string> Collections => Items.Select(item => Spelled(ValueKind.Json, item));

    /// <summary>The kind of that name, compared exactly; null when there is none.</summary>
    public static ValueKind? Parse(string name)
    {
        foreach (var type in Names)
            if (type.Name == name)
                return type.Kind;
        return null;
    }

    /// <summary>The kind of the items when the name is a collection's; null for every other name.</summary>
    public static ValueKind? ItemsOf(string name) =>
        name.StartsWith(Collection, StringComparison.Ordinal) && name[^1] == ')' && Parse(name[Collection.Length..^1]) is { } kind && Items.Contains(kind) ? kind : null;

    /// <summary>The kind of a member of the objects in a JSON list; null for a type that it cannot have.</summary>
    public static ValueKind? MemberOf(string name) => Parse(name) is { } kind and not ValueKind.Json && Items.Contains(kind) ? kind : null;

    public static string NameOf(ValueKind kind) => Names[(int)kind].Name;

    /// <summary>A field's type as documents name it; <paramref name="items"/> is set for a collection.</summary>
    public static string Spelled(ValueKind kind, ValueKind? items) => items is { } item ? $"{Collection}{NameOf(item)})" : NameOf(kind);

    public static bool CanShow(ValueKind column, ValueKind property) =>
        column == property || (Conversions.TryGetValue(column, out var others) && others.Contains(property));

    /// <summary>The type of a column's property when the document names none: text for an enumeration, whose values stay as they are stored.</summary>
    public static ValueKind DefaultFor(ColumnSchema column) => column.Type.Kind == ValueKind.Enum ? ValueKind.String : column.Type.Kind;

    /// <summary>Types whose values can be part of a key (CSDL 4.01, 6.5).</summary>
    public static bool CanBeKey(ValueKind kind) =>
        kind is not (ValueKind.Double or ValueKind.Single or ValueKind.Binary or ValueKind.Json);

    public static bool IsNumber(ValueKind kind) =>
        kind is ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64 or ValueKind.Decimal or ValueKind.Double or ValueKind.Single;
}
