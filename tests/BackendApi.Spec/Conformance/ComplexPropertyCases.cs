using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>A complex property made of columns: null when all of them are.</summary>
public abstract class ComplexPropertyCases(ReferenceService service)
{
    [DatabaseFact]
    public Task A_part_of_it_is_there() => service.Answers(
        "Customers(2)?$select=Address",
        """{"@odata.context":"{root}$metadata#Customers(Address)/$entity","Address":{"Street":"Rue 2","City":"Paris","Zip":null}}""");

    [DatabaseFact]
    public Task Nothing_of_it_is_there() => service.Answers(
        "Customers(3)?$select=ID,Address",
        """{"@odata.context":"{root}$metadata#Customers(ID,Address)/$entity","@odata.type":"#BackendApi.VipCustomer","ID":3,"Address":null}""");

    [DatabaseFact]
    public Task Of_rows_that_were_transformed() => service.Answers(
        "Customers?$apply=orderby(ID)/skip(1)/top(1)&$select=ID,Address&$expand=Manager($select=ID)",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,Address,Manager(ID))","value":[
        {"ID":2,"Address":{"Street":"Rue 2","City":"Paris","Zip":null},"Manager":{"@odata.type":"#BackendApi.VipCustomer","ID":1}}]}
        """);

    [DatabaseFact]
    public Task Of_rows_one_after_the_other() => service.Answers(
        "Customers?$apply=concat(filter(ID eq 3),filter(ID eq 2))&$select=ID,Address&$expand=Manager($select=ID)",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,Address,Manager(ID))","value":[
        {"@odata.type":"#BackendApi.VipCustomer","ID":3,"Address":null,"Manager":{"@odata.type":"#BackendApi.VipCustomer","ID":1}},
        {"ID":2,"Address":{"Street":"Rue 2","City":"Paris","Zip":null},"Manager":{"@odata.type":"#BackendApi.VipCustomer","ID":1}}]}
        """);

    [DatabaseFact]
    public Task As_a_resource() => service.Answers(
        "Customers(1)/Address", """{"@odata.context":"{root}$metadata#Customers(1)/Address","Street":"Main Street 1","City":"Berlin","Zip":"10115"}""");

    [DatabaseFact]
    public Task As_a_resource_that_is_null() => service.AnswersNothing("Customers(3)/Address");

    [DatabaseFact]
    public Task As_a_resource_of_nobody() => service.Refuses("Customers(99)/Address", 404, "EntityNotFound");

    [DatabaseFact]
    public Task As_a_resource_with_a_selection() => service.Answers(
        "Customers(1)/Address?$select=City", """{"@odata.context":"{root}$metadata#Customers(1)/Address(City)","City":"Berlin"}""");

    [DatabaseFact]
    public Task A_member_as_a_resource() => service.Answers(
        "Customers(1)/Address/City", """{"@odata.context":"{root}$metadata#Customers(1)/Address/City","value":"Berlin"}""");

    [DatabaseFact]
    public Task A_member_as_a_raw_value() => service.AnswersText("Customers(1)/Address/City/$value", "Berlin");

    [DatabaseFact]
    public Task A_member_of_one_that_is_null() => service.AnswersNothing("Customers(3)/Address/City");

    [DatabaseTheory]
    [InlineData("$select=Address($select=City)&$filter=ID eq 4")]
    [InlineData("$select=Address/City&$filter=ID eq 4")]
    public Task A_member_selected(string options) => service.Answers(
        "Customers?" + options, """{"@odata.context":"{root}$metadata#Customers(Address/City)","value":[{"Address":{"City":"Köln"}}]}""");

    [DatabaseTheory]
    [InlineData("$filter=Address/City eq 'Paris'", "2")]
    [InlineData("$filter=Address/City ne 'Paris'", "1 3 4")]
    [InlineData("$filter=Address eq null", "3")]
    [InlineData("$filter=Address ne null", "1 2 4")]
    [InlineData("$filter=Address/Zip eq null", "2 3")]
    [InlineData("$orderby=Address/City desc", "2 4 1 3")]
    [InlineData("$filter=Manager/Address/City eq 'Berlin'", "2 3")]
    [InlineData("$filter=startswith(Address/City,'K')", "4")]
    public Task In_expressions(string options, string keys) => service.KeysAre("Customers", "ID", options, keys);

    [DatabaseFact]
    public Task In_4_01() => service.Answers(
        "Customers(1)/Address?$select=City", """{"@context":"{root}$metadata#Customers(1)/Address(City)","City":"Berlin"}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task With_full_metadata() => service.Answers(
        "Customers(1)/Address",
        """{"@odata.context":"{root}$metadata#Customers(1)/Address","@odata.type":"#BackendApi.CustomersAddress","Street":"Main Street 1","City":"Berlin","Zip":"10115"}""",
        ("Accept", "application/json;odata.metadata=full"));

    [DatabaseFact]
    public Task Inside_an_expansion() => service.Answers(
        "Customers(2)?$select=ID&$expand=Manager($select=Address/City)",
        """{"@odata.context":"{root}$metadata#Customers(ID,Manager(Address/City))/$entity","ID":2,"Manager":{"@odata.type":"#BackendApi.VipCustomer","Address":{"City":"Berlin"}}}""");
}
