using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>A collection of values in a JSON column: Ada has three tags, Bert none, Carla's column is null, and one of Dora's three is.</summary>
public abstract class CollectionPropertyCases(ReferenceService service)
{
    [DatabaseFact]
    public Task Never_null_itself() => service.Answers(
        "Customers?$select=Tags&$filter=ID gt 1 and not isof(BackendApi.VipCustomer) or ID eq 3",
        """
        {"@odata.context":"{root}$metadata#Customers(Tags)","value":[{"Tags":[]},
        {"@odata.type":"#BackendApi.VipCustomer","Tags":[]},{"Tags":["apple",null,"alpha"]}]}
        """);

    [DatabaseFact]
    public Task As_a_resource() => service.Answers("Customers(4)/Tags", """{"@odata.context":"{root}$metadata#Customers(4)/Tags","value":["apple",null,"alpha"]}""");

    [DatabaseFact]
    public Task As_a_resource_whose_column_is_null() => service.Answers("Customers(3)/Tags", """{"@odata.context":"{root}$metadata#Customers(3)/Tags","value":[]}""");

    [DatabaseFact]
    public Task As_a_resource_of_nobody() => service.Refuses("Customers(99)/Tags", 404, "EntityNotFound");

    [DatabaseFact]
    public Task The_number_of_items() => service.AnswersText("Customers(4)/Tags/$count", "3");

    [DatabaseFact]
    public Task The_number_of_items_that_a_filter_leaves() => service.AnswersText("Customers(4)/Tags/$count?$filter=startswith($it,'al')", "1");

    [DatabaseFact]
    public Task The_number_of_items_of_nobody() => service.Refuses("Customers(99)/Tags/$count", 404, "EntityNotFound");

    [DatabaseFact]
    public Task Options_of_the_resource() => service.Answers(
        "Customers(1)/Tags?$filter=contains($it,'a')&$orderby=$it desc&$top=2&$count=true",
        """{"@odata.context":"{root}$metadata#Customers(1)/Tags","@odata.count":3,"value":["gamma","beta"]}""");

    [DatabaseFact]
    public Task Options_in_a_selection() => service.Answers(
        "Customers?$filter=ID in (1,4)&$select=ID,Tags($filter=startswith($it,'a');$orderby=$it;$skip=0;$top=1;$count=true)",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,Tags)","value":[
        {"@odata.type":"#BackendApi.VipCustomer","ID":1,"Tags@odata.count":1,"Tags":["alpha"]},{"ID":4,"Tags@odata.count":2,"Tags":["alpha"]}]}
        """);

    [DatabaseFact]
    public Task Skipped_items_keep_their_order() => service.Answers(
        "Customers(1)/Tags?$skip=1", """{"@odata.context":"{root}$metadata#Customers(1)/Tags","value":["beta","gamma"]}""");

    [DatabaseTheory]
    [InlineData("Tags/any(t:t eq 'alpha')", "1 4")]
    [InlineData("Tags/any(t:t eq null)", "4")]
    [InlineData("Tags/any()", "1 4")]
    [InlineData("not Tags/any()", "2 3")]
    [InlineData("Tags/all(t:contains(t,'a'))", "1 2 3")]
    [InlineData("Tags/any(t:startswith(t,'b') and Country eq 'DE')", "1")]
    [InlineData("Tags/$count eq 3", "1 4")]
    [InlineData("Tags/$count($filter=$it eq 'alpha') eq 1", "1 4")]
    [InlineData("'beta' in Tags", "1")]
    [InlineData("not ('beta' in Tags)", "2 3 4")]
    [InlineData("Manager/Tags/any(t:t eq 'beta')", "2 3")]
    public Task In_a_filter(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseFact]
    public Task By_their_number() => service.KeysAre("Customers", "ID", "$orderby=Tags/$count desc,ID", "1 4 2 3");
}
