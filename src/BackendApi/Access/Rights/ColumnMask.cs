using System.Collections.Frozen;
using System.Text.Json;

namespace BackendApi.Access.Rights;

/// <summary>Which properties of an entity set: those that it names, or all. Immutable.</summary>
public sealed class ColumnMask
{
    private const string Any = "*";

    public static readonly ColumnMask All = new(null);
    public static readonly ColumnMask Nothing = new([]);

    private readonly FrozenSet<string>? _properties;

    private ColumnMask(IEnumerable<string>? properties) => _properties = properties?.ToFrozenSet(StringComparer.Ordinal);

    public bool IsAll => _properties is null;

    /// <summary>The properties by their names in the EDM, those in complex properties as paths (<c>Address/City</c>); null when <see cref="IsAll"/>.</summary>
    public IReadOnlySet<string>? Properties => _properties;

    public bool Contains(string property) => _properties is null || _properties.Contains(property);

    public bool IsWithin(ColumnMask other) => other.IsAll || (_properties is not null && _properties.All(other.Contains));

    public static ColumnMask Of(params IEnumerable<string> properties)
    {
        var names = properties.ToList();
        return names.Contains(Any) ? All : new(names);
    }

    /// <summary>Reads a JSON array of names; <c>["*"]</c> is all of them.</summary>
    public static ColumnMask FromJson(string json) => Of((JsonSerializer.Deserialize<string?[]>(json) ?? []).OfType<string>());

    public string ToJson() => JsonSerializer.Serialize(ToList());

    /// <summary>The names in their order, or <c>*</c>.</summary>
    public IReadOnlyList<string> ToList() => _properties is null ? [Any] : [.. _properties.Order(StringComparer.Ordinal)];
}
