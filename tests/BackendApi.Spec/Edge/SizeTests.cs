using System.Net;

namespace BackendApi.Spec.Edge;

/// <summary>What is too large, for whoever has no credentials: refused before it is read, and without a defect.</summary>
public sealed class SizeTests(HostFixture<SqliteTestDatabase> fixture) : IClassFixture<HostFixture<SqliteTestDatabase>>
{
    private BackendApiHost Host => fixture.Host;

    public static TheoryData<string, string, int> Requests => new()
    {
        { "one long header", $"GET /odata/ HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n", 431 },
        { "many headers", $"GET /odata/ HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: a\r\n"))}\r\n", 431 },
        { "many long headers", $"GET /odata/ HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 50).Select(i => $"X{i}: {new string('a', 1000)}\r\n"))}\r\n", 431 },
        { "a long query", $"GET /odata/?$filter={new string('a', 80_000)} HTTP/1.1\r\nHost: x\r\n\r\n", 414 },
        { "a long path", $"GET /odata/{new string('a', 80_000)} HTTP/1.1\r\nHost: x\r\n\r\n", 414 },
        { "a long method", $"{new string('A', 80_000)} /odata/ HTTP/1.1\r\nHost: x\r\n\r\n", 414 },
        { "a form that says that it is long", "POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n", 400 },
        { "a body that says that it is longer than anything", "POST /odata/$batch HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775807\r\nConnection: close\r\n\r\n", 401 },
    };

    [Theory, MemberData(nameof(Requests))]
    public async Task It_is_refused(string what, string request, int status) =>
        EdgeRequests.Statuses(await Host.RawAsync(request)).Should().Equal([status], what);

    [Fact]
    public async Task A_limit_of_headers_is_a_setting()
    {
        await using var database = new SqliteTestDatabase();
        await database.InitializeAsync();
        await using var host = await BackendApiHost.StartAsync(database, "--Limits:MaxHeaderBytes=65536");

        using var response = await host.AskAsync(HttpMethod.Get, "health/live", ("X", new string('a', 40_000)));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
