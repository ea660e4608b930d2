using System.Reflection;
using System.Runtime.Loader;
using BackendApi.Sqlite;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace BackendApi.Tests.Sql;

/// <summary>Which SQLite library runs is settled once in a process, so this goes on in a copy of all assemblies that has not begun yet.</summary>
public sealed class SqliteEngineTests
{
    /// <summary>A module, or the program around the service, may have its own use for the driver. Two libraries that take each other's handles end the process.</summary>
    [Fact]
    public async Task A_connection_that_was_made_before_the_first_database_settles_the_library_for_both()
    {
        var (driver, database) = await InCopyAsync<(string, string)>(nameof(VersionsAsync));

        database.Should().Be(driver);
    }

    private static async Task<(string Driver, string Database)> VersionsAsync()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var database = new SqliteDatabase("Data Source=:memory:");
        await using var session = await database.OpenAsync(default);
        await using var reader = await session.ReadAsync(new("SELECT sqlite_version()", []), default);
        await reader.ReadAsync();
        return (connection.ServerVersion, reader.GetString(0));
    }

    /// <summary>Where the machine has none of its own, as many containers have not, the driver's library runs, which is older than most.</summary>
    [Fact]
    public async Task The_library_of_the_driver_tells_about_how_many_rows_tables_have()
    {
        var rows = await InCopyAsync<string>(nameof(EstimatesAsync));

        rows.Should().Be("plain: 2");
    }

    private static async Task<string> EstimatesAsync()
    {
        await using var first = new SqliteConnection("Data Source=:memory:");
        await first.OpenAsync();
        await using var database = new SqliteDatabase("Data Source=:memory:");
        await using var session = await database.OpenAsync(default);
        await using var command = session.Connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
            INSERT INTO plain VALUES (1, 'a'), (2, 'b');
            CREATE TABLE keyed (id TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE VIRTUAL TABLE box USING rtree (id, low, high);
            """;
        await command.ExecuteNonQueryAsync();
        var estimates = await database.Dialect.Catalog.EstimateRowsAsync(session.Connection, default);
        return string.Join(", ", estimates.Where(table => !table.Key.Name.StartsWith("box_", StringComparison.Ordinal)).Select(table => $"{table.Key.Name}: {table.Value}"));
    }

    private static Task<T> InCopyAsync<T>(string method) =>
        (Task<T>)new Copy().LoadFromAssemblyPath(typeof(SqliteEngineTests).Assembly.Location).GetType(typeof(SqliteEngineTests).FullName!)!
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null)!;

    private sealed class Copy() : AssemblyLoadContext(name: null)
    {
        private readonly AssemblyDependencyResolver _files = new(typeof(Copy).Assembly.Location);

        protected override Assembly? Load(AssemblyName assemblyName) => _files.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _files.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
