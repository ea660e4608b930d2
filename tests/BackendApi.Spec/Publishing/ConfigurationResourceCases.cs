using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Publishing;

/// <summary>The admin resource: configurations are read like any entity set, and every write is a publish.</summary>
public abstract class ConfigurationResourceCases<TDatabase>(HostFixture<TDatabase> fixture) : IClassFixture<HostFixture<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    private BackendApiHost Host => fixture.Host;

    [DatabaseFact]
    public async Task A_posted_configuration_is_served_when_it_is_answered()
    {
        var table = await fixture.Database.CreateTableAsync("shoe");

        using var response = await Host.PublishAsync($$"""{ "alias": "shoes", "entitySet": "Shoes", "table": "{{table}}", "description": "On feet." }""");

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        Uri.UnescapeDataString(response.Headers.Location!.OriginalString).Should().Be($"{Host.Root}odata/DataExchangeConfigurations('shoes')");
        var created = await response.JsonAsync();
        created.GetProperty("description").GetString().Should().Be("On feet.");
        created.GetProperty("modifiedBy").GetString().Should().StartWith("test ");
        (await Host.GetAsync("odata/Shoes")).GetProperty("value")[0].GetProperty("Name").GetString().Should().Be("one");
        (await Host.GetAsync("odata/Shoes/$count")).GetInt32().Should().Be(1);
        (await Host.GetAsync("dynamic-entity/shoes")).GetProperty("data").GetArrayLength().Should().Be(1);
    }

    [DatabaseFact]
    public async Task Return_minimal_answers_with_the_address_alone()
    {
        var table = await fixture.Database.CreateTableAsync("sock");

        using var response = await Host.SendAsync(HttpMethod.Post, Publishing.Configurations,
            $$"""{ "alias": "socks", "table": "{{table}}" }""", prefer: "return=minimal");

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        response.Headers.GetValues("OData-EntityId").Select(Uri.UnescapeDataString).Should().Equal($"{Host.Root}odata/DataExchangeConfigurations('socks')");
        response.Headers.GetValues("Preference-Applied").Should().Equal("return=minimal");
    }

    [DatabaseFact]
    public async Task Every_mistake_is_named_with_its_path_and_nothing_is_published()
    {
        var table = await fixture.Database.CreateTableAsync("hat");
        var before = Host.Models().Current.Version;

        using var response = await Host.PublishAsync($$"""
            { "alias": "hats", "table": "{{table}}", "colour": "red", "concurrency": "changed_at",
              "fields": [ { "column": "id" }, { "column": "nam" }, { "column": "price", "validation": { "min": 5, "max": 1 } } ] }
            """);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var mistakes = await response.MistakesAsync();
        mistakes.Select(mistake => mistake.Target).Should().Contain(["colour", "concurrency", "fields[1].column"])
            .And.Contain(target => target.StartsWith("fields[2].validation"));
        mistakes.Should().Contain(mistake => mistake.Target == "fields[1].column" && mistake.Message.Contains("name"), "a name that is nearly right is suggested");
        Host.Models().Current.Version.Should().Be(before);
        (await Host.StatusAsync(Publishing.Configurations + "('hats')")).Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task Members_that_are_missing_are_named()
    {
        using var response = await Host.PublishAsync("{}");

        (await response.MistakesAsync()).Select(mistake => mistake.Target).Should().BeEquivalentTo("alias", "table");
    }

    [DatabaseFact]
    public async Task A_table_that_does_not_exist_is_a_mistake_with_a_suggestion()
    {
        var table = await fixture.Database.CreateTableAsync("scarf");

        using var response = await Host.PublishAsync($$"""{ "alias": "scarves", "table": "{{table}}x" }""");

        (await response.MistakesAsync()).Should().ContainSingle().Which.Should().Match<(string Target, string Message)>(mistake =>
            mistake.Target == "table" && mistake.Message.Contains(table));
    }

    [DatabaseFact]
    public async Task The_product_s_own_tables_cannot_be_published()
    {
        using var response = await Host.PublishAsync("""{ "alias": "users", "table": "backend_user" }""");

        (await response.MistakesAsync()).Should().Contain(mistake => mistake.Target == "table");
    }

    [DatabaseFact]
    public async Task An_alias_that_exists_is_a_conflict()
    {
        var table = await fixture.Database.CreateTableAsync("glove");
        using var first = await Host.PublishAsync($$"""{ "alias": "gloves", "table": "{{table}}" }""");

        using var second = await Host.PublishAsync($$"""{ "alias": "gloves", "table": "{{table}}" }""");

        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [DatabaseFact]
    public async Task A_patch_changes_what_it_names_and_takes_away_what_it_names_as_null()
    {
        var table = await fixture.Database.CreateTableAsync("coat");
        using var created = await Host.PublishAsync($$"""
            { "alias": "coats", "table": "{{table}}", "description": "Warm.", "search": ["name"], "allow": { "create": true, "update": true } }
            """);

        using var response = await Host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('coats')",
            """{ "description": null, "allow": { "update": false }, "alternateKeys": [["name"]] }""", prefer: "return=representation");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var coats = await response.JsonAsync();
        coats.GetProperty("description").ValueKind.Should().Be(JsonValueKind.Null);
        coats.GetProperty("allow").ToString().Should().Be("""{"create":true,"update":false,"delete":false}""");
        coats.GetProperty("alternateKeys").ToString().Should().Be("""[{"columns":["name"]}]""");
        coats.GetProperty("search").ToString().Should().Be("""["name"]""");
        (await Host.GetAsync("odata/Coats(Name='one')")).GetProperty("Id").GetInt32().Should().Be(1);
    }

    [DatabaseFact]
    public async Task An_entity_that_was_read_can_be_sent_back()
    {
        var table = await fixture.Database.CreateTableAsync("belt");
        using var created = await Host.PublishAsync($$"""
            { "alias": "belts", "table": "{{table}}", "alternateKeys": [["name"]], "fields": [ { "column": "id" }, { "column": "name", "validation": { "maxLength": 5 } } ] }
            """);
        var read = await Host.GetAsync(Publishing.Configurations + "('belts')");
        var version = Host.Models().Current.Version;

        using var same = await Host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('belts')", read.ToString());
        same.StatusCode.Should().Be(HttpStatusCode.NoContent);
        Host.Models().Current.Version.Should().Be(version, "nothing differs");

        var changed = JsonNode.Parse(read.ToString())!;
        changed["description"] = "Leather.";
        using var other = await Host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('belts')", changed.ToJsonString());
        other.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var after = await Host.GetAsync(Publishing.Configurations + "('belts')");
        after.GetProperty("description").GetString().Should().Be("Leather.");
        after.GetProperty("fields").ToString().Should().Be(read.GetProperty("fields").ToString());
    }

    [DatabaseFact]
    public async Task The_alias_cannot_be_changed()
    {
        var table = await fixture.Database.CreateTableAsync("tie");
        using var created = await Host.PublishAsync($$"""{ "alias": "ties", "table": "{{table}}" }""");

        using var response = await Host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('ties')", """{ "alias": "bows" }""");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [DatabaseFact]
    public async Task A_patch_or_delete_of_what_does_not_exist_is_404()
    {
        using var patched = await Host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('nothing')", "{}");
        using var deleted = await Host.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('nothing')", null);

        patched.StatusCode.Should().Be(HttpStatusCode.NotFound);
        deleted.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task A_deleted_configuration_is_not_served_and_its_table_stays()
    {
        var table = await fixture.Database.CreateTableAsync("boot");
        using var created = await Host.PublishAsync($$"""{ "alias": "boots", "table": "{{table}}" }""");

        using var deleted = await Host.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('boots')", null);

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await Host.StatusAsync("odata/Boots")).Should().Be(HttpStatusCode.NotFound);
        using var again = await Host.PublishAsync($$"""{ "alias": "boots", "table": "{{table}}" }""");
        (await Host.GetAsync("odata/Boots/$count")).GetInt32().Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_configuration_that_another_leads_to_cannot_be_deleted()
    {
        var (cup, saucer) = (await fixture.Database.CreateTableAsync("cup"), await fixture.Database.CreateTableAsync("saucer"));
        using var first = await Host.PublishAsync($$"""{ "alias": "saucers", "table": "{{saucer}}" }""");
        using var second = await Host.PublishAsync($$"""
            { "alias": "cups", "table": "{{cup}}",
              "relations": [ { "name": "Saucer", "target": "saucers", "multiplicity": "one", "on": [ { "column": "id", "targetColumn": "id" } ] } ] }
            """);
        second.StatusCode.Should().Be(HttpStatusCode.Created);

        using var response = await Host.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('saucers')", null);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.MistakesAsync()).Should().Contain(mistake => mistake.Target == "cups: relations[0].target");
        (await Host.StatusAsync("odata/Cups?$expand=Saucer")).Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_configuration_that_is_switched_off_is_kept_but_not_served()
    {
        var table = await fixture.Database.CreateTableAsync("wig");
        using var created = await Host.PublishAsync($$"""{ "alias": "wigs", "table": "{{table}}" }""");

        using var response = await Host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('wigs')", """{ "isActive": false }""");

        (await Host.StatusAsync("odata/Wigs")).Should().Be(HttpStatusCode.NotFound);
        (await Host.GetAsync(Publishing.Configurations + "?$filter=isActive eq false and alias eq 'wigs'")).GetProperty("value").GetArrayLength().Should().Be(1);
    }

    [DatabaseFact]
    public async Task Spryker_s_installer_document_is_taken_as_it_is()
    {
        var table = await fixture.Database.CreateTableAsync("spy");
        using var response = await Host.PublishAsync($$"""
            { "tableName": "{{table}}", "tableAlias": "spy-things", "isActive": true,
              "definition": { "identifier": "id", "isDeletable": false, "fields": [
                { "fieldName": "id", "fieldVisibleName": "id_thing", "type": "integer", "isCreatable": false, "isEditable": false },
                { "fieldName": "price", "fieldVisibleName": "price", "type": "float", "isCreatable": true, "isEditable": true } ] } }
            """);

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        (await Host.GetAsync("dynamic-entity/spy-things")).GetProperty("data")[0].GetProperty("id_thing").GetInt32().Should().Be(1);
    }

    [DatabaseTheory]
    [InlineData("""{ "alias": "x" """, "application/json", 400, "InvalidBody", "line 1")]
    [InlineData("{\n  \"alias\": nothing }", "application/json", 400, "InvalidBody", "line 2, byte 13")]
    [InlineData("""{ "alias": "x", "alias": "y" }""", "application/json", 400, "InvalidBody", "twice")]
    [InlineData("[]", "application/json", 400, "InvalidBody", "JSON object")]
    [InlineData("{}", "text/plain", 415, "UnsupportedMediaType", "application/json")]
    [InlineData("{}", "application/json;charset=latin1", 415, "UnsupportedMediaType", "utf-8")]
    [InlineData("{}", "", 415, "UnsupportedMediaType", "application/json")]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string contentType, int status, string code, string message)
    {
        using var response = await Host.SendAsync(HttpMethod.Post, Publishing.Configurations, body, contentType);

        ((int)response.StatusCode).Should().Be(status);
        var error = (await response.JsonAsync()).GetProperty("error");
        error.GetProperty("code").GetString().Should().Be(code);
        error.GetProperty("message").GetString().Should().Contain(message);
    }

    [DatabaseFact]
    public async Task A_body_of_more_than_a_megabyte_is_refused()
    {
        using var response = await Host.PublishAsync($$"""{ "alias": "long", "table": "t", "description": "{{new string('x', 1_048_576)}}" }""");

        (await response.JsonAsync()).GetProperty("error").GetProperty("code").GetString().Should().Be("LimitExceeded");
    }

    [DatabaseTheory]
    [InlineData("POST", "odata/DataExchangeConfigurations('x')", 405)]
    [InlineData("PATCH", "odata/DataExchangeConfigurations", 405)]
    [InlineData("DELETE", "odata/DataExchangeConfigurations", 405)]
    [InlineData("PUT", "odata/DataExchangeConfigurations('x')", 405)]
    [InlineData("DELETE", "odata/DataExchangeConfigurations('x')/description", 405)]
    [InlineData("POST", "odata/$metadata", 405)]
    [InlineData("POST", "odata/Nothing", 404)]
    public async Task A_method_that_an_address_does_not_take_is_refused(string method, string address, int status)
    {
        using var response = await Host.SendAsync(new(method), address, "{}");

        ((int)response.StatusCode).Should().Be(status);
    }

    [DatabaseFact]
    public async Task Rows_of_a_published_table_are_written_as_its_definition_allows()
    {
        var table = await fixture.Database.CreateTableAsync("cap");
        using var created = await Host.PublishAsync($$"""{ "alias": "caps", "table": "{{table}}", "allow": { "create": true } }""");

        using var response = await Host.SendAsync(HttpMethod.Post, "odata/Caps", """{ "Id": 2, "Name": "two" }""");
        using var refused = await Host.SendAsync(HttpMethod.Delete, "odata/Caps(1)", null);

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        refused.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [DatabaseFact]
    public async Task An_anonymous_caller_publishes_nothing()
    {
        using var content = new StringContent("""{ "alias": "thief", "table": "backend_secret" }""", null, "application/json");
        using var response = await Host.Anonymous.PostAsync(new Uri(Publishing.Configurations, UriKind.Relative), content);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}

public sealed class ConfigurationResourceOnSqlite(HostFixture<SqliteTestDatabase> fixture) : ConfigurationResourceCases<SqliteTestDatabase>(fixture);

[Needs("PostgreSql")]
public sealed class ConfigurationResourceOnPostgreSql(HostFixture<PostgreSqlTestDatabase> fixture) : ConfigurationResourceCases<PostgreSqlTestDatabase>(fixture);

[Needs("SqlServer")]
public sealed class ConfigurationResourceOnSqlServer(HostFixture<SqlServerTestDatabase> fixture) : ConfigurationResourceCases<SqlServerTestDatabase>(fixture);
