using BackendApi.Model;
using BackendApi.Sql.Audit;

namespace BackendApi.Sql;

/// <summary>What one statement does to rows of one table. Every row has values for the same columns, in their CLR types and in their order.</summary>
/// <param name="Rows">One at least, and no more than <see cref="Dialect.MaxRows"/> says.</param>
public abstract record Change(TableName Table, object?[][] Rows)
{
    /// <summary>The columns that a value of each row belongs to. Those of an entry of the audit log stand behind the row's own.</summary>
    public abstract IReadOnlyList<ColumnSchema> Given { get; }

    /// <summary>The statement stores an entry of the audit log with its row; null for none. For one row, and where <see cref="Dialect.StoresAuditTogether"/>.</summary>
    public AuditedChange? Audit { get; init; }

    private protected IReadOnlyList<ColumnSchema> With(IReadOnlyList<ColumnSchema> own) => Audit is null ? own : [.. own, .. Audit.Given];

    /// <param name="Columns">What is left out gets the default of its column. None: one row of defaults.</param>
    /// <param name="Returning">What the statement answers with: a row for each that was inserted, in the order in which they were given. Nothing when empty.</param>
    public sealed record Insert(TableName Table, IReadOnlyList<ColumnSchema> Columns, object?[][] Rows, IReadOnlyList<ColumnSchema> Returning)
        : Change(Table, Rows)
    {
        public override IReadOnlyList<ColumnSchema> Given => With(Columns);
    }

    /// <summary>A row is found by its key; its values stand before the others.</summary>
    /// <param name="Defaults">Columns that get their default again.</param>
    public sealed record Update(
        TableName Table, IReadOnlyList<ColumnSchema> Key, IReadOnlyList<ColumnSchema> Columns, IReadOnlyList<ColumnSchema> Defaults, object?[][] Rows)
        : Change(Table, Rows)
    {
        /// <summary>A number that is raised by one; null counts as zero.</summary>
        public ColumnSchema? Raised { get; init; }

        /// <summary>What the statement answers with: a row for the one that it changes, as it is then. Nothing when empty, and for many rows.</summary>
        public IReadOnlyList<ColumnSchema> Returning { get; init; } = [];

        public override IReadOnlyList<ColumnSchema> Given => With([.. Key, .. Columns]);
    }

    public sealed record Delete(TableName Table, IReadOnlyList<ColumnSchema> Key, object?[][] Rows) : Change(Table, Rows)
    {
        public override IReadOnlyList<ColumnSchema> Given => With(Key);
    }
}

/// <summary>An update of one column by values that the database computes from the rows themselves.</summary>
/// <param name="Rows">Finds rows by their keys (<see cref="Select.Owners"/>), and has one column: the value.</param>
public sealed record Computation(TableName Table, ColumnSchema Column, Select Rows);
