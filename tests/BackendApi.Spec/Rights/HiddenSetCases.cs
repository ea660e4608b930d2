using BackendApi.Access.Rights;
using BackendApi.Spec.Writing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Rights;

/// <summary>Definitions look into sets that a caller does not see. That there is no such row is told; which set it would be in is not.</summary>
public abstract class HiddenSetCases(RuledShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseTheory]
    [InlineData("""{"Code":"B","Currency":"XXX"}""", "Currency")]
    [InlineData("""{"Code":"B","Currency":"EUR","OtherId":77}""", "OtherId")]
    public async Task A_row_that_a_definition_looks_for_is_missed_without_a_name(string body, string target)
    {
        var caller = await OfAsync(shop, [May("Sales", Verbs.All)]);

        (await caller.Write("POST", "Sales", body)).IsRefused(400, ("ReferenceNotFound", target)).Says("There is no entity with this key.");
        (await shop.Write("POST", "Sales", body)).IsRefused(400, ("ReferenceNotFound", target)).Says("There is no entity of Currencies with this key.");
    }

    /// <summary>The constraint holds for all rows: that there is another one has to be told, and whether it can be seen is not.</summary>
    [DatabaseFact]
    public async Task A_key_that_is_taken_is_refused_alike_whoever_may_see_the_row()
    {
        await shop.Write("POST", "Sales", """{"Code":"B","Currency":"USD"}""");
        var caller = await OfAsync(shop, [May("Sales", Verbs.All, "Code ne 'B'")], [May("Sales", Verbs.Create)]);

        var seen = await caller.Write("POST", "Sales", """{"Code":"A","Currency":"EUR"}""");
        var hidden = await caller.Write("POST", "Sales", """{"Code":"B","Currency":"EUR"}""");

        seen.IsRefused(409, ("Conflict", "Code")).Says("Another entity of Sales has the same Code.");
        (hidden.Status, hidden.Body).Should().Be((seen.Status, seen.Body));
    }
}

public sealed class HiddenSetsOnSqlite(SqliteRuledShop shop) : HiddenSetCases(shop), IClassFixture<SqliteRuledShop>;

[Needs("PostgreSql")]
public sealed class HiddenSetsOnPostgreSql(PostgreSqlRuledShop shop) : HiddenSetCases(shop), IClassFixture<PostgreSqlRuledShop>;

[Needs("SqlServer")]
public sealed class HiddenSetsOnSqlServer(SqlServerRuledShop shop) : HiddenSetCases(shop), IClassFixture<SqlServerRuledShop>;
