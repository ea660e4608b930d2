using System.Net;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Publishing;

/// <summary>A database with the demo shop.</summary>
public sealed class DemoShopFixture<TDatabase> : HostFixture<TDatabase>
    where TDatabase : TestDatabase, new()
{
    protected override string[] Settings => ["--Demo:Enabled=true"];
}

/// <summary>The demo shop is there after the first start, whole and published, and is made once.</summary>
public abstract class DemoShopCases<TDatabase>(DemoShopFixture<TDatabase> fixture) : IClassFixture<DemoShopFixture<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    [DatabaseTheory]
    [InlineData("Categories", 77)]
    [InlineData("Products", 2_600)]
    [InlineData("Stores", 4)]
    [InlineData("Stocks", 10_400)]
    [InlineData("Customers", 3_000)]
    [InlineData("CustomerAddresses", 3_800)]
    [InlineData("Orders", 6_000)]
    public async Task A_set_has_its_rows(string set, int count) =>
        (await fixture.Host.GetAsync($"odata/{set}/$count")).GetInt32().Should().Be(count);

    [DatabaseFact]
    public async Task A_category_leads_to_its_parent_its_children_and_its_products()
    {
        var category = await fixture.Host.GetAsync("odata/Categories(6)?$expand=Parent,Children($count=true),Products($top=1;$expand=Categories)");

        category.GetProperty("Parent").GetProperty("Name").GetString().Should().Be("Kitchen");
        category.GetProperty("Name").GetString().Should().Be("Cookware");
        category.GetProperty("Children").EnumerateArray().Select(child => child.GetProperty("Name").GetString()).Should().Equal("Pans", "Pots", "Kettles");
        category.GetProperty("Products")[0].GetProperty("Categories").EnumerateArray()
            .Select(each => each.GetProperty("Name").GetString()).Should().Contain("Cookware");
    }

    [DatabaseFact]
    public async Task An_order_leads_to_its_items_and_they_to_their_products()
    {
        var order = await fixture.Host.GetAsync("odata/Orders(Number='2023-000001')?$expand=OrderItems($expand=Product)");

        var sum = order.GetProperty("OrderItems").EnumerateArray().Sum(item =>
            item.GetProperty("Quantity").GetInt32() * item.GetProperty("UnitPrice").GetDecimal()
            - (item.GetProperty("Discount").ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : item.GetProperty("Discount").GetDecimal()));
        order.GetProperty("Total").GetDecimal().Should().Be(sum);
        order.GetProperty("OrderItems")[0].GetProperty("Product").GetProperty("Sku").GetString().Should().NotBeEmpty();
    }

    [DatabaseFact]
    public async Task One_more_table_is_published_without_a_restart()
    {
        (await fixture.Host.StatusAsync("odata/Suppliers")).Should().Be(HttpStatusCode.NotFound);

        using var response = await fixture.Host.PublishAsync("""{ "alias": "suppliers", "table": "supplier" }""");

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        (await fixture.Host.GetAsync("odata/Suppliers/$count")).GetInt32().Should().Be(120);
        (await fixture.Host.GetAsync("odata/Suppliers(1)?$expand=Products")).GetProperty("Products").GetArrayLength().Should().BePositive();
        using var deleted = await fixture.Host.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('suppliers')", null);
    }

    [DatabaseFact]
    public async Task A_second_start_makes_nothing_again()
    {
        var version = fixture.Host.Models().Current.Version;
        var orders = (await fixture.Host.GetAsync("odata/Orders/$count")).GetInt32();

        await using var again = await BackendApiHost.StartAsync(fixture.Database, "--Demo:Enabled=true");

        again.Models().Current.Version.Should().BeGreaterOrEqualTo(version);
        (await again.GetAsync("odata/Orders/$count")).GetInt32().Should().Be(orders);
    }
}

/// <summary>Where the database has tables of these names already, they are somebody's.</summary>
public abstract class DemoShopBesideOthersCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    [DatabaseFact]
    public async Task Tables_of_the_same_name_are_left_alone()
    {
        await database.RunAsync("CREATE TABLE product (number integer NOT NULL PRIMARY KEY)");

        await using var host = await BackendApiHost.StartAsync(database, "--Demo:Enabled=true");

        host.Models().Current.Version.Should().Be(0);
        using var response = await host.PublishAsync("""{ "alias": "products", "table": "product" }""");
        (await host.GetAsync("odata/Products/$count")).GetInt32().Should().Be(0);
    }
}

public sealed class DemoShopOnSqlite(DemoShopFixture<SqliteTestDatabase> fixture) : DemoShopCases<SqliteTestDatabase>(fixture);

[Needs("PostgreSql")]
public sealed class DemoShopOnPostgreSql(DemoShopFixture<PostgreSqlTestDatabase> fixture) : DemoShopCases<PostgreSqlTestDatabase>(fixture);

[Needs("SqlServer")]
public sealed class DemoShopOnSqlServer(DemoShopFixture<SqlServerTestDatabase> fixture) : DemoShopCases<SqlServerTestDatabase>(fixture);

public sealed class DemoShopBesideOthersOnSqlite(SqliteTestDatabase database) : DemoShopBesideOthersCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class DemoShopBesideOthersOnPostgreSql(PostgreSqlTestDatabase database) : DemoShopBesideOthersCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class DemoShopBesideOthersOnSqlServer(SqlServerTestDatabase database) : DemoShopBesideOthersCases<SqlServerTestDatabase>(database);
