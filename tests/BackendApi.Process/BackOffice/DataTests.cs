using System.Net;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The rows of a set in the browser: found, opened, changed, made and deleted as far as the service allows it.</summary>
public sealed class DataTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Chromium is null || (await office.AskAsync("odata/Suppliers?$top=0")).Status == HttpStatusCode.OK)
            return;
        await office.ExecuteAsync("""
            CREATE TABLE shelf (room INTEGER NOT NULL, place TEXT NOT NULL, supplier_id INT4 REFERENCES supplier (id), note TEXT, PRIMARY KEY (room, place));
            INSERT INTO shelf VALUES (1, 'a/b.c', 2, NULL), (1, 'it''s', NULL, 'above');
            CREATE TABLE straße (id INTEGER PRIMARY KEY, supplier_id INT4 REFERENCES supplier (id), fahrzeit INTERVAL);
            INSERT INTO straße VALUES (1, 2, 'PT10M'), (2, 3, 'PT1H30M');
            """);
        await PublishAsync("""{"alias":"suppliers","table":"supplier","allow":{"create":true,"update":true,"delete":true}}""");
        await PublishAsync("""{"alias":"shelves","table":"shelf","allow":{"create":true,"update":true}}""");
        await PublishAsync("""{"alias":"strassen","entitySet":"Straßen","table":"straße","allow":{"create":true}}""");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [BrowserFact]
    public async Task A_row_is_changed_in_its_form()
    {
        await using var page = await office.SignedInAsync("data/Suppliers");
        await page.Link("3").ClickAsync();
        await page.Field("Rating").FillAsync("1.5");
        await page.Field("Email").FillAsync("ada@example.com");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Saved.").WaitForAsync();

        page.Page.Url.Should().EndWith("/data/Suppliers/3");
        var (_, stored) = await office.AskAsync("odata/Suppliers(3)?$select=Rating,Email");
        stored.GetProperty("Rating").GetDecimal().Should().Be(1.5m);
        stored.GetProperty("Email").GetString().Should().Be("ada@example.com");
        await page.ScreenshotAsync("data-row");
        await page.Page.Keyboard.PressAsync("Escape");
        await Cell(page, "ada@example.com").WaitForAsync();
    }

    [BrowserFact]
    public async Task Of_two_administrators_who_change_a_row_the_second_sees_both_side_by_side_and_chooses()
    {
        await using var first = await office.SignedInAsync("data/Suppliers/5");
        await using var second = await office.SignedInAsync("data/Suppliers/5");
        second.Expects("412");
        var before = await second.Field("Name").InputValueAsync();
        await first.Field("Name").FillAsync("Theirs");
        await first.Field("Country").FillAsync("FR");
        await first.Button("Save").ClickAsync();
        await first.Page.GetByText("Saved.").WaitForAsync();

        await second.Field("Name").FillAsync("Yours");
        await second.Field("LeadTimeDays").FillAsync("99");
        await second.Button("Save").ClickAsync();
        await second.Page.GetByText("Somebody else has changed this row meanwhile").WaitForAsync();

        (await Row(second, "Name").AllInnerTextsAsync()).Single().Split('\n', '\t').Select(text => text.Trim()).Where(text => text.Length > 0)
            .Should().Equal("Name", "BOTH", before, "Yours", "Theirs");
        await second.ScreenshotAsync("data-conflict");
        await second.Page.GetByRole(AriaRole.Radio, new() { Name = "Theirs for Name" }).CheckAsync();
        await second.Button("Save the chosen values").ClickAsync();
        await second.Page.GetByText("Saved.").WaitForAsync();

        var (_, stored) = await office.AskAsync("odata/Suppliers(5)");
        (stored.GetProperty("Name").GetString(), stored.GetProperty("Country").GetString(), stored.GetProperty("LeadTimeDays").GetInt32()).Should().Be(("Theirs", "FR", 99));
    }

    [BrowserFact]
    public async Task A_value_is_changed_where_it_stands_by_the_keyboard_alone()
    {
        await using var page = await office.SignedInAsync("data/Suppliers?where=[{\"property\":\"Id\",\"is\":\"eq\",\"value\":\"7\"}]");
        await page.Page.GetByText("1 row.").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.PressAsync("F2");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "LeadTimeDays" }).FillAsync("123");
        await page.Page.RunAndWaitForResponseAsync(() => page.Page.Keyboard.PressAsync("Enter"), response => response.Request.Method == "PATCH");
        await Cell(page, "123").WaitForAsync();

        (await office.AskAsync("odata/Suppliers(7)")).Answer.GetProperty("LeadTimeDays").GetInt32().Should().Be(123);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Grid)).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_change_in_the_grid_that_comes_too_late_shows_what_is_stored_now()
    {
        await using var page = await office.SignedInAsync("data/Suppliers?where=[{\"property\":\"Id\",\"is\":\"eq\",\"value\":\"8\"}]");
        page.Expects("412");
        await page.Page.GetByText("1 row.").WaitForAsync();
        (await office.ChangeAsync(HttpMethod.Patch, "odata/Suppliers(8)", """{"LeadTimeDays":41}""")).Should().Be(HttpStatusCode.NoContent);
        await page.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.PressAsync("F2");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "LeadTimeDays" }).FillAsync("42");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Theirs for LeadTimeDays" }).WaitForAsync();
        await page.Button("Save the chosen values").ClickAsync();
        await Cell(page, "42").WaitForAsync();

        (await office.AskAsync("odata/Suppliers(8)")).Answer.GetProperty("LeadTimeDays").GetInt32().Should().Be(42);
    }

    [BrowserFact]
    public async Task A_row_is_made_with_its_mistakes_told_at_their_fields_and_deleted_again()
    {
        await using var page = await office.SignedInAsync("data/Suppliers");
        page.Expects("400");
        await page.Link("New row").ClickAsync();
        await page.Field("Name").FillAsync("A new one");
        await page.Field("Rating").FillAsync("much");
        await page.Button("Create").ClickAsync();
        await page.Page.GetByText("The body has 3 mistakes.").WaitForAsync();

        foreach (var (field, mistake) in new[] { ("Name", "false"), ("Rating", "true"), ("Country", "true"), ("LeadTimeDays", "true") })
            ((await page.Field(field).GetAttributeAsync("aria-invalid")) ?? "false").Should().Be(mistake, field);
        await page.ScreenshotAsync("data-new-row");
        await page.Field("Rating").FillAsync("4.5");
        await page.Field("Country").FillAsync("DE");
        await page.Field("LeadTimeDays").FillAsync("3");
        await page.Button("Create").ClickAsync();
        await page.Button("Delete").WaitForAsync();
        var id = page.Page.Url.Split('/')[^1];
        (await office.AskAsync($"odata/Suppliers({id})")).Answer.GetProperty("Name").GetString().Should().Be("A new one");

        await page.Button("Delete").ClickAsync();
        await page.Page.GetByText("This cannot be undone.").WaitForAsync();
        await page.Button("Delete the row").ClickAsync();
        await page.Page.GetByText("120 rows.").WaitForAsync();
        (await office.AskAsync($"odata/Suppliers({id})")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [BrowserFact]
    public async Task Whoever_leaves_with_changes_that_are_not_saved_is_asked_first()
    {
        await using var page = await office.SignedInAsync("data/Suppliers/9");
        await page.Field("Country").FillAsync("XX");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByText("Leave without saving?").WaitForAsync();
        await page.Button("Stay").ClickAsync();
        await Assertions.Expect(page.Field("Country")).ToHaveValueAsync("XX");

        await page.Page.Keyboard.PressAsync("Escape");
        await page.Button("Leave").ClickAsync();

        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await office.AskAsync("odata/Suppliers(9)")).Answer.GetProperty("Country").GetString().Should().NotBe("XX");
    }

    [BrowserFact]
    public async Task Conditions_on_columns_make_the_filter_and_stand_in_the_address()
    {
        await using var page = await office.SignedInAsync("data/Orders");
        await page.Button("Sort and filter Status").ClickAsync();
        await page.Page.GetByLabel("Show rows where it").SelectOptionAsync("is");
        await page.Field("Value").FillAsync("shipped");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByText("Status is shipped").WaitForAsync();
        await page.Button("Sort and filter Total").ClickAsync();
        await page.Page.GetByLabel("Show rows where it").SelectOptionAsync("is at least");
        await page.Field("Value").FillAsync("1000");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.GetByText("Status eq 'shipped' and Total ge 1000", new() { Exact = true }).WaitForAsync();
        var count = (await office.AskAsync("odata/Orders?$count=true&$top=0&$filter=Status eq 'shipped' and Total ge 1000")).Answer.GetProperty("@odata.count").GetInt32();
        await page.Page.GetByText($"{count:N0} rows.").WaitForAsync();
        await page.ScreenshotAsync("data-conditions");

        await page.Page.ReloadAsync();
        await page.Page.GetByText($"{count:N0} rows.").WaitForAsync();
        await page.Button("Remove the condition Status is shipped").ClickAsync();
        await page.Page.GetByText("Total ge 1000", new() { Exact = true }).WaitForAsync();
        await page.Page.GoBackAsync();
        await page.Page.GetByText($"{count:N0} rows.").WaitForAsync();
    }

    [BrowserFact]
    public async Task Rows_are_sorted_by_several_columns_and_only_those_that_were_chosen_are_read()
    {
        await using var page = await office.SignedInAsync("data/Orders?columns=Id,Status,Total");
        await page.Page.GetByText("6,000 rows.").WaitForAsync();
        await page.Page.RunAndWaitForResponseAsync(() => page.Button("Status").First.ClickAsync(), response => response.Url.Contains("orderby", StringComparison.Ordinal));
        var request = await page.Page.RunAndWaitForRequestAsync(
            () => page.Button("Total").First.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] }), request => request.Url.Contains("orderby", StringComparison.Ordinal));

        Uri.UnescapeDataString(request.Url).Should().Contain("$orderby=Status,Total&$select=Id,Status,Total");
        (await page.Page.GetByRole(AriaRole.Columnheader).CountAsync()).Should().Be(3);
    }

    [BrowserFact]
    public async Task A_row_has_an_address_whatever_its_key_and_leads_to_the_rows_that_belong_to_it()
    {
        await using var page = await office.SignedInAsync("data/Shelves");
        await Cell(page, "a/b.c").DblClickAsync();
        await page.Page.GetByText("Shelves Room=1,Place='a/b.c'", new() { Exact = true }).WaitForAsync();

        await page.Page.ReloadAsync();
        await page.Link("Supplier 2").ClickAsync();
        await page.Page.GetByText("Suppliers 2", new() { Exact = true }).WaitForAsync();
        await page.Link("Shelves (1)").ClickAsync();
        await page.Page.GetByText("1 row.").WaitForAsync();
        await Cell(page, "a/b.c").WaitForAsync();
        (await page.Page.TitleAsync()).Should().Be("Shelves – Back Office");
    }

    [BrowserFact]
    public async Task A_row_that_is_made_among_those_of_another_refers_to_it()
    {
        await using var page = await office.SignedInAsync("data/Suppliers/4");
        await page.Link("Shelves (0)").ClickAsync();
        await page.Page.GetByText("No rows yet: make the first.").WaitForAsync();
        await page.Link("New row").ClickAsync();
        await page.Field("Room").FillAsync("9");
        await page.Field("Place").FillAsync("top");
        await page.Button("Create").ClickAsync();
        await page.Link("Supplier 4").WaitForAsync();

        (await office.AskAsync("odata/Shelves(Room=9,Place='top')")).Answer.GetProperty("SupplierId").GetInt32().Should().Be(4);
    }

    [BrowserFact]
    public async Task What_the_set_does_not_take_is_not_offered()
    {
        await using var page = await office.SignedInAsync("data/Orders/1");
        await page.Link("OrderItems (1)").WaitForAsync();

        (await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).CountAsync()).Should().Be(0);
        foreach (var name in new[] { "Save", "Delete" })
            (await page.Button(name).CountAsync()).Should().Be(0, name);
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByText("6,000 rows.").WaitForAsync();
        (await page.Link("New row").CountAsync()).Should().Be(0);
    }

    [BrowserFact]
    public async Task Each_of_a_million_rows_is_reached_without_loading_the_others()
    {
        await office.ExecuteAsync("""
            CREATE TABLE measure (id INTEGER PRIMARY KEY, value INTEGER NOT NULL);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) INSERT INTO measure SELECT i, i % 1000 FROM n;
            """);
        await PublishAsync("""{"alias":"measures","table":"measure"}""");
        await using var page = await office.SignedInAsync("data/Measures");
        var (requests, rows) = (0, 0);
        page.Page.RequestFinished += async (_, request) =>
        {
            if (!request.Url.Contains("/odata/Measures?", StringComparison.Ordinal))
                return;
            requests++;
            rows += (await (await request.ResponseAsync())!.JsonAsync())!.Value.GetProperty("value").GetArrayLength();
        };
        var grid = page.Page.GetByRole(AriaRole.Grid);
        await page.Page.GetByText("1,000,000 rows.").WaitForAsync();
        await grid.FocusAsync();

        await page.Page.Keyboard.PressAsync("Control+End");
        await Cell(page, "1000000").WaitForAsync();
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(Current(page)).ToHaveAttributeAsync("aria-rowindex", "999999");

        await grid.EvaluateAsync("grid => grid.scrollTo(0, (grid.scrollHeight - grid.clientHeight) / 2)");
        await page.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("^(499|500)[0-9]{3}$") }).First.WaitForAsync();

        await page.Page.GetByLabel("Go to row").FillAsync("654321");
        await page.Page.Keyboard.PressAsync("Enter");
        await Cell(page, "654321").WaitForAsync();
        await grid.HoverAsync();
        // Three rows of 34 pixels.
        await page.Page.Mouse.WheelAsync(0, 102);
        await Assertions.Expect(page.Page.Locator("[aria-rowindex='654325']")).ToBeInViewportAsync();
        await Assertions.Expect(page.Page.Locator("[aria-rowindex='654321']")).Not.ToBeInViewportAsync();
        await page.ScreenshotAsync("data-million");

        await page.Page.Keyboard.PressAsync("Control+Home");
        await Assertions.Expect(Current(page)).ToHaveAttributeAsync("aria-rowindex", "2");
        requests.Should().BeLessThan(12);
        rows.Should().BeLessThan(1200);
    }

    [BrowserFact]
    public async Task Names_of_any_language_lead_to_the_rows_that_belong_to_a_row()
    {
        await using var page = await office.SignedInAsync("data/Suppliers/2");
        await page.Link("Straßen (1)").ClickAsync();

        await page.Page.GetByText("1 row.").WaitForAsync();
        await page.Page.GetByText("Of Suppliers(2)/Straßen.").WaitForAsync();
        await page.Link("New row").ClickAsync();
        await Assertions.Expect(page.Field("SupplierId")).ToHaveValueAsync("2");
    }

    [BrowserFact]
    public async Task A_length_of_time_is_compared()
    {
        await using var page = await office.SignedInAsync("data/Straßen");
        await page.Button("Sort and filter Fahrzeit").ClickAsync();
        await page.Page.GetByLabel("Show rows where it").SelectOptionAsync("is more than");
        await page.Field("Value").FillAsync("PT20M");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();

        await page.Page.GetByText("1 row.").WaitForAsync();
        await page.Page.GetByText("Fahrzeit gt duration'PT20M'").WaitForAsync();
    }

    private async Task PublishAsync(string definition) =>
        (await office.ChangeAsync(HttpMethod.Post, "odata/DataExchangeConfigurations", definition)).Should().Be(HttpStatusCode.Created);

    private static ILocator Cell(BackOfficePage page, string value) => page.Page.GetByRole(AriaRole.Gridcell, new() { Name = value, Exact = true }).First;

    /// <summary>The row of the cell that the keyboard stands on.</summary>
    private static ILocator Current(BackOfficePage page) => page.Page.Locator("[role=row]:has([class*=current])");

    /// <summary>Of the table of a conflict.</summary>
    private static ILocator Row(BackOfficePage page, string property) =>
        page.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Row).Filter(new() { Has = page.Page.GetByRole(AriaRole.Rowheader, new() { Name = property }) });
}
