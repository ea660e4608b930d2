namespace BackendApi.Bench.Load;

/// <summary>The product's host over the bench database, configured as a user would: definitions from a file, an administrator by settings.</summary>
internal static class Product
{
    private const string Password = "bench-Password-1";

    public static ServerProcess Start(BenchDatabase database, string folder)
    {
        var definitions = Path.Combine(Repository.Root, "bench", "Load", "definitions.json");
        var port = ServerProcess.FreePort();
        var credentials = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"admin:{Password}"));
        return ServerProcess.Start(
            "product", Repository.Program("BackendApi.Host", "BackendApi.Host"), folder, "/health/ready", $"Authorization: Basic {credentials}\r\n", port,
            $"--Urls=http://127.0.0.1:{port}", $"--Database:Provider={database.Provider}", $"--Database:ConnectionString={database.ConnectionString}",
            "--Demo:Enabled=false", $"--Admin:Password={Password}", $"--DataExchange:ConfigurationFiles:0={definitions}");
    }
}
