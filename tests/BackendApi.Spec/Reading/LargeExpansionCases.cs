using System.Text.Json.Nodes;
using BackendApi.Support;

namespace BackendApi.Spec.Reading;

/// <summary>250 owners; the first has 450 children, every other one. Pages hold 200 rows.</summary>
public abstract class LargeExpansionCases<TDatabase>(LargeExpansionCases<TDatabase>.Owners owners)
    where TDatabase : TestDatabase, new()
{
    public class Owners : HostFixture<TDatabase>
    {
        protected override string[] Settings => ["--OData:MaxPageSize=200"];

        protected override string? Definitions => """[{ "alias": "owners", "table": "owner" }, { "alias": "children", "table": "child" }]""";

        protected override Task PrepareAsync() => Database.RunAsync(
            "CREATE TABLE owner (id INTEGER NOT NULL PRIMARY KEY)",
            "CREATE TABLE child (id INTEGER NOT NULL PRIMARY KEY, owner_id INTEGER NOT NULL REFERENCES owner (id))",
            "INSERT INTO owner VALUES " + string.Join(", ", Enumerable.Range(1, 250).Select(id => $"({id})")),
            "INSERT INTO child VALUES " + string.Join(", ", Enumerable.Range(1, 450).Select(id => $"({id}, 1)")),
            "INSERT INTO child VALUES " + string.Join(", ", Enumerable.Range(2, 249).Select(id => $"({id + 1000}, {id})")));
    }

    [DatabaseFact]
    public async Task An_expansion_costs_two_statements_for_each_hundred_owners()
    {
        var statements = 0;
        using (owners.Host.Observations.Listen(observed => statements += observed is StatementExecuted ? 1 : 0))
            (await GetAsync("odata/Owners?$expand=Children")).AsArray("value").Should().HaveCount(200);
        statements.Should().Be(4);
    }

    [DatabaseFact]
    public async Task A_collection_longer_than_a_page_has_a_next_link_of_its_own()
    {
        var first = (await GetAsync("odata/Owners?$filter=Id le 2&$expand=Children($select=Id;$filter=Id gt @least;$orderby=Id)&@least=0")).AsArray("value");
        first[1]!.AsObject().Should().NotContainKey("Children@odata.nextLink");
        var keys = Keys(first[0]!, "Children");
        for (var next = (string?)first[0]!["Children@odata.nextLink"]; next is not null;)
        {
            next.Should().StartWith($"{owners.Host.Root}odata/Owners(1)/Children?$select=Id&$filter=Id%20gt%20%40least&$orderby=Id&@least=0&$skiptoken=");
            var page = await GetAsync(next);
            keys.AddRange(Keys(page, "value"));
            next = (string?)page["@odata.nextLink"];
        }
        keys.Should().Equal(Enumerable.Range(1, 450));
    }

    private static List<int> Keys(JsonNode node, string member) => [.. node.AsArray(member).Select(row => (int)row!["Id"]!)];

    private async Task<JsonNode> GetAsync(string address)
    {
        using var response = await owners.Host.Client.GetAsync(address);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("{0} answered {1}", address, body);
        return JsonNode.Parse(body)!;
    }
}

internal static class JsonNodes
{
    public static JsonArray AsArray(this JsonNode node, string member) => node[member]!.AsArray();
}

public sealed class LargeExpansionOnSqlite(LargeExpansionCases<SqliteTestDatabase>.Owners owners)
    : LargeExpansionCases<SqliteTestDatabase>(owners), IClassFixture<LargeExpansionCases<SqliteTestDatabase>.Owners>;

[Needs("PostgreSql")]
public sealed class LargeExpansionOnPostgreSql(LargeExpansionCases<PostgreSqlTestDatabase>.Owners owners)
    : LargeExpansionCases<PostgreSqlTestDatabase>(owners), IClassFixture<LargeExpansionCases<PostgreSqlTestDatabase>.Owners>;

[Needs("SqlServer")]
public sealed class LargeExpansionOnSqlServer(LargeExpansionCases<SqlServerTestDatabase>.Owners owners)
    : LargeExpansionCases<SqlServerTestDatabase>(owners), IClassFixture<LargeExpansionCases<SqlServerTestDatabase>.Owners>;
