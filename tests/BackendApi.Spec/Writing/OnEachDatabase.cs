using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

public sealed class CreateOnSqlite(SqliteWritableShop shop) : CreateCases(shop), IClassFixture<SqliteWritableShop>;
public sealed class ChangeOnSqlite(SqliteWritableShop shop) : ChangeCases(shop), IClassFixture<SqliteWritableShop>;
public sealed class ReferenceOnSqlite(SqliteWritableShop shop) : ReferenceCases(shop), IClassFixture<SqliteWritableShop>;
public sealed class CollectionOnSqlite(SqliteWritableShop shop) : CollectionCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class CreateOnPostgreSql(PostgreSqlWritableShop shop) : CreateCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("PostgreSql")]
public sealed class ChangeOnPostgreSql(PostgreSqlWritableShop shop) : ChangeCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("PostgreSql")]
public sealed class ReferenceOnPostgreSql(PostgreSqlWritableShop shop) : ReferenceCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("PostgreSql")]
public sealed class CollectionOnPostgreSql(PostgreSqlWritableShop shop) : CollectionCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class CreateOnSqlServer(SqlServerWritableShop shop) : CreateCases(shop), IClassFixture<SqlServerWritableShop>;

[Needs("SqlServer")]
public sealed class ChangeOnSqlServer(SqlServerWritableShop shop) : ChangeCases(shop), IClassFixture<SqlServerWritableShop>;

[Needs("SqlServer")]
public sealed class ReferenceOnSqlServer(SqlServerWritableShop shop) : ReferenceCases(shop), IClassFixture<SqlServerWritableShop>;

[Needs("SqlServer")]
public sealed class CollectionOnSqlServer(SqlServerWritableShop shop) : CollectionCases(shop), IClassFixture<SqlServerWritableShop>;

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

public sealed class WriteEdgesOnSqlite(SqliteWritableShop shop) : WriteEdgeCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class WriteEdgesOnPostgreSql(PostgreSqlWritableShop shop) : WriteEdgeCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class WriteEdgesOnSqlServer(SqlServerWritableShop shop) : WriteEdgeCases(shop), IClassFixture<SqlServerWritableShop>;

public sealed class HooksOnSqlite(SqliteHookedShop shop) : HookCases(shop), IClassFixture<SqliteHookedShop>;

[Needs("PostgreSql")]
public sealed class HooksOnPostgreSql(PostgreSqlHookedShop shop) : HookCases(shop), IClassFixture<PostgreSqlHookedShop>;

[Needs("SqlServer")]
public sealed class HooksOnSqlServer(SqlServerHookedShop shop) : HookCases(shop), IClassFixture<SqlServerHookedShop>;

public sealed class MediaWriteOnSqlite(SqliteWritableStreams service) : MediaWriteCases(service), IClassFixture<SqliteWritableStreams>;

[Needs("PostgreSql")]
public sealed class MediaWriteOnPostgreSql(PostgreSqlWritableStreams service) : MediaWriteCases(service), IClassFixture<PostgreSqlWritableStreams>;

[Needs("SqlServer")]
public sealed class MediaWriteOnSqlServer(SqlServerWritableStreams service) : MediaWriteCases(service), IClassFixture<SqlServerWritableStreams>;

public sealed class StreamPropertiesOnSqlite(SqliteWritableStreams service) : StreamPropertyCases(service), IClassFixture<SqliteWritableStreams>;

[Needs("PostgreSql")]
public sealed class StreamPropertiesOnPostgreSql(PostgreSqlWritableStreams service) : StreamPropertyCases(service), IClassFixture<PostgreSqlWritableStreams>;

[Needs("SqlServer")]
public sealed class StreamPropertiesOnSqlServer(SqlServerWritableStreams service) : StreamPropertyCases(service), IClassFixture<SqlServerWritableStreams>;
