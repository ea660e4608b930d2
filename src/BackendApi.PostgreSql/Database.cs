using System.Data;
using System.Data.Common;
using BackendApi.Sql;
using Npgsql;

namespace BackendApi.PostgreSql;

/// <summary>
/// A PostgreSQL database, version 12 or later, or what speaks its protocol. Statements that come again are prepared by the driver; the session's time zone is UTC,
/// so that timestamps without one compare as UTC. What the connection string says itself stays as it says.
/// </summary>
public sealed class PostgreSqlDatabase : Database
{
    private readonly NpgsqlDataSource source;

    public PostgreSqlDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetDefault("Max Auto Prepare", 256);
        SetDefault("Auto Prepare Min Usages", 2);
        // Sessions leave no state behind: no SET, no temporary table, no open transaction. DISCARD ALL would cost a round trip each.
        SetDefault("No Reset On Close", true);
        settings.Timezone = "UTC";
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();

        void SetDefault(string key, object value)
        {
            if (!settings.ShouldSerialize(key))
                settings[key] = value;
        }
    }

    public override Dialect Dialect => PostgreSqlDialect.Instance;

    public override ValueTask<Session> OpenAsync(CancellationToken cancellation)
    {
        var opening = source.OpenConnectionAsync(cancellation);
        return opening.IsCompletedSuccessfully ? new(new PostgreSqlSession(opening.Result)) : Opened(opening);

        static async ValueTask<Session> Opened(ValueTask<NpgsqlConnection> opening) => new PostgreSqlSession(await opening);
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}

internal sealed class PostgreSqlSession(NpgsqlConnection connection) : Session
{
    private NpgsqlCommand? command;
    private CancellationTokenRegistration cancelling;

    public override DbConnection Connection => connection;

    public override async ValueTask<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellation, CommandBehavior behavior = CommandBehavior.Default)
    {
        var begun = Begin(statement, cancellation);
        NpgsqlDataReader reader;
        try
        {
            reader = await begun.ExecuteReaderAsync(behavior, cancellation);
        }
        catch (PostgresException exception) when (Transaction is null && IsStalePlan(exception))
        {
            // Somebody altered a table under a prepared statement. The server keeps refusing it until it is prepared anew.
            connection.UnprepareAll();
            reader = await begun.ExecuteReaderAsync(behavior, cancellation);
        }
        // The driver reads an abandoned result to its end when the reader is disposed; a statement that is stopped has no rest to read.
        cancelling = cancellation.UnsafeRegister(static command => ((NpgsqlCommand)command!).Cancel(), begun);
        return reader;
    }

    protected override async ValueTask<int> SendAsync(Statement statement, CancellationToken cancellation) =>
        await Begin(statement, cancellation).ExecuteNonQueryAsync(cancellation);

    public override async ValueTask DisposeAsync()
    {
        await cancelling.DisposeAsync();
        command?.Dispose();
        await RollbackAsync();
        await connection.DisposeAsync();
    }

    /// <summary>"Cached plan must not change result type", which has no code of its own; the routine's name is in no language.</summary>
    private static bool IsStalePlan(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" };

    private NpgsqlCommand Begin(Statement statement, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        cancelling.Dispose();
        if (command is null)
        {
            command = connection.CreateCommand();
        }
        else
        {
            command.Parameters.Clear();
        }
        command.CommandText = statement.Text;
        for (var i = 0; i < statement.Parameters.Count; i++)
            command.Parameters.Add(Types.Parameter(statement.Parameters[i]));
        return command;
    }
}
