using System.Net;
using System.Text.Json.Nodes;
using BackendApi.Spec.Shop;
using BackendApi.Testing;

namespace BackendApi.Spec.Reading;

/// <summary>An expanded collection that is longer than a page ends with a next link that goes on as the expansion said.</summary>
public abstract class NestedPageCases(OneRowPages shop)
{
    [DatabaseTheory]
    [InlineData("of entities", "Customers(1)?$select=Id&$expand=Orders($select=Id;$orderby=Total desc)", "Orders",
        "Orders(Id)", """{"Id":102}""", """{"Id":101}""", """{"Id":105}""")]
    [InlineData("of references", "Customers(1)?$select=Id&$expand=Orders/$ref($filter=Total lt 200)", "Orders",
        "Collection($ref)", """{"@odata.id":"{root}Orders(101)"}""", """{"@odata.id":"{root}Orders(105)"}""")]
    [InlineData("of what a search finds", "Products(1)?$select=Id&$expand=Tags($search=\"light\" OR it's OR off;$select=Name)", "Tags",
        "Tags(Name)", """{"Name":"light"}""", """{"Name":"office"}""")]
    [InlineData("of a recursion", "Customers(1)?$select=Id&$expand=CustomersByManager($select=Id;$levels=2)", "CustomersByManager",
        "Customers(Id,CustomersByManager(Id))", """{"Id":2,"CustomersByManager":[{"Id":4}]}""", """{"Id":3,"CustomersByManager":[]}""")]
    public async Task A_next_link(string because, string request, string collection, string context, params string[] rows)
    {
        var owner = await Get(request);
        var found = new List<string> { owner[collection]!.AsArray().Single()!.ToJsonString() };
        for (var next = (string?)owner[collection + "@odata.nextLink"]; next is not null;)
        {
            var page = await Get(next[shop.Root.Length..]);
            ((string)page["@odata.context"]!).Should().Be($"{shop.Root}$metadata#{context}", because);
            found.AddRange(page["value"]!.AsArray().Select(row => row!.ToJsonString()));
            next = (string?)page["@odata.nextLink"];
        }
        found.Should().Equal(rows.Select(row => row.Replace("{root}", shop.Root, StringComparison.Ordinal)), because);
    }

    private async Task<JsonNode> Get(string request)
    {
        var (status, _, body) = await shop.Get(request);
        status.Should().Be(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }
}

/// <summary>The shop behind pages of one row.</summary>
public abstract class OneRowPages(TestDatabase database) : PublishedTables(database, ShopTables.All, ShopTables.Definitions, "--OData:MaxPageSize=1");

public sealed class SqliteOneRowPages() : OneRowPages(new SqliteTestDatabase());

public sealed class PostgreSqlOneRowPages() : OneRowPages(new PostgreSqlTestDatabase());

public sealed class SqlServerOneRowPages() : OneRowPages(new SqlServerTestDatabase());

public sealed class NestedPagesOnSqlite(SqliteOneRowPages shop) : NestedPageCases(shop), IClassFixture<SqliteOneRowPages>;

[Needs("PostgreSql")]
public sealed class NestedPagesOnPostgreSql(PostgreSqlOneRowPages shop) : NestedPageCases(shop), IClassFixture<PostgreSqlOneRowPages>;

[Needs("SqlServer")]
public sealed class NestedPagesOnSqlServer(SqlServerOneRowPages shop) : NestedPageCases(shop), IClassFixture<SqlServerOneRowPages>;
