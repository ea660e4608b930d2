using System.Collections.Frozen;
using System.Text.RegularExpressions;
using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>The rules for one property's values, made ready once for a snapshot.</summary>
internal sealed class BodyField
{
    public const string NullRefused = "null is not allowed here.";

    /// <summary>Fractions of a second that our values can carry.</summary>
    private const int MostFractionalDigits = 7;

    /// <param name="ordinal">Its place among the fields of its shape.</param>
    public BodyField(PropertyModel property, int ordinal)
    {
        Property = property;
        Ordinal = ordinal;
        NameInPath = property.Path.Replace('/', '.');
        var validation = property.Definition?.Validation ?? new ValidationDefinition();
        var column = property.Column;
        IsRequired = validation.IsRequired ?? (!column.IsNullable && column.Default is null && !column.IsIdentity && !column.IsGenerated);
        IsNullAllowed = property.IsNullable && validation.IsRequired != true;
        Validation = validation;
        HasRange = validation.Min is not null || validation.Max is not null;
        Pattern = validation.Pattern is { } pattern ? FieldPattern.Compile(pattern) : null;
        Allowed = validation.Enum?.ToFrozenSet();
        MostBytes = property.Kind == ValueKind.Binary ? column.Type.MaxLength : null;
        FractionalDigits = property.Kind is ValueKind.TimeOfDay or ValueKind.DateTimeOffset
            ? Math.Min(property.Definition?.Precision ?? column.Type.Precision ?? MostFractionalDigits, MostFractionalDigits)
            : MostFractionalDigits;
        Placeholder = PlaceholderOf(property);
    }

    public PropertyModel Property { get; }
    public int Ordinal { get; }
    /// <summary>Where OData has it, from its entity: <c>Address.City</c>.</summary>
    private string NameInPath { get; }
    /// <summary>No body can say it.</summary>
    public bool IsHidden { get; init; }
    public bool IsRequired { get; }
    public bool IsNullAllowed { get; }
    public ValidationDefinition Validation { get; }
    public bool HasRange { get; }
    public Regex? Pattern { get; }
    public FrozenSet<string>? Allowed { get; }
    public int? MostBytes { get; }
    public int FractionalDigits { get; }

    public IReadOnlyList<TextStep> Steps => Property.Transform.Steps;
    public object? Default => Property.Transform.Default;
    public object? Constant => Property.Transform.Constant;
    public LookupModel? Lookup => Property.Transform.Lookup;
    public bool IsComputed => Property.Transform.Compute is not null;

    /// <summary>What a new row has where a computed value comes later, because the column is never null; null where nothing has to stand there.</summary>
    public object? Placeholder { get; }

    /// <summary>Where it stands in a body, from the entity.</summary>
    public string PlaceIn(BodyDialect dialect) => dialect == BodyDialect.DataExchange ? Property.Alias : NameInPath;

    /// <summary>The name of the member that holds its value.</summary>
    public string NameIn(BodyDialect dialect) => dialect == BodyDialect.DataExchange ? Property.Alias : Property.Name;

    private static object? PlaceholderOf(PropertyModel property) => property.Transform.Compute is null || property.Column is not { IsNullable: false, Default: null, IsIdentity: false, IsGenerated: false } ? null : property.Kind switch
    {
        ValueKind.Boolean => false,
        ValueKind.Byte => (byte)0,
        ValueKind.Int16 => (short)0,
        ValueKind.Int32 => 0,
        ValueKind.Int64 => 0L,
        ValueKind.Decimal => 0m,
        ValueKind.Double => 0d,
        ValueKind.Single => 0f,
        ValueKind.Date => DateOnly.FromDateTime(DateTime.UnixEpoch),
        ValueKind.TimeOfDay => TimeOnly.MinValue,
        ValueKind.DateTimeOffset => DateTimeOffset.UnixEpoch,
        ValueKind.Duration => TimeSpan.Zero,
        ValueKind.Guid => Guid.Empty,
        ValueKind.Binary => Array.Empty<byte>(),
        ValueKind.Json => "null",
        _ => property.Column.Members is [var member, ..] ? member : "",
    };
}
