using System.Text.Json.Nodes;
using BackendApi.Testing;

namespace BackendApi.Spec.Auditing;

/// <summary>Every change of data leaves an entry in its transaction, however it is made (docs/reference/audit.md).</summary>
public abstract class AuditCases(AuditedShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_new_entity_is_told_with_the_key_that_the_database_made() =>
        (await shop.Told(() => shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Balance":1.50}"""))).Should().Be(
            """Create Customers(4) 1 [{"key":"4","after":{"Code":"D","Name":"Dora","Balance":1.50,"Id":4}}]""");

    [DatabaseFact]
    public async Task A_change_tells_what_has_changed_and_nothing_else() =>
        (await shop.Told(() => shop.Write("PATCH", "Customers(1)", """{"Name":"Ada","Country":null}"""))).Should().Be(
            """Update Customers(1) 1 [{"key":"1","before":{"Country":"DE"},"after":{"Country":null}}]""");

    [DatabaseFact]
    public async Task A_change_of_nothing_is_none() =>
        (await shop.Told(() => shop.Write("PATCH", "Customers(1)", """{"Name":"Ada"}"""))).Should().BeEmpty();

    [DatabaseFact]
    public async Task What_a_replacement_sets_to_nothing_is_told_too()
    {
        await shop.Write("PATCH", "Customers(2)", """{"Country":"CH"}""");
        (await shop.Told(() => shop.Write("PUT", "Customers(2)", """{"Code":"B","Name":"Bert"}"""))).Should().Be(
            """Update Customers(2) 1 [{"key":"2","before":{"Country":"CH"},"after":{"Country":null}}]""");
    }

    [DatabaseFact]
    public async Task An_entity_that_is_deleted_is_told_as_it_was() =>
        (await shop.Told(() => shop.Write("DELETE", "Items(OrderId=2,Line=1)"))).Should().Be(
            """Delete Items(OrderId=2,Line=1) 1 [{"key":"OrderId=2,Line=1","before":{"OrderId":2,"Line":1,"Product":"pen","Quantity":5}}]""");

    [DatabaseFact]
    public async Task A_property_that_is_set_and_a_relation_that_is_changed_are_changes_of_their_entity()
    {
        (await shop.Told(() => shop.Write("PUT", "Customers(2)/Country", """{"value":"CH"}"""))).Should().Be(
            """Update Customers(2) 1 [{"key":"2","before":{"Country":null},"after":{"Country":"CH"}}]""");
        (await shop.Told(() => shop.Write("PUT", "Customers(3)/Manager/$ref", """{"@odata.id":"Customers(2)"}"""))).Should().Be(
            """Update Customers(3) 1 [{"key":"3","before":{"manager_id":1},"after":{"manager_id":2}}]""");
    }

    [DatabaseFact]
    public async Task Links_are_told_by_the_relation()
    {
        (await shop.Told(() => shop.Write("POST", "Customers(2)/Tags/$ref", """{"@odata.id":"Tags(3)"}"""))).Should().Be(
            """Link Customers/Tags() 1 [{"after":{"customer_id":2,"tag_id":3}}]""");
        (await shop.Told(() => shop.Write("DELETE", "Customers(1)/Tags(2)/$ref"))).Should().Be(
            """Unlink Customers/Tags() 1 [{"before":{"customer_id":1,"tag_id":2}}]""");
    }

    [DatabaseFact]
    public async Task What_is_nested_in_a_body_is_told_set_by_set() =>
        (await shop.Told(() => shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Orders":[{"Amount":5,"Items":[{"Line":1,"Product":"pen","Quantity":1},{"Line":2,"Product":"ink","Quantity":2}]}]}"""))).Should().Be(
            """
            Create Customers(4) 1 [{"key":"4","after":{"Code":"D","Name":"Dora","Id":4}}]
            Create Orders(4) 1 [{"key":"4","after":{"customer_id":4,"Amount":5,"Id":4}}]
            Create Items() 2 [{"key":"OrderId=4,Line=1","after":{"OrderId":4,"Line":1,"Product":"pen","Quantity":1}},{"key":"OrderId=4,Line=2","after":{"OrderId":4,"Line":2,"Product":"ink","Quantity":2}}]
            """);

    [DatabaseFact]
    public async Task Members_of_a_collection_that_are_changed_or_deleted_together_are_one_entry()
    {
        (await shop.Told(() => shop.Write("PATCH", "Items/$filter(OrderId eq 1)/$each", """{"Quantity":2}"""))).Should().Be(
            """Update Items(OrderId=1,Line=2) 1 [{"key":"OrderId=1,Line=2","before":{"Quantity":1},"after":{"Quantity":2}}]""");
        (await shop.Told(() => shop.Write("DELETE", "Items/$filter(OrderId eq 1)/$each"))).Should().Be(
            """Delete Items() 2 [{"key":"OrderId=1,Line=1","before":{"OrderId":1,"Line":1,"Product":"pen","Quantity":2}},{"key":"OrderId=1,Line=2","before":{"OrderId":1,"Line":2,"Product":"ink","Quantity":2}}]""");
    }

    [DatabaseFact]
    public async Task A_load_of_the_Data_Exchange_dialect_is_told_in_entries_of_many_rows()
    {
        var rows = string.Join(',', Enumerable.Range(1, 1200).Select(number => $$"""{"Id":{{number + 10}},"Name":"tag {{number}}"}"""));
        var told = await shop.Told(async () => (await shop.Write("POST", "/dynamic-entity/tags", $$"""{"data":[{{rows}}]}""")).Is(201));

        var entries = told.Split('\n');
        entries.Should().HaveCountLessThan(6).And.AllSatisfy(entry => entry.Should().StartWith("Create Tags() "));
        entries.Sum(entry => int.Parse(entry.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)).Should().Be(1200);
        told.Should().Contain("""{"key":"11","after":{"Id":11,"Name":"tag 1"}}""").And.Contain("""{"key":"1210","after":{"Id":1210,"Name":"tag 1200"}}""");
    }

    [DatabaseFact]
    public async Task Requests_of_a_batch_share_the_identifier_of_its_request()
    {
        var mark = await shop.LastAsync();
        (await shop.Write("POST", "$batch", """
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"POST","url":"Tags","headers":{"Content-Type":"application/json"},"body":{"Id":7,"Name":"x"}},
              {"id":"2","atomicityGroup":"g","method":"POST","url":"Tags","headers":{"Content-Type":"application/json"},"body":{"Id":8,"Name":"y"}},
              {"id":"3","method":"PATCH","url":"Tags(7)","headers":{"Content-Type":"application/json"},"body":{"Name":"z"}}]}
            """)).Is(200);

        (await shop.SinceAsync(mark)).Should().Be(
            """
            Create Tags() 2 [{"key":"7","after":{"Id":7,"Name":"x"}},{"key":"8","after":{"Id":8,"Name":"y"}}]
            Update Tags(7) 1 [{"key":"7","before":{"Name":"x"},"after":{"Name":"z"}}]
            """);
        await shop.Shows($"AuditEntries?$apply=filter(Id gt {mark})/groupby((RequestId))/aggregate($count as Requests)", """[{"Requests":1}]""");
    }

    [DatabaseFact]
    public async Task What_is_rolled_back_leaves_no_entry()
    {
        (await shop.Told(async () =>
        {
            (await shop.Write("PATCH", "Customers(1)", """{"Name":"x"}""", ("Prefer", "validate-only"))).Is(204);
            (await shop.Write("POST", "Customers", """{"Code":"A","Name":"taken"}""")).Is(409);
            (await shop.Write("POST", "$batch", """
                {"requests":[
                  {"id":"1","atomicityGroup":"g","method":"POST","url":"Tags","headers":{"Content-Type":"application/json"},"body":{"Id":7,"Name":"x"}},
                  {"id":"2","atomicityGroup":"g","method":"PATCH","url":"Customers(77)","headers":{"Content-Type":"application/json"},"body":{"Name":"y"}}]}
                """)).Is(200);
            (await shop.Write("POST", "/dynamic-entity/tags", """{"data":[{"Id":9,"Name":"x"},{"Id":1,"Name":"taken"}]}""")).Status.Should().Be(409);
        })).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task An_entry_says_who_it_was_from_where_and_when()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        var mark = await shop.LastAsync();
        await shop.Write("DELETE", "Tags(3)");

        await shop.Shows($"AuditEntries?$filter=Id gt {mark} and Address in ('127.0.0.1','::1','::ffff:127.0.0.1') and At ge {before:yyyy-MM-ddTHH:mm:ssZ} and startswith(Caller,'test ') and RequestId ne ''&$select=CallerKind,Operation,Key",
            """[{"CallerKind":"ApiKey","Operation":"Delete","Key":"3"}]""");
    }

    [DatabaseTheory]
    [InlineData("\\\"}},{\\\"key\\\":\\\"1\\\"}]")]
    [InlineData("a\\r\\nb")]
    [InlineData("\\u0001\\u001b[2K")]
    [InlineData("'; DELETE x;--")]
    [InlineData("$1 {0} %s")]
    public async Task No_value_forges_an_entry(string text)
    {
        var told = await shop.Told(async () =>
        {
            (await shop.Write("POST", "Customers", $$"""{"Code":"D","Name":"{{text}}"}""")).Is(201);
            (await shop.Write("PATCH", "Customers(4)", """{"Name":"Dora"}""")).Is(204);
            (await shop.Write("PATCH", "Customers(4)", $$"""{"Name":"{{text}}"}""")).Is(204);
            (await shop.Write("DELETE", "Customers(4)")).Is(204);
        });

        var value = JsonNode.Parse($"\"{text}\"")!.GetValue<string>();
        var changes = told.Split('\n').Select(entry => JsonNode.Parse(entry[entry.IndexOf('[', StringComparison.Ordinal)..])!.AsArray().Should().ContainSingle().Subject!).ToList();
        changes.Select(change => (string?)(change["after"] ?? change["before"])!["Name"]).Should().Equal(value, "Dora", value, value);
    }

    [DatabaseTheory]
    [InlineData("POST", "AuditEntries", "{}")]
    [InlineData("PATCH", "AuditEntries(1)", """{"Caller":"x"}""")]
    [InlineData("DELETE", "AuditEntries(1)", null)]
    [InlineData("DELETE", "AuditEntries?$filter=Id gt 0", null)]
    [InlineData("DELETE", "/dynamic-entity/backend-audit-entries/1", null)]
    public async Task Nobody_writes_the_log(string method, string address, string? body) =>
        (await shop.Write(method, address, body)).Status.Should().BeOneOf(400, 405);
}
