using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BackendApi.Bench.Load;

/// <summary>A measured server as a process of its own: the floor or the product.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _probe;
    private readonly StringBuilder _output = new();

    public string Name { get; }
    public int Port { get; }

    /// <summary>Header lines that every request carries, each with its line end.</summary>
    public string Headers { get; }

    private ServerProcess(string name, int port, string headers, Process process, string probe)
    {
        (Name, Port, Headers, _process, _probe) = (name, port, headers, process, probe);
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (_output)
                _output.AppendLine(line.Data);
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a built program and waits until <paramref name="readyPath"/> answers 200.</summary>
    public static ServerProcess Start(
        string name, string program, string folder, string readyPath, string headers, int port, params IReadOnlyList<string> arguments)
    {
        var probe = $"bench-{Guid.NewGuid():N}";
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_STARTUP_HOOKS"] = Path.Combine(Repository.Built("Probe"), "BackendApi.Bench.Probe.dll"),
                ["BENCH_PROBE"] = probe,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            },
        };
        var server = new ServerProcess(name, port, headers, Process.Start(start)!, probe);
        try
        {
            server.WaitUntilReady(readyPath);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="headers">Further header lines, each with its line end.</param>
    public byte[] Request(string pathAndQuery, string headers = "") => Encoding.ASCII.GetBytes(
        $"GET {pathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nAccept: application/json\r\nOData-MaxVersion: 4.0\r\n{Headers}{headers}\r\n");

    /// <param name="body">ASCII.</param>
    public byte[] Request(string pathAndQuery, string headers, string method, string contentType, string body) => Encoding.ASCII.GetBytes(
        $"{method} {pathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nOData-MaxVersion: 4.0\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n{Headers}{headers}\r\n{body}");

    public TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>The most memory that the process ever held resident, in bytes.</summary>
    public long PeakMemory()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64;
    }

    /// <summary>Bytes that the process has allocated on its managed heap since it started.</summary>
    public long Allocated()
    {
        using var pipe = new NamedPipeClientStream(".", _probe, PipeDirection.In);
        pipe.Connect(5000);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        pipe.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void WaitUntilReady(string path)
    {
        var request = Request(path);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(20))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{Name} ended while it started:\n{_output}");
            try
            {
                using var connection = new HttpConnection(Port);
                if (connection.Send(request).Status == 200)
                    return;
            }
            catch (SocketException)
            {
                // Not listening yet.
            }
        }
        throw new TimeoutException($"{Name} did not answer {path} with 200 within a minute:\n{_output}");
    }
}
