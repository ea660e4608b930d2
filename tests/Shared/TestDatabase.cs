using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using Xunit;

namespace BackendApi.Testing;

/// <summary>
/// An empty database of its own for the tests of one class: use a subclass as <c>IClassFixture</c>. It is gone when they are done.
/// </summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private Database? database;

    /// <summary>The value of <c>Database:Provider</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The value of <c>Database:ConnectionString</c>.</summary>
    public string ConnectionString { get; private set; } = "";

    public Database Database => database ?? throw new InvalidOperationException("The fixture is not initialized.");

    public async Task InitializeAsync()
    {
        if (Unavailable is not null)
            return;
        ConnectionString = await CreateAsync();
        database = Open(ConnectionString);
    }

    public async Task DisposeAsync()
    {
        if (database is null)
            return;
        await database.DisposeAsync();
        await DropAsync(ConnectionString);
    }

    /// <summary>Runs statements that yield nothing, such as the DDL of a test's tables.</summary>
    public async Task RunAsync(params string[] statements)
    {
        await using var session = await Database.OpenAsync(CancellationToken.None);
        foreach (var statement in statements)
        {
            await using var command = session.Connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    protected abstract string? Unavailable { get; }
    protected abstract Task<string> CreateAsync();
    protected abstract Task DropAsync(string connectionString);
    protected abstract Database Open(string connectionString);
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"backend-api-sqlite-{Guid.NewGuid():N}");

    public override string Provider => "Sqlite";
    protected override string? Unavailable => null;
    protected override Task<string> CreateAsync() => Task.FromResult($"Data Source={Path.Combine(folder, "test.db")}");
    protected override Database Open(string connectionString) => new SqliteDatabase(connectionString);

    protected override Task DropAsync(string connectionString)
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}

public sealed class PostgreSqlTestDatabase : TestDatabase
{
    public override string Provider => "PostgreSql";
    protected override string? Unavailable => PrivatePostgreSql.Unavailable;
    protected override Task<string> CreateAsync() => PrivatePostgreSql.Instance.CreateDatabaseAsync();
    protected override Task DropAsync(string connectionString) => PrivatePostgreSql.Instance.DropDatabaseAsync(connectionString);
    protected override Database Open(string connectionString) => new PostgreSqlDatabase(connectionString);
}
