using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace BackendApi.Processes;

/// <summary>The built host as a process of its own, with everything that it prints. Disposing it kills it, if it still runs.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    /// <summary>Far more than a start takes: on a loaded machine a test must fail for its own reason only.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly ConcurrentQueue<(Func<string, bool> Match, TaskCompletionSource Seen)> waiting = new();

    private HostProcess(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BackendApi.Host.dll"), .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Received(line.Data);
        process.ErrorDataReceived += (_, line) => Received(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>Everything printed so far, on both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public HttpClient Client { get; } = new() { Timeout = Patience };

    /// <summary>Starts the server on a free port of the loopback interface.</summary>
    public static HostProcess Serve(string folder, params string[] settings) => ServeOn(FreePort(), folder, settings);

    public static HostProcess ServeOn(int port, string folder, params string[] settings)
    {
        var host = new HostProcess(folder, [string.Create(CultureInfo.InvariantCulture, $"--Urls=http://127.0.0.1:{port}"), .. settings]);
        host.Client.BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        return host;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        await using var host = new HostProcess(folder, arguments);
        return (await host.EndAsync(), host.Output);
    }

    /// <summary>The server has said that it is ready.</summary>
    public Task ReadyAsync() => PrintedAsync(text => text.Contains("Ready. ", StringComparison.Ordinal));

    /// <summary>Ends when what was printed so far satisfies <paramref name="match"/>.</summary>
    /// <exception cref="InvalidOperationException">The process ended or time ran out before; the message holds what was printed.</exception>
    public async Task PrintedAsync(Func<string, bool> match)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue((match, seen));
        Check();
        var first = await Task.WhenAny(seen.Task, process.WaitForExitAsync(), Task.Delay(Patience));
        if (first != seen.Task && !match(Output))
            throw new InvalidOperationException($"This was waited for in vain, the host printed:{Environment.NewLine}{Output}");
    }

    /// <summary>The user and password of the line that invites to try the service.</summary>
    public (string User, string Password) PrintedAdministrator()
    {
        var line = CurlLine().Match(Output);
        return (line.Groups["user"].Value, line.Groups["password"].Value);
    }

    public string PrintedCurlLine() => CurlLine().Match(Output).Value;

    /// <summary>What Ctrl+C does in a terminal. A process started by a shell in the background may have been told to ignore it, and so may the tests.</summary>
    public void Interrupt() => Signal("-INT");

    /// <summary>What a service manager does.</summary>
    public void Terminate() => Signal("-TERM");

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The exit code.</summary>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        // Once more without a time limit: only then all output has arrived.
        process.WaitForExit();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Received(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
        Check();
    }

    private void Check()
    {
        var text = Output;
        foreach (var (match, seen) in waiting)
            if (match(text))
                seen.TrySetResult();
    }

    [GeneratedRegex("curl -u '(?<user>[^':]+)(:(?<password>[^']+))?' '[^']+'")]
    private static partial Regex CurlLine();
}
