using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Endpoints;
using BackendApi.Host;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Testing;

/// <summary>
/// The whole application in this process, on a port of its own at the loopback interface, over a database that the test gives. It stands ready
/// when <see cref="StartAsync"/> returns.
/// </summary>
public sealed class BackendApiHost : IAsyncDisposable
{
    public const string AdminUserName = "admin";
    public const string AdminPassword = "test password of the administrator";

    private readonly WebApplication app;
    private readonly SecretWatch watch;

    private BackendApiHost(WebApplication app, SecretWatch watch, string apiKey, string readingKey)
    {
        this.watch = watch;
        this.app = app;
        ApiKey = apiKey;
        ReadingKey = readingKey;
        Root = new(app.Urls.Single().TrimEnd('/') + "/");
        Client = NewClient();
        Client.DefaultRequestHeaders.Add(Authenticator.ApiKeyHeader, apiKey);
        Anonymous = NewClient();
    }

    /// <summary><c>http://127.0.0.1:port/</c>; the OData service is at <c>odata/</c> below it.</summary>
    public Uri Root { get; }

    /// <summary>A key that this host made for its tests.</summary>
    public string ApiKey { get; }

    /// <summary>Another one, which can only read: it may stand in a URL.</summary>
    public string ReadingKey { get; }

    /// <summary>Sends <see cref="ApiKey"/> with every request. Redirects nothing, decompresses nothing.</summary>
    public HttpClient Client { get; }

    /// <summary>Sends no credentials.</summary>
    public HttpClient Anonymous { get; }

    public IServiceProvider Services => app.Services;
    public Observations Observations => Services.GetRequiredService<Observations>();

    /// <param name="settings">Further settings, as on the command line: <c>--OData:MaxPageSize=10</c>. They win over those of the tests.</param>
    public static Task<BackendApiHost> StartAsync(TestDatabase database, params string[] settings) => StartAsync(database, _ => { }, settings);

    /// <param name="add">What a host adds of its own.</param>
    public static async Task<BackendApiHost> StartAsync(TestDatabase database, Action<IServiceCollection> add, params string[] settings)
    {
        var watch = new SecretWatch();
        var app = Server.Create(
        [
            "--Urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None",
            $"--Database:Provider={database.Provider}", $"--Database:ConnectionString={database.ConnectionString}", "--Demo:Enabled=false",
            $"--Admin:UserName={AdminUserName}", $"--Admin:Password={AdminPassword}", "--Access:Basic=true",
            .. settings,
        ], services =>
        {
            watch.AddTo(services);
            add(services);
        });
        try
        {
            await app.StartAsync();
            await app.Services.GetRequiredService<Startup>().Done;
            return new(app, watch, await CreateApiKeyAsync(app.Services, $"test {Guid.NewGuid():N}"), await CreateApiKeyAsync(app.Services, $"test {Guid.NewGuid():N}", "*:read"));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another key of that name.</summary>
    public Task<string> CreateApiKeyAsync(string name) => CreateApiKeyAsync(Services, name);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        try
        {
            await watch.CheckAsync(app.Services);
        }
        finally
        {
            await app.DisposeAsync();
            watch.Dispose();
        }
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Root };

    private static async Task<string> CreateApiKeyAsync(IServiceProvider services, string name, string scope = "*:*")
    {
        await using var session = await services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        return await services.GetRequiredService<ApiKeyStore>().CreateAsync(session, new(name) { Roles = [AccessTables.Administrators], Scopes = Scopes.Parse(scope, out _)! }, Caller.System, CancellationToken.None);
    }
}
