using System.Text.Json;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>A complex property made of columns of the entity's own row.</summary>
public sealed class ComplexModel
{
    public required string Name { get; init; }
    /// <summary>From the entity: <c>Address</c>, or <c>Address/Position</c> for one inside another.</summary>
    public required string Path { get; init; }
    public required EdmComplexType Type { get; init; }
    public required IEdmStructuralProperty Edm { get; init; }
    public required JsonEncodedText JsonName { get; init; }
    public required Structure Members { get; init; }
    /// <summary>
    /// Every column below can be null. The value then is null exactly when all of them are; with a column that is never null there is always a value.
    /// </summary>
    public required bool IsNullable { get; init; }
}

/// <summary>The members of an entity type, a derived type or a complex type: columns, and complex properties made of columns.</summary>
public sealed record Structure(IReadOnlyList<PropertyModel> Properties, IReadOnlyList<ComplexModel> Complex)
{
    public static readonly Structure Empty = new([], []);

    /// <summary>Every column below, whatever complex property it belongs to.</summary>
    public IEnumerable<PropertyModel> Columns => Complex.Count == 0 ? Properties : Properties.Concat(Complex.SelectMany(complex => complex.Members.Columns));

    /// <summary>Every complex property below, those inside others too.</summary>
    public IEnumerable<ComplexModel> AllComplex => Complex.SelectMany(complex => complex.Members.AllComplex.Prepend(complex));
}

/// <summary>A type derived from the type of its set: the rows whose <see cref="Column"/> holds <see cref="Value"/>.</summary>
public sealed class DerivedModel
{
    public required string Name { get; init; }
    public required EdmEntityType Type { get; init; }
    public required ColumnSchema Column { get; init; }
    /// <summary>In the CLR type of the column's kind.</summary>
    public required object Value { get; init; }
    /// <summary>What only this type has.</summary>
    public required Structure Members { get; init; }
    /// <summary>Navigations that only this type has.</summary>
    public IReadOnlyList<NavigationModel> Navigations { get; internal set; } = [];
}

/// <summary>A property of type Edm.Stream.</summary>
public sealed class StreamModel
{
    public string Name => Media.Name;
    public required MediaModel Media { get; init; }
    public required IEdmStructuralProperty Edm { get; init; }
    public string? Description { get; init; }
}

/// <summary>A stream that has an address of its own: that of a media entity, or of a property.</summary>
/// <param name="Name">What grants and mistakes call it: the property, or <see cref="OfEntity"/>.</param>
/// <param name="ContentType">The media type of every stream, or of those for which <paramref name="ContentTypeColumn"/> holds none.</param>
public sealed record MediaModel(string Name, ColumnSchema Column, string? ContentType, ColumnSchema? ContentTypeColumn)
{
    /// <summary>The name of the stream of a media entity.</summary>
    public const string OfEntity = "$value";

    /// <summary>Whether a new entity can begin with it.</summary>
    public bool IsCreatable { get; init; } = true;
    /// <summary>As far as the set can be updated at all.</summary>
    public bool IsEditable { get; init; } = true;
}
