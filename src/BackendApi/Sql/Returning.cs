using System.Data.Common;
using BackendApi.Model;
using BackendApi.Plan.Writing;

namespace BackendApi.Sql;

/// <summary>What the statement that stores a row is to return of it, so that nothing has to be read again.</summary>
/// <param name="Columns">Stand first in each row, in this order.</param>
/// <param name="Read">Is given each row as it is stored; not always in the order of the plan.</param>
internal sealed record Returning(IReadOnlyList<ColumnSchema> Columns, Action<PlannedRow, DbDataReader> Read)
{
    /// <summary>Nobody asks <see cref="WriteExecution"/> for the rows afterwards: then it need not remember each of a load.</summary>
    public bool IsAllThatIsAsked { get; init; }
}
