using System.Net;

namespace BackendApi.Spec.Edge;

/// <summary>What every answer says to browsers and caches.</summary>
public sealed class SecurityHeaderTests(HostFixture<SqliteTestDatabase> fixture) : IClassFixture<HostFixture<SqliteTestDatabase>>
{
    private BackendApiHost Host => fixture.Host;

    [Theory]
    [InlineData("odata/", 200)]
    [InlineData("odata/Nothing", 404)]
    [InlineData("nowhere", 404)]
    [InlineData("health/live", 200)]
    [InlineData("dynamic-entity/nothing", 404)]
    public async Task Nothing_is_guessed_referred_to_or_kept_by_others(string address, int status)
    {
        using var response = await Host.AskAsync(HttpMethod.Get, address, Host.Credentials());

        ((int)response.StatusCode).Should().Be(status);
        response.Header("X-Content-Type-Options").Should().Be("nosniff");
        response.Header("Referrer-Policy").Should().Be("no-referrer");
        response.Header("Cache-Control").Should().BeOneOf("no-cache, private", "no-store");
        response.Header("Server").Should().BeNull();
        response.Header("X-Powered-By").Should().BeNull();
    }

    [Fact]
    public async Task A_page_loads_nothing_and_stands_in_no_frame()
    {
        using var response = await Host.AskAsync(HttpMethod.Get, "backoffice/");

        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        response.Header("Content-Security-Policy").Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("POST", "token")]
    [InlineData("POST", "odata/$batch")]
    [InlineData("POST", "odata/ResetPassword")]
    public async Task What_a_change_returns_is_kept_by_nobody(string method, string address)
    {
        using var response = await Host.AskAsync(new(method), address, Host.Credentials());

        response.Header("Cache-Control").Should().Be("no-store");
    }

    [Fact]
    public async Task A_refusal_is_kept_by_nobody_but_its_client()
    {
        using var response = await Host.AskAsync(HttpMethod.Get, "odata/");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Header("Cache-Control").Should().Be("no-cache, private");
        response.Header("X-Content-Type-Options").Should().Be("nosniff");
    }
}
