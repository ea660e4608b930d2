using System.Net;
using System.Text.Json;
using BackendApi.Spec.Publishing;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Configurations;

/// <summary>Every version of every configuration can be read, compared and gone back to, also of one that was deleted.</summary>
public abstract class ConfigurationHistoryCases<TDatabase>(HostFixture<TDatabase> fixture) : IClassFixture<HostFixture<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    private const string Versions = "odata/DataExchangeConfigurationVersions";

    private const string Address = "odata/DataExchangeConfigurations";

    private BackendApiHost Host => fixture.Host;

    [DatabaseFact]
    public async Task Versions_tell_what_was_done_when_and_by_whom()
    {
        await PublishAsync("rugs", """ "description": "Flat." """);
        await ChangeAsync("rugs", """{ "description": "Woven." }""");
        await ActAsync("rugs", "Deactivate");
        await ActAsync("rugs", "Activate");
        await DeleteAsync("rugs");

        var versions = (await Host.GetAsync($"{Versions}?$filter=Alias eq 'rugs'&$orderby=Number")).GetProperty("value").EnumerateArray().ToList();

        versions.Select(version => version.GetProperty("Action").GetString()).Should().Equal("Created", "Changed", "Deactivated", "Activated", "Deleted");
        versions.Should().OnlyContain(version => version.GetProperty("PublishedBy").GetString()!.StartsWith("test ") && version.GetProperty("PublishedAt").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        JsonDocument.Parse(versions[1].GetProperty("Document").GetString()!).RootElement.GetProperty("description").GetString().Should().Be("Woven.");
        versions[4].GetProperty("Document").ValueKind.Should().Be(JsonValueKind.Null);
        var numbers = versions.ConvertAll(version => version.GetProperty("Number").GetInt64());
        numbers.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        (await Host.GetAsync($"{Versions}?$filter=Alias eq 'rugs'&$orderby=Number desc&$top=1&$select=Number")).GetProperty("value")[0].GetProperty("Number").GetInt64().Should().Be(numbers[4]);
        (await Host.GetAsync($"{Versions}(Number={numbers[1]},Alias='rugs')/Action")).GetProperty("value").GetString().Should().Be("Changed");
    }

    [DatabaseFact]
    public async Task They_are_reached_from_their_configuration_and_back()
    {
        await PublishAsync("mats", """ "description": "Flat." """);
        await ChangeAsync("mats", """{ "description": null }""");

        (await Host.GetAsync($"{Address}('mats')/Versions/$count")).GetInt32().Should().Be(2);
        (await Host.GetAsync($"{Address}('mats')/Versions?$orderby=Number desc&$top=1&$select=Action&$expand=Configuration($select=alias)")).GetProperty("value")[0].ToString()
            .Should().Contain("\"Action\":\"Changed\"").And.Contain("\"alias\":\"mats\"");
        (await Host.GetAsync($"{Address}?$filter=alias eq 'mats' and Versions/any(v:v/Action eq 'Created')&$expand=Versions($select=Number;$count=true)")).GetProperty("value")[0]
            .GetProperty("Versions@odata.count").GetInt32().Should().Be(2);
        using var written = await Host.SendAsync(HttpMethod.Delete, $"{Versions}(Number=1,Alias='mats')", null);
        written.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [DatabaseFact]
    public async Task The_difference_of_two_versions_names_every_place()
    {
        var first = await PublishAsync("sofas", """ "description": "Soft.", "fields": [ { "column": "id" }, { "column": "name", "validation": { "maxLength": 10 } } ] """);
        await ChangeAsync("sofas", """{ "description": null, "search": ["name"] }""");
        await ChangeAsync("sofas", """{ "fields": [ { "column": "name", "validation": { "maxLength": 20 } }, { "column": "price", "name": "Cost" }, { "column": "id" } ] }""");

        (await ChangesAsync($"{Address}('sofas')/Diff(from={first})")).Should().Equal(
            "Removed description : \"Soft.\" -> ",
            "Changed fields[0].validation.maxLength name: 10 -> 20",
            "Added fields[1] price:  -> {\"column\":\"price\",\"name\":\"Cost\"}",
            "Moved fields : [\"id\",\"name\"] -> [\"name\",\"id\"]",
            "Added search :  -> [\"name\"]");
        (await ChangesAsync($"{Address}('sofas')/Diff(from={first},to={first + 1})")).Should().HaveCount(2);
        (await ChangesAsync($"{Address}('sofas')/Diff(from={first - 1},to={first})")).Should().ContainSingle().Which.Should().StartWith("Added  : ");
        (await ChangesAsync($"{Versions}(Number={first + 1},Alias='sofas')/Diff()")).Should().Equal("Removed description : \"Soft.\" -> ", "Added search :  -> [\"name\"]");
        (await ChangesAsync($"{Address}('sofas')/Diff(from={first},to={first})")).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_version_that_there_never_was_is_refused()
    {
        await PublishAsync("desks", """ "description": "." """);

        using var response = await Host.Client.GetAsync(new Uri($"{Address}('desks')/Diff(from=999999)", UriKind.Relative));
        using var back = await ActionAsync($"{Address}('desks')/RollBack", """{ "version": -1 }""");

        (response.StatusCode, back.StatusCode).Should().Be((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
        (await response.JsonAsync()).GetProperty("error").GetProperty("target").GetString().Should().Be("from");
        (await back.JsonAsync()).GetProperty("error").GetProperty("target").GetString().Should().Be("version");
    }

    [DatabaseFact]
    public async Task To_roll_back_is_another_version()
    {
        var first = await PublishAsync("beds", """ "entitySet": "Beds", "description": "Soft." """);
        await ChangeAsync("beds", """{ "entitySet": "Cots" }""");

        using var response = await ActionAsync($"{Address}('beds')/RollBack", $$"""{ "version": {{first}} }""");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("entitySet").GetString().Should().Be("Beds");
        (await Host.StatusAsync("odata/Beds")).Should().Be(HttpStatusCode.OK);
        (await Host.StatusAsync("odata/Cots")).Should().Be(HttpStatusCode.NotFound);
        (await Host.GetAsync($"{Address}('beds')/Versions?$orderby=Number desc&$select=Action,Comment")).GetProperty("value")[0].ToString()
            .Should().Be($$"""{"Action":"RolledBack","Comment":"Back to version {{first}}"}""");
    }

    [DatabaseFact]
    public async Task What_was_deleted_is_brought_back_from_a_version()
    {
        var first = await PublishAsync("lamps", """ "description": "Bright." """);
        await DeleteAsync("lamps");

        using var gone = await ActionAsync($"{Versions}(Number={first + 1},Alias='lamps')/RollBack", "{}");
        using var back = await ActionAsync($"{Versions}(Number={first},Alias='lamps')/RollBack", "{}");

        gone.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        back.StatusCode.Should().Be(HttpStatusCode.OK);
        (await back.JsonAsync()).GetProperty("description").GetString().Should().Be("Bright.");
        (await Host.StatusAsync("odata/Lamps")).Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_version_that_no_longer_holds_is_refused_with_its_mistakes()
    {
        var table = await fixture.Database.CreateTableAsync("stool");
        using var created = await Host.PublishAsync($$"""{ "alias": "stools", "table": "{{table}}", "fields": [ { "column": "id" }, { "column": "price" } ] }""");
        var first = Host.Models().Current.Version;
        await ChangeAsync("stools", """{ "fields": [ { "column": "id" } ] }""");
        await fixture.Database.RunAsync($"ALTER TABLE {table} DROP COLUMN price");

        using var response = await ActionAsync($"{Address}('stools')/RollBack", $$"""{ "version": {{first}} }""");

        (await response.MistakesAsync()).Select(mistake => mistake.Target).Should().Equal("fields[1].column");
        Host.Models().Current.Version.Should().Be(first + 1);
    }

    [DatabaseFact]
    public async Task Operations_meet_conditions_and_can_be_tried()
    {
        var first = await PublishAsync("clocks", """ "description": "." """);

        using var stale = await ActionAsync($"{Address}('clocks')/Deactivate", "{}", ("If-Match", "W/\"none\""));
        using var tried = await ActionAsync($"{Address}('clocks')/Deactivate", "{}", ("Prefer", "validate-only"));

        stale.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        tried.StatusCode.Should().Be(HttpStatusCode.OK);
        (await tried.JsonAsync()).GetProperty("isActive").GetBoolean().Should().BeFalse();
        Host.Models().Current.Version.Should().Be(first);
        (await Host.StatusAsync("odata/Clocks")).Should().Be(HttpStatusCode.OK);
    }

    private async Task<long> PublishAsync(string alias, string members)
    {
        using var created = await Host.PublishAsync($$"""{ "alias": "{{alias}}", "table": "{{await fixture.Database.CreateTableAsync(alias)}}", {{members}} }""");
        created.StatusCode.Should().Be(HttpStatusCode.Created);
        return Host.Models().Current.Version;
    }

    private async Task ChangeAsync(string alias, string patch)
    {
        using var changed = await Host.SendAsync(HttpMethod.Patch, $"{Address}('{alias}')", patch);
        changed.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private async Task DeleteAsync(string alias)
    {
        using var deleted = await Host.SendAsync(HttpMethod.Delete, $"{Address}('{alias}')", null);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private async Task ActAsync(string alias, string action)
    {
        using var response = await ActionAsync($"{Address}('{alias}')/{action}", "{}");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> ActionAsync(string address, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, null, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Host.Client.SendAsync(request);
    }

    private async Task<List<string>> ChangesAsync(string address) =>
        [.. (await Host.GetAsync(address)).GetProperty("value").EnumerateArray().Select(change =>
            $"{change.GetProperty("Kind")} {change.GetProperty("Path")} {change.GetProperty("Item")}: {change.GetProperty("Before")} -> {change.GetProperty("After")}")];
}

public sealed class ConfigurationHistoryOnSqlite(HostFixture<SqliteTestDatabase> fixture) : ConfigurationHistoryCases<SqliteTestDatabase>(fixture);

[Needs("PostgreSql")]
public sealed class ConfigurationHistoryOnPostgreSql(HostFixture<PostgreSqlTestDatabase> fixture) : ConfigurationHistoryCases<PostgreSqlTestDatabase>(fixture);

[Needs("SqlServer")]
public sealed class ConfigurationHistoryOnSqlServer(HostFixture<SqlServerTestDatabase> fixture) : ConfigurationHistoryCases<SqlServerTestDatabase>(fixture);
