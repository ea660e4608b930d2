using System.Net;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Publishing;

/// <summary>Versions: stored in order, followed by every node, the same after a restart, and never half served.</summary>
public abstract class FollowingCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    [DatabaseFact]
    public async Task Another_node_follows_a_publish_a_change_and_a_delete()
    {
        await using var first = await BackendApiHost.StartAsync(database);
        await using var second = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("follow");

        using var published = await first.PublishAsync($$"""{ "alias": "follows", "table": "{{table}}" }""");
        await second.ServesAsync(model => model.EntitySets.ContainsKey("Follows"));
        (await second.StatusAsync("odata/Follows")).Should().Be(HttpStatusCode.OK);

        using var changed = await first.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('follows')", """{ "entitySet": "Followed" }""");
        await second.ServesAsync(model => model.EntitySets.ContainsKey("Followed") && !model.EntitySets.ContainsKey("Follows"));

        using var deleted = await first.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('follows')", null);
        await second.ServesAsync(model => !model.EntitySets.ContainsKey("Followed"));
        (await second.StatusAsync("odata/Followed")).Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task Publishes_of_two_nodes_at_once_are_all_stored_each_with_a_number_of_its_own()
    {
        await using var first = await BackendApiHost.StartAsync(database);
        await using var second = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("race");
        var before = await HistoryAsync(first);

        var aliases = Enumerable.Range(0, 16).Select(number => $"race-{number}").ToList();
        var answers = await Task.WhenAll(aliases.Select((alias, index) =>
            (index % 2 == 0 ? first : second).PublishAsync($$"""{ "alias": "{{alias}}", "entitySet": "Race{{index}}", "table": "{{table}}" }""")));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var host in (BackendApiHost[])[first, second])
            await host.ServesAsync(model => aliases.TrueForAll(model.ByAlias.ContainsKey));
        var published = (await HistoryAsync(first)).SkipLast(before.Count).ToList();
        published.SelectMany(version => version.Aliases).Should().BeEquivalentTo(aliases);
        published.Select(version => version.Number).Should().Equal(Enumerable.Range(1, 16).Select(step => (before.Count == 0 ? 0 : before[0].Number) + step).Reverse());
    }

    [DatabaseFact]
    public async Task The_same_alias_from_two_nodes_at_once_is_created_once()
    {
        await using var first = await BackendApiHost.StartAsync(database);
        await using var second = await BackendApiHost.StartAsync(database);
        var document = $$"""{ "alias": "once", "table": "{{await database.CreateTableAsync("once")}}" }""";

        var answers = await Task.WhenAll(first.PublishAsync(document), second.PublishAsync(document));

        answers.Select(answer => answer.StatusCode).Should().BeEquivalentTo([HttpStatusCode.Created, HttpStatusCode.Conflict]);
    }

    [DatabaseFact]
    public async Task Every_version_can_be_read_again()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("version");
        using var created = await host.PublishAsync($$"""{ "alias": "versions", "table": "{{table}}", "description": "first" }""");
        var first = host.Models().Current.Version;
        using var changed = await host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('versions')", """{ "description": "second" }""");
        using var deleted = await host.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('versions')", null);

        (await DescriptionAsync(host, first - 1)).Should().BeNull();
        (await DescriptionAsync(host, first)).Should().Be("first");
        (await DescriptionAsync(host, first + 1)).Should().Be("second");
        (await DescriptionAsync(host, first + 2)).Should().BeNull();
        (await HistoryAsync(host)).Take(3).Should().OnlyContain(version => version.By.StartsWith("test ") && version.Aliases.Single() == "versions");
    }

    [DatabaseFact]
    public async Task A_restart_serves_what_was_published()
    {
        var table = await database.CreateTableAsync("restart");
        long version;
        await using (var host = await BackendApiHost.StartAsync(database))
        {
            using var created = await host.PublishAsync($$"""{ "alias": "restarts", "table": "{{table}}" }""");
            version = host.Models().Current.Version;
        }

        await using var again = await BackendApiHost.StartAsync(database);

        again.Models().Current.Version.Should().Be(version);
        (await again.StatusAsync("odata/Restarts")).Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_definition_whose_table_is_gone_is_left_out_and_the_others_serve()
    {
        var (gone, kept) = (await database.CreateTableAsync("gone"), await database.CreateTableAsync("kept"));
        await using (var host = await BackendApiHost.StartAsync(database))
        {
            using var first = await host.PublishAsync($$"""{ "alias": "gones", "table": "{{gone}}" }""");
            using var second = await host.PublishAsync($$"""{ "alias": "kepts", "table": "{{kept}}" }""");
        }
        await database.RunAsync(database.Database.Dialect.Ddl.DropTable(new(null, gone)));

        await using var again = await BackendApiHost.StartAsync(database);
        (await again.StatusAsync("odata/Kepts")).Should().Be(HttpStatusCode.OK);
        (await again.StatusAsync("odata/Gones")).Should().Be(HttpStatusCode.NotFound);
        again.Services.GetRequiredService<Publisher>().LeftOut.Should().Contain("gones");

        using var other = await again.PublishAsync($$"""{ "alias": "kepts-too", "entitySet": "KeptsToo", "table": "{{kept}}" }""");
        other.StatusCode.Should().Be(HttpStatusCode.Created, "what is broken keeps nobody from publishing");
        using var deleted = await again.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('gones')", null);
        again.Services.GetRequiredService<Publisher>().LeftOut.Should().NotContain("gones");
    }

    [DatabaseFact]
    public async Task Requests_go_on_without_an_error_while_versions_are_published()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("busy");
        using var created = await host.PublishAsync($$"""{ "alias": "busy", "entitySet": "Busy", "table": "{{table}}" }""");
        using var done = new CancellationTokenSource();
        var statuses = Task.Run(async () =>
        {
            var seen = new List<HttpStatusCode>();
            while (!done.IsCancellationRequested)
                seen.Add(await host.StatusAsync("odata/Busy?$filter=Price gt 1"));
            return seen;
        });

        for (var number = 0; number < 10; number++)
        {
            using var changed = await host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('busy')", $$"""{ "description": "{{number}}" }""");
            changed.StatusCode.Should().Be(HttpStatusCode.NoContent);
        }
        await done.CancelAsync();

        (await statuses).Should().NotBeEmpty().And.OnlyContain(status => status == HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_change_of_the_table_is_seen_when_its_definition_is_published_again()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("grow");
        using var created = await host.PublishAsync($$"""{ "alias": "grows", "table": "{{table}}" }""");
        await database.RunAsync($"ALTER TABLE {table} ADD colour varchar(20)");

        using var changed = await host.SendAsync(HttpMethod.Patch, Publishing.Configurations + "('grows')", """{ "description": "With colour." }""");

        (await host.GetAsync("odata/Grows(1)")).TryGetProperty("Colour", out _).Should().BeTrue();
    }

    [DatabaseFact]
    public async Task An_observation_tells_of_every_version_that_is_served()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("tell");
        using var patience = new CancellationTokenSource(Publishing.Patience);
        var next = host.Observations.NextAsync<ModelPublished>(cancellation: patience.Token);

        using var created = await host.PublishAsync($$"""{ "alias": "tells", "table": "{{table}}" }""");

        (await next).Version.Should().Be(host.Models().Current.Version);
    }

    private async Task<string?> DescriptionAsync(BackendApiHost host, long version)
    {
        await using var session = await database.Database.OpenAsync(CancellationToken.None);
        var state = await host.Services.GetRequiredService<DefinitionStore>().ReadAsync(session, version, CancellationToken.None);
        return state.Definitions.GetValueOrDefault("versions")?.Description;
    }

    private async Task<IReadOnlyList<PublishedVersion>> HistoryAsync(BackendApiHost host)
    {
        await using var session = await database.Database.OpenAsync(CancellationToken.None);
        return await host.Services.GetRequiredService<DefinitionStore>().ReadHistoryAsync(session, CancellationToken.None);
    }
}

public sealed class FollowingOnSqlite(SqliteTestDatabase database) : FollowingCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class FollowingOnPostgreSql(PostgreSqlTestDatabase database) : FollowingCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class FollowingOnSqlServer(SqlServerTestDatabase database) : FollowingCases<SqlServerTestDatabase>(database);
