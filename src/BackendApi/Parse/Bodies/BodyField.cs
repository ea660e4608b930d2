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

    public BodyField(PropertyModel property)
    {
        Property = property;
        var validation = property.Definition?.Validation ?? new ValidationDefinition();
        var column = property.Column;
        IsRequired = validation.IsRequired ?? (!column.IsNullable && column.Default is null && !column.IsIdentity && !column.IsGenerated);
        IsNullAllowed = property.IsNullable && validation.IsRequired != true;
        Validation = validation;
        Pattern = validation.Pattern is { } pattern ? new(pattern, DefinitionValidator.PatternOptions) : null;
        Allowed = validation.Enum?.ToFrozenSet();
        MostBytes = property.Kind == ValueKind.Binary ? column.Type.MaxLength : null;
        FractionalDigits = property.Kind is ValueKind.TimeOfDay or ValueKind.DateTimeOffset
            ? Math.Min(property.Definition?.Precision ?? column.Type.Precision ?? MostFractionalDigits, MostFractionalDigits)
            : MostFractionalDigits;
    }

    public PropertyModel Property { get; }
    public bool IsRequired { get; }
    public bool IsNullAllowed { get; }
    public ValidationDefinition Validation { get; }
    public Regex? Pattern { get; }
    public FrozenSet<string>? Allowed { get; }
    public int? MostBytes { get; }
    public int FractionalDigits { get; }

    public IReadOnlyList<TextStep> Steps => Property.Transform.Steps;
    public object? Default => Property.Transform.Default;
    public object? Constant => Property.Transform.Constant;
    public LookupModel? Lookup => Property.Transform.Lookup;
    public bool IsComputed => Property.Transform.Compute is not null;
}
