using System.Text.Json.Nodes;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>What a definition says of the rows that are stored: rules over several fields, computed values, and the transformations that ask the database.</summary>
public abstract class RuleCases(RuledShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_row_that_breaks_a_rule_is_not_created()
    {
        (await shop.Write("POST", "Sales", """{"Code":"B","Starts":"2026-02-02","Ends":"2026-02-01","Currency":1}""")).IsRefused(400, ("InvalidValue", null))
            .Says("A sale ends after it starts.");

        await shop.AnswersText("Sales/$count", "1");
    }

    [DatabaseFact]
    public async Task A_change_is_judged_by_the_whole_row_and_not_by_what_it_names()
    {
        (await shop.Write("PATCH", "Sales(1)", """{"Ends":"2025-12-31"}""")).IsRefused(400, ("InvalidValue", null));
        (await shop.Write("PATCH", "Sales(1)", """{"Ends":"2026-03-31"}""")).Is(204);
        (await shop.Write("PUT", "Sales(1)/Starts", """{"value":"2026-04-01"}""")).IsRefused(400, ("InvalidValue", null));

        await shop.Shows("Sales(1)?$select=Starts,Ends", """{"Starts":"2026-01-01","Ends":"2026-03-31"}""");
    }

    [DatabaseFact]
    public async Task Every_rule_that_any_row_breaks_is_told_in_one_answer_with_the_row()
    {
        (await shop.Write("POST", "Sales",
            """
            {"Code":"B","Starts":"2026-02-02","Ends":"2026-02-01","Currency":1,"State":"sold"}
            """)).IsRefused(400, ("InvalidValue", null), ("InvalidValue", null));
        (await shop.Write("POST", "Sales",
            """
            {"Code":"B","Currency":1,"Starts":"2026-02-02","Ends":"2026-02-01",
             "Lines":[{"Number":1,"Price":2,"Quantity":1},{"Number":2,"Price":200,"Quantity":6},{"Number":3,"Price":1001,"Quantity":1}]}
            """)).IsRefused(400, ("InvalidValue", null), ("InvalidValue", "Lines[1]"), ("InvalidValue", "Lines[2]"));

        await shop.AnswersText("Sales/$count", "1");
        await shop.AnswersText("Lines/$count", "1");
    }

    [DatabaseFact]
    public async Task A_rule_can_ask_for_rows_that_come_with_the_row() =>
        (await shop.Write("POST", "Sales", """{"Code":"B","Currency":1,"State":"sold","Lines":[{"Number":1,"Price":2,"Quantity":1}]}""")).Is(201);

    [DatabaseFact]
    public async Task Rules_hold_for_upserts_deltas_and_changes_of_all_members()
    {
        (await shop.Write("PUT", "Lines(SaleId=1,Number=2)", """{"Price":1001,"Quantity":1}""")).IsRefused(400, ("InvalidValue", null));
        (await shop.Write("PATCH", "Sales", """{"value":[{"Id":1,"Ends":"2025-01-01"}]}""")).IsRefused(400, ("InvalidValue", "value[0]"));
        (await shop.Write("PATCH", "Lines/$filter(Price gt 1)/$each", """{"Quantity":501}""")).IsRefused(400, ("InvalidValue", null));

        await shop.Shows("Lines?$select=Quantity", """[{"Quantity":3}]""");
    }

    [DatabaseFact]
    public async Task A_row_named_by_an_alternate_key_is_judged_too()
    {
        (await shop.Write("PATCH", "Sales(Code='A')", """{"Ends":"2025-12-31"}""")).IsRefused(400, ("InvalidValue", null));
        (await shop.Write("PATCH", "Sales(Code='A')", """{"Ends":"2026-12-31"}""")).Is(204);
    }

    [DatabaseFact]
    public async Task Computed_values_are_stored_whatever_the_client_says_and_see_those_before_them()
    {
        (await shop.Write("POST", "Lines", """{"SaleId":1,"Number":2,"Price":2.50,"Quantity":4,"Total":99,"Label":"mine"}""")).Is(201,
            """{"SaleId":1,"Number":2,"Price":2.50,"Quantity":4,"Total":10.00,"Third":3.33,"Label":"A/2"}""");
        (await shop.Write("PATCH", "Lines(SaleId=1,Number=2)", """{"Quantity":2}""", ("Prefer", "return=representation"))).Is(200,
            """{"SaleId":1,"Number":2,"Price":2.50,"Quantity":2,"Total":5.00,"Third":1.67,"Label":"A/2"}""");
    }

    [DatabaseFact]
    public async Task Computed_values_of_many_rows_are_stored_by_one_statement()
    {
        var rows = string.Join(',', Enumerable.Range(2, 40).Select(number => $$"""{"SaleId":1,"Number":{{number}},"Price":1.5,"Quantity":{{number}}}"""));
        var updates = 0;
        using (shop.Observations.Listen(observation => updates += observation is Support.StatementExecuted { Text: var text } && text.StartsWith("UPDATE", StringComparison.Ordinal) ? 1 : 0))
            (await shop.Write("PATCH", "Lines", $$"""{"value":[{{rows}}]}""")).Is(204);

        // One for each computed column.
        updates.Should().Be(3);
        await shop.Shows("Lines?$select=Total,Label&$filter=Number ge 40", """[{"Total":60.00,"Label":"A/40"},{"Total":61.50,"Label":"A/41"}]""");
    }

    [DatabaseFact]
    public async Task A_lookup_stores_the_key_of_the_row_that_the_value_names()
    {
        (await shop.Write("POST", "Sales", """{"Code":" b ","Currency":"USD","Channel":"shop"}""")).Is(201,
            """{"Id":2,"Code":"B","Starts":null,"Ends":null,"Currency":2,"Channel":"web","State":"new","OtherId":null}""");
        (await shop.Write("PATCH", "Sales(2)", """{"Currency":"EUR","Channel":"shop"}""", ("Prefer", "return=representation"))).Is(200,
            """{"Id":2,"Code":"B","Starts":null,"Ends":null,"Currency":1,"Channel":"web","State":"new","OtherId":null}""");
        (await shop.Write("PATCH", "Sales(2)", """{"Currency":"GBP"}""")).IsRefused(400, ("ReferenceNotFound", "Currency"));
    }

    [DatabaseFact]
    public async Task A_value_that_must_be_the_key_of_another_row_is_looked_for()
    {
        (await shop.Write("PATCH", "Sales(1)", """{"OtherId":2}""")).Is(204);
        (await shop.Write("PATCH", "Sales(1)", """{"OtherId":3}""")).IsRefused(400, ("ReferenceNotFound", "OtherId"));
    }

    [DatabaseFact]
    public async Task The_Data_Exchange_dialect_tells_broken_rules_of_all_rows_and_saves_the_others_where_each_is_for_itself()
    {
        const string Rows = """{"data":[{"Code":"B","Currency":"EUR","Starts":"2026-02-02","Ends":"2026-02-01"},{"Code":"C","Currency":"USD"},{"Code":"D","Currency":"EUR","State":"sold"}]}""";
        (await shop.Write("POST", "/dynamic-entity/sales", Rows)).Status.Should().Be(400);
        await shop.AnswersText("Sales/$count", "1");

        var answer = await shop.Write("POST", "/dynamic-entity/sales", Rows, ("X-Is-Transactional", "false"));
        answer.Body.Should().Contain("sales[0]: A sale ends after it starts.").And.Contain("sales[2]: What is sold has lines.");
        await shop.Shows("Sales?$select=Code", """[{"Code":"A"},{"Code":"C"}]""");
    }

    [DatabaseFact]
    public async Task One_answer_tells_of_every_row_of_a_load_what_is_wrong_with_it_be_it_a_rule_a_value_a_reference_or_a_constraint()
    {
        var answer = await shop.Write("POST", "/dynamic-entity/sales",
            """
            {"data":[{"Code":"B","Currency":"EUR","Starts":"2026-02-02","Ends":"2026-02-01"},{"Code":"C","Currency":"USD","Starts":"soon"},{"Code":"D","Currency":"GBP"},
            {"Code":"A","Currency":"EUR"},{"Code":"E","Currency":"EUR"},{"Code":"F","Currency":"EUR","State":"sold"}]}
            """);

        answer.Status.Should().Be(400);
        JsonNode.Parse(answer.Body)!.AsArray().Select(error => (string)error!["message"]!).Should().Equal(
            "sales[0]: A sale ends after it starts.",
            "sales[1].Starts: A date as text, such as \"2024-01-31\" is expected.",
            "sales[2].Currency: There is no entity of Currencies with this key.",
            "sales[3].Code: Another entity of Sales has the same Code.",
            "sales[5]: What is sold has lines.");
        await shop.AnswersText("Sales/$count", "1");
    }
}
