using System.Net;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>A table becomes an endpoint in the browser, is changed there, and goes again.</summary>
public sealed class EndpointTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task A_table_is_picked_its_columns_are_ticked_and_the_link_answers_a_moment_later()
    {
        await using var page = await office.SignedInAsync();
        await page.Link("New endpoint").ClickAsync();
        await page.Link("supplier").ClickAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "email", Exact = true }).UncheckAsync();
        await page.ScreenshotAsync("endpoint-new");
        await page.Page.RunAndWaitForResponseAsync(() => page.Button("Publish").ClickAsync(), response => response.Request.Method == "POST" && response.Url.EndsWith("/DataExchangeConfigurations", StringComparison.Ordinal));
        // Asked once, and not until it works.
        var (status, answer) = await office.AskAsync("odata/Suppliers?$top=1");

        status.Should().Be(HttpStatusCode.OK);
        answer.GetProperty("value")[0].EnumerateObject().Select(member => member.Name).Should().Equal("Id", "Name", "Country", "Rating", "LeadTimeDays");
        await page.Heading("suppliers").WaitForAsync();
        (await page.Field("OData feed (Excel, Power BI)").InputValueAsync()).Should().EndWith("/odata/Suppliers");
        await page.ScreenshotAsync("endpoint");
    }

    [BrowserFact]
    public async Task A_column_that_was_taken_away_comes_back()
    {
        await using var page = await office.SignedInAsync("endpoints/stores");
        var country = page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "country", Exact = true });
        await country.UncheckAsync();
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Saved. It is in effect.").WaitForAsync();
        (await office.AskAsync("odata/Stores?$top=1")).Answer.GetProperty("value")[0].TryGetProperty("Country", out _).Should().BeFalse();

        await country.CheckAsync();
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Saved. It is in effect.").WaitForAsync();

        (await office.AskAsync("odata/Stores?$top=1")).Answer.GetProperty("value")[0].TryGetProperty("Country", out _).Should().BeTrue();
    }

    [BrowserFact]
    public async Task Of_two_who_edit_one_endpoint_the_second_is_told_and_sees_what_is_stored()
    {
        await using var first = await office.SignedInAsync("endpoints/product-stocks?tab=names");
        await using var second = await office.SignedInAsync("endpoints/product-stocks?tab=names");
        second.Expects("412");
        await second.Field("Description").WaitForAsync();
        await first.Field("Description").FillAsync("Pieces in stores.");
        await first.Button("Save").ClickAsync();
        await first.Page.GetByText("Saved. It is in effect.").WaitForAsync();

        await second.Field("Description").FillAsync("Something else.");
        await second.Button("Save").ClickAsync();
        await second.Page.GetByText("Somebody else has changed this endpoint meanwhile").WaitForAsync();
        await second.Button("Show what is stored now").ClickAsync();

        await Assertions.Expect(second.Field("Description")).ToHaveValueAsync("Pieces in stores.");
    }

    [BrowserFact]
    public async Task The_second_of_two_keeps_the_changes_of_both_and_is_told_where_they_meet()
    {
        await using var first = await office.SignedInAsync("endpoints/customer-addresses");
        await using var second = await office.SignedInAsync("endpoints/customer-addresses");
        second.Expects("412");
        await second.Field("Description of street").WaitForAsync();
        await first.Field("Description of street").FillAsync("With the number.");
        await first.Field("Description of city").FillAsync("Of the post.");
        await first.Button("Save").ClickAsync();
        await first.Page.GetByText("Saved. It is in effect.").WaitForAsync();

        await second.Field("Description of city").FillAsync("In its own language.");
        await second.Field("Description of country").FillAsync("ISO 3166.");
        await second.Button("Save").ClickAsync();
        await second.Button("Make my changes to it").ClickAsync();
        await second.Page.GetByText("is saved with the rest: fields.city.description.").WaitForAsync();
        await Assertions.Expect(second.Field("Description of street")).ToHaveValueAsync("With the number.");
        await second.Button("Save").ClickAsync();
        await second.Page.GetByText("Saved. It is in effect.").WaitForAsync();

        var (_, stored) = await office.AskAsync("odata/DataExchangeConfigurations('customer-addresses')");
        stored.GetProperty("fields").EnumerateArray().Select(field => (field.GetProperty("column").GetString(), field.GetProperty("description").GetString()))
            .Should().Contain([("street", "With the number."), ("city", "In its own language."), ("country", "ISO 3166.")]);
    }

    [BrowserFact]
    public async Task An_endpoint_is_taken_off_from_the_list_and_served_again()
    {
        await using var page = await office.SignedInAsync("endpoints?search=categories");
        await page.Button("Actions for categories").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Deactivate…" }).ClickAsync();
        await page.Button("Deactivate").ClickAsync();
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "Inactive" }).WaitForAsync();
        (await office.AskAsync("odata/Categories?$top=1")).Status.Should().Be(HttpStatusCode.NotFound);

        await page.Button("Actions for categories").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Activate" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "Active", Exact = true }).WaitForAsync();

        (await office.AskAsync("odata/Categories?$top=1")).Status.Should().Be(HttpStatusCode.OK);
    }

    [BrowserFact]
    public async Task The_list_tells_state_rows_and_calls_and_keeps_its_search_in_the_address()
    {
        await using var page = await office.SignedInAsync("endpoints");
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("stores");
        await page.Page.GetByRole(AriaRole.Radiogroup, new() { Name = "State" }).GetByText("Inactive").ClickAsync();
        await page.Page.GetByText("No endpoint is like that.").WaitForAsync();
        await page.Page.WaitForURLAsync("**/endpoints?search=stores&state=inactive");
        await page.Page.GetByRole(AriaRole.Radiogroup, new() { Name = "State" }).GetByText("Active", new() { Exact = true }).ClickAsync();

        var row = page.Page.GetByRole(AriaRole.Row, new() { Name = "Actions for stores" });
        await Assertions.Expect(row).ToContainTextAsync("Active");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Calls in the last day" })).ToBeVisibleAsync();
        var (_, stores) = await office.AskAsync("odata/Stores/$count");
        await Assertions.Expect(row.GetByRole(AriaRole.Cell, new() { Name = stores.ToString(), Exact = true })).ToBeVisibleAsync();
        await page.ScreenshotAsync("endpoints");
    }

    [BrowserFact]
    public async Task What_breaks_is_said_before_an_endpoint_is_deleted()
    {
        await using var page = await office.SignedInAsync("endpoints/orders");

        await page.Button("Delete").ClickAsync();

        await page.Page.GetByText("Customers would have no Orders any more.").WaitForAsync();
        await page.ScreenshotAsync("endpoint-delete");
        await page.Button("Keep it").ClickAsync();
        (await office.AskAsync("odata/Orders?$top=1")).Status.Should().Be(HttpStatusCode.OK);
    }

    [BrowserFact]
    public async Task An_endpoint_whose_table_is_gone_says_so_and_can_be_deleted()
    {
        await office.ExecuteAsync("CREATE TABLE passing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        (await office.ChangeAsync(HttpMethod.Post, "odata/DataExchangeConfigurations", """{"alias":"passing","table":"passing"}""")).Should().Be(HttpStatusCode.Created);
        await office.ExecuteAsync("DROP TABLE passing");
        await using var page = await office.SignedInAsync("endpoints/passing");
        page.Expects("400");

        await page.Page.GetByText("The database has no table or view 'passing'.").First.WaitForAsync();
        await page.Button("Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Heading("Endpoints").WaitForAsync();

        (await office.AskAsync("odata/DataExchangeConfigurations('passing')")).Status.Should().Be(HttpStatusCode.NotFound);
    }
}
