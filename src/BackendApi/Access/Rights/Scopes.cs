using System.Collections.Frozen;
using System.Text.Json;

namespace BackendApi.Access.Rights;

/// <summary>
/// The most that a key, a client or a token may do, whatever its roles allow: <c>Orders:read</c>, <c>Orders:*</c>, <c>*:read</c>. The words of a
/// <c>scope</c> parameter of OAuth 2.0. Immutable.
/// </summary>
public sealed class Scopes : IEquatable<Scopes>
{
    /// <summary>Stands for every set, and for every verb.</summary>
    public const string Any = "*";

    private static readonly (string Word, Verbs Verbs)[] Words =
    [
        ("read", Verbs.Read), ("create", Verbs.Create), ("update", Verbs.Update), ("delete", Verbs.Delete), ("execute", Verbs.Execute), (Any, Verbs.All),
    ];

    /// <summary>Does not narrow anything.</summary>
    public static readonly Scopes All = new(new Dictionary<string, Verbs>(StringComparer.Ordinal) { [Any] = Verbs.All });

    /// <summary>Allows nothing: what stands for scopes that cannot be read.</summary>
    public static readonly Scopes None = new([]);

    private readonly FrozenDictionary<string, Verbs> _sets;

    private Scopes(Dictionary<string, Verbs> sets)
    {
        _sets = sets.ToFrozenDictionary(StringComparer.Ordinal);
        OfEverySet = _sets.GetValueOrDefault(Any);
        IsReadOnly = _sets.Values.All(verbs => (verbs & ~Verbs.Read) == 0);
    }

    /// <summary>What may be done with every set.</summary>
    public Verbs OfEverySet { get; }

    public bool IsReadOnly { get; }

    public bool IsUnlimited => OfEverySet == Verbs.All;

    /// <summary>The sets that are named, without those that only <see cref="Any"/> stands for.</summary>
    public IEnumerable<string> Sets => _sets.Keys.Where(set => set != Any);

    public Verbs Of(string set) => _sets.GetValueOrDefault(set) | OfEverySet;

    /// <summary>Reads words of the form <c>set:verb</c>. Null when one is not, or there is none; <paramref name="mistake"/> says which.</summary>
    public static Scopes? Parse(IEnumerable<string?> words, out string? mistake)
    {
        var sets = new Dictionary<string, Verbs>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var colon = word?.LastIndexOf(':') ?? -1;
            var verbs = colon < 1 ? Verbs.None : VerbsOf(word.AsSpan(colon + 1));
            if (word is null || verbs == Verbs.None || !IsSet(word.AsSpan(0, colon)))
            {
                mistake = $"'{word}' is no scope. Scopes are written as the name of an entity set or *, a colon, and one of read, create, update, delete, execute or *.";
                return null;
            }
            sets[word[..colon]] = sets.GetValueOrDefault(word[..colon]) | verbs;
        }
        mistake = sets.Count == 0 ? "At least one scope is needed." : null;
        return mistake is null ? new(sets) : null;
    }

    /// <summary>Reads the words of a <c>scope</c> parameter, which spaces part.</summary>
    public static Scopes? Parse(string text, out string? mistake) => Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), out mistake);

    /// <summary>Reads what <see cref="ToJson"/> wrote. What is not understood allows nothing.</summary>
    public static Scopes FromJson(string json) => Parse(JsonSerializer.Deserialize<string?[]>(json) ?? [], out _) ?? None;

    public string ToJson() => JsonSerializer.Serialize(ToWords());

    /// <summary>Nothing here is more than <paramref name="other"/> allows.</summary>
    public bool IsWithin(Scopes other) => _sets.All(each => (each.Value & ~(each.Key == Any ? other.OfEverySet : other.Of(each.Key))) == 0);

    /// <summary>What both allow.</summary>
    public Scopes And(Scopes other)
    {
        if (other.IsUnlimited || other == this)
            return this;
        if (IsUnlimited)
            return other;
        var both = Sets.Union(other.Sets).ToDictionary(set => set, set => Of(set) & other.Of(set), StringComparer.Ordinal);
        both[Any] = OfEverySet & other.OfEverySet;
        return new(both);
    }

    /// <summary>In the order of the sets' names, as a <c>scope</c> parameter.</summary>
    public override string ToString() => string.Join(' ', ToWords());

    public bool Equals(Scopes? other) => other is not null && ToString() == other.ToString();
    public override bool Equals(object? obj) => Equals(obj as Scopes);
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private IEnumerable<string> ToWords() =>
        from each in _sets.OrderBy(each => each.Key, StringComparer.Ordinal)
        from word in Words
        where word.Verbs == Verbs.All ? each.Value == Verbs.All : each.Value != Verbs.All && (each.Value & word.Verbs) != 0
        select $"{each.Key}:{word.Word}";

    private static Verbs VerbsOf(ReadOnlySpan<char> text)
    {
        foreach (var (word, verbs) in Words)
            if (text.SequenceEqual(word))
                return verbs;
        return Verbs.None;
    }

    /// <summary>The characters that RFC 6749 lets stand in a scope, less those that would part it; a set's name has fewer.</summary>
    private static bool IsSet(ReadOnlySpan<char> text)
    {
        if (text is Any)
            return true;
        if (text.Length > 128)
            return false;
        foreach (var character in text)
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '.'))
                return false;
        return true;
    }
}
