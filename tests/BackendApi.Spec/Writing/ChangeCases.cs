using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>PATCH, PUT and DELETE of entities, with what is nested in the body (Protocol 11.4.3 to 11.4.5).</summary>
public abstract class ChangeCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseTheory]
    [InlineData("Customers(2)")]
    [InlineData("Customers(Id=2)")]
    [InlineData("Customers(Code='B')")]
    [InlineData("Orders(3)/Customer")]
    public async Task An_entity_is_changed_by_each_of_its_keys(string address)
    {
        (await shop.Write("PATCH", address, """{"Name":"x"}""")).Is(204).Has("OData-EntityId", "{root}Customers(2)");

        await shop.Shows("Customers?$select=Name", """[{"Name":"Ada"},{"Name":"x"},{"Name":"Carla"}]""");
    }

    [DatabaseFact]
    public async Task An_entity_with_a_composite_key_is_changed_and_deleted()
    {
        (await shop.Write("PATCH", "Items(OrderId=1,Line=2)", """{"Quantity":9}""")).Is(204);
        (await shop.Write("DELETE", "Orders(1)/Items(OrderId=1,Line=1)")).Is(204);

        await shop.Shows("Items", """[{"OrderId":1,"Line":2,"Product":"ink","Quantity":9},{"OrderId":2,"Line":1,"Product":"pen","Quantity":5}]""");
    }

    [DatabaseFact]
    public async Task A_key_in_the_body_does_not_move_the_entity()
    {
        (await shop.Write("PATCH", "Customers(2)", """{"Id":77,"Name":"x"}""")).Is(204);
        (await shop.Write("PATCH", "Items(OrderId=1,Line=1)", """{"OrderId":2,"Line":7,"Quantity":3}""")).Is(204);

        await shop.AnswersText("Customers(2)/Name/$value", "x");
        await shop.AnswersText("Items(OrderId=1,Line=1)/Quantity/$value", "3");
    }

    [DatabaseFact]
    public async Task A_number_that_only_the_database_gives_creates_nothing()
    {
        (await shop.Write("PATCH", "Customers(77)", """{"Code":"X","Name":"x"}""")).IsRefused(404, ("EntityNotFound", null));
        (await shop.Write("PUT", "Customers(77)", """{"Code":"X","Name":"x"}""")).IsRefused(404, ("EntityNotFound", null));
        (await shop.Write("DELETE", "Customers(77)")).IsRefused(404, ("EntityNotFound", null));
    }

    [DatabaseFact]
    public async Task Each_constraint_that_a_change_breaks_is_told()
    {
        (await shop.Write("PATCH", "Customers(2)", """{"Code":"A"}""")).IsRefused(409, ("Conflict", "Code"));
        (await shop.Write("PATCH", "Customers(2)", """{"Name":null}""")).IsRefused(400, ("RequiredMissing", "Name"));
        (await shop.Write("DELETE", "Customers(1)")).IsRefused(409, ("StillReferenced", null));
        (await shop.Write("PATCH", "Customers(2)", """{"Manager@odata.bind":"Customers(77)"}""")).IsRefused(400, ("ReferenceNotFound", "Manager@odata.bind"));
    }

    [DatabaseFact]
    public async Task Nested_entities_of_a_change_are_all_that_remain()
    {
        var answer = await shop.Write("PATCH", "Orders(1)", """{"Amount":11,"Items":[{"Line":2,"Quantity":7},{"Line":3,"Product":"cap","Quantity":1}]}""", ("Prefer", "return=representation"));

        answer.Is(200, """{"Id":1,"Amount":11.00,"OrderDate":"2026-01-02","Items":[{"OrderId":1,"Line":2,"Product":"ink","Quantity":7},{"OrderId":1,"Line":3,"Product":"cap","Quantity":1}]}""");
        await shop.AnswersText("Items/$count", "3");
    }

    [DatabaseFact]
    public async Task A_nested_delta_leaves_what_it_does_not_name()
    {
        (await shop.Write("PATCH", "Orders(1)",
            """{"Items@odata.delta":[{"Line":1,"Quantity":7},{"Line":3,"Product":"cap","Quantity":1},{"@odata.removed":{"reason":"deleted"},"@odata.id":"Items(OrderId=1,Line=2)"}]}""")).Is(204);

        await shop.Shows("Orders(1)/Items", """[{"OrderId":1,"Line":1,"Product":"pen","Quantity":7},{"OrderId":1,"Line":3,"Product":"cap","Quantity":1}]""");
    }

    [DatabaseFact]
    public async Task Nested_entities_of_every_depth_are_changed_together()
    {
        (await shop.Write("PATCH", "Customers(1)",
            """
            {"Name":"x","Orders@odata.delta":[
              {"Id":1,"Amount":1,"Items@odata.delta":[{"Line":1,"Quantity":70}]},
              {"Amount":3,"Items":[{"Line":1,"Product":"new","Quantity":1}]}]}
            """)).Is(204);

        await shop.Shows("Customers(1)?$select=Name&$expand=Orders($select=Id,Amount;$expand=Items($select=Line,Quantity))",
            """
            {"Name":"x","Orders":[{"Id":1,"Amount":1.00,"Items":[{"Line":1,"Quantity":70},{"Line":2,"Quantity":1}]},{"Id":2,"Amount":20.00,"Items":[{"Line":1,"Quantity":5}]},
            {"Id":4,"Amount":3.00,"Items":[{"Line":1,"Quantity":1}]}]}
            """);
    }

    [DatabaseFact]
    public async Task A_nested_related_entity_is_changed_and_one_that_is_missing_is_made()
    {
        (await shop.Write("PATCH", "Customers(2)", """{"Manager":{"Name":"boss"}}""")).Is(204);
        (await shop.Write("PATCH", "Customers(1)", """{"Manager":{"Code":"N","Name":"new boss"}}""")).Is(204);

        await shop.Shows("Customers?$select=Id,Name&$expand=Manager($select=Id)",
            """[{"Id":1,"Name":"boss","Manager":{"Id":4}},{"Id":2,"Name":"Bert","Manager":{"Id":1}},{"Id":3,"Name":"Carla","Manager":{"Id":1}},{"Id":4,"Name":"new boss","Manager":null}]""");
    }

    [DatabaseFact]
    public async Task A_nested_related_entity_with_a_key_becomes_the_related_one()
    {
        (await shop.Write("PATCH", "Customers(2)", """{"Manager":{"Id":3,"Name":"Carla the boss"}}""")).Is(204);

        await shop.Shows("Customers(2)/Manager?$select=Id,Name", """{"Id":3,"Name":"Carla the boss"}""");
        await shop.AnswersText("Customers(1)/Name/$value", "Ada");
    }

    [DatabaseFact]
    public async Task Nested_entities_through_a_link_table_are_linked_and_others_are_not_deleted()
    {
        (await shop.Write("PATCH", "Customers(1)", """{"Tags":[{"Id":2,"Name":"GREEN"},{"Id":7,"Name":"seven"},{"@odata.id":"Tags(3)"}]}""")).Is(204);

        await shop.Shows("Customers(1)/Tags", """[{"Id":2,"Name":"GREEN"},{"Id":3,"Name":"blue"},{"Id":7,"Name":"seven"}]""");
        await shop.Shows("Tags(1)", """{"Id":1,"Name":"red"}""");
    }

    [DatabaseFact]
    public async Task A_nested_delta_through_a_link_table_takes_out_or_deletes()
    {
        (await shop.Write("PATCH", "Customers(1)", """{"Tags@odata.delta":[{"@odata.removed":{"reason":"changed"},"Id":1},{"Id":3,"Name":"BLUE"}]}""")).Is(204);
        await shop.Shows("Customers(1)/Tags", """[{"Id":2,"Name":"green"},{"Id":3,"Name":"BLUE"}]""");
        await shop.Shows("Tags(1)", """{"Id":1,"Name":"red"}""");

        (await shop.Write("PATCH", "Customers(1)", """{"Tags@odata.delta":[{"@odata.removed":{"reason":"deleted"},"Id":3}]}""")).Is(204);
        await shop.Refuses("Tags(3)", 404, "EntityNotFound");
        await shop.Shows("Customers(1)/Tags", """[{"Id":2,"Name":"green"}]""");
    }

    [DatabaseFact]
    public async Task Bound_entities_are_added_to_a_collection_and_replace_a_reference()
    {
        (await shop.Write("PATCH", "Customers(2)", """{"Orders@odata.bind":["Orders(1)"],"Tags@odata.bind":["Tags(1)","Tags(1)"],"Manager@odata.bind":"Customers(Code='C')"}""")).Is(204);

        await shop.Shows("Customers(2)?$select=Id&$expand=Orders($select=Id),Tags($select=Id),Manager($select=Id)", """{"Id":2,"Orders":[{"Id":1},{"Id":3}],"Tags":[{"Id":1}],"Manager":{"Id":3}}""");

        (await shop.Write("PATCH", "Customers(2)", """{"Manager":null}""")).Is(204);
        await shop.Shows("Customers(2)?$select=Id&$expand=Manager", """{"Id":2,"Manager":null}""");
    }

    [DatabaseFact]
    public async Task Each_mistake_of_what_is_nested_is_told_once()
    {
        (await shop.Write("PATCH", "Customers(1)", """{"Orders@delta":[{"OrderDate":"2026-01-01"},{"@removed":{}}],"Manager":{"Name":7}}"""))
            .IsRefused(400, ("RequiredMissing", "Orders@delta[0].Amount"), ("MissingKey", "Orders@delta[1]"), ("TypeMismatch", "Manager.Name"));
        (await shop.Write("PATCH", "Customers(1)", """{"Orders@delta":[{"Id":1,"Amount":2},{"Id":1,"Amount":3}]}""")).IsRefused(400, ("InvalidBody", "Orders@delta[1]"));
        (await shop.Write("PATCH", "Customers(1)", """{"Tags@delta":[{"@removed":{"reason":"deleted"},"Id":3}]}""")).IsRefused(400, ("ReferenceNotFound", "Tags@delta[0]"));
    }

    [DatabaseFact]
    public async Task A_nested_entity_is_changed_only_while_it_has_the_tag_of_the_body()
    {
        (await shop.Write("PATCH", "Orders(1)", """{"Amount":5,"Items@odata.delta":[{"Line":1,"@odata.etag":"W/\"old\"","Quantity":7}]}""")).IsRefused(412, ("PreconditionFailed", "Items@odata.delta[0]"));

        await shop.Shows("Orders(1)?$select=Amount&$expand=Items($select=Quantity)", """{"Amount":10.00,"Items":[{"Quantity":2},{"Quantity":1}]}""");
    }

    [DatabaseFact]
    public async Task What_a_definition_does_not_allow_is_not_done_on_the_way()
    {
        (await shop.Write("PATCH", "FixedTags(1)", """{"Name":"x"}""")).IsRefused(405, ("MethodNotAllowed", null));
        (await shop.Write("DELETE", "FixedTags(1)")).IsRefused(405, ("MethodNotAllowed", null));
        (await shop.Write("DELETE", "FixedTags?$filter=true")).IsRefused(405, ("MethodNotAllowed", null));
        (await shop.Write("PATCH", "FixedTags/$each?$filter=true", """{"Name":"x"}""")).IsRefused(405, ("MethodNotAllowed", null));
        (await shop.Write("PATCH", "FixedTags", """{"@odata.context":"#$delta","value":[{"Id":1,"Name":"x"}]}""")).IsRefused(405, ("MethodNotAllowed", "value[0]"));
        await shop.AnswersText("Tags(1)/Name/$value", "red");
    }

    [DatabaseFact]
    public async Task An_empty_change_changes_nothing()
    {
        (await shop.Write("PATCH", "Customers(1)", "{}")).Is(204);
        (await shop.Write("PATCH", "Customers(77)", "{}")).IsRefused(404, ("EntityNotFound", null));
    }

    [DatabaseFact]
    public async Task A_replaced_entity_has_what_its_body_says_and_defaults_else()
    {
        (await shop.Write("PUT", "Customers(1)", """{"Code":"A2","Name":"x"}""", ("Prefer", "return=representation"))).Is(200, """{"Id":1,"Code":"A2","Name":"x","Country":null,"Balance":null}""");
        (await shop.Write("PUT", "Items(OrderId=1,Line=1)", """{"Product":"x"}""")).IsRefused(400, ("RequiredMissing", "Quantity"));
    }
}
