using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Relating entities that exist: <c>$ref</c> in all its forms (Protocol 11.4.6).</summary>
public abstract class ReferenceCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task Added_by_POST()
    {
        (await shop.Write("POST", "Customers(2)/Tags/$ref", """{"@odata.id":"Tags(3)"}""")).Is(204);
        (await shop.Write("POST", "Customers(2)/Tags/$ref", """{"@id":"{root}Tags(3)"}""")).Is(204);
        (await shop.Write("POST", "Customers(2)/Orders/$ref", """{"@odata.id":"Orders(1)"}""")).Is(204);

        await shop.Shows("Customers(2)?$select=Id&$expand=Tags($select=Id),Orders($select=Id)", """{"Id":2,"Orders":[{"Id":1},{"Id":3}],"Tags":[{"Id":3}]}""");
    }

    [DatabaseFact]
    public async Task Set_by_PUT()
    {
        (await shop.Write("PUT", "Customers(2)/Manager/$ref", """{"@odata.id":"Customers(Code='C')"}""")).Is(204);
        (await shop.Write("PUT", "Orders(1)/Customer/$ref", """{"@odata.id":"Customers(3)"}""")).Is(204);

        await shop.Shows("Customers(2)/Manager?$select=Id", """{"Id":3}""");
        await shop.Shows("Orders(1)/Customer?$select=Id", """{"Id":3}""");
    }

    [DatabaseTheory]
    [InlineData("Customers(1)/Tags(2)/$ref")]
    [InlineData("Customers(1)/Tags/$ref?$id=Tags(2)")]
    [InlineData("Customers(1)/Tags/$ref?$id={root}Tags(2)")]
    [InlineData("Customers(1)/Tags/$ref?id=Tags(2)")]
    [InlineData("Customers(Code='A')/Tags(2)/$ref")]
    public async Task Removed_by_DELETE(string address)
    {
        (await shop.Write("DELETE", address.Replace("{root}", shop.Root, StringComparison.Ordinal))).Is(204);

        await shop.Shows("Customers(1)/Tags", """[{"Id":1,"Name":"red"}]""");
        await shop.AnswersText("Tags/$count", "3");
    }

    [DatabaseFact]
    public async Task A_single_one_removed()
    {
        (await shop.Write("DELETE", "Customers(2)/Manager/$ref")).Is(204);
        (await shop.Write("DELETE", "Orders(1)/Customer/$ref")).IsRefused(400, ("InvalidBody", null));

        await shop.Shows("Customers(2)?$select=Id&$expand=Manager", """{"Id":2,"Manager":null}""");
    }

    [DatabaseFact]
    public async Task All_of_a_collection_set_and_removed()
    {
        (await shop.Write("PUT", "Customers(1)/Tags/$ref", """{"value":[{"@odata.id":"Tags(2)"},{"@odata.id":"Tags(3)"}]}""")).Is(204);
        await shop.Shows("Customers(1)/Tags?$select=Id", """[{"Id":2},{"Id":3}]""");

        (await shop.Write("DELETE", "Customers(1)/Tags/$ref")).Is(204);
        await shop.Shows("Customers(1)/Tags", "[]");
        await shop.AnswersText("Tags/$count", "3");
    }

    [DatabaseTheory]
    [InlineData("DELETE", "Customers(1)/Tags(3)/$ref", null, 404, "EntityNotFound")]
    [InlineData("DELETE", "Customers(1)/Tags(77)/$ref", null, 404, "EntityNotFound")]
    [InlineData("DELETE", "Customers(77)/Tags(1)/$ref", null, 404, "EntityNotFound")]
    [InlineData("POST", "Customers(77)/Tags/$ref", """{"@odata.id":"Tags(1)"}""", 404, "EntityNotFound")]
    [InlineData("POST", "Customers(1)/Tags/$ref", """{"@odata.id":"Tags(77)"}""", 400, "ReferenceNotFound")]
    [InlineData("POST", "Customers(1)/Tags/$ref", """{"@odata.id":"Orders(1)"}""", 400, "InvalidValue")]
    [InlineData("POST", "Customers(1)/Tags/$ref", """{"Id":1}""", 400, "InvalidBody")]
    [InlineData("POST", "Customers(1)/Orders/$ref", """{"@odata.id":"Orders(77)"}""", 400, "ReferenceNotFound")]
    [InlineData("PUT", "Customers(1)/Tags/$ref", """{"@odata.id":"Tags(1)"}""", 400, "InvalidBody")]
    [InlineData("PUT", "Customers(1)/Manager/$ref", """{"@odata.id":"Customers(77)"}""", 400, "ReferenceNotFound")]
    [InlineData("POST", "Customers(1)/Manager/$ref", """{"@odata.id":"Customers(2)"}""", 405, "MethodNotAllowed")]
    [InlineData("PATCH", "Customers(1)/Manager/$ref", """{"@odata.id":"Customers(2)"}""", 405, "MethodNotAllowed")]
    [InlineData("POST", "Customers(1)/Tags(1)/$ref", """{"@odata.id":"Tags(1)"}""", 405, "MethodNotAllowed")]
    [InlineData("DELETE", "Customers(1)/Tags/$ref?$id=Nothing(1)", null, 400, "InvalidValue")]
    public async Task Refused(string method, string address, string? body, int status, string code)
    {
        var answer = await shop.Write(method, address, body);

        answer.Is(status);
        answer.Body.Should().Contain($"\"code\":\"{code}\"");
        await shop.Shows("Customers?$select=Id&$expand=Tags($select=Id),Orders($select=Id),Manager($select=Id)",
            """
            [{"Id":1,"Manager":null,"Orders":[{"Id":1},{"Id":2}],"Tags":[{"Id":1},{"Id":2}]},{"Id":2,"Manager":{"Id":1},"Orders":[{"Id":3}],"Tags":[]},{"Id":3,"Manager":{"Id":1},"Orders":[],"Tags":[]}]
            """);
    }
}
