using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

public sealed class MinimalRowsOnSqlite(SqliteReference service) : MinimalRows(service), IClassFixture<SqliteReference>;
public sealed class Minimal401RowsOnSqlite(SqliteReference service) : Minimal401Rows(service), IClassFixture<SqliteReference>;
public sealed class AdvancedRowsOnSqlite(SqliteReference service) : AdvancedRows(service), IClassFixture<SqliteReference>;
public sealed class Advanced401RowsOnSqlite(SqliteReference service) : Advanced401Rows(service), IClassFixture<SqliteReference>;
public sealed class ChangeTrackingRowsOnSqlite(SqliteReference service) : ChangeTrackingRows(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class ChangeTrackingRowsOnPostgreSql(PostgreSqlReference service) : ChangeTrackingRows(service), IClassFixture<PostgreSqlReference>;

[Needs("PostgreSql")]
public sealed class MinimalRowsOnPostgreSql(PostgreSqlReference service) : MinimalRows(service), IClassFixture<PostgreSqlReference>;

[Needs("PostgreSql")]
public sealed class Minimal401RowsOnPostgreSql(PostgreSqlReference service) : Minimal401Rows(service), IClassFixture<PostgreSqlReference>;

[Needs("PostgreSql")]
public sealed class AdvancedRowsOnPostgreSql(PostgreSqlReference service) : AdvancedRows(service), IClassFixture<PostgreSqlReference>;

[Needs("PostgreSql")]
public sealed class Advanced401RowsOnPostgreSql(PostgreSqlReference service) : Advanced401Rows(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class ChangeTrackingRowsOnSqlServer(SqlServerReference service) : ChangeTrackingRows(service), IClassFixture<SqlServerReference>;

[Needs("SqlServer")]
public sealed class MinimalRowsOnSqlServer(SqlServerReference service) : MinimalRows(service), IClassFixture<SqlServerReference>;

[Needs("SqlServer")]
public sealed class Minimal401RowsOnSqlServer(SqlServerReference service) : Minimal401Rows(service), IClassFixture<SqlServerReference>;

[Needs("SqlServer")]
public sealed class AdvancedRowsOnSqlServer(SqlServerReference service) : AdvancedRows(service), IClassFixture<SqlServerReference>;

[Needs("SqlServer")]
public sealed class Advanced401RowsOnSqlServer(SqlServerReference service) : Advanced401Rows(service), IClassFixture<SqlServerReference>;
