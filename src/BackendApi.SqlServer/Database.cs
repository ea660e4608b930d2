using System.Data;
using System.Data.Common;
using BackendApi.Sql;
using Microsoft.Data.SqlClient;

namespace BackendApi.SqlServer;

/// <summary>A SQL Server database, 2017 or later, or Azure SQL. The driver pools connections and the server caches plans by text.</summary>
public sealed class SqlServerDatabase(string connectionString) : Database
{
    public override Dialect Dialect => SqlServerDialect.Instance;

    public override async ValueTask<Session> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return new SqlServerSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        using var pooled = new SqlConnection(connectionString);
        SqlConnection.ClearPool(pooled);
        return ValueTask.CompletedTask;
    }
}

internal sealed class SqlServerSession(SqlConnection connection) : Session
{
    private SqlCommand? command;
    private CancellationTokenRegistration cancelling;

    public override DbConnection Connection => connection;

    public override async ValueTask<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellation, CommandBehavior behavior = CommandBehavior.Default)
    {
        var begun = Begin(statement, cancellation);
        var reader = await begun.ExecuteReaderAsync(behavior, cancellation);
        // The driver reads an abandoned result to its end when the reader is disposed; a statement that is stopped has no rest to read.
        cancelling = cancellation.UnsafeRegister(static command => ((SqlCommand)command!).Cancel(), begun);
        return reader;
    }

    protected override async ValueTask<int> SendAsync(Statement statement, CancellationToken cancellation) =>
        statement.Text.EndsWith(Changes.CountText, StringComparison.Ordinal)
            ? (int)(await Begin(statement, cancellation).ExecuteScalarAsync(cancellation))!
            : await Begin(statement, cancellation).ExecuteNonQueryAsync(cancellation);

    public override async ValueTask DisposeAsync()
    {
        await cancelling.DisposeAsync();
        command?.Dispose();
        await RollbackAsync();
        await connection.DisposeAsync();
    }

    private SqlCommand Begin(Statement statement, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        cancelling.Dispose();
        command?.Dispose();
        command = connection.CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = (SqlTransaction?)Transaction;
        for (var i = 0; i < statement.Parameters.Count; i++)
            command.Parameters.Add(Types.Parameter(i, statement.Parameters[i]));
        return command;
    }
}
