using System.Text.Json.Nodes;

namespace BackendApi.Spec.Reading;

/// <summary>Rows that change while a client reads, and reading that ends early. Each class has a database of its own, because these cases change it.</summary>
public abstract class StreamCases<TDatabase>(StreamCases<TDatabase>.Numbers numbers)
    where TDatabase : TestDatabase, new()
{
    public class Numbers : HostFixture<TDatabase>
    {
        protected override string? Definitions => """[{ "alias": "numbers", "table": "number" }]""";

        protected override Task PrepareAsync() => Database.RunAsync(
            "CREATE TABLE number (id INTEGER NOT NULL PRIMARY KEY, rank INTEGER, word VARCHAR(200) NOT NULL)",
            "INSERT INTO number VALUES (10, 3, 'a'), (20, 1, 'b'), (30, NULL, 'c'), (40, 1, 'd'), (50, 2, 'e'), (60, NULL, 'f')");
    }

    /// <summary>Before: 30 60 (null), 20 40 (1), 50 (2), 10 (3).</summary>
    [DatabaseFact]
    public async Task Rows_that_come_and_go_between_pages_move_no_other_row()
    {
        var (first, next) = await PageAsync("odata/Numbers?$orderby=Rank&$select=Id", 2);
        first.Should().Equal(30, 60);
        await numbers.Database.RunAsync("INSERT INTO number VALUES (5, NULL, 'new'), (25, 1, 'new')", "DELETE FROM number WHERE id = 30");

        (var second, next) = await PageAsync(next!, 2);
        second.Should().Equal(20, 25);
        await numbers.Database.RunAsync("DELETE FROM number WHERE id = 25", "DELETE FROM number WHERE id = 40");

        (var third, next) = await PageAsync(next!, 2);
        third.Should().Equal(50, 10);
        next.Should().BeNull();
    }

    private async Task<(List<int> Keys, string? Next)> PageAsync(string address, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Prefer", $"maxpagesize={size}" } } };
        using var response = await numbers.Host.Client.SendAsync(request);
        var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return ([.. page["value"]!.AsArray().Select(row => (int)row!["Id"]!)], (string?)page["@odata.nextLink"]);
    }
}

public sealed class StreamOnSqlite(StreamCases<SqliteTestDatabase>.Numbers numbers)
    : StreamCases<SqliteTestDatabase>(numbers), IClassFixture<StreamCases<SqliteTestDatabase>.Numbers>;

[Needs("PostgreSql")]
public sealed class StreamOnPostgreSql(StreamCases<PostgreSqlTestDatabase>.Numbers numbers)
    : StreamCases<PostgreSqlTestDatabase>(numbers), IClassFixture<StreamCases<PostgreSqlTestDatabase>.Numbers>;

[Needs("SqlServer")]
public sealed class StreamOnSqlServer(StreamCases<SqlServerTestDatabase>.Numbers numbers)
    : StreamCases<SqlServerTestDatabase>(numbers), IClassFixture<StreamCases<SqlServerTestDatabase>.Numbers>;

/// <summary>A value that cannot be read stands behind rows that have long been sent.</summary>
public sealed class BrokenStream(BrokenStream.Corrupt corrupt) : IClassFixture<BrokenStream.Corrupt>
{
    public sealed class Corrupt : HostFixture<SqliteTestDatabase>
    {
        protected override string? Definitions => """{ "alias": "entries", "table": "entry" }""";

        protected override Task PrepareAsync() => Database.RunAsync(
            "CREATE TABLE entry (id INTEGER PRIMARY KEY, word TEXT NOT NULL, size SMALLINT NOT NULL)",
            """
            WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 900)
            INSERT INTO entry SELECT n, printf('%0200d', n), CASE n WHEN 800 THEN 'not a number' ELSE 1 END FROM i
            """);
    }

    [Fact]
    public async Task A_failure_after_the_first_byte_breaks_the_response()
    {
        using var response = await corrupt.Host.Client.GetAsync("odata/Entries", HttpCompletionOption.ResponseHeadersRead);
        response.IsSuccessStatusCode.Should().BeTrue();
        var read = () => response.Content.ReadAsStringAsync();
        await read.Should().ThrowAsync<HttpRequestException>();
    }

    /// <summary>Nobody has seen the first byte yet.</summary>
    [Fact]
    public async Task A_failure_of_an_asynchronous_request_is_an_error_as_long_as_the_answer_is_being_kept()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "odata/Entries") { Headers = { { "Prefer", "respond-async, wait=30" } } };
        using var response = await corrupt.Host.Client.SendAsync(message);
        ((int)response.StatusCode).Should().Be(400);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("{\"error\"");
    }

    [Fact]
    public async Task A_failure_before_it_is_an_error()
    {
        using var response = await corrupt.Host.Client.GetAsync("odata/Entries(800)/Size");
        ((int)response.StatusCode).Should().Be(400);
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"error\"");
    }
}

/// <summary>A client that goes away stops its statement.</summary>
[Needs("PostgreSql")]
public sealed class AbandonedStream(AbandonedStream.Slow slow) : IClassFixture<AbandonedStream.Slow>
{
    public sealed class Slow : HostFixture<PostgreSqlTestDatabase>
    {
        protected override string? Definitions => """{ "alias": "slow", "table": "slow", "key": ["id"] }""";

        protected override Task PrepareAsync() => Database.RunAsync("CREATE VIEW slow AS SELECT i AS id, length(pg_sleep(0.05)::text) AS n FROM generate_series(1, 100000) AS i");
    }

    [DatabaseFact]
    public async Task A_client_that_goes_away_stops_the_statement()
    {
        using var gone = new CancellationTokenSource();
        var request = slow.Host.Client.GetAsync("odata/Slow", gone.Token);
        await Until(running: 1);
        await gone.CancelAsync();
        await request.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await Until(running: 0);
    }

    [DatabaseFact]
    public async Task Giving_up_an_asynchronous_request_stops_the_statement()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "odata/Slow") { Headers = { { "Prefer", "respond-async" } } };
        using var accepted = await slow.Host.Client.SendAsync(message);
        await Until(running: 1);
        using var asked = await slow.Host.Client.GetAsync(accepted.Headers.Location);
        asked.StatusCode.Should().Be(System.Net.HttpStatusCode.Accepted);

        using var cancelled = await slow.Host.Client.DeleteAsync(accepted.Headers.Location);

        cancelled.StatusCode.Should().Be(System.Net.HttpStatusCode.NoContent);
        await Until(running: 0);
    }

    private async Task Until(long running)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var session = await slow.Database.Database.OpenAsync(patience.Token);
        await using var command = session.Connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%\"slow\"%' AND pid <> pg_backend_pid()";
        while ((long)(await command.ExecuteScalarAsync(patience.Token))! != running)
            patience.Token.ThrowIfCancellationRequested();
    }
}
