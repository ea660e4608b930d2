using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Writes in the Data Exchange dialect: what its users have today, and what they complain of (reference: data-exchange, 1.5).</summary>
public abstract class DataExchangeCases(WritableShop shop) : IAsyncLifetime
{
    private static readonly (string Name, string Value) EachForItself = ("X-Is-Transactional", "false");

    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_list_of_rows_is_created_and_shown_with_the_ids_that_it_got()
    {
        await Answers("POST", "customers", """{"data":[{"Code":"D","Name":"Dora"},{"Code":"E","Name":"Emil","Country":"AT"}]}""", 201,
            """{"data":[{"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null},{"Id":5,"Code":"E","Name":"Emil","Country":"AT","Balance":null}]}""");
    }

    [DatabaseFact]
    public async Task Children_are_created_with_their_parent()
    {
        await Answers("POST", "customers?include=Orders.Items", """{"data":[{"Code":"D","Name":"Dora","Orders":[{"Amount":1,"Items":[{"Line":1,"Product":"pen","Quantity":2}]}]}]}""", 201,
            """{"data":[{"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null,"Orders":[{"Id":4,"Amount":1.00,"OrderDate":null,"Items":[{"OrderId":4,"Line":1,"Product":"pen","Quantity":2}]}]}]}""");
    }

    [DatabaseFact]
    public async Task A_list_is_changed_by_the_ids_in_its_rows_and_what_is_not_named_stays()
    {
        await Answers("PATCH", "customers", """{"data":[{"Id":1,"Country":"AT"},{"Id":3,"Name":"Carl"}]}""", 200,
            """{"data":[{"Id":1,"Code":"A","Name":"Ada","Country":"AT","Balance":1.50},{"Id":3,"Code":"C","Name":"Carl","Country":"FR","Balance":0.00}]}""");
        await Answers("PATCH", "customers/2", """{"data":{"Country":"CH"}}""", 200, """{"data":{"Id":2,"Code":"B","Name":"Bert","Country":"CH","Balance":null}}""");
    }

    [DatabaseFact]
    public async Task A_replaced_row_loses_what_the_body_does_not_name_and_children_stay()
    {
        await Answers("PUT", "customers/1", """{"data":{"Code":"A","Name":"Ada"}}""", 200, """{"data":{"Id":1,"Code":"A","Name":"Ada","Country":null,"Balance":null}}""");
        await shop.AnswersText("Customers(1)/Orders/$count", "2");
        await Answers("PUT", "tags", """{"data":[{"Id":1,"Name":"dark red"},{"Id":9,"Name":"new"}]}""", 200, """{"data":[{"Id":1,"Name":"dark red"},{"Id":9,"Name":"new"}]}""");
    }

    [DatabaseFact]
    public async Task Rows_are_deleted_by_id_or_by_filter()
    {
        await Answers("DELETE", "items/1,1", null, 204, "");
        await Answers("DELETE", "items?filter[items.Product]=pen", null, 204, "");

        await shop.Shows("Items?$select=OrderId,Line", """[{"OrderId":1,"Line":2}]""");
    }

    [DatabaseFact]
    public async Task A_delete_without_a_filter_or_with_one_that_is_misspelled_deletes_nothing()
    {
        await Refuses("DELETE", "items", null, 400, "1301");
        await Refuses("DELETE", "items?filter=x", null, 400, "011");
        await shop.AnswersText("Items/$count", "3");
    }

    [DatabaseFact]
    public async Task One_wrong_row_keeps_all_rows_out_and_every_mistake_is_told_with_its_place()
    {
        await Answers("POST", "customers", """{"data":[{"Code":"D","Name":"Dora"},{"Code":"E","Orders":[{"Amount":"x"}]},{"Code":"F","Name":"Fritz","Country":"FRA","Nick":1}]}""", 400,
            """
            [{"message":"customers[1].Orders[0].Amount: A decimal number of at most 28 digits is expected. Write it without quotes.","status":400,"code":"1305"},
            {"message":"customers[1].Name: A value is required here.","status":400,"code":"1307"},
            {"message":"customers[2].Country: At most 2 characters are allowed, these are 3.","status":400,"code":"1306"},
            {"message":"customers[2].Nick: customers has no field 'Nick'.","status":400,"code":"1311"}]
            """);
        await shop.AnswersText("Customers/$count", "3");
    }

    [DatabaseFact]
    public async Task Rows_for_themselves_are_saved_where_they_can_be()
    {
        await Answers("POST", "customers", """{"data":[{"Code":"D","Name":"Dora"},{"Code":"A","Name":"Another"},{"Code":"F"},{"Code":"G","Name":"Gil"}]}""", 201,
            """
            {"data":[{"Id":{made},"Code":"D","Name":"Dora","Country":null,"Balance":null},{"Id":{made},"Code":"G","Name":"Gil","Country":null,"Balance":null}],
            "errors":[{"message":"customers[1].Code: Another entity of Customers has the same Code.","status":409,"code":"1309"},{"message":"customers[2].Name: A value is required here.","status":400,"code":"1307"}]}
            """, EachForItself);
        await shop.AnswersText("Customers/$count", "5");
    }

    [DatabaseFact]
    public async Task When_no_row_could_be_saved_the_status_is_that_of_the_first_mistake()
    {
        await Answers("PATCH", "customers", """{"data":[{"Id":77,"Name":"x"}]}""", 404, """{"data":[],"errors":[{"message":"customers[0]: There is no entity of Customers with this key.","status":404,"code":"1303"}]}""", EachForItself);
    }

    [DatabaseFact]
    public async Task Each_mistake_has_its_published_code()
    {
        await Refuses("POST", "customers", "[1", 400, "1301");
        await Refuses("PATCH", "customers/77", """{"data":{"Name":"x"}}""", 404, "1303");
        await Refuses("PATCH", "customers", """{"data":[{"Id":1,"Name":7}]}""", 400, "1305");
        await Refuses("PATCH", "customers", """{"data":[{"Name":"x"}]}""", 400, "1310");
        await Refuses("PATCH", "customers/1", """{"data":{"Country":"DEU"}}""", 400, "1306");
        await Refuses("POST", "customers", """{"data":[{"Code":"D"}]}""", 400, "1307");
        await Refuses("PUT", "customers", """{"data":[{"Id":77,"Code":"D","Name":"x"}]}""", 400, "1308");
        await Refuses("POST", "customers", """{"data":[{"Code":"A","Name":"x"}]}""", 409, "1309");
        await Refuses("POST", "customers", """{"data":[{"Code":"D","Name":"x","Cod":1}]}""", 400, "1311");
        await Refuses("POST", "customers", """{"data":[{"Code":"D","Name":"x","Ordrs":[]}]}""", 400, "1313");
        await Refuses("DELETE", "customers?filter[customers.Cod]=1", null, 400, "1315");
        await Refuses("DELETE", "customers/1", null, 409, "1317");
        await Refuses("POST", "fixed-tags", """{"data":[{"Id":1,"Name":"x"}]}""", 405, "1318");
        await Refuses("POST", "nothing", """{"data":[]}""", 404, "007");
    }

    [DatabaseFact]
    public async Task A_load_of_many_chunks_is_one_transaction()
    {
        var rows = Enumerable.Range(0, 2500).Select(i => $$"""{"Id":{{i + 10}},"Name":"tag {{i}}"}""").ToList();
        await Answers("POST", "tags", $$"""{"data":[{{string.Join(',', rows)}},{"Id":10,"Name":"twice"}]}""", 409, """[{"message":"tags[2500].Id: Another entity of Tags has the same Id.","status":409,"code":"1309"}]""");
        await shop.AnswersText("Tags/$count", "3");

        var (status, body) = await Send("POST", "tags", $$"""{"data":[{{string.Join(',', rows)}}]}""");

        status.Should().Be(201);
        body.Should().Be($$"""{"data":[{{string.Join(',', rows)}}]}""");
        await shop.AnswersText("Tags/$count", "2503");
    }

    [DatabaseFact]
    public async Task Rows_that_leave_out_what_is_null_are_inserted_by_one_statement_with_the_others()
    {
        var inserts = 0;
        using (shop.Observations.Listen(observation => inserts += observation is Support.StatementExecuted { Text: var text } && text.Contains("INSERT INTO", StringComparison.Ordinal) && !(text.StartsWith("INSERT INTO", StringComparison.Ordinal) && text.Contains("backend_audit", StringComparison.Ordinal)) ? 1 : 0))
            await Answers("POST", "customers", """{"data":[{"Code":"D","Name":"Dora"},{"Country":"AT","Code":"E","Name":"Emil"},{"Code":"F","Name":"Fritz","Balance":1}]}""", 201,
                """{"data":[{"Id":4,"Code":"D","Name":"Dora","Country":null,"Balance":null},{"Id":5,"Code":"E","Name":"Emil","Country":"AT","Balance":null},{"Id":6,"Code":"F","Name":"Fritz","Country":null,"Balance":1.00}]}""");
        inserts.Should().Be(1);
    }

    [DatabaseFact]
    public async Task Every_mistake_of_a_load_is_told_whichever_chunk_it_is_in()
    {
        var rows = Enumerable.Range(0, 2300).Select(i => $$"""{"Id":{{i + 10}},"Name":"tag {{i}}"}""").ToList();
        (rows[3], rows[700], rows[1800], rows[2200]) = ("""{"Id":13}""", """{"Id":1,"Name":"taken"}""", """{"Id":2,"Name":"taken"}""", """{"Id":"x","Name":"x"}""");

        await Answers("POST", "tags", $$"""{"data":[{{string.Join(',', rows)}}]}""", 400,
            """
            [{"message":"tags[3].Name: A value is required here.","status":400,"code":"1307"},
            {"message":"tags[700].Id: Another entity of Tags has the same Id.","status":409,"code":"1309"},
            {"message":"tags[1800].Id: Another entity of Tags has the same Id.","status":409,"code":"1309"},
            {"message":"tags[2200].Id: A whole number from -2147483648 to 2147483647 is expected. Write it without quotes.","status":400,"code":"1305"}]
            """);
        await shop.AnswersText("Tags/$count", "3");

        (rows[3], rows[2200]) = (rows[4].Replace("14", "13", StringComparison.Ordinal), rows[5].Replace("15", "2210", StringComparison.Ordinal));
        await Answers("POST", "tags", $$"""{"data":[{{string.Join(',', rows)}}]}""", 400,
            """
            [{"message":"tags[700].Id: Another entity of Tags has the same Id.","status":409,"code":"1309"},
            {"message":"tags[1800].Id: Another entity of Tags has the same Id.","status":409,"code":"1309"}]
            """);
        await shop.AnswersText("Tags/$count", "3");
    }

    [DatabaseFact]
    public async Task A_trial_answers_and_keeps_nothing()
    {
        await Answers("POST", "tags", """{"data":[{"Id":9,"Name":"nine"}]}""", 201, """{"data":[{"Id":9,"Name":"nine"}]}""", ("Prefer", "validate-only"));
        await Answers("POST", "tags", """{"data":[{"Id":9,"Name":"nine"}]}""", 201, """{"data":[{"Id":9,"Name":"nine"}],"errors":[]}""", ("Prefer", "tx=rollback"), EachForItself);
        await shop.AnswersText("Tags/$count", "3");
    }

    private async Task Answers(string method, string request, string? body, int status, string expected, params (string Name, string Value)[] headers)
    {
        var (answered, text) = await Send(method, request, body, headers);
        answered.Should().Be(status, text);
        // Numbers that a row got which was then taken back are lost on PostgreSQL.
        if (expected.Contains("{made}", StringComparison.Ordinal))
            text = Regex.Replace(text, "(?<=\"Id\":)\\d+", "{made}");
        text.Should().Be(expected.ReplaceLineEndings(""));
    }

    private async Task Refuses(string method, string request, string? body, int status, string code)
    {
        var (answered, text) = await Send(method, request, body);
        answered.Should().Be(status, text);
        ((string?)System.Text.Json.Nodes.JsonNode.Parse(text)![0]!["code"]).Should().Be(code, text);
    }

    private async Task<(int Status, string Body)> Send(string method, string request, string? body, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8);
        if (content is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        using var response = content is null
            ? await shop.Send(new HttpMethod(method), "/dynamic-entity/" + request, headers)
            : await shop.Send(new HttpMethod(method), "/dynamic-entity/" + request, content, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
