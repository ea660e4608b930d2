using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>What stands in a FROM clause. Each use of it is a source of its own; <paramref name="number"/> is unique within a plan and names the alias.</summary>
/// <param name="isOptional">Reached by an outer join: every column can be null.</param>
public sealed class Source(SourceRows rows, int number, bool isOptional = false)
{
    public Source(TableName table, int number, bool isOptional = false)
        : this(new SourceRows.Table(table), number, isOptional) { }

    public SourceRows Rows { get; } = rows;
    public int Number { get; } = number;
    public bool IsOptional { get; } = isOptional;
}

/// <summary>Where the rows of a source come from.</summary>
public abstract record SourceRows
{
    public sealed record Table(TableName Name) : SourceRows;

    /// <summary>The items of a JSON list that a column holds or the request gives, one row each. What is no list, or null, has none.</summary>
    /// <param name="Value">A <see cref="Term.Column"/>, or a <see cref="Term.Constant"/> of text.</param>
    public sealed record List(Term Value) : SourceRows;

    /// <summary>The rows that a facade supplies, as lists of values that are given to the statement when it runs.</summary>
    public sealed record Supplied(EntitySetModel Set) : SourceRows;

    /// <summary>The owners of an expanded collection, whose values the statement has: <c>ord</c>, their position, and the values <c>k0</c>, <c>k1</c>, … by which rows are found.</summary>
    public sealed record Owners : SourceRows;

    /// <summary>
    /// The rows of nested statements, one after the other (UNION ALL). Each yields <paramref name="Columns"/>, in this order; a column of the
    /// table's own passes through as it is stored, so that the dialect's templates apply once, where the value leaves the outermost statement.
    /// </summary>
    public sealed record Query(IReadOnlyList<Select> Parts, IReadOnlyList<ColumnSchema> Columns) : SourceRows;
}
