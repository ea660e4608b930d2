using System.Net;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>What an API key may do, from where, and how it changes.</summary>
public abstract class ApiKeyCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private readonly string name = $"key {Guid.NewGuid():N}";
    private BackendApiHost host = null!;

    public async Task InitializeAsync() => host = await BackendApiHost.StartAsync(database);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_key_that_only_reads_reads_and_changes_nothing_in_a_batch_either()
    {
        var key = await CreateAsync(new(name) { Roles = [AccessTables.Administrators], Scopes = Of("*:read") });

        (await SendAsync(HttpMethod.Get, "odata/DataExchangeConfigurations", key)).Should().Be(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('none')", key)).Should().Be(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Post, "dynamic-entity/none", key)).Should().Be(HttpStatusCode.Forbidden);
        using var batch = new StringContent("""{"requests":[{"id":"1","method":"DELETE","url":"DataExchangeConfigurations('none')"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await host.SendAsync(HttpMethod.Post, "odata/$batch", $"Bearer {key}", batch);
        (await response.JsonAsync()).GetProperty("responses")[0].GetProperty("status").GetInt32().Should().Be(403);
    }

    [DatabaseFact]
    public async Task Only_a_key_that_only_reads_may_stand_in_a_url_when_the_setting_says_so()
    {
        var reading = await CreateAsync(new(name) { Roles = [AccessTables.Administrators], Scopes = Of("*:read") });

        (await host.SendAsync(HttpMethod.Get, $"odata/?api_key={reading}", null)).StatusCode.Should().Be(HttpStatusCode.OK);
        using var refused = await host.SendAsync(HttpMethod.Get, $"odata/?api_key={host.ApiKey}", null);
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        var error = (await refused.JsonAsync()).GetProperty("error");
        error.GetProperty("code").GetString().Should().Be("Forbidden");
        error.GetProperty("message").GetString().Should().NotContain(host.ApiKey);
    }

    [DatabaseFact]
    public async Task A_key_is_good_from_its_addresses()
    {
        (await host.StatusAsync("Bearer", await CreateAsync(new(name) { Addresses = Networks.Parse(["127.0.0.0/8", "::1"], "") }))).Should().Be(HttpStatusCode.OK);
        (await host.StatusAsync("Bearer", await CreateAsync(new(name + "2") { Addresses = Networks.Parse(["10.0.0.0/8", "2001:db8::/32"], "") }))).Should().Be(HttpStatusCode.Forbidden);
    }

    [DatabaseFact]
    public async Task A_key_that_has_used_up_its_rate_is_told_to_wait()
    {
        var key = await CreateAsync(new(name) { RequestsPerMinute = 2 });
        (await host.StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.OK);
        (await host.StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.OK);

        using var response = await host.SendAsync(HttpMethod.Get, "odata/", $"Bearer {key}");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().BePositive();
    }

    [DatabaseFact]
    public async Task Both_values_are_good_while_a_rotation_overlaps_and_only_the_new_one_without_an_overlap()
    {
        var first = await CreateAsync(new(name));
        var second = await InStore((keys, session) => keys.RotateAsync(session, name, TimeSpan.FromHours(1), default));
        (await host.StatusAsync("Bearer", first)).Should().Be(HttpStatusCode.OK);
        (await host.StatusAsync("Bearer", second)).Should().Be(HttpStatusCode.OK);

        var third = await InStore((keys, session) => keys.RotateAsync(session, name, TimeSpan.Zero, default));
        (await host.StatusAsync("Bearer", third)).Should().Be(HttpStatusCode.OK);
        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", second)).Should().Be(HttpStatusCode.Unauthorized);
        (await host.StatusAsync("Bearer", first)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_key_goes_with_its_owner()
    {
        var owner = $"user{Guid.NewGuid():N}"[..20];
        await host.InStoreAsync<UserStore>((users, session) => users.CreateAsync(session, new(owner, "correct horse battery", [AccessTables.Administrators]), default));
        var key = await CreateAsync(new(name) { Owner = owner.ToUpperInvariant() });
        (await SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('none')", key)).Should().Be(HttpStatusCode.NotFound, "it has the rights of its owner");

        await host.InStoreAsync<UserStore>((users, session) => users.SetRolesAsync(session, owner, [], default));
        await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", "bapi_0000000000000000000000000000000000000000000");
        (await SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('none')", key)).Should().Be(HttpStatusCode.Forbidden, "and no more than those");

        await host.InStoreAsync<UserStore>((users, session) => users.LockAsync(session, owner, default));
        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", key)).Should().Be(HttpStatusCode.Unauthorized);
        await host.InStoreAsync<UserStore>((users, session) => users.DeleteAsync(session, owner, default));
        (await InStore((keys, session) => keys.ListAsync(session, default))).Should().NotContain(each => each.Name == name);
    }

    [DatabaseFact]
    public async Task The_last_use_is_written_after_a_while()
    {
        var key = await CreateAsync(new(name));
        (await host.StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.OK);
        (await LastUseAsync()).Should().BeNull("no request writes it");

        await host.Services.GetRequiredService<ApiKeyUses>().WriteAsync(default);

        (await LastUseAsync()).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [DatabaseFact]
    public async Task Terms_that_make_no_sense_are_refused()
    {
        (await RefusalAsync(new(name) { Owner = "nobody" })).Should().Be(Errors.ReferenceNotFound);
        (await RefusalAsync(new(name) { Roles = ["nothing"] })).Should().Be(Errors.ReferenceNotFound);
        (await RefusalAsync(new(name) { Owner = "admin", Roles = [AccessTables.Administrators] })).Should().Be(Errors.InvalidValue);
        (await RefusalAsync(new(name) { RequestsPerMinute = 0 })).Should().Be(Errors.OutOfRange);
        (await RefusalAsync(new("a\r\nb"))).Should().Be(Errors.InvalidValue);
        await CreateAsync(new(name));
        (await RefusalAsync(new(name))).Should().Be(Errors.Conflict);
    }

    [DatabaseFact]
    public async Task Another_pepper_ends_all_keys()
    {
        var key = await CreateAsync(new(name));
        await using var other = await BackendApiHost.StartAsync(database, "--Access:Pepper=another pepper of at least 32 characters");

        (await other.StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.Unauthorized);
        (await other.StatusAsync("Bearer", other.ApiKey)).Should().Be(HttpStatusCode.OK);
        (await host.StatusAsync("Bearer", other.ApiKey)).Should().Be(HttpStatusCode.Unauthorized);
    }

    private Task<string> CreateAsync(NewApiKey key) => InStore((keys, session) => keys.CreateAsync(session, key, Caller.System, default));

    private async Task<ErrorRow> RefusalAsync(NewApiKey key) =>
        (await FluentActions.Awaiting(() => CreateAsync(key)).Should().ThrowAsync<ServiceException>()).Which.Error.Row;

    private async Task<DateTimeOffset?> LastUseAsync() => (await InStore((keys, session) => keys.ListAsync(session, default))).Single(key => key.Name == name).LastUsedAt;

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string address, string key)
    {
        using var response = await host.SendAsync(method, address, $"Bearer {key}");
        return response.StatusCode;
    }

    private Task<T> InStore<T>(Func<ApiKeyStore, Sql.Session, Task<T>> work) => host.InStoreAsync(work);

    private static Scopes Of(string text) => Scopes.Parse(text, out _)!;
}

public sealed class ApiKeysOnSqlite(SqliteTestDatabase database) : ApiKeyCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class ApiKeysOnPostgreSql(PostgreSqlTestDatabase database) : ApiKeyCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class ApiKeysOnSqlServer(SqlServerTestDatabase database) : ApiKeyCases<SqlServerTestDatabase>(database);
