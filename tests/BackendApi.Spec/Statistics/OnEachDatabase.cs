using BackendApi.Resources;
using BackendApi.Resources.Statistics;
using BackendApi.Spec.Writing;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Statistics;

/// <summary>The shop that can be written, with the statistics of its requests.</summary>
public abstract class CountedShop(TestDatabase database) : WritableShop(database)
{
    protected override void Add(IServiceCollection services) => services.AddModule<StatisticsModule>();
}

public sealed class SqliteCountedShop() : CountedShop(new SqliteTestDatabase());

public sealed class PostgreSqlCountedShop() : CountedShop(new PostgreSqlTestDatabase());

public sealed class SqlServerCountedShop() : CountedShop(new SqlServerTestDatabase());

public sealed class StatisticsOnSqlite(SqliteCountedShop shop) : StatisticsCases(shop), IClassFixture<SqliteCountedShop>;

[Needs("PostgreSql")]
public sealed class StatisticsOnPostgreSql(PostgreSqlCountedShop shop) : StatisticsCases(shop), IClassFixture<PostgreSqlCountedShop>;

[Needs("SqlServer")]
public sealed class StatisticsOnSqlServer(SqlServerCountedShop shop) : StatisticsCases(shop), IClassFixture<SqlServerCountedShop>;
