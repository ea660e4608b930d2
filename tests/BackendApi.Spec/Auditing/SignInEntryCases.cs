using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Resources.Audit;
using BackendApi.Spec.Access;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Auditing;

/// <summary>Who signs in and out, who tries to, and what ends a sign-in is told by the audit log (docs/reference/audit.md).</summary>
public abstract class SignInEntryCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private const string Password = "correct horse battery";
    private readonly string name = $"u{Guid.NewGuid():N}"[..12];
    private BackendApiHost host = null!;

    public async Task InitializeAsync()
    {
        host = await BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>().AddModule<AuditModule>(), "--Service:TrustedProxies=127.0.0.1");
        await host.InStoreAsync<UserStore>((users, session) => users.CreateAsync(session, new(name, Password, []), default));
        await host.Services.GetRequiredService<AccessDirectory>().NewerAsync(default);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_sign_in_is_told_with_who_and_where_from() =>
        (await Told(() => SignInAsync("token", Password, ("grant_type", "password")))).Should().Be("""SignedIn Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"password"}}]""");

    [DatabaseFact]
    public async Task The_session_of_a_browser_is_told_from_its_beginning_to_its_end()
    {
        var cookie = "";
        var token = "";
        (await Told(async () =>
        {
            using var response = await SignInAsync("session", Password);
            cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            token = (await response.JsonAsync()).GetProperty("csrfToken").GetString()!;
            return response;
        })).Should().Be("""SignedIn Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"session"}}]""");

        (await Told(() => SignOutAsync(cookie, token))).Should().Be("""SignedOut Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","before":{"RevokedAt":null},"after":{"RevokedAt":{at}}}]""");
        (await Told(() => SignOutAsync(cookie, token))).Should().BeEmpty("it has ended already");
    }

    [DatabaseFact]
    public async Task Basic_credentials_are_told_when_they_are_looked_at()
    {
        (await Told(() => GetAsync(AccessRequests.Basic(name, Password)))).Should().Be("""SignedIn Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"basic"}}]""");
        (await Told(() => GetAsync(AccessRequests.Basic(name, Password)))).Should().BeEmpty("they are remembered for five minutes");
        (await Told(() => GetAsync(AccessRequests.Basic(name, "wrong")))).Should().Be("""SignInRefused Users('{name}') by system System 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"basic","Reason":"WrongPassword"}}]""");
    }

    [DatabaseFact]
    public async Task What_is_refused_is_told_with_the_reason_that_the_answer_keeps_to_itself()
    {
        (await Told(() => SignInAsync("token", "wrong", ("grant_type", "password")))).Should().Be(
            """SignInRefused Users('{name}') by system System 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"password","Reason":"WrongPassword"}}]""");
        await host.InStoreAsync<UserStore>((users, session) => users.LockAsync(session, name, default));
        (await Told(() => SignInAsync("session", Password))).Should().Be(
            """SignInRefused Users('{name}') by system System 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"session","Reason":"Locked"}}]""");
    }

    [DatabaseFact]
    public async Task A_name_that_nobody_has_is_not_told_because_it_may_be_a_password()
    {
        using var content = Form(("grant_type", "password"), ("username", $"{Password}{name}"), ("password", "x"));
        (await Told(() => SendAsync(HttpMethod.Post, "token", content))).Should().Be("""SignInRefused Users() by system System 192.0.2.7 [{"after":{"Grant":"password","Reason":"UnknownName"}}]""");
    }

    [DatabaseFact]
    public async Task A_second_factor_that_is_missing_or_wrong_is_told()
    {
        var factor = await host.InStoreAsync<UserStore, SecondFactor>((users, session) => users.BeginSecondFactorAsync(session, name, default));
        var code = OneTimeCode.At(AccessRequests.FromBase32(factor.Secret), DateTimeOffset.UtcNow);
        await host.InStoreAsync<UserStore>((users, session) => users.ConfirmSecondFactorAsync(session, name, code, default));

        (await Told(() => SignInAsync("session", Password))).Should().Contain("\"Reason\":\"CodeMissing\"").And.StartWith("SignInRefused Users('{name}')");
        (await Told(() => SignInAsync("session", Password, ("otp", "nonsense")))).Should().Contain("\"Reason\":\"WrongCode\"");
    }

    [DatabaseFact]
    public async Task A_password_that_is_changed_at_the_sign_in_is_told()
    {
        await host.InStoreAsync<UserStore>((users, session) => users.SetPasswordAsync(session, name, Password, mustChange: true, default));

        (await Told(() => SignInAsync("token", Password, ("grant_type", "password"), ("new_password", "another horse battery")))).Should().Be(
            """
            SignedIn Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"password","MustChangePassword":true}}]
            ChangePassword Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","after":{"newPassword":"***"}}]
            Update Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","before":{"MustChangePassword":true,"ChangedAt":{at}},"after":{"MustChangePassword":false,"ChangedAt":{at}}}]
            """);
    }

    [DatabaseFact]
    public async Task A_client_is_told_by_its_id()
    {
        var secret = await host.InStoreAsync<ClientStore, string>((clients, session) => clients.CreateAsync(session, new(name, [AccessTables.Administrators], Scopes.All), Caller.System, default));
        using var wrong = ClientForm("nonsense");
        (await Told(() => SendAsync(HttpMethod.Post, "token", wrong))).Should().Be(
            """SignInRefused OAuthClients('{name}') by system System 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"client_credentials","Reason":"WrongSecret"}}]""");
        using var right = ClientForm(secret);
        var token = "";
        (await Told(async () =>
        {
            var response = await SendAsync(HttpMethod.Post, "token", right);
            token = (await response.JsonAsync()).GetProperty("access_token").GetString()!;
            return response;
        })).Should().Be("""SignedIn OAuthClients('{name}') by {name} Client 192.0.2.7 [{"key":"'{name}'","after":{"Grant":"client_credentials"}}]""");

        using var revocation = Form(("token", token), ("client_id", name), ("client_secret", secret));
        (await Told(() => SendAsync(HttpMethod.Post, "token/revoke", revocation))).Should().Be(
            """TokenRevoked OAuthClients('{name}') by {name} Client 192.0.2.7 [{"key":"'{name}'","before":{"RevokedAt":null},"after":{"RevokedAt":{at}}}]""");
    }

    [DatabaseFact]
    public async Task Whoever_holds_a_token_can_revoke_it_and_is_told_as_its_user()
    {
        var (_, refresh) = await TokensAsync();
        using var form = Form(("token", refresh));
        (await Told(() => SendAsync(HttpMethod.Post, "token/revoke", form))).Should().Be("""TokenRevoked Users('{name}') by {name} User 192.0.2.7 [{"key":"'{name}'","before":{"RevokedAt":null},"after":{"RevokedAt":{at}}}]""");
    }

    [DatabaseFact]
    public async Task A_refresh_token_that_comes_twice_is_told_once_and_a_refresh_not_at_all()
    {
        var (_, refresh) = await TokensAsync();
        (await Told(() => RefreshAsync(refresh))).Should().BeEmpty();
        (await Told(() => RefreshAsync(refresh))).Should().Be("""RefreshTokenReused Users('{name}') by system System 192.0.2.7 [{"key":"'{name}'","before":{"RevokedAt":null},"after":{"RevokedAt":{at}}}]""");
        (await Told(() => RefreshAsync(refresh))).Should().BeEmpty("it has ended");
    }

    [DatabaseFact]
    public async Task Strangers_fill_the_log_at_a_bounded_rate_and_the_next_entry_says_what_was_left_out()
    {
        var told = await Told(async () =>
        {
            for (var i = 0; i < SignInEntries.RefusedPerMinute + 10; i++)
            {
                using var form = Form(("grant_type", "client_credentials"), ("client_id", "nobody"), ("client_secret", $"guess {i}"));
                using var response = await SendAsync(HttpMethod.Post, "token", form);
                response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            }
            return new();
        });

        // The rate refills while the requests are sent.
        told.Split('\n').Should().HaveCountLessThan(SignInEntries.RefusedPerMinute + 10).And.HaveCountGreaterThanOrEqualTo(SignInEntries.RefusedPerMinute)
            .And.AllSatisfy(entry => entry.Should().StartWith("""SignInRefused OAuthClients() by system System 192.0.2.7 [{"after":{"Grant":"client_credentials","Reason":"UnknownName"""));
    }

    private async Task<(string Access, string Refresh)> TokensAsync()
    {
        using var response = await SignInAsync("token", Password, ("grant_type", "password"));
        var answer = await response.JsonAsync();
        return (answer.GetProperty("access_token").GetString()!, answer.GetProperty("refresh_token").GetString()!);
    }

    private async Task<HttpResponseMessage> RefreshAsync(string token)
    {
        using var form = Form(("grant_type", "refresh_token"), ("refresh_token", token));
        return await SendAsync(HttpMethod.Post, "token", form);
    }

    private async Task<HttpResponseMessage> SignInAsync(string address, string password, params (string Name, string Value)[] more)
    {
        using var form = Form([("username", name), ("password", password), .. more]);
        return await SendAsync(HttpMethod.Post, address, form);
    }

    private Task<HttpResponseMessage> SignOutAsync(string cookie, string token) => SendAsync(HttpMethod.Delete, "session", null, ("Cookie", cookie), ("X-CSRF-Token", token));

    private Task<HttpResponseMessage> GetAsync(string authorization) => SendAsync(HttpMethod.Get, "odata/", null, ("Authorization", authorization));

    private FormUrlEncodedContent ClientForm(string secret) => Form(("grant_type", "client_credentials"), ("client_id", name), ("client_secret", secret));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] parameters) => new(parameters.Select(each => KeyValuePair.Create(each.Name, each.Value)));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Root, address)) { Content = content };
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        return await host.Anonymous.SendAsync(request);
    }

    /// <summary>A line for each entry about sign-ins, the same whoever signs in and whenever.</summary>
    private async Task<string> Told(Func<Task<HttpResponseMessage>> request)
    {
        var mark = (await EntriesAsync("$orderby=Id desc&$top=1")).LastOrDefault()?["Id"]?.GetValue<long>() ?? 0;
        using var response = await request();
        var lines = (await EntriesAsync($"$filter=Id gt {mark}&$orderby=Id")).Select(entry =>
            $"{entry!["Operation"]} {entry["EntitySet"]}({entry["Key"]}) by {entry["Caller"]} {entry["CallerKind"]} {entry["Address"]} {entry["Changes"]}");
        return Regex.Replace(string.Join('\n', lines).Replace(name, "{name}", StringComparison.Ordinal), @"""\d{4}-\d\d-\d\dT[\d:.]+Z""", "{at}");
    }

    private async Task<JsonArray> EntriesAsync(string options) => JsonNode.Parse(await host.Client.GetStringAsync(new Uri(host.Root, $"odata/AuditEntries?{options}")))!["value"]!.AsArray();
}

public sealed class SignInEntriesOnSqlite(SqliteTestDatabase database) : SignInEntryCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class SignInEntriesOnPostgreSql(PostgreSqlTestDatabase database) : SignInEntryCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class SignInEntriesOnSqlServer(SqlServerTestDatabase database) : SignInEntryCases<SqlServerTestDatabase>(database);
