using BackendApi.Endpoints.Asynchronous;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Resources.Audit;
using BackendApi.Resources.RunningSettings;
using BackendApi.Spec.Modules;
using BackendApi.Spec.Writing;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Auditing;

/// <summary>The shop that can be written, with its audit log.</summary>
public abstract class AuditedShop(TestDatabase database) : WritableShop(database)
{
    protected override void Add(IServiceCollection services) => services.AddModule<AccessModule>().AddModule<AuditModule>().AddModule<SettingModule>().AddModule<JobModule>();
}

public sealed class SqliteAuditedShop() : AuditedShop(new SqliteTestDatabase());

public sealed class PostgreSqlAuditedShop() : AuditedShop(new PostgreSqlTestDatabase());

public sealed class SqlServerAuditedShop() : AuditedShop(new SqlServerTestDatabase());

/// <summary>The streams that can be written, with their audit log.</summary>
public abstract class AuditedStreams(TestDatabase database) : WritableStreams(database)
{
    protected override void Add(IServiceCollection services) => services.AddModule<AuditModule>();
}

public sealed class SqliteAuditedStreams() : AuditedStreams(new SqliteTestDatabase());

public sealed class PostgreSqlAuditedStreams() : AuditedStreams(new PostgreSqlTestDatabase());

public sealed class SqlServerAuditedStreams() : AuditedStreams(new SqlServerTestDatabase());

/// <summary>A module of somebody else, with the audit log of its service.</summary>
public abstract class AuditedLoyalty(TestDatabase database) : LoyaltyService(database)
{
    protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddModule<AuditModule>();
    }
}

public sealed class SqliteAuditedLoyalty() : AuditedLoyalty(new SqliteTestDatabase());

public sealed class PostgreSqlAuditedLoyalty() : AuditedLoyalty(new PostgreSqlTestDatabase());

public sealed class SqlServerAuditedLoyalty() : AuditedLoyalty(new SqlServerTestDatabase());
