using System.Net;
using System.Text;
using System.Text.Json;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>Keys, clients, roles and claims by POST, PATCH and references, as entities are written everywhere.</summary>
public abstract class AccessEntityCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private readonly string id = $"{Guid.NewGuid():N}"[..12];
    private BackendApiHost host = null!;

    public async Task InitializeAsync() => host = await BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>());

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_key_is_posted_and_shown_in_that_answer_and_in_no_other()
    {
        var answer = await SendAsync("POST", "ApiKeys", $$"""{"Name":"k {{id}}","Scopes":["*:read"],"Addresses":["127.0.0.1","::1"],"Roles@odata.bind":["Roles('Administrators')"]}""", ("Prefer", "return=minimal"));
        answer.Should().StartWith("201 ");
        var key = Shown(answer);

        (await host.StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.OK);
        (await SendAsync("GET", $"ApiKeys('k {id}')?$select=Name,Scopes,Addresses,CreatedBy&$expand=Roles($select=Name)")).Should().Be(
            $$"""200 {"Name":"k {{id}}","Scopes":["*:read"],"Addresses":["127.0.0.1/32","::1/128"],"CreatedBy":"admin","Roles":[{"Name":"Administrators"}]}""");
        (await SendAsync("GET", "ApiKeys")).Should().NotContain("ShownOnce").And.NotContain(key);
        (await SendAsync("PATCH", $"ApiKeys('k {id}')", """{"RequestsPerMinute":600}""")).Should().StartWith("200 ").And.NotContain("ShownOnce");
        (await SendAsync("POST", "ApiKeys", $$"""{"Name":"k {{id}}"}""")).Should().StartWith("409 ");
        (await SendAsync("POST", "ApiKeys", $$"""{"Name":"bad {{id}}","Scopes":["everything"]}""")).Should().StartWith("400 ");
        (await SendAsync("GET", "$metadata")).Should().Contain("<Term Name=\"ShownOnce\"");
    }

    [DatabaseFact]
    public async Task A_client_is_posted_and_its_secret_shown_once()
    {
        var secret = Shown(await SendAsync("POST", "OAuthClients?$select=Id", $$"""{"Id":"c{{id}}","Description":"Nightly"}"""));
        (await SendAsync("POST", $"OAuthClients('c{id}')/Roles/$ref", """{"@odata.id":"Roles('Administrators')"}""")).Should().Be("204 ");

        (await host.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", $"c{id}"), ("client_secret", secret)).OutcomeAsync()).Should().Be("200 ");
        (await SendAsync("GET", $"OAuthClients('c{id}')?$select=Id,Scopes,Description&$expand=Roles($select=Name)")).Should().Be(
            $$"""200 {"Id":"c{{id}}","Description":"Nightly","Scopes":["*:*"],"Roles":[{"Name":"Administrators"}]}""");
    }

    [DatabaseFact]
    public async Task A_secret_that_could_not_be_shown_or_would_be_kept_is_not_made()
    {
        (await SendAsync("PATCH", "ApiKeys", $$"""{"@context":"#$delta","value":[{"Name":"d {{id}}"}]}""")).Should().StartWith("405 ");
        foreach (var (address, body) in ((string, string)[])
                 [("ApiKeys", $$"""{"Name":"r {{id}}"}"""), ("CreateApiKey", $$"""{"name":"r {{id}}"}"""), ("OAuthClients", $$"""{"Id":"r{{id}}"}""")])
        {
            (await SendAsync("POST", address, body, ("Idempotency-Key", $"\"{address}-{id}\""))).Should().StartWith("501 ", address);
            (await SendAsync("POST", "$batch", $$"""{"requests":[{"id":"1","method":"POST","url":"{{address}}","body":{{body}}}]}""", ("Prefer", "respond-async, wait=30")))
                .Should().Contain("\"status\":501", address).And.NotContain("bapi_").And.NotContain("bacs_");
        }

        (await SendAsync("GET", $"ApiKeys/$count?$filter=endswith(Name,'{id}')")).Should().Be("200 0");
        (await SendAsync("GET", $"OAuthClients/$count?$filter=endswith(Id,'{id}')")).Should().Be("200 0");
    }

    [DatabaseFact]
    public async Task A_key_acts_for_its_owner_or_has_roles_and_not_both()
    {
        await SendAsync("POST", "Users", $$"""{"Name":"ada{{id}}"}""");
        (await SendAsync("POST", "ApiKeys", $$"""{"Name":"o {{id}}","OwnerName":"ADA{{id}}"}""")).Should().StartWith("201 ").And.Contain($"\"OwnerName\":\"ada{id}\"");

        (await SendAsync("POST", $"ApiKeys('o {id}')/Roles/$ref", """{"@odata.id":"Roles('Administrators')"}""")).Should().StartWith("409 ");
        (await SendAsync("PATCH", $"ApiKeys('o {id}')", """{"OwnerName":null}""")).Should().StartWith("200 ");
        (await SendAsync("PUT", $"ApiKeys('o {id}')/Roles/$ref", """{"value":[{"@odata.id":"Roles('Administrators')"}]}""")).Should().Be("204 ");
        (await SendAsync("PATCH", $"ApiKeys('o {id}')", $$"""{"OwnerName":"ada{{id}}"}""")).Should().StartWith("409 ");
        (await SendAsync("PATCH", $"ApiKeys('o {id}')", """{"OwnerName":"nobody at all"}""")).Should().StartWith("400 ");
        (await SendAsync("DELETE", $"ApiKeys('o {id}')/Roles('Administrators')/$ref")).Should().Be("204 ");
        (await SendAsync("PATCH", $"ApiKeys('o {id}')", $$"""{"OwnerName":"ada{{id}}"}""")).Should().StartWith("200 ");
    }

    [DatabaseFact]
    public async Task Roles_of_a_user_change_by_references_and_somebody_with_all_rights_stays()
    {
        await SendAsync("POST", "Roles", $$"""{"Name":"Clerks {{id}}"}""");
        (await SendAsync("POST", "Users?$select=Name", $$"""{"Name":"BOB{{id}}","Roles@odata.bind":["Roles('Clerks {{id}}')","Roles('Administrators')"]}""")).Should().StartWith("201 ");
        (await SendAsync("DELETE", $"Users('bob{id}')/Roles('Administrators')/$ref")).Should().Be("204 ");
        (await SendAsync("GET", $"Users('bob{id}')/Roles?$select=Name")).Should().Be($$"""200 {"value":[{"Name":"Clerks {{id}}"}]}""");
        (await SendAsync("PATCH", $"Users('bob{id}')?$select=Name&$expand=Roles($select=Name)", """{"Roles":[]}""")).Should().Be($$"""200 {"Name":"bob{{id}}","Roles":[]}""");

        (await SendAsync("DELETE", $"Users('{BackendApiHost.AdminUserName}')/Roles('Administrators')/$ref")).Should().StartWith("409 ");
        (await SendAsync("PUT", $"Users('{BackendApiHost.AdminUserName}')/Roles/$ref", """{"value":[]}""")).Should().StartWith("409 ");
    }

    [DatabaseFact]
    public async Task Claims_of_a_user_are_entities()
    {
        await SendAsync("POST", "Users", $$"""{"Name":"cleo{{id}}"}""");
        (await SendAsync("POST", $"Users('cleo{id}')/Claims", """{"Claim":"country","Value":"DE"}""")).Should().Be($$"""201 {"UserName":"cleo{{id}}","Claim":"country","Value":"DE"}""");
        (await SendAsync("PATCH", $"UserClaims(UserName='cleo{id}',Claim='country')", """{"Value":"FR"}""")).Should().Contain("FR");
        (await SendAsync("POST", $"Users('cleo{id}')/Claims", """{"Claim":"1st","Value":"x"}""")).Should().StartWith("400 ");
        (await SendAsync("GET", $"Users('cleo{id}')?$select=Name&$expand=Claims($select=Claim,Value)")).Should().Be($$"""200 {"Name":"cleo{{id}}","Claims":[{"Claim":"country","Value":"FR"}]}""");
        (await SendAsync("DELETE", $"UserClaims(UserName='cleo{id}',Claim='country')")).Should().Be("204 ");
    }

    [DatabaseFact]
    public async Task Who_has_not_all_rights_gives_nobody_anything()
    {
        await SendAsync("POST", "Users", $$"""{"Name":"dora{{id}}"}""");
        var key = Shown(await SendAsync("POST", "ApiKeys", $$"""{"Name":"w {{id}}","Scopes":["Users:*","UserClaims:*","ApiKeys:*","OAuthClients:*","Roles:read"],"Roles@odata.bind":["Roles('Administrators')"]}"""));
        foreach (var (method, address, body) in ((string, string, string)[])
                 [
                     ("POST", "ApiKeys", """{"Name":"eve"}"""), ("POST", "OAuthClients", """{"Id":"eve"}"""), ("POST", $"Users('dora{id}')/Roles/$ref", """{"@odata.id":"Roles('Administrators')"}"""),
                     ("PATCH", $"Users('dora{id}')", """{"Roles@odata.bind":["Roles('Administrators')"]}"""), ("DELETE", $"ApiKeys('w {id}')/Roles('Administrators')/$ref", "{}"),
                     ("POST", $"Users('dora{id}')/Claims", """{"Claim":"country","Value":"DE"}"""),
                 ])
            (await SendAsync(method, address, body, ("Authorization", $"Bearer {key}"))).Should().StartWith("403 ", $"{method} {address}");
    }

    private static string Shown(string answer) => JsonDocument.Parse(answer[4..]).RootElement.GetProperty("@BackendApi.ShownOnce").GetString()!;

    /// <summary>Status and body. As the administrator, unless a header says otherwise.</summary>
    private async Task<string> SendAsync(string method, string address, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(host.Root, "odata/" + address)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (!address.StartsWith("$metadata", StringComparison.Ordinal))
            request.Headers.Add("Accept", address.Contains("$count", StringComparison.Ordinal) ? "text/plain" : "application/json;odata.metadata=none");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (!request.Headers.Contains("Authorization"))
            request.Headers.TryAddWithoutValidation("Authorization", AccessRequests.Basic(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword));
        if (!request.Headers.Contains("Prefer") && !address.Contains("$ref", StringComparison.Ordinal))
            request.Headers.Add("Prefer", "return=representation");
        using var response = await host.Anonymous.SendAsync(request);
        var text = (await response.Content.ReadAsStringAsync()).ReplaceLineEndings("");
        if (text.Contains("ShownOnce\":", StringComparison.Ordinal) && method == "POST")
            response.Headers.CacheControl!.NoStore.Should().BeTrue();
        return $"{(int)response.StatusCode} {text}";
    }
}

public sealed class AccessEntitiesOnSqlite(SqliteTestDatabase database) : AccessEntityCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class AccessEntitiesOnPostgreSql(PostgreSqlTestDatabase database) : AccessEntityCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class AccessEntitiesOnSqlServer(SqlServerTestDatabase database) : AccessEntityCases<SqlServerTestDatabase>(database);
