using BackendApi.Testing;

namespace BackendApi.Spec.Auditing;

public sealed class AuditOnSqlite(SqliteAuditedShop shop) : AuditCases(shop), IClassFixture<SqliteAuditedShop>;

[Needs("PostgreSql")]
public sealed class AuditOnPostgreSql(PostgreSqlAuditedShop shop) : AuditCases(shop), IClassFixture<PostgreSqlAuditedShop>;

[Needs("SqlServer")]
public sealed class AuditOnSqlServer(SqlServerAuditedShop shop) : AuditCases(shop), IClassFixture<SqlServerAuditedShop>;

public sealed class AuditedAccessOnSqlite(SqliteAuditedShop shop) : AuditedAccessCases(shop), IClassFixture<SqliteAuditedShop>;

[Needs("PostgreSql")]
public sealed class AuditedAccessOnPostgreSql(PostgreSqlAuditedShop shop) : AuditedAccessCases(shop), IClassFixture<PostgreSqlAuditedShop>;

[Needs("SqlServer")]
public sealed class AuditedAccessOnSqlServer(SqlServerAuditedShop shop) : AuditedAccessCases(shop), IClassFixture<SqlServerAuditedShop>;

public sealed class AuditedStreamsOnSqlite(SqliteAuditedStreams service) : AuditedStreamCases(service), IClassFixture<SqliteAuditedStreams>;

[Needs("PostgreSql")]
public sealed class AuditedStreamsOnPostgreSql(PostgreSqlAuditedStreams service) : AuditedStreamCases(service), IClassFixture<PostgreSqlAuditedStreams>;

[Needs("SqlServer")]
public sealed class AuditedStreamsOnSqlServer(SqlServerAuditedStreams service) : AuditedStreamCases(service), IClassFixture<SqlServerAuditedStreams>;

public sealed class AuditedModuleOnSqlite(SqliteAuditedLoyalty service) : AuditedModuleCases(service), IClassFixture<SqliteAuditedLoyalty>;

[Needs("PostgreSql")]
public sealed class AuditedModuleOnPostgreSql(PostgreSqlAuditedLoyalty service) : AuditedModuleCases(service), IClassFixture<PostgreSqlAuditedLoyalty>;

[Needs("SqlServer")]
public sealed class AuditedModuleOnSqlServer(SqlServerAuditedLoyalty service) : AuditedModuleCases(service), IClassFixture<SqlServerAuditedLoyalty>;
