using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>What is sent by those who have no credentials, and what the log tells of those who have.</summary>
public sealed class CredentialAttackTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>, IAsyncLifetime, IDisposable
{
    private readonly Log log = new();
    private BackendApiHost host = null!;

    public async Task InitializeAsync() => host = await BackendApiHost.StartAsync(database, services => services.AddSingleton<ILoggerProvider>(log),
        "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Access:LockoutAttempts=0");

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Whatever_stands_in_authorization_is_refused_and_breaks_nothing()
    {
        var deep = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(new string('[', 3000)));
        string[] attacks =
        [
            "Bearer .", "Bearer ..", "Bearer ...", $"Bearer {deep}.{deep}.{deep}", "Bearer e30.e30.e30", "Bearer bnVsbA.bnVsbA.bnVsbA", 
            "Bearer " + new string('a', 20_000), "Bearer " + new string('.', 20_000), "Bearer " + new string('a', 20_000) + ".b.c", "Bearer bapi_" + new string('0', 43),
            "Basic " + Convert.ToBase64String(new byte[600]), "Basic " + Convert.ToBase64String("admin\0:x"u8), "Basic " + Convert.ToBase64String([0xff, 0xfe, (byte)':']),
            "Basic " + new string('A', 20_000), "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('u', 300) + ":p")), "Basic =", "Negotiate TlRMTVNTUAAB", "Bearer\tx", "bEaReR x.y.z",
            "Digest username=\"admin\"", "Bearer null", "Bearer undefined", "Bearer ' OR 1=1 --", "Basic " + Convert.ToBase64String("' OR 1=1 --:' OR 1=1 --"u8),
        ];
        foreach (var attack in attacks)
        {
            using var response = await host.SendAsync(HttpMethod.Get, "odata/", attack);
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, attack.Length > 100 ? attack[..100] : attack);
            response.Headers.WwwAuthenticate.Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Headers_that_are_too_large_are_refused_by_the_server()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Root, "odata/")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", new string('a', 60_000)) } };
        using var response = await host.Anonymous.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Fact]
    public async Task Two_authorizations_are_none()
    {
        var answer = await RawAsync($"GET /odata/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {host.ApiKey}\r\nAuthorization: Bearer {host.ApiKey}\r\nConnection: close\r\n\r\n");
        answer.Should().StartWith("HTTP/1.1 401");
    }

    [Fact]
    public async Task Whatever_is_posted_to_the_token_endpoints_is_refused_in_their_words()
    {
        (string Body, string Type)[] attacks =
        [
            ("grant_type=password&username=a%00b&password=x", "application/x-www-form-urlencoded"),
            ("grant_type=password&username=%ED%A0%80&password=x", "application/x-www-form-urlencoded"),
            ("grant_type=password&username=%F0%9F%98%80&password=x", "application/x-www-form-urlencoded"),
            ($"grant_type=password&username={new string('u', 5000)}&password={new string('p', 5000)}", "application/x-www-form-urlencoded"),
            ("grant_type=password&username=' OR 1=1 --&password=x", "application/x-www-form-urlencoded"),
            ("grant_type=password&username=admin&password=x&otp=%00", "application/x-www-form-urlencoded"),
            ("grant_type=refresh_token&refresh_token=%00", "application/x-www-form-urlencoded"),
            ("grant_type=client_credentials&client_id=%00&client_secret=%00", "application/x-www-form-urlencoded"),
            ("grant_type=password&username=admin&password=x&scope=%00:read", "application/x-www-form-urlencoded"),
            ("grant_type=password&username=admin&password=x", "application/x-www-form-urlencoded; charset=nonsense"),
            ("grant_type=password&username=admin&password=x", "application/x-www-form-urlencoded; charset=utf-7"),
            (string.Concat(Enumerable.Range(0, 2000).Select(i => $"p{i}=x&")), "application/x-www-form-urlencoded"),
            (new string('x', 20_000), "application/x-www-form-urlencoded"),
            ("%%%=%%%&&&===", "application/x-www-form-urlencoded"),
            ("<xml/>", "text/xml"),
        ];
        foreach (var address in (string[])["token", "token/revoke", "token/introspect"])
            foreach (var (body, type) in attacks)
            {
                using var content = new StringContent(body);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                using var response = await host.SendAsync(HttpMethod.Post, address, null, content);
                ((int)response.StatusCode).Should().BeOneOf([400, 401, 429], $"{address} {body[..Math.Min(80, body.Length)]}");
                (await response.JsonAsync()).GetProperty("error").GetString().Should().BeOneOf(
                    "invalid_request", "invalid_grant", "invalid_client", "invalid_scope", "unsupported_grant_type", "temporarily_unavailable");
            }
    }

    [Fact]
    public async Task Guessing_passwords_is_slowed_for_one_user_and_for_one_address()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 80 && !statuses.Contains(429); i++)
        {
            using var response = await host.SignInAsync($"user {i}", "guess");
            statuses.Add((int)response.StatusCode);
        }
        // A slow machine lets an attempt through whose wait is over meanwhile.
        statuses.Should().Contain(429, "every attempt names another user").And.HaveCountGreaterThan(PasswordThrottle.FreeAttemptsPerAddress);
    }

    [Fact]
    public async Task No_secret_is_in_any_log_and_nobody_writes_lines_into_it()
    {
        const string password = "s3cret of a user";
        const string line = "\r\n12:00:00 info: admin signed in";
        await host.InStoreAsync<UserStore>((users, session) => users.CreateAsync(session, new("logged", password, [AccessTables.Administrators]), default));
        var secret = await host.InStoreAsync<ClientStore, string>((clients, session) => clients.CreateAsync(session, new("logged", [], Scopes.All), Caller.System, default));
        var factor = await host.InStoreAsync<UserStore, SecondFactor>((users, session) => users.BeginSecondFactorAsync(session, "logged", default));
        (string, string)[] asClient = [("client_id", "logged"), ("client_secret", secret)];
        using var answer = await host.SignInAsync("logged", password);
        var tokens = await answer.JsonAsync();
        var (access, refresh) = (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);

        await host.StatusAsync("Bearer", access);
        await host.StatusAsync("Bearer", access[..^1]);
        await host.StatusAsync("Basic", AccessRequests.Basic("logged", password)[6..]);
        await host.SendAsync(HttpMethod.Get, $"odata/?api_key={host.ApiKey}", null);
        await host.SendAsync(HttpMethod.Get, $"odata/Nothing?$filter=(((&api_key={host.ApiKey}", null);
        var next = await host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", refresh)).TextAsync("refresh_token");
        await host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", refresh));
        await host.FormAsync("token", [("grant_type", "client_credentials"), .. asClient]);
        await host.FormAsync("token/introspect", [("token", access), .. asClient]);
        await host.FormAsync("token/revoke", ("token", access));
        await host.SignInAsync("logged", password, ("new_password", "another s3cret of a user"));
        await host.SignInAsync("nobody" + line, "guess" + line);
        await host.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", line), ("client_secret", line));
        await host.SendAsync(HttpMethod.Get, $"odata/{Uri.EscapeDataString("a" + line)}", $"Bearer {host.ApiKey}");
        await RawAsync($"GET /odata/?api_key={host.ApiKey} HTTP/9.9\r\n\r\n");
        foreach (var header in (string[])["Host", "Origin", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "Prefer", "Accept", "Content-Type", "If-Match", "Cookie", "traceparent"])
            foreach (var end in (string[])["\n", "\r", "\u0085", "\x1b[2K", "%0d%0a"])
                await RawAsync($"GET /odata/?api_key={host.ApiKey} HTTP/1.1\r\nHost: x\r\n{header}: a{end}12:00:00 info: admin signed in\r\nConnection: close\r\n\r\n");

        var all = log.Text;
        all.Should().Contain("Executed endpoint", "everything is logged");
        foreach (var one in (string[])[password, "another s3cret", secret, factor.Secret, access, access.Split('.')[2], refresh, next, host.ApiKey, BackendApiHost.AdminPassword])
            all.Split('\n').Where(message => message.Contains(one, StringComparison.Ordinal)).Should().BeEmpty();
        log.Own.Should().OnlyContain(message => !message.Contains("admin signed in"));
    }

    private async Task<string> RawAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Root.Host, host.Root.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    /// <summary>All that any part of the process logs, with the state of each entry and its scopes.</summary>
    private sealed class Log : ILoggerProvider
    {
        private readonly List<(string Category, string Message)> messages = [];

        public string Text
        {
            get
            {
                lock (messages)
                    return string.Join('\n', messages.Select(message => message.Message));
            }
        }

        public IReadOnlyList<string> Own
        {
            get
            {
                lock (messages)
                    return [.. messages.Where(message => message.Category.StartsWith("BackendApi", StringComparison.Ordinal)).Select(message => message.Message)];
            }
        }

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose() { }

        private void Add(string category, string message)
        {
            lock (messages)
                messages.Add((category, message));
        }

        private sealed class Category(Log log, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                log.Add(name, state.ToString() ?? "");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Add(name, $"{formatter(state, exception)} {exception}");
        }
    }
}
