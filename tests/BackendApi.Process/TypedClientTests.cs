using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Processes;

/// <summary>
/// Clients that generate TypeScript from <c>$metadata</c>: what they make of the running demo shop compiles, and reads it. The scripts are in <c>tests/clients</c>.
/// </summary>
public sealed class TypedClientTests(DemoShopProcess shop) : IClassFixture<DemoShopProcess>
{
    [NodeFact("odata2ts")]
    public async Task Odata2ts_generates_a_client_that_compiles_and_reads() =>
        (await PrintsAsync("odata2ts", "node_modules/@odata2ts/odata2ts/lib/run-cli.js", "-s", "obj/shop.xml", "-o", "obj/client", "-m", "all", "-e", "ts"))
        .Should().Be("""
            list 80 3
            product number true true
            product number true true
            product number true true
            by key WEB true
            expanded 2023-000001 true 1
            navigation true
            collection 1
            lambda true 2
            instant true shipped
            pages 3 2600
            last 6000

            """);

    [NodeFact("sap-cloud-sdk")]
    public async Task The_SAP_Cloud_SDK_generates_a_client_that_compiles_and_reads() =>
        (await PrintsAsync(
            "sap-cloud-sdk", "node_modules/@sap-cloud-sdk/generator/dist/cli.js", "--input", "obj/shop.xml", "--outputDir", "obj/client", "--clearOutputDir", "--overwrite"))
        .Should().Be("""
            list 3
            product number true
            product number true
            product number true
            count 2600
            by key WEB true
            expanded 2023-000001 true 1 29.99
            instant 2023-03-31T08:22:31.000Z
            etag true
            navigation 1
            lambda 2

            """);

    private async Task<string> PrintsAsync(string client, string generator, params string[] options)
    {
        var folder = NodeClient.Folder(client);
        Directory.CreateDirectory(Path.Combine(folder, "obj"));
        await File.WriteAllTextAsync(Path.Combine(folder, "obj/shop.xml"), await shop.GetAsync("$metadata"));
        await NodeClient.RunAsync(folder, generator, options);
        await NodeClient.RunAsync(folder, "node_modules/typescript/bin/tsc", "-p", ".");
        return (await NodeClient.RunAsync(folder, "obj/js/read.js", shop.ServiceRoot, shop.Credentials.ToString())).ReplaceLineEndings("\n");
    }
}
