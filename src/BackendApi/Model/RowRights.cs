using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using BackendApi.Access.Rights;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Model;

/// <summary>
/// What a caller may do with the rows of a set. Grants add up cell by cell: a value is readable where one grant allows both its row and its property, so two grants with
/// different rows and different properties do not allow what neither of them does.
/// </summary>
internal sealed partial class RowRights
{
    private static readonly IReadOnlyList<string> Never = [];

    private readonly SetPermission _permission;
    private readonly ModelSnapshot _model;
    private readonly ParseLimits _limits;
    /// <summary>Filters that are the same for every caller.</summary>
    private readonly ConcurrentDictionary<string, Expression?> _parsed = new(StringComparer.Ordinal);

    public RowRights(EntitySetModel whole, SetPermission permission, ModelSnapshot model, ParseLimits limits)
    {
        (Whole, _permission, _model, _limits) = (whole, permission, model, limits);
        var readers = permission.Allowing(Verbs.Read).ToList();
        Readable = Rows(readers);
        Masked = Masks(whole, readers);
        NamesClaims = permission.Grants.Any(grant => grant.RowFilter is { } filter && Claims(filter).Any());
    }

    /// <summary>The set as its definition describes it.</summary>
    public EntitySetModel Whole { get; }

    /// <summary>Filters, one of which a row must satisfy to be readable: null for all rows, none for no row.</summary>
    public IReadOnlyList<string>? Readable { get; }

    /// <summary>Columns whose values are not readable in every row that is, each with the filters of the rows where it is.</summary>
    public IReadOnlyDictionary<ColumnSchema, IReadOnlyList<string>> Masked { get; }

    /// <summary>What a row shows or takes depends on the row.</summary>
    public bool DependOnRows => Readable is not null || Masked.Count > 0 || _permission.Grants.Any(grant => grant.RowFilter is not null);

    public bool Allows(Verbs verb) => _permission.Allows(verb);

    /// <summary>On all rows, with all properties.</summary>
    public bool AllowsWhole(Verbs verb) => _permission.Allowing(verb).Any(grant => grant.RowFilter is null && grant.Writable.IsAll);

    /// <summary>A filter depends on who the caller is.</summary>
    public bool NamesClaims { get; }

    /// <summary>
    /// What a row must satisfy to be written: one filter of each list. Nothing when <paramref name="verb"/> is allowed on all rows; an empty list allows none.
    /// </summary>
    /// <param name="columns">What the client gives a value for.</param>
    public IReadOnlyList<IReadOnlyList<string>> Required(Verbs verb, IEnumerable<ColumnSchema> columns)
    {
        var writers = _permission.Allowing(verb).ToList();
        var required = new List<IReadOnlyList<string>>();
        Add(Rows(writers));
        foreach (var column in columns)
            if (PathsOf(Whole, column) is { Count: > 0 } paths)
                Add(Rows(writers.Where(grant => paths.Any(grant.Writable.Contains))));
        return required;

        void Add(IReadOnlyList<string>? filters)
        {
            if (filters is not null && !required.Exists(known => known.SequenceEqual(filters)))
                required.Add(filters);
        }
    }

    /// <summary>A filter as an expression over <see cref="Whole"/>; null where it names a claim that the caller does not have, or is no longer one: it then holds for no row.</summary>
    public Expression? Parse(string filter, IReadOnlyDictionary<string, string> claims)
    {
        var names = Claims(filter).Distinct().ToList();
        if (names.Count == 0)
            return _parsed.GetOrAdd(filter, static (text, rights) => rights.Parse(text, []), this);
        if (!names.TrueForAll(claims.ContainsKey))
            return null;
        return Parse(filter, [.. names.Select(name => ($"@{name}", $"'{claims[name].Replace("'", "''", StringComparison.Ordinal)}'"))])
            // A property that is no text: a claim that reads as a number, a date or the like is one.
            ?? (names.TrueForAll(name => PlainLiteral().IsMatch(claims[name])) ? Parse(filter, [.. names.Select(name => ($"@{name}", claims[name]))]) : null);
    }

    /// <summary>Null when the set has changed since the filter was written, or the claim is of another type: nobody knows then what it allows.</summary>
    private Expression? Parse(string filter, IReadOnlyList<(string Name, string Value)> aliases)
    {
        try
        {
            return UrlParser.ParseFilter(_model.Edm, Whole.EntityType, filter, _limits, aliases);
        }
        catch (ServiceException)
        {
            return null;
        }
    }

    /// <summary>The filters of grants; null when one of them allows all rows.</summary>
    private static IReadOnlyList<string>? Rows(IEnumerable<SetGrant> grants)
    {
        var filters = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var grant in grants)
            if (grant.RowFilter is null)
                return null;
            else
                filters.Add(grant.RowFilter);
        return filters.Count == 0 ? Never : [.. filters];
    }

    private Dictionary<ColumnSchema, IReadOnlyList<string>> Masks(EntitySetModel whole, List<SetGrant> readers)
    {
        var masked = new Dictionary<ColumnSchema, IReadOnlyList<string>>(ReferenceEqualityComparer.Instance);
        foreach (var (_, column) in ShownOf(whole))
        {
            var paths = PathsOf(whole, column);
            if (whole.Key.Any(part => part.Column == column) || Rows(readers.Where(grant => paths.Any(grant.Readable.Contains))) is not { } filters)
                continue;
            if (Readable is null || !Readable.SequenceEqual(filters))
                masked[column] = filters;
        }
        return masked;
    }

    /// <summary>Every property of a set, those of derived types too.</summary>
    public static IEnumerable<PropertyModel> PropertiesOf(EntitySetModel set) => set.Members.Columns.Concat(set.Derived.SelectMany(derived => derived.Members.Columns));

    /// <summary>The properties that show a column: each shows its value.</summary>
    private static List<string> PathsOf(EntitySetModel set, ColumnSchema column) => [.. ShownOf(set).Where(shown => shown.Column == column).Select(shown => shown.Path)];

    /// <summary>Every name that grants have for a column: properties, those that are streams, and the stream of a media entity.</summary>
    private static IEnumerable<(string Path, ColumnSchema Column)> ShownOf(EntitySetModel set) => PropertiesOf(set).Select(property => (property.Path, property.Column))
        .Concat(set.Streams.Select(stream => stream.Media).Append(set.Media).OfType<MediaModel>().Select(media => (media.Name, media.Column)));

    private static IEnumerable<string> Claims(string filter) => Alias().Matches(Text().Replace(filter, "''")).Select(match => match.Groups[1].Value);

    [GeneratedRegex("@([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Alias();

    [GeneratedRegex("'(?:[^']|'')*'")]
    private static partial Regex Text();

    [GeneratedRegex(@"\A(?:-?[0-9]{1,19}(?:\.[0-9]{1,19})?|true|false|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,16}(?:Z|[+-][0-9:]{5}))?)\z")]
    private static partial Regex PlainLiteral();
}
