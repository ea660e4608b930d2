using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace BackendApi.Tests.Support;

public class SettingsTests
{
    [Fact]
    public void The_documentation_lists_every_setting_with_its_default_and_meaning_and_no_other()
    {
        var documented = File.ReadLines(Document.PathOf("docs/reference/settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        documented.Should().Equal(Settings.All.Select(Row));
    }

    [Fact]
    public void The_documentation_lists_the_settings_that_can_be_changed_while_the_service_runs()
    {
        var documented = File.ReadLines(Document.PathOf("docs/reference/settings.md")).Single(line => line.StartsWith('`') && line.Contains("`Audit:Data`", StringComparison.Ordinal));

        documented.TrimEnd('.').Split(", ").Should().BeEquivalentTo(Settings.All.Where(ChangeableSettings.Has).Select(setting => $"`{setting.Key}`"));
    }

    [Fact]
    public void The_shipped_file_says_what_the_code_says()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Document.PathOf("src/BackendApi.Host/appsettings.json")).Build();
        var values = shipped.AsEnumerable().Where(each => each.Value is not null && !each.Key.StartsWith("Logging:", StringComparison.Ordinal));

        values.Should().OnlyContain(each => Settings.All.Any(setting => setting.Key == each.Key && setting.DefaultText == each.Value));
    }

    [Fact]
    public void Without_settings_the_demo_runs_on_the_embedded_database()
    {
        var settings = Read();

        settings.Database.Should().Be(new DatabaseSettings("Sqlite", "Data Source=data/backend-api.db"));
        settings.DemoEnabled.Should().BeTrue();
        settings.Admin.Should().Be(new AdminSettings("admin", null));
        settings.Service.PublicRoot.Should().BeNull();
        settings.OData.Should().Be(new ODataSettings());
    }

    [Theory]
    [InlineData("Database:Provider", "PostgreSql")]
    [InlineData("Database:ConnectionString", "Data Source=other.db")]
    [InlineData("Demo:Enabled", "false")]
    public void The_demo_stays_out_of_other_databases(string key, string value) => Read((key, value)).DemoEnabled.Should().BeFalse();

    [Fact]
    public void The_demo_can_be_asked_for_anywhere() =>
        Read(("Database:Provider", "PostgreSql"), ("Demo:Enabled", "true")).DemoEnabled.Should().BeTrue();

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var reading = () => Read(("OData:MaxPageSize", "many"), ("OData:MaxListItems", "0"), ("Service:PublicRoot", "shop/api"),
            ("Service:TrustedProxies", "10.0.0.0/8; proxy"), ("Service:AllowedHosts", "https://shop.example"), ("Cors:Headers", "a b; c:d"), ("Https:Port", "https"), ("Demo:Enabled", "perhaps"), ("Admin:UserName", "a:b"));

        reading.Should().Throw<SettingsException>().Which.Mistakes.Should().BeEquivalentTo(
            "OData:MaxPageSize=many: a whole number from 1 to 1000000 is expected.",
            "OData:MaxListItems=0: a whole number from 1 to 1000000 is expected.",
            "Service:PublicRoot=shop/api: an absolute http or https address without a query is expected.",
            "Service:TrustedProxies=10.0.0.0/8; proxy: 'proxy' is neither an address nor a network such as 10.0.0.0/8.",
            "Service:AllowedHosts=https://shop.example: 'https://shop.example' is not the name of a host, such as shop.example or *.shop.example, without scheme and port.",
            "Cors:Headers=a b; c:d: 'c:d' is not a name that HTTP knows.",
            "Https:Port=https: a whole number from 0 to 65535 is expected.",
            "Demo:Enabled=perhaps: true or false is expected.",
            "Admin:UserName=a:b: a colon cannot be part of the name, HTTP Basic ends the name with it.");
    }

    [Fact]
    public void A_list_is_one_text_or_one_entry_for_each_index()
    {
        Read(("DataExchange:ConfigurationFiles", "a.json; b.yaml")).DataExchange.ConfigurationFiles.Should().Equal("a.json", "b.yaml");
        Read(("DataExchange:ConfigurationFiles:0", "a.json"), ("DataExchange:ConfigurationFiles:1", "b.yaml")).DataExchange.ConfigurationFiles.Should().Equal("a.json", "b.yaml");
    }

    [Fact]
    public void Networks_and_single_addresses_are_trusted_proxies() =>
        Read(("Service:TrustedProxies", "10.0.0.0/8; 192.168.1.1, ::1")).Service.TrustedProxies.Select(network => network.ToString())
            .Should().Equal("10.0.0.0/8", "192.168.1.1/32", "::1/128");

    [Theory]
    [InlineData("null")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/path")]
    [InlineData("https://user@shop.example")]
    [InlineData("https://shop.*")]
    [InlineData("https://*")]
    [InlineData("ftp://shop.example")]
    public void What_no_browser_sends_is_no_origin(string origin) =>
        FluentActions.Invoking(() => Read(("Cors:Origins", origin))).Should().Throw<SettingsException>().Which.Mistakes.Should().ContainSingle().Which.Should().Contain("is not an origin");

    [Theory]
    [InlineData("*", "true")]
    [InlineData("*;https://shop.example", "false")]
    public void Everybody_is_let_in_alone_and_without_credentials(string origins, string credentials) =>
        FluentActions.Invoking(() => Read(("Cors:Origins", origins), ("Cors:Credentials", credentials))).Should().Throw<SettingsException>()
            .Which.Mistakes.Should().ContainSingle().Which.Should().StartWith("Cors:Origins: * stands alone");

    [Theory]
    [InlineData("ClientSecret", "x", "Access:Issuers:0:ClientSecret: it belongs to the sign-in, for which a ClientId is needed.")]
    [InlineData("DisplayName", "Entra ID", "Access:Issuers:0:DisplayName: it belongs to the sign-in, for which a ClientId is needed.")]
    [InlineData("Scopes", "profile;email", "Access:Issuers:0:Scopes: openid must be among them: without it the provider does not say who signs in.", "ClientId", "back-office")]
    public void What_a_sign_in_at_an_issuer_lacks_is_told(string member, string value, string mistake, params string[] other)
    {
        (string, string)[] values = [("Access:Issuers:0:Authority", "https://login.example"), ("Access:Issuers:0:Audiences", "api"), ($"Access:Issuers:0:{member}", value)];

        FluentActions.Invoking(() => Read(other is [var key, var text] ? [.. values, ($"Access:Issuers:0:{key}", text)] : values)).Should().Throw<SettingsException>().Which.Mistakes.Should().Equal(mistake);
    }

    [Fact]
    public void An_issuer_that_only_signs_people_in_needs_no_audience()
    {
        var issuer = Read(("Access:Issuers:0:Authority", "https://login.example"), ("Access:Issuers:0:ClientId", "back-office")).Access.Issuers.Single();

        issuer.SignIn.Should().BeEquivalentTo(new IssuerSignInSettings("back-office", null, ["openid", "profile", "email"], "0"));
        issuer.Audiences.Should().BeEmpty();
    }

    [Fact]
    public void The_public_root_ends_with_a_slash() =>
        Read(("Service:PublicRoot", "https://shop.example/api")).Service.PublicRoot.Should().Be(new Uri("https://shop.example/api/"));

    [Fact]
    public void A_default_page_is_never_larger_than_the_largest() => Read(("OData:MaxPageSize", "10")).OData.DefaultPageSize.Should().Be(10);

    private static Settings Read(params (string Key, string Value)[] values) =>
        Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(each => each.Key, each => (string?)each.Value)).Build());

    /// <summary>What is a value stands as code, what is a description does not.</summary>
    private static string Row(Setting setting)
    {
        var isDescription = setting.DefaultText.Contains(' ', StringComparison.Ordinal) && !setting.DefaultText.Contains('=', StringComparison.Ordinal) || setting.DefaultText is "none" or "any";
        return $"| `{setting.Key}` | {(isDescription ? setting.DefaultText : $"`{setting.DefaultText}`")} | {setting.Meaning} |";
    }
}
