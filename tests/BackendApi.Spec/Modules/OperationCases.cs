using BackendApi.Testing;

namespace BackendApi.Spec.Modules;

/// <summary>Functions and actions of a module (Protocol 11.5).</summary>
public abstract class OperationCases(LoyaltyService service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_function_bound_to_an_entity_is_called_by_its_own_or_its_qualified_name()
    {
        await service.Answers("LoyaltyAccounts(1)/BackendApi.Worth()", """{"@odata.context":"{root}$metadata#Edm.Decimal","value":12.00}""");
        await service.Answers("LoyaltyAccounts(1)/Worth", """{"@odata.context":"{root}$metadata#Edm.Decimal","value":12.00}""");
        await service.Answers("Customers(1)/Account/Worth(rate=0.5)", """{"@odata.context":"{root}$metadata#Edm.Decimal","value":600.0}""");
    }

    [DatabaseFact]
    public async Task Parameters_come_in_parentheses_by_aliases_or_as_options()
    {
        await service.Shows("LoyaltyAccounts(1)/Worth(rate=@r)?@r=2", """{"value":2400}""");
        await service.Shows("LoyaltyAccounts(1)/Worth?rate=2", """{"value":2400}""");
        await service.Shows("LoyaltyAccounts(1)/Worth?@rate=2", """{"value":2400}""");
        await service.Shows("AccountsAbove?points=100&$select=CustomerId", """[{"CustomerId":1}]""");
    }

    [DatabaseFact]
    public async Task Path_and_options_go_on_from_the_entities_that_a_function_returns()
    {
        await service.Shows("AccountsAbove(points=10)?$filter=Points lt 1000&$expand=Customer($select=Name)&$select=Points", """[{"Points":50,"Customer":{"Name":"Bert"}}]""");
        await service.AnswersText("AccountsAbove(points=10)/$count", "2");
        await service.AnswersText("AccountsAbove(points=10)/$count?$filter=Nickname eq null", "1");
        await service.Shows("AccountsAbove(points=10)(2)/Customer?$select=Name", """{"Name":"Bert"}""");
        await service.Shows("AccountsAbove(points=10)/1/Worth", """{"value":12.00}""");
        await service.Shows("AccountsAbove(points=10)?$apply=aggregate(Points with sum as Total)", """[{"Total":1250}]""");
        await service.Continues("AccountsAbove(points=10)?$select=CustomerId", """[{"CustomerId":2}]""");
        (await service.Write("GET", "AccountsAbove(points=100)?$select=Points")).Body.Should().StartWith("""{"@odata.context":"{root}$metadata#LoyaltyAccounts(Points)","value":[{""");
    }

    [DatabaseFact]
    public async Task A_function_returns_a_collection_of_complex_values()
    {
        await service.Answers("Levels()?$format=json",
            """{"@odata.context":"{root}$metadata#Collection(BackendApi.LoyaltyLevel)","value":[{"Name":"Silver","LeastPoints":0},{"Name":"Gold","LeastPoints":1000},{"Name":"Platinum","LeastPoints":10000}]}""");
        await service.Shows("Levels", """[{"Name":"Silver","LeastPoints":0},{"Name":"Gold","LeastPoints":1000},{"Name":"Platinum","LeastPoints":10000}]""");
    }

    [DatabaseFact]
    public async Task An_action_bound_to_an_entity_takes_its_parameters_from_the_body_and_returns_the_entity()
    {
        (await service.Write("POST", "LoyaltyAccounts(2)/BackendApi.Credit", """{"points":25,"reason":"Birthday"}""")).Is(200, """{"CustomerId":2,"Points":75,"Nickname":null}""");
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit?$select=Points&$expand=Customer($select=Name)", """{"points":-5}""")).Is(200, """{"Points":70,"Customer":{"Name":"Bert"}}""");

        await service.Shows("LoyaltyBookings?$select=Points,Reason&$orderby=Points", """[{"Points":-5,"Reason":null},{"Points":25,"Reason":"Birthday"}]""");
    }

    [DatabaseFact]
    public async Task An_action_bound_to_a_collection_needs_no_body_where_it_takes_nothing()
    {
        (await service.Write("POST", "LoyaltyAccounts/$filter(Points lt 100)/Clear")).Is(200, """{"value":1}""");
        await service.Shows("LoyaltyAccounts?$select=Points", """[{"Points":1200},{"Points":0}]""");
        (await service.Write("POST", "LoyaltyAccounts/BackendApi.Clear", "{}")).Is(200, """{"value":2}""");
    }

    [DatabaseFact]
    public async Task Mistakes_in_the_parameters_of_an_action_are_all_told_and_nothing_happens()
    {
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"point":25,"reason":7}""")).IsRefused(400, ("UnknownProperty", "point"), ("RequiredMissing", "points"), ("TypeMismatch", "reason"));
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":null}""")).IsRefused(400, ("RequiredMissing", "points"));
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit")).IsRefused(400, ("RequiredMissing", "points"));
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":-1000}""")).IsRefused(409, ("Conflict", "points"));
        (await service.Write("POST", "LoyaltyAccounts(3)/Credit", """{"points":1}""")).IsRefused(404, ("EntityNotFound", null));

        await service.AnswersText("LoyaltyBookings/$count", "0");
    }

    [DatabaseFact]
    public async Task A_function_takes_GET_and_an_action_POST()
    {
        (await service.Write("GET", "LoyaltyAccounts(1)/Credit")).Has("Allow", "POST").IsRefused(405, ("MethodNotAllowed", null));
        (await service.Write("POST", "LoyaltyAccounts(1)/Worth", "{}")).Has("Allow", "GET").IsRefused(405, ("MethodNotAllowed", null));
        (await service.Write("DELETE", "LoyaltyAccounts(1)/Credit")).Status.Should().Be(405);
    }

    [DatabaseFact]
    public async Task Calls_that_nothing_answers_are_refused()
    {
        (await service.Write("GET", "LoyaltyAccounts(1)/Worth(price=1)")).IsRefused(404, ("NotFound", "the path"));
        (await service.Write("GET", "LoyaltyAccounts(1)/Worth(rate='x')")).IsRefused(400, ("TypeMismatch", "the path"));
        (await service.Write("GET", "LoyaltyAccounts(1)/Worth(rate=null)")).IsRefused(400, ("TypeMismatch", "the path"));
        (await service.Write("GET", "LoyaltyAccounts(9)/Worth")).IsRefused(404, ("EntityNotFound", null));
        (await service.Write("GET", "LoyaltyAccounts/Worth")).Status.Should().Be(404);
        (await service.Write("GET", "Levels/Name")).IsRefused(404, ("NotFound", "the path"));
        (await service.Write("GET", "AccountsAbove(points=1)/Nothing")).Status.Should().Be(404);
        (await service.Write("GET", "Levels?$filter=Name eq 'Gold'")).IsRefused(501, ("NotImplemented", null));
    }

    [DatabaseFact]
    public async Task An_action_is_called_only_on_the_version_that_If_Match_names()
    {
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""", ("If-Match", "W/\"old\""))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        var read = await service.Write("GET", "LoyaltyAccounts(2)");
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""", ("If-Match", read.Headers["ETag"]))).Is(200);
    }

    [DatabaseFact]
    public async Task Operations_run_in_a_batch_and_actions_in_the_transaction_of_their_change_set()
    {
        var answer = await service.Write("POST", "$batch",
            """
            {"requests":[
              {"id":"0","method":"get","url":"LoyaltyAccounts(1)/Worth"},
              {"id":"1","atomicityGroup":"g","method":"post","url":"LoyaltyAccounts(2)/Credit","body":{"points":10}},
              {"id":"2","atomicityGroup":"g","method":"post","url":"LoyaltyAccounts(2)/Credit","body":{"points":-500}}]}
            """, ("Prefer", "continue-on-error"));

        answer.Is(200);
        answer.Body.Should().Contain("12.00").And.Contain("The account has only 60 points.");
        await service.Shows("LoyaltyAccounts(2)?$select=Points", """{"Points":50}""");
    }

    [DatabaseFact]
    public async Task Operations_can_be_asked_for_asynchronously()
    {
        var answer = await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":5}""", ("Prefer", "respond-async,wait=30"));

        answer.Is(200, """{"CustomerId":2,"Points":55,"Nickname":null}""");
    }

    [DatabaseFact]
    public async Task An_action_on_trial_leaves_nothing_and_a_repeated_one_happens_once()
    {
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""", ("Prefer", "validate-only"))).Status.Should().Be(200);
        await service.AnswersText("LoyaltyBookings/$count", "0");

        (string, string)[] headers = [("Repeatability-Request-ID", "b2f2b5f0-0000-4000-8000-000000000002"), ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("R"))];
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""", headers)).Is(200, """{"CustomerId":2,"Points":51,"Nickname":null}""");
        (await service.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""", headers)).Is(200, """{"CustomerId":2,"Points":51,"Nickname":null}""");
        await service.AnswersText("LoyaltyBookings/$count", "1");
    }
}
