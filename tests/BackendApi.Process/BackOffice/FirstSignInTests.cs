using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>A host that was started with nothing, as whoever tries the product does.</summary>
public sealed class UntouchedProcess : BackOfficeProcess
{
    protected override Task<string[]> SettingsAsync() => Task.FromResult<string[]>([]);
}

/// <summary>The first minutes with the Back Office.</summary>
public sealed class FirstSignInTests(UntouchedProcess office) : IClassFixture<UntouchedProcess>
{
    [BrowserFact]
    public async Task The_printed_password_is_replaced_and_the_tour_leads_through_the_shop_to_its_end()
    {
        await using var page = await office.OpenAsync();
        page.Expects("400");
        await page.SignInAsync("admin", office.GeneratedPassword);
        await page.Field("New password").FillAsync("correct horse battery");
        await page.ScreenshotAsync("first-sign-in");
        await page.Button("Sign in").ClickAsync();

        var tour = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Tour" });
        await Assertions.Expect(tour.GetByRole(AriaRole.Heading)).ToBeFocusedAsync();
        await page.ScreenshotAsync("tour-offer");
        await page.Button("Take the tour").ClickAsync();
        await StepAsync("1 of 5: The shop's endpoints", "Endpoints");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await StepAsync("2 of 5: One endpoint", "orders");
        await page.Button("Next").ClickAsync();
        await StepAsync("3 of 5: Its data", "Orders");

        // It goes on after a reload, and finds its page again.
        await page.Page.GotoAsync("versions");
        await page.Button("Show me that page").ClickAsync();
        await StepAsync("3 of 5: Its data", "Orders");
        await page.Button("Next").ClickAsync();
        await Assertions.Expect(tour).ToContainTextAsync("4 of 5: A query");
        await page.Page.GetByText("Total gt 500").First.WaitForAsync();
        await page.ScreenshotAsync("tour-query");
        await page.Button("Next").ClickAsync();
        await StepAsync("5 of 5: A key for a program", "New API key");
        await page.ScreenshotAsync("tour-key");
        await page.Button("Done").ClickAsync();

        await Assertions.Expect(tour).ToHaveCountAsync(0);
        await page.Page.ReloadAsync();
        await page.Heading("New API key").WaitForAsync();
        await Assertions.Expect(tour).ToHaveCountAsync(0);
        await page.Button("Account of admin").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Take the tour" }).ClickAsync();
        await page.Heading("Welcome").WaitForAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tour).ToHaveCountAsync(0);

        async Task StepAsync(string title, string heading)
        {
            await Assertions.Expect(tour.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeFocusedAsync();
            await page.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).WaitForAsync();
        }
    }
}
