using System.Globalization;
using System.Text;

namespace BackendApi.Model;

/// <summary>
/// OData simple identifiers (CSDL 4.01, 15.2): at most 128 characters, a letter or underscore first. Names of the database that are
/// not identifiers are mapped to one, never dropped.
/// </summary>
public static class Identifiers
{
    public const int MaxLength = 128;

    public static bool IsIdentifier(string name)
    {
        if (name.Length is 0 or > MaxLength || !CanStart(name[0]))
            return false;
        foreach (var character in name)
            if (!CanContinue(character))
                return false;
        return true;
    }

    /// <summary>
    /// The name in PascalCase: <c>id_product_abstract</c> is <c>IdProductAbstract</c>, <c>Order Details</c> is <c>OrderDetails</c>, <c>CustomerID</c> stays,
    /// <c>ORDER_ID</c> is <c>OrderId</c>, <c>2fast</c> is <c>_2fast</c>.
    /// </summary>
    /// <param name="whenEmpty">The answer for a name without a single letter or digit.</param>
    public static string PascalCase(string name, string whenEmpty)
    {
        var words = Words(name);
        if (words.Count == 0)
            return whenEmpty;
        var lower = Shouts(name, words);
        var result = new StringBuilder(name.Length + 1);
        foreach (var word in words)
        {
            result.Append(char.ToUpperInvariant(word[0]));
            if (lower)
                foreach (var character in word.AsSpan(1))
                    result.Append(char.ToLowerInvariant(character));
            else
                result.Append(word, 1, word.Length - 1);
        }
        if (!CanStart(result[0]))
            result.Insert(0, '_');
        return Shorten(result.ToString(), MaxLength);
    }

    /// <summary>The name with every run of characters that an identifier cannot hold replaced by one underscore: <c>tax-rates</c> is <c>tax_rates</c>.</summary>
    public static string Underscored(string name, string whenEmpty)
    {
        var result = new StringBuilder(name.Length + 1);
        foreach (var character in name)
            if (CanContinue(character))
                result.Append(character);
            else if (result.Length > 0 && result[^1] != '_')
                result.Append('_');
        if (result.Length == 0)
            return whenEmpty;
        if (!CanStart(result[0]))
            result.Insert(0, '_');
        return Shorten(result.ToString(), MaxLength);
    }

    /// <summary>The first of <c>name</c>, <c>name2</c>, <c>name3</c>, ... that <paramref name="taken"/> does not hold; it is added there.</summary>
    public static string Unique(string name, ISet<string> taken)
    {
        if (taken.Add(name))
            return name;
        for (var number = 2; ; number++)
        {
            var suffix = number.ToString(CultureInfo.InvariantCulture);
            var candidate = Shorten(name, MaxLength - suffix.Length) + suffix;
            if (taken.Add(candidate))
                return candidate;
        }
    }

    /// <summary>The words of a column name, split at everything that is neither letter nor digit and where a lower-case letter meets an upper-case one.</summary>
    public static IReadOnlyList<string> CamelWords(string name)
    {
        var words = new List<string>();
        var parts = Words(name);
        if (Shouts(name, parts))
            return [.. parts.Select(part => part.ToLowerInvariant())];
        foreach (var part in parts)
        {
            var start = 0;
            for (var i = 1; i < part.Length; i++)
                if (char.IsUpper(part[i]) && char.IsLower(part[i - 1]))
                {
                    words.Add(part[start..i]);
                    start = i;
                }
            words.Add(part[start..]);
        }
        return words;
    }

    /// <summary>The English singular of a set's name, by its ending alone; other languages come through unchanged but for a final s.</summary>
    public static string Singular(string name) => name switch
    {
        _ when Ends(name, "ies") && name.Length > 4 => name[..^3] + "y",
        _ when Ends(name, "sses") || Ends(name, "shes") || Ends(name, "ches") || Ends(name, "xes") => name[..^2],
        _ when Ends(name, "ss") || Ends(name, "us") || Ends(name, "is") => name,
        _ when Ends(name, "s") && name.Length > 2 => name[..^1],
        _ => name,
    };

    /// <summary>The English plural of a word, by its ending alone; one that seems to be a plural already stays.</summary>
    public static string Plural(string word) => word switch
    {
        _ when Ends(word, "ss") || Ends(word, "sh") || Ends(word, "ch") || Ends(word, "x") => word + "es",
        _ when Ends(word, "s") => word,
        [.., 'y'] when word.Length > 1 && !"aeiou".Contains(word[^2], StringComparison.Ordinal) => word[..^1] + "ies",
        _ => word + "s",
    };

    private static bool Ends(string name, string ending) => name.EndsWith(ending, StringComparison.Ordinal);

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var inside = i < name.Length && name[i] != '_' && CanContinue(name[i]);
            if (inside && start < 0)
                start = i;
            else if (!inside && start >= 0)
            {
                words.Add(name[start..i]);
                start = -1;
            }
        }
        return words;
    }

    /// <summary><c>ORDER_ID</c> does; <c>SKU</c> and <c>CustomerID</c> are somebody's choice.</summary>
    private static bool Shouts(string name, List<string> words) => words.Count > 1 && !name.Any(char.IsLower);

    private static string Shorten(string name, int length) => name.Length <= length ? name : name[..length];

    private static bool CanStart(char character) =>
        character == '_' || char.IsLetter(character) || char.GetUnicodeCategory(character) == UnicodeCategory.LetterNumber;

    private static bool CanContinue(char character) =>
        char.IsAsciiLetterOrDigit(character) || CanStart(character) || char.GetUnicodeCategory(character) is
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format;
}
