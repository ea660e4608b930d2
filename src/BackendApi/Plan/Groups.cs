using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>
/// The groups of <c>groupby</c> (Data Aggregation 3.2.3) while its transformations are planned. They are applied to all groups at once: what looks at
/// several rows looks at those with the same values.
/// </summary>
/// <param name="Values">What the rows of a group have in common, those of <paramref name="Outer"/> first.</param>
/// <param name="All">The values of all groups, a row or more for each: what is aggregated has a row for a group of which nothing is left.</param>
/// <param name="Outer">The groups that are split once more.</param>
internal sealed record Groups(IReadOnlyList<Term.Column> Values, Select All, Groups? Outer)
{
    /// <summary>How many of the values tell the owner of an expanded collection, and not its rows.</summary>
    public int Owners { get; init; }

    /// <summary>Some groups may have no row any more.</summary>
    public bool CanBeEmpty { get; init; }

    /// <summary>What tells the groups apart.</summary>
    public IReadOnlyList<Term> Keys => [.. Values.Select(Grouping.GroupKey)];

    public Groups Narrowed() => this with { CanBeEmpty = true };

    public static Rowset Split(Rowset rows, IReadOnlyList<Term> values)
    {
        // A database groups by expressions only where it sees that they are the same, which parameters hide from it.
        IReadOnlyList<Term.Column> columns = [];
        if (values.All(value => value is Term.Column))
            columns = [.. values.Cast<Term.Column>()];
        else
            rows = rows.Nested(values, out columns);
        columns = [.. rows.Groups?.Values ?? [], .. columns];
        var all = new Select { Columns = columns, From = rows.Scope.Root.Source, Joins = [.. rows.Scope.Joins], Where = rows.Where };
        return rows with { Groups = new(columns, all, rows.Groups) { Owners = rows.Groups?.Owners ?? 0 } };
    }

    /// <summary>The rows of all groups together, and what the rows of each had in common.</summary>
    public static (Rowset Rows, IReadOnlyList<Term.Column> Values) Together(Rowset rows)
    {
        var groups = rows.Groups!;
        var outer = groups.Outer?.Values.Count ?? 0;
        var remaining = groups.Outer is null ? null : groups.Outer with { Values = [.. groups.Values.Take(outer)], CanBeEmpty = groups.Outer.CanBeEmpty || groups.CanBeEmpty };
        return (rows with { Groups = remaining }, [.. groups.Values.Skip(outer)]);
    }
}
