using System.Net;
using System.Text.Json.Nodes;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The parts of the editor of an endpoint: what is set there holds for clients, what is wrong is told where it stands, and what is not shown stays.</summary>
public sealed class EndpointEditorTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    private const string Saved = "Saved. It is in effect.";

    [BrowserFact]
    public async Task A_mistake_is_told_at_its_field_while_it_is_made()
    {
        await using var page = await office.SignedInAsync("endpoints/product-prices");
        await page.Field("Name of amount").FillAsync("Not a name");

        await Assertions.Expect(page.Field("Name of amount")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Fields 1 mistake" }).WaitForAsync();
        await page.Field("Name of amount").FillAsync("Amount");
        await Assertions.Expect(page.Page.GetByText("keeps this from being published")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_is_refused_is_told_at_its_field_and_nothing_is_published()
    {
        await using var page = await office.SignedInAsync("endpoints/product-prices");
        page.Expects("400");
        await page.Field("Name of amount").FillAsync("Not a name");

        await page.Button("Save").ClickAsync();

        await page.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        (await page.Field("Name of amount").GetAttributeAsync("aria-invalid")).Should().Be("true");
        (await office.AskAsync("odata/Prices?$top=1&$select=Amount")).Status.Should().Be(HttpStatusCode.OK);
    }

    [BrowserFact]
    public async Task The_summary_of_mistakes_leads_to_the_place_of_each()
    {
        await using var page = await office.SignedInAsync("endpoints/product-prices");
        await page.Button("Rules of amount").ClickAsync();
        await page.Field("Smallest").FillAsync("9");
        await page.Field("Largest").FillAsync("1");
        await page.Button("Close").ClickAsync();
        await page.Tab("JSON").ClickAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(@"validation\.min$") }).ClickAsync();

        await Assertions.Expect(page.Field("Smallest")).ToBeFocusedAsync();
        await Assertions.Expect(page.Field("Smallest")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Page.GetByText("The minimum 9 is above the maximum 1.").First.WaitForAsync();
        await page.ScreenshotAsync("endpoint-field");
    }

    [BrowserFact]
    public async Task Transforms_allowed_values_and_alternate_keys_hold_for_clients()
    {
        await using var page = await office.SignedInAsync("endpoints/stores?tab=names");
        await page.Checkbox("create").CheckAsync();
        await page.Tab("Fields").ClickAsync();
        await page.Button("Rules of currency").ClickAsync();
        await page.Button("Add a step").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Turn it into capitals" }).ClickAsync();
        await page.Combobox("Allowed values").FillAsync("EUR");
        await page.Combobox("Allowed values").PressAsync("Enter");
        await page.Combobox("Allowed values").FillAsync("SEK");
        await page.Combobox("Allowed values").PressAsync("Enter");
        await page.Button("Close").ClickAsync();
        await page.Tab("Keys").ClickAsync();
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Only these" }).CheckAsync();
        await page.Button("Add an alternate key").ClickAsync();
        await page.ChooseAsync("Alternate key 2", "name");
        await page.Page.GetByText("two rows could have the same key").First.WaitForAsync();
        await page.ChooseAsync("Alternate key 2", "code");
        await page.ScreenshotAsync("endpoint-keys");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        var (created, store) = await office.AskAsync(HttpMethod.Post, "odata/Stores", """{"Code":"UPP","Name":"Uppsala","Country":"SE","Currency":"sek","IsOnline":false}""");
        (created, store.GetProperty("Currency").GetString()).Should().Be((HttpStatusCode.Created, "SEK"));
        var (refused, mistake) = await office.AskAsync(HttpMethod.Post, "odata/Stores", """{"Code":"OSL","Name":"Oslo","Country":"NO","Currency":"nok","IsOnline":false}""");
        (refused, mistake.GetProperty("error").GetProperty("target").GetString()).Should().Be((HttpStatusCode.BadRequest, "Currency"));
        (await office.AskAsync("odata/Stores(Name='Uppsala',Code='UPP')?$select=Code")).Answer.GetProperty("Code").GetString().Should().Be("UPP");
    }

    [BrowserFact]
    public async Task A_text_becomes_an_enumeration()
    {
        await using var page = await office.SignedInAsync("endpoints/orders");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Type of status" }).SelectOptionAsync("enum");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        (await office.AskAsync("odata/Orders/$count?$filter=Status eq 'paid'")).Answer.GetInt32().Should().BePositive();
        (await office.AskAsync("odata/Orders/$count?$filter=Status eq 'lost'")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [BrowserFact]
    public async Task A_row_filter_is_tried_on_real_rows_before_it_is_published()
    {
        await using var page = await office.SignedInAsync("endpoints/product-stocks?tab=rows");
        var filter = page.Field("Row filter");
        await filter.ClickAsync();
        await filter.PressSequentiallyAsync("Quantit eq 0");
        await page.Page.GetByText("has no property 'Quantit'").First.WaitForAsync();
        await filter.PressAsync("Control+a");
        await filter.PressSequentiallyAsync("Quantity eq 7 ");
        await page.ScreenshotAsync("endpoint-filter");

        await page.Tab("Try it").ClickAsync();

        var rows = page.Page.GetByRole(AriaRole.Table, new() { Name = "Rows as they would be served" });
        await Assertions.Expect(rows.GetByRole(AriaRole.Row)).ToHaveCountAsync(11);
        (await rows.Locator("tbody tr td:nth-child(4)").AllInnerTextsAsync()).Should().OnlyContain(quantity => quantity == "7");
        (await office.AskAsync("odata/Stocks/$count?$filter=Quantity ne 7")).Answer.GetInt32().Should().BePositive();
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();
        (await office.AskAsync("odata/Stocks/$count?$filter=Quantity ne 7")).Answer.GetInt32().Should().Be(0);
    }

    [BrowserFact]
    public async Task What_the_form_does_not_show_survives_a_save()
    {
        const string document = """
            {"alias":"people","entitySet":"People","table":"customer","isActive":true,"allow":{"create":false,"update":false,"delete":false},"description":"Before.",
             "fields":[{"column":"id"},{"column":"first_name","name":"Name/First"},{"column":"last_name","name":"Name/Last","alias":"last","transform":["trim",{"default":"-"}]},{"column":"number","example":"C1","validation":{"maxLength":12,"pattern":"^C"}}],
             "search":[],"relations":[],"derived":[{"name":"Vasiles","column":"last_name","value":"Vasile","fields":[{"column":"company"}]}],"requireETag":true}
            """;
        (await office.AskAsync(HttpMethod.Post, "odata/DataExchangeConfigurations", document)).Status.Should().Be(HttpStatusCode.Created);
        var before = await DocumentAsync("people");
        await using var page = await office.SignedInAsync("endpoints/people?tab=names");

        await page.Field("Description").FillAsync("After.");
        await page.Tab("Fields").ClickAsync();
        await page.Field("Description of number").FillAsync("As on the card.");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        before["description"] = "After.";
        before["fields"]![3]!["description"] = "As on the card.";
        JsonNode.DeepEquals(await DocumentAsync("people"), before).Should().BeTrue();
    }

    [BrowserFact]
    public async Task What_has_no_control_is_written_as_text()
    {
        await using var page = await office.SignedInAsync("endpoints/customers?tab=json");
        var text = page.Field("Configuration document");
        var document = await DocumentAsync("customers");
        await text.FillAsync("{");
        await page.Page.GetByText("This does not count yet").WaitForAsync();
        document["rules"] = JsonNode.Parse("""[{"expression":"Email ne 'x'","message":"Not x."}]""");
        document["derived"] = JsonNode.Parse("""[{"name":"Exemplary","column":"last_name","value":"Vasile"}]""");
        await text.FillAsync(document.ToJsonString());
        await page.ScreenshotAsync("endpoint-json");
        await page.Tab("Rows").ClickAsync();
        await Assertions.Expect(page.Field("What a client is told whose row breaks rule 1")).ToHaveValueAsync("Not x.");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        (await office.AskAsync("odata/Customers/BackendApi.Exemplary/$count")).Answer.GetInt32().Should().BePositive();
    }

    [BrowserFact]
    public async Task Nobody_leaves_with_changes_unasked()
    {
        await using var page = await office.SignedInAsync("endpoints/categories?tab=names");
        await page.Field("Description").FillAsync("Changed.");
        // Another part of the editor is no other page.
        await page.Tab("Keys").ClickAsync();

        await page.Link("Data").ClickAsync();
        await page.Button("Stay").ClickAsync();
        await page.Tab("Names and rights").ClickAsync();
        await Assertions.Expect(page.Field("Description")).ToHaveValueAsync("Changed.");
        await page.Button("Undo all").ClickAsync();
        await page.Link("Data").ClickAsync();

        await page.Page.WaitForURLAsync("**/data");
    }

    private async Task<JsonNode> DocumentAsync(string alias)
    {
        var (_, answer) = await office.AskAsync($"odata/DataExchangeConfigurations('{alias}')/Versions?$orderby=Number desc&$top=1&$select=Document");
        return JsonNode.Parse(answer.GetProperty("value")[0].GetProperty("Document").GetString()!)!;
    }
}
