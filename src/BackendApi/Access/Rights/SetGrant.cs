namespace BackendApi.Access.Rights;

/// <summary>What one role grants on one entity set.</summary>
/// <param name="Readable">What can be read, and so be filtered and sorted by.</param>
/// <param name="Writable">What can stand in a body.</param>
/// <param name="RowFilter">
/// An OData expression over the entity; it may name claims of the caller as parameter aliases (<c>Country eq @country</c>; <c>@name</c> is the caller's name). A claim that the caller
/// lacks grants no row, though an alias without a value is null elsewhere. Null grants all rows.
/// </param>
public sealed record SetGrant(Verbs Verbs, ColumnMask Readable, ColumnMask Writable, string? RowFilter)
{
    public static readonly SetGrant Everything = new(Verbs.All, ColumnMask.All, ColumnMask.All, null);

    /// <summary>All rows and columns, and everything that can be done with them.</summary>
    public bool IsEverything => Verbs == Verbs.All && Readable.IsAll && Writable.IsAll && RowFilter is null;

    /// <summary>Whatever this one grants, <paramref name="other"/> grants too.</summary>
    internal bool IsWithin(SetGrant other) =>
        (Verbs & ~other.Verbs) == 0 && Readable.IsWithin(other.Readable) && Writable.IsWithin(other.Writable) && (other.RowFilter is null || other.RowFilter == RowFilter);
}

/// <summary>
/// What a caller may do with one entity set: the union of its grants. A value of a row may be seen when one grant allows both the row and the
/// property, so grants whose filters and masks differ cannot be taken apart and added up.
/// </summary>
public sealed class SetPermission
{
    public static readonly SetPermission Nothing = new([]);
    public static readonly SetPermission Everything = new([SetGrant.Everything]);
    /// <summary>Of a set that shows each caller what is their own.</summary>
    internal static readonly SetPermission Reading = new([new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, null)]);

    private SetPermission(IReadOnlyList<SetGrant> grants)
    {
        Grants = grants;
        IsUnrestricted = grants.Any(grant => grant.IsEverything);
        foreach (var grant in grants)
            Verbs |= grant.Verbs;
    }

    /// <summary>None of them is part of another.</summary>
    public IReadOnlyList<SetGrant> Grants { get; }

    /// <summary>What at least one grant allows, on some rows.</summary>
    public Verbs Verbs { get; }

    /// <summary>Nothing has to be added to a plan.</summary>
    public bool IsUnrestricted { get; }

    public bool Allows(Verbs verb) => (Verbs & verb) == verb;

    /// <summary>The grants that allow <paramref name="verb"/>; their filters and masks are the ones to apply, joined by or.</summary>
    public IEnumerable<SetGrant> Allowing(Verbs verb) => Grants.Where(grant => (grant.Verbs & verb) == verb);

    internal static SetPermission Of(IEnumerable<SetGrant> grants)
    {
        var kept = new List<SetGrant>();
        foreach (var grant in grants)
        {
            if (grant.Verbs == Verbs.None || kept.Exists(grant.IsWithin))
                continue;
            kept.RemoveAll(other => other.IsWithin(grant));
            kept.Add(grant);
        }
        return kept.Count == 0 ? Nothing : new(kept);
    }

    internal SetPermission NarrowedTo(Verbs verbs) => (Verbs & ~verbs) == 0 ? this : Of(Grants.Select(grant => grant with { Verbs = grant.Verbs & verbs }));
}
