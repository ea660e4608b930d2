using BackendApi.Access.Rights;
using BackendApi.Spec.Rights;
using BackendApi.Testing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Modules;

/// <summary>Rights hold for what modules declare as for everything else, and no right leads around a facade.</summary>
public abstract class ModuleRightsCases(LoyaltyService service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task Who_may_only_create_creates_through_the_facade()
    {
        var caller = await OfAsync(service, [May("LoyaltyAccounts", Verbs.Read | Verbs.Create | Verbs.Delete)]);

        (await caller.Write("POST", "LoyaltyAccounts", """{"CustomerId":3}""")).Is(201, """{"CustomerId":3,"Points":100,"Nickname":null}""");
        (await caller.Write("DELETE", "LoyaltyAccounts(1)")).IsRefused(409, ("Conflict", null));
        await service.AnswersText("LoyaltyBookings/$count", "1");
    }

    [DatabaseFact]
    public async Task Who_may_not_execute_finds_no_operation()
    {
        var reader = await OfAsync(service, [May("LoyaltyAccounts", Verbs.Read)]);
        var caller = await OfAsync(service, [May("LoyaltyAccounts", Verbs.Read | Verbs.Execute)]);

        (await reader.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""")).Status.Should().BeOneOf(403, 404);
        (await reader.Get("Levels")).Status.Should().Be(404);
        (await reader.Get("$metadata")).Body.Should().NotContain("Credit");
        (await caller.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""")).Is(200, """{"CustomerId":2,"Points":51,"Nickname":null}""");
    }

    [DatabaseFact]
    public async Task Entities_that_an_operation_names_are_those_that_the_caller_may_see()
    {
        var caller = await OfAsync(service, [May("LoyaltyAccounts", Verbs.Read | Verbs.Execute, filter: "Points lt 1000", read: "Points"), May("AccountsAbove", Verbs.Execute), May("Tiers", Verbs.Read | Verbs.Execute, filter: "IsOpen", read: "LeastPoints")]);

        await caller.Shows("AccountsAbove(points=10)", """[{"CustomerId":2,"Points":50}]""");
        (await caller.Get("AccountsAbove(points=10)?$filter=Nickname ne null")).Status.Should().Be(400);
        (await caller.Write("POST", "LoyaltyAccounts(1)/Credit", """{"points":1}""")).IsRefused(404, ("EntityNotFound", null));
        (await caller.Write("POST", "LoyaltyAccounts/Clear")).Is(200, """{"value":1}""");
        await caller.Shows("Tiers", """[{"Name":"Gold","LeastPoints":1000},{"Name":"Silver","LeastPoints":0}]""");
        (await caller.Get("Tiers('Gold')/Next")).IsRefused(404, ("EntityNotFound", null));
        (await caller.Get("Tiers?$filter=Discount gt 0")).Status.Should().Be(400);
    }

    [DatabaseFact]
    public async Task What_may_be_seen_may_not_be_executed_on_where_another_grant_shows_it()
    {
        var caller = await OfAsync(service, [May("LoyaltyAccounts", Verbs.Read), May("Tiers", Verbs.Read)], [May("LoyaltyAccounts", Verbs.Execute, filter: "Points lt 1000"), May("Tiers", Verbs.Execute, filter: "IsOpen")]);

        (await caller.Write("POST", "LoyaltyAccounts(1)/Credit", """{"points":1}""")).IsRefused(403, ("Forbidden", null));
        (await caller.Get("LoyaltyAccounts(1)/Worth")).IsRefused(403, ("Forbidden", null));
        (await caller.Write("POST", "LoyaltyAccounts/Clear")).IsRefused(403, ("Forbidden", null));
        (await caller.Get("Tiers('Platinum')/Next")).IsRefused(403, ("Forbidden", null));
        await caller.Shows("Tiers('Silver')/Next?$select=Name", """{"Name":"Gold"}""");
        await service.AnswersText("LoyaltyBookings/$count", "0");

        (await caller.Write("POST", "LoyaltyAccounts(2)/Credit", """{"points":1}""")).Is(200, """{"CustomerId":2,"Points":51,"Nickname":null}""");
        (await caller.Write("POST", "LoyaltyAccounts/$filter(Points lt 1000)/Clear")).Is(200, """{"value":1}""");
    }
}
