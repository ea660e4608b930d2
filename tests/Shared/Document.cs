using System.Text.RegularExpressions;

namespace BackendApi.Testing;

/// <summary>A page of the documentation, for tests that compare it with the code.</summary>
internal static partial class Document
{
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Where a file of the checkout lies that the tests were built from.</summary>
    public static string PathOf(string path) => Path.Combine(Root(AppContext.BaseDirectory), path);

    /// <summary>The fenced block behind <c>&lt;!-- name --&gt;</c>.</summary>
    public static string Block(string text, string name) => Blocks(text, name).Single();

    public static IEnumerable<string> Blocks(string text, string name) =>
        Marked().Matches(text).Where(match => match.Groups["name"].Value == name).Select(match => match.Groups["block"].Value.ReplaceLineEndings("\n").TrimEnd('\n'));

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "BackendApi.sln"))
            ? folder
            : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside a checkout."));

    [GeneratedRegex("""<!-- (?<name>[^>]+?) -->\s*```[a-z]*\r?\n(?<block>.*?)```""", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
