using FluentAssertions;

namespace BackendApi.Testing;

/// <summary>Compares a text with the file of that name under tests/Golden. With BACKENDAPI_REWRITE_GOLDEN=1 in the environment the file is rewritten instead.</summary>
internal static class Golden
{
    public static void Matches(string text, string name)
    {
        var path = Document.PathOf($"tests/Golden/{name}");
        if (Environment.GetEnvironmentVariable("BACKENDAPI_REWRITE_GOLDEN") == "1")
            File.WriteAllText(path, text + "\n");
        // A checkout may have brought its own line ends.
        text.ReplaceLineEndings("\n").Should().Be(File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n'),
            $"tests/Golden/{name} holds what is expected; BACKENDAPI_REWRITE_GOLDEN=1 rewrites it");
    }
}
