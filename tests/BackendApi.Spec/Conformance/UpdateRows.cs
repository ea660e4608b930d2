using System.Text.Json.Nodes;
using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>The rows of the conformance checklist about modifications (Protocol 13.1.1, items 18 to 33; 13.2.1).</summary>
public abstract class UpdateRows(WritableReference service)
{
    private const string NewCustomer = """{"ID":9,"Name":"Eve","Balance":1.5,"Created":"2024-01-01T00:00:00Z","Status":"Open"}""";

    private const string ShownCustomer =
        """
        {"ID":9,"Name":"Eve","Country":null,"Balance":1.5000,"Created":"2024-01-01T00:00:00Z","Status":"Open","Wait":null,"Tags":[],"Address":null}
        """;

    [DatabaseFact]
    public Task Row_10_a_property_that_is_not_known_changes_nothing() => service.Both(async client =>
    {
        (await client.Write("PATCH", "Customers(1)", """{"Name":"x","Nmae":"y"}""")).IsRefused(400, ("UnknownProperty", "Nmae"));

        await client.Shows("Customers(1)?$select=Name", """{"Name":"Ada Blue"}""");
    });

    [DatabaseFact]
    public Task Row_18_the_edit_link_of_an_entity_is_where_it_is_changed() => service.Both(async client =>
    {
        var entity = JsonNode.Parse((await client.Write("GET", "Customers(2)", null, ("Accept", "application/json;odata.metadata=full"))).Body)!;
        var link = ((string)(entity["@odata.editLink"] ?? entity["@odata.id"])!).Replace("{root}", "", StringComparison.Ordinal);

        (await client.Write("PATCH", link, """{"Name":"x"}""")).Is(204);
        await client.Shows("Customers(2)?$select=Name", """{"Name":"x"}""");
    });

    [DatabaseFact]
    public Task Row_19_a_new_entity() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers", NewCustomer)).Is(201, ShownCustomer);
        await client.Shows("Customers(9)", ShownCustomer);
    });

    [DatabaseFact]
    public Task Row_19_a_new_entity_of_a_derived_type() => service.Both(async client =>
    {
        var body = NewCustomer.Replace("{", """{"@odata.type":"#BackendApi.VipCustomer","Level":5,""", StringComparison.Ordinal);
        (await client.Write("POST", "Customers", body)).Is(201, ShownCustomer.Replace("}", ""","Level":5}""", StringComparison.Ordinal));
        await client.Shows("Customers/BackendApi.VipCustomer?$select=ID,Level", """[{"ID":1,"Level":3},{"ID":3,"Level":1},{"ID":9,"Level":5}]""");
    });

    [DatabaseFact]
    public Task Row_20_a_new_entity_of_a_navigation_collection() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers(2)/Orders", """{"ID":8,"Amount":2.5,"OrderDate":"2024-05-01"}"""))
            .Is(201, """{"ID":8,"CustomerID":2,"Amount":2.50,"OrderDate":"2024-05-01"}""").Has("Location", "{root}Orders(8)");
        await client.Shows("Customers(2)/Orders?$select=ID", """[{"ID":3},{"ID":8}]""");
        (await client.Write("POST", "Customers(77)/Orders", """{"ID":9,"Amount":2.5,"OrderDate":"2024-05-01"}""")).IsRefused(404, ("EntityNotFound", null));
    });

    [DatabaseFact]
    public Task Row_21_a_reference_added_to_a_collection() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers(2)/Orders/$ref", """{"@odata.id":"Orders(5)"}""")).Is(204);
        (await client.Write("POST", "Customers(2)/Orders/$ref", """{"@odata.id":"{root}Orders(1)"}""")).Is(204);

        await client.Shows("Customers(2)/Orders?$select=ID", """[{"ID":1},{"ID":3},{"ID":5}]""");
    });

    [DatabaseFact]
    public Task Row_22_a_reference_set() => service.Both(async client =>
    {
        (await client.Write("PUT", "Customers(1)/Manager/$ref", """{"@odata.id":"Customers(2)"}""")).Is(204);
        await client.Shows("Customers(1)/Manager?$select=ID", """{"ID":2}""");
        (await client.Write("PUT", "Customers(1)/Manager/$ref", """{"@odata.id":"Customers(99)"}""")).IsRefused(400, ("ReferenceNotFound", null));
    });

    [DatabaseTheory]
    [InlineData("Customers(3)")]
    [InlineData("Customers/3")]
    [InlineData("Customers(@k)?@k=3")]
    [InlineData("Customers(3)/BackendApi.VipCustomer")]
    [InlineData("Customers/BackendApi.VipCustomer(3)")]
    [InlineData("Orders(4)/Customer")]
    [InlineData("Customers(3)/Orders(4)/Customer")]
    [InlineData("$entity?$id=Customers(3)")]
    [InlineData("$entity?$id={root}Customers(3)")]
    public Task Row_23_an_entity_changed_at_each_of_its_addresses(string address) => service.Both(async client =>
    {
        (await client.Write("PATCH", address.Replace("{root}", service.Root, StringComparison.Ordinal), """{"Name":"x"}""")).Is(204);

        await client.Shows("Customers(3)?$select=Name,Balance,BackendApi.VipCustomer/Level", """{"Name":"x","Balance":-20.2500,"Level":1}""");
        await client.Shows("Customers(2)?$select=Name", """{"Name":"Bert"}""");
    });

    [DatabaseFact]
    public Task Row_23_a_singleton_changed() => service.Both(async client =>
    {
        (await client.Write("PATCH", "Config", """{"Company":"x"}""")).Is(204);
        await client.Shows("Config", """{"ID":1,"Company":"x","Currency":"EUR"}""");
        (await client.Write("PATCH", "Config/BestCustomer", """{"Name":"y"}""")).Is(204);
        await client.Shows("Customers(1)?$select=Name", """{"Name":"y"}""");
    });

    [DatabaseFact]
    public Task Row_23_an_entity_replaced() => service.Both(async client =>
    {
        (await client.Write("PUT", "Customers(1)/BackendApi.VipCustomer", """{"Name":"x","Balance":2,"Created":"2024-01-01T00:00:00Z","Status":"Closed"}""")).Is(204);
        await client.Shows("Customers(1)",
            """{"ID":1,"Name":"x","Country":null,"Balance":2.0000,"Created":"2024-01-01T00:00:00Z","Status":"Closed","Wait":null,"Tags":[],"Address":null,"Level":null}""");
        (await client.Write("PUT", "Customers(1)", """{"Name":"y"}""")).IsRefused(400, ("RequiredMissing", "Balance"), ("RequiredMissing", "Created"), ("RequiredMissing", "Status"));
    });

    [DatabaseTheory]
    [InlineData("Orders(4)")]
    [InlineData("Orders/4")]
    [InlineData("Customers(3)/Orders(4)")]
    [InlineData("Customers(3)/BackendApi.VipCustomer/Orders(4)")]
    [InlineData("$entity?$id=Orders(4)")]
    public Task Row_24_an_entity_deleted_at_each_of_its_addresses(string address) => service.Both(async client =>
    {
        (await client.Write("DELETE", address)).Is(204);

        await client.ShowsNothing("Orders(4)");
        await client.Shows("Orders?$select=ID", """[{"ID":1},{"ID":2},{"ID":3},{"ID":5}]""");
        (await client.Write("DELETE", address)).Is(404);
    });

    [DatabaseFact]
    public Task Row_24_an_entity_that_others_refer_to_stays() => service.Both(async client =>
        (await client.Write("DELETE", "Customers(1)")).IsRefused(409, ("StillReferenced", null)));

    [DatabaseFact]
    public Task Row_25_a_reference_removed() => service.Both(async client =>
    {
        (await client.Write("DELETE", "Customers(2)/Manager/$ref")).Is(204);
        (await client.Write("DELETE", "Customers(1)/Orders/$ref?$id=Orders(5)")).IsRefused(400, ("InvalidBody", "$id"));

        await client.Shows("Customers?$select=ID&$expand=Manager($select=ID)",
            """[{"ID":1,"Manager":null},{"ID":2,"Manager":null},{"ID":3,"Manager":{"ID":1}},{"ID":4,"Manager":{"ID":2}}]""");
    });

    [DatabaseFact]
    public Task Row_26_an_entity_that_changed_is_not_written_over() => service.Both(async client =>
    {
        var tag = await client.Tag("Customers(1)");

        (await client.Write("PATCH", "Customers(1)", """{"Name":"x"}""", ("If-Match", "W/\"old\""))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        (await client.Write("PATCH", "Customers(1)", """{"Name":"x"}""", ("If-Match", tag))).Is(204);
        (await client.Write("PATCH", "Customers(1)", """{"Name":"y"}""", ("If-Match", tag))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        (await client.Write("DELETE", "Orders(5)", null, ("If-Match", "W/\"old\""))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        (await client.Write("PUT", "Customers(1)/Country", """{"value":"US"}""", ("If-Match", tag))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        await client.Shows("Customers(1)?$select=Name,Country", """{"Name":"x","Country":"DE"}""");
    });

    [DatabaseFact]
    public Task Row_26_a_modification_tells_the_new_tag() => service.Both(async client =>
    {
        var before = await client.Tag("Customers(2)");

        var answer = await client.Write("PATCH", "Customers(2)", """{"Name":"x"}""");
        answer.Headers["ETag"].Should().NotBe(before).And.Be(await client.Tag("Customers(2)"));
    });

    [DatabaseFact]
    public Task Row_27_the_address_of_a_new_entity() => service.Both(async client =>
        (await client.Write("POST", "Customers", NewCustomer)).Is(201).Has("Location", "{root}Customers(9)"));

    [DatabaseFact]
    public Task Row_28_the_id_of_a_new_entity_that_is_not_shown() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers", NewCustomer, ("Prefer", "return=minimal")))
            .Is(204).Has("OData-EntityId", "{root}Customers(9)").Has("Location", "{root}Customers(9)").Has("Preference-Applied", "return=minimal");
        (await client.Write("PATCH", "Customers(10)", NewCustomer, ("Prefer", "return=minimal")))
            .Is(204).Has("OData-EntityId", "{root}Customers(10)").Has("Location", "{root}Customers(10)");
    });

    [DatabaseFact]
    public Task Row_29_an_entity_that_is_not_there_is_created_where_its_address_says() => service.Both(async client =>
    {
        foreach (var method in (string[])["PATCH", "PUT"])
            await Upsert(method);

        async Task Upsert(string method)
        {
            (await client.Write(method, "Customers(777)", NewCustomer, ("If-Match", "*"))).IsRefused(412, ("PreconditionFailed", "If-Match"));
            (await client.Write(method, "Customers(777)", """{"Name":"x"}""")).Is(400);
            (await client.Write(method, "Customers(777)", NewCustomer, ("If-None-Match", "*"))).Is(201, ShownCustomer.Replace("9,", "777,", StringComparison.Ordinal)).Has("Location", "{root}Customers(777)");
            (await client.Write(method, "Customers(777)", NewCustomer, ("If-None-Match", "*"))).IsRefused(412, ("PreconditionFailed", "If-None-Match"));
            (await client.Write(method, "Customers(777)", NewCustomer, ("If-Match", "*"))).Is(204);
            (await client.Write("DELETE", "Customers(777)")).Is(204);
        }
    });

    [DatabaseFact]
    public Task Row_30_properties_set() => service.Both(async client =>
    {
        (await client.Write("PUT", "Customers(1)/Name", """{"value":"x"}""")).Is(204);
        (await client.Write("PATCH", "Customers(1)/Address", """{"City":"Bonn"}""")).Is(204);
        (await client.Write("PUT", "Customers(1)/Address/Street", """{"value":"Side Street"}""")).Is(204);
        (await client.Write("PUT", "Customers(1)/Tags", """{"value":["one",null]}""")).Is(204);
        (await client.Write("PUT", "Customers(1)/BackendApi.VipCustomer/Level", """{"value":8}""")).Is(204);
        (await client.Write("PUT", "Customers(1)/Status", """{"value":"Closed"}""")).Is(204);

        await client.Shows("Customers(1)?$select=Name,Address,Tags,Status,BackendApi.VipCustomer/Level",
            """{"Name":"x","Status":"Closed","Tags":["one",null],"Address":{"Street":"Side Street","City":"Bonn","Zip":"10115"},"Level":8}""");

        (await client.Write("PUT", "Customers(1)/Address", """{"City":"Ulm"}""")).Is(204);
        await client.Shows("Customers(1)?$select=Address", """{"Address":{"Street":null,"City":"Ulm","Zip":null}}""");
    });

    [DatabaseFact]
    public Task Row_30_a_property_is_shown_to_who_asks_for_it() => service.Both(async client =>
        (await client.Write("PUT", "Customers(1)/Name", """{"value":"x"}""", ("Prefer", "return=representation"))).Is(200, """{"value":"x"}""").Has("Preference-Applied", "return=representation"));

    [DatabaseFact]
    public Task Row_31_a_deleted_property_is_null() => service.Both(async client =>
    {
        (await client.Write("DELETE", "Customers(1)/Country")).Is(204);
        (await client.Write("DELETE", "Customers(1)/Address")).Is(204);
        (await client.Write("DELETE", "Customers(1)/Name")).Is(400);

        await client.Shows("Customers(1)?$select=Name,Country,Address", """{"Name":"Ada Blue","Country":null,"Address":null}""");
    });

    [DatabaseFact]
    public Task Row_32_nested_entities_are_created_all_or_none() => service.Both(async client =>
    {
        var order = """{"ID":20,"Amount":1,"OrderDate":"2024-05-01"}""";
        var body = NewCustomer.TrimEnd('}') + $$""","Orders":[{{order}},{{order.Replace("20,", "21,", StringComparison.Ordinal)}}],"Manager":{"@odata.id":"Customers(1)"} }""";
        (await client.Write("POST", "Customers", body.Replace("\"ID\":21", "\"ID\":1", StringComparison.Ordinal))).IsRefused(409, ("Conflict", "Orders[1].ID"));
        await client.ShowsNothing("Customers(9)");

        (await client.Write("POST", "Customers?$select=ID", body)).Is(201,
            """{"ID":9,"Orders":[{"ID":20,"CustomerID":9,"Amount":1.00,"OrderDate":"2024-05-01"},{"ID":21,"CustomerID":9,"Amount":1.00,"OrderDate":"2024-05-01"}]}""");
        await client.Shows("Customers(9)/Manager?$select=ID", """{"ID":1}""");
    });

    [DatabaseFact]
    public Task Row_33_each_member_of_a_collection() => service.Both(async client =>
    {
        (await client.Write("PATCH", "Customers/$filter(@f)/$each?@f=Country eq 'DE'", """{"Country":"AT"}""")).Is(204);
        await client.Shows("Customers?$select=ID,Country", """[{"ID":1,"Country":"AT"},{"ID":2,"Country":"FR"},{"ID":3,"Country":null},{"ID":4,"Country":"AT"}]""");

        (await client.Write("DELETE", "Customers(1)/Orders/$filter(Amount gt 5)/$each")).Is(204);
        await client.Shows("Orders?$select=ID", """[{"ID":1},{"ID":3},{"ID":4}]""");
    });

    [DatabaseFact]
    public Task Row_79_a_member_is_taken_out_by_its_own_address() => service.Both(async client =>
        // The foreign key of an order cannot be null: what is taken out of one collection must come into another.
        (await client.Write("DELETE", "Customers(1)/Orders(5)/$ref")).IsRefused(400, ("InvalidBody", null)));

    [DatabaseFact]
    public Task Row_80_related_entities_are_changed_with_their_owner() => service.Both(async client =>
    {
        (await client.Write("PATCH", "Customers(1)", """{"Name":"x","Manager":{"@odata.id":"Customers(2)"},"Orders@odata.delta":[{"ID":5,"Amount":1},{"ID":30,"Amount":2,"OrderDate":"2024-05-01"},{"@odata.removed":{"reason":"deleted"},"ID":1}]}"""))
            .Is(204);
        await client.Shows("Customers(1)?$select=Name&$expand=Orders($select=ID,Amount),Manager($select=ID)",
            """{"Name":"x","Orders":[{"ID":2,"Amount":10.00},{"ID":5,"Amount":1.00},{"ID":30,"Amount":2.00}],"Manager":{"ID":2}}""");

        (await client.Write("PATCH", "Customers(1)", """{"Orders":[{"ID":5,"Amount":7}]}""")).Is(204);
        await client.Shows("Orders?$select=ID,CustomerID,Amount",
            """[{"ID":3,"CustomerID":2,"Amount":7.25},{"ID":4,"CustomerID":3,"Amount":6.00},{"ID":5,"CustomerID":1,"Amount":7.00}]""");
    });

    [DatabaseFact]
    public Task Row_80_related_entities_are_replaced_with_their_owner() => service.Both(async client =>
    {
        (await client.Write("PUT", "Customers(2)?$expand=Orders",
            """{"Name":"x","Balance":0,"Created":"2024-01-01T00:00:00Z","Status":"Open","Orders":[{"ID":31,"Amount":3,"OrderDate":"2024-05-01"}]}""", ("Prefer", "return=representation")))
            .Is(200, """
                {"ID":2,"Name":"x","Country":null,"Balance":0.0000,"Created":"2024-01-01T00:00:00Z","Status":"Open","Wait":null,"Tags":[],"Address":null,
                 "Orders":[{"ID":31,"CustomerID":2,"Amount":3.00,"OrderDate":"2024-05-01"}]}
                """);
        await client.ShowsNothing("Orders(3)");
    });

    [DatabaseFact]
    public Task Row_81_all_references_of_a_collection() => service.Both(async client =>
    {
        (await client.Write("PUT", "Customers(2)/Orders/$ref", """{"value":[{"@odata.id":"Orders(4)"},{"@odata.id":"Orders(3)"}]}""")).Is(204);
        await client.Shows("Customers(2)/Orders?$select=ID", """[{"ID":3},{"ID":4}]""");
    });

    [DatabaseFact]
    public Task Row_82_what_is_posted_behind_a_cast_has_its_type() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers/BackendApi.VipCustomer", NewCustomer)).Is(201, ShownCustomer.Replace("}", ""","Level":null}""", StringComparison.Ordinal));
        (await client.Write("PATCH", "Customers/BackendApi.VipCustomer/$each?$filter=ID gt 1", """{"Level":2}""")).Is(204);
        await client.Shows("Customers/BackendApi.VipCustomer?$select=ID,Level", """[{"ID":1,"Level":3},{"ID":3,"Level":2},{"ID":9,"Level":2}]""");
    });

    [DatabaseFact]
    public Task Row_82_a_collection_without_what_a_filter_leaves() => service.Both(async client =>
    {
        (await client.Write("DELETE", "Orders")).IsRefused(400, ("UnfilteredChange", "$filter"));
        (await client.Write("DELETE", "Orders?$filter=Amount lt 7")).Is(204);
        await client.Shows("Orders?$select=ID", """[{"ID":2},{"ID":3},{"ID":5}]""");
        (await client.Write("DELETE", "Orders?$filter=true")).Is(204);
        await client.Shows("Orders?$select=ID", "[]");
    });

    [DatabaseFact]
    public Task Row_82_values_are_not_posted_to_collections() => service.Both(async client =>
        (await client.Write("POST", "Customers(1)/Tags", """{"value":"x"}""")).IsRefused(501, ("NotImplemented", null)));

    [DatabaseFact]
    public Task Row_83_a_set_changed_by_a_delta() => service.Both(async client =>
    {
        (await client.Write("PATCH", "Orders",
            """
            {"@odata.context":"#$delta","value":[{"@odata.id":"Orders(1)","Amount":1},{"ID":2,"Amount":2},{"ID":40,"CustomerID":3,"Amount":4,"OrderDate":"2024-05-01"},
             {"@odata.removed":{"reason":"deleted"},"@odata.id":"Orders(4)"}]}
            """)).Is(204);
        await client.Shows("Orders?$select=ID,Amount", """[{"ID":1,"Amount":1.00},{"ID":2,"Amount":2.00},{"ID":3,"Amount":7.25},{"ID":5,"Amount":100.00},{"ID":40,"Amount":4.00}]""");
    });

    [DatabaseFact]
    public Task Row_84_what_is_shown_of_a_change() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers?$select=ID", NewCustomer)).Is(201, """{"ID":9}""");
        (await client.Write("PATCH", "Customers(1)?$select=Name&$expand=Orders($select=ID;$top=1)", """{"Name":"x"}""")).Is(200, """{"Name":"x","Orders":[{"ID":1}]}""");
    });
}
