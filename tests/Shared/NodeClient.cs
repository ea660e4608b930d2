using System.Diagnostics;
using FluentAssertions;
using Xunit;

namespace BackendApi.Testing;

/// <summary>
/// A folder below <c>tests/clients</c>: a client of OData from npm, with its lock file. The tests never install anything; <c>.ci/run</c> does,
/// and anyone with <c>npm ci</c> in the folder.
/// </summary>
internal static class NodeClient
{
    /// <summary>Far more than a compiler needs: on a loaded machine a test must fail for its own reason only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static readonly bool HasNode = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    /// <summary>Null when the client can run.</summary>
    public static string? Missing(string client) =>
        !HasNode ? "Node is not installed."
        : !Directory.Exists(Path.Combine(Folder(client), "node_modules")) ? $"Run npm ci in tests/clients/{client} first."
        : null;

    public static string Folder(string client) => Document.PathOf($"tests/clients/{client}");

    /// <summary>Runs a script with Node in a folder; relative files count from there.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string folder, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"node {script} {string.Join(' ', arguments)} did not end.");
        }
        process.ExitCode.Should().Be(0, "node {0} {1} printed {2}{3}", script, string.Join(' ', arguments), await output, await errors);
        return await output;
    }
}

/// <summary>A test that needs Node and what a client's lock file names. Skipped, with the reason, where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute(string client)
    {
        Client = client;
        Skip = NodeClient.Missing(client);
    }

    public string Client { get; }
}
