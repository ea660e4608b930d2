using System.Text.Json;
using BackendApi.Testing;

namespace BackendApi.Spec.Configurations;

/// <summary>All configurations as one text, and back (reference: configurations).</summary>
public abstract class ConfigurationTransferCases<TDatabase>(ConfigurationShop<TDatabase> shop) : IClassFixture<ConfigurationShop<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    private const string Set = "DataExchangeConfigurations";

    [DatabaseTheory]
    [InlineData("Json")]
    [InlineData("Yaml")]
    public async Task What_is_exported_is_imported_without_a_difference(string format)
    {
        (await ImportAsync(
            $$"""{"alias":"odd-{{format}}","entitySet":"Odd{{format}}","table":"maker","description":"no: \"yes\" # 'x'\n- 1","search":["name"],"fields":[{"column":"id"},{"column":"name","example":"007","validation":{"maxLength":30,"pattern":"^[A-Z]+$"} }],"relations":[]}""")).Should().StartWith("200 ");

        var text = await ExportAsync(format);
        var imported = await ImportAsync(text);

        imported.Should().Be("""200 {"value":[]}""");
        text.Should().Contain("odd-" + format).And.Contain("[]").And.StartWith(format == "Json" ? "[\n  {\n    \"alias\":" : "- alias: ");
        (await shop.SendAsync("DELETE", $"{Set}('odd-{format}')", null)).Should().StartWith("204 ");
        (await ImportAsync(text)).Should().Be($$"""200 {"value":[{"Alias":"odd-{{format}}","Action":"Created","Changes":[]}]}""");
        (await ExportAsync(format)).Should().Be(text);
        (await shop.SendAsync("DELETE", $"{Set}('odd-{format}')", null)).Should().StartWith("204 ");
    }

    [DatabaseFact]
    public async Task A_trial_tells_what_an_import_would_change_and_changes_nothing()
    {
        (await shop.SendAsync("POST", Set, """{"alias":"kept","table":"maker","relations":[]}""")).Should().StartWith("201 ");
        const string Document = """
            - { alias: makers, table: maker, description: Who makes. }
            - { alias: fresh, table: maker, relations: [] }
            """;
        const string Told =
            """200 {"value":[{"Alias":"fresh","Action":"Created","Changes":[]},{"Alias":"kept","Action":"Deleted","Changes":[]},{"Alias":"makers","Action":"Changed","Changes":[{"Path":"description","Kind":"Added","Item":null,"Before":null,"After":"\"Who makes.\""}]}]}""";

        (await ImportAsync(Document, replace: true, prefer: "validate-only")).Should().Be(Told);
        (await shop.GetAsync($"{Set}/$count")).Should().Be("200 2");

        (await ImportAsync(Document, replace: true)).Should().Be(Told);
        (await shop.GetAsync($"{Set}?$select=alias&$orderby=alias")).Should().Be("""200 {"value":[{"alias":"fresh"},{"alias":"makers"}]}""");
        (await shop.GetAsync($"{Set}?$apply=groupby((version),aggregate($count as Count))")).Should().Contain("\"Count\":2", "an import is one version");
        (await shop.GetAsync("Fresh/$count")).Should().Be("200 2");
        (await shop.GetAsync("DataExchangeConfigurationVersions?$filter=Alias eq 'kept'&$orderby=Number desc&$top=1&$select=Action,Comment")).Should().Be("""200 {"value":[{"Action":"Deleted","Comment":"Imported"}]}""");

        (await ImportAsync("- { alias: makers, table: maker }", replace: true)).Should().StartWith("200 ");
    }

    [DatabaseTheory]
    [InlineData("""[{"alias":"a","table":"maker"},{"alias":"b","table":"nothing"}]""", "b: table")]
    [InlineData("""[{"alias":"a","table":"maker"},{"alias":"a","table":"maker"}]""", "document")]
    [InlineData("""[{"alias":"a","table":"maker","colour":1}]""", "colour")]
    [InlineData("""[{"alias":"a","table":"backend_user"}]""", "table")]
    [InlineData("nothing", "document")]
    [InlineData("""[{"alias":"a","table":"maker","description":"\ud800"}]""", "")]
    [InlineData("""[{"alias":"a","table":"maker","\ud800":1}]""", "document")]
    [InlineData("""[{"alias":"a","alias":"a","table":"maker"}]""", "document")]
    [InlineData("""[{"alias":"a","table":"maker","description":"\u0000"}]""", "description")]
    public async Task A_document_with_a_mistake_imports_nothing(string document, string target)
    {
        var refused = await ImportAsync(document);

        refused.Should().StartWith("400 ").And.Contain($"\"target\":\"{target}\"");
        (await shop.GetAsync($"{Set}('a')")).Should().StartWith("404 ");
    }

    private async Task<string> ExportAsync(string format)
    {
        var answer = await shop.GetAsync($"{Set}/ExportDefinitions(format='{format}')");
        answer.Should().StartWith("200 ");
        using var document = JsonDocument.Parse(answer[4..]);
        return document.RootElement.GetProperty("value").GetString()!;
    }

    private Task<string> ImportAsync(string document, bool replace = false, string? prefer = null) =>
        shop.SendAsync("POST", $"{Set}/ImportDefinitions", JsonSerializer.Serialize(new { document, replace }), prefer: prefer);
}

public sealed class ConfigurationTransferOnSqlite(ConfigurationShop<SqliteTestDatabase> shop) : ConfigurationTransferCases<SqliteTestDatabase>(shop);

[Needs("PostgreSql")]
public sealed class ConfigurationTransferOnPostgreSql(ConfigurationShop<PostgreSqlTestDatabase> shop) : ConfigurationTransferCases<PostgreSqlTestDatabase>(shop);

[Needs("SqlServer")]
public sealed class ConfigurationTransferOnSqlServer(ConfigurationShop<SqlServerTestDatabase> shop) : ConfigurationTransferCases<SqlServerTestDatabase>(shop);
