using System.Net;

namespace BackendApi.Spec.Edge;

/// <summary>Over HTTPS alone, under names that the service has. A trusted proxy stands for the clients: it says by which name and how they came.</summary>
public sealed class HttpsTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private const string Proxy = "--Service:TrustedProxies=127.0.0.1";

    [Theory]
    [InlineData("odata/?$top=1", "https://shop.example/odata/?$top=1")]
    [InlineData("//evil.example/x", "https://shop.example//evil.example/x")]
    [InlineData("/%2F%2Fevil.example", "https://shop.example/%2F%2Fevil.example")]
    [InlineData("odata/%0D%0ASet-Cookie:%20a=b", "https://shop.example/odata/%0D%0ASet-Cookie:%20a=b")]
    [InlineData("odata/?u=https://evil.example/", "https://shop.example/odata/?u=https://evil.example/")]
    public async Task A_read_over_plain_HTTP_is_sent_to_the_same_place_over_HTTPS(string address, string location)
    {
        await using var host = await BackendApiHost.StartAsync(database, Proxy, "--Https:Redirect=true");

        var answer = await host.RawAsync($"GET /{address.TrimStart('/').Insert(0, address.StartsWith("//", StringComparison.Ordinal) ? "/" : "")} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");

        answer.Should().StartWith("HTTP/1.1 308 ").And.Contain($"\r\nLocation: {location}\r\n").And.NotContain("\r\nSet-Cookie");
    }

    [Theory]
    [InlineData("POST", "odata/Nothing")]
    [InlineData("POST", "token")]
    [InlineData("DELETE", "odata/Nothing(1)")]
    public async Task Everything_else_is_refused_and_not_sent_on(string method, string address)
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Https:Redirect=true");

        using var response = await host.AskAsync(new(method), address, ("Host", "shop.example"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"HttpsRequired\"");
    }

    [Fact]
    public async Task The_public_root_is_where_clients_are_sent_and_no_name_of_a_request()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Https:Redirect=true", "--Service:PublicRoot=https://data.example/shop/");

        using var response = await host.AskAsync(HttpMethod.Get, "odata/?a=b", ("Host", "evil.example"));

        response.Header("Location").Should().Be("https://data.example/shop/odata/?a=b");
    }

    [Fact]
    public async Task The_port_can_be_another_one()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Https:Redirect=true", "--Https:Port=8443");

        using var response = await host.AskAsync(HttpMethod.Get, "odata/", ("Host", "shop.example:5080"));

        response.Header("Location").Should().Be("https://shop.example:8443/odata/");
    }

    [Fact]
    public async Task Probes_and_the_machine_itself_are_answered_over_plain_HTTP()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Https:Redirect=true");

        (await host.AskAsync(HttpMethod.Get, "health/ready", ("Host", "10.1.2.3"))).StatusCode.Should().Be(HttpStatusCode.OK);
        foreach (var local in (string[])["localhost", "localhost:5080", "127.0.0.1", "[::1]:5080", "a.localhost"])
            (await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Host", local))).StatusCode.Should().Be(HttpStatusCode.OK, local);
    }

    [Fact]
    public async Task Whoever_comes_over_HTTPS_is_told_to_stay_there()
    {
        await using var host = await BackendApiHost.StartAsync(database, Proxy, "--Https:Redirect=true");

        using var response = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "shop.example"));
        using var local = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "localhost:5081"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("Strict-Transport-Security").Should().Be("max-age=2592000");
        local.Header("Strict-Transport-Security").Should().BeNull();
    }

    [Fact]
    public async Task Nobody_untrusted_can_say_that_he_came_over_HTTPS()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Https:Redirect=true");

        using var response = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Host", "shop.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "proto=https;host=evil.example"));

        response.StatusCode.Should().Be(HttpStatusCode.PermanentRedirect);
        response.Header("Location").Should().Be("https://shop.example/odata/");
    }

    [Theory]
    [InlineData("shop.example", true)]
    [InlineData("SHOP.example:8080", true)]
    [InlineData("eu.shops.example", true)]
    [InlineData("[2001:db8::1]:80", true)]
    [InlineData("shops.example", false)]
    [InlineData("evil.example", false)]
    [InlineData("shop.example.evil.example", false)]
    [InlineData("evilshop.example", false)]
    [InlineData("evileu.shops.example.", false)]
    [InlineData("127.0.0.1", false)]
    public async Task A_request_for_another_host_is_refused(string name, bool isTaken)
    {
        await using var host = await BackendApiHost.StartAsync(database, Proxy, "--Service:AllowedHosts=shop.example;*.shops.example;2001:db8::1");

        using var direct = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Host", name));
        using var forwarded = await host.AskAsync(HttpMethod.Get, "odata/", host.Credentials(), ("Host", "inside"), ("X-Forwarded-Host", name));

        direct.StatusCode.Should().Be(isTaken ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        forwarded.StatusCode.Should().Be(direct.StatusCode);
    }

    [Theory]
    [InlineData("/shop", HttpStatusCode.TemporaryRedirect)]
    [InlineData("//evil.example", HttpStatusCode.BadRequest)]
    [InlineData("/\\evil.example", HttpStatusCode.BadRequest)]
    public async Task A_prefix_that_a_proxy_hands_on_leads_to_no_other_host(string prefix, HttpStatusCode status)
    {
        await using var host = await BackendApiHost.StartAsync(database, Proxy);

        using var response = await host.AskAsync(HttpMethod.Get, "backoffice", ("X-Forwarded-Prefix", prefix));

        response.StatusCode.Should().Be(status);
        (response.Header("Location") ?? "/shop/").Should().StartWith("/shop/");
    }

    /// <summary>The framework has a switch, for its own containers, that believes everyone.</summary>
    [Theory]
    [InlineData("--ForwardedHeaders_Enabled=false")]
    [InlineData("--ForwardedHeaders_Enabled=true")]
    public async Task Links_name_no_host_that_an_untrusted_sender_forwards(string setting)
    {
        await using var host = await BackendApiHost.StartAsync(database, setting);

        foreach (var address in (string[])["odata/", ".well-known/oauth-authorization-server"])
        {
            using var response = await host.AskAsync(HttpMethod.Get, address, host.Credentials(), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Prefix", "/evil"), ("X-Forwarded-Proto", "evil"),
                ("Forwarded", "host=evil.example"), ("X-Original-Host", "evil.example"), ("X-Original-URL", "/evil"), ("X-Rewrite-URL", "/evil"), ("X-HTTP-Method-Override", "DELETE"));
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            (await response.Content.ReadAsStringAsync()).Should().NotContain("evil").And.Contain(host.Root.Authority);
        }
    }
}
