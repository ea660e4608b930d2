using BackendApi.Model;
using BackendApi.Plan;

namespace BackendApi.Sql;

/// <summary>The statement tree of a read: what the writer turns into the text of one dialect.</summary>
public sealed record Select
{
    public required IReadOnlyList<Term> Columns { get; init; }
    public required Source From { get; init; }
    public IReadOnlyList<Join> Joins { get; init; } = [];
    public Condition? Where { get; init; }
    public IReadOnlyList<Term> GroupBy { get; init; } = [];
    public IReadOnlyList<OrderTerm> OrderBy { get; init; } = [];
    public long Skip { get; init; }
    public long? Take { get; init; }
    public SelectForm Form { get; init; }
    /// <summary>The owners whose rows are wanted; the result then begins with the position of the owner and is ordered by it.</summary>
    public OwnerKeys? Owners { get; init; }
    /// <summary>The rows of <see cref="From"/> stay as they are until the transaction ends.</summary>
    public bool IsLocked { get; init; }
}

public enum SelectForm
{
    Rows,
    /// <summary>One row with the number of rows.</summary>
    Count,
    /// <summary>One row when there is any row.</summary>
    Any,
}

/// <summary>Values of many owners, a list for each lookup column; <paramref name="Link"/> joins <see cref="Select.From"/> to the link table that holds the columns.</summary>
public sealed record OwnerKeys(IReadOnlyList<Term.Column> Lookup, IReadOnlyList<IReadOnlyList<object>> Values, Join? Link)
{
    /// <summary>Where the rows tell the position of their owner; null where they are joined to the owners by <see cref="Lookup"/>.</summary>
    public Term.Column? Position { get; init; }
}
