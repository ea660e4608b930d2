using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;

namespace BackendApi.Processes.BackOffice;

/// <summary>What the Back Office is for, from the first sign-in to the file that Excel opens.</summary>
public abstract class StoryCases(BackOfficeProcess office, ITestOutputHelper output)
{
    [BrowserFact]
    public async Task An_administrator_signs_in_picks_a_table_ticks_columns_and_hands_on_a_link_that_Excel_reads()
    {
        await using var page = await office.OpenAsync();
        page.Expects("400");
        await page.SignInAsync("admin", office.GeneratedPassword);
        await page.Field("New password").FillAsync("correct horse battery");
        await page.Button("Sign in").ClickAsync();
        await page.Button("Not now").ClickAsync();
        var key = await KeyOfExcelAsync(page);

        await page.Link("Endpoints").ClickAsync();
        await page.Link("New endpoint").ClickAsync();
        await page.Link("supplier").ClickAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "email", Exact = true }).UncheckAsync();
        var sinceClick = Stopwatch.StartNew();
        await page.Page.RunAndWaitForResponseAsync(() => page.Button("Publish").ClickAsync(), response => response.Request.Method == "POST" && response.Url.EndsWith("/DataExchangeConfigurations", StringComparison.Ordinal));
        // Asked once, and not until it works.
        var rows = await ReadAsExcelAsync("odata/Suppliers?$top=1", key);
        output.WriteLine($"{sinceClick.ElapsedMilliseconds} ms from the click to the answer");

        rows[0].EnumerateObject().Select(member => member.Name).Should().Equal("Id", "Name", "Country", "Rating", "LeadTimeDays");
        await page.Heading("suppliers").WaitForAsync();
        var feed = await page.Field("OData feed (Excel, Power BI)").InputValueAsync();
        feed.Should().Be(new Uri(office.Address, "odata/Suppliers").AbsoluteUri);
        (await ReadAsExcelAsync(feed, key)).GetArrayLength().Should().BeGreaterThan(1);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Open in Excel").ClickAsync());
        download.SuggestedFilename.Should().Be("Suppliers.odc");
        // The query is XML in an attribute of HTML.
        var connection = WebUtility.HtmlDecode(WebUtility.HtmlDecode(await File.ReadAllTextAsync(await download.PathAsync())));
        connection.Should().Contain($"OData.Feed(\"{feed}\"");
    }

    private static async Task<string> KeyOfExcelAsync(BackOfficePage page)
    {
        await page.Link("API keys").ClickAsync();
        await page.Link("New API key").ClickAsync();
        await page.Field("Name").FillAsync("excel");
        await page.ChooseAsync("Roles", "Administrators");
        await page.Button("Make the key").ClickAsync();
        return await page.Field("API key").InputValueAsync();
    }

    /// <summary>With the key as the password of nobody, and by its headers.</summary>
    private async Task<JsonElement> ReadAsExcelAsync(string address, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(office.Address, address));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($":{key}")));
        request.Headers.Add("MaxDataServiceVersion", "3.0");
        request.Headers.Add("OData-MaxVersion", "4.0");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/json;odata.metadata=minimal;q=1.0"));
        using var client = new HttpClient();
        using var response = await client.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("value");
    }
}

public sealed class StoryOnSqlite(UntouchedProcess office, ITestOutputHelper output) : StoryCases(office, output), IClassFixture<UntouchedProcess>;

/// <summary>As <see cref="UntouchedProcess"/>, with the demo shop in an empty database of a server.</summary>
public sealed class UntouchedProcessOnPostgreSql : BackOfficeProcess
{
    private string database = "";

    protected override async Task<string[]> SettingsAsync()
    {
        database = await PrivatePostgreSql.Instance.CreateDatabaseAsync();
        return ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}", "--Demo:Enabled=true"];
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (database.Length > 0)
            await PrivatePostgreSql.Instance.DropDatabaseAsync(database);
    }
}

[Needs("PostgreSql")]
public sealed class StoryOnPostgreSql(UntouchedProcessOnPostgreSql office, ITestOutputHelper output) : StoryCases(office, output), IClassFixture<UntouchedProcessOnPostgreSql>;
