using System.Text.Json.Nodes;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Code of the host that takes part in writes (reference: hooks).</summary>
public abstract class HookCases(HookedShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_hook_changes_what_is_stored_and_can_store_what_clients_cannot_write()
    {
        (await shop.Write("POST", "Accounts", """{"Name":"third","Note":"!hi!","ChangedBy":"me"}""")).Is(201);
        (await shop.Write("PATCH", "Accounts(1)", """{"Note":"well!"}""")).Is(204);

        await shop.Shows("Accounts?$select=Id,Note&$filter=startswith(ChangedBy,'test ')", """[{"Id":1,"Note":"well"},{"Id":3,"Note":"hi"}]""");
        await shop.Says("accounts changed: 1", "accounts created: 3");
    }

    [DatabaseFact]
    public async Task A_hook_gets_all_rows_of_a_step_at_once_with_their_keys()
    {
        (await shop.Write("PATCH", "Accounts", """{"value":[{"Name":"x","Parts":[{"Name":"a"},{"Name":"b"}]},{"Id":2,"Note":"n"},{"Name":"y","Parts":[{"Name":"c"}]},{"Id":1,"Note":"m"}]}""")).Is(204);

        await shop.Says("accounts changed: 2 1", "accounts created: 3 4", "parts created: 2 3 4");
    }

    [DatabaseFact]
    public async Task Rows_that_are_refused_are_all_named_and_nothing_is_written()
    {
        (await shop.Write("PATCH", "Accounts", """{"value":[{"Name":"x"},{"Name":"bad"},{"Name":"y"},{"Name":"bad"}]}""")).IsRefused(400, ("InvalidValue", "value[1].Name"), ("InvalidValue", "value[3].Name"));
        (await shop.Write("POST", "Accounts", """{"Name":"x","Parts":[{"Name":"a"},{"Name":"bad"}]}""")).IsRefused(400, ("InvalidValue", "Parts[1].Name"));

        await shop.AnswersText("Accounts/$count", "2");
        await shop.Says();
    }

    [DatabaseFact]
    public async Task What_is_refused_afterwards_is_taken_back_with_what_hooks_wrote()
    {
        (await shop.Write("POST", "Accounts", """{"Name":"late","Parts":[{"Name":"a"}]}""")).IsRefused(409, ("Conflict", null));

        await shop.AnswersText("Accounts/$count", "2");
        await shop.AnswersText("Parts/$count", "1");
        await shop.Says();
    }

    [DatabaseFact]
    public async Task A_deletion_is_told_and_can_be_refused()
    {
        (await shop.Write("DELETE", "Accounts(1)")).IsRefused(403, ("Forbidden", null));
        (await shop.Write("DELETE", "Accounts/$filter(Id gt 0)/$each")).IsRefused(403, ("Forbidden", null));
        (await shop.Write("DELETE", "Accounts(9)")).IsRefused(404, ("EntityNotFound", null));
        (await shop.Write("DELETE", "Accounts(2)")).Is(204);

        await shop.Shows("Accounts?$select=Id", """[{"Id":1}]""");
        await shop.Says("accounts deleted: 2");
    }

    [DatabaseFact]
    public async Task A_refusal_in_a_change_set_takes_all_of_it_back()
    {
        var answer = await shop.Write("POST", "$batch",
            """
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"post","url":"Accounts","body":{"Name":"x"}},
              {"id":"2","atomicityGroup":"g","method":"post","url":"Accounts","body":{"Name":"bad"}},
              {"id":"3","method":"post","url":"Accounts","body":{"Name":"y"}}]}
            """, ("Prefer", "continue-on-error"));

        answer.Is(200);
        JsonNode.Parse(answer.Body)!["responses"]!.AsArray().Select(response => (int)response!["status"]!).Should().EndWith([201]).And.Contain(400);
        await shop.Shows("Accounts?$select=Name&$filter=Id gt 2", """[{"Name":"y"}]""");
        await shop.AnswersText("Entries/$count?$filter=Id gt 1", "1");
    }

    [DatabaseFact]
    public async Task A_row_that_is_refused_in_the_middle_of_a_load_is_named_and_keeps_all_out()
    {
        var answer = await shop.Write("POST", "/dynamic-entity/accounts", Load(2_500, bad: 1_200));

        answer.Status.Should().Be(400);
        answer.Body.Should().Contain("accounts[1200].Name: This is a bad name.");
        await shop.AnswersText("Accounts/$count", "2");
        await shop.Says();
    }

    [DatabaseFact]
    public async Task Where_each_row_is_for_itself_those_that_are_not_refused_are_saved_and_told()
    {
        var answer = await shop.Write("POST", "/dynamic-entity/accounts", Load(5, bad: 2), ("X-Is-Transactional", "false"));

        answer.Status.Should().Be(201);
        JsonNode.Parse(answer.Body)!["errors"]!.AsArray().Should().ContainSingle().Which!["message"]!.ToString().Should().Be("accounts[2].Name: This is a bad name.");
        await shop.Shows("Accounts?$select=Name&$filter=Id gt 2", """[{"Name":"n0"},{"Name":"n1"},{"Name":"n3"},{"Name":"n4"}]""");
        await shop.AnswersText("Entries/$count?$filter=startswith(Text,'accounts created')", "4");
    }

    [DatabaseFact]
    public async Task A_trial_leaves_nothing_of_what_hooks_wrote()
    {
        (await shop.Write("POST", "Accounts", """{"Name":"x"}""", ("Prefer", "validate-only"))).Status.Should().BeOneOf(200, 201, 204);

        await shop.AnswersText("Accounts/$count", "2");
        await shop.Says();
    }

    private static string Load(int rows, int bad) =>
        $$"""{"data":[{{string.Join(',', Enumerable.Range(0, rows).Select(row => $$"""{"Name":"{{(row == bad ? "bad" : $"n{row}")}}"}"""))}}]}""";
}
