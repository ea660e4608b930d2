using System.Data;
using System.Data.Common;
using BackendApi.Sql.Audit;

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
    private const string Savepoint = "statement";

    private bool _isSaved;

    /// <summary>For catalogue reads, the product's own tables (Dapper) and DDL. Open.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>
    /// Runs a SELECT. Rows arrive as the caller reads them; only one reader is open at a time. Cancelling <paramref name="cancellation"/> stops
    /// the statement inside the database, also while rows are being read.
    /// </summary>
    /// <param name="behavior">Sequential access for values that are streamed instead of held: the columns of a row are then read in their order, each once.</param>
    public abstract ValueTask<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellation, CommandBehavior behavior = CommandBehavior.Default);

    /// <summary>Runs a statement that yields no rows (INSERT, UPDATE, DELETE, DDL) and says how many rows it touched.</summary>
    public ValueTask<int> ExecuteAsync(Statement statement, CancellationToken cancellation) =>
        statement.Told is { } change && Origin is { Tables: { } tables } origin && tables.Find(change.Table.Name, origin) is { } rows
            ? TellAsync(statement, change, rows, cancellation)
            : SendAsync(statement, cancellation);

    /// <inheritdoc cref="ExecuteAsync"/>
    protected abstract ValueTask<int> SendAsync(Statement statement, CancellationToken cancellation);

    /// <summary>Stores a stream in a column of one row that is there, without holding the whole of it.</summary>
    /// <param name="content">Tells its length, and is read asynchronously.</param>
    public virtual async ValueTask StoreAsync(
        Dialect dialect, Model.TableSchema table, Model.ColumnSchema column, IReadOnlyList<(string Column, object Value)> key, System.IO.Stream content, CancellationToken cancellation) =>
        await SendAsync(dialect.Update(table, [(column.Name, content)], key), cancellation);

    /// <summary>Where the rows come from that facades supply; null where no module has such a set.</summary>
    internal SuppliedRows? Supplied { get; set; }

    /// <summary>Looks at the transaction as a whole when it is about to be committed. It goes with the transaction.</summary>
    internal ITransactionPart? Part { get; set; }

    /// <summary>Who is behind the changes of this session, for the audit log; null where nothing is to be written down.</summary>
    public Access.Origin? Origin { get; set; }

    private AuditTrail? _trail;

    /// <summary>What the audit log will be told with the commit; null where nothing is to be written down.</summary>
    internal AuditTrail? Trail(Dialect dialect) => Origin is { } origin ? _trail ??= new(origin, dialect) : null;

    /// <summary>The transaction that every statement of this session runs in; null outside of one.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>Between <see cref="BeginStatementAsync"/> and its end.</summary>
    protected bool IsStatement { get; private set; }

    /// <summary>
    /// Begins a transaction (READ COMMITTED; on SQLite it takes the write lock at once). It ends with <see cref="CommitAsync"/>,
    /// <see cref="RollbackAsync"/>, or with the session, which rolls it back.
    /// </summary>
    public virtual async ValueTask BeginAsync(CancellationToken cancellation) => Transaction = await OpenTransactionAsync(cancellation);

    protected virtual ValueTask<DbTransaction> OpenTransactionAsync(CancellationToken cancellation) => Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);

    /// <summary>
    /// Begins what is one changing statement and nothing else: the transaction that every database has around a statement is enough, and no other is sent.
    /// It ends as <see cref="BeginAsync"/> says; a statement that has succeeded is committed already.
    /// </summary>
    public virtual ValueTask BeginStatementAsync(CancellationToken cancellation)
    {
        IsStatement = true;
        return ValueTask.CompletedTask;
    }

    public async ValueTask CommitAsync(CancellationToken cancellation)
    {
        if (EndStatement())
            return;
        var transaction = Transaction ?? throw new InvalidOperationException("No transaction is open.");
        await CheckAsync(cancellation);
        await WriteTrailAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var part = Part;
        await EndAsync(transaction);
        part?.Committed();
    }

    /// <summary>Finds out whether the transaction could be committed, as far as that is known before.</summary>
    /// <exception cref="Support.ServiceException">It could not.</exception>
    internal ValueTask CheckAsync(CancellationToken cancellation) => Part?.CheckAsync(cancellation) ?? ValueTask.CompletedTask;

    /// <summary>Gives up an open transaction; does nothing without one.</summary>
    public async ValueTask RollbackAsync()
    {
        if (EndStatement())
            return;
        // Disposing rolls back, also on a connection that broke, where ROLLBACK itself would throw.
        if (Transaction is { } transaction)
            await EndAsync(transaction);
    }

    /// <summary>A transaction of this session, or what stood for one, is no more.</summary>
    protected virtual void Ended() { }

    /// <summary>
    /// Sets a savepoint in front of the next statement, in place of the one that was set like this before: databases keep those inside of each other. The last one goes with
    /// the transaction. To set the first costs nothing on PostgreSQL, whose driver sends it along with the statement; to take it back would be a round trip.
    /// </summary>
    internal async ValueTask SaveAsync(CancellationToken cancellation)
    {
        var transaction = Transaction ?? throw new InvalidOperationException("No transaction is open.");
        await WriteTrailAsync(cancellation);
        if (_isSaved)
            await transaction.ReleaseAsync(Savepoint, cancellation);
        await transaction.SaveAsync(Savepoint, cancellation);
        _isSaved = true;
    }

    /// <summary>Goes back to what was saved, which stays saved.</summary>
    internal ValueTask RestoreAsync(CancellationToken cancellation) => RestoreAsync(Savepoint, cancellation);

    /// <summary>The same with a savepoint of another name, in front of which <see cref="WriteTrailAsync"/> was called.</summary>
    internal async ValueTask RestoreAsync(string savepoint, CancellationToken cancellation)
    {
        _trail = null;
        await Transaction!.RollbackAsync(savepoint, cancellation);
    }

    /// <summary>Tells the audit log what there is to tell so far: before a commit, and where a part of the transaction may be taken back.</summary>
    internal async ValueTask WriteTrailAsync(CancellationToken cancellation)
    {
        if (_trail is not { } trail)
            return;
        _trail = null;
        await trail.WriteAsync(this, cancellation);
    }

    private async ValueTask<int> TellAsync(Statement statement, RowChange change, AuditedRows rows, CancellationToken cancellation)
    {
        var isOurs = Transaction is null;
        if (isOurs)
            await BeginAsync(cancellation);
        try
        {
            var count = await rows.ChangeAsync(this, change, Trail(change.Dialect)!, () => SendAsync(statement, cancellation), cancellation);
            if (isOurs)
                await CommitAsync(cancellation);
            return count;
        }
        finally
        {
            if (isOurs)
                await RollbackAsync();
        }
    }

    private bool EndStatement()
    {
        if (!IsStatement)
            return false;
        IsStatement = false;
        Ended();
        return true;
    }

    private async ValueTask EndAsync(DbTransaction transaction)
    {
        (Transaction, Part, _trail) = (null, null, null);
        _isSaved = false;
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            Ended();
        }
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>What a transaction is as a whole, whatever number of requests it consists of.</summary>
internal interface ITransactionPart
{
    /// <summary>Before the commit, and at the end of a trial.</summary>
    /// <exception cref="Support.ServiceException">The transaction cannot be committed; it is rolled back.</exception>
    ValueTask CheckAsync(CancellationToken cancellation);

    /// <summary>What follows outside of the database. It does not fail.</summary>
    void Committed();
}
