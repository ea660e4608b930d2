using BackendApi.Spec.Modules;
using BackendApi.Spec.Writing;
using BackendApi.Spec.Conformance;
using BackendApi.Spec.Shop;

namespace BackendApi.Spec.Clients;

public sealed class ExcelOnSqlite(SqliteShop shop) : ExcelCases(shop), IClassFixture<SqliteShop>;
public sealed class CredentialsOnSqlite(SqliteShop shop) : CredentialCases(shop), IClassFixture<SqliteShop>;
public sealed class ODataLibOnSqlite(SqliteShop shop) : ODataLibCases(shop), IClassFixture<SqliteShop>;
public sealed class ODataLibReferenceOnSqlite(SqliteReference reference) : ODataLibReferenceCases(reference), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class ODataLibReferenceOnPostgreSql(PostgreSqlReference reference) : ODataLibReferenceCases(reference), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class ODataLibReferenceOnSqlServer(SqlServerReference reference) : ODataLibReferenceCases(reference), IClassFixture<SqlServerReference>;

[Needs("PostgreSql")]
public sealed class ExcelOnPostgreSql(PostgreSqlShop shop) : ExcelCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class CredentialsOnPostgreSql(PostgreSqlShop shop) : CredentialCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class ODataLibOnPostgreSql(PostgreSqlShop shop) : ODataLibCases(shop), IClassFixture<PostgreSqlShop>;

[Needs("SqlServer")]
public sealed class ExcelOnSqlServer(SqlServerShop shop) : ExcelCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class CredentialsOnSqlServer(SqlServerShop shop) : CredentialCases(shop), IClassFixture<SqlServerShop>;

[Needs("SqlServer")]
public sealed class ODataLibOnSqlServer(SqlServerShop shop) : ODataLibCases(shop), IClassFixture<SqlServerShop>;

public sealed class ODataLibOperationsOnSqlite(SqliteLoyaltyService service) : ODataLibOperationCases(service), IClassFixture<SqliteLoyaltyService>;
public sealed class ODataLibStreamsOnSqlite(SqliteWritableStreams service) : ODataLibStreamCases(service), IClassFixture<SqliteWritableStreams>;
