using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Limits;
using BackendApi.Access.Rights;
using BackendApi.Access.Sessions;
using BackendApi.Access.Statistics;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Endpoints.Asynchronous;
using BackendApi.Endpoints.Batch;
using BackendApi.Endpoints.Edge;
using BackendApi.Endpoints.Repeatability;
using BackendApi.Endpoints.Sessions;
using BackendApi.Endpoints.Tokens;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Resources;
using BackendApi.Resources.RunningSettings;
using BackendApi.Resources.Configurations;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BackendApi.Endpoints;

/// <summary>The one place that composes the service. A host adds it to its services, and maps it.</summary>
public static class BackendApiApplication
{
    /// <param name="database">Disposed together with the services.</param>
    /// <param name="seed">What else is to be there before the configuration files are applied.</param>
    public static IServiceCollection AddBackendApi(
        this IServiceCollection services, Database database, Settings settings, params IReadOnlyList<Func<IServiceProvider, StartStep>> seed)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => database);
        services.AddSingleton(database.Dialect);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Admin);
        services.AddSingleton(settings.DataExchange);
        services.AddSingleton(settings.OData);
        services.AddSingleton(settings.Access);
        services.AddSingleton(settings.Audit);
        services.AddSingleton(settings.Statistics);
        services.AddSingleton<Observations>();

        services.AddSingleton<AccessStore>();
        services.AddSingleton<Pepper>();
        services.AddSingleton<IPasswordHasher<UserEntry>, UserPasswordHasher>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<FamiliarAddresses>();
        services.AddSingleton<RoleStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ClientStore>();
        services.AddSingleton<GrantStore>();
        services.AddSingleton<SignInEntries>();
        services.AddSingleton<ISignInRecord, StoredSignIns>();
        services.AddSingleton<ApiKeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>());
        services.AddHostedService<GrantRetention>();
        services.AddSingleton<OutsideTokens>();
        services.AddSingleton(provider => new AccessDirectory(
            ReadAccessAsync(database, provider.GetRequiredService<AccessStore>(), provider.GetRequiredService<Pepper>(), provider.GetRequiredService<ApiKeyUses>()),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<PasswordThrottle>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton(new CurrentLimits(settings.Limits));
        services.AddSingleton<CallerUses>();
        services.AddSingleton<AnonymousRates>();
        services.AddSingleton<Turnstile>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Deadlines>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<Auditing>();
        services.AddSingleton<FirstAdministrator>();

        services.AddSingleton(settings.Service);
        services.AddSingleton(settings.Https);
        services.AddSingleton(settings.Cors);
        services.AddSingleton(new HostNames(settings.Service.AllowedHosts));
        services.AddSingleton<HttpsOnly>();
        services.AddSingleton<CrossSite>();
        services.AddSingleton<EdgeStage>();
        services.AddCors();
        services.AddSingleton<RequestStatistics>();
        services.AddSingleton<Failures>();
        services.AddSingleton<ClientAuthentication>();
        services.AddSingleton<PasswordGrant>();
        services.AddSingleton<TokenRates>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<OutsideSignIns>();
        services.AddSingleton<SessionEndpoint>();
        services.AddSingleton<ProviderEndpoint>();
        services.AddSingleton<RevocationEndpoint>();
        services.AddSingleton<IntrospectionEndpoint>();
        services.AddSingleton<AuthorizationServerMetadata>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<OpenApiEndpoint>();

        services.AddSingleton<Models>();
        services.AddSingleton<DefinitionStore>();
        services.AddSingleton(provider => new CompiledModules(provider.GetServices<CompiledModule>()));
        services.AddSingleton<Publisher>();
        services.AddSingleton<ConfigurationFiles>();
        services.AddModule<ConfigurationModule>();
        services.AddSingleton(new ServiceRoot(settings.Service.PublicRoot));
        services.AddSingleton<NextLinkKey>();
        services.AddSingleton<ETagKey>();
        services.AddSingleton<ReadEndpoint>();
        services.AddSingleton<WriteHooks>();
        services.AddSingleton<WriteEndpoint>();
        services.AddSingleton<EntityRequests>();
        services.AddSingleton<SeriesWrites>();
        services.AddSingleton<BatchEndpoint>();
        services.AddSingleton<DataExchangeEndpoint>();
        services.AddSingleton<RepeatableRequests>();
        services.AddSingleton<KeptResponses>();
        services.AddSingleton<AsynchronousRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<AsynchronousRequests>());
        services.AddSingleton<StatusMonitor>();

        services.AddSingleton(AccessTables.Area);
        services.AddSingleton(AuditTables.Area);
        services.AddSingleton(RepeatableTables.Area);
        services.AddSingleton(ChangeTables.Area);
        services.AddSingleton(ResponseTables.Area);
        services.AddSingleton(SettingTables.Area);
        services.AddSingleton(StoreTables.Area);
        services.AddSingleton(StatisticsTables.Area);
        services.AddSingleton<ProductTables>();

        // In this order.
        services.AddSingleton(provider => new StartStep("product tables", provider.GetRequiredService<ProductTables>().UpgradeAsync));
        services.AddSingleton(provider => new StartStep("changed settings", provider.GetRequiredService<SettingStore>().FollowAsync));
        services.AddSingleton(provider => new StartStep("first administrator", provider.GetRequiredService<FirstAdministrator>().EnsureAsync));
        services.AddSingleton(provider => new StartStep("next link key", provider.GetRequiredService<NextLinkKey>().LoadAsync));
        services.AddSingleton(provider => new StartStep("ETag key", provider.GetRequiredService<ETagKey>().LoadAsync));
        services.AddSingleton(provider => new StartStep("definitions", provider.GetRequiredService<Publisher>().LoadAsync));
        foreach (var step in seed)
            services.AddSingleton(step);
        services.AddSingleton(provider => new StartStep("configuration files", provider.GetRequiredService<ConfigurationFiles>().ApplyAsync));
        services.AddSingleton<Startup>();
        services.AddHostedService(provider => provider.GetRequiredService<Startup>());
        services.AddHostedService<ChangeFeed>();
        services.AddSingleton<SettingStore>();
        services.AddHostedService<SettingFeed>();
        services.AddSingleton<AuditRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditRetention>());
        services.AddSingleton<StatisticsWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<StatisticsWriter>());
        services.AddSingleton<StatisticsRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<StatisticsRetention>());
        services.AddSingleton<ChangeRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeRetention>());
        return services;
    }

    public static WebApplication MapBackendApi(this WebApplication app)
    {
        var services = app.Services;
        var settings = services.GetRequiredService<Settings>();
        if (settings.Service.TrustedProxies is { Count: > 0 } proxies)
            app.UseForwardedHeaders(Forwarding.Trusting(proxies));
        Use(app, services.GetRequiredService<Failures>().InvokeAsync);
        Use(app, services.GetRequiredService<Deadlines>().InvokeAsync);
        Use(app, services.GetRequiredService<EdgeStage>().InvokeAsync);
        // A preflight carries no credentials, and is answered before anybody asks for them.
        if (CrossSite.PolicyOf(settings.Cors) is { } policy)
            app.UseMiddleware<CorsMiddleware>(policy);
        Use(app, services.GetRequiredService<Startup>().InvokeAsync);
        Use(app, services.GetRequiredService<AsynchronousRequests>().InvokeAsync);
        Use(app, Compression.InvokeAsync);
        app.UseRouting();

        var health = services.GetRequiredService<HealthEndpoints>();
        app.MapGet("/health/live", HealthEndpoints.LiveAsync);
        app.MapGet("/health/ready", health.ReadyAsync);
        var rates = services.GetRequiredService<TokenRates>();
        app.MapPost("/token", rates.Before(services.GetRequiredService<TokenEndpoint>().PostAsync));
        app.MapPost("/token/revoke", rates.Before(services.GetRequiredService<RevocationEndpoint>().PostAsync));
        app.MapPost("/token/introspect", rates.Before(services.GetRequiredService<IntrospectionEndpoint>().PostAsync));
        var session = services.GetRequiredService<SessionEndpoint>();
        app.MapPost(SessionEndpoint.Path, rates.Before(session.PostAsync));
        app.MapGet(SessionEndpoint.Path, session.GetAsync);
        app.MapDelete(SessionEndpoint.Path, session.DeleteAsync);
        var providers = services.GetRequiredService<ProviderEndpoint>();
        app.MapGet(ProviderEndpoint.Path, providers.ListAsync);
        app.MapGet(ProviderEndpoint.Path + "/{name}", rates.Before(providers.BeginAsync));
        app.MapGet(ProviderEndpoint.CallbackPath, rates.Before(providers.EndAsync));
        app.MapGet(AuthorizationServerMetadata.Path, services.GetRequiredService<AuthorizationServerMetadata>().GetAsync);
        var monitor = services.GetRequiredService<StatusMonitor>();
        app.MapGet($"{ServiceRoot.Path}/{StatusMonitor.Segment}/{{id}}", monitor.GetAsync);
        app.MapDelete($"{ServiceRoot.Path}/{StatusMonitor.Segment}/{{id}}", monitor.DeleteAsync);
        app.MapPost($"{ServiceRoot.Path}/{BatchEndpoint.Segment}", services.GetRequiredService<BatchEndpoint>().PostAsync);
        app.MapMethods(ServiceRoot.Path + "/{**path}", EntityRequests.Methods, services.GetRequiredService<EntityRequests>().InvokeAsync);
        var dataExchange = services.GetRequiredService<DataExchangeEndpoint>();
        app.MapMethods(DataExchangeEndpoint.Path + "/{**path}", [HttpMethods.Get, HttpMethods.Head], dataExchange.GetAsync);
        app.MapMethods(DataExchangeEndpoint.Path + "/{**path}", [HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete], dataExchange.WriteAsync);
        app.MapMethods(OpenApiEndpoint.Path, [HttpMethods.Get, HttpMethods.Head], services.GetRequiredService<OpenApiEndpoint>().GetAsync);
        return app;
    }

    private static Func<AccessSnapshot?, Task<AccessSnapshot>> ReadAccessAsync(Database database, AccessStore store, Pepper pepper, ApiKeyUses uses) => async known =>
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        return await store.ReadAsync(session, known, pepper, uses, CancellationToken.None);
    };

    private static void Use(WebApplication app, Func<HttpContext, RequestDelegate, Task> stage) =>
        app.Use(next => context => stage(context, next));
}
