using System.Net;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>The OAuth 2.0 endpoints: RFC 6749, 7009, 7662 and 8414.</summary>
public abstract class TokenCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private readonly string client = $"shop connector {Guid.NewGuid():N}";
    private BackendApiHost host = null!;
    private string secret = null!;

    public async Task InitializeAsync()
    {
        host = await BackendApiHost.StartAsync(database);
        secret = await host.InStoreAsync<ClientStore, string>((clients, session) =>
            clients.CreateAsync(session, new(client, [AccessTables.Administrators], Scopes.Parse("*:read Orders:*", out _)!), Caller.System, default));
        await host.BecomesAsync(HttpStatusCode.OK, "Bearer", host.ApiKey);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_refresh_token_is_exchanged_once_for_a_new_pair()
    {
        var first = await SignInAsync();
        var second = await TokensAsync(RefreshAsync(first.Refresh));

        second.Refresh.Should().NotBe(first.Refresh);
        (await host.StatusAsync("Bearer", second.Access)).Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_refresh_token_that_comes_twice_ends_the_whole_sign_in()
    {
        var first = await SignInAsync();
        var second = await TokensAsync(RefreshAsync(first.Refresh));
        using var reused = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var told = host.Observations.NextAsync<RefreshTokenReused>(cancellation: reused.Token);

        (await RefreshAsync(first.Refresh).OutcomeAsync()).Should().Be("400 invalid_grant");

        (await told).User.Should().Be(BackendApiHost.AdminUserName);
        (await RefreshAsync(second.Refresh).OutcomeAsync()).Should().Be("400 invalid_grant");
        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", second.Access)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task Of_many_at_once_with_one_refresh_token_no_more_than_one_gets_through()
    {
        var first = await SignInAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(first.Refresh).OutcomeAsync()));

        outcomes.Count(outcome => outcome == "200 ").Should().Be(1);
        outcomes.Where(outcome => outcome != "200 ").Should().AllBe("400 invalid_grant");
    }

    [DatabaseFact]
    public async Task Tokens_are_good_on_another_node_and_after_a_restart()
    {
        var first = await SignInAsync();
        await using var other = await BackendApiHost.StartAsync(database);

        (await other.StatusAsync("Bearer", first.Access)).Should().Be(HttpStatusCode.OK);
        (await other.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", first.Refresh)).OutcomeAsync()).Should().Be("200 ");
        (await RefreshAsync(first.Refresh).OutcomeAsync()).Should().Be("400 invalid_grant", "the other node has taken it");
    }

    [DatabaseTheory]
    [InlineData("")]
    [InlineData("bart_")]
    [InlineData("bart_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonsense")]
    public async Task What_is_no_refresh_token_is_refused(string text) =>
        (await RefreshAsync(text).OutcomeAsync()).Should().Be(text.Length == 0 ? "400 invalid_request" : "400 invalid_grant");

    [DatabaseFact]
    public async Task A_refresh_token_is_no_access_token_and_no_key()
    {
        var first = await SignInAsync();
        (await host.StatusAsync("Bearer", first.Refresh)).Should().Be(HttpStatusCode.Unauthorized);
        (await RefreshAsync(first.Access).OutcomeAsync()).Should().Be("400 invalid_grant");
    }

    [DatabaseTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_gets_a_token_for_itself(bool inHeader)
    {
        using var response = inHeader
            ? await host.FormAsync("token", AccessRequests.Basic(Uri.EscapeDataString(client), secret), [("grant_type", "client_credentials")])
            : await host.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var answer = await response.JsonAsync();
        answer.TryGetProperty("refresh_token", out _).Should().BeFalse("RFC 6749 section 4.4.3");
        (await host.StatusAsync("Bearer", answer.GetProperty("access_token").GetString())).Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory]
    [InlineData("wrong id", "401 invalid_client")]
    [InlineData("wrong secret", "401 invalid_client")]
    [InlineData("no secret", "401 invalid_client")]
    [InlineData("nothing", "401 invalid_client")]
    [InlineData("both", "400 invalid_request")]
    [InlineData("no base 64", "401 invalid_client")]
    [InlineData("bearer", "401 invalid_client")]
    public async Task A_client_that_does_not_prove_itself_gets_none(string how, string outcome)
    {
        (string, string) grant = ("grant_type", "client_credentials");
        (await (how switch
        {
            "wrong id" => host.FormAsync("token", AccessRequests.Basic("nobody", secret), [grant]),
            "wrong secret" => host.FormAsync("token", AccessRequests.Basic(client, secret + "x"), [grant]),
            "no secret" => host.FormAsync("token", grant, ("client_id", client)),
            "nothing" => host.FormAsync("token", grant),
            "both" => host.FormAsync("token", AccessRequests.Basic(client, secret), [grant, ("client_secret", secret)]),
            "no base 64" => host.FormAsync("token", "Basic ***", [grant]),
            _ => host.FormAsync("token", $"Bearer {secret}", [grant]),
        }).OutcomeAsync()).Should().Be(outcome);
    }

    [DatabaseFact]
    public async Task A_refused_client_is_told_the_scheme()
    {
        using var response = await host.FormAsync("token", AccessRequests.Basic(client, "wrong"), [("grant_type", "client_credentials")]);
        response.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Basic");
    }

    [DatabaseTheory]
    [InlineData("Orders:read", "200 ")]
    [InlineData("Orders:delete Customers:read", "200 ")]
    [InlineData("Customers:delete", "400 invalid_scope")]
    [InlineData("*:*", "400 invalid_scope")]
    [InlineData("everything", "400 invalid_scope")]
    public async Task A_client_gets_no_more_than_its_scopes(string scope, string outcome) =>
        (await host.FormAsync("token", AccessRequests.Basic(Uri.EscapeDataString(client), secret), [("grant_type", "client_credentials"), ("scope", scope)]).OutcomeAsync()).Should().Be(outcome);

    /// <summary>RFC 6749, section 5.2.</summary>
    [DatabaseFact]
    public async Task What_is_quoted_of_a_request_has_no_other_characters_than_a_description_may_have() =>
        (await ClientAsync("token", ("grant_type", "client_credentials"), ("scope", "\"ä\\\n")).TextAsync("error_description")).Should().StartWith("'????' is no scope.");

    [DatabaseFact]
    public async Task A_token_with_scopes_can_do_no_more()
    {
        var token = await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword, ("scope", "*:read")).TextAsync("access_token");

        (await host.StatusAsync("Bearer", token)).Should().Be(HttpStatusCode.OK);
        using var response = await host.SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('x')", $"Bearer {token}");
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [DatabaseFact]
    public async Task A_refresh_narrows_scopes_and_never_widens_them()
    {
        using var answer = await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword, ("scope", "*:read"));
        var refresh = (await answer.JsonAsync()).GetProperty("refresh_token").GetString()!;

        (await host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "*:*")).OutcomeAsync()).Should().Be("400 invalid_scope");
        (await host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "Orders:read")).TextAsync("scope")).Should().Be("Orders:read");
    }

    [DatabaseFact]
    public async Task A_locked_client_is_out_with_its_tokens()
    {
        var token = await ClientTokenAsync();
        await host.InStoreAsync<ClientStore>((clients, session) => clients.LockAsync(session, client, default));

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", token)).Should().Be(HttpStatusCode.Unauthorized);
        (await ClientAsync("token", ("grant_type", "client_credentials")).OutcomeAsync()).Should().Be("401 invalid_client");
    }

    [DatabaseFact]
    public async Task A_rotated_secret_leaves_the_old_one_for_a_while()
    {
        var newer = await host.InStoreAsync<ClientStore, string>((clients, session) => clients.RotateAsync(session, client, TimeSpan.FromHours(1), default));
        await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", "bapi_0000000000000000000000000000000000000000000");

        (await ClientAsync("token", ("grant_type", "client_credentials")).OutcomeAsync()).Should().Be("200 ");
        (await host.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", newer)).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task A_token_of_a_client_is_refreshed_and_revoked_by_that_client_only()
    {
        using var answer = await ClientAsync("token", ("grant_type", "password"), ("username", BackendApiHost.AdminUserName), ("password", BackendApiHost.AdminPassword));
        var refresh = (await answer.JsonAsync()).GetProperty("refresh_token").GetString()!;

        (await RefreshAsync(refresh).OutcomeAsync()).Should().Be("400 invalid_grant");
        (await host.FormAsync("token/revoke", ("token", refresh)).OutcomeAsync()).Should().Be("401 invalid_client");
        (await ClientAsync("token", ("grant_type", "refresh_token"), ("refresh_token", refresh)).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task A_client_that_may_ask_for_less_bounds_also_those_who_have_signed_in_through_it()
    {
        var tokens = await TokensAsync(ClientAsync("token", ("grant_type", "password"), ("username", BackendApiHost.AdminUserName), ("password", BackendApiHost.AdminPassword)));
        (await ReadAsync(tokens.Access)).Should().Be(HttpStatusCode.OK);

        await host.InStoreAsync<ClientStore>((clients, session) => clients.UpdateAsync(session, new(client, [], Scopes.Parse("Orders:read", out _)!), default));

        (await AccessRequests.BecomesAsync(() => ReadAsync(tokens.Access), HttpStatusCode.NotFound)).Should().Be(HttpStatusCode.NotFound);
        var refreshed = await TokensAsync(ClientAsync("token", ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh)));
        (await ReadAsync(refreshed.Access)).Should().Be(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> ReadAsync(string token)
        {
            using var response = await host.SendAsync(HttpMethod.Get, "odata/DataExchangeConfigurations", $"Bearer {token}");
            return response.StatusCode;
        }
    }

    [DatabaseFact]
    public async Task Who_signed_in_through_a_client_that_is_gone_is_out_also_when_another_one_has_its_name()
    {
        var tokens = await TokensAsync(ClientAsync("token", ("grant_type", "password"), ("username", BackendApiHost.AdminUserName), ("password", BackendApiHost.AdminPassword)));
        (await host.StatusAsync("Bearer", tokens.Access)).Should().Be(HttpStatusCode.OK);
        await host.InStoreAsync<ClientStore>((clients, session) => clients.DeleteAsync(session, client, default));
        var anew = await host.InStoreAsync<ClientStore, string>((clients, session) => clients.CreateAsync(session, new(client, [], Scopes.All), Caller.System, default));

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", tokens.Access)).Should().Be(HttpStatusCode.Unauthorized);
        (await host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh), ("client_id", client), ("client_secret", anew)).OutcomeAsync()).Should().Be("400 invalid_grant");
    }

    [DatabaseFact]
    public async Task A_token_is_good_however_many_scopes_it_has_and_refused_when_they_are_too_many_for_one()
    {
        var many = string.Join(' ', Enumerable.Range(0, 300).Select(number => $"SomeEntitySet{number}:read"));

        (await host.StatusAsync("Bearer", await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword, ("scope", many)).TextAsync("access_token"))).Should().Be(HttpStatusCode.OK);
        (await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword, ("scope", many + " " + many.Replace("Some", "Another", StringComparison.Ordinal))).OutcomeAsync()).Should().Be("400 invalid_scope");
    }

    [DatabaseTheory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task A_revoked_token_ends_the_sign_in(string which)
    {
        var tokens = await SignInAsync();

        (await host.FormAsync("token/revoke", ("token", which == "access_token" ? tokens.Access : tokens.Refresh), ("token_type_hint", which)).OutcomeAsync()).Should().Be("200 ");

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", tokens.Access)).Should().Be(HttpStatusCode.Unauthorized);
        (await RefreshAsync(tokens.Refresh).OutcomeAsync()).Should().Be("400 invalid_grant");
    }

    [DatabaseFact]
    public async Task A_token_of_a_client_can_be_revoked_too()
    {
        var token = await ClientTokenAsync();

        (await ClientAsync("token/revoke", ("token", token)).OutcomeAsync()).Should().Be("200 ");

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", token)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task To_revoke_what_is_no_token_succeeds() => (await host.FormAsync("token/revoke", ("token", "nonsense")).OutcomeAsync()).Should().Be("200 ");

    [DatabaseFact]
    public async Task A_client_asks_what_a_token_is_worth()
    {
        var token = await ClientTokenAsync();

        using var response = await ClientAsync("token/introspect", ("token", token));

        var answer = await response.JsonAsync();
        answer.GetProperty("active").GetBoolean().Should().BeTrue();
        answer.GetProperty("client_id").GetString().Should().Be(client);
        answer.GetProperty("sub").GetString().Should().Be(client);
        answer.GetProperty("exp").GetInt64().Should().BeGreaterThan(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [DatabaseFact]
    public async Task Of_a_token_that_is_worth_nothing_only_that_is_told()
    {
        var tokens = await SignInAsync();
        await TokensAsync(RefreshAsync(tokens.Refresh));

        foreach (var worthless in (string[])["nonsense", tokens.Access[..^4], tokens.Refresh])
        {
            using var response = await ClientAsync("token/introspect", ("token", worthless));
            (await response.Content.ReadAsStringAsync()).Should().Be("""{"active":false}""");
        }
    }

    [DatabaseFact]
    public async Task Nobody_but_a_client_may_ask() =>
        (await host.FormAsync("token/introspect", ("token", (await SignInAsync()).Access)).OutcomeAsync()).Should().Be("401 invalid_client");

    [DatabaseFact]
    public async Task The_metadata_names_the_endpoints()
    {
        using var response = await host.Anonymous.GetAsync(new Uri(host.Root, ".well-known/oauth-authorization-server"));

        var root = host.Root.AbsoluteUri.TrimEnd('/');
        JsonSerializer.Serialize(await response.JsonAsync()).Should().Be(
            $$"""{"issuer":"{{root}}","token_endpoint":"{{root}}/token","revocation_endpoint":"{{root}}/token/revoke","introspection_endpoint":"{{root}}/token/introspect","response_types_supported":[],"grant_types_supported":["password","client_credentials","refresh_token"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"revocation_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"introspection_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}""");
    }

    private Task<HttpResponseMessage> ClientAsync(string address, params (string, string)[] parameters) =>
        host.FormAsync(address, [.. parameters, ("client_id", client), ("client_secret", secret)]);

    private Task<string> ClientTokenAsync() => ClientAsync("token", ("grant_type", "client_credentials")).TextAsync("access_token");

    private Task<HttpResponseMessage> RefreshAsync(string token) => host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", token));

    private Task<(string Access, string Refresh)> SignInAsync() => TokensAsync(host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword));

    private static async Task<(string Access, string Refresh)> TokensAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var answer = await response.JsonAsync();
        return (answer.GetProperty("access_token").GetString()!, answer.GetProperty("refresh_token").GetString()!);
    }
}

public sealed class TokensOnSqlite(SqliteTestDatabase database) : TokenCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class TokensOnPostgreSql(PostgreSqlTestDatabase database) : TokenCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class TokensOnSqlServer(SqlServerTestDatabase database) : TokenCases<SqlServerTestDatabase>(database);
