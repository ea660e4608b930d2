using System.Diagnostics;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Processes;

/// <summary>The commands of the README's first five minutes, run as they stand but for the address.</summary>
public sealed class ReadmeTests : InEmptyFolder
{
    [Fact]
    public async Task The_first_five_minutes_work_as_written()
    {
        var commands = Document.Blocks(Document.Read("README.md"), "run").SelectMany(block => block.Split('\n')).ToList();
        commands.Should().HaveCountGreaterThan(5).And.OnlyContain(command => command.StartsWith("curl ", StringComparison.Ordinal));

        await using var host = HostProcess.Serve(Folder);
        await host.ReadyAsync();
        var (_, password) = host.PrintedAdministrator();
        foreach (var command in commands)
        {
            var (exitCode, output) = await RunAsync(command.Replace("http://localhost:5080/", host.Client.BaseAddress!.ToString(), StringComparison.Ordinal), password);
            exitCode.Should().Be(0, "{0} printed {1}", command, output);
            output.Should().NotBeEmpty().And.NotContain("\"value\":[]");
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string command, string password)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        start.Environment["PASSWORD"] = password;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
