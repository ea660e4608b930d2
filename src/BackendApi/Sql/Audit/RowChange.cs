using BackendApi.Model;

namespace BackendApi.Sql.Audit;

/// <summary>What a statement of <see cref="TableStatements"/> does to rows. So the audit log can be told of it, whoever wrote the code that sends it.</summary>
internal abstract record RowChange(Dialect Dialect, TableSchema Table)
{
    public sealed record Insert(Dialect Dialect, TableSchema Table, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) : RowChange(Dialect, Table);

    public sealed record Update(Dialect Dialect, TableSchema Table, IReadOnlyList<(string Column, object? Value)> Values, IReadOnlyList<(string Column, object Value)> Where)
        : RowChange(Dialect, Table);

    public sealed record Delete(Dialect Dialect, TableSchema Table, IReadOnlyList<(string Column, object Value)> Where) : RowChange(Dialect, Table);
}
