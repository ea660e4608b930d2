using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Conformance;

/// <summary>Change tracking (Protocol 11.3), which the checklist has one row for. The orders of this service change.</summary>
public abstract class ChangeTrackingRows(ReferenceService service)
{
    [DatabaseTheory]
    [InlineData("4.0", "odata.track-changes")]
    [InlineData("4.01", "track-changes")]
    public async Task Row_59_a_delta_link_at_the_end_of_a_read(string version, string preference)
    {
        var control = version == "4.0" ? "@odata." : "@";
        var page = await service.Json("Orders?$select=ID&$filter=ID lt 3", new(version, control), ("Prefer", preference));
        var link = (string)page[control + "deltaLink"]!;
        link.Should().StartWith(service.Root + "Orders?$select=ID&$filter=ID%20lt%203&$deltatoken=");
        Without(page, control + "deltaLink").Should().Be($$"""{"{{control}}context":"{{service.Root}}$metadata#Orders(ID)","value":[{"ID":1},{"ID":2}]}""");
        await service.Heads("Orders", "Preference-Applied", preference, ("Prefer", preference), ("OData-MaxVersion", version));
    }

    [DatabaseFact]
    public async Task Row_59_changes_in_a_4_0_payload()
    {
        await Change($"DELETE FROM customer_order WHERE id IN (41, 42, 43)", 41, 42, 43);
        await Change($"INSERT INTO customer_order VALUES (41, 1, 5, '2024-03-06'), (42, 1, 6, '2024-03-06')", 41, 42);
        var link = await Track("Orders?$filter=Amount lt 10&$select=ID,Amount", ReferenceService.Versions[0]);
        await Change($"DELETE FROM customer_order WHERE id = 41", 41);
        await Change($"UPDATE customer_order SET amount = 11 WHERE id = 42", 42);
        await Change($"INSERT INTO customer_order VALUES (43, 1, 7, '2024-03-06')", 43);

        var page = await service.Json(link, ReferenceService.Versions[0]);
        Without(page, "@odata.deltaLink").Should().Be(
            """
            {"@odata.context":"{root}$metadata#Orders(ID,Amount)/$delta","value":[{"ID":43,"Amount":7.00},
            {"@odata.context":"{root}$metadata#Orders/$deletedEntity","id":"{root}Orders(41)","reason":"deleted"},
            {"@odata.context":"{root}$metadata#Orders/$deletedEntity","id":"{root}Orders(42)","reason":"changed"}]}
            """.ReplaceLineEndings("").Replace("{root}", service.Root, StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task Row_59_changes_in_a_4_01_payload_page_by_page()
    {
        await Change($"DELETE FROM customer_order WHERE id IN (51, 52)", 51, 52);
        await Change($"INSERT INTO customer_order VALUES (51, 1, 5, '2024-03-06')", 51);
        var link = await Track("Orders?$count=true", ReferenceService.Versions[1]);
        await Change($"DELETE FROM customer_order WHERE id = 51", 51);
        await Change($"INSERT INTO customer_order VALUES (52, 1, 7, '2024-03-07')", 52);

        var first = await service.Json(link, ReferenceService.Versions[1], ("Prefer", "maxpagesize=1"));
        Without(first, "@nextLink").Should().Be(
            $$$"""{"@context":"{{{service.Root}}}$metadata#Orders/$delta","@count":2,"value":[{"@removed":{"reason":"deleted"},"@id":"{{{service.Root}}}Orders(51)"}]}""");
        var second = await service.Json(((string)first["@nextLink"]!)[service.Root.Length..], ReferenceService.Versions[1], ("Prefer", "maxpagesize=1"));
        Without(second, "@deltaLink").Should().Be(
            $$"""{"@context":"{{service.Root}}$metadata#Orders/$delta","@count":2,"value":[{"ID":52,"CustomerID":1,"Amount":7.00,"OrderDate":"2024-03-07"}]}""");
        await service.AnswersText(link.Replace("Orders?", "Orders/$count?", StringComparison.Ordinal), "2");
    }

    /// <summary>Reads with the preference until nothing is told any more, below the service root.</summary>
    private async Task<string> Track(string request, PayloadVersion version)
    {
        var page = await service.Json(request, version, ("Prefer", "track-changes"));
        do
            request = ((string)page[version.DeltaLink]!)[service.Root.Length..];
        while ((page = await service.Json(request, version))["value"]!.AsArray().Count > 0);
        return request;
    }

    private static string Without(System.Text.Json.Nodes.JsonNode page, string member)
    {
        page[member].Should().NotBeNull();
        var rest = page.DeepClone().AsObject();
        rest.Remove(member);
        return rest.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>As the product itself writes: the rows and their entries in one transaction.</summary>
    private async Task Change(FormattableString statement, params int[] keys)
    {
        var dialect = service.Database.Database.Dialect;
        var orders = service.Services.GetRequiredService<Models>().Current.EntitySets["Orders"];
        await using var session = await service.Database.Database.OpenAsync(default);
        await session.BeginAsync(default);
        await session.ExecuteAsync(dialect.Compose(statement), default);
        foreach (var entry in dialect.Statements(orders, keys.Select(key => (IReadOnlyList<object>)[key])))
            await session.ExecuteAsync(entry, default);
        await session.CommitAsync(default);
    }
}
