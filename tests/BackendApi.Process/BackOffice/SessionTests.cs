using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>Signing in and out in a browser, and what the session lets see.</summary>
public sealed class SessionTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task A_link_to_a_page_leads_there_after_the_sign_in()
    {
        await using var page = await office.SignedInAsync("data/Orders?filter=Status%20eq%20'shipped'&orderBy=Total%20desc");

        await page.Heading("Orders").WaitForAsync();
        (await page.Field("Filter").InputValueAsync()).Should().Be("Status eq 'shipped'");
        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Total ↓" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task Who_signs_out_sees_nothing_more()
    {
        await using var page = await office.SignedInAsync("data");
        await page.Link("Orders").ClickAsync();
        await page.Heading("Orders").WaitForAsync();

        await page.Button("Account of admin").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await page.Heading("Sign in").WaitForAsync();

        await page.Page.ReloadAsync();
        await page.Heading("Sign in").WaitForAsync();
    }

    [BrowserFact]
    public async Task The_back_button_leads_back()
    {
        await using var page = await office.SignedInAsync("data");
        await page.Link("Orders").ClickAsync();
        await page.Heading("Orders").WaitForAsync();

        await page.Page.GoBackAsync();

        await page.Heading("Data").WaitForAsync();
    }

    [BrowserFact]
    public async Task A_grid_reads_the_rows_in_view_and_no_others()
    {
        await using var page = await office.SignedInAsync("data/Orders");
        await page.Page.GetByText("6,000 rows.").WaitForAsync();
        var asked = new List<string>();
        page.Page.Request += (_, request) => asked.Add(Uri.UnescapeDataString(new Uri(request.Url).Query));

        await page.Page.GetByRole(AriaRole.Grid).EvaluateAsync("grid => grid.scrollTo(0, grid.scrollHeight)");
        await page.Page.GetByRole(AriaRole.Gridcell, new() { Name = "6000", Exact = true }).WaitForAsync();

        asked.Should().OnlyContain(query => query.StartsWith("?$count=true&$skip=5", StringComparison.Ordinal)).And.HaveCountLessThan(3);
    }

    [BrowserFact]
    public async Task Pages_stand_in_light_and_dark()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var page = await office.OpenAsync("data", scheme);
            await page.Heading("Sign in").WaitForAsync();
            await page.ScreenshotAsync($"sign-in-{scheme}");
            await page.SignInAsync(BackOfficeProcess.UserName, BackOfficeProcess.Password);
            await page.Link("Orders").WaitForAsync();
            await page.ScreenshotAsync($"data-{scheme}");
            await page.Link("Orders").ClickAsync();
            await page.Page.GetByText("6,000 rows.").WaitForAsync();
            await page.ScreenshotAsync($"data-orders-{scheme}");
        }
    }
}
