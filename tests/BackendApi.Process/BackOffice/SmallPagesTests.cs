using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>A service whose pages are smaller than anything that is shown.</summary>
public sealed class OfficeOfSmallPages : BackOfficeProcess
{
    protected override async Task<string[]> SettingsAsync() => [.. await base.SettingsAsync(), "--OData:MaxPageSize=3", "--OData:DefaultPageSize=3"];
}

/// <summary>However small the pages are that the service answers in, nothing is missing from what the Back Office shows or stores.</summary>
public sealed class SmallPagesTests(OfficeOfSmallPages office) : IClassFixture<OfficeOfSmallPages>
{
    [BrowserFact]
    public async Task Every_endpoint_is_in_the_list()
    {
        var (_, count) = await office.AskAsync("odata/DataExchangeConfigurations?$count=true&$top=0");
        await using var page = await office.SignedInAsync("endpoints");
        await page.Link("stores").WaitForAsync();

        (await page.Page.GetByRole(AriaRole.Row).CountAsync()).Should().Be(count.GetProperty("@odata.count").GetInt32() + 1);
    }

    [BrowserFact]
    public async Task Every_row_is_in_the_grid()
    {
        await using var page = await office.SignedInAsync("data/Products");
        await page.Page.GetByLabel("Go to row").FillAsync("50");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.GetByRole(AriaRole.Gridcell, new() { Name = "50", Exact = true }).First.WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Gridcell, new() { Name = "…", Exact = true }).CountAsync()).Should().Be(0);
    }

    [BrowserFact]
    public async Task Every_setting_is_told()
    {
        await using var page = await office.SignedInAsync("settings");
        await page.Heading("OData").WaitForAsync();

        await page.Page.GetByText("OData:MaxPageSize", new() { Exact = true }).First.WaitForAsync();
        await page.Heading("Limits").WaitForAsync();
    }

    [BrowserFact]
    public async Task A_user_who_is_saved_keeps_every_role()
    {
        await office.MakeUserAsync("many-roles");
        string[] roles = ["one", "two", "three", "four"];
        foreach (var role in roles)
            await office.TellAsync("odata/Roles", $$"""{"Name":"{{role}}"}""");
        await office.ChangeAsync(HttpMethod.Patch, "odata/Users('many-roles')", $$"""{"Roles":[{{string.Join(',', roles.Select(role => $$"""{"@odata.id":"Roles('{{role}}')"}"""))}}]}""");
        await using var page = await office.SignedInAsync("users/many-roles");
        await page.Field("Called").FillAsync("Somebody");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Everything is saved, and in effect.").WaitForAsync();

        var (_, count) = await office.AskAsync("odata/Users('many-roles')/Roles?$count=true&$top=0");
        count.GetProperty("@odata.count").GetInt32().Should().Be(4);
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Roles" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "Role of many-roles", Exact = true }).WaitForAsync();
    }

    [BrowserFact]
    public async Task Every_permission_of_a_role_is_ticked()
    {
        await office.TellAsync("odata/Roles", """{"Name":"of four sets"}""");
        foreach (var set in new[] { "Categories", "Customers", "Orders", "Stores" })
            await office.TellAsync("odata/Permissions", $$"""{"RoleName":"of four sets","EntitySet":"{{set}}","CanRead":true}""");
        await using var page = await office.SignedInAsync("roles/of four sets");

        await Assertions.Expect(page.Checkbox("read Stores")).ToBeCheckedAsync();
    }
}
