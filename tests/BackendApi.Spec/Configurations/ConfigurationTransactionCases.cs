using System.Net;
using BackendApi.Spec.Publishing;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Configurations;

/// <summary>Configurations are written in the transaction of the request: on a condition, on trial, repeatably, and one administrator after the other.</summary>
public abstract class ConfigurationTransactionCases<TDatabase>(HostFixture<TDatabase> fixture) : IClassFixture<HostFixture<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    private const string Address = "odata/DataExchangeConfigurations";

    private BackendApiHost Host => fixture.Host;

    [DatabaseFact]
    public async Task Of_two_administrators_who_have_read_the_same_the_second_is_told()
    {
        await PublishAsync("pans");
        var read = await TagAsync("pans");

        var answers = await Task.WhenAll(
            SendAsync(HttpMethod.Patch, "pans", """{ "description": "One." }""", ("If-Match", read)), SendAsync(HttpMethod.Patch, "pans", """{ "description": "Other." }""", ("If-Match", read)));

        answers.Select(answer => answer.StatusCode).Should().BeEquivalentTo([HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed]);
        var current = await TagAsync("pans");
        answers.Single(answer => answer.StatusCode == HttpStatusCode.NoContent).Headers.ETag!.ToString().Should().Be(current).And.NotBe(read);
        (await SendAsync(HttpMethod.Delete, "pans", null, ("If-Match", read))).StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Delete, "pans", null, ("If-Match", current))).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Patch, "pans", "{}", ("If-Match", "*"))).StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [DatabaseFact]
    public async Task So_it_is_when_they_work_on_two_nodes()
    {
        await using var other = await BackendApiHost.StartAsync(fixture.Database);
        await PublishAsync("pots");
        await other.ServesAsync(model => model.EntitySets.ContainsKey("Pots"));

        for (var round = 0; round < 5; round++)
        {
            var read = await TagAsync("pots");
            var answers = await Task.WhenAll(
                SendAsync(HttpMethod.Patch, "pots", $$"""{ "description": "One {{round}}." }""", ("If-Match", read)),
                SendAsync(other, HttpMethod.Patch, "pots", $$"""{ "description": "Other {{round}}." }""", ("If-Match", read)));
            answers.Select(answer => answer.StatusCode).Should().BeEquivalentTo([HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed]);
        }
    }

    [DatabaseFact]
    public async Task A_trial_tells_every_mistake_and_publishes_nothing()
    {
        var table = await fixture.Database.CreateTableAsync("lid");
        var version = Host.Models().Current.Version;

        using var right = await Host.SendAsync(HttpMethod.Post, Address, $$"""{ "alias": "lids", "table": "{{table}}" }""", prefer: "validate-only, return=representation");
        using var wrong = await Host.SendAsync(HttpMethod.Post, Address, $$"""{ "alias": "lids", "table": "{{table}}", "filter": "Colour eq 1", "search": ["id"] }""", prefer: "validate-only");

        right.StatusCode.Should().Be(HttpStatusCode.Created);
        (await right.JsonAsync()).GetProperty("alias").GetString().Should().Be("lids");
        (await wrong.MistakesAsync()).Select(mistake => mistake.Target).Should().BeEquivalentTo("filter", "search[0]");
        Host.Models().Current.Version.Should().Be(version);
        (await Host.StatusAsync(Address + "('lids')")).Should().Be(HttpStatusCode.NotFound);
        (await Host.StatusAsync("odata/Lids")).Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task A_repeated_request_publishes_once()
    {
        var document = $$"""{ "alias": "jars", "table": "{{await fixture.Database.CreateTableAsync("jar")}}" }""";
        (string, string)[] headers = [("Repeatability-Request-ID", "b2f2b5f0-0000-4000-8000-0000000000c1"), ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("R"))];

        using var first = await SendAsync(HttpMethod.Post, null, document, headers);
        var version = Host.Models().Current.Version;
        using var second = await SendAsync(HttpMethod.Post, null, document, headers);

        (first.StatusCode, second.StatusCode).Should().Be((HttpStatusCode.Created, HttpStatusCode.Created));
        Host.Models().Current.Version.Should().Be(version);
    }

    [DatabaseFact]
    public async Task Texts_that_no_column_holds_are_mistakes()
    {
        using var response = await Host.PublishAsync($$"""{ "alias": "{{new string('a', 200)}}", "table": "{{new string('t', 300)}}", "entitySet": "{{new string('e', 200)}}", "concurrency": "{{new string('c', 200)}}" }""");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.MistakesAsync()).Select(mistake => mistake.Target).Should().BeEquivalentTo("alias", "table", "entitySet", "concurrency");
    }

    [DatabaseFact]
    public async Task The_Data_Exchange_dialect_shows_configurations_and_does_not_write_them()
    {
        await PublishAsync("cans");

        (await Host.GetAsync("dynamic-entity/backend-configurations/cans")).GetProperty("data").GetProperty("alias").GetString().Should().Be("cans");
        foreach (var method in (string[])["POST", "PATCH", "DELETE"])
        {
            using var refused = await Host.SendAsync(new(method), "dynamic-entity/backend-configurations" + (method == "POST" ? "" : "/cans"), """{ "data": { "alias": "cans" } }""");
            refused.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        }
    }

    [DatabaseFact]
    public async Task Nothing_that_leads_to_configurations_writes_them()
    {
        var table = await fixture.Database.CreateTableAsync("box");
        using var created = await Host.PublishAsync($$"""
            { "alias": "boxes", "table": "{{table}}", "allow": { "create": true, "update": true, "delete": true },
              "relations": [ { "name": "Settings", "target": "DataExchangeConfigurations", "multiplicity": "many", "isEditable": true, "on": [ { "column": "name", "targetColumn": "source_table" } ] } ] }
            """);
        created.StatusCode.Should().Be(HttpStatusCode.Created);

        using var nested = await Host.SendAsync(HttpMethod.Post, "odata/Boxes", $$"""{ "Id": 2, "Name": "{{table}}", "Settings": [ { "alias": "stolen", "table": "{{table}}" } ] }""");
        using var below = await Host.SendAsync(HttpMethod.Post, "odata/Boxes(1)/Settings", $$"""{ "alias": "stolen", "table": "{{table}}" }""");

        nested.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        below.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    private async Task PublishAsync(string alias)
    {
        using var created = await Host.PublishAsync($$"""{ "alias": "{{alias}}", "table": "{{await fixture.Database.CreateTableAsync(alias)}}" }""");
        created.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    private async Task<string> TagAsync(string alias)
    {
        using var response = await Host.Client.GetAsync(new Uri($"{Address}('{alias}')", UriKind.Relative));
        return response.Headers.ETag!.ToString();
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string? alias, string? body, params (string Name, string Value)[] headers) => SendAsync(Host, method, alias, body, headers);

    private static async Task<HttpResponseMessage> SendAsync(BackendApiHost host, HttpMethod method, string? alias, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, Address + (alias is null ? "" : $"('{alias}')"));
        if (body is not null)
            request.Content = new StringContent(body, null, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await host.Client.SendAsync(request);
    }
}

public sealed class ConfigurationTransactionOnSqlite(HostFixture<SqliteTestDatabase> fixture) : ConfigurationTransactionCases<SqliteTestDatabase>(fixture);

[Needs("PostgreSql")]
public sealed class ConfigurationTransactionOnPostgreSql(HostFixture<PostgreSqlTestDatabase> fixture) : ConfigurationTransactionCases<PostgreSqlTestDatabase>(fixture);

[Needs("SqlServer")]
public sealed class ConfigurationTransactionOnSqlServer(HostFixture<SqlServerTestDatabase> fixture) : ConfigurationTransactionCases<SqlServerTestDatabase>(fixture);
