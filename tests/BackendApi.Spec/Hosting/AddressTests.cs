using System.Net;
using System.Text.Json;

namespace BackendApi.Spec.Hosting;

/// <summary>Links carry the address that clients use. Who stands behind a proxy is told by it, and only a trusted one is believed.</summary>
public sealed class AddressTests : IClassFixture<SqliteTestDatabase>
{
    private readonly SqliteTestDatabase database;

    public AddressTests(SqliteTestDatabase database) => this.database = database;

    [Fact]
    public async Task Without_a_proxy_the_request_tells()
    {
        await using var host = await BackendApiHost.StartAsync(database);

        (await ContextAsync(host)).Should().Be($"{host.Root}odata/$metadata");
    }

    [Fact]
    public async Task Forwarded_headers_of_anyone_are_not_believed()
    {
        await using var host = await BackendApiHost.StartAsync(database);

        (await ContextAsync(host, Forwarded)).Should().Be($"{host.Root}odata/$metadata");
    }

    [Fact]
    public async Task Forwarded_headers_of_a_trusted_proxy_are()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Service:TrustedProxies=127.0.0.0/8");

        (await ContextAsync(host, Forwarded)).Should().Be("https://shop.example/api/odata/$metadata");
    }

    [Fact]
    public async Task A_configured_root_wins()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Service:PublicRoot=https://data.example/shop", "--Service:TrustedProxies=127.0.0.1");

        (await ContextAsync(host, Forwarded)).Should().Be("https://data.example/shop/odata/$metadata");
    }

    [Fact]
    public async Task Passwords_are_counted_by_the_address_that_a_trusted_proxy_tells()
    {
        await using var host = await BackendApiHost.StartAsync(database, "--Service:TrustedProxies=127.0.0.1");
        HttpStatusCode status;
        var guesses = 0;
        do
            status = await GuessAsync(host, "203.0.113.7", $"guess {guesses}");
        while (status == HttpStatusCode.BadRequest && ++guesses < 20);

        status.Should().Be(HttpStatusCode.TooManyRequests);
        (await GuessAsync(host, "203.0.113.8", BackendApiHost.AdminPassword)).Should().Be(HttpStatusCode.OK);
    }

    private static readonly (string Name, string Value)[] Forwarded =
    [
        ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "shop.example"), ("X-Forwarded-Prefix", "/api"),
    ];

    private static async Task<string?> ContextAsync(BackendApiHost host, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await host.Client.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.GetProperty("@odata.context").GetString();
    }

    private static async Task<HttpStatusCode> GuessAsync(BackendApiHost host, string address, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "token");
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = new FormUrlEncodedContent([new("grant_type", "password"), new("username", "admin"), new("password", password)]);
        using var response = await host.Anonymous.SendAsync(request);
        return response.StatusCode;
    }
}
