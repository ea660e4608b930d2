using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>The checklist's rows that every service must pass (Protocol 13.1.1): one case or more for each, named by its number.</summary>
public abstract class MinimalRows(ReferenceService service)
{
    [DatabaseFact]
    public async Task Row_1_the_service_document()
    {
        foreach (var version in ReferenceService.Versions)
        {
            var document = await service.Json("", version);
            ((string)document[version.Context]!).Should().Be(service.Root + "$metadata");
            document["value"]!.AsArray().Select(element => element!.ToJsonString()).Should().Contain("""{"name":"Customers","kind":"EntitySet","url":"Customers"}""");
        }
    }

    [DatabaseFact]
    public Task Row_2_JSON() => service.Heads("Orders", "Content-Type", "application/json; odata.metadata=minimal", ("Accept", "application/json"));

    [DatabaseFact]
    public async Task Row_3_pages_yield_every_row_once()
    {
        foreach (var version in ReferenceService.Versions)
        {
            var keys = new List<int>();
            for (string? next = service.Root + "Orders?$select=ID"; next is not null;)
            {
                var page = await service.Json(next[service.Root.Length..], version, ("Prefer", "maxpagesize=2"));
                keys.AddRange(page["value"]!.AsArray().Select(row => (int)row!["ID"]!));
                next = (string?)page[version.NextLink];
            }
            keys.Should().Equal(1, 2, 3, 4, 5);
        }
    }

    [DatabaseFact]
    public async Task Row_4_one_version_header()
    {
        await service.Heads("Customers?$top=1", "OData-Version", "4.0", ("OData-MaxVersion", "4.0"));
        await service.Heads("Customers?$top=1", "OData-Version", "4.01", ("OData-MaxVersion", "4.01"));
    }

    [DatabaseFact]
    public async Task Row_5a_Accept_is_honoured()
    {
        await service.Refuses("Customers", 406, "NotAcceptable", ("Accept", "application/atom+xml"));
        await service.Refuses("Customers", 406, "NotAcceptable", ("Accept", "application/json;unknown=1"));
        await service.Heads("Customers", "Content-Type", "application/json; odata.metadata=full", ("Accept", "application/json;unknown=1,application/json;odata.metadata=full;q=0.1"));
    }

    [DatabaseFact]
    public async Task Row_5b_the_greatest_version_that_the_client_takes()
    {
        await service.Heads("Customers", "OData-Version", "4.0");
        await service.Heads("Customers", "OData-Version", "4.01", ("OData-MaxVersion", "4.02"));
        await service.Refuses("Customers", 400, "InvalidHeader", ("OData-MaxVersion", "3.0"));
    }

    [DatabaseFact]
    public Task Row_6_custom_options_are_ignored() => service.Both(
        "Orders(1)?debug=1&$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":1}""");

    [DatabaseFact]
    public async Task Row_7_what_is_not_supported_is_refused()
    {
        await service.Refuses("Customers?$filter=geo.length(Name) gt 1", 501, "NotImplemented");
        await service.Refuses("Customers?$unknown=1", 400, "UnknownOption");
    }

    [DatabaseFact]
    public async Task Row_8_payloads_hold_declared_properties_only()
    {
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var (_, _, metadata) = await service.Get("$metadata");
        foreach (var (address, type) in new[] { ("Customers(2)", "Customers"), ("Orders(1)", "Orders") })
        {
            var declared = XDocument.Parse(metadata).Descendants(edm + "EntityType").Single(element => (string?)element.Attribute("Name") == type)
                .Elements(edm + "Property").Select(property => (string)property.Attribute("Name")!);
            foreach (var version in ReferenceService.Versions)
                (await service.Json(address, version)).AsObject().Select(member => member.Key).Where(name => !name.Contains('@', StringComparison.Ordinal))
                    .Should().BeSubsetOf(declared);
        }
    }

    [DatabaseFact]
    public Task Row_9_no_header_is_needed() => service.Answers(
        "Orders(1)?$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":1}""");

    [DatabaseFact]
    public Task Row_12_expand() => service.Both(
        "Customers(2)?$select=ID&$expand=Orders",
        """{"@odata.context":"{root}$metadata#Customers(ID)/$entity","ID":2,"Orders":[{"ID":3,"CustomerID":2,"Amount":7.25,"OrderDate":"2024-03-02"}]}""",
        """{"@context":"{root}$metadata#Customers(ID,Orders())/$entity","ID":2,"Orders":[{"ID":3,"CustomerID":2,"Amount":7.25,"OrderDate":"2024-03-02"}]}""");

    [DatabaseFact]
    public Task Row_13_metadata_as_XML() => service.Heads("$metadata", "Content-Type", "application/xml", ("Accept", "application/xml"));

    [DatabaseFact]
    public async Task Row_14_preferences_with_the_prefix()
    {
        await service.Heads("Orders", "Preference-Applied", "odata.maxpagesize=2", ("Prefer", "odata.maxpagesize=2"));
        (await service.Json("Orders", ReferenceService.Versions[0], ("Prefer", "odata.maxpagesize=2")))["value"]!.AsArray().Should().HaveCount(2);
    }

    [DatabaseFact]
    public Task Row_15_enumerations_and_durations_with_their_type() => service.Both(
        "Customers?$select=ID&$filter=Status eq BackendApi.CustomersStatus'Blocked' and Wait ge duration'PT30M'",
        """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"ID":2}]}""");
}

/// <summary>The rows that 4.01 adds for every service (Protocol 13.2.1).</summary>
public abstract class Minimal401Rows(ReferenceService service)
{
    [DatabaseFact]
    public Task Row_61_JSON_of_4_01() => service.Answers(
        "Orders(1)?$select=ID", """{"@context":"{root}$metadata#Orders(ID)/$entity","ID":1}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public async Task Row_63_names_with_and_without_prefix()
    {
        await service.Heads("Orders", "Preference-Applied", "maxpagesize=2", ("Prefer", "maxpagesize=2"));
        await service.Heads("Orders", "Preference-Applied", "odata.maxpagesize=2", ("Prefer", "odata.maxpagesize=2"));
        await service.Refuses("Orders", 412, "PreconditionFailed", ("Isolation", "snapshot"));
        await service.Refuses("Orders", 412, "PreconditionFailed", ("OData-Isolation", "snapshot"));
    }

    [DatabaseFact]
    public async Task Row_64_a_schema_version_that_is_not_served()
    {
        await service.Refuses("Customers?$schemaversion=nope", 404, "NotFound");
        var (_, _, metadata) = await service.Get("$metadata?$schemaversion=*&$format=json");
        var current = (string)JsonNode.Parse(metadata)!["BackendApi"]!["@Org.OData.Core.V1.SchemaVersion"]!;
        await service.Both($"Orders(1)?$select=ID&$schemaversion={current}", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":1}""");
    }

    [DatabaseFact]
    public Task Row_65_options_without_a_dollar_sign() => service.Both(
        "Orders?filter=ID ge 2&top=1&select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)","value":[{"ID":2}]}""");

    [DatabaseFact]
    public Task Row_66_names_of_the_language_in_any_case() => service.Both(
        "Customers?$SELECT=ID&$FILTER=Contains(Name,'r') AND ID GT 1 AND ID IN (2,4)&$OrderBy=ID DESC",
        """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"ID":4},{"ID":2}]}""");

    [DatabaseFact]
    public Task Row_67_identifiers_are_returned_as_declared() => service.Both(
        "Customers(2)?$select=name", """{"@odata.context":"{root}$metadata#Customers(Name)/$entity","Name":"Bert"}""");

    [DatabaseFact]
    public Task Row_68_text_as_another_type() => service.Both(
        "Orders?$select=ID&$filter=cast('2024-03-03',Edm.Date) lt OrderDate", """{"@odata.context":"{root}$metadata#Orders(ID)","value":[{"ID":4},{"ID":5}]}""");

    [DatabaseFact]
    public Task Row_69_enumerations_and_durations_without_their_type() => service.Both(
        "Customers?$select=ID&$filter=Status eq 'Blocked' and Wait ge 'PT30M'",
        """{"@odata.context":"{root}$metadata#Customers(ID)","value":[{"ID":2}]}""");

    [DatabaseFact]
    public Task Row_73_an_alias_as_a_key() => service.Both(
        "Customers(@k)?@k=2&$select=Name", """{"@odata.context":"{root}$metadata#Customers(Name)/$entity","Name":"Bert"}""");

    [DatabaseTheory]
    [InlineData("Orders?$select=ID&$filter=Customer eq null", "")]
    [InlineData("Orders?$select=ID&$filter=ID in (1,2)", "{\"ID\":1},{\"ID\":2}")]
    [InlineData("Orders?$select=ID&$filter=CustomerID divby 2 eq 1.5", "{\"ID\":4}")]
    [InlineData("Orders?$select=ID&$filter=substring(Customer/Name,-3) eq 'ert'", "{\"ID\":3}")]
    public Task Row_74_small_additions(string request, string rows) => service.Both(
        request, """{"@odata.context":"{root}$metadata#Orders(ID)","value":[""" + rows + "]}");

    [DatabaseFact]
    public Task Row_75_keys_as_segments() => service.Both(
        "Customers/2/Orders/3?$select=ID", """{"@odata.context":"{root}$metadata#Orders(ID)/$entity","ID":3}""");

    [DatabaseFact]
    public async Task Row_76_metadata_in_both_formats()
    {
        await service.Heads("$metadata?$format=xml", "Content-Type", "application/xml");
        await service.Heads("$metadata?$format=json", "Content-Type", "application/json");
    }

    [DatabaseFact]
    public async Task Row_77_identifiers_that_differ_by_case_are_not_published()
    {
        using var body = new StringContent("""{"alias":"more","table":"photo","fields":[{"column":"id","name":"ID"},{"column":"name","name":"Id"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await service.Send(HttpMethod.Post, "DataExchangeConfigurations", body);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("case");
    }

    [DatabaseFact]
    public async Task Row_78_versions_and_capabilities_are_announced()
    {
        var (_, _, metadata) = await service.Get("$metadata");
        metadata.Should().Contain("""Term="Org.OData.Core.V1.ODataVersions" String="4.01" """.TrimEnd()).And.Contain("Org.OData.Capabilities.V1.FilterRestrictions");
    }
}
