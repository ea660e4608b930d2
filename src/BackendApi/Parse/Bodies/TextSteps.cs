using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>What a field's <c>transform</c> does to a text before it is checked and stored.</summary>
internal static class TextSteps
{
    public static string Apply(IReadOnlyList<TextStep> steps, string text)
    {
        foreach (var step in steps)
            text = step switch
            {
                TextStep.Trim => text.Trim(),
                TextStep.Upper => text.ToUpperInvariant(),
                _ => Lower(text),
            };
        return text;
    }

    private static string Lower(string text) => string.Create(text.Length, text, static (target, source) => source.AsSpan().ToLowerInvariant(target));
}
