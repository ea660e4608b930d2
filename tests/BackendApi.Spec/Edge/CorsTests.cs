using System.Net;

namespace BackendApi.Spec.Edge;

/// <summary>Which pages may call from a browser (the Fetch standard), and what a page of a stranger can do all the same.</summary>
public sealed class CorsTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private const string Origins = "--Cors:Origins=https://shop.example;https://*.partner.example";

    [Fact]
    public async Task Without_the_setting_no_origin_is_let_in()
    {
        await using var host = await BackendApiHost.StartAsync(database);

        using var preflight = await PreflightAsync(host, "https://shop.example", "GET");
        preflight.Header("Access-Control-Allow-Origin").Should().BeNull();
        using var response = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Origin", "https://shop.example"));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("Access-Control-Allow-Origin").Should().BeNull();
    }

    [Fact]
    public async Task A_preflight_is_answered_before_anybody_asks_for_credentials()
    {
        await using var host = await BackendApiHost.StartAsync(database, Origins);

        using var preflight = await PreflightAsync(host, "https://shop.example", "PATCH", "authorization,if-match,odata-version");

        preflight.StatusCode.Should().Be(HttpStatusCode.NoContent);
        preflight.Header("Access-Control-Allow-Origin").Should().Be("https://shop.example");
        preflight.Header("Access-Control-Allow-Methods").Should().Be("GET,HEAD,POST,PUT,PATCH,DELETE");
        preflight.Header("Access-Control-Allow-Headers").Should().Be("authorization,if-match,odata-version");
        preflight.Header("Access-Control-Allow-Credentials").Should().BeNull();
        preflight.Header("Access-Control-Max-Age").Should().Be("600");
    }

    [Fact]
    public async Task A_page_reads_the_answer_and_the_headers_of_OData()
    {
        await using var host = await BackendApiHost.StartAsync(database, Origins);

        using var response = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Origin", "https://eu.partner.example"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("Access-Control-Allow-Origin").Should().Be("https://eu.partner.example");
        response.Header("Access-Control-Expose-Headers").Should().Contain("OData-Version").And.Contain("ETag").And.Contain("Location").And.Contain("OData-EntityId").And.Contain("Preference-Applied").And.Contain("Retry-After");
        response.Header("Vary").Should().Contain("Origin");
    }

    [Fact]
    public async Task A_page_reads_errors_too()
    {
        await using var host = await BackendApiHost.StartAsync(database, Origins);

        using var response = await host.AskAsync(HttpMethod.Get, "odata/", ("Origin", "https://shop.example"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Header("Access-Control-Allow-Origin").Should().Be("https://shop.example");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example:8443")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("https://evilshop.example")]
    [InlineData("https://shop.example@evil.example")]
    [InlineData("https://shop.exampl")]
    [InlineData("https://partner.example")]
    [InlineData("https://evilpartner.example")]
    [InlineData("https://a.partner.example.evil.example")]
    [InlineData("https://evil.example/.partner.example")]
    [InlineData("https://evil.example#.partner.example")]
    [InlineData("https://evil.example\\.partner.example")]
    [InlineData("https://shop.example, https://evil.example")]
    public async Task A_hostile_origin_is_let_into_nothing(string origin)
    {
        await using var host = await BackendApiHost.StartAsync(database, Origins, "--Cors:Credentials=true");

        foreach (var response in (HttpResponseMessage[])[await PreflightAsync(host, origin, "POST"), await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Origin", origin))])
            using (response)
                response.Headers.Where(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)).Should().BeEmpty();
    }

    [Fact]
    public async Task Everybody_may_be_let_in_without_credentials()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Cors:Origins=*");

        using var response = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Origin", "https://anyone.example"));

        response.Header("Access-Control-Allow-Origin").Should().Be("*");
        response.Header("Access-Control-Allow-Credentials").Should().BeNull();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_of_a_stranger_changes_nothing_with_the_password_that_the_browser_keeps(string header, string value)
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var password = ("Authorization", Access.AccessRequests.Basic(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword));

        using var form = await host.AskAsync(HttpMethod.Post, "odata/Nothing", password, (header, value));
        using var program = await host.AskAsync(HttpMethod.Post, "odata/Nothing", password);
        using var own = await host.AskAsync(HttpMethod.Post, "odata/Nothing", password, ("Sec-Fetch-Site", "same-origin"), ("Origin", host.Root.GetLeftPart(UriPartial.Authority)));
        using var withKey = await host.AskAsync(HttpMethod.Post, "odata/Nothing", host.Credentials(), (header, value));

        form.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        program.StatusCode.Should().Be(HttpStatusCode.NotFound, "programs say nothing of pages");
        own.StatusCode.Should().Be(HttpStatusCode.NotFound);
        withKey.StatusCode.Should().Be(HttpStatusCode.NotFound, "no form can send a key");
    }

    [Fact]
    public async Task An_origin_that_may_call_with_credentials_may_change_too()
    {
        await using var host = await BackendApiHost.StartAsync(database, Origins, "--Cors:Credentials=true");

        using var response = await host.AskAsync(HttpMethod.Post, "odata/Nothing", ("Authorization", Access.AccessRequests.Basic(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword)),
            ("Origin", "https://shop.example"), ("Sec-Fetch-Site", "cross-site"));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        response.Header("Access-Control-Allow-Credentials").Should().Be("true");
    }

    private static Task<HttpResponseMessage> PreflightAsync(BackendApiHost host, string origin, string method, string headers = "authorization") =>
        host.AskAsync(HttpMethod.Options, "odata/Nothing", ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers));
}
