using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>What a caller may not do, the Back Office does not offer, and says so to who goes there all the same.</summary>
public sealed class RefusedTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task A_user_with_a_limited_role_sees_only_what_is_granted()
    {
        await office.MakeUserAsync("reader", """
            "EntitySet":"Orders","CanRead":true
            """);
        await using var page = await office.OpenAsync();
        await page.SignInAsync("reader", BackOfficeProcess.Password);
        await page.Heading("Explorer").WaitForAsync();

        (await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link).AllInnerTextsAsync()).Should().Equal("Explorer", "Data", "State", "API documentation");
        await page.Link("Data").ClickAsync();
        await page.Link("Orders").WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).AllInnerTextsAsync()).Should().Contain("Orders").And.NotContain("Customers");
        await page.ScreenshotAsync("refused-navigation");
    }

    [BrowserFact]
    public async Task A_forced_link_is_refused_with_what_is_missing_and_whom_to_ask()
    {
        await office.MakeUserAsync("forcing", """
            "EntitySet":"Orders","CanRead":true
            """);
        await using var page = await office.OpenAsync("users/admin");
        await page.SignInAsync("forcing", BackOfficeProcess.Password);

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You may not see this page");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("It needs the right to read Users, which none of your roles grants. Ask an administrator for it.");
        await page.ScreenshotAsync("refused");
        await page.Link("Your account").ClickAsync();
        await page.Heading("My account").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "What I see" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "Orders" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task Who_has_no_role_is_told_whom_to_ask()
    {
        await office.MakeUserAsync("nobody");
        await using var page = await office.OpenAsync();
        await page.SignInAsync("nobody", BackOfficeProcess.Password);

        await page.Heading("My account").WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link).AllInnerTextsAsync()).Should().Equal("API documentation");
        await page.Page.GotoAsync("data");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("None of your roles grants you the right to read anything.");
    }

    [BrowserFact]
    public async Task Who_may_read_users_is_offered_no_change_of_them()
    {
        await office.MakeUserAsync("auditor", """
            "EntitySet":"Users","CanRead":true,"Readable":["Name","DisplayName","LockedAt"]
            """);
        await using var page = await office.OpenAsync("users");
        await page.SignInAsync("auditor", BackOfficeProcess.Password);

        await page.Link("admin").ClickAsync();
        await page.Heading("admin").WaitForAsync();

        await page.Field("Called").WaitForAsync();
        (await page.Button("Save").CountAsync()).Should().Be(0);
        (await page.Button("Delete").CountAsync()).Should().Be(0);
        await page.ScreenshotAsync("refused-user");
    }
}
