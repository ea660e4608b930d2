using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Spec.Access;
using BackendApi.Testing;

namespace BackendApi.Spec.Configurations;

/// <summary>Who may do what with configurations; and that nobody gets at the product's own tables through one.</summary>
public abstract class ConfigurationRightsCases<TDatabase>(ConfigurationShop<TDatabase> shop) : IClassFixture<ConfigurationShop<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    private const string Set = "DataExchangeConfigurations";

    [DatabaseFact]
    public async Task Who_was_granted_nothing_sees_neither_the_sets_nor_the_operations()
    {
        var key = await KeyAsync(("Makers", SetGrant.Everything));

        (await shop.GetAsync("$metadata", key)).Should().StartWith("200 ").And.NotContainAny("DataExchange", "Definition", "PublishableTables", "Diff", "RollBack", "Dependents");
        (await shop.GetAsync("", key)).Should().NotContain("DataExchange");
        foreach (var address in (string[])[Set, "DataExchangeConfigurationVersions", $"{Set}/PublishableTables()", $"{Set}/PreviewTable(table='maker')", $"{Set}/ExportDefinitions()"])
            (await shop.GetAsync(address, key)).Should().StartWith("404 ");
        (await shop.SendAsync("POST", Set, """{"alias":"stolen","table":"maker"}""", key)).Should().StartWith("404 ");
        (await shop.SendAsync("POST", $"{Set}/ImportDefinitions", """{"document":"[]"}""", key)).Should().StartWith("404 ");
    }

    [DatabaseFact]
    public async Task Who_may_read_configurations_reads_what_was_granted_and_nothing_else()
    {
        var key = await KeyAsync((Set, new(Verbs.Read, ColumnMask.Of("alias", "table"), ColumnMask.All, "alias eq 'makers'")));

        (await shop.GetAsync(Set, key)).Should().Be("""200 {"value":[{"alias":"makers","table":"maker"}]}""");
        (await shop.GetAsync("$metadata", key)).Should().NotContainAny("PreviewTable", "ConfigurationVersions", "\"modifiedBy\"");
        (await shop.SendAsync("PATCH", $"{Set}('makers')", """{"description":"Mine."}""", key)).Should().StartWith("403 ");
        (await shop.SendAsync("POST", Set, """{"alias":"stolen","table":"maker"}""", key)).Should().StartWith("403 ");
        (await shop.SendAsync("DELETE", $"{Set}('makers')", null, key)).Should().StartWith("403 ");
    }

    [DatabaseFact]
    public async Task Less_than_everything_on_configurations_previews_and_changes_nothing()
    {
        foreach (var grant in (SetGrant[])
                 [
                     SetGrant.Everything with { Verbs = Verbs.All & ~Verbs.Delete }, SetGrant.Everything with { RowFilter = "alias ne 'x'" }, SetGrant.Everything with { Writable = ColumnMask.Of("description") },
                 ])
        {
            var key = await KeyAsync((Set, grant));
            foreach (var address in (string[])
                     [
                         "PreviewTable(table='maker')", "PublishableTables()", "SuggestDefinition(table='maker')", "ExportDefinitions()", "DefinitionProblems()",
                     ])
                (await shop.GetAsync($"{Set}/{address}", key)).Should().StartWith("403 ", $"{address} of {grant}");
            (await shop.SendAsync("POST", $"{Set}/TestDefinition", """{"document":"{\"alias\":\"x\",\"table\":\"maker\"}"}""", key)).Should().StartWith("403 ");
            (await shop.SendAsync("POST", $"{Set}/ImportDefinitions", """{"document":"[]","replace":true}""", key)).Should().StartWith("403 ");
            (await shop.SendAsync("POST", $"{Set}('makers')/Deactivate", "{}", key)).Should().StartWith("403 ");
            (await shop.SendAsync("POST", $"{Set}('makers')/RollBack", """{"version":1}""", key)).Should().StartWith("403 ");
            (await shop.GetAsync($"{Set}('makers')/Dependents()", key)).Should().StartWith("403 ");
            (await shop.GetAsync($"{Set}('makers')/Diff(from=1)", key)).Should().StartWith("403 ");
        }
    }

    [DatabaseFact]
    public async Task Who_may_do_everything_with_configurations_does_it_without_any_other_right()
    {
        var key = await KeyAsync((Set, SetGrant.Everything));

        (await shop.SendAsync("POST", Set, """{"alias":"hers","table":"maker","relations":[]}""", key)).Should().StartWith("201 ");
        (await shop.GetAsync("Hers", key)).Should().StartWith("404 ", "what she publishes is granted by others");
        (await shop.GetAsync($"{Set}/PreviewTable(table='maker',rows=1)", key)).Should().Contain("Ada");
        (await shop.SendAsync("POST", $"{Set}('hers')/Deactivate", "{}", key)).Should().StartWith("200 ");
        (await shop.SendAsync("DELETE", $"{Set}('hers')", null, key)).Should().StartWith("204 ");
    }

    [DatabaseTheory]
    [InlineData("backend_user")]
    [InlineData("BACKEND_USER")]
    [InlineData("[backend_user]")]
    [InlineData("backend_api_key_value")]
    [InlineData("backend_secret")]
    [InlineData("backend_configuration")]
    [InlineData("backend_schema")]
    [InlineData("main.backend_user")]
    [InlineData("public.backend_user")]
    [InlineData("dbo.backend_user")]
    [InlineData("[public].[backend_user]")]
    public async Task The_product_s_own_tables_are_out_of_reach(string table)
    {
        var text = JsonSerializer.Serialize(table);
        var direct = $$"""{"alias":"own","table":{{text}},"key":["name"]}""";
        var link = $$"""{"alias":"own","table":"maker","relations":[{"name":"Others","target":"makers","through":{ "table":{{text}},"on":[{"column":"name","targetColumn":"name"}],"to":[{"column":"name","targetColumn":"name"}] } }]}""";

        foreach (var document in (string[])[direct, link])
        {
            (await shop.SendAsync("POST", Set, document)).Should().StartWith("400 ").And.NotContain("Did you mean");
            (await shop.SendAsync("PATCH", $"{Set}('makers')", document.Replace("\"alias\":\"own\",", ""))).Should().StartWith("400 ");
            (await shop.SendAsync("POST", $"{Set}/ImportDefinitions", JsonSerializer.Serialize(new { document }))).Should().StartWith("400 ");
            (await shop.SendAsync("POST", $"{Set}/TestDefinition", JsonSerializer.Serialize(new { document }))).Should().StartWith("200 ").And.Contain("\"Rows\":[]").And.Contain("no table or view");
        }
        (await shop.GetAsync($"{Set}/PreviewTable(table='{table}')")).Should().StartWith("400 ").And.NotContain("Did you mean");
        (await shop.GetAsync($"{Set}/SuggestDefinition(table='{table}')")).Should().StartWith("400 ");
    }

    private async Task<string> KeyAsync(params IReadOnlyList<(string Set, SetGrant Grant)> grants)
    {
        var name = $"caller {Guid.NewGuid():N}";
        await shop.Host.InStoreAsync<RoleStore>(async (roles, session) =>
        {
            await roles.CreateAsync(session, name, null, hasAllRights: false, default);
            foreach (var (set, grant) in grants)
                await roles.GrantAsync(session, name, set, grant, default);
        });
        return await shop.Host.InStoreAsync<ApiKeyStore, string>((keys, session) => keys.CreateAsync(session, new(name) { Roles = [name] }, Caller.System, default));
    }
}

public sealed class ConfigurationRightsOnSqlite(ConfigurationShop<SqliteTestDatabase> shop) : ConfigurationRightsCases<SqliteTestDatabase>(shop);

[Needs("PostgreSql")]
public sealed class ConfigurationRightsOnPostgreSql(ConfigurationShop<PostgreSqlTestDatabase> shop) : ConfigurationRightsCases<PostgreSqlTestDatabase>(shop);

[Needs("SqlServer")]
public sealed class ConfigurationRightsOnSqlServer(ConfigurationShop<SqlServerTestDatabase> shop) : ConfigurationRightsCases<SqlServerTestDatabase>(shop);
