using System.Text.Json;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;

namespace BackendApi.Processes.BackOffice;

/// <summary>Every page of the Back Office as axe-core judges it (WCAG 2.2 A and AA), wide and on a phone, in light and dark; a picture of each is kept.</summary>
public sealed class AccessibilityTests(BackOfficeProcess office, ITestOutputHelper output) : IClassFixture<BackOfficeProcess>, IAsyncLifetime
{
    /// <summary>A page of each route. The order is that of the pictures.</summary>
    private static readonly (string Route, string Address)[] Pages =
    [
        ("/endpoints", "endpoints"),
        ("/endpoints/new", "endpoints/new?table=supplier"),
        ("/endpoints/$alias", "endpoints/orders"),
        ("/versions", "versions"),
        ("/versions/$alias/$number", "versions/orders/1"),
        ("/transfer", "transfer"),
        ("/explorer", "explorer"),
        ("/explorer/$set", "explorer/Orders"),
        ("/explorer/$set/query", "explorer/Orders/query"),
        ("/activity", "activity"),
        ("/audit", "audit"),
        ("/audit/$id", "audit/1"),
        ("/state", "state"),
        ("/settings", "settings"),
        ("/users", "users"),
        ("/users/new", "users/new"),
        ("/users/$name", "users/admin"),
        ("/roles", "roles"),
        ("/roles/new", "roles/new"),
        ("/roles/$name", "roles/Clerks"),
        ("/keys", "keys"),
        ("/keys/new", "keys/new"),
        ("/keys/$name", "keys/excel"),
        ("/clients", "clients"),
        ("/clients/new", "clients/new"),
        ("/clients/$id", "clients/warehouse"),
        ("/account", "account"),
        ("/data", "data"),
        ("/data/$set", "data/Orders?orderBy=Total%20desc&where=[{\"property\":\"Status\",\"is\":\"eq\",\"value\":\"shipped\"}]"),
        ("/data/$set/new", "data/Roles/new"),
        ("/data/$set/$key", "data/Users/'admin'"),
    ];

    private static readonly string Axe = Document.Read("src/BackendApi.BackOffice/node_modules/axe-core/axe.min.js");

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Chromium is null)
            return;
        await office.ChangeAsync(HttpMethod.Post, "odata/Roles", """{"Name":"Clerks"}""");
        await office.ChangeAsync(HttpMethod.Post, "odata/Permissions", """{"RoleName":"Clerks","EntitySet":"Orders","CanRead":true,"RowFilter":"Total gt 5"}""");
        await office.ChangeAsync(HttpMethod.Post, "odata/ApiKeys", """{"Name":"excel","Scopes":["*:read"]}""");
        await office.ChangeAsync(HttpMethod.Post, "odata/OAuthClients", """{"Id":"warehouse"}""");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [BrowserFact]
    public async Task No_page_is_forgotten()
    {
        await using var page = await office.SignedInAsync();
        await page.Page.GetByRole(AriaRole.Main).WaitForAsync();

        // Where the router's own developer tools look for it.
        var routes = await page.Page.EvaluateAsync<string[]>("Object.keys(self.__TSR_ROUTER__.routesByPath)");

        routes.Where(route => route != "/").Should().BeEquivalentTo(Pages.Select(each => each.Route));
    }

    [BrowserFact]
    public async Task Pages_have_names_labels_and_contrast_in_light() => string.Join('\n', await VisitAsync(ColorScheme.Light)).Should().BeEmpty();

    [BrowserFact]
    public async Task Pages_have_names_labels_and_contrast_in_dark() => string.Join('\n', await VisitAsync(ColorScheme.Dark)).Should().BeEmpty();

    /// <summary>What is wrong, page by page.</summary>
    private async Task<List<string>> VisitAsync(ColorScheme scheme)
    {
        var wrong = new List<string>();
        var visited = "sign-in";
        await using var page = await office.OpenAsync("", scheme);
        page.Page.RequestFinished += (_, request) =>
        {
            if (request.ResourceType == "fetch")
                output.WriteLine($"{visited}: {request.Timing.ResponseStart - request.Timing.RequestStart:N0} ms {new Uri(request.Url).AbsolutePath}");
        };
        await JudgeAsync(visited);
        await page.SignInAsync(BackOfficeProcess.UserName, BackOfficeProcess.Password);
        await page.Heading("Endpoints").WaitForAsync();
        foreach (var (route, address) in Pages)
        {
            await page.ResizeAsync(1280, 800);
            visited = route.Trim('/').Replace("/", "-", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal);
            await page.Page.GotoAsync(address);
            await JudgeAsync(visited);
        }
        // A page of its own beside the application.
        await page.Page.GotoAsync("../docs/");
        await page.Page.Locator("[data-tag=Roles]").WaitForAsync();
        await JudgeAsync(visited = "docs");
        // What is inside of an operation is Swagger UI's own: its colours can be mended here, and its labels cannot.
        await page.ResizeAsync(1280, 800);
        await page.Page.Locator("[data-tag=Roles]").ClickAsync();
        await page.Page.Locator(".opblock-get").First.GetByRole(AriaRole.Button).First.PressAsync("Enter");
        await page.Button("Try it out").PressAsync("Enter");
        await page.Button("Execute").WaitForAsync();
        wrong.AddRange((await ViolationsAsync(page.Page)).Where(violation => violation.StartsWith("color-contrast", StringComparison.Ordinal)).Select(violation => $"docs, an operation: {violation}"));
        await page.ScreenshotAsync($"docs-operation-{scheme}");
        return wrong;

        async Task JudgeAsync(string name)
        {
            await page.Page.GetByRole(AriaRole.Heading).First.WaitForAsync();
            await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Assertions.Expect(page.Page.GetByLabel("Loading")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Heading("Sign in")).ToHaveCountAsync(name == "sign-in" ? 1 : 0);
            foreach (var width in new[] { 1280, 360 })
            {
                await page.ResizeAsync(width, 800);
                wrong.AddRange((await ViolationsAsync(page.Page)).Select(violation => $"{name}, {width} px: {violation}"));
                if (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
                    wrong.Add($"{name}, {width} px: scrolls sideways, {wide} px");
                await page.ScreenshotAsync($"{name}-{scheme}-{(width == 360 ? "narrow" : "wide")}");
            }
        }
    }

    [BrowserFact]
    public async Task The_first_page_is_small()
    {
        await using var page = await office.OpenAsync("about:blank");
        var finished = new List<Task<RequestSizesResult>>();
        page.Page.RequestFinished += (_, request) => finished.Add(request.SizesAsync());
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await page.Page.GotoAsync("");
        await page.Field("User name").WaitForAsync();
        var signIn = clock.Elapsed;
        clock.Restart();
        await page.SignInAsync(BackOfficeProcess.UserName, BackOfficeProcess.Password);
        await page.Link("orders").WaitForAsync();
        var list = clock.Elapsed;

        var bytes = (await Task.WhenAll(finished)).Sum(size => size.ResponseBodySize + size.ResponseHeadersSize);
        output.WriteLine($"{finished.Count} answers of {bytes:N0} bytes; {signIn.TotalMilliseconds:N0} ms to the sign-in, {list.TotalMilliseconds:N0} ms from there to the list of endpoints");
        bytes.Should().BeInRange(50_000, 500_000);
    }

    /// <summary>Evaluated by the debugger, which the page's own policy does not bind.</summary>
    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync($"() => {{ {Axe} }}");
        var result = await page.EvaluateAsync<JsonElement>(
            """async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] })).violations""");
        return
            from violation in result.EnumerateArray()
            from node in violation.GetProperty("nodes").EnumerateArray()
            let rule = violation.GetProperty("id").GetString()
            // How large the boxes of the diagram are is the zoom's matter, and the list beside it leads to the same pages.
            where rule != "target-size" || !node.GetProperty("html").GetString()!.Contains("_head_", StringComparison.Ordinal)
            select $"{rule} at {node.GetProperty("target")}: {node.GetProperty("failureSummary")}";
    }
}
