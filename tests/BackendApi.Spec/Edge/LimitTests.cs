using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Limits;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Spec.Access;
using BackendApi.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Edge;

/// <summary>How much callers may ask for at once and over time, and what they are told then.</summary>
public sealed class LimitTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    /// <summary>Far more than anything here takes: on a loaded machine a test must fail for its own reason only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_caller_beyond_the_rate_is_told_how_long_to_wait_and_others_are_served()
    {
        await using var host = await StartAsync("--Limits:RequestsPerMinute=2");
        await ReadAsync(host, 200);
        await ReadAsync(host, 200);

        using var refused = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials());

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
        (await refused.JsonAsync()).GetProperty("error").GetProperty("code").GetString().Should().Be("TooManyRequests");
        (await host.StatusAsync("Bearer", host.ReadingKey)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_batch_counts_as_the_requests_in_it()
    {
        await using var host = await StartAsync("--Limits:RequestsPerMinute=5");

        (await BatchAsync(host, requests: 4)).Should().Be("200 200 200 200");
        await ReadAsync(host, 200);
        await ReadAsync(host, 429);
    }

    [Fact]
    public async Task A_batch_is_never_refused_half_done_and_what_it_takes_too_much_is_owed()
    {
        await using var host = await StartAsync("--Limits:RequestsPerMinute=2");

        (await BatchAsync(host, requests: 6)).Should().Be("200 200 200 200 200 200");

        using var refused = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials());
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.FromSeconds(100), "four requests are owed");
    }

    [Fact]
    public async Task A_request_that_goes_on_without_its_client_counts_once()
    {
        await using var host = await StartAsync("--Limits:RequestsPerMinute=2");

        using var accepted = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Prefer", "respond-async"));
        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        await ReadAsync(host, 200);
        await ReadAsync(host, 429);
    }

    [Fact]
    public async Task An_address_that_never_says_who_calls_has_a_rate_of_its_own()
    {
        await using var host = await StartAsync("--Limits:AnonymousRequestsPerMinute=3");
        (await host.StatusAsync("Bearer", "wrong")).Should().Be(HttpStatusCode.Unauthorized);
        (await host.FormAsync("token", ("grant_type", "client_credentials")).OutcomeAsync()).Should().Be("401 invalid_client");
        (await host.FormAsync("token/revoke", ("token", "x")).OutcomeAsync()).Should().Be("200 ");

        (await host.StatusAsync("Bearer", "wrong")).Should().Be(HttpStatusCode.TooManyRequests);
        using var refused = await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword);
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        (await refused.JsonAsync()).GetProperty("error").GetString().Should().Be("temporarily_unavailable");
        await ReadAsync(host, 200);
        (await host.AskAsync(HttpMethod.Get, "health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_has_only_so_many_requests_running()
    {
        await using var host = await StartAsync("--Limits:ConcurrentRequestsPerCaller=1");
        using (await OccupyAsync(host))
        {
            using var refused = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials());
            refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
            (await host.StatusAsync("Bearer", host.ReadingKey)).Should().Be(HttpStatusCode.OK);
        }

        // The client that left has made room.
        (await host.BecomesAsync(HttpStatusCode.OK, "Bearer", host.ApiKey)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_full_service_says_so_and_the_probes_and_sign_ins_are_answered()
    {
        await using var host = await StartAsync("--Limits:ConcurrentRequests=1", "--Limits:QueuedRequests=0");
        using var occupied = await OccupyAsync(host);

        using var refused = await host.AskAsync(HttpMethod.Get, "odata/", ("Authorization", $"Bearer {host.ReadingKey}"));

        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await refused.JsonAsync()).GetProperty("error").GetProperty("code").GetString().Should().Be("Overloaded");
        (await host.AskAsync(HttpMethod.Get, "health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword).OutcomeAsync()).Should().Be("200 ");
        host.Services.GetRequiredService<CallerUses>().All.Sum(use => use.Running).Should().Be(1, "whoever was refused runs nothing");
    }

    [Fact]
    public async Task Whoever_comes_to_a_full_service_waits_for_a_turn()
    {
        await using var host = await StartAsync("--Limits:ConcurrentRequests=1", "--Limits:QueueSeconds=3600");
        var turnstile = host.Services.GetRequiredService<Turnstile>();
        Task<HttpResponseMessage> waiting;
        using (await OccupyAsync(host))
        {
            waiting = host.AskAsync(HttpMethod.Get, "odata/", host.Credentials());
            await UntilAsync(() => turnstile.Waiting == 1);
        }

        using var response = await waiting;
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        await UntilAsync(() => turnstile.Inside == 0);
    }

    [Fact]
    public async Task A_body_that_never_arrives_is_ended_by_the_time_of_the_request()
    {
        await using var host = await StartAsync("--Limits:RequestSeconds=1", "--Limits:MinBytesPerSecond=0");
        using var slow = await OccupyAsync(host);

        var answer = await slow.ReadToEndAsync();

        answer.Should().StartWith("HTTP/1.1 504 ").And.Contain("\"DeadlineExceeded\"");
        (await BatchAsync(host, requests: 1)).Should().Be("200");
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up()
    {
        await using var host = await StartAsync("--Limits:MinBytesPerSecond=1000000");
        using var slow = await OccupyAsync(host);

        (await slow.ReadToEndAsync()).Should().StartWith("HTTP/1.1 408 ").And.Contain("\"RequestTimeout\"");
    }

    [Fact]
    public async Task A_batch_that_is_too_long_is_refused()
    {
        await using var host = await StartAsync("--OData:MaxBatchBytes=1024");

        using var told = await host.SendAsync(HttpMethod.Post, "odata/$batch", $"Bearer {host.ApiKey}", Json(Batch(40)));
        told.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await told.JsonAsync()).GetProperty("error").GetProperty("code").GetString().Should().Be("LimitExceeded");

        var chunk = Batch(40);
        var untold = await host.RawAsync($"POST /odata/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {host.ApiKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunk.Length:x}\r\n{chunk}\r\n0\r\n\r\n");
        untold.Should().StartWith("HTTP/1.1 400 ").And.Contain("\"LimitExceeded\"");
    }

    [Fact]
    public async Task Callers_and_administrators_see_what_was_counted()
    {
        await using var host = await StartAsync("--Limits:RequestsPerMinute=10", "--Limits:ConcurrentRequestsPerCaller=7");
        await BatchAsync(host, requests: 2);

        using var own = await host.AskAsync(HttpMethod.Get, "odata/MyLimits()", host.Credentials());
        var mine = await own.JsonAsync();
        (mine.GetProperty("Kind").GetString(), mine.GetProperty("RequestsPerMinute").GetInt32(), mine.GetProperty("RequestsLeft").GetInt32(), mine.GetProperty("RunningRequests").GetInt32(),
            mine.GetProperty("ConcurrentRequests").GetInt32(), mine.GetProperty("RefusedRequests").GetInt64()).Should().Be(("ApiKey", 10, 7, 1, 7, 0L));

        using var all = await host.AskAsync(HttpMethod.Get, "odata/CallerLimits()", host.Credentials());
        (await all.JsonAsync()).GetProperty("value").EnumerateArray().Should().ContainSingle().Which.GetProperty("Name").GetString().Should().Be(mine.GetProperty("Name").GetString());
        using var forbidden = await host.AskAsync(HttpMethod.Get, "odata/CallerLimits()", ("Authorization", $"Bearer {host.ReadingKey}"));
        forbidden.StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var everyone = await host.AskAsync(HttpMethod.Get, "odata/MyLimits()", ("Authorization", $"Bearer {host.ReadingKey}"));
        everyone.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_limit_counts_from_the_next_request_on()
    {
        await using var host = await StartAsync();
        var limits = host.Services.GetRequiredService<CurrentLimits>();
        await ReadAsync(host, 200);

        limits.Value = limits.Value with { RequestsPerMinute = 1 };
        await ReadAsync(host, 200);
        await ReadAsync(host, 429);
        limits.Value = limits.Value with { RequestsPerMinute = 0 };
        await ReadAsync(host, 200);
    }

    private Task<BackendApiHost> StartAsync(params string[] settings) => BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>(), settings);

    private static async Task ReadAsync(BackendApiHost host, int status) => ((int)await host.StatusAsync("Bearer", host.ApiKey)).Should().Be(status);

    /// <summary>A request that has been let in and waits for the rest of its body, until its connection is closed. The service says itself that it waits.</summary>
    private static async Task<TcpClient> OccupyAsync(BackendApiHost host)
    {
        var connection = await host.ConnectAsync(
            $"POST /odata/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {host.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        var go = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await connection.GetStream().ReadExactlyAsync(go);
        Encoding.ASCII.GetString(go).Should().Be("HTTP/1.1 100 Continue\r\n\r\n");
        await connection.GetStream().WriteAsync("{"u8.ToArray());
        return connection;
    }

    private static string Batch(int requests) =>
        $$"""{"requests":[{{string.Join(',', Enumerable.Range(1, requests).Select(id => $$"""{"id":"{{id}}","method":"get","url":"$metadata"}"""))}}]}""";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The statuses inside.</summary>
    private static async Task<string> BatchAsync(BackendApiHost host, int requests)
    {
        using var response = await host.SendAsync(HttpMethod.Post, "odata/$batch", $"Bearer {host.ApiKey}", Json(Batch(requests)));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return string.Join(' ', (await response.JsonAsync()).GetProperty("responses").EnumerateArray().Select(each => each.GetProperty("status").GetInt32()));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
