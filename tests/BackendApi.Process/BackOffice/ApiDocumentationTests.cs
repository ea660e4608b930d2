using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The page that explores what the signed-in user may use.</summary>
public sealed class ApiDocumentationTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task It_stands_behind_the_sign_in_and_lists_what_may_be_used_in_both_dialects()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var page = await office.SignedInAsync("../docs", scheme);

            await page.Heading("API documentation").WaitForAsync();
            await page.Page.Locator("#operations-tag-Products").WaitForAsync();
            await page.ScreenshotAsync($"docs-{scheme}");
            await page.Page.Locator("[data-tag=Products]").ClickAsync();
            await page.Page.Locator("[data-tag='products (Data Exchange)']").ClickAsync();
            foreach (var path in new[] { "/odata/Products", "/dynamic-entity/products" })
                await Operation(page, "get", path).WaitForAsync();
        }
    }

    [BrowserFact]
    public async Task A_request_that_is_tried_goes_with_the_session()
    {
        await using var page = await office.SignedInAsync("../docs#/Products");
        // By the keyboard: the page still scrolls to where its address leads, and a click can miss.
        await Operation(page, "get", "/odata/Products").PressAsync("Enter");
        await page.Button("Try it out").ClickAsync();

        var answer = await page.Page.RunAndWaitForResponseAsync(() => page.Button("Execute").ClickAsync(), response => response.Url.Contains("/odata/Products", StringComparison.Ordinal));

        answer.Status.Should().Be(200);
        await page.ScreenshotAsync("docs-tried");
    }

    [BrowserFact]
    public async Task A_change_that_is_tried_carries_the_anti_forgery_token()
    {
        await using var page = await office.SignedInAsync("../docs#/Roles");
        await Operation(page, "post", "/odata/Roles").PressAsync("Enter");
        await page.Button("Try it out").ClickAsync();
        await page.Page.Locator(".body-param textarea").FillAsync("""{"Name":"made-in-docs"}""");

        var answer = await page.Page.RunAndWaitForResponseAsync(() => page.Button("Execute").ClickAsync(), response => response.Request.Method == "POST");

        answer.Status.Should().Be(201);
    }

    [BrowserFact]
    public async Task The_Back_Office_leads_there_and_back()
    {
        await using var page = await office.SignedInAsync();
        await page.Link("API documentation").ClickAsync();
        await page.Heading("API documentation").WaitForAsync();
        page.Page.Url.Should().EndWith("/docs/");

        await page.Link("Back Office").ClickAsync();

        await page.Heading("Endpoints").WaitForAsync();
    }

    private static ILocator Operation(BackOfficePage page, string method, string path) =>
        page.Page.Locator($".opblock-{method}", new() { Has = page.Page.Locator($".opblock-summary-path[data-path='{path}']") }).Locator(".opblock-summary-control");
}
