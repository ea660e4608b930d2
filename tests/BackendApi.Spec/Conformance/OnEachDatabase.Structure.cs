using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

public sealed class ComplexPropertyOnSqlite(SqliteReference service) : ComplexPropertyCases(service), IClassFixture<SqliteReference>;
public sealed class DerivedTypeOnSqlite(SqliteReference service) : DerivedTypeCases(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class ComplexPropertyOnPostgreSql(PostgreSqlReference service) : ComplexPropertyCases(service), IClassFixture<PostgreSqlReference>;

[Needs("PostgreSql")]
public sealed class DerivedTypeOnPostgreSql(PostgreSqlReference service) : DerivedTypeCases(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class ComplexPropertyOnSqlServer(SqlServerReference service) : ComplexPropertyCases(service), IClassFixture<SqlServerReference>;

[Needs("SqlServer")]
public sealed class DerivedTypeOnSqlServer(SqlServerReference service) : DerivedTypeCases(service), IClassFixture<SqlServerReference>;

public sealed class StructureRowsOnSqlite(SqliteReference service) : StructureRows(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class StructureRowsOnPostgreSql(PostgreSqlReference service) : StructureRows(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class StructureRowsOnSqlServer(SqlServerReference service) : StructureRows(service), IClassFixture<SqlServerReference>;

public sealed class MediaOnSqlite(SqliteReference service) : MediaCases(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class MediaOnPostgreSql(PostgreSqlReference service) : MediaCases(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class MediaOnSqlServer(SqlServerReference service) : MediaCases(service), IClassFixture<SqlServerReference>;

public sealed class CollectionPropertyOnSqlite(SqliteReference service) : CollectionPropertyCases(service), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class CollectionPropertyOnPostgreSql(PostgreSqlReference service) : CollectionPropertyCases(service), IClassFixture<PostgreSqlReference>;

[Needs("SqlServer")]
public sealed class CollectionPropertyOnSqlServer(SqlServerReference service) : CollectionPropertyCases(service), IClassFixture<SqlServerReference>;

public sealed class UpdateRowsOnSqlite(SqliteWritableReference service) : UpdateRows(service), IClassFixture<SqliteWritableReference>;

[Needs("PostgreSql")]
public sealed class UpdateRowsOnPostgreSql(PostgreSqlWritableReference service) : UpdateRows(service), IClassFixture<PostgreSqlWritableReference>;

[Needs("SqlServer")]
public sealed class UpdateRowsOnSqlServer(SqlServerWritableReference service) : UpdateRows(service), IClassFixture<SqlServerWritableReference>;

public sealed class OperationRowsOnSqlite(SqliteWritableReference service) : OperationRows(service), IClassFixture<SqliteWritableReference>;

[Needs("PostgreSql")]
public sealed class OperationRowsOnPostgreSql(PostgreSqlWritableReference service) : OperationRows(service), IClassFixture<PostgreSqlWritableReference>;

[Needs("SqlServer")]
public sealed class OperationRowsOnSqlServer(SqlServerWritableReference service) : OperationRows(service), IClassFixture<SqlServerWritableReference>;

public sealed class OperationTypesOnSqlite(SqliteWritableReference service) : OperationTypeCases(service), IClassFixture<SqliteWritableReference>;

[Needs("PostgreSql")]
public sealed class OperationTypesOnPostgreSql(PostgreSqlWritableReference service) : OperationTypeCases(service), IClassFixture<PostgreSqlWritableReference>;

[Needs("SqlServer")]
public sealed class OperationTypesOnSqlServer(SqlServerWritableReference service) : OperationTypeCases(service), IClassFixture<SqlServerWritableReference>;
