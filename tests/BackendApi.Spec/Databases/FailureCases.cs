using System.Diagnostics;
using BackendApi.Model;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>What goes wrong in the database is called by the same names everywhere, and a statement stops when it is told to.</summary>
public abstract class FailureCases<TDatabase>(TDatabase fixture) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private static readonly TableSchema Parent = new(
        new(null, "failure_parent"),
        [new("id", new(ValueKind.Int32, ""), false), new("name", new(ValueKind.String, "", 20), false), new("state", new(ValueKind.String, "", 10), true, Members: ["on", "off"])],
        ["id"], [new("failure_parent_name", ["name"])], []);

    private static readonly TableSchema Child = new(
        new(null, "failure_child"),
        [new("id", new(ValueKind.Int32, ""), false), new("parent", new(ValueKind.Int32, ""), false)],
        ["id"], [], [new("failure_child_parent", ["parent"], Parent.Name, ["id"])]);

    private Dialect Dialect => fixture.Database.Dialect;

    /// <summary>A statement that would run for minutes and yields many rows, with the first soon.</summary>
    protected abstract string Endless { get; }

    public async Task InitializeAsync()
    {
        await using var session = await fixture.Database.OpenAsync(default);
        if ((await Dialect.Catalog.ReadAsync(session.Connection, [Parent.Name], default)).Count > 0)
            return;
        await fixture.RunAsync(Dialect.Ddl.CreateTable(Parent), Dialect.Ddl.CreateTable(Child));
        await InsertAsync(Parent, 1, "first", "on");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_key_that_is_taken_is_a_unique_violation() =>
        (await FailureOfAsync(() => InsertAsync(Parent, 1, "second", "on"))).Should().Be(Failure.UniqueViolation);

    [DatabaseFact]
    public async Task A_unique_text_that_is_taken_is_a_unique_violation() =>
        (await FailureOfAsync(() => InsertAsync(Parent, 2, "first", "on"))).Should().Be(Failure.UniqueViolation);

    [DatabaseFact]
    public async Task A_reference_to_nothing_is_a_foreign_key_violation() =>
        (await FailureOfAsync(() => InsertAsync(Child, 1, 99))).Should().Be(Failure.ForeignKeyViolation);

    [DatabaseFact]
    public async Task Null_where_none_may_be_is_a_not_null_violation() =>
        (await FailureOfAsync(() => InsertAsync(Parent, 3, null, "on"))).Should().Be(Failure.NotNullViolation);

    [DatabaseFact]
    public async Task A_member_that_is_none_is_a_check_violation() =>
        (await FailureOfAsync(() => InsertAsync(Parent, 4, "fourth", "maybe"))).Should().Be(Failure.CheckViolation);

    [DatabaseTheory]
    [InlineData("div", 1, 0)]
    [InlineData("mod", 1, 0)]
    public async Task Division_by_zero_is_a_bad_value(string function, int left, int right) =>
        (await FailureOfAsync(() => CallAsync(function, left, right))).Should().Be(Failure.BadValue);

    [DatabaseFact]
    public async Task Division_of_decimals_by_zero_is_a_bad_value() =>
        (await FailureOfAsync(() => CallAsync("div", 1m, 0m))).Should().Be(Failure.BadValue);

    [DatabaseFact]
    public async Task A_pattern_that_is_none_is_a_bad_value() =>
        (await FailureOfAsync(() => CallAsync("matchesPattern", "a", "("))).Should().Be(Failure.BadValue);

    [DatabaseFact]
    public async Task An_instant_that_leaves_the_calendar_is_a_bad_value() =>
        (await FailureOfAsync(() => CallAsync("add", new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(2)))).Should().Be(Failure.BadValue);

    [DatabaseFact]
    public async Task A_cancelled_statement_stops()
    {
        using var cancelling = new CancellationTokenSource();
        await using var session = await fixture.Database.OpenAsync(default);
        var watch = Stopwatch.StartNew();

        var failure = await FailureOfAsync(async () =>
        {
            cancelling.CancelAfter(TimeSpan.FromMilliseconds(50));
            await using var reader = await session.ReadAsync(new($"SELECT COUNT(*) FROM ({Endless}) x", []), cancelling.Token);
            while (await reader.ReadAsync(cancelling.Token)) { }
        });

        failure.Should().Be(Failure.Cancelled);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [DatabaseFact]
    public async Task A_statement_that_is_being_read_stops_and_its_session_goes_on()
    {
        using var cancelling = new CancellationTokenSource();
        await using var session = await fixture.Database.OpenAsync(default);
        var watch = Stopwatch.StartNew();
        var rows = 0;

        var failure = await FailureOfAsync(async () =>
        {
            await using var reader = await session.ReadAsync(new(Endless, []), cancelling.Token);
            while (await reader.ReadAsync(CancellationToken.None))
                if (++rows == 10)
                    await cancelling.CancelAsync();
        });

        failure.Should().Be(Failure.Cancelled);
        rows.Should().BeGreaterThanOrEqualTo(10);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        await using var next = await session.ReadAsync(new("SELECT 1", []), CancellationToken.None);
        (await next.ReadAsync()).Should().BeTrue();
    }

    [DatabaseFact]
    public async Task A_transaction_that_is_left_open_is_rolled_back_with_its_session()
    {
        await using (var session = await fixture.Database.OpenAsync(default))
        {
            await session.BeginAsync(default);
            foreach (var insert in Dialect.Insert(Parent, ["id", "name"], [[50, "fifty"]]))
                (await session.ExecuteAsync(insert, default)).Should().Be(1);
        }

        await using var other = await fixture.Database.OpenAsync(default);
        await using var reader = await other.ReadAsync(Dialect.Select(Parent, ["id"], [("id", 50)]), default);
        (await reader.ReadAsync()).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task A_transaction_that_is_committed_stays()
    {
        await using (var session = await fixture.Database.OpenAsync(default))
        {
            await session.BeginAsync(default);
            foreach (var insert in Dialect.Insert(Parent, ["id", "name"], [[51, "fifty-one"]]))
                await session.ExecuteAsync(insert, default);
            await session.CommitAsync(default);
        }

        await using var other = await fixture.Database.OpenAsync(default);
        await using var reader = await other.ReadAsync(Dialect.Select(Parent, ["name"], [("id", 51)]), default);
        (await reader.ReadAsync()).Should().BeTrue();
        Dialect.Values.String(reader, 0).Should().Be("fifty-one");
    }

    protected async Task<Failure?> FailureOfAsync(Func<Task> action)
    {
        var exception = await Record.ExceptionAsync(action);
        return exception is null ? null : Dialect.Classify(exception);
    }

    private async Task CallAsync(string function, params object[] arguments)
    {
        var call = new Plan.Term.Call(
            Parse.Functions.Find(function)!, [.. arguments.Select(argument => new Plan.Term.Constant(new(FunctionSamples.KindOf(argument), ""), argument))],
            function == "matchesPattern" ? ValueKind.Boolean : FunctionSamples.KindOf(arguments[0]), true);
        var statement = SqlWriter.Write(new Select { Columns = [call], From = new(Parent.Name, 0) }, Dialect);
        await using var session = await fixture.Database.OpenAsync(default);
        await using var reader = await session.ReadAsync(statement, default);
        (await reader.ReadAsync()).Should().BeTrue();
        _ = ValueSamples.Read(Dialect.Values, reader, 0, call.Kind);
    }

    private async Task InsertAsync(TableSchema table, params object?[] row)
    {
        await using var session = await fixture.Database.OpenAsync(default);
        foreach (var insert in Dialect.Insert(table, [.. table.Columns.Select(column => column.Name)], [row]))
            await session.ExecuteAsync(insert, default);
    }
}

public sealed class SqliteFailures(SqliteTestDatabase database) : FailureCases<SqliteTestDatabase>(database)
{
    protected override string Endless => "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000) SELECT i FROM n";

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_unavailable()
    {
        await using var database = new SqliteDatabase($"Data Source={Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "none.db")};Mode=ReadOnly");

        (await FailureOfAsync(async () => await database.OpenAsync(default))).Should().Be(Failure.Unavailable);
    }

    [Fact]
    public async Task A_database_in_memory_is_one_for_all_sessions()
    {
        await using var database = new SqliteDatabase("Data Source=:memory:");
        await using (var session = await database.OpenAsync(default))
            await session.ExecuteAsync(new("CREATE TABLE t (id INTEGER)", []), default);
        await using var one = await database.OpenAsync(default);
        await using var two = await database.OpenAsync(default);

        (await one.ExecuteAsync(new("INSERT INTO t VALUES (1)", []), default)).Should().Be(1);
        await using var reader = await two.ReadAsync(new("SELECT id FROM t", []), default);
        (await reader.ReadAsync()).Should().BeTrue();
    }
}

[Needs("PostgreSql")]
public sealed class PostgreSqlFailures(PostgreSqlTestDatabase database) : FailureCases<PostgreSqlTestDatabase>(database)
{
    // In the select list the series streams; in FROM it would be made whole first.
    protected override string Endless => "SELECT generate_series(1, 4000000000) AS i";

    [DatabaseFact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await using var database = new PostgreSqlDatabase("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=5");

        (await FailureOfAsync(async () => await database.OpenAsync(default))).Should().Be(Failure.Unavailable);
    }
}

[Needs("SqlServer")]
public sealed class SqlServerFailures(SqlServerTestDatabase database) : FailureCases<SqlServerTestDatabase>(database)
{
    protected override string Endless => "SELECT a.object_id AS i FROM sys.all_columns a CROSS JOIN sys.all_columns b CROSS JOIN sys.all_columns c";
}
