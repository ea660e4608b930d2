using BackendApi.Spec.Conformance;
using BackendApi.Spec.Modules;
using BackendApi.Spec.Writing;

namespace BackendApi.Spec.OpenApi;

public sealed class OpenApiOfTheReference(SqliteWritableReference service) : OpenApiCases(service), IClassFixture<SqliteWritableReference>;
public sealed class OpenApiOfTheShop(SqliteWritableShop service) : OpenApiCases(service), IClassFixture<SqliteWritableShop>;
public sealed class OpenApiOfStreams(SqliteWritableStreams service) : OpenApiCases(service), IClassFixture<SqliteWritableStreams>;
public sealed class OpenApiOfModules(SqliteLoyaltyService service) : OpenApiCases(service), IClassFixture<SqliteLoyaltyService>;

[Needs("PostgreSql")]
public sealed class OpenApiOnPostgreSql(PostgreSqlWritableReference service) : OpenApiCases(service), IClassFixture<PostgreSqlWritableReference>;

[Needs("SqlServer")]
public sealed class OpenApiOnSqlServer(SqlServerWritableReference service) : OpenApiCases(service), IClassFixture<SqlServerWritableReference>;
