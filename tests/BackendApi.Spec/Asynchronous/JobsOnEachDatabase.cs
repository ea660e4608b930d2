using BackendApi.Spec.Auditing;
using BackendApi.Testing;

namespace BackendApi.Spec.Asynchronous;

public sealed class JobsOnSqlite(SqliteAuditedShop shop) : JobCases(shop), IClassFixture<SqliteAuditedShop>;

[Needs("PostgreSql")]
public sealed class JobsOnPostgreSql(PostgreSqlAuditedShop shop) : JobCases(shop), IClassFixture<PostgreSqlAuditedShop>;

[Needs("SqlServer")]
public sealed class JobsOnSqlServer(SqlServerAuditedShop shop) : JobCases(shop), IClassFixture<SqlServerAuditedShop>;
