using System.Net;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The history of what is published, and moving all of it at once.</summary>
public sealed class VersionTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task A_change_is_seen_in_the_history_and_taken_back()
    {
        await using var page = await office.SignedInAsync("endpoints/products?tab=names");
        await page.Field("Description").FillAsync("Another description.");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Saved. It is in effect.").WaitForAsync();

        await page.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await page.Link("Version 1 of products").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.List, new() { Name = "Differences" })).ToContainTextAsync("description changed: was \"What the shop sells.\", is \"Another description.\"");
        await page.ScreenshotAsync("version");
        await page.Button("Go back to version 1").ClickAsync();

        await page.Tab("Names and rights").ClickAsync();
        await Assertions.Expect(page.Field("Description")).ToHaveValueAsync("What the shop sells.");
        await page.Page.GotoAsync("versions?alias=products");
        await page.Link("Version 3 of products").WaitForAsync();
        await page.ScreenshotAsync("versions");
    }

    [BrowserFact]
    public async Task The_history_leads_back_to_its_beginning()
    {
        await office.ExecuteAsync("""
            WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1600)
            INSERT INTO backend_configuration_version (number, alias, document, published_at, published_by, action)
                SELECT i, 'long-ago', '{"alias":"long-ago","table":"supplier"}', '2026-01-02T03:04:05.0000000Z', 'admin', 'Changed' FROM n;
            """);
        await using var page = await office.SignedInAsync("versions?alias=long-ago");
        await page.Link("Version 1600 of long-ago").WaitForAsync();
        while (await page.Page.GetByRole(AriaRole.Row).CountAsync() is var shown && await page.Button("Earlier versions").IsVisibleAsync())
        {
            await page.Button("Earlier versions").ClickAsync();
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Row)).Not.ToHaveCountAsync(shown);
        }

        await page.Link("Version 1001 of long-ago").WaitForAsync();
    }

    [BrowserFact]
    public async Task An_import_shows_what_it_changes_and_publishes_it_when_told()
    {
        await using var page = await office.SignedInAsync("transfer");
        var file = new FilePayload { Name = "more.yaml", MimeType = "application/yaml", Buffer = "- alias: suppliers\n  table: supplier\n"u8.ToArray() };
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(file);

        await page.Page.GetByText("suppliers created").WaitForAsync();
        (await office.AskAsync("odata/Suppliers?$top=1")).Status.Should().Be(HttpStatusCode.NotFound);
        await page.ScreenshotAsync("transfer");
        await page.Button("Publish").ClickAsync();
        await page.Page.GetByText("Published: 1 endpoints have changed.").WaitForAsync();

        (await office.AskAsync("odata/Suppliers?$top=1")).Status.Should().Be(HttpStatusCode.OK);
    }

    [BrowserFact]
    public async Task An_export_is_a_file_that_an_import_takes()
    {
        await using var page = await office.SignedInAsync("transfer");

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Download YAML").ClickAsync());

        download.SuggestedFilename.Should().Be("endpoints.yaml");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(await download.PathAsync());
        await page.Page.GetByText("The file says what is published already: nothing would change.").WaitForAsync();
    }
}
