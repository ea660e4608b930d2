using System.Net;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>Users, and what signs them in.</summary>
public abstract class UserCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private const string Password = "correct horse battery";
    private readonly string name = $"user{Guid.NewGuid():N}"[..16];
    private BackendApiHost host = null!;

    public async Task InitializeAsync()
    {
        host = await BackendApiHost.StartAsync(database, "--Access:LockoutAttempts=3");
        await Store((users, session) => users.CreateAsync(session, new(name, Password, []), default));
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_user_signs_in_whatever_the_case_of_the_name()
    {
        (await host.SignInAsync(name, Password).OutcomeAsync()).Should().Be("200 ");
        (await host.SignInAsync(name.ToUpperInvariant(), Password).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task A_name_that_differs_in_case_only_is_taken() =>
        (await Refusal((users, session) => users.CreateAsync(session, new(name.ToUpperInvariant(), Password, []), default))).Should().Be(Errors.Conflict);

    [DatabaseTheory]
    [InlineData("")]
    [InlineData(" ada")]
    [InlineData("a:b")]
    [InlineData("ada\n12:00:00 info: admin signed in")]
    [InlineData("half \ud83d\ude00")]
    public async Task What_cannot_be_a_name_is_refused(string wrong) =>
        (await Refusal((users, session) => users.CreateAsync(session, new(wrong, Password, []), default))).Should().Be(Errors.InvalidValue);

    [DatabaseFact]
    public async Task A_role_has_to_exist() =>
        (await Refusal((users, session) => users.SetRolesAsync(session, name, ["no such role"], default))).Should().Be(Errors.ReferenceNotFound);

    [DatabaseFact]
    public async Task Too_many_wrong_passwords_lock_a_user_on_all_nodes_and_nobody_is_told()
    {
        await using var second = await BackendApiHost.StartAsync(database, "--Access:LockoutAttempts=3");
        await host.SignInAsync(name, "wrong 1").OutcomeAsync();
        await second.SignInAsync(name, "wrong 2").OutcomeAsync();
        (await host.SignInAsync(name, "wrong 3").OutcomeAsync()).Should().Be("400 invalid_grant");

        (await second.SignInAsync(name, Password).OutcomeAsync()).Should().Be("400 invalid_grant");
        await Store((users, session) => users.UnlockAsync(session, name, default));
        (await second.SignInAsync(name, Password).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task Whoever_is_locked_by_strangers_signs_in_where_they_have_before_and_nobody_else_does()
    {
        const string settings = "--Access:LockoutAttempts=3", proxy = "--Service:TrustedProxies=127.0.0.1";
        await using var behind = await BackendApiHost.StartAsync(database, settings, proxy);
        (await SignInFromAsync(behind, "192.0.2.1", Password)).Should().Be("200 ");
        for (var i = 0; i < 6; i++)
            await SignInFromAsync(behind, $"198.51.100.{i}", $"guess {i}");

        // Other nodes, so that no answer is one that was remembered.
        await using var second = await BackendApiHost.StartAsync(database, settings, proxy);
        await using var third = await BackendApiHost.StartAsync(database, settings, proxy);
        (await SignInFromAsync(second, "198.51.100.7", Password)).Should().Be("400 invalid_grant", "the right password of a stranger unlocks nobody");
        (await SignInFromAsync(second, "192.0.2.1", "wrong")).Should().Be("400 invalid_grant");
        (await SignInFromAsync(second, "192.0.2.1", Password)).Should().Be("200 ");
        (await SignInFromAsync(third, "198.51.100.7", Password)).Should().Be("400 invalid_grant", "the lock goes on everywhere else");
        await Store((users, session) => users.LockAsync(session, name, default));
        (await SignInFromAsync(third, "192.0.2.1", Password)).Should().Be("400 invalid_grant", "an administrator's lock holds everywhere");
    }

    private async Task<string> SignInFromAsync(BackendApiHost node, string address, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node.Root, "token"));
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = new FormUrlEncodedContent([new("grant_type", "password"), new("username", name), new("password", password)]);
        return await node.Anonymous.SendAsync(request).OutcomeAsync();
    }

    [DatabaseFact]
    public async Task A_right_password_starts_the_count_afresh()
    {
        for (var i = 0; i < 3; i++)
        {
            await host.SignInAsync(name, $"wrong {i}").OutcomeAsync();
            // Another node, so that the answer is not one that was remembered.
            await using var other = await BackendApiHost.StartAsync(database, "--Access:LockoutAttempts=3");
            (await other.SignInAsync(name, Password).OutcomeAsync()).Should().Be("200 ");
        }
    }

    [DatabaseFact]
    public async Task A_locked_user_is_out_within_two_seconds_with_every_token()
    {
        var token = await host.SignInAsync(name, Password).TextAsync("access_token");
        (await host.StatusAsync("Bearer", token)).Should().Be(HttpStatusCode.OK);

        await Store((users, session) => users.LockAsync(session, name, default));

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", token)).Should().Be(HttpStatusCode.Unauthorized);
        (await host.SignInAsync(name, Password).OutcomeAsync()).Should().Be("400 invalid_grant");
    }

    [DatabaseFact]
    public async Task Another_password_ends_the_tokens_of_the_old_one()
    {
        using var answer = await host.SignInAsync(name, Password);
        var tokens = await answer.JsonAsync();

        await Store((users, session) => users.SetPasswordAsync(session, name, "another horse battery", mustChange: false, default));

        (await host.BecomesAsync(HttpStatusCode.Unauthorized, "Bearer", tokens.GetProperty("access_token").GetString()!)).Should().Be(HttpStatusCode.Unauthorized);
        (await host.FormAsync("token", ("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!)).OutcomeAsync()).Should().Be("400 invalid_grant");
        (await host.SignInAsync(name, Password).OutcomeAsync()).Should().Be("400 invalid_grant");
        (await host.SignInAsync(name, "another horse battery").OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task Nobody_takes_a_user_back_with_a_password_that_has_been_replaced_since_it_was_checked()
    {
        var known = (await host.Services.GetRequiredService<AccessDirectory>().NewerAsync(default)).Users[name];
        await Store((users, session) => users.SetPasswordAsync(session, name, "given by an administrator", mustChange: false, default));

        (await host.InStoreAsync<UserStore, bool>((users, session) => users.ReplacePasswordAsync(session, known, users.Hash(name, "chosen by a thief"), default))).Should().BeFalse();
        (await host.SignInAsync(name, "given by an administrator").OutcomeAsync()).Should().Be("200 ");

        known = (await host.Services.GetRequiredService<AccessDirectory>().NewerAsync(default)).Users[name];
        (await host.InStoreAsync<UserStore, bool>((users, session) => users.ReplacePasswordAsync(session, known, users.Hash(name, "chosen by the user"), default))).Should().BeTrue();
        (await host.SignInAsync(name, "chosen by the user").OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task Who_has_to_change_the_password_does_it_while_signing_in()
    {
        await Store((users, session) => users.SetPasswordAsync(session, name, "given by an administrator", mustChange: true, default));
        (await host.SignInAsync(name, "given by an administrator").OutcomeAsync()).Should().Be("400 password_change_required");
        (await host.SignInAsync(name, "given by an administrator", ("new_password", "short")).OutcomeAsync()).Should().Be("400 invalid_request");
        (await host.SignInAsync(name, "given by an administrator", ("new_password", "given by an administrator")).OutcomeAsync()).Should().Be("400 invalid_request");
        var token = await host.SignInAsync(name, "given by an administrator", ("new_password", "chosen by the user")).TextAsync("access_token");

        (await host.StatusAsync("Bearer", token)).Should().Be(HttpStatusCode.OK);
        (await host.SignInAsync(name, "chosen by the user").OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task A_second_factor_is_asked_for_and_each_code_is_taken_once()
    {
        var (secret, recovery) = await EnrolAsync();

        (await host.SignInAsync(name, Password).OutcomeAsync()).Should().Be("400 mfa_required");
        (await host.SignInAsync(name, Password, ("otp", "000000")).OutcomeAsync()).Should().Be("400 invalid_grant");
        var code = OneTimeCode.At(secret, DateTimeOffset.UtcNow.AddSeconds(30));
        (await host.SignInAsync(name, Password, ("otp", code)).OutcomeAsync()).Should().Be("200 ");
        (await host.SignInAsync(name, Password, ("otp", code)).OutcomeAsync()).Should().Be("400 invalid_grant");
        (await host.SignInAsync(name, Password, ("otp", recovery[0])).OutcomeAsync()).Should().Be("200 ");
        (await host.SignInAsync(name, Password, ("otp", recovery[0])).OutcomeAsync()).Should().Be("400 invalid_grant");
        recovery.Should().HaveCount(10);
    }

    [DatabaseFact]
    public async Task Basic_has_no_place_for_a_second_factor()
    {
        await EnrolAsync();
        (await host.SignInAsync(name, Password).OutcomeAsync()).Should().Be("400 mfa_required");
        (await host.StatusAsync("Basic", AccessRequests.Basic(name, Password)[6..])).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_removed_second_factor_is_asked_for_no_more()
    {
        await EnrolAsync();
        await Store((users, session) => users.RemoveSecondFactorAsync(session, name, default));

        (await host.SignInAsync(name, Password).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task Somebody_with_all_rights_stays()
    {
        (await Refusal((users, session) => users.LockAsync(session, BackendApiHost.AdminUserName, default))).Should().Be(Errors.Conflict);
        (await Refusal((users, session) => users.DeleteAsync(session, BackendApiHost.AdminUserName, default))).Should().Be(Errors.Conflict);
        (await Refusal((users, session) => users.SetRolesAsync(session, BackendApiHost.AdminUserName, [], default))).Should().Be(Errors.Conflict);
        (await Refusal(() => host.InStoreAsync<RoleStore>((roles, session) => roles.DeleteAsync(session, AccessTables.Administrators, default)))).Should().Be(Errors.Conflict);
        (await host.SignInAsync(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword).OutcomeAsync()).Should().Be("200 ");
    }

    [DatabaseFact]
    public async Task A_user_without_rights_changes_nothing()
    {
        var token = await host.SignInAsync(name, Password).TextAsync("access_token");

        using var response = await host.SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('x')", $"Bearer {token}");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.JsonAsync()).GetProperty("error").GetProperty("code").GetString().Should().Be("Forbidden");
    }

    private async Task<(byte[] Secret, IReadOnlyList<string> RecoveryCodes)> EnrolAsync()
    {
        var factor = await host.InStoreAsync<UserStore, SecondFactor>((users, session) => users.BeginSecondFactorAsync(session, name, default));
        var secret = AccessRequests.FromBase32(factor.Secret);
        (await Refusal((users, session) => users.ConfirmSecondFactorAsync(session, name, "000000", default))).Should().Be(Errors.InvalidValue);
        var codes = await host.InStoreAsync<UserStore, IReadOnlyList<string>>((users, session) => users.ConfirmSecondFactorAsync(session, name, OneTimeCode.At(secret, DateTimeOffset.UtcNow), default));
        return (secret, codes);
    }

    private Task Store(Func<UserStore, Sql.Session, Task> work) => host.InStoreAsync(work);

    private Task<ErrorRow> Refusal(Func<UserStore, Sql.Session, Task> work) => Refusal(() => host.InStoreAsync(work));

    private static async Task<ErrorRow> Refusal(Func<Task> work) => (await work.Should().ThrowAsync<ServiceException>()).Which.Error.Row;
}

public sealed class UsersOnSqlite(SqliteTestDatabase database) : UserCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class UsersOnPostgreSql(PostgreSqlTestDatabase database) : UserCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class UsersOnSqlServer(SqlServerTestDatabase database) : UserCases<SqlServerTestDatabase>(database);
