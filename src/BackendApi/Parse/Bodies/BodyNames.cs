namespace BackendApi.Parse.Bodies;

/// <summary>Sentences about names that were not found.</summary>
internal static class BodyNames
{
    /// <summary>The sentence, and the name that was probably meant.</summary>
    public static string Sentence(string sentence, string name, IEnumerable<string> known) =>
        Suggestions.For(name, known) is { Length: > 0 } suggestion ? $"{sentence} {suggestion}" : sentence;
}
