using System.Text.RegularExpressions;
using BackendApi.Sql;
using BackendApi.Model.Store;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Spec.Rights;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Auditing;

/// <summary>Changes of configuration and access leave entries too, without what is secret in them.</summary>
public abstract class AuditedAccessCases(AuditedShop shop)
{
    private readonly string _id = $"{Guid.NewGuid():N}"[..12];

    /// <summary>The same whenever and by whichever test it is told.</summary>
    private async Task<string> Told(Func<Task> change) => Plain(await shop.Told(change));

    private string Plain(string told) =>
        Regex.Replace(Regex.Replace(told.Replace(_id, "{id}", StringComparison.Ordinal), @"""\d{4}-\d\d-\d\dT[\d:.]+Z""", "{at}"), """last_characters":"....""", """last_characters":"****""");

    [DatabaseFact]
    public async Task Users_are_told_as_data_is()
    {
        (await Told(() => shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}","DisplayName":"U"}"""))).Should().Be(
            """Create Users('u{id}') 1 [{"key":"'u{id}'","after":{"Name":"u{id}","CreatedAt":{at},"ChangedAt":{at},"DisplayName":"U","MustChangePassword":true}}]""");
        (await Told(() => shop.Write("PATCH", $"Users('u{_id}')", """{"DisplayName":"V"}"""))).Should().Be(
            """Update Users('u{id}') 1 [{"key":"'u{id}'","before":{"DisplayName":"U","ChangedAt":{at}},"after":{"DisplayName":"V","ChangedAt":{at}}}]""");
    }

    [DatabaseFact]
    public async Task An_action_is_told_by_its_arguments_and_every_row_that_it_changes_by_what_it_was_and_is()
    {
        await shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}"}""");
        await shop.Write("POST", "Roles", $$"""{"Name":"r{{_id}}"}""");

        (await Told(() => shop.Write("POST", $"Users('u{_id}')/Lock"))).Should().Be(
            """
            Lock Users('u{id}') 1 [{"key":"'u{id}'","after":{}}]
            Update Users('u{id}') 1 [{"key":"'u{id}'","before":{"LockedAt":null,"ChangedAt":{at}},"after":{"LockedAt":{at},"ChangedAt":{at}}}]
            """);
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/Unlock"))).Should().Be(
            """
            Unlock Users('u{id}') 1 [{"key":"'u{id}'","after":{}}]
            Update Users('u{id}') 1 [{"key":"'u{id}'","before":{"LockedAt":{at},"ChangedAt":{at}},"after":{"LockedAt":null,"ChangedAt":{at}}}]
            """);
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetRoles", """{"roles":["Administrators"]}"""))).Should().Be(
            """
            SetRoles Users('u{id}') 1 [{"key":"'u{id}'","after":{"roles":["Administrators"]}}]
            Link Users/Roles() 1 [{"after":{"user_name":"u{id}","role_name":"Administrators"}}]
            """);
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetRoles", $$"""{"roles":["Administrators","r{{_id}}"]}"""))).Should().Be(
            """
            SetRoles Users('u{id}') 1 [{"key":"'u{id}'","after":{"roles":["Administrators","r{id}"]}}]
            Link Users/Roles() 1 [{"after":{"user_name":"u{id}","role_name":"r{id}"}}]
            """);
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetClaims", """{"claims":[{"Claim":"country","Value":"DE"}]}"""))).Should().Be(
            """
            SetClaims Users('u{id}') 1 [{"key":"'u{id}'","after":{"claims":[{"Claim":"country","Value":"DE"}]}}]
            Create UserClaims(UserName='u{id}',Claim='country') 1 [{"key":"UserName='u{id}',Claim='country'","after":{"UserName":"u{id}","Claim":"country","Value":"DE"}}]
            """);
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetClaims", """{"claims":[{"Claim":"country","Value":"CH"}]}"""))).Should().EndWith(
            """Update UserClaims(UserName='u{id}',Claim='country') 1 [{"key":"UserName='u{id}',Claim='country'","before":{"Value":"DE"},"after":{"Value":"CH"}}]""");
    }

    [DatabaseFact]
    public async Task What_goes_with_a_user_or_a_role_is_told_too()
    {
        await shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}","Claims":[{"Claim":"country","Value":"DE"}]}""");
        await shop.Write("POST", "Roles", $$"""{"Name":"r{{_id}}"}""");
        await shop.Write("POST", "Permissions", $$"""{"RoleName":"r{{_id}}","EntitySet":"Tags","CanRead":true,"Readable":["*"],"Writable":[]}""");
        await shop.Write("POST", $"Users('u{_id}')/SetRoles", $$"""{"roles":["r{{_id}}"]}""");

        (await Told(() => shop.Write("DELETE", $"Roles('r{_id}')"))).Should().Be(
            """
            Unlink Users/Roles() 1 [{"before":{"user_name":"u{id}","role_name":"r{id}"}}]
            Delete Permissions(RoleName='r{id}',EntitySet='Tags') 1 [{"key":"RoleName='r{id}',EntitySet='Tags'","before":{"RoleName":"r{id}","EntitySet":"Tags","CanRead":true,"CanCreate":false,"CanUpdate":false,"CanDelete":false,"CanExecute":false,"Readable":"[\"*\"]","Writable":"[]","RowFilter":null}}]
            Delete Roles('r{id}') 1 [{"key":"'r{id}'","before":{"Name":"r{id}","Description":null,"HasAllRights":false,"CreatedAt":{at},"ChangedAt":{at}}}]
            """);
        (await Told(() => shop.Write("DELETE", $"Users('u{_id}')"))).Split('\n').Select(entry => entry.Split(" 1 ")[0]).Should().Equal(
            "Delete UserClaims(UserName='u{id}',Claim='country')", "Delete Users('u{id}')");
    }

    [DatabaseFact]
    public async Task A_password_is_told_without_being_told()
    {
        await shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}"}""");

        (await Told(() => shop.Write("POST", $"Users('u{_id}')/ResetPassword", """{"password":"correct horse battery","mustChange":false}"""))).Should().Be(
            """
            ResetPassword Users('u{id}') 1 [{"key":"'u{id}'","after":{"password":"***","mustChange":false}}]
            Update Users('u{id}') 1 [{"key":"'u{id}'","before":{"MustChangePassword":true,"ChangedAt":{at}},"after":{"MustChangePassword":false,"ChangedAt":{at}}}]
            """);
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/ResetPassword", """{"password":"short"}"""))).Should().BeEmpty("it was refused");
        (await Told(() => shop.Write("POST", $"Users('u{_id}')/SetRoles", """{"roles":["none of ours"]}"""))).Should().BeEmpty("it was refused when it had begun");
    }

    [DatabaseFact]
    public async Task A_key_is_told_by_its_terms_and_its_values_by_their_ends()
    {
        (await Told(() => shop.Write("POST", "CreateApiKey", $$"""{"name":"k{{_id}}","roles":["Administrators"],"scopes":["*:read"]}"""))).Should().MatchRegex(
            """
            ^CreateApiKey \(\) 1 \[{"after":{"name":"k{id}","owner":null,"roles":\["Administrators"],"scopes":\["\*:read"],"addresses":null,"requestsPerMinute":null,"validTo":null}}]
            Create ApiKeys\('k{id}'\) 1 \[{"key":"'k{id}'","after":{"Name":"k{id}","CreatedAt":{at},"CreatedBy":".*","Scopes":.*,"Addresses":"\[]"}}]
            Link ApiKeys/Roles\(\) 1 \[{"after":{"key_name":"k{id}","role_name":"Administrators"}}]
            Create ApiKeys/Values\(\) 1 \[{"after":{"key_name":"k{id}","last_characters":"\*\*\*\*"}}]$
            """);
        (await Told(() => shop.Write("POST", $"ApiKeys('k{_id}')/Rotate", """{"overlapMinutes":5}"""))).Should().Be(
            """
            Rotate ApiKeys('k{id}') 1 [{"key":"'k{id}'","after":{"overlapMinutes":5}}]
            Update ApiKeys/Values() 1 [{"before":{"key_name":"k{id}","last_characters":"****","valid_to":null},"after":{"key_name":"k{id}","last_characters":"****","valid_to":{at}}}]
            Create ApiKeys/Values() 1 [{"after":{"key_name":"k{id}","last_characters":"****"}}]
            """);
    }

    [DatabaseFact]
    public async Task A_user_that_wrong_passwords_have_locked_is_told_with_where_they_came_from()
    {
        await shop.Write("POST", "Users", $$"""{"Name":"u{{_id}}"}""");
        await shop.Write("POST", $"Users('u{_id}')/ResetPassword", """{"password":"correct horse battery","mustChange":false}""");
        var users = shop.Services.GetRequiredService<ISignInRecord>();

        var mark = await shop.LastAsync();
        for (var i = 0; i < 10; i++)
            await users.FailedAsync($"u{_id}", SignInRefusal.WrongPassword, new("192.0.2.7", "password", "192.0.2.7", ""));

        Plain(await shop.SinceAsync(mark)).Split('\n').Should().ContainSingle(entry => entry.StartsWith("LockedOut")).Which.Should().Be(
            """LockedOut Users('u{id}') 1 [{"key":"'u{id}'","after":{"LockedUntil":{at}}}]""");
        await shop.Shows($"AuditEntries?$filter=Id gt {mark} and Operation eq 'LockedOut'&$select=Caller,CallerKind,Address", """[{"Caller":"system","CallerKind":"System","Address":"192.0.2.7"}]""");
    }

    [DatabaseFact]
    public async Task A_configuration_is_told_member_by_member()
    {
        (await Told(() => shop.Write("PATCH", "DataExchangeConfigurations('fixed-tags')", """{"description":"a"}"""))).Should().Be(
            """Update DataExchangeConfigurations('fixed-tags') 1 [{"key":"'fixed-tags'","before":{},"after":{"description":"a"}}]""");
        (await Told(() => shop.Write("PATCH", "DataExchangeConfigurations('fixed-tags')", """{"description":null}"""))).Should().Be(
            """Update DataExchangeConfigurations('fixed-tags') 1 [{"key":"'fixed-tags'","before":{"description":"a"},"after":{}}]""");
        await shop.Shows("AuditEntries?$filter=EntitySet eq 'DataExchangeConfigurations' and Operation eq 'Create' and contains(Changes,'\"key\":\"''tags''\"')&$select=Caller,CallerKind", """[{"Caller":"system","CallerKind":"System"}]""");
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
