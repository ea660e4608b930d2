using BackendApi.Spec.Auditing;
using BackendApi.Testing;

namespace BackendApi.Spec.RunningSettings;

public sealed class SettingsOnSqlite(SqliteAuditedShop shop) : SettingCases(shop), IClassFixture<SqliteAuditedShop>;

[Needs("PostgreSql")]
public sealed class SettingsOnPostgreSql(PostgreSqlAuditedShop shop) : SettingCases(shop), IClassFixture<PostgreSqlAuditedShop>;

[Needs("SqlServer")]
public sealed class SettingsOnSqlServer(SqlServerAuditedShop shop) : SettingCases(shop), IClassFixture<SqlServerAuditedShop>;
