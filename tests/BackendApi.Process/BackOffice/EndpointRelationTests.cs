using System.Net;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>Relations that are made by hand, and many endpoints that are made at once: clients expand what was drawn.</summary>
public sealed class EndpointRelationTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    private const string Saved = "Saved. It is in effect.";

    [BrowserFact]
    public async Task A_relation_through_a_link_table_is_expanded()
    {
        await using var page = await office.SignedInAsync("endpoints/products?tab=relations");
        await page.Button("Add many-to-many").ClickAsync();
        await Card(page, "New relation").GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Shelves");
        await ChooseAsync(page, "Shelves", "Leads to", "categories");
        await ChooseAsync(page, "Shelves", "Through the table", "product_category");
        // The foreign keys of the link table say the columns.
        await Assertions.Expect(Column("Out of it: column of product_category")).ToHaveValueAsync("category_id");
        await Assertions.Expect(Column("Into it: column of product_category, the other side")).ToHaveValueAsync("product_id");
        await page.ScreenshotAsync("endpoint-many-to-many");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        var (status, answer) = await office.AskAsync("odata/Products?$top=1&$filter=Shelves/any()&$select=Id&$expand=Shelves($select=Name)");
        status.Should().Be(HttpStatusCode.OK);
        answer.GetProperty("value")[0].GetProperty("Shelves").GetArrayLength().Should().BePositive();
        (await office.AskAsync("odata/Products?$top=1&$expand=Prices")).Status.Should().Be(HttpStatusCode.OK, "the other relations stay");

        ILocator Column(string label) => Card(page, "Shelves").GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true });
    }

    [BrowserFact]
    public async Task A_relation_between_columns_without_a_foreign_key_is_expanded()
    {
        await using var page = await office.SignedInAsync("endpoints/customer-addresses?tab=relations");
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Only these" }).CheckAsync();
        await page.Button("Add a relation").ClickAsync();
        await Card(page, "New relation").GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("NearStores");
        await ChooseAsync(page, "NearStores", "Leads to", "stores");
        await Card(page, "NearStores").GetByLabel("How many of them").SelectOptionAsync("many");
        await ChooseAsync(page, "NearStores", "Where: column of customer_address", "country");
        await ChooseAsync(page, "NearStores", "Where: column of store, the other side", "country");
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        var (_, answer) = await office.AskAsync("odata/CustomerAddresses?$top=1&$filter=NearStores/any()&$select=Country&$expand=NearStores($select=Country)");

        var address = answer.GetProperty("value")[0];
        address.GetProperty("NearStores").EnumerateArray().Should().NotBeEmpty().And.OnlyContain(store => store.GetProperty("Country").GetString() == address.GetProperty("Country").GetString());
    }

    [BrowserFact]
    public async Task An_endpoint_can_have_no_relations_at_all()
    {
        await using var page = await office.SignedInAsync("endpoints/product-stocks?tab=relations");
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Only these" }).CheckAsync();
        await page.Button("Remove Product").ClickAsync();
        await page.Button("Remove Store").ClickAsync();
        await page.Button("Save").ClickAsync();
        await page.Page.GetByText(Saved).WaitForAsync();

        (await office.AskAsync("odata/Stocks?$top=1&$expand=Store")).Status.Should().Be(HttpStatusCode.BadRequest);
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Radio, new() { Name = "Only these" })).ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task Many_tables_are_published_together_or_not_at_all()
    {
        await using var page = await office.SignedInAsync("endpoints/new");
        await page.Checkbox("Take supplier").CheckAsync();
        await page.Checkbox("Take product_category").CheckAsync();
        await page.Button("Preview supplier").ClickAsync();
        await page.Page.GetByRole(AriaRole.Table, new() { Name = "The first rows of supplier" }).WaitForAsync();
        await page.ScreenshotAsync("tables-preview");
        await page.Button("Close").ClickAsync();
        await page.ScreenshotAsync("tables");
        await page.Button("Go on with 2 tables").ClickAsync();
        await page.Field("Entity set of supplier").FillAsync("Not a name");
        await page.Button("Publish 2 endpoints").ClickAsync();
        await page.Page.GetByText("Each mistake stands beside its table.").WaitForAsync();
        (await page.Field("Entity set of supplier").GetAttributeAsync("aria-invalid")).Should().Be("true");
        await page.ScreenshotAsync("endpoints-many");
        (await office.AskAsync("odata/ProductCategories?$top=1")).Status.Should().Be(HttpStatusCode.NotFound);

        await page.Field("Entity set of supplier").FillAsync("Suppliers");
        await page.Button("Publish 2 endpoints").ClickAsync();
        await page.Link("suppliers").WaitForAsync();

        (await office.AskAsync("odata/Suppliers?$top=1&$expand=Products($top=1)")).Status.Should().Be(HttpStatusCode.OK);
        (await office.AskAsync("odata/ProductCategories?$top=1&$expand=Product,Category")).Status.Should().Be(HttpStatusCode.OK);
        var (_, versions) = await office.AskAsync("odata/DataExchangeConfigurationVersions?$filter=Alias eq 'suppliers' or Alias eq 'product-categories'&$select=Number");
        versions.GetProperty("value").EnumerateArray().Select(version => version.GetProperty("Number").GetInt64()).Distinct().Should().ContainSingle();
    }

    private static ILocator Card(BackOfficePage page, string name) => page.Page.GetByRole(AriaRole.Group, new() { Name = name, Exact = true });

    private static Task ChooseAsync(BackOfficePage page, string card, string label, string option) =>
        page.ChooseAsync(Card(page, card).GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true }), option);
}
