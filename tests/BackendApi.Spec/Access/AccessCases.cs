using System.Net;
using System.Text;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Users;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>Who may call, and how they say who they are. The service document answers everyone whom the service knows.</summary>
public abstract class AccessCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private BackendApiHost host = null!;

    public async Task InitializeAsync() => host = await BackendApiHost.StartAsync(database);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseTheory]
    [InlineData("/odata/")]
    [InlineData("/odata/$metadata")]
    [InlineData("/odata/Products")]
    public async Task An_anonymous_caller_gets_401_and_is_told_how_to_sign_in(string address)
    {
        using var response = await host.Anonymous.GetAsync(new Uri(host.Root, address));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.GetValues("WWW-Authenticate").Should().Equal("Bearer realm=\"BackendApi\"", "Basic realm=\"BackendApi\", charset=\"UTF-8\"");
        (await JsonAsync(response)).GetProperty("error").GetProperty("code").GetString().Should().Be("Unauthorized");
    }

    [DatabaseFact]
    public async Task The_word_bearer_alone_gets_the_challenge() => (await StatusAsync("Bearer", null)).Should().Be(HttpStatusCode.Unauthorized);

    [DatabaseTheory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_probes_answer_everyone(string address) =>
        (await host.Anonymous.GetAsync(new Uri(host.Root, address))).StatusCode.Should().Be(HttpStatusCode.OK);

    [DatabaseFact]
    public async Task A_user_exchanges_name_and_password_for_a_token_and_calls_with_it()
    {
        using var response = await TokenAsync(("grant_type", "password"), ("username", "admin"), ("password", BackendApiHost.AdminPassword));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        var answer = await JsonAsync(response);
        answer.GetProperty("token_type").GetString().Should().Be("Bearer");
        answer.GetProperty("expires_in").GetInt32().Should().Be(28800);
        var token = answer.GetProperty("access_token").GetString()!;
        (await StatusAsync("Bearer", token)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("Bearer", token[..^6] + "AAAAAA")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_wrong_password_is_an_invalid_grant() =>
        await ShouldRefuseAsync("invalid_grant", ("grant_type", "password"), ("username", "admin"), ("password", "wrong"));

    [DatabaseFact]
    public async Task An_unknown_user_is_told_no_more_than_one_with_a_wrong_password() =>
        await ShouldRefuseAsync("invalid_grant", ("grant_type", "password"), ("username", "nobody"), ("password", "wrong"));

    [DatabaseFact]
    public async Task Another_grant_is_unsupported() => await ShouldRefuseAsync("unsupported_grant_type", ("grant_type", "implicit"));

    [DatabaseFact]
    public async Task A_missing_grant_type_or_password_is_an_invalid_request()
    {
        await ShouldRefuseAsync("invalid_request", ("username", "admin"), ("password", BackendApiHost.AdminPassword));
        await ShouldRefuseAsync("invalid_request", ("grant_type", "password"), ("username", "admin"));
    }

    [DatabaseFact]
    public async Task A_repeated_parameter_is_an_invalid_request() =>
        await ShouldRefuseAsync("invalid_request", ("grant_type", "password"), ("grant_type", "password"), ("username", "admin"), ("password", "x"));

    [DatabaseFact]
    public async Task A_body_that_is_no_form_is_an_invalid_request()
    {
        using var json = new StringContent("""{"grant_type":"password"}""", Encoding.UTF8, "application/json");
        using var response = await host.Anonymous.PostAsync(new Uri(host.Root, "token"), json);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await JsonAsync(response)).GetProperty("error").GetString().Should().Be("invalid_request");
    }

    [DatabaseFact]
    public async Task The_token_endpoint_takes_post_only()
    {
        using var response = await host.Anonymous.GetAsync(new Uri(host.Root, "token"));

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().Equal("POST");
    }

    [DatabaseFact]
    public async Task After_five_wrong_passwords_the_next_ones_are_not_looked_at_for_a_while()
    {
        for (var i = 0; i < PasswordThrottle.FreeAttemptsPerUser; i++)
            await ShouldRefuseAsync("invalid_grant", ("grant_type", "password"), ("username", "eve"), ("password", $"guess {i}"));

        // A check on a busy machine can outlast the first waits, but not all of them: they double.
        HttpResponseMessage response;
        var more = 0;
        do
            response = await TokenAsync(("grant_type", "password"), ("username", "eve"), ("password", $"another {more}"));
        while (response.StatusCode == HttpStatusCode.BadRequest && ++more < 10);

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().BePositive();
    }

    [DatabaseFact]
    public async Task Basic_takes_a_user_or_an_api_key_as_the_password_of_an_empty_user()
    {
        (await StatusAsync("Basic", Base64($"admin:{BackendApiHost.AdminPassword}"))).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("Basic", Base64($":{host.ApiKey}"))).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("Basic", Base64("admin:wrong"))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task An_api_key_is_taken_as_bearer_header_and_query_parameter()
    {
        (await StatusAsync("Bearer", host.ApiKey)).Should().Be(HttpStatusCode.OK);
        (await host.Client.GetAsync(new Uri(host.Root, "odata/"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await host.Anonymous.GetAsync(new Uri(host.Root, $"odata/?api_key={host.ReadingKey}"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_key_that_has_expired_is_refused()
    {
        var store = host.Services.GetRequiredService<ApiKeyStore>();
        await using var session = await database.Database.OpenAsync(default);
        var past = await store.CreateAsync(session, new($"past {Guid.NewGuid()}", DateTimeOffset.UtcNow.AddSeconds(-1)), Caller.System, default);
        var future = await store.CreateAsync(session, new($"future {Guid.NewGuid()}", DateTimeOffset.UtcNow.AddHours(1)), Caller.System, default);

        (await StatusAsync("Bearer", future)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("Bearer", past)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_revoked_key_is_refused_within_two_seconds()
    {
        var name = $"revoked {Guid.NewGuid()}";
        var key = await host.CreateApiKeyAsync(name);
        (await StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.OK);

        await using (var session = await database.Database.OpenAsync(default))
            (await host.Services.GetRequiredService<ApiKeyStore>().RevokeAsync(session, name, default)).Should().BeTrue();

        var deadline = DateTime.UtcNow.AddSeconds(2);
        HttpStatusCode status;
        do
            status = await StatusAsync("Bearer", key);
        while (status == HttpStatusCode.OK && DateTime.UtcNow < deadline);
        status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task Neither_keys_nor_passwords_are_stored()
    {
        await using var session = await database.Database.OpenAsync(default);
        var stored = new StringBuilder();
        foreach (var table in AccessTables.Area.Versions.SelectMany(version => version).OfType<TableChange.Create>().Select(change => change.Table).Where(table => table.Name.Name is not "backend_user" and not "backend_api_key" and not "backend_secret").Concat([AccessTables.Users, AccessTables.ApiKeys]))
        {
            await using var rows = await session.ReadAsync(database.Database.Dialect.Select(table, [.. table.Columns.Select(column => column.Name)], []), default);
            while (await rows.ReadAsync())
                for (var i = 0; i < rows.FieldCount; i++)
                    stored.AppendLine(rows.IsDBNull(i) ? "" : rows.GetValue(i).ToString());
        }

        stored.ToString().Should().Contain(host.ApiKey[^4..]).And.NotContain(host.ApiKey).And.NotContain(host.ApiKey[5..^4]).And.NotContain(BackendApiHost.AdminPassword);
    }

    [DatabaseFact]
    public async Task A_second_node_on_the_same_database_takes_the_first_ones_tokens_and_adds_no_administrator()
    {
        await using var second = await BackendApiHost.StartAsync(database, "--Admin:Password=another");
        using var response = await TokenAsync(("grant_type", "password"), ("username", "admin"), ("password", BackendApiHost.AdminPassword));
        var token = (await JsonAsync(response)).GetProperty("access_token").GetString();

        (await StatusAsync("Bearer", token, second)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("Basic", Base64("admin:another"), second)).Should().Be(HttpStatusCode.Unauthorized);
    }

    private Task<HttpStatusCode> StatusAsync(string scheme, string? credentials, BackendApiHost? at = null) => (at ?? host).StatusAsync(scheme, credentials);

    private Task<HttpResponseMessage> TokenAsync(params (string Name, string Value)[] parameters) => host.FormAsync("token", parameters);

    private async Task ShouldRefuseAsync(string error, params (string Name, string Value)[] parameters)
    {
        using var response = await TokenAsync(parameters);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        var answer = await JsonAsync(response);
        answer.GetProperty("error").GetString().Should().Be(error);
        answer.GetProperty("error_description").GetString().Should().NotBeNullOrEmpty();
    }

    [DatabaseFact]
    public async Task Nodes_that_start_at_once_share_one_secret()
    {
        var store = new AccessStore(database.Database.Dialect, TimeProvider.System);
        var purpose = $"test {Guid.NewGuid():N}";

        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var session = await database.Database.OpenAsync(default);
            return Convert.ToHexString(await store.SharedSecretAsync(session, purpose, default));
        })));

        secrets.Distinct().Should().ContainSingle();
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.JsonAsync();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

public sealed class AccessOnSqlite(SqliteTestDatabase database) : AccessCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class AccessOnPostgreSql(PostgreSqlTestDatabase database) : AccessCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class AccessOnSqlServer(SqlServerTestDatabase database) : AccessCases<SqlServerTestDatabase>(database);
