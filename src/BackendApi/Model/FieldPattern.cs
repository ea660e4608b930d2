using System.Text.RegularExpressions;

namespace BackendApi.Model;

/// <summary>The regular expressions of definitions: .NET's dialect, and the part of it that ECMAScript reads in the same way.</summary>
internal static partial class FieldPattern
{
    /// <summary>A pattern runs over values that clients send: without backtracking its time grows with the value's length only.</summary>
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <exception cref="RegexParseException">It is no pattern.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static Regex Compile(string pattern) => new(Anchored(pattern), Options);

    /// <summary>Readers of that dialect take it for what it is here. Its <c>\d</c> and <c>\w</c> know ASCII only: they refuse what we take, and never the other way round.</summary>
    public static bool IsEcmaScript(string pattern) => Shared().IsMatch(pattern);

    /// <summary>.NET's <c>$</c> holds before a line break at the end too, ECMAScript's at the end alone.</summary>
    private static string Anchored(string pattern) =>
        InlineLines().IsMatch(pattern) ? pattern : Parts().Replace(pattern, part => part.Value == "$" ? @"\z" : part.Value);

    [GeneratedRegex(
        """
        \A(?>
          [^\\\[(]
        | \( (?! \? ) | \( \? : | \( \? < (?= [A-Za-z_] )
        | \\ (?: [dDwWsSbBtnrfv] | 0 (?! [0-9] ) | x [0-9A-Fa-f]{2} | u [0-9A-Fa-f]{4} | [pP] \{ [A-Z] [a-z]? \} | [^A-Za-z0-9] )
        | \[ \^? (?> [^\\\]-] | - (?! \[ ) | \\ (?: [dDwWsSbtnrfv] | 0 (?! [0-9] ) | x [0-9A-Fa-f]{2} | u [0-9A-Fa-f]{4} | [pP] \{ [A-Z] [a-z]? \} | [^A-Za-z0-9] ) )+ \]
        )*\z
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shared();

    [GeneratedRegex(@"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Parts();

    /// <summary>Options inside of a pattern by which <c>$</c> is the end of a line, or may stand in a comment.</summary>
    [GeneratedRegex(@"\(\?[imnsx-]*[mx]", RegexOptions.CultureInvariant)]
    private static partial Regex InlineLines();
}
