using BackendApi.Sql;
using BackendApi.Model.Store;
using BackendApi.Access.Rights;
using BackendApi.Spec.Rights;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Auditing;

/// <summary>Changes of configuration and access leave entries too, without what is secret in them.</summary>
public abstract class AuditedAccessCases(AuditedShop shop)
{
    private readonly string _id = $"{Guid.NewGuid():N}"[..12];

    private async Task<string> Told(Func<Task> change) => (await shop.Told(change)).Replace(_id, "{id}", StringComparison.Ordinal);

    [DatabaseFact]
    public async Task Users_are_told_as_data_is_and_actions_by_their_arguments()
    {
        (await Told(() => shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}","DisplayName":"U"}"""))).Should().Be(
            """Create Users('u{id}') 1 [{"key":"'u{id}'","after":{"Name":"u{id}","DisplayName":"U"}}]""");
        (await Told(() => shop.Write("PATCH", $"Users('u{_id}')", """{"DisplayName":"V"}"""))).Should().Be(
            """Update Users('u{id}') 1 [{"key":"'u{id}'","before":{"DisplayName":"U"},"after":{"DisplayName":"V"}}]""");
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetRoles", """{"roles":["Administrators"]}"""))).Should().Be(
            """SetRoles Users('u{id}') 1 [{"key":"'u{id}'","after":{"roles":["Administrators"]}}]""");
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetClaims", """{"claims":[{"Claim":"country","Value":"DE"}]}"""))).Should().Be(
            """SetClaims Users('u{id}') 1 [{"key":"'u{id}'","after":{"claims":[{"Claim":"country","Value":"DE"}]}}]""");
        (await Told(() => shop.Write("DELETE", $"Users('u{_id}')"))).Should().StartWith("Delete Users('u{id}') 1 ").And.Contain("\"DisplayName\":\"V\"");
    }

    [DatabaseFact]
    public async Task A_password_is_told_without_being_told()
    {
        await shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}"}""");

        (await Told(() => shop.Write("POST", $"Users('u{_id}')/ResetPassword", """{"password":"correct horse battery"}"""))).Should().Be(
            """ResetPassword Users('u{id}') 1 [{"key":"'u{id}'","after":{"password":"***","mustChange":true}}]""");
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/ResetPassword", """{"password":"short"}"""))).Should().BeEmpty("it was refused");
    }

    [DatabaseFact]
    public async Task A_key_is_told_by_its_terms()
    {
        (await Told(() => shop.Write("POST", "CreateApiKey", $$"""{"name":"k{{_id}}","roles":["Administrators"],"scopes":["*:read"]}"""))).Should().Be(
            """CreateApiKey () 1 [{"after":{"name":"k{id}","owner":null,"roles":["Administrators"],"scopes":["*:read"],"addresses":null,"requestsPerMinute":null,"validTo":null}}]""");
        (await Told(() => shop.Write("POST", $"ApiKeys('k{_id}')/Rotate", """{"overlapMinutes":5}"""))).Should().Be(
            """Rotate ApiKeys('k{id}') 1 [{"key":"'k{id}'","after":{"overlapMinutes":5}}]""");
    }

    [DatabaseFact]
    public async Task A_user_that_wrong_passwords_have_locked_is_told_with_where_they_came_from()
    {
        await shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}"}""");
        await shop.Write("POST", $"Users('u{_id}')/ResetPassword", """{"password":"correct horse battery","mustChange":false}""");
        var users = shop.Services.GetRequiredService<BackendApi.Access.Users.ISignInRecord>();

        var mark = await shop.LastAsync();
        for (var i = 0; i < 10; i++)
            await users.FailedAsync($"u{_id}", "192.0.2.7");

        (await shop.SinceAsync(mark)).Replace(_id, "{id}", StringComparison.Ordinal).Should().StartWith("""LockedOut Users('u{id}') 1 [{"key":"'u{id}'","after":{"LockedUntil":"20""");
        await shop.Shows($"AuditEntries?$filter=Id gt {mark}&$select=Caller,CallerKind,Address", """[{"Caller":"system","CallerKind":"System","Address":"192.0.2.7"}]""");
    }

    [DatabaseFact]
    public async Task A_configuration_is_told_member_by_member()
    {
        (await Told(() => shop.Write("PATCH", "DataExchangeConfigurations('fixed-tags')", """{"description":"a"}"""))).Should().Be(
            """Update DataExchangeConfigurations('fixed-tags') 1 [{"key":"'fixed-tags'","before":{},"after":{"description":"a"}}]""");
        (await Told(() => shop.Write("PATCH", "DataExchangeConfigurations('fixed-tags')", """{"description":null}"""))).Should().Be(
            """Update DataExchangeConfigurations('fixed-tags') 1 [{"key":"'fixed-tags'","before":{"description":"a"},"after":{}}]""");
        await shop.Shows("AuditEntries?$filter=EntitySet eq 'DataExchangeConfigurations' and Operation eq 'Create' and Key eq '''tags'''&$select=Caller,CallerKind", """[{"Caller":"system","CallerKind":"System"}]""");
    }

    [DatabaseFact]
    public async Task The_first_administrator_is_the_first_entry() =>
        await shop.Shows("AuditEntries?$filter=Operation eq 'FirstAdministrator'&$select=EntitySet,Key,Caller", """[{"EntitySet":"Users","Key":"'admin'","Caller":"system"}]""");

    [DatabaseFact]
    public async Task The_log_is_there_for_those_who_were_granted_it()
    {
        var stranger = await RestrictedCaller.OfAsync(shop, [("Tags", new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, null))]);
        (await stranger.Get("AuditEntries")).Is(404);

        var auditor = await RestrictedCaller.OfAsync(shop, [("AuditEntries", new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, "Operation eq 'FirstAdministrator'"))]);
        await auditor.Shows("AuditEntries?$select=Key", """[{"Key":"'admin'"}]""");
    }

    [DatabaseFact]
    public async Task Entries_that_are_too_old_go_and_the_others_stay()
    {
        var dialect = shop.Database.Database.Dialect;
        await using (var session = await shop.Database.Database.OpenAsync(default))
            foreach (var statement in dialect.Insert(AuditTables.Entries, ["at", "request_id", "caller", "caller_kind", "operation", "row_count", "changes"],
                Enumerable.Range(0, 1500).Select(number => (IReadOnlyList<object?>)[DateTimeOffset.UtcNow.AddDays(-366 - number), "", "old", "User", "Update", 1, "[]"])))
                await session.ExecuteAsync(statement, default);

        await shop.Services.GetRequiredService<AuditRetention>().ForgetAsync(default);

        await shop.AnswersText("AuditEntries/$count?$filter=Caller eq 'old'", "0");
        await shop.AnswersText("AuditEntries/$count?$filter=Operation eq 'FirstAdministrator'", "1");
    }
}
