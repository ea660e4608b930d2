using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace BackendApi.Processes;

/// <summary>The product as it starts with nothing set up: the demo shop. One process for all tests of a class.</summary>
public sealed class DemoShopProcess : InEmptyFolder, IAsyncLifetime
{
    private HostProcess host = null!;

    /// <summary>Without a trailing slash, as clients are given it.</summary>
    public string ServiceRoot => $"{host.Client.BaseAddress}odata";

    public AuthenticationHeaderValue Credentials { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        host = HostProcess.Serve(Folder);
        await host.ReadyAsync();
        var (user, password) = host.PrintedAdministrator();
        Credentials = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public async Task<string> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ServiceRoot}/{address}") { Headers = { Authorization = Credentials } };
        using var response = await host.Client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async Task DisposeAsync() => await host.DisposeAsync();
}
