using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

public sealed class CreateOnSqlite(SqliteWritableShop shop) : CreateCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class CreateOnPostgreSql(PostgreSqlWritableShop shop) : CreateCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class CreateOnSqlServer(SqlServerWritableShop shop) : CreateCases(shop), IClassFixture<SqlServerWritableShop>;

public sealed class RepeatableOnSqlite(SqliteWritableShop shop) : RepeatableCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class RepeatableOnPostgreSql(PostgreSqlWritableShop shop) : RepeatableCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class RepeatableOnSqlServer(SqlServerWritableShop shop) : RepeatableCases(shop), IClassFixture<SqlServerWritableShop>;

public sealed class DataExchangeOnSqlite(SqliteWritableShop shop) : DataExchangeCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class DataExchangeOnPostgreSql(PostgreSqlWritableShop shop) : DataExchangeCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class DataExchangeOnSqlServer(SqlServerWritableShop shop) : DataExchangeCases(shop), IClassFixture<SqlServerWritableShop>;

public sealed class RulesOnSqlite(SqliteRuledShop shop) : RuleCases(shop), IClassFixture<SqliteRuledShop>;

[Needs("PostgreSql")]
public sealed class RulesOnPostgreSql(PostgreSqlRuledShop shop) : RuleCases(shop), IClassFixture<PostgreSqlRuledShop>;

[Needs("SqlServer")]
public sealed class RulesOnSqlServer(SqlServerRuledShop shop) : RuleCases(shop), IClassFixture<SqlServerRuledShop>;
