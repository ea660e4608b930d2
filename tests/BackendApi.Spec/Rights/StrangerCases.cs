using System.Text.RegularExpressions;
using BackendApi.Access.Rights;
using BackendApi.Spec.Writing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Rights;

/// <summary>What belongs to another caller is answered as what belongs to nobody.</summary>
public abstract class StrangerCases(WritableShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseTheory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task The_monitor_of_another_request(string method)
    {
        var (owner, stranger) = (await OfAsync(shop, [May("Tags", Verbs.Read)]), await OfAsync(shop, [May("Tags", Verbs.Read)]));
        var monitor = (await owner.Get("Tags", ("Prefer", "respond-async"))).Headers["Location"].Replace("{root}", "", StringComparison.Ordinal);
        var nobodys = Regex.Replace(monitor, "[^/]+$", last => new string([.. last.Value.Reverse()]));

        var others = await stranger.Write(method, monitor);
        var none = await stranger.Write(method, nobodys);

        others.IsRefused(404, ("NotFound", null));
        (others.Status, others.Body).Should().Be((none.Status, none.Body));
        others.Headers.Keys.Should().BeEquivalentTo(none.Headers.Keys);
        // What a stranger asks for changes nothing.
        (await owner.Get(monitor)).Status.Should().BeOneOf(200, 202);
    }

    [DatabaseTheory]
    [InlineData("Idempotency-Key", "\"k-1\"")]
    [InlineData("Repeatability-Request-ID", "3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    public async Task The_identifier_of_another_request(string header, string value)
    {
        var (owner, stranger) = (await OfAsync(shop, [May("Customers", Verbs.All)]), await OfAsync(shop, [May("Customers", Verbs.All)]));
        (string, string)[] headers = [(header, value), .. header[0] == 'R' ? ((string, string)[])[("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r"))] : []];
        (await owner.Write("POST", "Customers", """{"Code":"X","Name":"owner"}""", headers)).Is(201);

        var answer = await stranger.Write("POST", "Customers", """{"Code":"Y","Name":"stranger"}""", headers);

        answer.Is(201, """{"Id":5,"Code":"Y","Name":"stranger","Country":null,"Balance":null}""");
    }

    [DatabaseFact]
    public async Task A_user_who_is_not_there_and_a_wrong_password()
    {
        var wrong = await TokenAsync(BackendApiHost.AdminUserName, "not the password");
        var unknown = await TokenAsync("nobody", "not the password");

        wrong.Status.Should().Be(400);
        unknown.Should().Be(wrong);
    }

    private async Task<(int Status, string Body)> TokenAsync(string name, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = name, ["password"] = password });
        using var response = await shop.Send(HttpMethod.Post, "/token", form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

public sealed class StrangersOnSqlite(SqliteWritableShop shop) : StrangerCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class StrangersOnPostgreSql(PostgreSqlWritableShop shop) : StrangerCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class StrangersOnSqlServer(SqlServerWritableShop shop) : StrangerCases(shop), IClassFixture<SqlServerWritableShop>;
