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
        ("Sqlite", text => new SqliteDatabase(text)),
        ("PostgreSql", text => new PostgreSqlDatabase(text)),
        ("SqlServer", text => new SqlServerDatabase(text)),
    ];

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
