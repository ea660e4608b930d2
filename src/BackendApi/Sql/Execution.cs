using System.Data;
using System.Data.Common;
using System.Diagnostics;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>Runs the statement trees of one request on its session, and tells what ran.</summary>
internal sealed class Execution(Session session, Dialect dialect, Observations observations, CancellationToken cancellation)
{
    public ValueReader Values => dialect.Values;

    public CancellationToken Cancellation => cancellation;

    public Dialect Dialect => dialect;

    public ValueTask<DbDataReader> ReadAsync(Select select, CommandBehavior behavior = CommandBehavior.Default) => ReadAsync(SqlWriter.Write(select, dialect), behavior);

    public async ValueTask<DbDataReader> ReadAsync(Statement statement, CommandBehavior behavior = CommandBehavior.Default)
    {
        if (statement.Supplied is not null)
            statement = await SuppliedRows.FillAsync(statement, session, cancellation);
        var start = Stopwatch.GetTimestamp();
        var row = await session.ReadAsync(statement, cancellation, behavior);
        observations.Emit(new StatementExecuted(statement.Text, Stopwatch.GetElapsedTime(start)));
        return row;
    }

    /// <summary>The number that a counting statement answers with.</summary>
    public async ValueTask<long> CountAsync(Select select)
    {
        await using var row = await ReadAsync(select);
        return await row.ReadAsync(cancellation) ? dialect.Values.Int64(row, 0) : 0;
    }

    public async ValueTask<bool> AnyAsync(Select select)
    {
        await using var row = await ReadAsync(select);
        return await row.ReadAsync(cancellation);
    }
}
