using System.Net;
using System.Text.Json.Nodes;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>A browser's session that begins at another issuer's page. Nothing of it depends on the database.</summary>
public sealed class OutsideSignInTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>, IAsyncLifetime, IDisposable
{
    private const string Page = "/backoffice/data/Orders?filter=Total%20gt%205";
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private TestIssuer issuer = null!;
    private BackendApiHost host = null!;

    public async Task InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        host = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task The_sign_in_page_learns_where_one_can_sign_in() =>
        (await browser.GetStringAsync(new Uri(host.Root, "session/providers"))).Should().Be("""{"providers":[{"name":"keycloak","displayName":"The shop\u0027s Keycloak"}]}""");

    [Fact]
    public async Task Who_signs_in_there_has_a_session_with_the_mapped_roles_and_is_where_it_began()
    {
        using var back = await SignInAsync();

        back.StatusCode.Should().Be(HttpStatusCode.Redirect);
        back.Headers.Location.Should().Be(new Uri(host.Root, Page));
        var cookie = SessionOf(back)!;
        back.Headers.GetValues("Set-Cookie").Single(each => each.StartsWith(cookie, StringComparison.Ordinal)).Should().ContainAll("samesite=strict", "httponly");
        using var response = await GetAsync("session", cookie);
        var session = await response.JsonAsync();
        session.GetProperty("userName").GetString().Should().Be("keycloak:ada@example.com");
        var token = session.GetProperty("csrfToken").GetString();
        (await DeleteAsync("odata/DataExchangeConfigurations('none')", cookie, token)).Should().Be(HttpStatusCode.NotFound, "an administrator may try");
        (await DeleteAsync("odata/DataExchangeConfigurations('none')", cookie, null)).Should().Be(HttpStatusCode.Forbidden, "the session's token is missing");
    }

    [Fact]
    public async Task Who_has_no_mapped_role_sees_nothing()
    {
        issuer.ChangeIdToken = claims => claims.Remove("realm_access");
        using var back = await SignInAsync();

        using var answer = await GetAsync("odata/DataExchangeConfigurations", SessionOf(back)!);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var back = await SignInAsync();
        var cookie = SessionOf(back)!;
        using var session = await GetAsync("session", cookie);

        (await DeleteAsync("session", cookie, (await session.JsonAsync()).GetProperty("csrfToken").GetString())).Should().Be(HttpStatusCode.NoContent);

        (await AccessRequests.BecomesAsync(() => StatusAsync("session", cookie), HttpStatusCode.NoContent)).Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task A_client_with_a_secret_says_it_as_the_issuer_wants_it(string? method)
    {
        (issuer.ClientSecret, issuer.TokenMethod) = ("a secret: with signs & blanks", method);
        await host.DisposeAsync();
        host = await StartAsync($"--Access:Issuers:0:ClientSecret={issuer.ClientSecret}");

        using var back = await SignInAsync();

        SessionOf(back).Should().NotBeNull();
    }

    private static readonly (string Why, Action<JsonObject> Change)[] WrongClaims =
    [
        ("another sign-in's nonce", claims => claims["nonce"] = "another"),
        ("no nonce", claims => claims.Remove("nonce")),
        ("an access token's audience", claims => claims["aud"] = TestIssuer.Audience),
        ("no audience", claims => claims.Remove("aud")),
        ("given to another party", claims => claims["azp"] = "another client"),
        ("several audiences and no party", claims => claims["aud"] = new JsonArray(TestIssuer.ClientId, "another client")),
        ("another issuer", claims => claims["iss"] = "https://else.example"),
        ("expired", claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 61),
        ("nobody", claims => { claims.Remove("sub"); claims.Remove("preferred_username"); }),
        ("more than a cookie holds", claims => claims["department"] = new string('x', 4000)),
    ];

    [Fact]
    public async Task An_id_token_that_is_not_meant_for_this_sign_in_is_not_taken()
    {
        foreach (var (why, change) in WrongClaims)
        {
            issuer.ChangeIdToken = change;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var told = host.Observations.NextAsync<OutsideSignInRefused>(cancellation: patience.Token);

            using var back = await SignInAsync();

            back.Headers.Location.Should().Be(new Uri(host.Root, Page + "#signIn=failed"), why);
            SessionOf(back).Should().BeNull(why);
            (await told).Issuer.Should().Be("keycloak");
        }
    }

    [Fact]
    public async Task Who_says_no_there_is_not_signed_in()
    {
        issuer.IsDenied = true;

        using var back = await SignInAsync();

        back.Headers.Location.Should().Be(new Uri(host.Root, Page + "#signIn=denied"));
        SessionOf(back).Should().BeNull();
    }

    [Fact]
    public async Task While_the_issuer_is_down_the_page_says_so()
    {
        issuer.IsDown = true;

        using var begun = await GetAsync(Beginning(Page));

        begun.Headers.Location.Should().Be(new Uri(host.Root, Page + "#signIn=unavailable"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example/")]
    [InlineData("")]
    public async Task Nobody_is_led_elsewhere(string returnTo)
    {
        using var back = await SignInAsync(returnTo);

        back.Headers.Location!.GetLeftPart(UriPartial.Authority).Should().Be(host.Root.GetLeftPart(UriPartial.Authority));
        back.Headers.Location.OriginalString.Should().StartWith(host.Root.AbsoluteUri);
    }

    [Fact]
    public async Task A_sign_in_ends_once_in_the_browser_in_which_it_began()
    {
        using var begun = await GetAsync(Beginning(Page));
        using var other = await GetAsync(Beginning(Page));
        using var there = await browser.GetAsync(begun.Headers.Location);
        var (callback, cookie) = (there.Headers.Location!, PendingOf(begun));

        (await CallbackAsync(callback, null)).Should().Be(HttpStatusCode.Forbidden);
        (await CallbackAsync(callback, PendingOf(other))).Should().Be(HttpStatusCode.Forbidden, "it is another sign-in's");
        (await CallbackAsync(callback, cookie[..^6] + "AAAA==")).Should().Be(HttpStatusCode.Forbidden, "it was changed");
        using var ended = await SendAsync(HttpMethod.Get, callback, cookie);
        SessionOf(ended).Should().NotBeNull();
        ended.Headers.GetValues("Set-Cookie").Should().Contain(each => each.StartsWith("BackendApi.SignIn=;", StringComparison.Ordinal), "the browser forgets it");
        using var again = await SendAsync(HttpMethod.Get, callback, cookie);
        SessionOf(again).Should().BeNull("the code was exchanged");
    }

    [Fact]
    public async Task Another_issuers_answer_is_not_taken()
    {
        using var begun = await GetAsync(Beginning(Page));
        using var there = await browser.GetAsync(begun.Headers.Location);

        using var ended = await SendAsync(HttpMethod.Get, new(QueryHelpers.AddQueryString(there.Headers.Location!.AbsoluteUri, "iss", "https://else.example")), PendingOf(begun));

        SessionOf(ended).Should().BeNull();
    }

    [Fact]
    public async Task There_is_no_sign_in_at_an_issuer_that_the_settings_do_not_name()
    {
        using var answer = await GetAsync("session/providers/nobody");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private Task<BackendApiHost> StartAsync(params string[] settings) => BackendApiHost.StartAsync(database,
    [
        "--Access:Issuers:0:Name=keycloak", $"--Access:Issuers:0:Authority={issuer.Authority}", $"--Access:Issuers:0:ClientId={TestIssuer.ClientId}", "--Access:Issuers:0:DisplayName=The shop's Keycloak",
        "--Access:Issuers:0:NameClaim=preferred_username", "--Access:Issuers:0:RoleClaim=realm_access.roles", "--Access:Issuers:0:Roles:backend-admin=Administrators",
        "--Access:Issuers:0:Claims=department", .. settings,
    ]);

    private static string Beginning(string returnTo) => $"session/providers/keycloak?returnTo={Uri.EscapeDataString(returnTo)}";

    /// <summary>From the button to the end: what the service answers when the browser is back.</summary>
    private async Task<HttpResponseMessage> SignInAsync(string returnTo = Page)
    {
        using var begun = await GetAsync(Beginning(returnTo));
        begun.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var there = await browser.GetAsync(begun.Headers.Location);
        there.StatusCode.Should().Be(HttpStatusCode.Redirect, await there.Content.ReadAsStringAsync());
        return await SendAsync(HttpMethod.Get, there.Headers.Location!, PendingOf(begun));
    }

    private static string PendingOf(HttpResponseMessage begun) => begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private static string? SessionOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.FirstOrDefault(cookie => cookie.StartsWith("BackendApi.Session=", StringComparison.Ordinal))?.Split(';')[0] : null;

    private async Task<HttpStatusCode> CallbackAsync(Uri callback, string? cookie)
    {
        using var response = await SendAsync(HttpMethod.Get, callback, cookie);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(string address, string cookie)
    {
        using var response = await GetAsync(address, cookie);
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> GetAsync(string address, string? cookie = null) => SendAsync(HttpMethod.Get, new(host.Root, address), cookie);

    private async Task<HttpStatusCode> DeleteAsync(string address, string cookie, string? token)
    {
        using var response = await SendAsync(HttpMethod.Delete, new(host.Root, address), cookie, token);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, string? cookie, string? token = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (token is not null)
            request.Headers.Add("X-CSRF-Token", token);
        return await browser.SendAsync(request);
    }
}
