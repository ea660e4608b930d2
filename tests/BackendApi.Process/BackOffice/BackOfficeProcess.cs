using System.Net;
using System.Text;
using System.Text.Json;
using BackendApi.Sqlite;
using BackendApi.Testing;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The demo shop as a process, and a browser beside it. One of each for all tests of a class; every test has a profile of its own.</summary>
public class BackOfficeProcess : InEmptyFolder, IAsyncLifetime
{
    public const string UserName = "admin";
    public const string Password = "a password of the tests";

    private HostProcess host = null!;

    /// <summary>What this host is started with.</summary>
    protected virtual Task<string[]> SettingsAsync() => Task.FromResult<string[]>([$"--Admin:Password={Password}"]);

    /// <summary>The password that the first start has printed; for a host that is given none.</summary>
    public string GeneratedPassword => host.PrintedAdministrator().Password;

    private IPlaywright? playwright;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Chromium is not { } chromium)
            return;
        host = HostProcess.Serve(Folder, await SettingsAsync());
        await host.ReadyAsync();
        playwright = await Playwright.CreateAsync();
        // As long as everything else is waited for: on a loaded machine five seconds say nothing.
        Assertions.SetDefaultExpectTimeout(30_000);
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
    }

    /// <summary>A page of a browser that nobody has signed in with.</summary>
    public async Task<BackOfficePage> OpenAsync(string address = "", ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = $"{host.Client.BaseAddress}backoffice/", ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = new BackOfficePage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address);
        return page;
    }

    public async Task<BackOfficePage> SignedInAsync(string address = "", ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenAsync(address, scheme);
        await page.SignInAsync(UserName, Password);
        return page;
    }

    /// <summary>Where the service is.</summary>
    public Uri Address => host.Client.BaseAddress!;

    /// <summary>A new key, for a program that is no browser.</summary>
    public async Task<string> ApiKeyAsync()
    {
        var (exitCode, output) = await HostProcess.RunAsync(Folder, "api-key", "create", "--name", Guid.NewGuid().ToString());
        return exitCode == 0 ? output.Split('\n').Single(line => line.StartsWith("bapi_", StringComparison.Ordinal)).Trim() : throw new InvalidOperationException(output);
    }

    /// <summary>What the service answers the administrator outside of the browser.</summary>
    public Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string address) => AskAsync(HttpMethod.Get, address, json: null);

    /// <inheritdoc cref="AskAsync(string)"/>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(HttpMethod method, string address, string? json, string user = UserName)
    {
        using var response = await SendAsync(new(method, address) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") }, user);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>What it answers a user whose password is <see cref="Password"/>.</summary>
    public Task<(HttpStatusCode Status, JsonElement Answer)> AskAsAsync(string user, string address) => AskAsync(HttpMethod.Get, address, json: null, user);

    /// <summary>The administrator makes or does something outside of the browser.</summary>
    public async Task TellAsync(string address, string body)
    {
        var status = await ChangeAsync(HttpMethod.Post, address, body);
        if ((int)status >= 400)
            throw new InvalidOperationException($"{address}: {status}");
    }

    /// <summary>Somebody with <see cref="Password"/> and a role of their own, which grants what <paramref name="permissions"/> say.</summary>
    public async Task MakeUserAsync(string name, params string[] permissions)
    {
        await TellAsync("odata/Roles", $$"""{"Name":"Role of {{name}}"}""");
        foreach (var permission in permissions)
            await TellAsync("odata/Permissions", $$"""{"RoleName":"Role of {{name}}",{{permission}}}""");
        await TellAsync("odata/Users", $$"""{"Name":"{{name}}","Roles@odata.bind":["Roles('Role of {{name}}')"]}""");
        await TellAsync($"odata/Users('{name}')/BackendApi.ResetPassword", $$"""{"password":"{{Password}}","mustChange":false}""");
    }

    /// <summary>What somebody else changes outside of the browser.</summary>
    public async Task<HttpStatusCode> ChangeAsync(HttpMethod method, string address, string json) => (await AskAsync(method, address, json)).Status;

    /// <summary>A statement in the database of the service, which knows nothing of it.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var database = new SqliteDatabase($"Data Source={Path.Combine(Folder, "data/backend-api.db")}");
        await using var session = await database.OpenAsync(default);
        await using var command = session.Connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string user = UserName)
    {
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password}")));
        using (request)
            return await host.Client.SendAsync(request);
    }

    public virtual async Task DisposeAsync()
    {
        if (playwright is null)
            return;
        await browser.DisposeAsync();
        playwright.Dispose();
        await host.DisposeAsync();
    }
}

/// <summary>A test that drives Chromium. Skipped, with the reason, where there is none, or no Node to build the application with.</summary>
[AttributeUsage(AttributeTargets.Method)]
[Xunit.Sdk.XunitTestCaseDiscoverer("BackendApi.Testing.DatabaseFactDiscoverer", TestAssembly.Name)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public static readonly string? Chromium = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public BrowserFactAttribute() => Skip = Chromium is null ? "Chromium is not installed." : NodeClient.HasNode ? null : "Node is not installed: the Back Office was not built.";
}
