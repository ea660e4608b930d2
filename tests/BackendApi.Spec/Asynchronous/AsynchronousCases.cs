using System.Net;

namespace BackendApi.Spec.Asynchronous;

/// <summary>Requests that go on without their connection (Protocol 8.2.8.8, 11.6).</summary>
public abstract class AsynchronousCases<TDatabase>(AsynchronousCases<TDatabase>.Words words)
    where TDatabase : TestDatabase, new()
{
    public class Words : HostFixture<TDatabase>
    {
        protected override string? Definitions => """[{ "alias": "words", "table": "word" }]""";

        protected override Task PrepareAsync() => Database.RunAsync(
            "CREATE TABLE word (id INTEGER NOT NULL PRIMARY KEY, text VARCHAR(1000) NOT NULL)",
            "INSERT INTO word VALUES (1, 'one'), (2, 'two')");
    }

    private string Root => words.Host.Root + "odata/";

    [DatabaseFact]
    public async Task The_answer_is_202_and_where_to_ask()
    {
        using var response = await GetAsync("Words(1)", ("Prefer", "respond-async"));

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        response.Headers.Location!.ToString().Should().MatchRegex($"^{Root}\\$async/[0-9a-f]{{32}}$");
        response.Headers.GetValues("Preference-Applied").Should().Equal("respond-async");
        response.Headers.GetValues("Retry-After").Should().Equal("1");
        response.Headers.GetValues("OData-Version").Should().Equal("4.0");
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_client_of_4_0_gets_the_response_as_an_HTTP_message()
    {
        using var response = await ResultAsync("Words(1)", ("OData-MaxVersion", "4.0"), ("Accept", "application/json, application/http"));

        response.Content.Headers.ContentType!.ToString().Should().Be("application/http");
        response.Headers.GetValues("AsyncResult").Should().Equal("200");
        (await response.Content.ReadAsStringAsync()).Should().Be(
            "HTTP/1.1 200 OK\r\n" +
            "OData-Version: 4.0\r\n" +
            "Content-Type: application/json;odata.metadata=minimal\r\n" +
            "\r\n" +
            $$"""{"@odata.context":"{{Root}}$metadata#Words/$entity","Id":1,"Text":"one"}""");
    }

    [DatabaseFact]
    public async Task So_does_a_client_that_says_nothing()
    {
        using var response = await ResultAsync("Words(1)");
        (await response.Content.ReadAsStringAsync()).Should().StartWith("HTTP/1.1 200 OK\r\n");
    }

    [DatabaseTheory]
    [InlineData("4.01", null, "{\"@context\":")]
    [InlineData("4.01", "application/json", "{\"@context\":")]
    [InlineData("4.0", "application/json", "{\"@odata.context\":")]
    public async Task Every_other_client_gets_the_response_with_its_status_in_a_header(string version, string? accept, string begin)
    {
        using var response = await ResultAsync("Words?$filter=Id eq 2", [("OData-MaxVersion", version), .. accept is null ? Array.Empty<(string, string)>() : [("Accept", accept)]]);

        response.Headers.GetValues("AsyncResult").Should().Equal("200");
        response.Headers.GetValues("OData-Version").Should().Equal(version);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        (await response.Content.ReadAsStringAsync()).Should().Be(begin + $$"""
            "{{Root}}$metadata#Words","value":[{"Id":2,"Text":"two"}]}
            """);
    }

    [DatabaseFact]
    public async Task A_request_that_fails_is_a_result_too()
    {
        using var response = await ResultAsync("Words(99)", ("OData-MaxVersion", "4.01"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("AsyncResult").Should().Equal("404");
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"error":{"code":"EntityNotFound","message":"No entity has this key."}}""");
    }

    [DatabaseFact]
    public async Task Other_preferences_and_headers_count_as_ever()
    {
        using var response = await ResultAsync("Words", ("OData-MaxVersion", "4.01"), ("Prefer", "maxpagesize=1"));

        response.Headers.GetValues("Preference-Applied").Should().Equal("maxpagesize=1");
        (await response.Content.ReadAsStringAsync()).Should().Match("{*\"value\":[{\"Id\":1,\"Text\":\"one\"}],\"@nextLink\":*}");
    }

    [DatabaseFact]
    public async Task A_client_that_would_wait_gets_the_answer_itself_when_it_is_there_in_time()
    {
        using var response = await GetAsync("Words(1)", ("Prefer", "respond-async, wait=30"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be($$"""{"@odata.context":"{{Root}}$metadata#Words/$entity","Id":1,"Text":"one"}""");
    }

    [DatabaseFact]
    public async Task A_long_result_is_the_same_as_ever()
    {
        await words.Database.RunAsync([.. Enumerable.Range(1000, 900).Select(id => $"INSERT INTO word VALUES ({id}, '{new string((char)('a' + id % 26), 1000)}')")]);

        using var response = await ResultAsync("Words?$filter=Id ge 1000", ("Accept", "application/json"));
        using var direct = await GetAsync("Words?$filter=Id ge 1000");

        var body = await response.Content.ReadAsStringAsync();
        body.Length.Should().BeGreaterThan(900_000);
        body.Should().Be(await direct.Content.ReadAsStringAsync());
        await words.Database.RunAsync("DELETE FROM word WHERE id >= 1000");
    }

    [DatabaseFact]
    public async Task Nobody_else_sees_it()
    {
        var monitor = await MonitorAsync("Words(1)");
        var other = await words.Host.CreateApiKeyAsync($"other {Guid.NewGuid():N}");

        (await StatusAsync(HttpMethod.Get, monitor, other)).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(HttpMethod.Delete, monitor, other)).Should().Be(HttpStatusCode.NotFound);
        using var anonymous = await words.Host.Anonymous.GetAsync(monitor);
        anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get, $"{Root}$async/00000000000000000000000000000000", words.Host.ApiKey)).Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task A_request_without_credentials_is_refused_at_once()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, Root + "Words") { Headers = { { "Prefer", "respond-async" } } };
        using var response = await words.Host.Anonymous.SendAsync(message);
        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_client_can_give_it_up()
    {
        var monitor = await MonitorAsync("Words(1)");

        (await StatusAsync(HttpMethod.Delete, monitor, words.Host.ApiKey)).Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(HttpMethod.Get, monitor, words.Host.ApiKey)).Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task Any_node_has_the_result()
    {
        using var first = await ResultAsync("Words(1)", ("Accept", "application/json"));
        await using var other = await BackendApiHost.StartAsync(words.Database);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(other.Root, first.RequestMessage!.RequestUri!.PathAndQuery));
        message.Headers.Add("X-Api-Key", words.Host.ApiKey);
        message.Headers.Add("Accept", "application/json");
        using var response = await other.Anonymous.SendAsync(message);

        (await response.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
    }

    [DatabaseFact]
    public async Task When_its_node_is_gone_the_client_is_told_to_send_it_again()
    {
        using var result = await ResultAsync("Words(1)", ("Accept", "application/json"));
        var monitor = result.RequestMessage!.RequestUri!.ToString();
        await words.Database.RunAsync(
            $"UPDATE backend_response SET state = 'running', status = NULL, touched_at = '2001-01-01T00:00:00.0000000Z' WHERE id = '{monitor[^32..]}'");

        using var response = await AskAsync(monitor, ("Accept", "application/json"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("AsyncResult").Should().Equal("503");
        (await response.Content.ReadAsStringAsync()).Should().Be(
            """{"error":{"code":"Interrupted","message":"The node that ran this asynchronous request ended before it. Send the request again."}}""");
    }

    [DatabaseFact]
    public async Task Old_results_are_gone()
    {
        using var result = await ResultAsync("Words(1)");
        var monitor = result.RequestMessage!.RequestUri!.ToString();
        await words.Database.RunAsync($"UPDATE backend_response SET touched_at = '2001-01-01T00:00:00.0000000Z' WHERE id = '{monitor[^32..]}'");

        await MonitorAsync("Words(2)");

        using var response = await AskAsync(monitor);
        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Results are kept for 60 minutes.");
    }

    [DatabaseFact]
    public async Task A_node_without_room_answers_at_once()
    {
        await using var busy = await BackendApiHost.StartAsync(words.Database, "--OData:MaxAsynchronousRequests=0");
        using var message = new HttpRequestMessage(HttpMethod.Get, "odata/Words(1)") { Headers = { { "Prefer", "respond-async" } } };
        using var response = await busy.Client.SendAsync(message);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.Contains("Preference-Applied").Should().BeFalse();
    }

    private async Task<string> MonitorAsync(string request, params (string Name, string Value)[] headers)
    {
        var prefer = headers.FirstOrDefault(header => header.Name == "Prefer").Value;
        using var accepted = await GetAsync(
            request, [.. headers.Where(header => header.Name != "Prefer"), ("Prefer", prefer is null ? "respond-async" : $"{prefer}, respond-async")]);
        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        return accepted.Headers.Location!.OriginalString;
    }

    /// <summary>Asks the status monitor until the request is done.</summary>
    private async Task<HttpResponseMessage> ResultAsync(string request, params (string Name, string Value)[] headers)
    {
        var monitor = await MonitorAsync(request, headers);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var response = await AskAsync(monitor, [.. headers.Where(header => header.Name != "Prefer")]);
            if (response.StatusCode != HttpStatusCode.Accepted)
                return response;
            response.Headers.Location!.OriginalString.Should().Be(monitor);
            response.Dispose();
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<HttpResponseMessage> GetAsync(string request, params (string Name, string Value)[] headers) => AskAsync(Root + request, headers);

    private async Task<HttpResponseMessage> AskAsync(string url, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await words.Host.Client.SendAsync(message);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string url, string key)
    {
        using var message = new HttpRequestMessage(method, url) { Headers = { { "X-Api-Key", key } } };
        using var response = await words.Host.Anonymous.SendAsync(message);
        return response.StatusCode;
    }
}

public sealed class AsynchronousOnSqlite(AsynchronousCases<SqliteTestDatabase>.Words words)
    : AsynchronousCases<SqliteTestDatabase>(words), IClassFixture<AsynchronousCases<SqliteTestDatabase>.Words>;

[Needs("PostgreSql")]
public sealed class AsynchronousOnPostgreSql(AsynchronousCases<PostgreSqlTestDatabase>.Words words)
    : AsynchronousCases<PostgreSqlTestDatabase>(words), IClassFixture<AsynchronousCases<PostgreSqlTestDatabase>.Words>;

[Needs("SqlServer")]
public sealed class AsynchronousOnSqlServer(AsynchronousCases<SqlServerTestDatabase>.Words words)
    : AsynchronousCases<SqlServerTestDatabase>(words), IClassFixture<AsynchronousCases<SqlServerTestDatabase>.Words>;
