using System.Net.Http.Headers;
using System.Text;
using BackendApi.Testing;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>The Back Office speaks to the admin resources through a client that odata2ts generates from the service's own <c>$metadata</c>.</summary>
public sealed class GeneratedClientTests : InEmptyFolder
{
    private static readonly string[] Files = ["BackOfficeModel.ts", "BackOfficeService.ts", "QBackOffice.ts"];

    [NodeFact("odata2ts")]
    public async Task The_client_of_the_Back_Office_is_what_the_metadata_generates()
    {
        var folder = Path.Combine(NodeClient.Folder("odata2ts"), "back-office");
        Directory.CreateDirectory(Path.Combine(folder, "obj"));
        await File.WriteAllTextAsync(Path.Combine(folder, "obj/service.xml"), await MetadataAsync());

        await NodeClient.RunAsync(folder, "../node_modules/@odata2ts/odata2ts/lib/run-cli.js");

        foreach (var file in Files)
            Golden.MatchesFile(await File.ReadAllTextAsync(Path.Combine(folder, "obj/service", file)), $"src/BackendApi.BackOffice/app/api/service/{file}");
    }

    /// <summary>Nothing is published: what is there is compiled in.</summary>
    private async Task<string> MetadataAsync()
    {
        await using var host = HostProcess.Serve(Folder, "--Demo:Enabled=false", "--Access:Basic=true", "--Admin:Password=a password of the tests");
        await host.ReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/$metadata")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:a password of the tests"))) },
        };
        using var response = await host.Client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
