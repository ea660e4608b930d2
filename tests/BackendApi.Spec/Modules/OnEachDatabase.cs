using BackendApi.Testing;

namespace BackendApi.Spec.Modules;

public sealed class ModuleOnSqlite(SqliteLoyaltyService service) : ModuleCases(service), IClassFixture<SqliteLoyaltyService>;
public sealed class SuppliedRowOnSqlite(SqliteLoyaltyService service) : SuppliedRowCases(service), IClassFixture<SqliteLoyaltyService>;
public sealed class OperationOnSqlite(SqliteLoyaltyService service) : OperationCases(service), IClassFixture<SqliteLoyaltyService>;

[Needs("PostgreSql")]
public sealed class ModuleOnPostgreSql(PostgreSqlLoyaltyService service) : ModuleCases(service), IClassFixture<PostgreSqlLoyaltyService>;

[Needs("PostgreSql")]
public sealed class SuppliedRowOnPostgreSql(PostgreSqlLoyaltyService service) : SuppliedRowCases(service), IClassFixture<PostgreSqlLoyaltyService>;

[Needs("PostgreSql")]
public sealed class OperationOnPostgreSql(PostgreSqlLoyaltyService service) : OperationCases(service), IClassFixture<PostgreSqlLoyaltyService>;

[Needs("SqlServer")]
public sealed class ModuleOnSqlServer(SqlServerLoyaltyService service) : ModuleCases(service), IClassFixture<SqlServerLoyaltyService>;

[Needs("SqlServer")]
public sealed class SuppliedRowOnSqlServer(SqlServerLoyaltyService service) : SuppliedRowCases(service), IClassFixture<SqlServerLoyaltyService>;

[Needs("SqlServer")]
public sealed class OperationOnSqlServer(SqlServerLoyaltyService service) : OperationCases(service), IClassFixture<SqlServerLoyaltyService>;

public sealed class ModuleRightsOnSqlite(SqliteLoyaltyService service) : ModuleRightsCases(service), IClassFixture<SqliteLoyaltyService>;

[Needs("PostgreSql")]
public sealed class ModuleRightsOnPostgreSql(PostgreSqlLoyaltyService service) : ModuleRightsCases(service), IClassFixture<PostgreSqlLoyaltyService>;

[Needs("SqlServer")]
public sealed class ModuleRightsOnSqlServer(SqlServerLoyaltyService service) : ModuleRightsCases(service), IClassFixture<SqlServerLoyaltyService>;

public sealed class FunctionOnSqlite(SqliteLoyaltyService service) : FunctionCases(service), IClassFixture<SqliteLoyaltyService>;

[Needs("PostgreSql")]
public sealed class FunctionOnPostgreSql(PostgreSqlLoyaltyService service) : FunctionCases(service), IClassFixture<PostgreSqlLoyaltyService>;

[Needs("SqlServer")]
public sealed class FunctionOnSqlServer(SqlServerLoyaltyService service) : FunctionCases(service), IClassFixture<SqlServerLoyaltyService>;
