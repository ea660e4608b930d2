using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Support;

namespace BackendApi.Plan.Writing;

/// <summary>
/// What a write does, free of HTTP and of SQL text. A row stands behind those whose values it takes, so that the rows of one
/// <see cref="PlannedRow.Level"/> can be written together, one statement for all of one kind.
/// </summary>
/// <param name="Links">Rows of link tables: they come once all others are there, and go as soon as both of their ends are known.</param>
/// <param name="Replacements">Collections of which nothing else may remain.</param>
public sealed record WritePlan(IReadOnlyList<PlannedRow> Rows, IReadOnlyList<PlannedLink> Links, IReadOnlyList<PlannedReplacement> Replacements);

public enum RowAction
{
    /// <summary>The row must be there already.</summary>
    Find,
    Insert,
    Update,
    /// <summary>An update where the row is there, an insert where it is not.</summary>
    Upsert,
    Delete,
}

/// <summary>One row of an entity set's table. Nothing but an upsert changes once it is planned.</summary>
public sealed class PlannedRow
{
    private List<ColumnSchema>? _wanted;

    public required EntitySetModel Set { get; init; }
    public required RowAction Action { get; init; }
    /// <summary>The columns that the row is found by: its key, or an alternate one. Empty for an insert.</summary>
    public PlannedValues Key { get; init; } = PlannedValues.None;
    /// <summary>What is stored. Of an upsert nothing, before it is known which of the two it becomes.</summary>
    public PlannedValues Values { get; set; } = PlannedValues.None;
    /// <summary>Columns that an update gives their default again, because the body replaces the whole entity (Protocol 11.4.3).</summary>
    public IReadOnlyList<ColumnSchema> Defaults { get; set; } = [];
    /// <summary>Of an upsert: settles what is stored, given whether the row is new.</summary>
    public Action<PlannedRow, bool>? Settle { get; init; }
    /// <summary>The type that the row has or gets; null for the set's own.</summary>
    public DerivedModel? Type { get; init; }
    /// <summary>What is asked of the row before it changes: given whether it is there and its tag, an error or nothing. Null asks nothing.</summary>
    public Func<bool, string?, ServiceError?>? Condition { get; init; }
    /// <summary>Where in the body it stands, for errors; the root for the body itself, or without one.</summary>
    public BodyPath Path { get; init; } = BodyPath.Root;
    /// <summary>Of a row that is found: it need not be there.</summary>
    public bool MayBeMissing { get; init; }
    /// <summary>The request's address or body names it; not only another row.</summary>
    public bool IsRoot { get; init; }
    /// <summary>A column that is given its content after the row is written, and what the audit log says of that.</summary>
    public (ColumnSchema Column, object Content)? Streamed { get; set; }
    /// <summary>What must be known of the row besides its key, because other rows take it.</summary>
    public IReadOnlyList<ColumnSchema> Wanted => _wanted ?? (IReadOnlyList<ColumnSchema>)[];
    /// <summary>One more than that of any row it takes a value from.</summary>
    public int Level { get; init; }

    public void Want(ColumnSchema column)
    {
        if (_wanted?.Contains(column) != true)
            (_wanted ??= []).Add(column);
    }

    /// <summary>Where in the body a value of the row stands; null for what the body does not say itself.</summary>
    public BodyPath? PathOf(PlannedValue value) => value.Name is { } name ? name.Length == 0 ? Path : Path.Member(name) : null;
}

/// <summary>A row of a link table.</summary>
/// <param name="MustExist">The link goes, and was there.</param>
public sealed record PlannedLink(NavigationModel Navigation, PlannedRow Source, PlannedRow Target, bool IsRemoved, bool MustExist, BodyPath Path);

/// <summary>What is related to <paramref name="Owner"/> and not among <paramref name="Kept"/> goes: its reference where that can be null, else the row itself.</summary>
public sealed record PlannedReplacement(PlannedRow Owner, NavigationModel Navigation, IReadOnlyList<PlannedRow> Kept, BodyPath Path);
