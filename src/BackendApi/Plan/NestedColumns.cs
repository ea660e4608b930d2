using System.Globalization;
using BackendApi.Model;

namespace BackendApi.Plan;

/// <summary>
/// The select list of a nested statement while it is being planned. Entities keep the names of their columns, whatever else is needed gets a name of
/// its own, so that the outside can treat the nested statement as the set's table.
/// </summary>
internal sealed class NestedColumns
{
    private readonly List<Term> _terms = [];
    private readonly List<ColumnSchema> _columns = [];

    /// <param name="entity">The rows are entities of this source.</param>
    public NestedColumns(Entity? entity)
    {
        if (entity is not { } rows)
            return;
        foreach (var column in Of(rows))
            Keep(column);
    }

    /// <summary>Every column that entities of the set are read by, some of them more than once.</summary>
    public static IEnumerable<Term.Column> Of(Entity rows)
    {
        var set = rows.Set;
        foreach (var property in set.Members.Columns.Concat(set.Derived.SelectMany(derived => derived.Members.Columns)).Concat(set.Key).Concat(set.Search))
            yield return rows.Column(property);
        foreach (var column in rows.ETagColumns())
            yield return column;
        foreach (var (_, navigation) in set.NavigationPaths)
            foreach (var pair in navigation.Through?.On.Select(pair => pair.Source) ?? navigation.On.Select(pair => pair.Source))
                yield return Navigating.Column(rows.Source, pair);
        foreach (var derived in set.Derived)
            yield return Navigating.Column(rows.Source, derived.Column);
        foreach (var media in set.Streams.Select(stream => stream.Media).Prepend(set.Media))
            if (media?.ContentTypeColumn is { } mediaType)
                yield return Navigating.Column(rows.Source, mediaType);
    }

    public IReadOnlyList<Term> Terms => _terms;
    public IReadOnlyList<ColumnSchema> Columns => _columns;

    public void Add(Term term)
    {
        if (_terms.Exists(known => SelectList.Same(known, term)))
            return;
        var number = _columns.Count;
        string name;
        do
            name = string.Create(CultureInfo.InvariantCulture, $"c{number++}");
        while (_columns.Exists(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        _terms.Add(term);
        _columns.Add(new(name, TypeOf(term), term.IsNullable));
    }

    /// <summary>The column as the outside names it.</summary>
    public Term.Column Of(Source source, Term term)
    {
        var index = _terms.FindIndex(known => SelectList.Same(known, term));
        return new(source, _columns[index], term.Kind, term.IsNullable || source.IsOptional, (term as Term.Column)?.Property);
    }

    /// <summary>What the column of a nested statement holds.</summary>
    public static ColumnType TypeOf(Term term) => term switch
    {
        Term.Column column => column.Definition.Type,
        Term.Call { Function: var function, Arguments: [var operand] } call when ReferenceEquals(function, Parse.Aggregates.Group) => TypeOf(operand) with { IsOperand = true },
        Term.Call { Function: var function } call when Parse.Aggregates.Rows.Contains(function) => Grouping.TypeOf(call),
        _ => Constants.TypeOf(term.Kind) with { IsOperand = true },
    };

    private void Keep(Term.Column column)
    {
        if (_columns.Exists(known => known.Name == column.Definition.Name))
            return;
        _terms.Add(column);
        _columns.Add(column.Definition);
    }
}
