using System.Text.RegularExpressions;

namespace BackendApi.Model;

/// <summary>The regular expressions of definitions, in .NET's dialect.</summary>
internal static partial class FieldPattern
{
    /// <summary>A pattern runs over values that clients send: without backtracking its time grows with the value's length only.</summary>
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <exception cref="RegexParseException">It is no pattern.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static Regex Compile(string pattern) => new(Anchored(pattern), Options);

    /// <summary>.NET's <c>$</c> holds before a line break at the end too, ECMAScript's at the end alone.</summary>
    private static string Anchored(string pattern) =>
        InlineLines().IsMatch(pattern) ? pattern : Parts().Replace(pattern, part => part.Value == "$" ? @"\z" : part.Value);

    [GeneratedRegex(@"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Parts();

    /// <summary>Options inside of a pattern by which <c>$</c> is the end of a line, or may stand in a comment.</summary>
    [GeneratedRegex(@"\(\?[imnsx-]*[mx]", RegexOptions.CultureInvariant)]
    private static partial Regex InlineLines();
}
