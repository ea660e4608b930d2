using System.Text.RegularExpressions;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The model as a picture and set by set, and queries that are written with its help.</summary>
public sealed class ExplorerTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    [BrowserFact]
    public async Task The_model_is_drawn_and_a_set_is_found_and_a_click_away()
    {
        await using var page = await office.SignedInAsync();
        await page.Link("Explorer").ClickAsync();
        await page.Link("OrderItems").WaitForAsync();
        await page.ScreenshotAsync("explorer");

        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find an entity set" }).FillAsync("Order");
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "Orders", Exact = true }).ClickAsync();
        await page.Page.WaitForURLAsync("**/explorer?set=Orders");
        await page.Page.GetByText("OrderItems / Order").WaitForAsync();
        await page.ScreenshotAsync("explorer-set-found");
        await page.Link("Orders").ClickAsync();

        await page.Heading("Orders").WaitForAsync();
    }

    [BrowserFact]
    public async Task Of_hundreds_of_sets_the_one_that_is_looked_for_is_drawn_with_what_it_is_related_to()
    {
        await using var page = await office.OpenAsync("explorer");
        await page.Page.RouteAsync("**/odata/$metadata*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = ModelOf(300) }));
        await page.SignInAsync(BackOfficeProcess.UserName, BackOfficeProcess.Password);
        var boxes = page.Page.Locator(".react-flow__node");
        await Assertions.Expect(boxes).ToHaveCountAsync(300);
        await page.ScreenshotAsync("explorer-300-sets");

        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find an entity set" }).FillAsync("Set7");
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "Set7", Exact = true }).ClickAsync();

        // 14 and 15 lead to it, and it leads to 3.
        await Assertions.Expect(boxes).ToHaveCountAsync(4);
        (await boxes.GetByRole(AriaRole.Link).AllInnerTextsAsync()).Should().BeEquivalentTo("Set7", "Set3", "Set14", "Set15");
    }

    [BrowserFact]
    public async Task Whoever_has_no_use_for_a_picture_reads_the_model_as_a_list()
    {
        await using var page = await office.SignedInAsync("explorer?view=list");

        await ShowsAsync(page, "Orders What a customer ordered", "Orders", "What a customer ordered at one time.", "Id", "Customer, Store, OrderItems (many)", "12");
        await page.Heading("Functions and actions").WaitForAsync();
        await page.ScreenshotAsync("explorer-list");
    }

    [BrowserFact]
    public async Task A_set_is_told_with_types_rules_examples_relations_and_what_requests_may_do()
    {
        await using var page = await office.SignedInAsync("explorer/Orders");
        await ShowsAsync(page, "Id Int32", "Id", "Int32", "key, computed", "1", "");
        await ShowsAsync(page, "Total Decimal", "Total", "Decimal (12, 2)", "", "29.99", "The sum of the items, gross.");
        await ShowsAsync(page, "Note String", "Note", "String (400), or null", "", "", "");
        await ShowsAsync(page, "OrderItems OrderItems", "OrderItems", "OrderItems", "*", "Order", "");
        await ShowsAsync(page, "Filter Yes", "Yes");
        await ShowsAsync(page, "Create No", "No");
        await page.ScreenshotAsync("explorer-set");
    }

    [BrowserFact]
    public async Task A_rule_of_the_service_itself_is_told_in_words()
    {
        await using var page = await office.SignedInAsync("explorer/ApiKeys");

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "RequestsPerMinute" }).GetByRole(AriaRole.Cell).Nth(2)).ToHaveTextAsync("at least 1");
    }

    [BrowserFact]
    public async Task Rules_are_told_in_words_and_the_examples_of_the_definition_before_any_row_is_there()
    {
        await using var page = await office.OpenAsync("explorer/Orders");
        await page.Page.RouteAsync("**/odata/Orders*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"value":[]}""" }));
        await page.Page.RouteAsync("**/odata/$metadata*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                {"$Version":"4.01","$EntityContainer":"Shop.Container","Shop":{
                "Order":{"$Kind":"EntityType","$Key":["Id"],"Id":{"$Type":"Edm.Int64","@Org.OData.Validation.V1.Minimum":1,"@Org.OData.Validation.V1.Maximum":9223372036854775807},
                "Code":{"$MaxLength":9,"@Org.OData.Core.V1.Example":{"@type":"#Org.OData.Core.V1.PrimitiveExampleValue","Value":"A-1"},"@Org.OData.Validation.V1.Pattern":"^[A-Z]-[0-9]+$"},
                "State":{"@Org.OData.Core.V1.Immutable":true,"@Org.OData.Validation.V1.AllowedValues":[{"Value":"open"},{"Value":"on hold"},{"Value":""}]}},
                "Container":{"$Kind":"EntityContainer","Orders":{"$Collection":true,"$Type":"Shop.Order"}}}}
                """,
        }));
        await page.SignInAsync(BackOfficeProcess.UserName, BackOfficeProcess.Password);

        await ShowsAsync(page, "Id Int64", "Id", "Int64", "key, at least 1, at most 9223372036854775807", "", "");
        await ShowsAsync(page, "Code String", "Code", "String (9)", "matches ^[A-Z]-[0-9]+$", "A-1", "");
        await ShowsAsync(page, "State String", "State", "String", "cannot be changed, one of open | on hold | \"\"", "", "");
    }

    [BrowserFact]
    public async Task The_operations_of_a_set_are_told_with_what_they_take_and_give()
    {
        await using var page = await office.SignedInAsync("explorer/DataExchangeConfigurations");

        await ShowsAsync(page, "PreviewTable", "PreviewTable", "Function of the set", "table: Stringrows: Int32, optional", "TablePreview", "The first rows of a table, published or not.");
    }

    [BrowserFact]
    public async Task A_derived_type_is_told_with_what_it_has_besides()
    {
        await using var page = await office.OpenAsync("explorer/Orders");
        await page.Page.RouteAsync("**/odata/$metadata*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                {"$Version":"4.01","$EntityContainer":"Shop.Container","Shop":{
                "Order":{"$Kind":"EntityType","$Key":["Id"],"Id":{"$Type":"Edm.Int32"}},
                "Gift":{"$Kind":"EntityType","$BaseType":"Shop.Order","Card":{"$MaxLength":40}},
                "Container":{"$Kind":"EntityContainer","Orders":{"$Collection":true,"$Type":"Shop.Order"}}}}
                """,
        }));
        await page.SignInAsync(BackOfficeProcess.UserName, BackOfficeProcess.Password);

        await page.Heading("Gift").WaitForAsync();
        await page.Page.GetByText("Derived from Order, with these properties besides.").WaitForAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Table).Nth(1).GetByRole(AriaRole.Cell)).ToHaveTextAsync(["Card", "String (40)", "", ""]);
    }

    [BrowserFact]
    public async Task An_expression_is_completed_as_it_is_written()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query");
        var filter = page.Field("Filter ($filter)");
        await filter.ClickAsync();

        await filter.PressSequentiallyAsync("OrderItems/");
        await OffersAsync(page, "any", "all", "$count");
        await page.Page.Keyboard.PressAsync("Enter");
        await OffersAsync(page, "x");
        await page.Page.Keyboard.PressAsync("Enter");
        await filter.PressSequentiallyAsync("x/Prod");
        await OffersAsync(page, "ProductId", "Product");
        await filter.PressSequentiallyAsync("uct/IsActive eq ");
        await OffersAsync(page, "true", "false");
        await page.ScreenshotAsync("explorer-completion");
        await filter.PressSequentiallyAsync("tru");
        await OffersAsync(page, "true");
        await page.Page.Keyboard.PressAsync("Tab");
        await filter.PressSequentiallyAsync(") ");
        await OffersAsync(page, "and", "or");
        await page.Page.Keyboard.PressAsync("Escape");

        (await filter.InnerTextAsync()).Should().Be("OrderItems/any(x:x/Product/IsActive eq true) ");
    }

    [BrowserFact]
    public async Task An_aggregation_is_completed_with_transformations_methods_and_its_own_names()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query");
        var apply = page.Field("Aggregate ($apply)");
        await apply.ClickAsync();

        await apply.PressSequentiallyAsync("groupby((Status),");
        await OffersAsync(page, "aggregate", "groupby");
        await apply.PressSequentiallyAsync("aggregate(Total with ");
        await OffersAsync(page, "sum", "average", "min", "max", "countdistinct");
        await apply.PressSequentiallyAsync("sum as Revenue))");
        await page.Page.Keyboard.PressAsync("Escape");
        var order = page.Field("Order ($orderby)");
        await order.ClickAsync();
        await order.PressSequentiallyAsync("Rev");
        await OffersAsync(page, "Revenue");
        await page.Page.Keyboard.PressAsync("Enter");
        await order.PressSequentiallyAsync(" desc");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Button("Run").ClickAsync();

        await page.Page.GetByRole(AriaRole.Row, new() { Name = "shipped" }).WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync()).Should().Equal("Status", "Revenue");
        await page.ScreenshotAsync("explorer-apply");
    }

    [BrowserFact]
    public async Task Values_of_an_enumeration_are_offered_where_they_are_compared()
    {
        await using var page = await office.SignedInAsync("explorer/DataExchangeConfigurationVersions/query");
        var filter = page.Field("Filter ($filter)");
        await filter.ClickAsync();

        await filter.PressSequentiallyAsync("Action eq '");

        await OffersAsync(page, "'Created'", "'Changed'", "'Activated'", "'Deactivated'", "'RolledBack'", "'Deleted'");
    }

    [BrowserFact]
    public async Task Values_that_a_text_may_have_are_offered_where_it_is_compared()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query");
        var filter = page.Field("Filter ($filter)");
        await filter.ClickAsync();

        await filter.PressSequentiallyAsync("Status eq '");

        await OffersAsync(page, "'new'", "'paid'", "'packed'", "'shipped'", "'delivered'", "'cancelled'");
    }

    [BrowserFact]
    public async Task A_query_is_in_the_address_and_the_back_button_leads_to_the_one_before()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query?filter=Total gt 500&orderby=Total desc&top=3&count=true&select=Number,Total&expand=Customer($select=LastName)");
        await page.Page.GetByText(new Regex(@"^3 rows of 1,284, in \d+ ms\.$")).WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync()).Should().Equal("Number", "Total", "Customer/LastName");
        await page.ScreenshotAsync("explorer-query");

        await page.Field("Filter ($filter)").FillAsync("Total gt 5000");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByText("2 rows of 2").WaitForAsync();
        await Assertions.Expect(page.Field("Filter ($filter)")).ToBeFocusedAsync();
        page.Page.Url.Should().EndWith("?filter=Total+gt+5000&count=true&orderby=Total+desc&top=3&select=Number%2CTotal&expand=Customer%28%24select%3DLastName%29");
        await page.Page.GoBackAsync();

        await page.Page.GetByText("3 rows of 1,284").WaitForAsync();
        (await page.Field("Filter ($filter)").InnerTextAsync()).Should().Be("Total gt 500");
    }

    [BrowserFact]
    public async Task A_condition_is_chosen_by_who_would_not_write_it()
    {
        await using var page = await office.SignedInAsync("explorer/Customers/query?filter=Id eq 1 or Id gt 5");
        await page.Button("Choose a condition").ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Property" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "LastName", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Comparison" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "begins with" }).ClickAsync();
        await page.Field("Value").FillAsync("O'B");

        await page.Button("Add").ClickAsync();

        (await page.Field("Filter ($filter)").InnerTextAsync()).Should().Be("(Id eq 1 or Id gt 5) and startswith(LastName,'O''B')");
    }

    [BrowserFact]
    public async Task What_is_shown_is_ticked_in_a_tree()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query");
        await page.Button("Tick properties and related entities").ClickAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Customer (one of Customers)" }).CheckAsync();
        var customer = page.Page.GetByRole(AriaRole.Group, new() { Name = "Customer: properties" });
        foreach (var name in new[] { "Id", "Number", "FirstName", "Email", "Company", "DateOfBirth", "AcceptsNewsletter", "CreatedAt", "UpdatedAt" })
            await customer.GetByRole(AriaRole.Checkbox, new() { Name = name, Exact = true }).UncheckAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "OrderItems (many of OrderItems)" }).CheckAsync();
        await page.Field("Filter of OrderItems").FillAsync("Quantity gt 1");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Note", Exact = true }).UncheckAsync();
        await page.ScreenshotAsync("explorer-tree");

        (await page.Field("Related entities ($expand)").InputValueAsync()).Should().Be("Customer($select=LastName),OrderItems($filter=Quantity gt 1)");
        (await page.Field("Properties ($select)").InputValueAsync()).Should().Be("Id,Number,CustomerId,StoreId,Status,Currency,Total,OrderedAt,ShippedAt,CreatedAt,UpdatedAt");
        await page.Button("Run").ClickAsync();
        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Customer/LastName" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task A_mistake_is_told_at_the_option_that_it_is_in()
    {
        await using var page = await office.SignedInAsync();
        page.Expects("400");
        await page.Page.GotoAsync("explorer/Orders/query?filter=Totl gt 500");

        await page.Page.GetByText("Did you mean 'Total'?").WaitForAsync();
        (await page.Field("Filter ($filter)").GetAttributeAsync("aria-invalid")).Should().Be("true");
        await page.Page.GetByText("What is wrong stands above, at $filter.").WaitForAsync();
        await page.ScreenshotAsync("explorer-mistake");
    }

    [BrowserFact]
    public async Task Pages_follow_each_other_as_the_end_of_the_grid_comes_into_view()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query?orderby=Id");
        await page.Page.GetByText("100 rows, and there are more").WaitForAsync();

        await page.Page.GetByRole(AriaRole.Table).EvaluateAsync("table => table.scrollTo(0, table.scrollHeight)");

        await page.Page.GetByText("200 rows, and there are more").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "2023-000101" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task A_query_that_takes_too_long_is_cancelled()
    {
        await using var page = await office.SignedInAsync("endpoints");
        await page.Heading("Endpoints").WaitForAsync();
        // Never answered.
        await page.Page.RouteAsync("**/odata/Orders*", _ => Task.CompletedTask);
        await page.Page.GotoAsync("explorer/Orders/query");
        var cancelled = new TaskCompletionSource();
        page.Page.RequestFailed += (_, _) => cancelled.TrySetResult();

        await page.Button("Cancel").ClickAsync();

        await page.Page.GetByText("Cancelled. Run it again, or ask for less.").WaitForAsync();
        await cancelled.Task;
        await page.Page.UnrouteAllAsync();
        await page.Button("Run").ClickAsync();
        await page.Page.GetByText("100 rows, and there are more").WaitForAsync();
    }

    [BrowserFact]
    public async Task The_answer_is_shown_as_JSON_with_its_numbers_as_they_were_written()
    {
        await using var page = await office.SignedInAsync("explorer/Prices/query?filter=Id eq 1&compute=9007199254740993 as Big&select=Id,Big");

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["1", "9007199254740993"]);
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "JSON" }).ClickAsync();
        await page.Page.WaitForURLAsync("**&show=json");
        (await page.Field("The answer as JSON").InnerTextAsync()).Should().Contain("\"Big\": 9007199254740993\n");
    }

    [BrowserFact]
    public async Task The_pages_are_of_use_in_the_dark_and_on_a_telephone()
    {
        foreach (var (address, name, shown) in new[] { ("explorer", "explorer", "OrderItems"), ("explorer/Orders", "explorer-set", "29.99"), ("explorer/Orders/query?filter=Total gt 500", "explorer-query", "100 rows, and there are more") })
        {
            await using var dark = await office.SignedInAsync(address, ColorScheme.Dark);
            await dark.Page.GetByText(shown).First.WaitForAsync();
            await dark.ScreenshotAsync($"{name}-dark");
            await dark.ResizeAsync(360, 740);
            await dark.ScreenshotAsync($"{name}-narrow");
            (await dark.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(360, "{0} does not scroll sideways", address);
        }
    }

    /// <summary>The list of completions begins with these.</summary>
    private static async Task OffersAsync(BackOfficePage page, params string[] first)
    {
        var labels = page.Page.Locator(".cm-tooltip-autocomplete .cm-completionLabel");
        for (var at = 0; at < first.Length; at++)
            await Assertions.Expect(labels.Nth(at)).ToHaveTextAsync(first[at]);
    }

    /// <summary>What stands in the cells of a row of a table.</summary>
    private static Task ShowsAsync(BackOfficePage page, string row, params string[] cells) =>
        Assertions.Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = row }).First.GetByRole(AriaRole.Cell)).ToHaveTextAsync(cells);

    /// <summary>Sets that lead to the one of half their number.</summary>
    private static string ModelOf(int sets)
    {
        var types = Enumerable.Range(0, sets).Select(number => $$"""
            "Set{{number}}":{"$Kind":"EntityType","$Key":["Id"],"Id":{"$Type":"Edm.Int32"},"Name":{},"Half":{"$Kind":"NavigationProperty","$Type":"Many.Set{{number / 2}}"} }
            """);
        var members = Enumerable.Range(0, sets).Select(number => $$"""
            "Set{{number}}":{"$Collection":true,"$Type":"Many.Set{{number}}","$NavigationPropertyBinding":{"Half":"Set{{number / 2}}"} }
            """);
        return $$"""{"$Version":"4.01","$EntityContainer":"Many.Container","Many":{ {{string.Join(',', types)}},"Container":{"$Kind":"EntityContainer",{{string.Join(',', members)}} } } }""";
    }
}
