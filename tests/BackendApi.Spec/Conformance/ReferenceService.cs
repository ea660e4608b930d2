using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>The service over the reference model.</summary>
public abstract class ReferenceService(TestDatabase database) : PublishedTables(database, ReferenceModel.Tables, ReferenceModel.Definitions);

public sealed class SqliteReference() : ReferenceService(new SqliteTestDatabase());

public sealed class PostgreSqlReference() : ReferenceService(new PostgreSqlTestDatabase());

public sealed class SqlServerReference() : ReferenceService(new SqlServerTestDatabase());
