using System.Xml.Linq;
using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>The checklist's read rows of the levels Intermediate and Advanced in 4.0 (Protocol 13.1.2, 13.1.3).</summary>
public abstract class AdvancedRows(ReferenceService service)
{
    [DatabaseFact]
    public Task Row_34_select() => service.Both(
        "Customers(2)?$select=ID,Name", """{"@odata.context":"{root}$metadata#Customers(ID,Name)/$entity","ID":2,"Name":"Bert"}""");

    [DatabaseFact]
    public Task Row_36_top_without_a_next_link() => service.Both(
        "Orders?$select=ID&$top=3", """{"@odata.context":"{root}$metadata#Orders(ID)","value":[{"ID":1},{"ID":2},{"ID":3}]}""");

    [DatabaseFact]
    public async Task Row_37_raw_values()
    {
        await service.AnswersText("Customers(2)/Name/$value", "Bert");
        await service.AnswersNothing("Customers(3)/Country/$value");
    }

    [DatabaseTheory]
    [InlineData("CustomerID eq 2", "{\"ID\":3}")]
    [InlineData("CustomerID ne 1", "{\"ID\":3},{\"ID\":4}")]
    public Task Row_38_eq_and_ne(string filter, string rows) => Orders($"$filter={filter}", rows);

    [DatabaseFact]
    public Task Row_39_a_parameter_alias() => Orders("$filter=CustomerID eq @c&@c=2", "{\"ID\":3}");

    [DatabaseFact]
    public Task Row_40_other_operators() => Orders("$filter=Amount add 1 gt 10", "{\"ID\":2},{\"ID\":5}");

    [DatabaseFact]
    public Task Row_41_canonical_functions() => Orders("$filter=contains(Customer/Name,'ert')", "{\"ID\":3}");

    [DatabaseFact]
    public Task Row_42_a_filter_in_an_expansion() => service.Both(
        "Customers(2)?$select=ID&$expand=Orders($filter=Amount gt 5;$select=ID)",
        """{"@odata.context":"{root}$metadata#Customers(ID,Orders(ID))/$entity","ID":2,"Orders":[{"ID":3}]}""");

    [DatabaseTheory]
    [InlineData("$skip=4", "{\"ID\":5}")]
    [InlineData("$orderby=Amount&$top=1", "{\"ID\":1}")]
    [InlineData("$filter=Customer/Orders/any(o:o/Amount gt 50)", "{\"ID\":1},{\"ID\":2},{\"ID\":5}")]
    [InlineData("$filter=Customer/Orders/all(o:o/Amount lt 7)", "{\"ID\":4}")]
    [InlineData("$filter=Customer/Orders/$count eq 3", "{\"ID\":1},{\"ID\":2},{\"ID\":5}")]
    public Task Row_43_more_options(string options, string rows) => Orders(options, rows);

    [DatabaseFact]
    public async Task Row_44_basic_authentication_is_offered()
    {
        using var response = await service.SendAnonymously(HttpMethod.Get, "");
        ((int)response.StatusCode).Should().Be(401);
        response.Headers.WwwAuthenticate.Select(scheme => scheme.Scheme).Should().Contain("Basic");
    }

    [DatabaseFact]
    public async Task Row_45_metadata_as_XML()
    {
        var (_, headers, body) = await service.Get("$metadata");
        headers.ContentType!.MediaType.Should().Be("application/xml");
        XDocument.Parse(body).Root!.Name.LocalName.Should().Be("Edmx");
    }

    [DatabaseFact]
    public Task Row_46_the_count_of_a_navigation() => service.AnswersText("Customers(1)/Orders/$count", "3");

    [DatabaseTheory]
    [InlineData("Orders/any(o:o/Amount gt 7 and o/Amount lt 8)", "{\"ID\":2}")]
    [InlineData("ID in (2,4) and Orders/all(o:o/Amount gt 7)", "{\"ID\":2},{\"ID\":4}")]
    [InlineData("ID in (2,4) and Orders/any()", "{\"ID\":2}")]
    public Task Row_47_any_and_all(string filter, string rows) => service.Both(
        "Customers?$select=ID&$filter=" + filter, """{"@odata.context":"{root}$metadata#Customers(ID)","value":[""" + rows + "]}");

    [DatabaseFact]
    public Task Row_48_skip() => Orders("$skip=3&$top=5", "{\"ID\":4},{\"ID\":5}");

    [DatabaseFact]
    public Task Row_49_count() => service.Both(
        "Orders?$select=ID&$count=true&$top=1", """{"@odata.context":"{root}$metadata#Orders(ID)","@odata.count":5,"value":[{"ID":1}]}""");

    [DatabaseFact]
    public Task Row_50_orderby() => Orders("$orderby=CustomerID desc,Amount", "{\"ID\":4},{\"ID\":3},{\"ID\":1},{\"ID\":2},{\"ID\":5}");

    [DatabaseFact]
    public Task Row_51_references_in_an_expansion() => service.Both(
        "Customers(2)?$select=ID&$expand=Orders/$ref",
        """{"@odata.context":"{root}$metadata#Customers(ID)/$entity","ID":2,"Orders":[{"@odata.id":"{root}Orders(3)"}]}""");

    [DatabaseFact]
    public Task Row_52_a_filter_that_empties_an_expansion() => service.Both(
        "Customers(2)?$select=ID&$expand=Orders($filter=Amount gt 50;$select=ID)",
        """{"@odata.context":"{root}$metadata#Customers(ID,Orders(ID))/$entity","ID":2,"Orders":[]}""");

    [DatabaseFact]
    public Task Row_54_options_in_an_expansion() => service.Both(
        "Orders(4)?$select=ID&$expand=Customer($select=Name;$expand=Orders($select=ID;$orderby=Amount desc;$skip=0;$top=2;$count=true),Manager($select=ID;$levels=1))",
        """
        {"@odata.context":"{root}$metadata#Orders(ID,Customer(Name,Manager(ID),Orders(ID)))/$entity","ID":4,
        "Customer":{"@odata.type":"#BackendApi.VipCustomer","Name":"Carla","Manager":{"@odata.type":"#BackendApi.VipCustomer","ID":1},"Orders":[{"ID":4}],"Orders@odata.count":1}}
        """);

    [DatabaseFact]
    public Task Row_54_compute_in_an_expansion() => service.Both(
        "Customers(2)?$select=ID&$expand=Manager($select=ID;$expand=Orders($compute=CustomerID mul 2 as Twice;$select=ID,Twice;$filter=Twice eq 2;$top=1))",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,Manager(ID,Orders(ID,Twice)))/$entity","ID":2,"Manager":{"@odata.type":"#BackendApi.VipCustomer","ID":1,"Orders":[{"ID":1,"Twice@odata.type":"#Int32","Twice":2}]}}
        """);

    [DatabaseFact]
    public Task Row_55_search() => service.Both(
        "Customers?$select=ID&$search=bert OR \"dark red\"", """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"ID":2},{"ID":4}]}""");

    [DatabaseFact]
    public async Task Row_57_resource_paths()
    {
        await service.Both("Customers(2)/Orders(3)/Customer/Name", """{"@odata.context":"{root}$metadata#Customers(2)/Name","value":"Bert"}""");
        await service.Both("$entity?$id=Orders(3)&$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":3}""");
        await service.Both("$entity?$id={root}Orders(3)&$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":3}""");
        await service.Both("$all/BackendApi.Orders?$select=ID&$top=1", """{"@odata.context":"{root}$metadata#Orders(ID)","value":[{"ID":1}]}""");
        await service.Both("Orders(3)/Customer/$ref", """{"@odata.context":"{root}$metadata#$ref","@odata.id":"{root}Customers(2)"}""");
        await service.Both("Customers(2)/Orders/$ref", """{"@odata.context":"{root}$metadata#Collection($ref)","value":[{"@odata.id":"{root}Orders(3)"}]}""");
    }

    [DatabaseFact]
    public Task Row_57_every_entity() => service.Both(
        "$all?$search=\"blue %26\" OR Lounge",
        """
        {"@odata.context":"{root}$metadata#Collection(Edm.EntityType)","value":[
        {"@odata.context":"{root}$metadata#Config","@odata.type":"#BackendApi.Config","@odata.id":"{root}Config","ID":1,"Company":"Blue & Sons","Currency":"EUR"},
        {"@odata.context":"{root}$metadata#Perks/$entity","@odata.type":"#BackendApi.Perks","@odata.id":"{root}Perks(1)","ID":1,"Name":"Lounge"}]}
        """);

    [DatabaseFact]
    public async Task Row_57_every_entity_of_a_derived_type()
    {
        await service.Both("$all/BackendApi.VipCustomer?$select=ID&$top=1", """{"@odata.context":"{root}$metadata#Customers/BackendApi.VipCustomer(ID)","value":[{"ID":1}]}""");
        var found = await service.Json("$all?$search=\"ada blue\"", ReferenceService.Versions[0]);
        ((string)found["value"]![0]!["@odata.type"]!).Should().Be("#BackendApi.VipCustomer");
    }

    [DatabaseFact]
    public Task Row_57_an_entity_by_its_id_as_a_derived_type() => service.Both(
        "$entity/BackendApi.VipCustomer?$id=Customers(1)&$select=ID",
        """{"@odata.context":"{root}$metadata#Customers/BackendApi.VipCustomer(ID)/$entity","ID":1}""");

    /// <summary>A preference that is not honoured is not acknowledged either; what would follow from it is refused.</summary>
    [DatabaseFact]
    public async Task Row_59_changes_are_not_tracked()
    {
        using var response = await service.Send(HttpMethod.Get, "Customers?$select=ID", ("Prefer", "odata.track-changes"));
        response.Headers.Contains("Preference-Applied").Should().BeFalse();
        (await response.Content.ReadAsStringAsync()).Should().NotContain("deltaLink");
        await service.Refuses("Customers?$deltatoken=1", 501, "NotImplemented");
    }

    [DatabaseFact]
    public Task Row_60_a_cross_join() => service.Both(
        "$crossjoin(Customers,Orders)?$filter=Customers/ID eq Orders/CustomerID and Customers/ID gt 1",
        """
        {"@odata.context":"{root}$metadata#Collection(Edm.ComplexType)","value":[
        {"Customers@odata.navigationLink":"Customers(2)","Orders@odata.navigationLink":"Orders(3)"},
        {"Customers@odata.navigationLink":"Customers(3)","Orders@odata.navigationLink":"Orders(4)"}]}
        """);

    private Task Orders(string options, string rows) =>
        service.Both("Orders?$select=ID&" + options, """{"@odata.context":"{root}$metadata#Orders(ID)","value":[""" + rows + "]}");
}

/// <summary>The checklist's read rows of the levels Intermediate and Advanced in 4.01 (Protocol 13.2.2, 13.2.3).</summary>
public abstract class Advanced401Rows(ReferenceService service)
{
    [DatabaseFact]
    public Task Row_85_null_and_a_single_navigation() => Customers("$filter=Manager ne null and ID in (2,4)", "{\"ID\":2},{\"ID\":4}");

    [DatabaseFact]
    public Task Row_86_in() => Customers("$filter=Country in ('FR','IT') and ID in (2,4)", "{\"ID\":2}");

    [DatabaseFact]
    public Task Row_89_nested_aliases() => Customers("$filter=ID eq @a&@a=@b add 1&@b=1", "{\"ID\":2}");

    [DatabaseTheory]
    [InlineData("$filter=ID gt 1 and Orders/$count($filter=Amount gt 7) eq 1", "{\"ID\":2}")]
    [InlineData("$filter=ID in (2,4) and Manager/Orders/$count($filter=Amount gt 5) eq 2", "{\"ID\":2}")]
    public Task Row_90_the_count_of_a_part(string options, string rows) => Customers(options, rows);

    [DatabaseFact]
    public Task Row_91_compute() => service.Both(
        "Orders?$compute=ID mul 2 as Twice&$select=ID,Twice&$filter=Twice lt 7&$orderby=Twice desc&$top=2",
        """{"@odata.context":"{root}$metadata#Orders(ID,Twice)","value":[{"ID":3,"Twice@odata.type":"#Int32","Twice":6},{"ID":2,"Twice@odata.type":"#Int32","Twice":4}]}""");

    [DatabaseFact]
    public Task Row_93_metadata_as_JSON() => service.Heads("$metadata?$format=application/json", "Content-Type", "application/json");

    [DatabaseFact]
    public async Task Row_95_filter_segments()
    {
        await service.Both("Orders/$filter(@f)?@f=Amount gt 8&$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)","value":[{"ID":2},{"ID":5}]}""");
        await service.AnswersText("Customers(1)/Orders/$filter(Amount gt 8)/$count", "2");
    }

    [DatabaseFact]
    public Task Row_96_identifiers_in_any_case() => service.Both(
        "customers?$select=id&$filter=name eq 'Bert'", """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"ID":2}]}""");

    private Task Customers(string options, string rows) =>
        service.Both("Customers?$select=ID&" + options, """{"@odata.context":"{root}$metadata#Customers(ID)","value":[""" + rows + "]}");
}
