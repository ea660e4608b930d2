using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.SqlServer;
using BackendApi.Support;

namespace BackendApi.Host;

/// <summary>The databases that the host knows, by the value of <c>Database:Provider</c>.</summary>
internal static class Databases
{
    private static readonly (string Provider, Func<string, Database> Open)[] Known =
    [
        ("Sqlite", OpenSqlite),
        ("PostgreSql", text => new PostgreSqlDatabase(text)),
        ("SqlServer", text => new SqlServerDatabase(text)),
    ];

    /// <summary>
    /// SQLite's driver works on the calling thread. A thread pool of two that is busy so makes everything else wait for the half second after which
    /// it adds a thread: one more set beside 1,000, with 50 requests a second on two cores, was visible after 900 ms, and after 260 ms with these.
    /// </summary>
    private const int ThreadsForSqlite = 32;

    /// <exception cref="SettingsException">There is no such provider, or it does not understand the connection string.</exception>
    public static Database Open(DatabaseSettings settings)
    {
        foreach (var (provider, open) in Known)
            if (provider.Equals(settings.Provider, StringComparison.OrdinalIgnoreCase))
                return provider != DatabaseSettings.EmbeddedProvider && settings.ConnectionString == DatabaseSettings.EmbeddedConnectionString
                    ? throw new SettingsException([$"{Settings.DatabaseConnectionString.Key}: {provider} needs one, there is no default for it."])
                    : Open(open, settings.ConnectionString);
        throw new SettingsException([$"{Settings.DatabaseProvider.Key}={settings.Provider}: one of {string.Join(", ", Known.Select(each => each.Provider))} is expected."]);
    }

    private static SqliteDatabase OpenSqlite(string connectionString)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsForSqlite), completions);
        return new(connectionString);
    }

    private static Database Open(Func<string, Database> open, string connectionString)
    {
        try
        {
            return open(connectionString);
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            throw new SettingsException([$"{Settings.DatabaseConnectionString.Key}: {refused.Message}"]);
        }
    }
}
