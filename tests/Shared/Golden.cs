using FluentAssertions;

namespace BackendApi.Testing;

/// <summary>Compares a text with a file of the repository. With BACKENDAPI_REWRITE_GOLDEN=1 in the environment the file is rewritten instead.</summary>
internal static class Golden
{
    /// <param name="name">Of a file under tests/Golden.</param>
    public static void Matches(string text, string name) => MatchesFile(text, $"tests/Golden/{name}");

    public static void MatchesFile(string text, string file)
    {
        var path = Document.PathOf(file);
        if (Environment.GetEnvironmentVariable("BACKENDAPI_REWRITE_GOLDEN") == "1")
            File.WriteAllText(path, text.TrimEnd('\n') + "\n");
        // A checkout may have brought its own line ends.
        text.ReplaceLineEndings("\n").TrimEnd('\n').Should().Be(File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n'),
            $"{file} holds what is expected; BACKENDAPI_REWRITE_GOLDEN=1 rewrites it");
    }
}
