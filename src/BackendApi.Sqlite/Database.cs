using System.Data;
using System.Data.Common;
using BackendApi.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// A SQLite file, or a database in memory (<c>Data Source=name;Mode=Memory;Cache=Shared</c>, or <c>:memory:</c>, which is one database for
/// all sessions). Creates the file and its directory. Keeps connections open with their statements prepared.
/// </summary>
public sealed class SqliteDatabase : Database
{
    /// <summary>Connections kept for later; more than this are only open while they work.</summary>
    private const int MaxIdle = 32;

    /// <summary>How long a writer waits for its turn before it is told to try again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>SQLite has one writer at a time, and lets the others wait inside the driver, where each holds a thread. Here they wait without one, in order.</summary>
    private readonly SemaphoreSlim turns = new(1, 1);
    private readonly Stack<PooledConnection> idle = new();
    private readonly string connectionString;
    private readonly bool isReadOnly;
    /// <summary>A database in memory lives as long as one connection to it is open.</summary>
    private readonly SqliteConnection? anchor;
    private bool isDisposed;

    public SqliteDatabase(string connectionString)
    {
        Engine.EnsureStarted();
        var settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        if (settings.DataSource is ":memory:" or "")
        {
            settings.DataSource = $"backend-{Guid.NewGuid():N}";
            settings.Mode = SqliteOpenMode.Memory;
            settings.Cache = SqliteCacheMode.Shared;
        }
        var isInMemory = settings.Mode == SqliteOpenMode.Memory;
        isReadOnly = settings.Mode == SqliteOpenMode.ReadOnly;
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate && !settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            && Path.GetDirectoryName(Path.GetFullPath(settings.DataSource)) is { Length: > 0 } directory)
            Directory.CreateDirectory(directory);
        this.connectionString = settings.ToString();
        if (isInMemory)
        {
            anchor = new SqliteConnection(this.connectionString);
            anchor.Open();
        }
    }

    public override Dialect Dialect => SqliteDialect.Instance;

    public override ValueTask<Session> OpenAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PooledConnection? connection;
        lock (idle)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            idle.TryPop(out connection);
        }
        return new(new SqliteSession(this, connection ?? new PooledConnection(connectionString, isReadOnly)));
    }

    public override ValueTask DisposeAsync()
    {
        lock (idle)
        {
            isDisposed = true;
            while (idle.TryPop(out var connection))
                connection.Dispose();
        }
        anchor?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends with <see cref="EndTurn"/>.</summary>
    /// <exception cref="SqliteException">As when the database is busy.</exception>
    internal ValueTask TakeTurnAsync(CancellationToken cancellation)
    {
        return turns.Wait(TimeSpan.Zero, cancellation) ? ValueTask.CompletedTask : WaitAsync();

        async ValueTask WaitAsync()
        {
            if (!await turns.WaitAsync(Patience, cancellation))
                throw new SqliteException("Other writers took too long.", raw.SQLITE_BUSY);
        }
    }

    internal void EndTurn() => turns.Release();

    internal void Return(PooledConnection connection)
    {
        if (connection.TryReset())
            lock (idle)
                if (!isDisposed && idle.Count < MaxIdle)
                {
                    idle.Push(connection);
                    return;
                }
        connection.Dispose();
    }
}

/// <summary>An open connection with the statements that it has prepared.</summary>
internal sealed class PooledConnection : IDisposable
{
    /// <summary>The virtual machine's steps between two looks at the cancellation; some 20 µs of work.</summary>
    private const int StepsBetweenLooks = 2000;
    private const int MaxStatements = 64;

    private readonly Dictionary<string, LinkedListNode<PreparedStatement>> statements = new(StringComparer.Ordinal);
    private readonly LinkedList<PreparedStatement> byUse = new();
    private readonly delegate_progress onProgress;
    private volatile bool isCancelled;

    public PooledConnection(string connectionString, bool isReadOnly)
    {
        Connection = new SqliteConnection(connectionString);
        onProgress = _ => isCancelled ? 1 : 0;
        try
        {
            Connection.Open();
            raw.sqlite3_progress_handler(Connection.Handle, StepsBetweenLooks, onProgress, null);
            ScalarFunctions.Register(Connection);
            AggregateFunctions.Register(Connection);
            using var setup = Connection.CreateCommand();
            setup.CommandText = isReadOnly
                ? "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;"
                : "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;";
            setup.ExecuteNonQuery();
        }
        catch
        {
            Connection.Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    /// <summary>With its parameters; prepared already if the text was seen lately.</summary>
    public PreparedStatement Prepare(Statement statement)
    {
        if (statements.TryGetValue(statement.Text, out var node))
        {
            if (node != byUse.First)
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
            }
        }
        else
        {
            statements.Add(statement.Text, node = byUse.AddFirst(new PreparedStatement(Connection, statement.Text)));
            if (statements.Count > MaxStatements && byUse.Last is { } oldest)
            {
                statements.Remove(oldest.Value.Text);
                byUse.RemoveLast();
                oldest.Value.Dispose();
            }
        }
        node.Value.Bind(statement.Parameters);
        return node.Value;
    }

    public CancellationTokenRegistration StopOn(CancellationToken cancellation)
    {
        isCancelled = false;
        return cancellation.UnsafeRegister(static connection => ((PooledConnection)connection!).isCancelled = true, this);
    }

    /// <summary>Leaves nothing of the session's work behind; false when the connection is not fit for another.</summary>
    public bool TryReset()
    {
        isCancelled = false;
        // A transaction that was left open still points at the connection: closing is the only way to part from it.
        return Connection.State == ConnectionState.Open && raw.sqlite3_get_autocommit(Connection.Handle) != 0;
    }

    public void Dispose()
    {
        foreach (var statement in byUse)
            statement.Dispose();
        Connection.Dispose();
    }
}

internal sealed class SqliteSession(SqliteDatabase database, PooledConnection connection) : Session
{
    private CancellationTokenRegistration cancelling;
    /// <summary>Nobody else writes.</summary>
    private bool hasTurn;
    private bool isDisposed;

    public override DbConnection Connection => connection.Connection;

    public override ValueTask<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellation, CommandBehavior behavior = CommandBehavior.Default)
    {
        return IsStatement ? InTurnAsync(Begin(statement, cancellation)) : new(Read(Begin(statement, cancellation)));

        // A changing statement holds the database until its last row is read.
        async ValueTask<DbDataReader> InTurnAsync(PreparedStatement begun)
        {
            await database.TakeTurnAsync(cancellation);
            hasTurn = true;
            try
            {
                return Read(begun, EndTurn);
            }
            catch
            {
                EndTurn();
                throw;
            }
        }

        StatementReader Read(PreparedStatement begun, Action? done = null)
        {
            try
            {
                return new(begun, begun.Step(), done);
            }
            catch (SqliteException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
        }
    }

    protected override ValueTask<int> SendAsync(Statement statement, CancellationToken cancellation)
    {
        return Transaction is null ? InTurnAsync() : new(Execute(statement, cancellation));

        async ValueTask<int> InTurnAsync()
        {
            await database.TakeTurnAsync(cancellation);
            try
            {
                return Execute(statement, cancellation);
            }
            finally
            {
                database.EndTurn();
            }
        }
    }

    /// <summary>The row is given room for all of it, which is then filled. A table without row ids has no such way: there the whole is held.</summary>
    public override async ValueTask StoreAsync(
        Dialect dialect, Model.TableSchema table, Model.ColumnSchema column, IReadOnlyList<(string Column, object Value)> key, System.IO.Stream content, CancellationToken cancellation)
    {
        const int PieceBytes = 64 * 1024;
        var room = dialect.Update(table, [(column.Name, content.Length)], key);
        var text = room.Text.Insert(room.Text.IndexOf("?1", StringComparison.Ordinal), "zeroblob(").Replace("(?1", "(?1)", StringComparison.Ordinal) + " RETURNING rowid";
        long row;
        try
        {
            await using var rows = await ReadAsync(new(text, room.Parameters), cancellation);
            if (!await rows.ReadAsync(cancellation))
                return;
            row = dialect.Values.Int64(rows, 0);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            var whole = new byte[content.Length];
            await content.ReadExactlyAsync(whole, cancellation);
            await ExecuteAsync(dialect.Update(table, [(column.Name, whole)], key), cancellation);
            return;
        }
        await using var blob = new SqliteBlob(connection.Connection, table.Name.Name, column.Name, row);
        var piece = new byte[PieceBytes];
        while (await content.ReadAsync(piece, cancellation) is var read and > 0)
            blob.Write(piece.AsSpan(0, read));
    }

    public override async ValueTask BeginAsync(CancellationToken cancellation)
    {
        await database.TakeTurnAsync(cancellation);
        hasTurn = true;
        try
        {
            await base.BeginAsync(cancellation);
        }
        catch
        {
            EndTurn();
            throw;
        }
    }

    protected override ValueTask<DbTransaction> OpenTransactionAsync(CancellationToken cancellation) => new(new WriteTransaction(connection));

    protected override void Ended() => EndTurn();

    private void EndTurn()
    {
        if (!hasTurn)
            return;
        hasTurn = false;
        database.EndTurn();
    }

    public override async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        await cancelling.DisposeAsync();
        await RollbackAsync();
        database.Return(connection);
    }

    private int Execute(Statement statement, CancellationToken cancellation)
    {
        try
        {
            var begun = Begin(statement, cancellation);
            var count = begun.Run();
            for (; begun.Rest is { } rest; count += begun.Run())
                begun = connection.Prepare(new(rest, []));
            return count;
        }
        catch (SqliteException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private PreparedStatement Begin(Statement statement, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        cancellation.ThrowIfCancellationRequested();
        cancelling.Dispose();
        cancelling = connection.StopOn(cancellation);
        return connection.Prepare(statement);
    }
}
