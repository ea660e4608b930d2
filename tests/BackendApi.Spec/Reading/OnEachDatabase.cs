using BackendApi.Spec.Shop;
using BackendApi.Testing;

namespace BackendApi.Spec.Reading;

public sealed class FilterOnSqlite(SqliteShop shop) : FilterCases(shop), IClassFixture<SqliteShop>;
public sealed class ReadingOnSqlite(SqliteShop shop) : ReadingCases(shop), IClassFixture<SqliteShop>;
public sealed class ExpandOnSqlite(SqliteShop shop) : ExpandCases(shop), IClassFixture<SqliteShop>;
public sealed class SearchOnSqlite(SqliteShop shop) : SearchCases(shop), IClassFixture<SqliteShop>;
public sealed class AddressingOnSqlite(SqliteShop shop) : AddressingCases(shop), IClassFixture<SqliteShop>;
public sealed class PagingOnSqlite(SqliteShop shop) : PagingCases(shop), IClassFixture<SqliteShop>;
public sealed class RefusalOnSqlite(SqliteShop shop) : RefusalCases(shop), IClassFixture<SqliteShop>;

public sealed class ApplyOnSqlite(SqliteShop shop) : ApplyCases(shop), IClassFixture<SqliteShop>;
public sealed class ApplyToGroupsOnSqlite(SqliteShop shop) : ApplyToGroupsCases(shop), IClassFixture<SqliteShop>;
public sealed class ApplyInExpandOnSqlite(SqliteShop shop) : ApplyInExpandCases(shop), IClassFixture<SqliteShop>;
public sealed class ApplyToEntitiesOnSqlite(SqliteShop shop) : ApplyToEntitiesCases(shop), IClassFixture<SqliteShop>;
public sealed class ComputeOnSqlite(SqliteShop shop) : ComputeCases(shop), IClassFixture<SqliteShop>;

public sealed class WalkthroughOnSqlite(SqliteShop shop) : WalkthroughCases(shop), IClassFixture<SqliteShop>;

[Needs("PostgreSql")]
public sealed class FilterOnPostgreSql(PostgreSqlShop shop) : FilterCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class ReadingOnPostgreSql(PostgreSqlShop shop) : ReadingCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class ExpandOnPostgreSql(PostgreSqlShop shop) : ExpandCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class SearchOnPostgreSql(PostgreSqlShop shop) : SearchCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class AddressingOnPostgreSql(PostgreSqlShop shop) : AddressingCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class PagingOnPostgreSql(PostgreSqlShop shop) : PagingCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class RefusalOnPostgreSql(PostgreSqlShop shop) : RefusalCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class ApplyOnPostgreSql(PostgreSqlShop shop) : ApplyCases(shop), IClassFixture<PostgreSqlShop>;
[Needs("PostgreSql")]
public sealed class ApplyToGroupsOnPostgreSql(PostgreSqlShop shop) : ApplyToGroupsCases(shop), IClassFixture<PostgreSqlShop>;
[Needs("PostgreSql")]
public sealed class ApplyInExpandOnPostgreSql(PostgreSqlShop shop) : ApplyInExpandCases(shop), IClassFixture<PostgreSqlShop>;
[Needs("PostgreSql")]
public sealed class ApplyToEntitiesOnPostgreSql(PostgreSqlShop shop) : ApplyToEntitiesCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class ComputeOnPostgreSql(PostgreSqlShop shop) : ComputeCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class WalkthroughOnPostgreSql(PostgreSqlShop shop) : WalkthroughCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("SqlServer")]
public sealed class FilterOnSqlServer(SqlServerShop shop) : FilterCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class ReadingOnSqlServer(SqlServerShop shop) : ReadingCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class ExpandOnSqlServer(SqlServerShop shop) : ExpandCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class SearchOnSqlServer(SqlServerShop shop) : SearchCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class AddressingOnSqlServer(SqlServerShop shop) : AddressingCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class PagingOnSqlServer(SqlServerShop shop) : PagingCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class RefusalOnSqlServer(SqlServerShop shop) : RefusalCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class ApplyOnSqlServer(SqlServerShop shop) : ApplyCases(shop), IClassFixture<SqlServerShop>;
[Needs("SqlServer")]
public sealed class ApplyToGroupsOnSqlServer(SqlServerShop shop) : ApplyToGroupsCases(shop), IClassFixture<SqlServerShop>;
[Needs("SqlServer")]
public sealed class ApplyInExpandOnSqlServer(SqlServerShop shop) : ApplyInExpandCases(shop), IClassFixture<SqlServerShop>;
[Needs("SqlServer")]
public sealed class ApplyToEntitiesOnSqlServer(SqlServerShop shop) : ApplyToEntitiesCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class ComputeOnSqlServer(SqlServerShop shop) : ComputeCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class WalkthroughOnSqlServer(SqlServerShop shop) : WalkthroughCases(shop), IClassFixture<SqlServerShop>;
