using Xunit;

namespace BackendApi.Testing;

/// <summary>A database and the application over it, for all tests of a class. A subclass makes tables and definitions first, or adds settings.</summary>
public class HostFixture<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private BackendApiHost? host;

    public TDatabase Database { get; } = new();

    public BackendApiHost Host => host ?? throw new InvalidOperationException("The fixture is not initialized.");

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        // Without its database the tests of the class are skipped.
        if (Database.ConnectionString.Length == 0)
            return;
        await PrepareAsync();
        if (Definitions is null)
        {
            host = await BackendApiHost.StartAsync(Database, Settings);
            return;
        }
        var file = Path.GetTempFileName() + ".json";
        await File.WriteAllTextAsync(file, Definitions);
        host = await BackendApiHost.StartAsync(Database, [.. Settings, $"--DataExchange:ConfigurationFiles={file}"]);
        File.Delete(file);
    }

    public virtual async Task DisposeAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>As on the command line.</summary>
    protected virtual string[] Settings => [];

    /// <summary>Configuration documents as JSON, which are published from a file at start.</summary>
    protected virtual string? Definitions => null;

    /// <summary>Runs before the application starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
