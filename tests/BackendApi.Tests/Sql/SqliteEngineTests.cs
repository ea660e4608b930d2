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
        var copy = new Copy();
        var versions = copy.LoadFromAssemblyPath(typeof(SqliteEngineTests).Assembly.Location).GetType(typeof(SqliteEngineTests).FullName!)!
            .GetMethod(nameof(VersionsAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

        var (driver, database) = await (Task<(string, string)>)versions.Invoke(null, null)!;

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

    private sealed class Copy() : AssemblyLoadContext(name: null)
    {
        private readonly AssemblyDependencyResolver _files = new(typeof(Copy).Assembly.Location);

        protected override Assembly? Load(AssemblyName assemblyName) => _files.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _files.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
