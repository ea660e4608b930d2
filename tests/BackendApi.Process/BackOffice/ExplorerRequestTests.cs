using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using FluentAssertions;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>A query leaves the browser as a program or as a file, and still says the same.</summary>
public sealed class ExplorerRequestTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    /// <summary>Every character that a shell, an address, XML, or a literal of some language takes for something else.</summary>
    private const string Text = "it''s \"50%\" & <more> + $HOME `x` \\n #(tab) {0} ü€😀; ?=/!";
    private static readonly string Meant = Text.Replace("''", "'", StringComparison.Ordinal);

    /// <summary>The text goes there and comes back.</summary>
    private static readonly string Query = $"explorer/Stores/query?compute={Uri.EscapeDataString($"concat('{Text}','') as Text")}&filter=Id%20eq%201&select=Id,Text";

    [BrowserFact]
    public async Task Curl_sends_what_the_query_says() => await PrintsTheTextAsync("curl", "/bin/sh", "request.sh");

    [BrowserFact]
    public async Task The_program_in_TypeScript_sends_what_the_query_says() => await PrintsTheTextAsync("TypeScript", "node", "request.mjs", "for (const row of page.value) console.log(row)", "for (const row of page.value) console.log(JSON.stringify(row))");

    [PythonFact]
    public async Task The_program_in_Python_sends_what_the_query_says() => await PrintsTheTextAsync("Python", "python3", "request.py", "print(row)", "print(__import__('json').dumps(row))");

    [BrowserFact]
    public async Task The_program_in_CSharp_sends_what_the_query_says() => await PrintsTheTextAsync("C#", "dotnet run", "request.cs", "using System.Text.Json;", "#:property PublishAot=false\nusing System.Text.Json;");

    [BrowserFact]
    public async Task Power_Query_reads_the_feed_with_the_options_of_the_query()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query?filter=Status eq 'shipped' and Note ne '\"%23(x)'&expand=Customer");

        (await CodeAsync(page, "Power Query M")).Should().Be($$"""
            let
                Source = OData.Feed("{{office.Address}}odata/Orders", null, [Implementation = "2.0", Query = [#"$filter" = "Status eq 'shipped' and Note ne '""#(#)(x)'", #"$expand" = "Customer"]])
            in
                Source
            """);
    }

    [BrowserFact]
    public async Task Excel_is_handed_a_connection_with_the_query()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query?filter=Note ne '<\"%26\"'&top=5");
        var code = await CodeAsync(page, "Power Query M");

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Open in Excel").ClickAsync());

        download.SuggestedFilename.Should().Be("Orders.odc");
        XNamespace odc = "urn:schemas-microsoft-com:office:odc";
        XNamespace mashup = "http://schemas.microsoft.com/DataMashup";
        var file = XDocument.Load(await download.PathAsync());
        file.Descendants(odc + "ConnectionString").Single().Value.Should().Be("Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=Orders;Extended Properties=\"\"");
        file.Descendants(odc + "CommandText").Single().Value.Should().Be("SELECT * FROM [Orders]");
        var query = XDocument.Parse(file.Descendants(odc + "PowerQueryMashupData").Single().Value).Descendants(mashup + "Query").Single();
        query.Attribute("Name")!.Value.Should().Be("Orders");
        query.Element(mashup + "Formula")!.Value.Should().Be(code).And.Contain("""[#"$filter" = "Note ne '<""&""'", #"$top" = "5"]""");
    }

    [BrowserFact]
    public async Task Power_BI_is_handed_the_address_of_the_query()
    {
        await using var page = await office.SignedInAsync("explorer/Orders/query?filter=Total gt 500");
        await page.Page.GetByText("Request", new() { Exact = true }).ClickAsync();

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Open in Power BI").ClickAsync());

        download.SuggestedFilename.Should().Be("Orders.pbids");
        var details = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync())).RootElement.GetProperty("connections")[0].GetProperty("details");
        details.GetProperty("protocol").GetString().Should().Be("odata");
        details.GetProperty("address").GetProperty("url").GetString().Should().Be($"{office.Address}odata/Orders?$filter=Total%20gt%20500");
    }

    private async Task PrintsTheTextAsync(string language, string program, string file, string? part = null, string? replacement = null)
    {
        await using var page = await office.SignedInAsync(Query);
        var code = await CodeAsync(page, language);
        // For a row that can be read here; what is sent stays.
        if (part is not null)
            code = code.Contains(part, StringComparison.Ordinal) ? code.Replace(part, replacement, StringComparison.Ordinal) : throw new InvalidOperationException($"The program in {language} does not print: {code}");

        var printed = await RunAsync($"{program} {file}", file, code);

        var answer = JsonDocument.Parse(printed).RootElement;
        (answer.TryGetProperty("value", out var rows) ? rows[0] : answer).GetProperty("Text").GetString().Should().Be(Meant);
    }

    private static async Task<string> CodeAsync(BackOfficePage page, string language)
    {
        await page.Page.GetByText("Request", new() { Exact = true }).ClickAsync();
        await page.Page.GetByText(language, new() { Exact = true }).ClickAsync();
        await page.ScreenshotAsync($"explorer-request-{language.ToLowerInvariant().Replace("#", "sharp", StringComparison.Ordinal).Replace(' ', '-')}");
        return await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Region, new() { Name = $"The request in {language}" }).InnerTextAsync();
    }

    private async Task<string> RunAsync(string command, string file, string code)
    {
        var folder = Directory.CreateTempSubdirectory("backend-api-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), code);
            var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["API_KEY"] = await office.ApiKeyAsync();
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.Should().Be(0, "{0} prints {1}", code, await errors);
            return output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A browser test whose program needs Python and its requests. Skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly bool HasRequests = Runs("python3", "-c", "import requests");

    public PythonFactAttribute() => Skip = new BrowserFactAttribute().Skip ?? (HasRequests ? null : "Python with requests is not installed.");

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
