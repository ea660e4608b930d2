using System.Text;

namespace BackendApi.Sqlite;

/// <summary>
/// A pattern of <see cref="Parse.MatchPattern"/> in the words of .NET, which takes half a character beyond U+FFFF for one, and <c>$</c> for the place in
/// front of a last line feed too.
/// </summary>
internal static class PatternInUtf16
{
    private const string Surrogates = @"\uD800-\uDFFF", Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    public static string Of(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length;)
        {
            var length = LengthOf(pattern, i);
            var part = pattern.AsSpan(i, length);
            if (part is "$")
                text.Append(@"\z");
            // What a bracket does not hold is a whole character, of one half or of two.
            else if (part.StartsWith("[^"))
                text.Append("(?:").Append(part[..^1]).Append(Surrogates).Append("]|").Append(Pair).Append(')');
            // What repeats a character repeats both halves.
            else if (length == 2 && char.IsHighSurrogate(part[0]))
                text.Append("(?:").Append(part).Append(')');
            else
                text.Append(part);
            i += length;
        }
        return text.ToString();
    }

    /// <summary>Of the bracket, the character behind a backslash, or the pair that begins there.</summary>
    private static int LengthOf(string pattern, int start)
    {
        switch (pattern[start])
        {
            case '\\':
                return 2;
            case '[':
                var end = start + 1;
                while (pattern[end] != ']')
                    end += pattern[end] == '\\' ? 2 : 1;
                return end + 1 - start;
            case var c:
                return char.IsHighSurrogate(c) && start + 1 < pattern.Length && char.IsLowSurrogate(pattern[start + 1]) ? 2 : 1;
        }
    }
}
