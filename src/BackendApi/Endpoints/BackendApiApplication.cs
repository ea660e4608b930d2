using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BackendApi.Endpoints;

/// <summary>The one place that composes the service. A host adds it to its services, and maps it.</summary>
public static class BackendApiApplication
{
    /// <param name="database">Disposed together with the services.</param>
    public static IServiceCollection AddBackendApi(this IServiceCollection services, Database database, Settings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => database);
        services.AddSingleton(database.Dialect);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Admin);
        services.AddSingleton(settings.OData);
        services.AddSingleton<Observations>();

        services.AddSingleton<AccessStore>();
        services.AddSingleton(provider => new AccessDirectory(ReadAccessAsync(database, provider.GetRequiredService<AccessStore>()), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<PasswordThrottle>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<FirstAdministrator>();

        services.AddSingleton<Failures>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<RootEndpoint>();

        services.AddSingleton<Models>();
        services.AddSingleton(new ServiceRoot(settings.Service.PublicRoot));
        services.AddSingleton<NextLinkKey>();
        services.AddSingleton<ReadEndpoint>();
        services.AddSingleton<DataExchangeEndpoint>();

        services.AddSingleton(AccessTables.Area);
        services.AddSingleton<ProductTables>();

        // In this order.
        services.AddSingleton(provider => new StartStep("product tables", provider.GetRequiredService<ProductTables>().UpgradeAsync));
        services.AddSingleton(provider => new StartStep("first administrator", provider.GetRequiredService<FirstAdministrator>().EnsureAsync));
        services.AddSingleton(provider => new StartStep("next link key", provider.GetRequiredService<NextLinkKey>().LoadAsync));
        services.AddSingleton<Startup>();
        services.AddHostedService(provider => provider.GetRequiredService<Startup>());
        return services;
    }

    public static WebApplication MapBackendApi(this WebApplication app)
    {
        var services = app.Services;
        if (services.GetRequiredService<Settings>().Service.TrustedProxies is { Count: > 0 } proxies)
            app.UseForwardedHeaders(Trusting(proxies));
        Use(app, services.GetRequiredService<Failures>().InvokeAsync);
        Use(app, services.GetRequiredService<Startup>().InvokeAsync);
        Use(app, Compression.InvokeAsync);
        app.UseRouting();

        var health = services.GetRequiredService<HealthEndpoints>();
        app.MapGet("/health/live", HealthEndpoints.LiveAsync);
        app.MapGet("/health/ready", health.ReadyAsync);
        app.MapPost("/token", services.GetRequiredService<TokenEndpoint>().PostAsync);
        app.MapMethods(ServiceRoot.Path + "/{**path}", [HttpMethods.Get, HttpMethods.Head], services.GetRequiredService<ReadEndpoint>().GetAsync);
        var dataExchange = services.GetRequiredService<DataExchangeEndpoint>();
        app.MapMethods(DataExchangeEndpoint.Path + "/{**path}", [HttpMethods.Get, HttpMethods.Head], dataExchange.GetAsync);
        app.MapMethods(DataExchangeEndpoint.Path + "/{**path}", [HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete], dataExchange.WriteAsync);
        app.MapGet("/", services.GetRequiredService<RootEndpoint>().GetAsync);
        return app;
    }

    private static Func<Task<AccessSnapshot>> ReadAccessAsync(Database database, AccessStore store) => async () =>
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        return await store.ReadAsync(session, CancellationToken.None);
    };

    private static void Use(WebApplication app, Func<HttpContext, RequestDelegate, Task> stage) =>
        app.Use(next => context => stage(context, next));

    private static ForwardedHeadersOptions Trusting(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        // As many hops as there are trusted proxies in a row; the framework's own trust in loopback is taken back.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies)
            options.KnownIPNetworks.Add(network);
        return options;
    }
}
