using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>A derived type told by a column. Bert's row holds a level too, which is no property of his: he is no special customer.</summary>
public abstract class DerivedTypeCases(ReferenceService service)
{
    [DatabaseFact]
    public Task Each_row_tells_its_type() => service.Answers(
        "Customers?$filter=ID le 2&$select=ID,BackendApi.VipCustomer/Level",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,BackendApi.VipCustomer/Level)","value":[
        {"@odata.type":"#BackendApi.VipCustomer","ID":1,"Level":3},{"ID":2}]}
        """);

    [DatabaseFact]
    public Task A_property_of_all_for_one_type_only() => service.Answers(
        "Customers?$filter=ID le 2&$select=BackendApi.VipCustomer/Name",
        """
        {"@odata.context":"{root}$metadata#Customers(BackendApi.VipCustomer/Name)","value":[
        {"@odata.type":"#BackendApi.VipCustomer","Name":"Ada Blue"},{}]}
        """);

    [DatabaseFact]
    public Task A_set_cast() => service.Answers(
        "Customers/BackendApi.VipCustomer?$select=ID,Level",
        """{"@odata.context":"{root}$metadata#Customers/BackendApi.VipCustomer(ID,Level)","value":[{"ID":1,"Level":3},{"ID":3,"Level":1}]}""");

    [DatabaseFact]
    public Task What_a_set_cast_leads_to_is_aggregated() => service.Answers(
        "Customers/BackendApi.VipCustomer?$apply=groupby((ID),aggregate(Perks/$count as N))&$orderby=ID",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,N)","value":[{"ID":1,"N@odata.type":"#Decimal","N":2},{"ID":3,"N@odata.type":"#Decimal","N":0}]}
        """);

    [DatabaseFact]
    public Task A_set_cast_is_grouped_by_what_its_type_has() => service.Answers(
        "Customers/BackendApi.VipCustomer?$apply=orderby(ID)/top(5)/groupby((Level),aggregate($count as N))&$filter=Level ne 7&$orderby=Level",
        """
        {"@odata.context":"{root}$metadata#Customers(Level,N)","value":[{"Level":1,"N@odata.type":"#Decimal","N":1},{"Level":3,"N@odata.type":"#Decimal","N":1}]}
        """);

    [DatabaseFact]
    public Task A_related_entity_counts_once_behind_a_cast_and_in_a_complex_value() => service.Answers(
        "Customers?$apply=aggregate(Manager/BackendApi.VipCustomer/Balance with sum as Sum,Manager/Address/City with countdistinct as Cities,Manager/Name with countdistinct as Names)",
        """
        {"@odata.context":"{root}$metadata#Customers(Sum,Cities,Names)","value":[{"Sum@odata.type":"#Decimal","Sum":1250.5,
        "Cities@odata.type":"#Decimal","Cities":2,"Names@odata.type":"#Decimal","Names":2}]}
        """);

    [DatabaseFact]
    public Task An_expression_that_begins_behind_a_cast_is_of_each_row() => service.Answers(
        "Customers?$apply=aggregate(Manager/BackendApi.VipCustomer/Level add ID with sum as Sum)",
        """{"@odata.context":"{root}$metadata#Customers(Sum)","value":[{"Sum@odata.type":"#Int64","Sum":11}]}""");

    [DatabaseFact]
    public Task A_set_cast_to_its_own_type() => service.Answers(
        "Customers/BackendApi.Customers?$select=ID&$top=1",
        """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"@odata.type":"#BackendApi.VipCustomer","ID":1}]}""");

    [DatabaseFact]
    public Task The_number_of_a_set_cast() => service.AnswersText("Customers/BackendApi.VipCustomer/$count", "2");

    [DatabaseFact]
    public Task An_entity_cast() => service.Answers(
        "Customers(1)/BackendApi.VipCustomer?$select=Level",
        """{"@odata.context":"{root}$metadata#Customers/BackendApi.VipCustomer(Level)/$entity","Level":3}""");

    [DatabaseFact]
    public Task An_entity_of_another_type() => service.Refuses("Customers(2)/BackendApi.VipCustomer", 404, "EntityNotFound");

    [DatabaseFact]
    public Task A_key_behind_a_cast() => service.Answers(
        "Customers/BackendApi.VipCustomer(3)/Level", """{"@odata.context":"{root}$metadata#Customers(3)/BackendApi.VipCustomer/Level","value":1}""");

    [DatabaseFact]
    public Task A_navigation_of_the_type() => service.Answers(
        "Customers(1)/BackendApi.VipCustomer/Perks", """{"@odata.context":"{root}$metadata#Perks","value":[{"ID":1,"Name":"Lounge"},{"ID":2,"Name":"Upgrade"}]}""");

    [DatabaseFact]
    public Task A_navigation_of_the_type_from_another() => service.Refuses("Customers(2)/BackendApi.VipCustomer/Perks", 404, "EntityNotFound");

    [DatabaseFact]
    public Task A_navigation_of_the_type_expanded() => service.Answers(
        "Customers?$filter=ID le 3&$select=ID&$expand=BackendApi.VipCustomer/Perks($select=Name)",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,BackendApi.VipCustomer/Perks(Name))","value":[
        {"@odata.type":"#BackendApi.VipCustomer","ID":1,"Perks":[{"Name":"Lounge"},{"Name":"Upgrade"}]},{"ID":2},
        {"@odata.type":"#BackendApi.VipCustomer","ID":3,"Perks":[]}]}
        """);

    [DatabaseFact]
    public Task A_target_cast_in_an_expansion() => service.Answers(
        "Customers?$filter=ID ge 2&$select=ID&$expand=Manager/BackendApi.VipCustomer($select=Level)",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,Manager(BackendApi.VipCustomer/Level))","value":[
        {"ID":2,"Manager":{"@odata.type":"#BackendApi.VipCustomer","Level":3}},
        {"@odata.type":"#BackendApi.VipCustomer","ID":3,"Manager":{"@odata.type":"#BackendApi.VipCustomer","Level":3}},
        {"ID":4,"Manager":null}]}
        """);

    [DatabaseTheory]
    [InlineData("$filter=BackendApi.VipCustomer/Level eq 3", "1")]
    [InlineData("$filter=BackendApi.VipCustomer/Level eq 7", "")]
    [InlineData("$filter=BackendApi.VipCustomer/Level eq null", "2 4")]
    [InlineData("$filter=BackendApi.VipCustomer/Perks/any(p:p/Name eq 'Lounge')", "1")]
    [InlineData("$filter=isof(BackendApi.VipCustomer)", "1 3")]
    [InlineData("$filter=not isof(BackendApi.VipCustomer)", "2 4")]
    [InlineData("$filter=isof(BackendApi.Customers)", "1 2 3 4")]
    [InlineData("$filter=isof(Manager,BackendApi.VipCustomer)", "2 3")]
    [InlineData("$filter=cast(Manager,BackendApi.VipCustomer)/Level eq 3", "2 3")]
    [InlineData("$filter=Manager/BackendApi.VipCustomer/Level eq 3", "2 3")]
    [InlineData("$filter=BackendApi.Customers/Name eq 'Bert'", "2")]
    [InlineData("$filter=BackendApi.VipCustomer/Manager/Name eq 'Ada Blue'", "3")]
    [InlineData("$filter=Manager/BackendApi.VipCustomer/Manager ne null", "")]
    [InlineData("$filter=Manager/Manager ne null and Manager/BackendApi.VipCustomer/Manager/ID eq null", "4")]
    [InlineData("$filter=BackendApi.VipCustomer/Orders/any()", "1 3")]
    [InlineData("$filter=BackendApi.VipCustomer/Tags/any(t:t eq 'alpha')", "1")]
    [InlineData("$filter=BackendApi.VipCustomer/Address eq null", "2 3 4")]
    [InlineData("$filter=BackendApi.VipCustomer/Address ne null", "1")]
    [InlineData("$orderby=BackendApi.VipCustomer/Level desc,ID", "1 3 2 4")]
    public Task In_expressions(string options, string keys) => service.KeysAre("Customers", "ID", options, keys);

    [DatabaseFact]
    public Task Filtered_behind_a_cast() => service.KeysAre("Customers/BackendApi.VipCustomer", "ID", "$filter=Level gt 1", "1");

    [DatabaseFact]
    public Task Paged_behind_a_cast() => service.Heads(
        "Customers/BackendApi.VipCustomer?$select=ID", "Preference-Applied", "maxpagesize=1", ("Prefer", "maxpagesize=1"));

    [DatabaseFact]
    public Task A_cast_to_a_type_that_is_not_derived() => service.Refuses("Orders/BackendApi.VipCustomer", 404, null);
}
