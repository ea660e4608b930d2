using BackendApi.Parse;

namespace BackendApi.Model;

/// <summary>What happens to a property's value before it is stored.</summary>
public sealed record TransformModel
{
    public static readonly TransformModel None = new();

    /// <summary>Applied to a text one after another.</summary>
    public IReadOnlyList<TextStep> Steps { get; init; } = [];
    /// <summary>Stored in a new row when the client gives nothing or null; in the CLR type of the property's kind.</summary>
    public object? Default { get; init; }
    /// <summary>Stored whatever the client says; in the CLR type of the property's kind.</summary>
    public object? Constant { get; init; }
    /// <summary>The client's value names a row of another set, whose key is stored.</summary>
    public LookupModel? Lookup { get; init; }
    /// <summary>Computed over the row as it is to be stored, whatever the client says.</summary>
    public Expression? Compute { get; init; }

    /// <summary>The step that documents name <c>trim</c>, <c>upper</c> or <c>lower</c>; null when there is none of that name.</summary>
    internal static TextStep? StepOf(string name) => name switch
    {
        "trim" => TextStep.Trim,
        "upper" => TextStep.Upper,
        "lower" => TextStep.Lower,
        _ => null,
    };
}

/// <summary>What is done to a text.</summary>
public enum TextStep { Trim, Upper, Lower }

/// <param name="By">The property of <paramref name="Set"/> that the client's value is compared with; no two rows have the same.</param>
/// <param name="Key">What is stored: the key of that row.</param>
public sealed record LookupModel(EntitySetModel Set, PropertyModel By, PropertyModel Key);
