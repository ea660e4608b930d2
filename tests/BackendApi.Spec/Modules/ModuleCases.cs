using System.Text.Json.Nodes;
using BackendApi.Testing;

namespace BackendApi.Spec.Modules;

/// <summary>Entity sets of a module: read like those of stored definitions and together with them, written through a facade (reference: modules).</summary>
public abstract class ModuleCases(LoyaltyService service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_set_of_a_module_is_read_with_every_option_and_across_to_stored_definitions()
    {
        await service.Shows("LoyaltyAccounts?$filter=Points gt 100 and Customer/Country eq 'DE'&$expand=Customer($select=Name)&$select=CustomerId",
            """[{"CustomerId":1,"Customer":{"Name":"Ada"}}]""");
        await service.Shows("Customers?$select=Name&$expand=Account($select=Points)&$orderby=Account/Points desc&$filter=Account ne null",
            """[{"Name":"Ada","Account":{"Points":1200}},{"Name":"Bert","Account":{"Points":50}}]""");
        await service.Shows("LoyaltyAccounts?$apply=aggregate(Points with sum as Total)", """[{"Total":1250}]""");
        await service.Continues("LoyaltyAccounts?$select=CustomerId&$orderby=Points", """[{"CustomerId":1}]""");
        await service.AnswersText("Customers(1)/Account/Points/$value", "1200");
    }

    [DatabaseFact]
    public async Task A_set_of_a_module_is_an_endpoint_of_the_Data_Exchange_dialect()
    {
        (await service.Write("POST", "/dynamic-entity/loyalty-accounts", """{"data":[{"CustomerId":3}]}""")).Status.Should().Be(201);

        await service.Shows("LoyaltyAccounts(3)?$select=Points", """{"Points":100}""");
    }

    [DatabaseFact]
    public async Task A_write_goes_through_the_facade()
    {
        (await service.Write("POST", "LoyaltyAccounts", """{"CustomerId":3,"Nickname":"Duchess"}""")).Is(201, """{"CustomerId":3,"Points":100,"Nickname":"Duchess"}""");

        await service.Shows("LoyaltyAccounts(3)/Bookings?$select=Points,Reason", """[{"Points":100,"Reason":"Welcome"}]""");
    }

    [DatabaseFact]
    public async Task What_the_facade_does_not_care_about_is_stored_as_it_is()
    {
        (await service.Write("PATCH", "LoyaltyAccounts(2)", """{"Nickname":"Duke"}""")).Is(204);
        (await service.Write("PUT", "LoyaltyAccounts(1)/Nickname", """{"value":null}""")).Is(204);

        await service.Shows("LoyaltyAccounts?$select=Nickname", """[{"Nickname":null},{"Nickname":"Duke"}]""");
    }

    [DatabaseFact]
    public async Task A_refusal_of_the_facade_takes_back_what_it_has_done()
    {
        (await service.Write("DELETE", "LoyaltyAccounts(1)")).IsRefused(409, ("Conflict", null)).Says("The account has points that the customer has earned. Clear it first.");
        (await service.Write("DELETE", "LoyaltyAccounts(9)")).IsRefused(404, ("EntityNotFound", null));
        (await service.Write("DELETE", "LoyaltyAccounts(2)")).Is(204);

        await service.Shows("LoyaltyAccounts?$select=CustomerId", """[{"CustomerId":1}]""");
    }

    [DatabaseFact]
    public async Task The_facade_is_called_for_entities_that_are_nested_in_others()
    {
        (await service.Write("POST", "Customers", """{"Id":4,"Name":"Dora","Accounts":[{"Nickname":"Dot"}]}""")).Is(201);

        await service.Shows("LoyaltyAccounts(4)?$select=Points,Nickname", """{"Points":100,"Nickname":"Dot"}""");
    }

    [DatabaseFact]
    public async Task A_change_set_is_one_transaction_with_what_its_facades_do()
    {
        var answer = await service.Write("POST", "$batch",
            """
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"post","url":"LoyaltyAccounts","body":{"CustomerId":3}},
              {"id":"2","atomicityGroup":"g","method":"patch","url":"Customers(1)","body":{"Name":"Ada the First"}},
              {"id":"3","atomicityGroup":"g","method":"delete","url":"LoyaltyAccounts(1)"}]}
            """);

        answer.Is(200);
        answer.Body.Should().Contain("The account has points");
        await service.AnswersText("LoyaltyAccounts/$count", "2");
        await service.AnswersText("LoyaltyBookings/$count", "0");
        await service.AnswersText("Customers(1)/Name/$value", "Ada");
    }

    [DatabaseFact]
    public async Task A_trial_keeps_nothing_of_what_the_facade_did()
    {
        (await service.Write("POST", "LoyaltyAccounts", """{"CustomerId":3}""", ("Prefer", "validate-only"))).Status.Should().BeOneOf(200, 201, 204);

        await service.AnswersText("LoyaltyAccounts/$count", "2");
        await service.AnswersText("LoyaltyBookings/$count", "0");
    }

    [DatabaseFact]
    public async Task A_repeated_request_calls_the_facade_once()
    {
        (string, string)[] headers = [("Repeatability-Request-ID", "b2f2b5f0-0000-4000-8000-000000000001"), ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("R"))];
        (await service.Write("POST", "LoyaltyAccounts", """{"CustomerId":3}""", headers)).Is(201);
        (await service.Write("POST", "LoyaltyAccounts", """{"CustomerId":3}""", headers)).Is(201);

        await service.AnswersText("LoyaltyBookings/$count", "1");
    }

    [DatabaseFact]
    public async Task No_stored_definition_takes_the_alias_or_the_name_of_a_set_of_a_module()
    {
        (await service.Write("POST", "DataExchangeConfigurations", """{"alias":"loyalty-accounts","entitySet":"Others","table":"customer"}""")).IsRefused(400, ("InvalidDefinition", "alias"));
        (await service.Write("POST", "DataExchangeConfigurations", """{"alias":"others","entitySet":"LoyaltyAccounts","table":"customer"}""")).IsRefused(400, ("InvalidDefinition", "entitySet"));
        (await service.Write("POST", "DataExchangeConfigurations", """{"alias":"others","entitySet":"Credit","table":"customer"}""")).IsRefused(400, ("InvalidDefinition", "entitySet"));
    }

    [DatabaseFact]
    public async Task A_set_without_its_table_is_left_out_and_nothing_else()
    {
        (await service.Write("GET", "Ghosts")).IsRefused(404, ("NotFound", "the path"));
        var (_, _, metadata) = await service.Get("$metadata");
        metadata.Should().NotContain("Haunt").And.Contain("\"Tiers\"");
    }

    [DatabaseFact]
    public async Task The_service_document_and_metadata_show_what_a_module_declares()
    {
        var (_, _, document) = await service.Get("");
        JsonNode.Parse(document)!["value"]!.AsArray().Select(entry => $"{entry!["kind"]} {entry["name"]}").Should().Contain(["EntitySet LoyaltyAccounts", "FunctionImport Levels"])
            .And.NotContain("FunctionImport AccountsAbove");
        var (_, _, metadata) = await service.Get("$metadata");
        metadata.Should().Contain("""<Action Name="Credit" IsBound="true" EntitySetPath="account">""").And.Contain("""<FunctionImport Name="Levels" Function="BackendApi.Levels" IncludeInServiceDocument="true" />""").And.Contain("""<FunctionImport Name="AccountsAbove" Function="BackendApi.AccountsAbove" EntitySet="LoyaltyAccounts" />""");
    }
}
