using BackendApi.Testing;

namespace BackendApi.Spec.Reading;

/// <summary>What docs/reference/semantics.md promises, the same on every database.</summary>
public abstract class SemanticsCases(KindsService kinds)
{
    public static TheoryData<string, string, string> Promises => Semantics.All;
    public static TheoryData<string, string, int, string> Refused => Semantics.Refusals;

    [DatabaseTheory, MemberData(nameof(Promises))]
    public Task Keeps(string row, string filter, string keys) => kinds.Keys("Values", "$filter=" + filter, keys, $"{row}: {filter}");

    [DatabaseTheory, MemberData(nameof(Refused))]
    public Task Refuses(string row, string filter, int status, string code)
    {
        _ = row;
        return kinds.Refuses("Values?$filter=" + filter, status, code);
    }

    /// <summary>A pattern out of the data: the database has to read it as the service does. Null when it is none.</summary>
    protected Task MatchesPatternsOfTheData() => kinds.Keys("Values", "$filter=matchesPattern('Ab',concat('^',Text))", "1 3", "patterns of the data");

    protected Task RefusesPatternsOfTheData() => kinds.Refuses("Values?$filter=matchesPattern(Text,Text)", 501, "NotImplemented");
}

/// <summary>The service over one table with a column of every type.</summary>
public abstract class KindsService(TestDatabase database) : PublishedTables(database, KindsTable.All, KindsTable.Definitions);

public sealed class SqliteKinds() : KindsService(new SqliteTestDatabase());

public sealed class PostgreSqlKinds() : KindsService(new PostgreSqlTestDatabase());

public sealed class SqlServerKinds() : KindsService(new SqlServerTestDatabase());

public sealed class SemanticsOnSqlite(SqliteKinds kinds) : SemanticsCases(kinds), IClassFixture<SqliteKinds>
{
    private readonly SqliteKinds _kinds = kinds;

    [DatabaseFact]
    public Task Patterns_can_be_data() => MatchesPatternsOfTheData();

    [DatabaseFact]
    public async Task A_statement_that_SQLite_cannot_read_says_what_to_change()
    {
        var (status, _, body) = await _kinds.Get($"Values?$filter={string.Concat(Enumerable.Repeat("trim(", 90))}Text{new string(')', 90)} eq 'a'");
        ((int)status).Should().Be(400, body);
        body.Should().Contain("LimitExceeded").And.Contain("nest fewer functions");
    }
}

[Needs("PostgreSql")]
public sealed class SemanticsOnPostgreSql(PostgreSqlKinds kinds) : SemanticsCases(kinds), IClassFixture<PostgreSqlKinds>
{
    [DatabaseFact]
    public Task Patterns_cannot_be_data() => RefusesPatternsOfTheData();
}

[Needs("SqlServer")]
public sealed class SemanticsOnSqlServer(SqlServerKinds kinds) : SemanticsCases(kinds), IClassFixture<SqlServerKinds>
{
    [DatabaseFact]
    public Task Patterns_cannot_be_data() => RefusesPatternsOfTheData();
}
