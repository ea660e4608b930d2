using System.Text.RegularExpressions;
using BackendApi.Testing;

namespace BackendApi.Spec.Auditing;

/// <summary>The code of a module sends statements, and need not know of the audit log.</summary>
public abstract class AuditedModuleCases(AuditedLoyalty service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task What_an_action_of_a_module_changes_is_told_row_by_row() =>
        (await Told(() => service.Write("POST", "LoyaltyAccounts(1)/Credit", """{"points":10,"reason":"Thanks"}"""))).Should().Be(
            """
            Credit LoyaltyAccounts(1) 1 [{"key":"1","after":{"points":10,"reason":"Thanks"}}]
            Update LoyaltyAccounts(1) 1 [{"key":"1","before":{"Points":1200},"after":{"Points":1210}}]
            Create LoyaltyBookings({id}) 1 [{"key":"{id}","after":{"Id":"{id}","CustomerId":1,"Points":10,"Reason":"Thanks","BookedAt":{at}}}]
            """);

    [DatabaseFact]
    public async Task What_an_action_changes_in_many_rows_is_one_entry() =>
        (await Told(() => service.Write("POST", "LoyaltyAccounts/Clear"))).Should().Be(
            """
            Clear LoyaltyAccounts() 1 [{"after":{}}]
            Update LoyaltyAccounts() 2 [{"key":"1","before":{"Points":1200},"after":{"Points":0}},{"key":"2","before":{"Points":50},"after":{"Points":0}}]
            """);

    [DatabaseFact]
    public async Task What_a_facade_changes_besides_the_row_of_a_request_is_told_too()
    {
        (await Told(() => service.Write("POST", "LoyaltyAccounts", """{"CustomerId":3,"Nickname":"C"}"""))).Should().Be(
            """
            Create LoyaltyBookings({id}) 1 [{"key":"{id}","after":{"Id":"{id}","CustomerId":3,"Points":100,"Reason":"Welcome","BookedAt":{at}}}]
            Create LoyaltyAccounts(3) 1 [{"key":"3","after":{"CustomerId":3,"Nickname":"C","Points":100}}]
            """);
        (await Told(() => service.Write("DELETE", "LoyaltyAccounts(3)"))).Should().Be(
            """
            Delete LoyaltyBookings({id}) 1 [{"key":"{id}","before":{"Id":"{id}","CustomerId":3,"Points":100,"Reason":"Welcome","BookedAt":{at}}}]
            Delete LoyaltyAccounts(3) 1 [{"key":"3","before":{"CustomerId":3,"Points":100,"Nickname":"C"}}]
            """);
    }

    [DatabaseFact]
    public async Task What_is_tried_or_refused_leaves_no_entry() =>
        (await Told(async () =>
        {
            (await service.Write("POST", "LoyaltyAccounts(1)/Credit", """{"points":10}""", ("Prefer", "validate-only"))).Status.Should().Be(200);
            (await service.Write("POST", "LoyaltyAccounts(1)/Credit", """{"points":-9999}""")).Is(409);
        })).Should().BeEmpty();

    private async Task<string> Told(Func<Task> change) =>
        Regex.Replace(Regex.Replace(await service.Told(change), "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}"), @"""\d{4}-\d\d-\d\dT[\d:.]+Z""", "{at}");
}
