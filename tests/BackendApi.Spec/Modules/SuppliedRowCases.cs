using BackendApi.Testing;

namespace BackendApi.Spec.Modules;

/// <summary>Sets whose rows a facade supplies itself: they are asked, joined and written like tables (reference: modules).</summary>
public abstract class SuppliedRowCases(LoyaltyService service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public Task Every_type_of_column_is_shown() => service.Shows("Tiers('Gold')",
        """{"Name":"Gold","LeastPoints":1000,"Discount":0.05,"Since":"2026-01-02","IsOpen":true,"Mood":"Busy","Id":"00000000-0000-0000-0000-000000000002","PatronId":1}""");

    [DatabaseTheory]
    [InlineData("$filter=LeastPoints ge 1000", "Gold Platinum")]
    [InlineData("$filter=Discount lt 0.05", "Silver")]
    [InlineData("$filter=Since eq null", "Silver")]
    [InlineData("$filter=Since gt 2026-01-01", "Gold")]
    [InlineData("$filter=not IsOpen", "Platinum")]
    [InlineData("$filter=Id eq 00000000-0000-0000-0000-000000000001", "Silver")]
    [InlineData("$filter=startswith(Name,'P') or Mood eq 'Busy'", "Gold Platinum")]
    [InlineData("$filter=Patron/Country eq 'FR'", "Silver")]
    [InlineData("$orderby=Discount desc", "Platinum Gold Silver")]
    [InlineData("$orderby=LeastPoints&$skip=1&$top=1", "Gold")]
    [InlineData("$search=plat", "Platinum")]
    public async Task A_query(string options, string names)
    {
        var (_, _, body) = await service.Get($"Tiers?$select=Name&{options}");
        string.Join(' ', System.Text.Json.Nodes.JsonNode.Parse(body)!["value"]!.AsArray().Select(tier => (string)tier!["Name"]!)).Should().Be(names, body);
    }

    [DatabaseFact]
    public async Task Expansion_goes_across_to_tables_and_back()
    {
        await service.Shows("Tiers?$select=Name&$expand=Patron($select=Name)&$filter=IsOpen", """[{"Name":"Gold","Patron":{"Name":"Ada"}},{"Name":"Silver","Patron":{"Name":"Bert"}}]""");
        await service.Shows("Customers?$select=Name&$expand=Tiers($select=Name;$orderby=LeastPoints desc)&$top=2",
            """[{"Name":"Ada","Tiers":[{"Name":"Platinum"},{"Name":"Gold"}]},{"Name":"Bert","Tiers":[{"Name":"Silver"}]}]""");
        await service.Shows("Customers?$select=Name&$filter=Tiers/any(t:t/LeastPoints gt 5000)", """[{"Name":"Ada"}]""");
        await service.Shows("Customers(1)/Tiers('Gold')/Patron?$select=Name", """{"Name":"Ada"}""");
    }

    [DatabaseFact]
    public async Task Aggregation_counts_and_pages()
    {
        await service.Shows("Tiers?$apply=groupby((IsOpen),aggregate(LeastPoints with sum as Total))&$orderby=IsOpen", """[{"IsOpen":false,"Total":10000},{"IsOpen":true,"Total":1000}]""");
        await service.AnswersText("Tiers/$count?$filter=IsOpen", "2");
        await service.Continues("Tiers?$select=Name&$orderby=Since desc", """[{"Name":"Platinum"},{"Name":"Silver"}]""");
        await service.Shows("Tiers('Silver')/Next?$select=Name", """{"Name":"Gold"}""");
        (await service.Write("GET", "Tiers('Copper')")).IsRefused(404, ("EntityNotFound", null));
    }

    [DatabaseFact]
    public async Task What_the_facade_stores_is_there()
    {
        (await service.Write("POST", "Tiers", """{"Name":"Copper","LeastPoints":1,"Discount":0.001,"IsOpen":true,"Mood":"Calm","Id":"00000000-0000-0000-0000-000000000009"}""")).Status.Should().Be(201);
        (await service.Write("POST", "Tiers", """{"Name":"Gold","LeastPoints":1,"Discount":0.001,"IsOpen":true,"Mood":"Calm","Id":"00000000-0000-0000-0000-000000000009"}""")).IsRefused(409, ("Conflict", "Name"));
        (await service.Write("PATCH", "Tiers('Copper')", """{"Discount":0.002}""")).Is(204);
        await service.Shows("Tiers('Copper')?$select=Discount", """{"Discount":0.002}""");
        (await service.Write("PATCH", "Tiers('Tin')", """{"Discount":0.002}""", ("If-Match", "*"))).Status.Should().BeOneOf(404, 412);
        (await service.Write("DELETE", "Tiers('Copper')")).Is(204);
        (await service.Write("DELETE", "Tiers('Copper')")).IsRefused(404, ("EntityNotFound", null));
    }
}
