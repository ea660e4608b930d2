namespace BackendApi.Spec.Reading;

/// <summary>Server-driven paging (Protocol 11.2.6.7): following next links yields every row once, in order.</summary>
public abstract class PagingCases(Shop.ShopService shop)
{
    [DatabaseTheory]
    [InlineData("by key", "$select=Id", "1 2 3 4 5")]
    [InlineData("by a column with nulls and ties", "$orderby=Country&$select=Id", "3 5 1 4 2")]
    [InlineData("descending with nulls", "$orderby=Country desc&$select=Id", "2 1 4 3 5")]
    [InlineData("by two columns in two directions", "$orderby=IsActive desc,Rating&$select=Id", "2 5 1 3 4")]
    [InlineData("by an expression", "$orderby=tolower(Name) desc&$select=Id", "4 3 2 1 5")]
    [InlineData("by a path", "$orderby=Manager/Name&$select=Id", "1 5 2 3 4")]
    [InlineData("by the first instant", "$orderby=mindatetime()&$select=Id", "1 2 3 4 5")]
    [InlineData("by an instant", "$orderby=CreatedAt&$select=Id", "5 3 1 4 2")]
    [InlineData("by a decimal", "$orderby=Balance desc&$select=Id", "4 1 5 2 3")]
    [InlineData("by a guid", "$orderby=Token&$select=Id", "1 2 3 4 5")]
    [InlineData("with a filter", "$filter=Id ne 3&$orderby=Id desc&$select=Id", "5 4 2 1")]
    [InlineData("with an expansion", "$select=Id&$expand=Orders($select=Id)", "1 2 3 4 5")]
    [InlineData("from where skip says", "$skip=1&$select=Id", "2 3 4 5")]
    [InlineData("up to what top says", "$top=3&$select=Id", "1 2 3")]
    public async Task Yields_every_row_once(string because, string options, string keys)
    {
        foreach (var size in (int[])[1, 2, 3])
            (await shop.Pages("Customers?" + options, size)).Should().Be(keys, "{0}, {1} at a time", because, size);
    }

    [DatabaseFact]
    public Task The_page_size_is_acknowledged() => shop.Heads("Customers", "Preference-Applied", "odata.maxpagesize=2", ("Prefer", "odata.maxpagesize=2"));

    [DatabaseFact]
    public async Task No_next_link_when_top_is_satisfied() =>
        (await shop.NextLink("Customers?$top=2", pageSize: 2)).Should().BeNull();

    [DatabaseFact]
    public async Task No_next_link_when_the_last_row_fills_the_page() =>
        (await shop.NextLink("Products", pageSize: 4)).Should().BeNull();

    [DatabaseFact]
    public async Task The_next_link_carries_every_other_option()
    {
        var link = await shop.NextLink("Customers?$filter=Id gt 0&$count=true&x=1&$skip=1&$select=Id", pageSize: 2);
        link.Should().StartWith(shop.Root + "Customers?$filter=Id%20gt%200&$count=true&x=1&$select=Id&$skiptoken=");
    }

    [DatabaseFact]
    public async Task The_next_link_does_not_repeat_a_key()
    {
        var link = await shop.NextLink($"Customers?api_key={shop.ApiKey}&$select=Id", pageSize: 2);
        link.Should().NotContain(shop.ApiKey).And.NotContain("api_key");
    }

    [DatabaseFact]
    public async Task A_token_that_was_changed_is_refused()
    {
        var link = await shop.NextLink("Customers", pageSize: 2);
        var changed = link![..^4] + (link[^4] == 'A' ? 'B' : 'A') + link[^3..];
        await shop.Refuses(changed[shop.Root.Length..], 400, "InvalidNextLink");
    }

    [DatabaseFact]
    public async Task A_token_of_another_order_is_refused()
    {
        var link = await shop.NextLink("Customers?$select=Id", pageSize: 2);
        await shop.Refuses(link![shop.Root.Length..] + "&$orderby=Name", 400, "InvalidNextLink");
    }
}
