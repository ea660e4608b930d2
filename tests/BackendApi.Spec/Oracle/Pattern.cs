namespace BackendApi.Spec.Oracle;

/// <summary>A regular expression, and the same said without one.</summary>
internal sealed record Pattern(string Text, Func<string, bool> IsMatch)
{
    public static readonly Pattern[] All =
    [
        new("a", text => text.Contains('a')),
        new("^a", text => text.StartsWith('a')),
        new("b ?$", text => text.EndsWith('b') || text.EndsWith("b ", StringComparison.Ordinal)),
        new("^$", text => text.Length == 0),
        new("^(ab|Ada)", text => text.StartsWith("ab", StringComparison.Ordinal) || text.StartsWith("Ada", StringComparison.Ordinal)),
        new("[A-Z]{2}", text => text.Zip(text.Skip(1)).Any(pair => char.IsAsciiLetterUpper(pair.First) && char.IsAsciiLetterUpper(pair.Second))),
        new("^[^a-z]*$", text => !text.Any(char.IsAsciiLetterLower)),
        new("\\d", text => text.Any(char.IsAsciiDigit)),
        new("^\\w+$", text => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')),
        new("\\.|\\+", text => text.Contains('.') || text.Contains('+')),
        new("[äÖ]", text => text.Contains('ä') || text.Contains('Ö')),
        new("^日本", text => text.StartsWith("日本", StringComparison.Ordinal)),
        new("'", text => text.Contains('\'')),
        new("^.{2}$", text => text.EnumerateRunes().Count() == 2 && !text.AsSpan().ContainsAny("\n\r\u2028\u2029")),
        new("e\\sb", text => text.Zip(text.Skip(1), text.Skip(2)).Any(three => three is ('e', ' ' or '\t' or '\n' or '\r' or '\f' or '\v', 'b'))),
        new("^z{1,3}$", text => text.Length is >= 1 and <= 3 && text.All(c => c == 'z')),
        new("^(😀)+b?$|é", text => text.TrimEnd('b') is var rest && rest.Length >= text.Length - 1 && rest.Length > 0 && rest.Replace("😀", "", StringComparison.Ordinal).Length == 0 || text.Contains('é')),
        new("b😀{2}$|^a😀?b", text => text.EndsWith("b😀😀", StringComparison.Ordinal) || text.StartsWith("ab", StringComparison.Ordinal) || text.StartsWith("a😀b", StringComparison.Ordinal)),
    ];
}
