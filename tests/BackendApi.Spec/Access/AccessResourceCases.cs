using System.Net;
using System.Text;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Users;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>Users, roles, keys and clients as entity sets.</summary>
public abstract class AccessResourceCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private const string Password = "correct horse battery";
    private readonly string id = $"{Guid.NewGuid():N}"[..12];
    private BackendApiHost host = null!;

    public async Task InitializeAsync() => host = await BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>());

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_user_is_made_gets_a_password_and_roles_and_signs_in()
    {
        (await PostAsync("Users?$select=Name,DisplayName,Email,MustChangePassword,LockedAt", $$"""{"Name":"ADA{{id}}","DisplayName":"Ada","Email":"ada@example.com"}""")).Should().Be(
            $$"""201 {"Name":"ada{{id}}","DisplayName":"Ada","Email":"ada@example.com","MustChangePassword":true,"LockedAt":null}""");
        (await PostAsync($"Users('ada{id}')/ResetPassword", """{"password":"correct horse battery","mustChange":false}""")).Should().Be("204 ");
        (await PostAsync($"Users('ada{id}')/SetRoles", """{"roles":["Administrators"]}""")).Should().StartWith("200 ");
        (await PostAsync($"Users('ada{id}')/SetClaims", """{"claims":[{"Claim":"country","Value":"DE"}]}""")).Should().StartWith("200 ");

        var token = await host.SignInAsync($"ada{id}", Password).TextAsync("access_token");

        var me = $$"""200 {"Name":"ada{{id}}","Kind":"User","UserName":"ada{{id}}","HasAllRights":true,"HasSecondFactor":false,"Roles":["Administrators"],"Claims":[{"Claim":"country","Value":"DE"}]}""";
        (await BecomesAsync(me, () => GetAsync("Me", token))).Should().Be(me);
        (await GetAsync("Me?$select=Kind&$expand=User($select=Email)", token)).Should().Be("""200 {"Kind":"User","User":{"Email":"ada@example.com"}}""");
        (await GetAsync($"Users('ada{id}')?$select=Name&$expand=Roles($select=Name),Claims($select=Claim,Value)", token)).Should().Be(
            $$"""200 {"Name":"ada{{id}}","Roles":[{"Name":"Administrators"}],"Claims":[{"Claim":"country","Value":"DE"}]}""");
        (await GetAsync("MyPermissions()", token)).Should().Be(
            """200 {"value":[{"EntitySet":"*","CanRead":true,"CanCreate":true,"CanUpdate":true,"CanDelete":true,"CanExecute":true,"Readable":["*"],"Writable":["*"],"RowFilter":null,"Roles":["Administrators"]}]}""");
    }

    [DatabaseFact]
    public async Task A_user_is_found_changed_locked_and_deleted()
    {
        await MakeAsync($"bob{id}");
        (await SendAsync(HttpMethod.Patch, $"Users('bob{id}')", """{"DisplayName":"Robert"}""")).Should().StartWith("200 ").And.Contain("Robert");
        (await GetAsync($"Users?$filter=contains(DisplayName,'obert') and Name eq 'bob{id}'&$select=Name")).Should().Be($$"""200 {"value":[{"Name":"bob{{id}}"}]}""");
        (await PostAsync($"Users('bob{id}')/Lock", "{}")).Should().NotContain("\"LockedAt\":null");
        (await host.SignInAsync($"bob{id}", Password).OutcomeAsync()).Should().Be("400 invalid_grant");
        (await PostAsync($"Users('bob{id}')/Unlock", "{}")).Should().Contain("\"LockedAt\":null");
        (await SendAsync(HttpMethod.Delete, $"Users('bob{id}')", null)).Should().Be("204 ");
        (await GetAsync($"Users('bob{id}')")).Should().StartWith("404 ");
    }

    [DatabaseFact]
    public async Task What_is_refused_is_refused_as_everywhere()
    {
        await MakeAsync($"cleo{id}");
        (await PostAsync("Users", $$"""{"Name":"CLEO{{id}}"}""")).Should().StartWith("409 ");
        (await PostAsync("Users", """{"Name":"a:b"}""")).Should().StartWith("400 ");
        (await PostAsync($"Users('cleo{id}')/ResetPassword", """{"password":"short"}""")).Should().StartWith("400 ");
        (await PostAsync($"Users('cleo{id}')/SetRoles", """{"roles":["no such role"]}""")).Should().StartWith("400 ");
    }

    [DatabaseFact]
    public async Task No_answer_holds_a_hash_or_a_secret()
    {
        await MakeAsync($"dora{id}");
        (await host.InStoreAsync<UserStore, SecondFactor>((users, session) => users.BeginSecondFactorAsync(session, $"dora{id}", default))).Secret.Should().NotBeEmpty();
        (await GetAsync($"Users('dora{id}')")).Should().NotContainAny("AQAAAA", "Hash", "Stamp", "Totp");
        (await GetAsync("$metadata?$format=json")).Should().NotContainAny("PasswordHash", "TotpSecret", "Stamp");
        (await GetAsync($"Users?$filter=PasswordHash eq 'x'")).Should().StartWith("400 ");
    }

    [DatabaseFact]
    public async Task A_role_is_made_with_permissions_and_found_with_who_has_it()
    {
        (await PostAsync("Roles", $$"""{"Name":"Clerks {{id}}","HasAllRights":false}""")).Should().StartWith("201 ");
        (await PostAsync("Permissions", $$"""{"RoleName":"Clerks {{id}}","EntitySet":"DataExchangeConfigurations","CanRead":true,"CanCreate":false,"CanUpdate":false,"CanDelete":false,"CanExecute":false,"Readable":["alias"],"Writable":[],"RowFilter":"modifiedBy eq @name"}"""))
            .Should().StartWith("201 ");
        await MakeAsync($"emil{id}");
        await PostAsync($"Users('emil{id}')/SetRoles", $$"""{"roles":["Clerks {{id}}"]}""");

        (await GetAsync($"Roles('Clerks {id}')?$select=Name&$expand=Users($select=Name),Permissions($select=EntitySet,Readable,RowFilter)")).Should().Be(
            $$"""200 {"Name":"Clerks {{id}}","Users":[{"Name":"emil{{id}}"}],"Permissions":[{"EntitySet":"DataExchangeConfigurations","Readable":["alias"],"RowFilter":"modifiedBy eq @name"}]}""");
        await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", "bapi_0000000000000000000000000000000000000000000");
        (await GetAsync($"Users('emil{id}')/EffectivePermissions()")).Should().Contain("""{"EntitySet":"DataExchangeConfigurations","CanRead":true,"CanCreate":false,""");
    }

    [DatabaseFact]
    public async Task What_a_permission_does_not_say_it_does_not_grant_and_its_masks_leave_nothing_out()
    {
        (await PostAsync("Roles", $$"""{"Name":"Readers {{id}}"}""")).Should().StartWith("201 ");
        (await PostAsync("Permissions?$select=CanRead,CanDelete,Readable,Writable,RowFilter", $$"""{"RoleName":"Readers {{id}}","EntitySet":"*","CanRead":true}""")).Should().Be(
            """201 {"CanRead":true,"CanDelete":false,"Readable":["*"],"Writable":["*"],"RowFilter":null}""");
    }

    [DatabaseTheory]
    [InlineData("nonsense eq")]
    [InlineData("missing eq 'x'")]
    [InlineData("alias")]
    public async Task A_filter_that_cannot_be_read_is_refused(string filter)
    {
        await PostAsync("Roles", $$"""{"Name":"R {{id}}","HasAllRights":false}""");
        (await PostAsync("Permissions", $$"""{"RoleName":"R {{id}}","EntitySet":"DataExchangeConfigurations","CanRead":true,"CanCreate":false,"CanUpdate":false,"CanDelete":false,"CanExecute":false,"Readable":["*"],"Writable":[],"RowFilter":"{{filter}}"}"""))
            .Should().StartWith("400 ");
    }

    [DatabaseFact]
    public async Task A_key_is_made_changed_rotated_and_revoked()
    {
        var key = await SecretAsync("CreateApiKey", $$"""{"name":"k {{id}}","roles":["Administrators"],"scopes":["*:read"],"addresses":["127.0.0.1","::1"]}""");
        (await GetAsync($"ApiKeys('k {id}')?$select=Name,Scopes,Addresses,CreatedBy&$expand=Roles($select=Name)")).Should().Be(
            $$"""200 {"Name":"k {{id}}","Scopes":["*:read"],"Addresses":["127.0.0.1/32","::1/128"],"CreatedBy":"admin","Roles":[{"Name":"Administrators"}]}""");
        (await host.StatusAsync("Bearer", key)).Should().Be(HttpStatusCode.OK);

        (await SendAsync(HttpMethod.Patch, $"ApiKeys('k {id}')", """{"Scopes":["everything"]}""")).Should().StartWith("400 ");
        (await SendAsync(HttpMethod.Patch, $"ApiKeys('k {id}')", """{"Addresses":["somewhere"]}""")).Should().StartWith("400 ");
        (await SendAsync(HttpMethod.Patch, $"ApiKeys('k {id}')", """{"Addresses":["10.0.0.0/8"]}""")).Should().StartWith("200 ");
        (await host.BecomesAsync(HttpStatusCode.Forbidden, "Bearer", key)).Should().Be(HttpStatusCode.Forbidden);
        (await SecretAsync($"ApiKeys('k {id}')/Rotate", """{"overlapMinutes":60}""")).Should().NotBe(key);
        (await SendAsync(HttpMethod.Delete, $"ApiKeys('k {id}')", null)).Should().Be("204 ");
        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", key)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_client_is_made_rotated_locked_and_deleted()
    {
        var secret = await SecretAsync("CreateOAuthClient", $$"""{"id":"c{{id}}","roles":["Administrators"],"scopes":["*:read"]}""");
        (await GrantAsync(secret)).Should().Be("200 ");
        (await GrantAsync(await SecretAsync($"OAuthClients('c{id}')/RotateSecret", "{}"))).Should().Be("200 ");
        (await PostAsync($"OAuthClients('c{id}')/Lock", "{}")).Should().StartWith("200 ");
        await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", "bapi_0000000000000000000000000000000000000000000");
        (await GrantAsync(secret)).Should().Be("401 invalid_client");
        (await SendAsync(HttpMethod.Delete, $"OAuthClients('c{id}')", null)).Should().Be("204 ");
    }

    [DatabaseFact]
    public async Task Who_has_not_all_rights_changes_nothing_of_it()
    {
        var key = await SecretAsync("CreateApiKey", $$"""{"name":"w {{id}}","roles":["Administrators"],"scopes":["Users:*","Roles:*","ApiKeys:*","CreateApiKey:execute","CreateOAuthClient:execute"]}""");
        foreach (var (address, body) in ((string, string)[])
                 [
                     ("Users", """{"Name":"eve"}"""), ("Roles", """{"Name":"eve","HasAllRights":true}"""), ("CreateApiKey", """{"name":"eve","roles":["Administrators"]}"""),
                     ("CreateOAuthClient", """{"id":"eve","roles":["Administrators"]}"""), ($"Users('{BackendApiHost.AdminUserName}')/ResetPassword", """{"password":"chosen by eve 123"}"""),
                     ($"ApiKeys('w {id}')/Rotate", "{}"),
                 ])
            (await PostAsync(address, body, key)).Should().StartWith("403 ", address);
        (await SendAsync(HttpMethod.Patch, $"ApiKeys('w {id}')", """{"Scopes":["*:*"]}""", key)).Should().StartWith("403 ");
        (await SendAsync(HttpMethod.Delete, $"ApiKeys('w {id}')", null, key)).Should().StartWith("403 ");
    }

    [DatabaseFact]
    public async Task Users_change_their_own_password_and_nobody_guesses_it()
    {
        await MakeAsync($"fred{id}");
        var token = await host.SignInAsync($"fred{id}", Password).TextAsync("access_token");

        (await PostAsync("ChangePassword", """{"currentPassword":"wrong","newPassword":"another horse battery"}""", token)).Should().StartWith("400 ");
        (await PostAsync("ChangePassword", $$"""{"currentPassword":"{{Password}}","newPassword":"short"}""", token)).Should().StartWith("400 ");
        (await PostAsync("ChangePassword", $$"""{"currentPassword":"{{Password}}","newPassword":"another horse battery"}""", token)).Should().Be("204 ");

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", token)).Should().Be(HttpStatusCode.Unauthorized);
        var next = await host.SignInAsync($"fred{id}", "another horse battery").TextAsync("access_token");
        var answers = new List<string>();
        for (var i = 0; i < 8; i++)
            answers.Add((await PostAsync("ChangePassword", """{"currentPassword":"guess","newPassword":"another horse battery"}""", next))[..3]);
        answers.Should().Contain("429");
        using var throttled = await host.SendAsync(HttpMethod.Post, "odata/ChangePassword", $"Bearer {next}", new StringContent("""{"currentPassword":"guess","newPassword":"another horse battery"}""", Encoding.UTF8, "application/json"));
        throttled.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
        (await PostAsync("ChangePassword", "{\"currentPassword\":\"x\",\"newPassword\":\"y\"}")).Should().StartWith("403 ", "a key is no user");
    }

    [DatabaseFact]
    public async Task What_is_ones_own_is_no_scope_of_a_token()
    {
        await MakeAsync($"gesa{id}");
        var token = await host.SignInAsync($"gesa{id}", Password, ("scope", "*:read")).TextAsync("access_token");

        (await GetAsync("Me/Name/$value", token)).Should().Be($"200 gesa{id}");
        (await PostAsync("BeginSecondFactor", "{}", token)).Should().StartWith("403 ");
        (await PostAsync("ConfirmSecondFactor", """{"code":"000000"}""", token)).Should().StartWith("403 ");
        (await PostAsync("ChangePassword", $$"""{"currentPassword":"{{Password}}","newPassword":"another horse battery"}""", token)).Should().StartWith("403 ");
    }

    [DatabaseFact]
    public async Task Without_a_role_there_is_nothing_but_ones_own()
    {
        await MakeAsync($"hans{id}");
        var token = await host.SignInAsync($"hans{id}", Password).TextAsync("access_token");

        (await GetAsync("Me", token)).Should().Be($$"""200 {"Name":"hans{{id}}","Kind":"User","UserName":"hans{{id}}","HasAllRights":false,"HasSecondFactor":false,"Roles":[],"Claims":[]}""");
        (await GetAsync("Me/Name/$value", token)).Should().Be($"200 hans{id}");
        (await SendAsync(HttpMethod.Patch, "Me", """{"Name":"x"}""", token)).Should().StartWith("403 ");
        (await GetAsync("MyPermissions()", token)).Should().Be("""200 {"value":[]}""");
        (await GetAsync("Users", token)).Should().StartWith("404 ");
        (await GetAsync("$metadata?$format=json", token)).Should().Contain("ChangePassword").And.NotContainAny("\"Users\"", "CreateApiKey", "ResetPassword");
        var factor = await PostAsync("BeginSecondFactor", "{}", token);
        factor.Should().StartWith("200 ").And.Contain("otpauth://totp/");
        (await PostAsync("ConfirmSecondFactor", """{"code":"000000"}""", token)).Should().StartWith("400 ");
    }

    [DatabaseFact]
    public async Task Who_may_read_users_reads_no_more_than_that()
    {
        await PostAsync("Roles", $$"""{"Name":"Readers {{id}}","HasAllRights":false}""");
        await PostAsync("Permissions", $$"""{"RoleName":"Readers {{id}}","EntitySet":"Users","CanRead":true,"CanCreate":false,"CanUpdate":false,"CanDelete":false,"CanExecute":false,"Readable":["Name"],"Writable":[],"RowFilter":"Name eq @name"}""");
        await MakeAsync($"ida{id}");
        await PostAsync($"Users('ida{id}')/SetRoles", $$"""{"roles":["Readers {{id}}"]}""");
        var token = await host.SignInAsync($"ida{id}", Password).TextAsync("access_token");

        (await GetAsync("Users", token)).Should().Be($$"""200 {"value":[{"Name":"ida{{id}}"}]}""");
        (await GetAsync("Users?$filter=Email eq 'x'", token)).Should().StartWith("400 ");
    }

    [DatabaseFact]
    public async Task On_trial_nothing_stays()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Root, "odata/Users")) { Content = new StringContent($$"""{"Name":"gina{{id}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Prefer", "validate-only");
        (await host.Client.SendAsync(request)).IsSuccessStatusCode.Should().BeTrue();
        (await GetAsync($"Users('gina{id}')")).Should().StartWith("404 ");
    }

    [DatabaseFact]
    public async Task What_a_user_a_key_and_a_client_may_do_is_told_with_the_roles_that_grant_it()
    {
        foreach (var (role, set, filter) in ((string, string, string)[])[($"All {id}", "*", "null"), ($"Own {id}", "Users", "\"Name eq @name\"")])
        {
            await PostAsync("Roles", $$"""{"Name":"{{role}}"}""");
            await PostAsync("Permissions", $$"""{"RoleName":"{{role}}","EntitySet":"{{set}}","CanRead":true,"CanUpdate":{{(set == "*" ? "false" : "true")}},"RowFilter":{{filter}}}""");
        }
        var both = $"""["All {id}","Own {id}"]""";
        await MakeAsync($"jana{id}");
        await PostAsync($"Users('jana{id}')/SetRoles", $$"""{"roles":{{both}}}""");
        await SecretAsync("CreateApiKey", $$"""{"name":"acts {{id}}","owner":"jana{{id}}","scopes":["*:read"]}""");
        await SecretAsync("CreateOAuthClient", $$"""{"id":"c{{id}}","roles":{{both}}}""");
        var all = $$""" "CanRead":true,"CanCreate":false,"CanUpdate":false,"CanDelete":false,"CanExecute":false,"Readable":["*"],"Writable":["*"],"RowFilter":null,"Roles":["All {{id}}"]} """.Trim();
        var own = $$""" "CanRead":true,"CanCreate":false,"CanUpdate":true,"CanDelete":false,"CanExecute":false,"Readable":["*"],"Writable":["*"],"RowFilter":"Name eq @name","Roles":["Own {{id}}"]} """.Trim();
        var full = $$"""200 {"value":[{"EntitySet":"*",{{all}},{"EntitySet":"Users",{{own}},{"EntitySet":"Users",{{all}}]}""";

        (await BecomesAsync(full, () => GetAsync($"Users('jana{id}')/EffectivePermissions()"))).Should().Be(full);
        (await GetAsync($"OAuthClients('c{id}')/EffectivePermissions()")).Should().Be(full);
        (await GetAsync($"ApiKeys('acts {id}')/EffectivePermissions()")).Should().Be($$"""200 {"value":[{"EntitySet":"*",{{all}},{"EntitySet":"Users",{{all}}]}""", "the scope leaves nothing that the other role adds");
    }

    [DatabaseFact]
    public async Task Users_end_their_own_sessions()
    {
        await MakeAsync($"kurt{id}");
        var token = await host.SignInAsync($"kurt{id}", Password).TextAsync("access_token");

        (await PostAsync("SignOutEverywhere", "{}", token)).Should().Be("204 ");

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", token)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_second_factor_is_given_up_with_one_of_its_codes()
    {
        await MakeAsync($"lisa{id}");
        var token = await host.SignInAsync($"lisa{id}", Password).TextAsync("access_token");
        using var factor = JsonDocument.Parse((await PostAsync("BeginSecondFactor", "{}", token))[4..]);
        var secret = AccessRequests.FromBase32(factor.RootElement.GetProperty("Secret").GetString()!);
        using var confirmed = JsonDocument.Parse((await PostAsync("ConfirmSecondFactor", $$"""{"code":"{{OneTimeCode.At(secret, DateTimeOffset.UtcNow)}}"}""", token))[4..]);
        var recovery = confirmed.RootElement.GetProperty("value")[0].GetString()!;
        token = await host.FormAsync("token", ("grant_type", "password"), ("username", $"lisa{id}"), ("password", Password), ("otp", recovery)).TextAsync("access_token");

        (await PostAsync("EndSecondFactor", """{"code":"000000"}""", token)).Should().StartWith("400 ");
        (await PostAsync("EndSecondFactor", $$"""{"code":"{{confirmed.RootElement.GetProperty("value")[1].GetString()}}"}""", token)).Should().Be("204 ");

        (await host.SignInAsync($"lisa{id}", Password).OutcomeAsync()).Should().Be("200 ");
    }

    private async Task MakeAsync(string name)
    {
        (await PostAsync("Users", $$"""{"Name":"{{name}}"}""")).Should().StartWith("201 ");
        (await PostAsync($"Users('{name}')/ResetPassword", $$"""{"password":"{{Password}}","mustChange":false}""")).Should().Be("204 ");
    }

    private Task<string> GrantAsync(string secret) => host.FormAsync("token", ("grant_type", "client_credentials"), ("client_id", $"c{id}"), ("client_secret", secret)).OutcomeAsync();

    private async Task<string> SecretAsync(string address, string body)
    {
        var answer = await PostAsync(address, body);
        answer.Should().StartWith("200 ");
        return JsonDocument.Parse(answer[4..]).RootElement.GetProperty("Secret").GetString()!;
    }

    private Task<string> PostAsync(string address, string body, string? token = null) => SendAsync(HttpMethod.Post, address, body, token);

    private Task<string> GetAsync(string address, string? token = null) => SendAsync(HttpMethod.Get, address, null, token);

    /// <summary>Asks until the answer is that one: a change is known everywhere within two seconds.</summary>
    private static async Task<string> BecomesAsync(string wanted, Func<Task<string>> ask)
    {
        var deadline = DateTime.UtcNow.AddSeconds(2.5);
        string answer;
        do
            answer = await ask();
        while (answer != wanted && DateTime.UtcNow < deadline);
        return answer;
    }

    /// <summary>Status and body. As the administrator, when no token is given.</summary>
    private async Task<string> SendAsync(HttpMethod method, string address, string? body, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Root, "odata/" + address)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", token is null && address.StartsWith("ChangePassword", StringComparison.Ordinal) ? $"Bearer {host.ApiKey}"
            : token is null ? AccessRequests.Basic(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword) : $"Bearer {token}");
        request.Headers.Add("Accept", "application/json;odata.metadata=none");
        request.Headers.Add("Prefer", "return=representation");
        using var response = await host.Anonymous.SendAsync(request);
        return $"{(int)response.StatusCode} {(await response.Content.ReadAsStringAsync()).ReplaceLineEndings("")}";
    }
}

public sealed class AccessResourcesOnSqlite(SqliteTestDatabase database) : AccessResourceCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class AccessResourcesOnPostgreSql(PostgreSqlTestDatabase database) : AccessResourceCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class AccessResourcesOnSqlServer(SqlServerTestDatabase database) : AccessResourceCases<SqlServerTestDatabase>(database);
