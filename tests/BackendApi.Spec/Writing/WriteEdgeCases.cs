using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Modifications at the edges: entities that are made where their address says, and requests that are refused late, with nothing stored.</summary>
public abstract class WriteEdgeCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task An_entity_with_a_composite_key_is_made_where_its_address_says()
    {
        (await shop.Write("PATCH", "Items(OrderId=2,Line=9)", """{"Product":"x","Quantity":1}""")).Is(201, """{"OrderId":2,"Line":9,"Product":"x","Quantity":1}""").Has("Location", "{root}Items(OrderId=2,Line=9)");
        (await shop.Write("PUT", "Items(OrderId=2,Line=9)", """{"Product":"y","Quantity":2}""", ("If-None-Match", "*"))).IsRefused(412, ("PreconditionFailed", "If-None-Match"));
        (await shop.Write("PUT", "Items(OrderId=77,Line=9)", """{"Product":"y","Quantity":2}""")).Is(400);

        await shop.Shows("Orders(2)/Items?$select=Line,Product", """[{"Line":1,"Product":"pen"},{"Line":9,"Product":"x"}]""");
    }

    [DatabaseFact]
    public async Task An_entity_that_is_made_where_its_address_says_brings_what_is_nested()
    {
        (await shop.Write("PUT", "Tags(50)", """{"Name":"fifty"}""")).Is(201, """{"Id":50,"Name":"fifty"}""");
        (await shop.Write("PATCH", "Items(OrderId=3,Line=1)", """{"Product":"x","Quantity":1}""", ("Prefer", "return=minimal"))).Is(204).Has("OData-EntityId", "{root}Items(OrderId=3,Line=1)");
    }

    [DatabaseTheory]
    [InlineData("POST", "Tags?$select=Nope", """{"Id":9,"Name":"x"}""", "application/json", 400)]
    [InlineData("POST", "Tags?$expand=Nope", """{"Id":9,"Name":"x"}""", "application/json", 400)]
    [InlineData("POST", "Tags", """{"Id":9,"Name":"x"}""", "application/xml", 406)]
    [InlineData("POST", "Tags", "", "application/json", 400)]
    [InlineData("POST", "Tags", "[]", "application/json", 400)]
    [InlineData("POST", "Tags", """{"Id":9,"Name":"x","Name":"y"}""", "application/json", 400)]
    [InlineData("POST", "Tags", """{"Id":9,"Name":"x"}}""", "application/json", 400)]
    [InlineData("POST", "Tags", """{"Id":1,"Name":"x"}""", "application/json", 409)]
    [InlineData("POST", "Tags(9)", """{"Name":"x"}""", "application/json", 405)]
    [InlineData("POST", "Customers(1)/Manager", """{"Code":"X","Name":"x"}""", "application/json", 405)]
    [InlineData("PUT", "Tags", """{"Id":9,"Name":"x"}""", "application/json", 405)]
    [InlineData("PATCH", "Tags", """{"Id":9,"Name":"x"}""", "application/json", 400)]
    [InlineData("PATCH", "Tags", """{"value":7}""", "application/json", 400)]
    [InlineData("PATCH", "Customers(1)/Manager", """{"Name":"x"}""", "application/json", 404)]
    [InlineData("PATCH", "Customers(3)/Orders(1)", """{"Amount":1}""", "application/json", 404)]
    [InlineData("DELETE", "Customers(3)/Orders(1)", null, "application/json", 404)]
    [InlineData("DELETE", "Tags(1)/Name", null, "application/json", 400)]
    [InlineData("DELETE", "Tags(1)/Name/$value", null, "application/json", 405)]
    [InlineData("PUT", "Tags(1)/Id", """{"value":7}""", "application/json", 400)]
    [InlineData("PUT", "Tags(1)/Name", """{"valeu":"x"}""", "application/json", 400)]
    [InlineData("PUT", "Tags(77)/Name", """{"value":"x"}""", "application/json", 404)]
    [InlineData("PATCH", "Tags/$count", "{}", "application/json", 405)]
    [InlineData("PATCH", "Tags/$each?$filter=Nope eq 1", """{"Name":"x"}""", "application/json", 400)]
    [InlineData("PATCH", "Customers(3)", """{"Orders":[{"Amount":1,"Items":[{"Line":1,"Product":"a","Quantity":1},{"Line":1,"Product":"b","Quantity":1}]}]}""", "application/json", 409)]
    public async Task What_is_refused_has_changed_nothing(string method, string address, string? body, string accept, int status)
    {
        var before = await shop.RowsAsync();

        (await shop.Write(method, address, body, ("Accept", accept))).Is(status);
        (await shop.RowsAsync()).Should().Be(before);
    }

    [DatabaseFact]
    public async Task A_related_entity_is_deleted_at_the_address_of_the_navigation()
    {
        (await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Manager":{"Code":"E","Name":"Eve"}}""")).Is(201);
        (await shop.Write("DELETE", "Customers(5)/Manager/$ref")).Is(204);
        (await shop.Write("DELETE", "Orders(3)/Items?$filter=true")).Is(204);
        (await shop.Write("DELETE", "Customers(2)/Orders(3)")).Is(204);

        await shop.AnswersText("Orders/$count", "2");
    }
}
