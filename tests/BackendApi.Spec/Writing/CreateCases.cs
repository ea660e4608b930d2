using System.Text.Json.Nodes;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>POST to sets and collections, with what is nested in the body (Protocol 11.4.2).</summary>
public abstract class CreateCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_new_entity_is_shown_with_the_key_that_the_database_made()
    {
        var answer = await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora"}""");

        answer.Is(201, """{"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null}""").Has("Location", "{root}Customers(4)");
        await shop.Shows("Customers(4)", """{"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null}""");
    }

    [DatabaseFact]
    public async Task A_client_that_wants_no_representation_is_told_where_the_entity_is()
    {
        var answer = await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora"}""", ("Prefer", "return=minimal"));

        answer.Is(204).Has("OData-EntityId", "{root}Customers(4)").Has("Location", "{root}Customers(4)").Has("Preference-Applied", "return=minimal");
    }

    [DatabaseFact]
    public async Task Nested_entities_are_created_with_their_owner_and_shown_with_it()
    {
        var answer = await shop.Write("POST", "Customers",
            """
            {"Code":"D","Name":"Dora","Manager@odata.bind":"Customers(1)","Tags":[{"Id":9,"Name":"new"},{"@id":"Tags(3)"}],
             "Orders":[{"Amount":5.00,"Items":[{"Line":1,"Product":"pen","Quantity":2},{"Line":2,"Product":"ink","Quantity":1}]},{"Amount":6.00}]}
            """);

        answer.Is(201, """
            {"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null,
             "Tags":[{"Id":3,"Name":"blue"},{"Id":9,"Name":"new"}],
             "Orders":[
               {"Id":4,"Amount":5.00,"OrderDate":null,"Items":[{"OrderId":4,"Line":1,"Product":"pen","Quantity":2},{"OrderId":4,"Line":2,"Product":"ink","Quantity":1}]},
               {"Id":5,"Amount":6.00,"OrderDate":null,"Items":[]}]}
            """);
        await shop.Shows("Customers(4)/Manager?$select=Name", """{"Name":"Ada"}""");
    }

    [DatabaseFact]
    public async Task A_post_to_a_navigation_collection_relates_the_entity()
    {
        (await shop.Write("POST", "Customers(2)/Orders", """{"Amount":7}""")).Is(201, """{"Id":4,"Amount":7.00,"OrderDate":null}""");
        (await shop.Write("POST", "Customers(2)/Tags", """{"Id":7,"Name":"seven"}""")).Is(201);

        await shop.Shows("Customers(2)?$select=Id&$expand=Orders($select=Id),Tags", """{"Id":2,"Orders":[{"Id":3},{"Id":4}],"Tags":[{"Id":7,"Name":"seven"}]}""");
    }

    [DatabaseFact]
    public async Task The_address_says_to_whom_a_new_entity_belongs_whatever_its_body_binds()
    {
        (await shop.Write("POST", "Customers(3)/Orders", """{"Amount":1,"Customer@odata.bind":"Customers(1)"}""")).Is(201);

        await shop.AnswersText("Customers(3)/Orders/$count", "1");
    }

    [DatabaseFact]
    public async Task Every_mistake_of_a_body_is_told_with_its_path_and_nothing_is_written()
    {
        var answer = await shop.Write("POST", "Customers",
            """{"Code":"D","Nam":"Dora","Country":"DEU","Orders":[{"Amount":1,"Items":[{"Line":"x","Product":"pen"}]}]}""");

        answer.IsRefused(400,
            ("UnknownProperty", "Nam"), ("InvalidValue", "Country"), ("TypeMismatch", "Orders[0].Items[0].Line"), ("RequiredMissing", "Orders[0].Items[0].Quantity"), ("RequiredMissing", "Name"));
        await shop.AnswersText("Customers/$count", "3");
    }

    [DatabaseFact]
    public async Task A_constraint_of_the_database_is_told_as_a_mistake_of_its_row_and_nothing_is_written()
    {
        (await shop.Write("POST", "Customers", """{"Code":"A","Name":"Another"}""")).IsRefused(409, ("Conflict", "Code"));
        (await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Tags":[{"Id":8,"Name":"x"},{"Id":1,"Name":"red again"}]}""")).IsRefused(409, ("Conflict", "Tags[1].Id"));
        (await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Manager@odata.bind":"Customers(99)"}""")).IsRefused(400, ("ReferenceNotFound", "Manager@odata.bind"));

        await shop.AnswersText("Customers/$count", "3");
        await shop.AnswersText("Tags/$count", "3");
    }

    [DatabaseFact]
    public async Task A_set_whose_definition_does_not_allow_it_is_not_written() =>
        (await shop.Write("POST", "FixedTags", """{"Id":4,"Name":"x"}""")).IsRefused(405, ("MethodNotAllowed", null));

    [DatabaseFact]
    public async Task What_is_written_is_told_to_those_who_track_the_set()
    {
        var first = await shop.Write("GET", "Tags", null, ("Prefer", "track-changes"));
        var link = ((string)JsonNode.Parse(first.Body)!["@odata.deltaLink"]!)["{root}".Length..];
        (await shop.Write("POST", "Tags", """{"Id":71,"Name":"seven"}""")).Is(201);
        (await shop.Write("PATCH", "Tags(3)", """{"Name":"sky blue"}""")).Is(204);
        (await shop.Write("DELETE", "Tags/$filter(Id eq 71)")).Is(204);
        (await shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Tags":[{"Id":81,"Name":"eight"}]}""")).Is(201);

        var changes = JsonNode.Parse((await shop.Write("GET", link, null, ("OData-MaxVersion", "4.01"))).Body)!["value"]!.AsArray();

        // A transaction that is open elsewhere on the server holds the horizon back: what other cases have changed before may be told again.
        changes.Select(change => change!["@removed"] is null ? $"{change["Id"]} {change["Name"]}" : $"-{change["@id"]}")
            .Should().Contain(["-{root}Tags(71)", "3 sky blue", "81 eight"]).And.OnlyHaveUniqueItems().And.NotContain("71 seven");
    }
}
