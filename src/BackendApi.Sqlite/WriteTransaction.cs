using System.Data;
using System.Data.Common;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>A transaction that takes the write lock at once. Its statements stay prepared with the connection: the driver's own transaction prepares three of them each time.</summary>
internal sealed class WriteTransaction : DbTransaction
{
    private readonly PooledConnection connection;
    private bool isOver;

    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Other writers took too long.</exception>
    public WriteTransaction(PooledConnection connection)
    {
        this.connection = connection;
        Run("BEGIN IMMEDIATE");
    }

    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;
    public override bool SupportsSavepoints => true;
    protected override DbConnection DbConnection => connection.Connection;

    public override void Commit()
    {
        Run("COMMIT");
        isOver = true;
    }

    public override void Rollback()
    {
        if (isOver)
            return;
        isOver = true;
        // Some failures have rolled back by themselves.
        if (raw.sqlite3_get_autocommit(connection.Connection.Handle) == 0)
            Run("ROLLBACK");
    }

    public override void Save(string savepointName) => Run($"SAVEPOINT \"{savepointName}\"");

    public override void Release(string savepointName) => Run($"RELEASE \"{savepointName}\"");

    public override void Rollback(string savepointName) => Run($"ROLLBACK TO \"{savepointName}\"");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Rollback();
        base.Dispose(disposing);
    }

    private void Run(string text) => connection.Prepare(new(text, [])).Run();
}
