using System.Text.Json;
using BackendApi.Testing;

namespace BackendApi.Spec.Configurations;

/// <summary>What helps to write a configuration: tables, suggestions, previews, tests, and what would break without it (reference: configurations).</summary>
public abstract class ConfigurationToolCases<TDatabase>(ConfigurationShop<TDatabase> shop) : IClassFixture<ConfigurationShop<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    private const string Set = "DataExchangeConfigurations";

    [DatabaseFact]
    public async Task Tables_and_views_tell_what_they_are_published_as()
    {
        var tables = Value(await shop.GetAsync($"{Set}/PublishableTables()")).EnumerateArray()
            .Select(table => $"{table.GetProperty("Name")} {table.GetProperty("IsView")} {table.GetProperty("Columns")} {table.GetProperty("PublishedAs")}").ToList();

        tables.Should().Contain(["expensive True 2 []", "maker False 3 [\"makers\"]", "sales_good False 5 []"]).And.NotContain(table => table.StartsWith("backend_", StringComparison.OrdinalIgnoreCase));
    }

    [DatabaseFact]
    public async Task Tables_tell_about_how_many_rows_they_have_before_anybody_has_analyzed_them()
    {
        await shop.Database.RunAsync("CREATE TABLE digit (n INTEGER PRIMARY KEY)", "INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        await shop.Database.RunAsync(
            "CREATE TABLE many (id INTEGER PRIMARY KEY)",
            "INSERT INTO many SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n FROM digit a CROSS JOIN digit b CROSS JOIN digit c CROSS JOIN digit d CROSS JOIN digit e WHERE e.n < 2");
        await shop.Database.RunAsync("CREATE TABLE \"few \"\"ones\" (id INTEGER PRIMARY KEY)", "INSERT INTO \"few \"\"ones\" VALUES (1), (2000000000)");

        var tables = Value(await shop.GetAsync($"{Set}/PublishableTables()")).EnumerateArray().ToDictionary(table => table.GetProperty("Name").GetString()!, table => table.GetProperty("EstimatedRows"));

        tables["many"].GetInt64().Should().BeInRange(10_000, 40_000);
        (tables["few \"ones"].ToString(), tables["maker"].ToString(), tables["expensive"].ToString()).Should().Be(("2", "2", ""));
    }

    [DatabaseFact]
    public async Task A_suggestion_is_a_whole_document_that_can_be_posted()
    {
        var text = Value(await shop.GetAsync($"{Set}/SuggestDefinition(table='SALES_GOOD')")).GetString()!;

        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        (Text("alias"), Text("entitySet"), Text("table"), root.GetProperty("key").ToString()).Should().Be(("sales-goods", "SalesGoods", "sales_good", """["id"]"""));
        // A database that keeps versions of rows itself needs no column for them.
        (root.TryGetProperty("concurrency", out var concurrency) ? concurrency.GetString() : "version").Should().Be("version");
        root.GetProperty("fields").EnumerateArray().Select(field => $"{field.GetProperty("column")} {field.GetProperty("name")} {field.GetProperty("type")}").Should().Equal(
            "id Id int32", "maker_id MakerId int32", "price Price decimal", "picture Picture binary", "version Version int32");
        root.GetProperty("relations").EnumerateArray().Select(relation => $"{relation.GetProperty("name")} {relation.GetProperty("target")} {relation.GetProperty("multiplicity")}").Should().Equal("Maker makers one");
        (await shop.SendAsync("POST", Set, text, prefer: "validate-only")).Should().StartWith("201 ");

        string Text(string member) => root.GetProperty(member).GetString()!;
    }

    [DatabaseFact]
    public async Task A_view_is_suggested_without_the_key_that_only_people_know()
    {
        using var document = JsonDocument.Parse(Value(await shop.GetAsync($"{Set}/SuggestDefinition(table='expensive')")).GetString()!);

        document.RootElement.TryGetProperty("key", out _).Should().BeFalse();
        document.RootElement.GetProperty("fields").GetArrayLength().Should().Be(2);
    }

    [DatabaseFact]
    public async Task A_preview_shows_rows_of_a_table_that_nobody_has_published()
    {
        var goods = Json(await shop.GetAsync($"{Set}/PreviewTable(table='sales_good',rows=2)"));

        goods.GetProperty("Columns").EnumerateArray().Select(column => $"{column.GetProperty("Column")} {column.GetProperty("Name")} {column.GetProperty("Type")} {column.GetProperty("IsKey")}")
            .Should().Equal("id Id Edm.Int32 True", "maker_id MakerId Edm.Int32 False", "price Price Edm.Decimal False", "picture Picture Edm.Binary False", "version Version Edm.Int32 False");
        goods.GetProperty("Rows").GetArrayLength().Should().Be(2);
        goods.GetProperty("Rows")[0].GetString().Should().Contain("\"MakerId\":").And.NotContain("Picture");
        Json(await shop.GetAsync($"{Set}/PreviewTable(table='expensive')")).GetProperty("Rows").GetArrayLength().Should().Be(2);
        (await shop.GetAsync($"{Set}/PreviewTable(table='makr')")).Should().StartWith("400 ").And.Contain("Did you mean 'maker'?");
        (await shop.GetAsync($"{Set}/PreviewTable(table='maker',rows=51)")).Should().StartWith("400 ").And.Contain("OutOfRange");
    }

    [DatabaseTheory]
    [InlineData("sales_good")]
    [InlineData("expensive")]
    public async Task A_preview_asks_the_database_for_no_more_than_it_shows(string table)
    {
        var statements = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using (shop.Host.Observations.Listen(told =>
        {
            if (told is BackendApi.Support.StatementExecuted executed && executed.Text.Contains(table, StringComparison.Ordinal))
                statements.Enqueue(executed.Text);
        }))
            (await shop.GetAsync($"{Set}/PreviewTable(table='{table}',rows=1)")).Should().StartWith("200 ");

        statements.Should().ContainSingle().Which.Should().MatchRegex("LIMIT|FETCH NEXT|TOP");
    }

    [DatabaseFact]
    public async Task A_test_shows_the_type_and_rows_and_stores_nothing()
    {
        var test = Json(await TestAsync("""
            alias: dear
            table: sales_good
            fields: [ { column: id }, { column: price, name: Cost }, { column: maker_id } ]
            filter: Cost gt 5
            relations: [ { name: By, target: makers, multiplicity: one, on: [ { column: maker_id, targetColumn: id } ] } ]
            isActive: false
            """));

        test.GetProperty("EntitySet").GetString().Should().Be("Dear");
        test.GetProperty("Problems").GetArrayLength().Should().Be(0);
        test.GetProperty("Properties").EnumerateArray().Select(property => $"{property.GetProperty("Name")} {property.GetProperty("Type")} {property.GetProperty("Column")} {property.GetProperty("IsKey")}")
            .Should().Equal("Id Edm.Int32 id True", "Cost Edm.Decimal price False", "MakerId Edm.Int32 maker_id False");
        test.GetProperty("Navigations").ToString().Should().Be("""[{"Name":"By","Target":"Makers","IsCollection":false}]""");
        test.GetProperty("Rows").EnumerateArray().Select(row => row.GetString()).Should().Equal("""{"Id":1,"Cost":9.50,"MakerId":1}""", """{"Id":3,"Cost":7.00,"MakerId":2}""");
        (await shop.GetAsync($"{Set}('dear')")).Should().StartWith("404 ");
        (await shop.GetAsync("Dear")).Should().StartWith("404 ");
    }

    [DatabaseTheory]
    [InlineData("""{"alias":"first","table":"maker","isSingleton":true,"filter":"Id eq 2","fields":[{"column":"id"},{"column":"name"}],"relations":[]}""", """{"Id":2,"Name":"Bert"}""")]
    [InlineData("""{"alias":"nested","table":"maker","fields":[{"column":"id"},{"column":"name","name":"Who/Name"}],"filter":"Id eq 1"}""", """{"Id":1,"Who":{"Name":"Ada"}}""")]
    [InlineData("""{"alias":"told","table":"maker","fields":[{"column":"id"}],"filter":"Id eq 1","derived":[{"name":"Adas","column":"name","value":"Ada","fields":[{"column":"mail"}]}]}""", """{"Id":1,"Mail":"ada@example.com"}""")]
    [InlineData("""{"alias":"makers","table":"maker","fields":[{"column":"id"}],"filter":"Id eq 1"}""", """{"Id":1}""")]
    public async Task A_test_shows_every_kind_of_endpoint(string document, string row) =>
        Json(await TestAsync(document)).GetProperty("Rows").EnumerateArray().Select(shown => shown.GetString()!.Replace("\"@type\":\"#BackendApi.Adas\",", "")).Should().Equal(row);

    [DatabaseFact]
    public async Task A_test_names_every_mistake_with_its_path()
    {
        var test = Json(await TestAsync("""{ "alias": "dear", "table": "sales_good", "colour": 1, "fields": [ { "column": "id" }, { "column": "prize" } ], "search": ["id"], "filter": "Id" }"""));

        test.GetProperty("Problems").EnumerateArray().Select(problem => $"{problem.GetProperty("Alias")} {problem.GetProperty("Path")}")
            .Should().Contain(["dear colour", "dear fields[1].column", "dear search[0]"]);
        test.GetProperty("Rows").GetArrayLength().Should().Be(0);
        (await TestAsync("[1")).Should().StartWith("400 ").And.Contain("This is not JSON");
        (await TestAsync("a: [")).Should().StartWith("400 ").And.Contain("This is not YAML");
        (await TestAsync("[]")).Should().StartWith("400 ").And.Contain("One configuration document");
        (await TestAsync("\"text\"")).Should().StartWith("400 ");
        (await TestAsync("[1]")).Should().StartWith("400 ");
        (await TestAsync("null")).Should().StartWith("400 ");
    }

    [DatabaseFact]
    public async Task No_relations_are_none_and_relations_that_are_taken_away_are_those_of_the_foreign_keys()
    {
        (await shop.SendAsync("POST", Set, """{"alias":"alone","table":"sales_good","relations":[],"search":[]}""")).Should().StartWith("201 ");
        (await shop.GetAsync("Alone(1)/Maker")).Should().StartWith("404 ");
        var entity = (await shop.GetAsync($"{Set}('alone')"))[4..];
        entity.Should().Contain("\"relations\":[]");

        (await shop.SendAsync("PATCH", $"{Set}('alone')", """{"relations":null}""")).Should().StartWith("204 ");
        (await shop.GetAsync("Alone(1)/Maker")).Should().StartWith("200 ");
        (await shop.SendAsync("PATCH", $"{Set}('alone')", """{"relations":[]}""")).Should().StartWith("204 ");
        (await shop.GetAsync("Alone(1)/Maker")).Should().StartWith("404 ");
        Json(await TestAsync("""{"alias":"alone","table":"sales_good","relations":[]}""")).GetProperty("Navigations").GetArrayLength().Should().Be(0);
        // An entity as it was read does not know the difference.
        (await shop.SendAsync("PATCH", $"{Set}('alone')", entity)).Should().StartWith("204 ");
        (await shop.GetAsync("Alone(1)/Maker")).Should().StartWith("200 ");
        (await shop.SendAsync("DELETE", $"{Set}('alone')", null)).Should().StartWith("204 ");
    }

    [DatabaseFact]
    public async Task What_would_break_without_a_configuration_is_told_before()
    {
        (await shop.SendAsync("POST", Set,
            """{"alias":"things","entitySet":"Things","table":"maker","fields":[{"column":"id"},{"column":"name"}]}""")).Should().StartWith("201 ");
        (await shop.SendAsync("POST", Set,
            """{"alias":"lots","entitySet":"Lots","table":"sales_good","filter":"Thing/Name ne 'Nobody'","fields":[{"column":"id"},{"column":"maker_id"}],"relations":[{"name":"Thing","target":"things","multiplicity":"one","on":[{"column":"maker_id","targetColumn":"id"}]}]}""")).Should().StartWith("201 ");
        (await shop.SendAsync("POST", "Roles", """{"Name":"Thing readers"}""")).Should().StartWith("201 ");
        (await shop.SendAsync("POST", "Permissions", """{"RoleName":"Thing readers","EntitySet":"Things","CanRead":true}""")).Should().StartWith("201 ");
        (await shop.SendAsync("POST", "CreateApiKey", """{"name":"thing key","roles":["Thing readers"],"scopes":["Things:read"]}""")).Should().StartWith("200 ");
        (await shop.SendAsync("POST", "CreateOAuthClient", """{"id":"thing-client","scopes":["Things:read"]}""")).Should().StartWith("200 ");

        var dependents = Value(await shop.GetAsync($"{Set}('things')/Dependents()")).EnumerateArray()
            .Select(each => $"{each.GetProperty("Kind")} {each.GetProperty("Name")} {each.GetProperty("Path")} {each.GetProperty("PreventsDeactivation")} {each.GetProperty("PreventsDelete")}").ToList();

        dependents.Should().BeEquivalentTo(
            "Configuration lots relations[0].target False True", "Configuration lots filter True False", "Navigation Lots Thing False False", "Permission Thing readers Things False False",
            "ApiKey thing key scopes False False", "OAuthClient thing-client scopes False False");
        (await shop.SendAsync("DELETE", $"{Set}('things')", null)).Should().StartWith("400 ");
        (await shop.SendAsync("POST", $"{Set}('things')/Deactivate", "{}")).Should().StartWith("400 ");
        Value(await shop.GetAsync($"{Set}('lots')/Dependents()")).EnumerateArray().Select(each => $"{each.GetProperty("Kind")} {each.GetProperty("Name")} {each.GetProperty("Path")}")
            .Should().Equal("Navigation Makers Lots", "Navigation Things Lots");
        (await shop.SendAsync("DELETE", $"{Set}('lots')", null)).Should().StartWith("204 ");
        (await shop.SendAsync("DELETE", $"{Set}('things')", null)).Should().StartWith("204 ");
    }

    private Task<string> TestAsync(string document) => shop.SendAsync("POST", $"{Set}/TestDefinition", JsonSerializer.Serialize(new { document }));

    private static JsonElement Json(string answer)
    {
        answer.Should().StartWith("200 ");
        using var document = JsonDocument.Parse(answer[4..]);
        return document.RootElement.Clone();
    }

    private static JsonElement Value(string answer) => Json(answer).GetProperty("value");
}

public sealed class ConfigurationToolsOnSqlite(ConfigurationShop<SqliteTestDatabase> shop) : ConfigurationToolCases<SqliteTestDatabase>(shop);

[Needs("PostgreSql")]
public sealed class ConfigurationToolsOnPostgreSql(ConfigurationShop<PostgreSqlTestDatabase> shop) : ConfigurationToolCases<PostgreSqlTestDatabase>(shop);

[Needs("SqlServer")]
public sealed class ConfigurationToolsOnSqlServer(ConfigurationShop<SqlServerTestDatabase> shop) : ConfigurationToolCases<SqlServerTestDatabase>(shop);
