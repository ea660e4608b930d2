using System.Net;
using BackendApi.Model.Store;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Publishing;

/// <summary>Files of <c>DataExchange:ConfigurationFiles</c> at start.</summary>
public abstract class ConfigurationFileCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IDisposable
    where TDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backend-api-files-");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task Json_and_yaml_files_are_applied_and_applied_once()
    {
        var (first, second) = (await database.CreateTableAsync("json"), await database.CreateTableAsync("yaml"));
        var json = Write("one.json", $$"""[ { "alias": "jsons", "table": "{{first}}" } ]""");
        var yaml = Write("two.yaml", $"""
            alias: yamls
            table: {second}
            fields:
              - column: id
              - column: name
            """);
        string[] settings = [$"--DataExchange:ConfigurationFiles:0={json}", $"--DataExchange:ConfigurationFiles:1={yaml}"];
        long version;
        await using (var host = await BackendApiHost.StartAsync(database, settings))
        {
            (await host.GetAsync("odata/Jsons/$count")).GetInt32().Should().Be(1);
            (await host.GetAsync("odata/Yamls(1)")).TryGetProperty("Price", out _).Should().BeFalse("the file lists other fields");
            version = host.Models().Current.Version;
        }

        await using (var again = await BackendApiHost.StartAsync(database, settings))
            again.Models().Current.Version.Should().Be(version, "nothing differs");

        Write("one.json", $$"""[ { "alias": "jsons", "table": "{{first}}", "description": "Changed." } ]""");
        await using var changed = await BackendApiHost.StartAsync(database, settings);
        changed.Models().Current.Version.Should().Be(version + 1);
    }

    [DatabaseFact]
    public async Task A_file_with_a_mistake_is_refused_whole_and_the_others_are_applied()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("mixed");
        var bad = Write("bad.json", $$"""
            [ { "alias": "half", "table": "{{table}}" }, { "alias": "bad", "table": "{{table}}", "entitySet": "no set", "key": ["nothing"] } ]
            """);
        var worse = Write("worse.json", "{ not json");
        var good = Write("good.yml", $"alias: good\nentitySet: Good\ntable: {table}\n");

        var refused = await ApplyAsync(host, bad, worse, good, Path.Combine(_folder.FullName, "missing.json"), Write("notes.txt", "alias: x"));

        refused.Select(file => Path.GetFileName(file.File)).Should().BeEquivalentTo("bad.json", "worse.json", "missing.json", "notes.txt");
        refused.Single(file => file.File == bad).Reason.Split(Environment.NewLine).Should().Contain(line => line.StartsWith("bad: entitySet: "))
            .And.Contain(line => line.StartsWith("bad: key"));
        refused.Single(file => file.File == worse).Reason.Should().Contain("line 1");
        (await host.StatusAsync("odata/Good")).Should().Be(HttpStatusCode.OK);
        (await host.StatusAsync("odata/Half")).Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task Files_may_lead_to_each_other()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var (from, to) = (await database.CreateTableAsync("from"), await database.CreateTableAsync("to"));
        var first = Write("from.json", $$"""
            { "alias": "froms", "table": "{{from}}", "relations": [ { "name": "To", "target": "tos", "multiplicity": "one", "on": [ { "column": "id", "targetColumn": "id" } ] } ] }
            """);
        var second = Write("to.json", $$"""{ "alias": "tos", "table": "{{to}}" }""");

        (await ApplyAsync(host, first, second)).Should().BeEmpty();

        (await host.GetAsync("odata/Froms(1)?$expand=To")).GetProperty("To").GetProperty("Name").GetString().Should().Be("one");
    }

    [DatabaseFact]
    public async Task An_alias_that_two_files_define_is_taken_from_the_first()
    {
        await using var host = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("twice");
        var first = Write("first.json", $$"""{ "alias": "twices", "table": "{{table}}" }""");
        var second = Write("second.json", $$"""{ "alias": "twices", "table": "{{table}}", "description": "Again." }""");

        var refused = await ApplyAsync(host, first, second);

        refused.Should().ContainSingle().Which.Reason.Should().Contain("first.json");
        host.Models().Current.ByAlias["twices"].Description.Should().BeNull();
    }

    private static async Task<IReadOnlyList<ConfigurationFileRefused>> ApplyAsync(BackendApiHost host, params string[] files)
    {
        var refused = new List<ConfigurationFileRefused>();
        using var listening = host.Observations.Listen(observed =>
        {
            if (observed is ConfigurationFileRefused file)
                refused.Add(file);
        });
        await new ConfigurationFiles(host.Services.GetRequiredService<Publisher>(), new(files), host.Observations).ApplyAsync(CancellationToken.None);
        return refused;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}

public sealed class ConfigurationFilesOnSqlite(SqliteTestDatabase database) : ConfigurationFileCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class ConfigurationFilesOnPostgreSql(PostgreSqlTestDatabase database) : ConfigurationFileCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class ConfigurationFilesOnSqlServer(SqlServerTestDatabase database) : ConfigurationFileCases<SqlServerTestDatabase>(database);
