using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>The rows of the conformance checklist that need more than flat rows: derived types, complex properties, collections, streams.</summary>
public abstract class StructureRows(ReferenceService service)
{
    [DatabaseFact]
    public Task Row_35_a_cast_to_a_derived_type() => service.Both(
        "Customers/BackendApi.VipCustomer?$select=ID", """{"@odata.context":"{root}$metadata#Customers/BackendApi.VipCustomer(ID)","value":[{"ID":1},{"ID":3}]}""");

    [DatabaseFact]
    public async Task Row_37_a_media_entity()
    {
        var (_, headers, body) = await service.Get("Photos(1)/$value");
        headers.ContentType!.MediaType.Should().Be("image/png");
        body.Should().HaveLength(6);
    }

    [DatabaseFact]
    public Task Row_46_the_count_of_a_collection() => service.AnswersText("Customers(1)/Tags/$count", "3");

    [DatabaseFact]
    public Task Row_92_options_of_a_selected_collection() => service.Both(
        "Customers(4)?$select=Tags($filter=startswith($it,'a');$orderby=$it desc;$count=true;$skip=0;$top=5)",
        """{"@odata.context":"{root}$metadata#Customers(Tags)/$entity","Tags@odata.count":2,"Tags":["apple","alpha"]}""");

    [DatabaseFact]
    public Task Row_53_a_cast_of_the_target() => service.Both(
        "Customers(4)?$select=ID&$expand=Manager/BackendApi.VipCustomer",
        """{"@odata.context":"{root}$metadata#Customers(ID)/$entity","ID":4,"Manager":null}""",
        """{"@context":"{root}$metadata#Customers(ID,Manager())/$entity","ID":4,"Manager":null}""");

    [DatabaseFact]
    public Task Row_53_a_cast_of_the_source() => service.Both(
        "Customers(1)?$select=ID&$expand=BackendApi.VipCustomer/Perks",
        """
        {"@odata.context":"{root}$metadata#Customers(ID)/$entity","@odata.type":"#BackendApi.VipCustomer","ID":1,
        "Perks":[{"ID":1,"Name":"Lounge"},{"ID":2,"Name":"Upgrade"}]}
        """,
        """
        {"@context":"{root}$metadata#Customers(ID,BackendApi.VipCustomer/Perks())/$entity","@type":"#BackendApi.VipCustomer","ID":1,
        "Perks":[{"ID":1,"Name":"Lounge"},{"ID":2,"Name":"Upgrade"}]}
        """);

    [DatabaseFact]
    public async Task Row_57_a_singleton()
    {
        await service.Both("Config", """{"@odata.context":"{root}$metadata#Config","ID":1,"Company":"Blue & Sons","Currency":"EUR"}""");
        await service.Both("Config/Company", """{"@odata.context":"{root}$metadata#Config/Company","value":"Blue & Sons"}""");
        await service.Both(
            "Config?$select=ID&$expand=BestCustomer($select=Name)",
            """{"@odata.context":"{root}$metadata#Config(ID,BestCustomer(Name))","ID":1,"BestCustomer":{"@odata.type":"#BackendApi.VipCustomer","Name":"Ada Blue"}}""");
        await service.Both("Config/BestCustomer/Orders(5)?$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":5}""");
    }

    [DatabaseFact]
    public Task Row_87_a_selection_inside_a_complex_property() => service.Both(
        "Customers(1)?$select=Address($select=City)",
        """{"@odata.context":"{root}$metadata#Customers(Address/City)/$entity","@odata.type":"#BackendApi.VipCustomer","Address":{"City":"Berlin"}}""");
}
