using System.Diagnostics;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>Who does what with the service, and how it is: charts, the audit log, the state and the settings.</summary>
public sealed class ActivityTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task Requests_are_seen_in_charts_and_tables_and_a_click_leaves_those_of_one_set()
    {
        await office.AskAsync("odata/Stores?$top=2");
        await office.AskAsync("odata/Stores(999999)");
        await using var page = await office.SignedInAsync("activity?range=hour");
        await CountedAsync(page, "Stores");

        await page.Button("Only Stores").ClickAsync();

        await page.Page.GetByText("Set: Stores").WaitForAsync();
        page.Page.Url.Should().EndWith("/backoffice/activity?range=hour&set=Stores");
        await page.Page.GetByText("Errors as a table").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Region, new() { Name = "Errors" }).GetByRole(AriaRole.Cell, new() { Name = "1", Exact = true })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Requests over time") })).ToHaveCountAsync(1);
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Page.GetByText("Set: Stores")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Charts_stand_in_light_and_dark_wide_and_narrow()
    {
        await office.AskAsync("odata/Products?$top=2");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var page = await office.SignedInAsync("activity?range=hour&by=set", scheme);
            await CountedAsync(page, "Products");
            await page.ScreenshotAsync($"activity-{scheme}");
            await page.ResizeAsync(360, 740);
            await page.Heading("Activity").WaitForAsync();
            (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().Be(360);
            await page.ScreenshotAsync($"activity-narrow-{scheme}");
        }
    }

    [BrowserFact]
    public async Task The_list_of_endpoints_says_how_often_each_was_called()
    {
        await office.AskAsync("odata/Prices?$top=2");
        await using var page = await office.SignedInAsync("activity?range=hour");
        await CountedAsync(page, "Prices");

        await page.Link("Endpoints").ClickAsync();
        await page.Link("1 calls of Prices").ClickAsync();

        await page.Page.GetByText("Set: Prices").WaitForAsync();
    }

    [BrowserFact]
    public async Task A_setting_that_is_changed_is_told_with_before_and_after_and_taken_back()
    {
        await using var page = await office.SignedInAsync("settings?search=RetentionDays");
        await page.Field("Audit:RetentionDays").FillAsync("400");
        await page.Button("Save Audit:RetentionDays").ClickAsync();
        await page.Button("Take the change of Audit:RetentionDays back").WaitForAsync();
        await page.ScreenshotAsync("settings");
        (await office.AskAsync("odata/Settings('Audit:RetentionDays')")).Answer.GetProperty("Value").GetString().Should().Be("400");

        await page.Link("Audit log").ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Set" }).FillAsync("Settings");
        await page.Page.WaitForURLAsync("**/audit?set=Settings");
        await page.ScreenshotAsync("audit");
        await page.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Update Settings 'Audit:RetentionDays'") }).First.ClickAsync();
        var row = page.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^Value") });
        await Assertions.Expect(row).ToHaveTextAsync("Value changed365400");
        await page.ScreenshotAsync("audit-entry");
        await page.Link("The row as it is now").ClickAsync();
        await page.Page.WaitForURLAsync("**/data/Settings/*");

        await page.Page.GotoAsync("settings?search=RetentionDays");
        await page.Button("Take the change of Audit:RetentionDays back").ClickAsync();
        await Assertions.Expect(page.Field("Audit:RetentionDays")).ToHaveValueAsync("365");
    }

    [BrowserFact]
    public async Task What_a_setting_cannot_be_is_told_at_its_field()
    {
        await using var page = await office.SignedInAsync("settings?search=MinuteDays");
        page.Expects("400");
        await page.Field("Statistics:MinuteDays").FillAsync("many");

        await page.Button("Save Statistics:MinuteDays").ClickAsync();

        await page.Page.GetByText("a whole number from 1 to 365 is expected.").WaitForAsync();
        (await page.Field("Statistics:MinuteDays").GetAttributeAsync("aria-invalid")).Should().Be("true");
    }

    [BrowserFact]
    public async Task Of_two_who_change_one_setting_the_second_is_told()
    {
        await using var first = await office.SignedInAsync("settings?search=Statistics:HourDays");
        await using var second = await office.SignedInAsync("settings?search=Statistics:HourDays");
        second.Expects("412");
        await second.Field("Statistics:HourDays").WaitForAsync();
        await first.Field("Statistics:HourDays").FillAsync("40");
        await first.Button("Save Statistics:HourDays").ClickAsync();
        await first.Button("Take the change of Statistics:HourDays back").WaitForAsync();

        await second.Field("Statistics:HourDays").FillAsync("50");
        await second.Button("Save Statistics:HourDays").ClickAsync();
        await second.Page.GetByText("Somebody else has changed this setting meanwhile").WaitForAsync();
        await second.Button("Show what is stored now").ClickAsync();

        await Assertions.Expect(second.Field("Statistics:HourDays")).ToHaveValueAsync("40");
    }

    [BrowserFact]
    public async Task The_state_of_the_service_is_seen_at_a_glance()
    {
        await using var page = await office.SignedInAsync("state");

        await page.Page.GetByText("This node answers requests, and so does its database.").WaitForAsync();
        await page.Page.GetByText("All endpoints that are active are served.").WaitForAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Table, new() { Name = "Limits of callers" }).GetByRole(AriaRole.Cell, new() { Name = BackOfficeProcess.UserName })).ToHaveCountAsync(1);
        await page.ScreenshotAsync("state");
    }

    /// <summary>A node writes what it has counted every ten seconds: looks again until it is there.</summary>
    private static async Task CountedAsync(BackOfficePage page, string set)
    {
        await page.Heading("Activity").WaitForAsync();
        for (var since = Stopwatch.StartNew(); !await page.Button($"Only {set}").IsVisibleAsync() && since.Elapsed < TimeSpan.FromMinutes(1);)
            await page.Page.RunAndWaitForResponseAsync(() => page.Button("Refresh").ClickAsync(), response => response.Url.Contains("RequestStatistics", StringComparison.Ordinal));
        await page.Button($"Only {set}").WaitForAsync();
    }
}
