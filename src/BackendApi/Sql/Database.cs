using System.Data.Common;

namespace BackendApi.Sql;

/// <summary>One configured database: its dialect and its connections. Lives as long as the process; safe for concurrent use.</summary>
public abstract class Database : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>Takes a connection from the pool. Failures to connect surface as exceptions that <see cref="Dialect.Classify"/> calls <see cref="Failure.Unavailable"/>.</summary>
    public abstract ValueTask<Session> OpenAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}

/// <summary>One connection for the length of one piece of work; disposing it gives the connection back.</summary>
public abstract class Session : IAsyncDisposable
{
    /// <summary>For catalogue reads, the product's own tables (Dapper) and DDL. Open.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>
    /// Runs a SELECT. Rows arrive as the caller reads them; only one reader is open at a time. Cancelling <paramref name="cancellation"/> stops
    /// the statement inside the database, also while rows are being read.
    /// </summary>
    public abstract ValueTask<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
