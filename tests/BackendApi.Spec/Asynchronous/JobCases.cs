using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Spec.Auditing;
using BackendApi.Spec.Rights;
using BackendApi.Sql;
using BackendApi.Testing;

namespace BackendApi.Spec.Asynchronous;

/// <summary>Asynchronous requests as entities (docs/reference/asynchronous-requests.md).</summary>
public abstract class JobCases(AuditedShop shop)
{
    /// <summary>As another node writes it, which is at work.</summary>
    private static readonly TableSchema Responses = new(
        new(null, "backend_response"), [Column.Text("id"), Column.Text("caller"), Column.Text("state"), Column.Instant("touched_at"), Column.Instant("started_at"), Column.Text("subject")], ["id"], [], []);

    private readonly string _id = $"{Guid.NewGuid():N}";

    private async Task BeginAsync(string caller)
    {
        await using var session = await shop.Database.Database.OpenAsync(default);
        foreach (var statement in shop.Database.Database.Dialect.Insert(
            Responses, ["id", "caller", "state", "touched_at", "started_at", "subject"], [[_id, caller, "running", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, "GET /odata/Orders"]]))
            await session.ExecuteAsync(statement, default);
    }

    [DatabaseFact]
    public async Task A_request_without_its_client_is_a_job_until_its_result_is_gone()
    {
        var accepted = await shop.Write("GET", "Tags?$orderby=Id&api_key=" + shop.ApiKey, null, ("Prefer", "respond-async"));
        accepted.Status.Should().Be(202);
        var id = accepted.Headers["Location"].Split('/')[^1];
        while ((await shop.Write("GET", $"$async/{id}")).Status == 202)
            await Task.Yield();

        await shop.Shows($"Jobs('{id}')?$select=Id,Kind,Subject,State,Progress,CallerKind,Status,Result", $$"""
            {"Id":"{{id}}","Kind":"Request","Subject":"GET /odata/Tags","State":"Succeeded","Progress":100,"CallerKind":"ApiKey","Status":200,"Result":"$async/{{id}}"}
            """);
        await shop.Shows($"Jobs?$filter=Id eq '{id}' and FinishedAt ge StartedAt&$select=Status", """[{"Status":200}]""");
        (await shop.Write("POST", $"Jobs('{id}')/Cancel")).IsRefused(409, ("Conflict", null)).Says("The job has ended: there is nothing to give up.");
    }

    [DatabaseFact]
    public async Task A_job_that_runs_can_be_given_up()
    {
        await BeginAsync("User:ada");
        await shop.Shows($"Jobs('{_id}')?$select=State,Progress,FinishedAt,Caller,CallerKind,Result", """{"State":"Running","Progress":null,"FinishedAt":null,"Caller":"ada","CallerKind":"User","Result":null}""");

        (await shop.Write("POST", $"Jobs('{_id}')/Cancel", null, ("Prefer", "validate-only"))).Is(204);
        await shop.AnswersText($"Jobs('{_id}')/State/$value", "Running");
        (await shop.Told(async () => (await shop.Write("POST", $"Jobs('{_id}')/Cancel")).Is(204))).Should().Be($"Cancel Jobs('{_id}') 1 [{{\"key\":\"'{_id}'\",\"after\":{{}}}}]");
        (await shop.Get($"Jobs('{_id}')")).Status.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task Callers_see_their_own_jobs_where_a_role_says_so()
    {
        await BeginAsync("User:somebody");
        var caller = await RestrictedCaller.OfAsync(shop, [("Jobs", new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, "Caller eq @name"))]);

        await caller.Shows($"Jobs?$filter=Id eq '{_id}'", "[]");
        (await caller.Write("POST", $"Jobs('{_id}')/Cancel")).Status.Should().BeOneOf(403, 404);
        (await caller.Write("DELETE", $"Jobs('{_id}')")).Status.Should().BeOneOf(403, 404, 405);
    }
}
