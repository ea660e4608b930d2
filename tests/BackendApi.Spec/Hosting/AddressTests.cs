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
    public async Task Next_links_lead_where_clients_reach_the_service()
    {
        await database.RunAsync("CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "INSERT INTO city VALUES (1, 'Oslo'), (2, 'Rom')");
        var file = Path.GetTempFileName() + ".json";
        await File.WriteAllTextAsync(file, """[{ "alias": "cities", "table": "city" }]""");
        await using var host = await BackendApiHost.StartAsync(database, "--Service:TrustedProxies=127.0.0.1", $"--DataExchange:ConfigurationFiles={file}");
        File.Delete(file);

        using var page = await GetAsync(host, "odata/Cities", [.. Forwarded, ("Prefer", "maxpagesize=1")]);
        var link = page.RootElement.GetProperty("@odata.nextLink").GetString();
        link.Should().StartWith("https://shop.example/api/odata/Cities?");

        using var next = await GetAsync(host, link!["https://shop.example/api/".Length..], Forwarded);
        next.RootElement.GetProperty("value")[0].GetProperty("Name").GetString().Should().Be("Rom");
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
        using var document = await GetAsync(host, "odata/", headers);
        return document.RootElement.GetProperty("@odata.context").GetString();
    }

    private static async Task<JsonDocument> GetAsync(BackendApiHost host, string address, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await host.Client.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
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
