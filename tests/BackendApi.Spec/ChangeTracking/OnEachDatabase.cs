namespace BackendApi.Spec.ChangeTracking;

public sealed class ChangeTrackingOnSqlite(SqliteTracked service) : ChangeTrackingCases(service), IClassFixture<SqliteTracked>;
public sealed class ODataLibDeltaOnSqlite(SqliteTracked service) : ODataLibDeltaCases(service), IClassFixture<SqliteTracked>;

[Needs("PostgreSql")]
public sealed class ODataLibDeltaOnPostgreSql(PostgreSqlTracked service) : ODataLibDeltaCases(service), IClassFixture<PostgreSqlTracked>;

[Needs("PostgreSql")]
public sealed class ConcurrentWritersOnPostgreSql(PostgreSqlTracked service) : ConcurrentWritersCases(service), IClassFixture<PostgreSqlTracked>;

[Needs("PostgreSql")]
public sealed class ChangeTrackingOnPostgreSql(PostgreSqlTracked service) : ChangeTrackingCases(service), IClassFixture<PostgreSqlTracked>;

[Needs("SqlServer")]
public sealed class ODataLibDeltaOnSqlServer(SqlServerTracked service) : ODataLibDeltaCases(service), IClassFixture<SqlServerTracked>;

[Needs("SqlServer")]
public sealed class ConcurrentWritersOnSqlServer(SqlServerTracked service) : ConcurrentWritersCases(service), IClassFixture<SqlServerTracked>;

[Needs("SqlServer")]
public sealed class ChangeTrackingOnSqlServer(SqlServerTracked service) : ChangeTrackingCases(service), IClassFixture<SqlServerTracked>;
