namespace BackendApi.Spec.Edge;

/// <summary>
/// Bytes that a proxy and the service could read differently (RFC 9112 section 11.2). Behind each of them stands a second request; if the service answered it, whoever sends the first one could put
/// it in front of somebody else's.
/// </summary>
public sealed class SmugglingTests(HostFixture<SqliteTestDatabase> fixture) : IClassFixture<HostFixture<SqliteTestDatabase>>
{
    private const string Smuggled = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private BackendApiHost Host => fixture.Host;

    public static TheoryData<string, string> Attacks => new()
    {
        { "two different lengths", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "the same length twice", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n{Smuggled}" },
        { "a list of lengths", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 0, {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "a negative length", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{Smuggled}" },
        { "a length beyond 64 bits", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551616\r\n\r\n{Smuggled}" },
        { "a length and chunks", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: {5 + Smuggled.Length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "chunks and a length", $"POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "chunks that are none", $"POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n{Smuggled}" },
        { "chunked twice", $"POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "chunked before another coding", $"POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "a name with a space", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length : {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "a folded line", $"POST /token HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "line feeds alone", $"POST /token HTTP/1.1\nHost: x\nContent-Length: 0\n\n{Smuggled}" },
        { "a line feed in a header", $"POST /token HTTP/1.1\r\nHost: x\r\nX: a\nContent-Length: 0\r\n\r\n{Smuggled}" },
        { "a carriage return in a header", $"POST /token HTTP/1.1\r\nHost: x\r\nX: a\rContent-Length: 0\r\n\r\n{Smuggled}" },
        { "a zero in a header", $"POST /token HTTP/1.1\r\nHost: x\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n{Smuggled}" },
        { "a chunk length beyond 64 bits", $"POST /odata/$batch HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n{Smuggled}" },
        { "a chunk that ends in a line feed", $"POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n{Smuggled}" },
        { "two hosts", $"GET /odata/ HTTP/1.1\r\nHost: x\r\nHost: evil.example\r\n\r\n{Smuggled}" },
        { "no host", $"GET /odata/ HTTP/1.1\r\n\r\n{Smuggled}" },
        { "a host with a space", $"GET /odata/ HTTP/1.1\r\nHost: x evil.example\r\n\r\n{Smuggled}" },
        { "a host with a path", $"GET /odata/ HTTP/1.1\r\nHost: x/evil\r\n\r\n{Smuggled}" },
        { "another host in the address", $"GET http://evil.example/odata/ HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}" },
        { "a second request line", $"GET /odata/ HTTP/1.1 HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}" },
        { "a method with a line", $"GE\rT /odata/ HTTP/1.1\r\nHost: x\r\n\r\n{Smuggled}" },
    };

    [Theory, MemberData(nameof(Attacks))]
    public async Task What_can_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_answered(string attack, string request)
    {
        var answer = await Host.RawAsync(request);

        EdgeRequests.Statuses(answer).Should().ContainSingle(attack).Which.Should().BeOneOf([400, 401, 501, 505], attack);
        answer.Should().NotContain("\"live\"");
    }

    [Fact]
    public async Task The_second_of_two_honest_requests_is_answered() =>
        EdgeRequests.Statuses(await Host.RawAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n" + Smuggled)).Should().Equal(200, 200);
}
