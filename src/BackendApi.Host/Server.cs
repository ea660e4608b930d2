using System.Diagnostics;
using BackendApi.BackOffice;
using BackendApi.Endpoints;
using BackendApi.Endpoints.Asynchronous;
using BackendApi.Host.Commands;
using BackendApi.Host.Demo;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Resources.Audit;
using BackendApi.Resources.RunningSettings;
using BackendApi.Resources.Statistics;
using BackendApi.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackendApi.Host;

/// <summary>The server: settings, database, web server around the service that <see cref="BackendApiApplication"/> composes.</summary>
public static class Server
{
    /// <summary>How long requests under way may take after Ctrl+C.</summary>
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(30);
    /// <summary>A connection may stand still for a while before its rate counts.</summary>
    private static readonly TimeSpan SlowFor = TimeSpan.FromSeconds(5);
    /// <summary>What stands in a request line besides what the service reads: the method, and the path in front of the service.</summary>
    private const int RequestLineMargin = 4 * 1024;

    /// <summary>Serves until Ctrl+C. Returns the exit code.</summary>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        await using var app = Create(arguments, services => services.AddModule<AccessModule>().AddModule<AuditModule>().AddModule<StatisticsModule>().AddModule<SettingModule>().AddModule<JobModule>());
        try
        {
            await app.StartAsync();
            await app.Services.GetRequiredService<Startup>().Done;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return CommandLine.Fail($"{taken.Message} Choose another with --Urls=http://localhost:5081, or end the program that uses it.");
        }
        catch (Exception failure)
        {
            return CommandLine.Fail($"The service cannot start. {failure}");
        }
        Announcement.Print(Console.Out, app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The whole application, not started yet. It disposes its database.</summary>
    /// <param name="arguments">Settings as on the command line.</param>
    /// <exception cref="SettingsException">The settings cannot be used.</exception>
    /// <param name="add">Adds what a host brings of its own, such as <see cref="Resources.WriteHookServices">hooks</see>.</param>
    public static WebApplication Create(string[] arguments, Action<IServiceCollection>? add = null)
    {
        // A line that ends in a line feed alone is one line to some proxies and two to others: what could be smuggled so is refused (RFC 9112 section 11.2).
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var builder = CreateBuilder(arguments);
        var settings = Settings.Read(builder.Configuration);
        builder.Services.AddSingleton<DemoShop>();
        builder.Services.AddBackendApi(Databases.Open(settings.Database), settings, settings.DemoEnabled
            ? [provider => new StartStep("demo shop", provider.GetRequiredService<DemoShop>().SeedAsync)]
            : []);
        add?.Invoke(builder.Services);
        var logRules = new LogRules();
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(logRules);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainFor);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Long lists and expansions go past the 8 KB of the web server's default.
            kestrel.Limits.MaxRequestLineSize = settings.OData.MaxUrlCharacters + RequestLineMargin;
            kestrel.Limits.MaxRequestHeadersTotalSize = settings.Limits.MaxHeaderBytes;
            // What is longer than the address at hand takes is refused by whoever reads it.
            kestrel.Limits.MaxRequestBodySize = new[] { settings.OData.MaxBodyBytes, settings.OData.MaxBatchBytes, settings.OData.MaxStreamBytes, settings.DataExchange.MaxBodyBytes }.Max();
            var slowest = settings.Limits.MinBytesPerSecond > 0 ? new MinDataRate(settings.Limits.MinBytesPerSecond, SlowFor) : null;
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (slowest, slowest);
        });
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(logRules.Started);
        app.MapBackendApi();
        app.MapBackOffice();
        return app;
    }

    /// <summary>The settings as the server reads them, for commands.</summary>
    internal static IConfiguration Configure(string[] arguments) => CreateBuilder(arguments).Configuration;

    private static WebApplicationBuilder CreateBuilder(string[] arguments)
    {
        // Settings are read once: watching the files would only cost the start its time.
        // The framework's own switch for forwarded headers (ASPNETCORE_FORWARDEDHEADERS_ENABLED) believes whoever sends them: Service:TrustedProxies stands for it.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. arguments, "--ForwardedHeaders_Enabled=false"]);
        // The shipped defaults lie beside the program, wherever it is started from, and everything else wins over them.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json", Optional = true, ReloadOnChange = false,
        });
        return builder;
    }
}
