using System.Diagnostics;

namespace BackendApi.Bench.Load;

/// <summary>The product's host over the bench database, configured as a user would: definitions from a file, an API key from the host's own command.</summary>
internal sealed class Product(BenchDatabase database, string folder, bool isAudited)
{
    private static readonly string Program = Repository.Program("BackendApi.Host", "BackendApi.Host");
    private readonly string[] _database = [$"--Database:Provider={database.Provider}", $"--Database:ConnectionString={database.ConnectionString}"];
    private string? _apiKey;

    public ServerProcess Start()
    {
        _apiKey ??= CreateApiKey();
        var port = ServerProcess.FreePort();
        return ServerProcess.Start(
            "product", Program, folder, "/health/ready", $"X-Api-Key: {_apiKey}\r\n", port,
            [$"--Urls=http://127.0.0.1:{port}", .. _database, "--Demo:Enabled=false", $"--Audit:Data={(isAudited ? "All" : "None")}",
                $"--DataExchange:ConfigurationFiles:0={Path.Combine(Repository.Root, "bench", "Load", "definitions.json")}"]);
    }

    private string CreateApiKey()
    {
        using var command = Process.Start(new ProcessStartInfo(Program, ["api-key", "create", "--name", $"bench {Guid.NewGuid():N}", .. _database])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true,
        })!;
        var key = command.StandardOutput.ReadToEnd().Trim();
        command.WaitForExit();
        return command.ExitCode == 0 ? key : throw new InvalidOperationException("The product's host made no API key.");
    }
}
