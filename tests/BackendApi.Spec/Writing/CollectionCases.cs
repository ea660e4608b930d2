using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Many entities by one request: deltas and <c>$each</c> (Protocol 11.4.12 to 11.4.14), and the preferences of modifications (8.2.8).</summary>
public abstract class CollectionCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_delta_of_a_set_changes_creates_and_deletes()
    {
        (await shop.Write("PATCH", "Tags", """{"@context":"#$delta","value":[{"Id":1,"Name":"RED"},{"Id":9,"Name":"nine"},{"@removed":{"reason":"deleted"},"@id":"Tags(3)"}]}""")).Is(204);

        await shop.Shows("Tags", """[{"Id":1,"Name":"RED"},{"Id":2,"Name":"green"},{"Id":9,"Name":"nine"}]""");
    }

    [DatabaseFact]
    public async Task What_a_delta_changed_is_shown_to_who_asks_for_it()
    {
        var answer = await shop.Write(
            "PATCH", "Customers?$select=Name", """{"@context":"#$delta","value":[{"Code":"Z","Name":"zoe"},{"@id":"Customers(2)","Name":"bert"},{"@removed":{"reason":"deleted"},"Id":3}]}""",
            ("Prefer", "return=representation"));

        answer.Is(200, """{"value":[{"Name":"bert"},{"Name":"zoe"}]}""").Has("Preference-Applied", "return=representation");
    }

    [DatabaseFact]
    public async Task A_delta_of_a_related_collection_relates_and_takes_out()
    {
        (await shop.Write("PATCH", "Customers(1)/Tags", """{"@context":"#$delta","value":[{"@removed":{"reason":"changed"},"Id":1},{"Id":3,"Name":"BLUE"}]}""")).Is(204);
        (await shop.Write("PATCH", "Orders(1)/Items", """{"@context":"#$delta","value":[{"@removed":{},"Line":1},{"Line":5,"Product":"x","Quantity":1}]}""")).Is(204);

        await shop.Shows("Customers(1)/Tags", """[{"Id":2,"Name":"green"},{"Id":3,"Name":"BLUE"}]""");
        await shop.Shows("Orders(1)/Items?$select=Line", """[{"Line":2},{"Line":5}]""");
    }

    [DatabaseFact]
    public async Task A_delta_with_a_mistake_is_refused_whole()
    {
        (await shop.Write("PATCH", "Tags", """{"value":[{"Id":1,"Name":"RED"},{"Id":2,"Name":7},{"Id":3,"Nam":"x"},{"@removed":{"reason":"deleted"}}]}"""))
            .IsRefused(400, ("TypeMismatch", "value[1].Name"), ("UnknownProperty", "value[2].Nam"), ("MissingKey", "value[3]"));
        (await shop.Write("PATCH", "Tags", """{"value":[{"Id":3,"Name":"x"},{"@removed":{"reason":"deleted"},"Id":1}]}""")).IsRefused(409, ("StillReferenced", "value[1]"));

        await shop.Shows("Tags", """[{"Id":1,"Name":"red"},{"Id":2,"Name":"green"},{"Id":3,"Name":"blue"}]""");
    }

    [DatabaseFact]
    public async Task A_delta_names_an_entity_once()
    {
        (await shop.Write("PATCH", "Tags", """{"value":[{"Id":1,"Name":"a"},{"Id":1,"Name":"b"}]}""")).IsRefused(400, ("InvalidBody", "value[1]"));
        (await shop.Write("PATCH", "Tags", """{"value":[{"Id":3,"Name":"a"},{"@removed":{"reason":"deleted"},"Id":3}]}""")).IsRefused(400, ("InvalidBody", "value[1]"));

        await shop.AnswersText("Tags(1)/Name/$value", "red");
    }

    [DatabaseTheory]
    [InlineData("Customers/$filter(@f)/$each?@f=Country eq null", "2")]
    [InlineData("Customers/$each?$filter=Country eq null", "2")]
    [InlineData("Customers/$filter(Id gt 1)/$each?$filter=Country eq 'FR'", "3")]
    [InlineData("Customers(1)/Orders/$each?$filter=true", "")]
    [InlineData("Customers/$each?$filter=Orders/any(o:o/Amount gt 25)", "2")]
    [InlineData("Customers/$each?$filter=Manager/Name eq 'Ada' and Country ne null", "3")]
    public async Task Each_member_that_a_filter_leaves_is_changed(string address, string changed)
    {
        var body = address.Contains("/Orders/", StringComparison.Ordinal) ? """{"Amount":1}""" : """{"Name":"x"}""";
        (await shop.Write("PATCH", address, body)).Is(204);

        await shop.Keys("Customers", "$filter=Name eq 'x'", changed, address);
    }

    [DatabaseFact]
    public async Task Each_member_is_shown_to_who_asks_for_it()
    {
        var answer = await shop.Write("PATCH", "Customers/$filter(Id gt 1)/$each?$select=Id,Name&$expand=Orders($select=Id)", """{"Name":"x"}""", ("Prefer", "return=representation"));

        answer.Is(200, """{"value":[{"Id":2,"Name":"x","Orders":[{"Id":3}]},{"Id":3,"Name":"x","Orders":[]}]}""");
    }

    [DatabaseFact]
    public async Task No_member_is_changed_where_none_is_left()
    {
        (await shop.Write("PATCH", "Customers/$each?$filter=Id gt 77", """{"Name":"x"}""")).Is(204);
        (await shop.Write("PATCH", "Customers/$each?$filter=Id gt 77", """{"Name":"x"}""", ("Prefer", "return=representation"))).Is(200, """{"value":[]}""");
        (await shop.Write("DELETE", "Customers/$each?$filter=Id gt 77")).Is(204);
    }

    [DatabaseTheory]
    [InlineData("PATCH", "Customers/$each")]
    [InlineData("DELETE", "Customers/$each")]
    [InlineData("DELETE", "Customers")]
    [InlineData("DELETE", "Customers(1)/Orders")]
    public async Task Nobody_changes_all_by_mistake(string method, string address) =>
        (await shop.Write(method, address, method == "PATCH" ? """{"Name":"x"}""" : null)).IsRefused(400, ("UnfilteredChange", "$filter"));

    [DatabaseFact]
    public async Task Members_are_deleted()
    {
        (await shop.Write("DELETE", "Items/$filter(Quantity gt 1)/$each")).Is(204);
        await shop.Shows("Items?$select=OrderId,Line", """[{"OrderId":1,"Line":2}]""");
        (await shop.Write("DELETE", "Items?$filter=true")).Is(204);
        await shop.AnswersText("Items/$count", "0");
    }

    [DatabaseFact]
    public async Task A_change_that_would_touch_more_than_the_client_allows_is_refused()
    {
        (await shop.Write("DELETE", "Items?$filter=true", null, ("Prefer", "max-affected=2"))).IsRefused(400, ("LimitExceeded", "Prefer"));
        (await shop.Write("PATCH", "Items/$each?$filter=true", """{"Quantity":1}""", ("Prefer", "max-affected=2"))).IsRefused(400, ("LimitExceeded", "Prefer"));
        (await shop.Write("PATCH", "Items/$each?$filter=Line eq 1", """{"Quantity":4}""", ("Prefer", "max-affected=2"))).Is(204).Has("Preference-Applied", "max-affected=2");
        (await shop.Write("DELETE", "Items?$filter=true", null, ("Prefer", "max-affected=many"))).IsRefused(400, ("InvalidHeader", "Prefer"));

        await shop.Shows("Items?$select=Quantity", """[{"Quantity":4},{"Quantity":1},{"Quantity":4}]""");
    }

    [DatabaseTheory]
    [InlineData("validate-only")]
    [InlineData("odata.validate-only")]
    [InlineData("tx=rollback")]
    public async Task A_change_on_trial_is_answered_as_if_it_were_made_and_leaves_nothing(string preference)
    {
        (await shop.Write("POST", "Tags", """{"Id":9,"Name":"nine"}""", ("Prefer", preference))).Is(201, """{"Id":9,"Name":"nine"}""").Has("Preference-Applied", preference);
        (await shop.Write("PATCH", "Tags(1)", """{"Name":"x"}""", ("Prefer", $"{preference},return=representation"))).Is(200, """{"Id":1,"Name":"x"}""");
        (await shop.Write("DELETE", "Tags(3)", null, ("Prefer", preference))).Is(204).Has("Preference-Applied", preference);
        (await shop.Write("DELETE", "Tags(1)", null, ("Prefer", preference))).IsRefused(409, ("StillReferenced", null));

        await shop.Shows("Tags", """[{"Id":1,"Name":"red"},{"Id":2,"Name":"green"},{"Id":3,"Name":"blue"}]""");
    }
}
