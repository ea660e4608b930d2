using System.Text.Json;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Sql;
using BackendApi.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BackendApi.Spec.Configurations;

/// <summary>A database of the first release, whose definitions have names that sets of the service have taken since.</summary>
public abstract class ConfigurationUpgradeCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    private static readonly TableSchema People = new(new(null, "people"), [Column.Int32("id"), Column.Text("name", 40)], PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    [DatabaseFact]
    public async Task What_has_lost_its_name_is_left_out_told_and_named_anew()
    {
        await database.RunAsync(database.Database.Dialect.Ddl.CreateTable(People));
        await database.RunAsync("INSERT INTO people (id, name) VALUES (1, 'Ada')");
        await new ProductTables(database.Database, [StoreTables.Area with { Versions = [StoreTables.Area.Versions[0]] }], TimeProvider.System, NullLogger<ProductTables>.Instance).UpgradeAsync(default);
        await StoreAsync(1, """{"alias":"stated","entitySet":"Users","table":"people"}""", """{"alias":"roles","table":"people"}""", """{"alias":"backend-users","entitySet":"Staff","table":"people"}""");
        await StoreAsync(2, """{"alias":"people","table":"people","description":"Kept."}""");
        await StoreAsync(3, """{"alias":"people","table":"people","description":"Still."}""");

        await using var host = await BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>());
        async Task<string> SendAsync(string method, string address, string? body = null)
        {
            using var request = new HttpRequestMessage(new(method), "odata/" + address) { Content = body is null ? null : new StringContent(body, null, "application/json") };
            request.Headers.TryAddWithoutValidation("Accept", "application/json;odata.metadata=none");
            using var response = await host.Client.SendAsync(request);
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }

        (await SendAsync("GET", "People")).Should().Be("""200 {"value":[{"Id":1,"Name":"Ada"}]}""");
        (await SendAsync("GET", "Users?$select=Name&$filter=Name eq 'admin'")).Should().Be("""200 {"value":[{"Name":"admin"}]}""", "it is the service's own");
        using var problems = JsonDocument.Parse((await SendAsync("GET", "DataExchangeConfigurations/DefinitionProblems()"))[4..]);
        problems.RootElement.GetProperty("value").EnumerateArray().Select(problem => $"{problem.GetProperty("Alias")} {problem.GetProperty("Path")}: {problem.GetProperty("Message")}").Should().BeEquivalentTo(
            "stated entitySet: The service itself has an entity set 'Users': give this one another name.",
            "roles entitySet: The alias leads to the name 'Roles', under which the service itself has an entity set: give this one another name.",
            "backend-users alias: A module of the service has the alias 'backend-users': publish the configuration under another one, and delete this one.");

        (await SendAsync("PATCH", "DataExchangeConfigurations('stated')", """{"entitySet":"Colleagues"}""")).Should().StartWith("204 ");
        (await SendAsync("GET", "DataExchangeConfigurations/DefinitionProblems()")).Should().NotContain("\"stated\"").And.Contain("\"roles\"").And.Contain("\"backend-users\"");
        (await SendAsync("PATCH", "DataExchangeConfigurations('roles')", """{"entitySet":"Duties"}""")).Should().StartWith("204 ");
        (await SendAsync("POST", "DataExchangeConfigurations", """{"alias":"staff","entitySet":"Staff","table":"people"}""")).Should().StartWith("201 ");
        (await SendAsync("DELETE", "DataExchangeConfigurations('backend-users')")).Should().StartWith("204 ");

        foreach (var set in (string[])["Colleagues", "Duties", "Staff"])
            (await SendAsync("GET", set + "/$count")).Should().Be("200 1");
        (await SendAsync("GET", "DataExchangeConfigurations/DefinitionProblems()")).Should().Be("""200 {"value":[]}""");
        (await SendAsync("GET", "DataExchangeConfigurationVersions?$filter=Number le 3&$orderby=Number,Alias&$select=Alias,Action")).Should().Be(
            """200 {"value":[{"Alias":"backend-users","Action":"Created"},{"Alias":"roles","Action":"Created"},{"Alias":"stated","Action":"Created"},{"Alias":"people","Action":"Created"},{"Alias":"people","Action":"Changed"}]}""");
    }

    /// <summary>As the first release did it.</summary>
    private async Task StoreAsync(long number, params string[] documents)
    {
        var dialect = database.Database.Dialect;
        string[] columns = ["alias", "entity_set", "source_table", "is_active", "key_columns", "allow", "fields", "alternate_keys", "search_columns", "rules", "relations", "version", "modified_at", "modified_by"];
        await using var session = await database.Database.OpenAsync(default);
        foreach (var document in documents)
        {
            var definition = DefinitionReader.Read(document, DefinitionFormat.Json).Definitions[0];
            await ExecuteAsync(dialect.Delete(StoreTables.Configurations, [("alias", definition.Alias)]));
            foreach (var statement in dialect.Insert(StoreTables.Versions, ["number", "alias", "document", "published_at", "published_by"], [[number, definition.Alias, document, DateTimeOffset.UnixEpoch, "old"]]))
                await ExecuteAsync(statement);
            object?[] row =
            [
                definition.Alias, definition.EntitySet, definition.Table, true, "[]", """{"create":false,"update":false,"delete":false}""", "[]", "[]", "[]", "[]", "[]", number, DateTimeOffset.UnixEpoch, "old",
            ];
            foreach (var statement in dialect.Insert(StoreTables.Configurations, columns, [row]))
                await ExecuteAsync(statement);
        }
        await ExecuteAsync(dialect.Update(StoreTables.Sequences, [("value", number)], [("name", StoreTables.VersionSequence)]));

        async Task ExecuteAsync(Statement statement) => await session.ExecuteAsync(statement, default);
    }
}

public sealed class ConfigurationUpgradeOnSqlite(SqliteTestDatabase database) : ConfigurationUpgradeCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class ConfigurationUpgradeOnPostgreSql(PostgreSqlTestDatabase database) : ConfigurationUpgradeCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class ConfigurationUpgradeOnSqlServer(SqlServerTestDatabase database) : ConfigurationUpgradeCases<SqlServerTestDatabase>(database);
