using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>Operations of derived types, operations that are given entities, and what entities say can be called on them (Protocol 11.5; JSON Format 16, 17).</summary>
public abstract class OperationTypeCases(WritableReference service)
{
    [DatabaseFact]
    public Task An_operation_of_a_derived_type_is_called_behind_the_cast() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers(1)/BackendApi.VipCustomer/BackendApi.Upgrade?$select=Name", """{"levels":1}""")).Is(200, """{"Name":"Ada Blue"}""");
        (await client.Write("POST", "Customers/BackendApi.VipCustomer/Gather")).Is(200, """{"value":2}""");
        (await client.Write("POST", "Customers(1)/BackendApi.VipCustomer/Upgrade", """{"levels":0}""")).IsRefused(409, ("Conflict", null));
        (await client.Write("POST", "Customers(2)/BackendApi.VipCustomer/Upgrade", """{"levels":1}""")).IsRefused(404, ("EntityNotFound", null));
        (await client.Write("POST", "Customers(1)/Upgrade", """{"levels":1}""")).Status.Should().Be(404);
        (await client.Write("POST", "Customers/Gather")).Status.Should().Be(404);
    });

    [DatabaseFact]
    public Task Of_an_operation_and_that_of_a_derived_type_the_nearer_is_called() => service.Both(async client =>
    {
        await client.Shows("Customers(1)/Greet", """{"value":"Hello, 1"}""");
        await client.Shows("Customers(1)/BackendApi.VipCustomer/Greet()", """{"value":"Your Excellency 1"}""");
        await client.Shows("Customers(1)/BackendApi.VipCustomer/BackendApi.Greet", """{"value":"Your Excellency 1"}""");
    });

    [DatabaseFact]
    public Task Entities_are_passed_to_an_action_as_references_or_with_their_keys() => service.Both(async client =>
    {
        (await client.Write("POST", "Merge?$select=ID", """{"into":{"@odata.id":"Customers(2)"},"others":[{"@odata.id":"{root}Customers(1)"},{"ID":3,"Name":"whatever"}]}""".Replace("{root}", service.Root, StringComparison.Ordinal)))
            .Is(200, """{"ID":2}""");
        (await client.Write("POST", "Merge", """{"into":{"ID":2},"others":[{"ID":1}],"latest":{"@odata.id":"Orders(5)"}}""")).IsRefused(409, ("Conflict", null)).Says("1 5");
    });

    [DatabaseFact]
    public Task What_is_passed_must_be_there_and_be_of_the_set() => service.Both(async client =>
    {
        (await client.Write("POST", "Merge", """{"into":{"@odata.id":"Orders(1)"},"others":[{},7,{"ID":"x"},{"@odata.id":1}]}""")).IsRefused(400,
            ("InvalidValue", "into"), ("MissingKey", "others[0].ID"), ("TypeMismatch", "others[1]"), ("TypeMismatch", "others[2].ID"), ("InvalidValue", "others[3]"));
        (await client.Write("POST", "Merge", """{"into":{"ID":99},"others":[{"ID":1},{"ID":77}]}""")).IsRefused(400, ("ReferenceNotFound", "into"), ("ReferenceNotFound", "others"));
        (await client.Write("POST", "Merge", """{"into":null,"others":[]}""")).IsRefused(400, ("RequiredMissing", "into"));
    });

    [DatabaseTheory]
    [InlineData("""Spent(customer=@c,orders=@o)?@c={"@odata.id":"Customers(1)"}&@o=[{"@odata.id":"Orders(2)"},{"ID":1}]""", 200, """{"value":"1: 2 1"}""")]
    [InlineData("""Spent(customer={"ID":3},orders=[])""", 200, """{"value":"3: "}""")]
    [InlineData("""Spent(customer={"ID":99},orders=[])""", 400, null)]
    [InlineData("""Spent(customer=1,orders=[])""", 400, null)]
    public Task Entities_are_passed_to_a_function_as_JSON(string request, int status, string? json) => service.Both(async client => (await client.Write("GET", request)).Is(status, json));

    [DatabaseFact]
    public async Task Metadata_says_what_operations_are_bound_to_and_take()
    {
        var metadata = (await service.Write("GET", "$metadata")).Body;

        metadata.Should().Contain("""<Action Name="Upgrade" IsBound="true"><Parameter Name="customer" Type="BackendApi.VipCustomer" Nullable="false" />""")
            .And.Contain("""<Parameter Name="orders" Type="Collection(BackendApi.Orders)" Nullable="false" />""")
            .And.Contain("""<Parameter Name="latest" Type="BackendApi.Orders"><Annotation Term="Org.OData.Core.V1.OptionalParameter"><Record /></Annotation></Parameter>""");
    }

    [DatabaseTheory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public async Task Full_metadata_offers_what_can_be_called_on_an_entity(string version)
    {
        var full = (await service.Write("GET", "Customers(1)", null, ("Accept", "application/json;odata.metadata=full"), ("OData-MaxVersion", version))).Body;

        full.Should().Contain("\"#BackendApi.Archive\":{\"title\":\"Puts a customer away, \\\"for good\\\" & all.\",\"target\":\"{root}Customers(1)/BackendApi.Archive\"}")
            .And.Contain("\"#BackendApi.Upgrade\":{\"title\":\"Upgrade\",\"target\":\"{root}Customers(1)/BackendApi.VipCustomer/BackendApi.Upgrade\"}")
            .And.Contain("\"#BackendApi.Deputy\":{\"title\":\"Deputy\",\"target\":\"{root}Customers(1)/BackendApi.Deputy\"}")
            .And.NotContain("Gather");
        (await service.Write("GET", "Customers(2)", null, ("Accept", "application/json;odata.metadata=full"))).Body.Should().Contain("#BackendApi.Archive").And.NotContain("#BackendApi.Upgrade");
        (await service.Write("GET", "Customers(1)")).Body.Should().NotContain("#BackendApi.Archive");
        (await service.Write("GET", "Customers(1)?$select=Name", null, ("Accept", "application/json;odata.metadata=full"))).Body.Should().NotContain("#BackendApi.Archive");
    }

    [DatabaseFact]
    public async Task What_is_offered_may_come_back_with_the_entity() =>
        (await service.Write("PATCH", "Customers(2)", """{"#BackendApi.Archive":{"title":"Archive","target":"Customers(2)/BackendApi.Archive"},"Name":"Bea"}""", ("Prefer", "validate-only"))).Is(204);
}
