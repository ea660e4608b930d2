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
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Total", Exact = true })).ToHaveAttributeAsync("aria-sort", "descending");
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
    public async Task A_sign_out_that_fails_says_so()
    {
        await using var page = await office.SignedInAsync("data");
        page.ExpectsNoAnswer();
        await page.Page.RouteAsync("**/session", route => route.AbortAsync("connectionrefused"));
        await page.Button("Account of admin").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service does not answer.");

        await page.Page.UnrouteAllAsync();
        await page.Button("Try again").ClickAsync();
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
}
