using System.Net;
using BackendApi.Access.Users;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>A browser's session: a cookie instead of a token, and an anti-forgery token with every change.</summary>
public abstract class SessionCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private BackendApiHost host = null!;

    public async Task InitializeAsync() => host = await BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>());

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_sign_in_sets_a_cookie_that_no_script_reads_and_no_other_site_sends()
    {
        using var response = await SignInAsync();

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.Should().StartWith("BackendApi.Session=").And.ContainAll("path=/", "samesite=strict", "httponly").And.NotContain("domain=");
        var answer = await response.JsonAsync();
        answer.GetProperty("userName").GetString().Should().Be(BackendApiHost.AdminUserName);
        answer.EnumerateObject().Select(member => member.Name).Should().Equal("userName", "expiresAt", "csrfToken");
        cookie.Should().NotContain(answer.GetProperty("csrfToken").GetString());
    }

    [DatabaseFact]
    public async Task The_cookie_lets_read_and_with_the_token_write()
    {
        var (cookie, token) = await SessionAsync();

        (await StatusAsync(HttpMethod.Get, "odata/Users", cookie)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(HttpMethod.Get, "session", cookie)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(HttpMethod.Post, "odata/Roles", cookie, token, $$"""{"Name":"r{{Guid.NewGuid():N}}"}""")).Should().Be(HttpStatusCode.Created);
    }

    [DatabaseTheory]
    [InlineData("POST", "odata/Roles")]
    [InlineData("PATCH", "odata/Roles('x')")]
    [InlineData("DELETE", "odata/Roles('x')")]
    [InlineData("POST", "odata/$batch")]
    [InlineData("POST", "dynamic-entity/orders")]
    [InlineData("DELETE", "session")]
    public async Task A_change_without_the_token_is_refused(string method, string address)
    {
        var (cookie, _) = await SessionAsync();

        (await StatusAsync(new(method), address, cookie)).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(new(method), address, cookie, (await SessionAsync()).Token)).Should().Be(HttpStatusCode.Forbidden, "it is another session's");
        (await StatusAsync(HttpMethod.Get, "session", cookie)).Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task Signing_out_ends_the_session_also_for_who_kept_the_cookie()
    {
        var (cookie, token) = await SessionAsync();

        using (var response = await SendAsync(HttpMethod.Delete, "session", cookie, token))
        {
            response.StatusCode.Should().Be(HttpStatusCode.NoContent);
            response.Headers.GetValues("Set-Cookie").Single().Should().StartWith("BackendApi.Session=;").And.Contain("expires=Thu, 01 Jan 1970");
        }
        (await AccessRequests.BecomesAsync(() => StatusAsync(HttpMethod.Get, "session", cookie), HttpStatusCode.NoContent)).Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(HttpMethod.Get, "odata/Users", cookie)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_wrong_password_is_told_as_the_token_endpoint_tells_it() =>
        (await host.FormAsync("session", ("username", BackendApiHost.AdminUserName), ("password", "wrong")).OutcomeAsync()).Should().Be("400 invalid_grant");

    [DatabaseFact]
    public async Task Instead_of_a_generated_password_a_person_chooses_one_and_a_program_goes_on_with_it()
    {
        var name = $"first{Guid.NewGuid():N}"[..20];
        await host.InStoreAsync<UserStore>((users, session) => users.CreateAsync(session, new(name, "generated password", [], HasGeneratedPassword: true), default));

        (await host.SignInAsync(name, "generated password").OutcomeAsync()).Should().Be("200 ");
        (await host.FormAsync("session", ("username", name), ("password", "generated password")).OutcomeAsync()).Should().Be("400 password_change_required");
        (await host.FormAsync("session", ("username", name), ("password", "generated password"), ("new_password", "correct horse battery")).OutcomeAsync()).Should().Be("200 ");

        (await host.FormAsync("session", ("username", name), ("password", "correct horse battery")).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseTheory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_signs_nobody_in(string header, string value)
    {
        using var response = await SignInAsync((header, value));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        response.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [DatabaseFact]
    public async Task The_own_page_signs_in()
    {
        using var response = await SignInAsync(("Origin", host.Root.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task Over_https_the_cookie_is_bound_to_the_host()
    {
        await using var behind = await BackendApiHost.StartAsync(database, "--Service:TrustedProxies=127.0.0.1/32");
        using var request = Form(behind, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Host", "shop.example"));
        using var response = await behind.Anonymous.SendAsync(request);

        response.Headers.GetValues("Set-Cookie").Single().Should().StartWith("__Host-BackendApi.Session=").And.Contain("secure");
    }

    [DatabaseFact]
    public async Task No_window_of_the_browser_asks_for_a_password_when_a_page_meets_its_end()
    {
        using var response = await SendAsync(HttpMethod.Get, "odata/Users", "BackendApi.Session=x", token: "");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).Should().Equal("Bearer");
    }

    private async Task<(string Cookie, string Token)> SessionAsync()
    {
        using var response = await SignInAsync();
        return (response.Headers.GetValues("Set-Cookie").Single().Split(';')[0], (await response.JsonAsync()).GetProperty("csrfToken").GetString()!);
    }

    private async Task<HttpResponseMessage> SignInAsync(params (string Name, string Value)[] headers)
    {
        using var request = Form(host, headers);
        return await host.Anonymous.SendAsync(request);
    }

    private static HttpRequestMessage Form(BackendApiHost host, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Root, "session"))
        {
            Content = new FormUrlEncodedContent([new("username", BackendApiHost.AdminUserName), new("password", BackendApiHost.AdminPassword)]),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string address, string cookie, string? token = null, string? body = null)
    {
        using var response = await SendAsync(method, address, cookie, token, body);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string cookie, string? token = null, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Root, address));
        request.Headers.Add("Cookie", cookie);
        if (token is not null)
            request.Headers.Add("X-CSRF-Token", token);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await host.Anonymous.SendAsync(request);
    }
}

public sealed class SessionsOnSqlite(SqliteTestDatabase database) : SessionCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class SessionsOnPostgreSql(PostgreSqlTestDatabase database) : SessionCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class SessionsOnSqlServer(SqlServerTestDatabase database) : SessionCases<SqlServerTestDatabase>(database);
