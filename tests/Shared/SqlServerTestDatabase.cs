using BackendApi.Sql;
using BackendApi.SqlServer;
using Microsoft.Data.SqlClient;

namespace BackendApi.Testing;

/// <summary>On the server that <c>BACKENDAPI_TEST_SQLSERVER</c> names, as a user who may create databases.</summary>
public sealed class SqlServerTestDatabase : TestDatabase
{
    private static string? Server => Environment.GetEnvironmentVariable("BACKENDAPI_TEST_SQLSERVER") is { Length: > 0 } server ? server : null;

    /// <summary>Why tests that need SQL Server cannot run here; null when they can.</summary>
    public static string? Missing => Server is null ? "Set BACKENDAPI_TEST_SQLSERVER to run this on SQL Server." : null;

    public override string Provider => "SqlServer";
    protected override string? Unavailable => Missing;
    protected override Database Open(string connectionString) => new SqlServerDatabase(connectionString);

    protected override async Task<string> CreateAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await RunOnServerAsync($"CREATE DATABASE [{name}]");
        return new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString;
    }

    protected override async Task DropAsync(string connectionString)
    {
        var name = new SqlConnectionStringBuilder(connectionString).InitialCatalog;
        await RunOnServerAsync($"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
    }

    private static async Task RunOnServerAsync(string sql)
    {
        await using var connection = new SqlConnection(Server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
