using BackendApi.Access.Rights;
using BackendApi.Spec.Writing;
using BackendApi.Testing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Rights;

/// <summary>Roles grant verbs on entity sets, properties and rows; everything else is as if it were not there.</summary>
public abstract class RightsCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_caller_without_roles_sees_an_empty_service()
    {
        var caller = await OfAsync(shop);

        (await caller.Get("")).Is(200, """{"value":[]}""");
        (await caller.Get("Customers")).IsRefused(404, ("NotFound", "the path"));
        (await caller.Get("$metadata")).Body.Should().NotContain("Customer");
    }

    [DatabaseFact]
    public async Task A_set_that_is_granted_is_there_and_the_others_are_not()
    {
        var caller = await OfAsync(shop, [May("Tags", Verbs.Read)]);

        (await caller.Get("")).Is(200, """{"value":[{"name":"Tags","kind":"EntitySet","url":"Tags"}]}""");
        await caller.Shows("Tags?$top=1", """[{"Id":1,"Name":"red"}]""");
        (await caller.Get("$metadata")).Body.Should().Contain("\"Tags\"").And.NotContain("Customer").And.NotContain("\"Items\"");
        (await caller.Get("Customers(1)")).IsRefused(404, ("NotFound", "the path"));
        (await caller.Get("$all")).Body.Should().NotContain("Ada");
    }

    [DatabaseFact]
    public async Task A_verb_that_is_not_granted_is_refused()
    {
        var caller = await OfAsync(shop, [May("Tags", Verbs.Read | Verbs.Update)]);

        (await caller.Write("PATCH", "Tags(1)", """{"Name":"pink"}""")).Is(204);
        (await caller.Write("POST", "Tags", """{"Id":9,"Name":"new"}""")).IsRefused(403, ("Forbidden", null)).Says("Your rights do not allow entities of Tags to be created.");
        (await caller.Write("DELETE", "Tags(1)")).IsRefused(403, ("Forbidden", null));
        (await caller.Write("PUT", "Tags(9)", """{"Name":"new"}""")).Status.Should().BeOneOf(403, 404);
    }

    [DatabaseFact]
    public async Task A_property_that_is_not_granted_has_no_name()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read, read: "Code Name")]);

        await caller.Shows("Customers(1)", """{"Id":1,"Code":"A","Name":"Ada"}""");
        (await caller.Get("$metadata")).Body.Should().Contain("\"Name\"").And.NotContain("Balance").And.NotContain("Country");
        foreach (var request in new[]
        {
            "Customers?$select=Balance", "Customers?$filter=Balance gt 1", "Customers?$orderby=Balance", "Customers(1)/Balance", "Customers?$apply=aggregate(Balance with sum as S)",
            "Customers?$compute=Balance mul 2 as B&$select=B", "Customers/$count?$filter=Balance gt 1", "$crossjoin(Customers)?$filter=Customers/Balance gt 1",
            "Customers?$filter=$it/Balance gt 1", "Customers?$apply=groupby((Country))", "Customers?$apply=filter(Balance gt 1)", "Customers/$filter(Balance gt 1)",
        })
            (await caller.Get(request)).Status.Should().BeOneOf([400, 404], request);
    }

    [DatabaseFact]
    public async Task A_relation_to_a_set_that_is_not_granted_leads_nowhere()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read)]);

        (await caller.Get("Customers(1)/Orders")).Status.Should().Be(404);
        (await caller.Get("Customers?$expand=Orders")).Status.Should().Be(400);
        (await caller.Get("Customers?$filter=Orders/any(o:o/Amount gt 1)")).Status.Should().Be(400);
        (await caller.Get("Customers?$filter=Orders/$count gt 1")).Status.Should().Be(400);
        await caller.Shows("Customers?$expand=Manager($select=Name)&$select=Id&$filter=Id eq 2", """[{"Id":2,"Manager":{"Name":"Ada"}}]""");
    }

    [DatabaseFact]
    public async Task Rows_that_the_filter_of_a_grant_leaves_out_are_not_there_in_any_request()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read, "Country eq 'DE'"), May("Orders", Verbs.Read), May("Tags", Verbs.Read)]);

        await caller.Shows("Customers?$select=Code", """[{"Code":"A"}]""");
        (await caller.Get("Customers(3)")).Is(404);
        (await caller.Get("Customers(Code='C')")).Is(404);
        (await caller.Get("Customers/$count")).Body.Should().Be("1");
        await caller.Shows("Orders?$select=Id&$expand=Customer($select=Code)", """[{"Id":1,"Customer":{"Code":"A"}},{"Id":2,"Customer":{"Code":"A"}},{"Id":3,"Customer":null}]""");
        await caller.Shows("Orders?$select=Id&$filter=Customer/Code eq 'B'", "[]");
        await caller.Shows("Orders?$select=Id&$orderby=Customer/Code desc,Id", """[{"Id":1},{"Id":2},{"Id":3}]""");
        await caller.Shows("Customers?$apply=aggregate($count as Number)", """[{"Number":1}]""");
        await caller.Shows("Orders?$apply=groupby((Customer/Code),aggregate($count as Number))&$orderby=Number", """[{"Customer":null,"Number":1},{"Customer":{"Code":"A"},"Number":2}]""");
        await caller.Shows("$crossjoin(Customers,Orders)?$filter=Orders/Id eq 3&$expand=Customers($select=Id),Orders($select=Id)", """[{"Customers":{"Id":1},"Orders":{"Id":3}}]""");
        (await caller.Get("Orders(3)/Customer")).Is(204);
        (await caller.Get("$entity?$id=Customers(3)")).Is(404);
    }

    [DatabaseFact]
    public async Task A_filter_can_name_the_caller()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read, "Name eq @name or startswith(@name,'key-') and Code eq 'B'")]);
        var stranger = await OfAsync(shop, [May("Customers", Verbs.Read, "Country eq @country")]);

        await caller.Shows("Customers?$select=Code", """[{"Code":"B"}]""");
        await stranger.Shows("Customers?$select=Code", "[]");
    }

    [DatabaseFact]
    public async Task Grants_add_up_value_by_value()
    {
        var caller = await OfAsync(shop,
            [May("Customers", Verbs.Read, "Country eq 'DE'", read: "Code Balance")],
            [May("Customers", Verbs.Read, "Code ne 'C'", read: "Code Name")]);

        await caller.Shows("Customers?$orderby=Id", """[{"Id":1,"Code":"A","Name":"Ada","Balance":1.50},{"Id":2,"Code":"B","Name":"Bert","Balance":null}]""");
        await caller.Shows("Customers?$filter=Balance ne null&$select=Id", """[{"Id":1}]""");
        await caller.Shows("Customers?$apply=aggregate(Balance with sum as Sum)", """[{"Sum":1.50}]""");
        (await caller.Get("Customers(2)/Balance")).Is(204);
        (await caller.Get("Customers(3)")).Is(404);
    }

    [DatabaseFact]
    public async Task A_value_that_only_other_rows_show_is_null_and_tells_nothing_when_it_is_filtered_or_sorted_by()
    {
        var caller = await OfAsync(shop,
            [May("Customers", Verbs.Read, "Id eq 1", read: "Name")],
            [May("Customers", Verbs.Read, read: "Code")]);

        await caller.Shows("Customers?$select=Code,Name&$orderby=Name desc,Code desc", """[{"Code":"A","Name":"Ada"},{"Code":"C","Name":null},{"Code":"B","Name":null}]""");
        await caller.Shows("Customers?$filter=startswith(Name,'B')", "[]");
        await caller.Shows("Customers?$filter=Manager/Name eq 'Ada'&$select=Code", """[{"Code":"B"},{"Code":"C"}]""");
        await caller.Shows("Customers?$filter=Manager/Name eq 'Bert'", "[]");
        await caller.Shows("Customers(3)", """{"Id":3,"Code":"C","Name":null}""");
    }

    [DatabaseFact]
    public async Task Nobody_writes_a_property_that_is_not_granted()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read | Verbs.Create | Verbs.Update, write: "Code Name")]);

        (await caller.Write("PATCH", "Customers(1)", """{"Name":"Adele","Balance":1000}""")).Is(204);
        await shop.Shows("Customers(1)?$select=Name,Balance", """{"Name":"Adele","Balance":1.50}""");
        (await caller.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Balance":1000}""")).Is(201, """{"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null}""");
        (await caller.Write("PUT", "Customers(1)", """{"Code":"A","Name":"Ada"}""")).Is(204);
        await shop.Shows("Customers(1)?$select=Name,Balance,Country", """{"Name":"Ada","Balance":1.50,"Country":"DE"}""");
        (await caller.Write("PUT", "Customers(1)/Balance", """{"value":1000}""")).IsRefused(400, ("ImmutableProperty", null));
    }

    [DatabaseFact]
    public async Task Nobody_changes_or_deletes_a_row_outside_of_the_filter_of_the_grant()
    {
        var caller = await OfAsync(shop,
            [May("Customers", Verbs.Read)],
            [May("Customers", Verbs.Update | Verbs.Delete, "Country eq 'FR'")]);
        var before = await shop.RowsAsync();

        (await caller.Write("PATCH", "Customers(1)", """{"Name":"x"}""")).IsRefused(403, ("Forbidden", null)).Says("Your rights do not allow changing this entity of Customers.");
        (await caller.Write("DELETE", "Customers(1)")).IsRefused(403, ("Forbidden", null));
        (await caller.Write("PATCH", "Customers/$filter(Id gt 0)/$each", """{"Name":"x"}""")).IsRefused(400, ("Forbidden", null), ("Forbidden", null));
        (await caller.Write("DELETE", "Customers?$filter=Id gt 0")).IsRefused(400, ("Forbidden", null), ("Forbidden", null));
        (await shop.RowsAsync()).Should().Be(before);

        (await caller.Write("PATCH", "Customers(3)", """{"Name":"Clara"}""")).Is(204);
        (await caller.Write("PATCH", "Customers(3)", """{"Country":"DE"}""")).IsRefused(403, ("Forbidden", null));
        (await caller.Write("DELETE", "Customers(3)")).Is(204);
    }

    [DatabaseFact]
    public async Task Nobody_creates_a_row_outside_of_the_filter_of_the_grant()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read)], [May("Customers", Verbs.Create, "Country eq 'FR'")]);

        (await caller.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Country":"DE"}""")).IsRefused(403, ("Forbidden", null)).Says("Your rights do not allow creating this entity of Customers.");
        (await caller.Write("POST", "Customers", """{"Code":"F","Name":"Fleur","Country":"FR"}""")).Is(201);
        await shop.Shows("Customers?$filter=Id gt 3&$select=Code", """[{"Code":"F"}]""");
    }

    [DatabaseFact]
    public async Task Whoever_may_only_create_is_told_where_the_entity_is_and_reads_nothing()
    {
        var caller = await OfAsync(shop, [May("Tags", Verbs.Create)]);

        (await caller.Write("POST", "Tags", """{"Id":9,"Name":"new"}""")).Is(204).Has("Location", "{root}Tags(9)");
        (await caller.Get("Tags(9)")).IsRefused(403, ("Forbidden", null));
        (await caller.Get("Tags")).IsRefused(403, ("Forbidden", null)).Says("Your rights do not allow reading Tags.");
    }

    [DatabaseFact]
    public async Task A_row_that_its_maker_may_not_read_is_not_shown()
    {
        var caller = await OfAsync(shop, [May("Tags", Verbs.Read, "Id lt 9")], [May("Tags", Verbs.Create)]);

        (await caller.Write("POST", "Tags", """{"Id":9,"Name":"nine"}""")).Is(204).Has("Location", "{root}Tags(9)");
        (await caller.Write("POST", "Tags", """{"Id":8,"Name":"eight"}""")).Is(201, """{"Id":8,"Name":"eight"}""");
    }

    [DatabaseFact]
    public async Task What_comes_nested_or_through_a_relation_needs_its_own_rights()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read | Verbs.Create | Verbs.Update), May("Tags", Verbs.Read)]);
        var before = await shop.RowsAsync();

        (await caller.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Tags":[{"Id":9,"Name":"new"}]}""")).IsRefused(403, ("Forbidden", "Tags[0]"));
        (await caller.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Orders":[{"Amount":1}]}""")).Status.Should().Be(400);
        (await caller.Write("PATCH", "Customers(1)", """{"Tags@delta":[{"Id":1,"Name":"pink"}]}""")).Status.Should().Be(403);
        (await shop.RowsAsync()).Should().Be(before);
        (await caller.Write("POST", "Customers(1)/Tags/$ref", """{"@odata.id":"Tags(3)"}""")).Is(204);
    }

    [DatabaseFact]
    public async Task Links_are_written_where_the_row_that_they_belong_to_may_be_changed()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read), May("Tags", Verbs.Read)], [May("Customers", Verbs.Update, "Id eq 3")]);
        var before = await shop.RowsAsync();

        (await caller.Write("POST", "Customers(1)/Tags/$ref", """{"@odata.id":"Tags(3)"}""")).Status.Should().Be(403);
        (await caller.Write("DELETE", "Customers(1)/Tags(1)/$ref")).Status.Should().Be(403);
        (await caller.Write("PUT", "Customers(1)/Tags/$ref", """{"value":[]}""")).Status.Should().Be(403);
        (await shop.RowsAsync()).Should().Be(before);
        (await caller.Write("POST", "Customers(3)/Tags/$ref", """{"@odata.id":"Tags(3)"}""")).Is(204);
    }

    [DatabaseFact]
    public async Task Links_to_rows_that_the_caller_does_not_see_outlast_the_replacement_of_all_links()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read | Verbs.Update), May("Tags", Verbs.Read, "Id gt 1")]);
        (await shop.Write("PUT", "Customers(1)/Tags/$ref", """{"value":[{"@odata.id":"Tags(1)"},{"@odata.id":"Tags(2)"}]}""")).Is(204);

        (await caller.Write("PUT", "Customers(1)/Tags/$ref", """{"value":[{"@odata.id":"Tags(3)"}]}""")).Is(204);

        (await caller.Write("GET", "Customers(1)/Tags?$select=Id", null, ("Accept", "application/json;odata.metadata=none"))).Body.Should().Be("""{"value":[{"Id":3}]}""");
        (await shop.Write("GET", "Customers(1)/Tags?$select=Id", null, ("Accept", "application/json;odata.metadata=none"))).Body.Should().Be("""{"value":[{"Id":1},{"Id":3}]}""");
    }

    [DatabaseFact]
    public async Task A_change_set_and_the_data_exchange_dialect_keep_to_the_same_rights()
    {
        var caller = await OfAsync(shop, [May("Customers", Verbs.Read | Verbs.Create, "Country eq 'DE'", read: "Code Name Country")]);
        var before = await shop.RowsAsync();

        var batch = await caller.Write("POST", "$batch", """
            {"requests":[
              {"id":"1","method":"POST","url":"Customers","atomicityGroup":"g","headers":{"Content-Type":"application/json"},"body":{"Code":"D","Name":"Dora","Country":"DE"}},
              {"id":"2","method":"POST","url":"Customers","atomicityGroup":"g","headers":{"Content-Type":"application/json"},"body":{"Code":"F","Name":"Fleur","Country":"FR"}}]}
            """);
        batch.Body.Should().Contain("\"status\":403").And.NotContain("\"status\":201");
        (await caller.Get("../dynamic-entity/customers")).Is(200, """{"data":[{"Id":1,"Code":"A","Name":"Ada","Country":"DE"}]}""");
        (await caller.Get("../dynamic-entity/orders")).Status.Should().Be(404);
        (await caller.Write("POST", "../dynamic-entity/customers", """{"data":[{"Code":"D","Name":"Dora","Country":"DE"},{"Code":"F","Name":"Fleur","Country":"FR"}]}""")).Status.Should().Be(403);
        (await caller.Write("DELETE", "../dynamic-entity/customers/1")).Status.Should().Be(403);
        (await shop.RowsAsync()).Should().Be(before);
    }

    [DatabaseFact]
    public async Task What_has_changed_is_not_told_where_rights_depend_on_rows()
    {
        var some = await OfAsync(shop, [May("Tags", Verbs.Read, "Id lt 3")]);
        var all = await OfAsync(shop, [May("Tags", Verbs.Read)]);

        (await some.Get("Tags", ("Prefer", "track-changes"))).Body.Should().NotContain("deltaLink");
        (await all.Get("Tags", ("Prefer", "track-changes"))).Body.Should().Contain("deltaLink");
    }
}

public sealed class RightsOnSqlite(SqliteWritableShop shop) : RightsCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class RightsOnPostgreSql(PostgreSqlWritableShop shop) : RightsCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class RightsOnSqlServer(SqlServerWritableShop shop) : RightsCases(shop), IClassFixture<SqlServerWritableShop>;
