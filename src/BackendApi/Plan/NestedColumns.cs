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
        foreach (var property in rows.Set.Properties.Concat(rows.Set.Key).Concat(rows.Set.Search))
            Keep(rows.Column(property));
        if (rows.Set.Concurrency is { } concurrency)
            Keep(rows.Column(concurrency));
        foreach (var navigation in rows.Set.Navigations)
            foreach (var column in navigation.Through is { } through ? through.On.Select(pair => pair.Source) : navigation.On.Select(pair => pair.Source))
                Keep(Navigating.Column(rows.Source, column));
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
        return new(source, _columns[index], term.Kind, term.IsNullable, (term as Term.Column)?.Property);
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
        if (_terms.Exists(known => SelectList.Same(known, column)))
            return;
        _terms.Add(column);
        _columns.Add(column.Definition);
    }
}
