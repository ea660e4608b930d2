namespace BackendApi.Spec.Batch;

public sealed class MultipartOnSqlite(Library<SqliteTestDatabase> library) : MultipartCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;
public sealed class MalformedBatchOnSqlite(Library<SqliteTestDatabase> library) : MalformedBatchCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;
public sealed class JsonOnSqlite(Library<SqliteTestDatabase> library) : JsonCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class MultipartOnPostgreSql(Library<PostgreSqlTestDatabase> library) : MultipartCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("PostgreSql")]
public sealed class MalformedBatchOnPostgreSql(Library<PostgreSqlTestDatabase> library) : MalformedBatchCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("PostgreSql")]
public sealed class JsonOnPostgreSql(Library<PostgreSqlTestDatabase> library) : JsonCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class MultipartOnSqlServer(Library<SqlServerTestDatabase> library) : MultipartCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

[Needs("SqlServer")]
public sealed class MalformedBatchOnSqlServer(Library<SqlServerTestDatabase> library) : MalformedBatchCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

[Needs("SqlServer")]
public sealed class JsonOnSqlServer(Library<SqlServerTestDatabase> library) : JsonCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

public sealed class ConfigurationsInBatchesOnSqlite(Library<SqliteTestDatabase> library) : ConfigurationCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class ConfigurationsInBatchesOnPostgreSql(Library<PostgreSqlTestDatabase> library) : ConfigurationCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class ConfigurationsInBatchesOnSqlServer(Library<SqlServerTestDatabase> library) : ConfigurationCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

public sealed class ChangeSetsOnSqlite(Library<SqliteTestDatabase> library) : ChangeSetCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class ChangeSetsOnPostgreSql(Library<PostgreSqlTestDatabase> library) : ChangeSetCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class ChangeSetsOnSqlServer(Library<SqlServerTestDatabase> library) : ChangeSetCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

public sealed class BatchFuzzerOnSqlite(Library<SqliteTestDatabase> library) : BatchFuzzerCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class BatchFuzzerOnPostgreSql(Library<PostgreSqlTestDatabase> library) : BatchFuzzerCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class BatchFuzzerOnSqlServer(Library<SqlServerTestDatabase> library) : BatchFuzzerCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

public sealed class AsynchronousBatchesOnSqlite(Library<SqliteTestDatabase> library) : AsynchronousBatchCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class AsynchronousBatchesOnPostgreSql(Library<PostgreSqlTestDatabase> library) : AsynchronousBatchCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class AsynchronousBatchesOnSqlServer(Library<SqlServerTestDatabase> library) : AsynchronousBatchCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;

public sealed class BatchJudgeOnSqlite(Library<SqliteTestDatabase> library) : BatchJudgeCases<SqliteTestDatabase>(library), IClassFixture<Library<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class BatchJudgeOnPostgreSql(Library<PostgreSqlTestDatabase> library) : BatchJudgeCases<PostgreSqlTestDatabase>(library), IClassFixture<Library<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class BatchJudgeOnSqlServer(Library<SqlServerTestDatabase> library) : BatchJudgeCases<SqlServerTestDatabase>(library), IClassFixture<Library<SqlServerTestDatabase>>;
