using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace BackendApi.Testing;

/// <summary>
/// A PostgreSQL server of this test run's own, made from the machine's binaries in a temporary folder: loopback only, nothing synced to
/// disk, gone with the process. <c>BACKENDAPI_TEST_POSTGRES</c>, a connection string of a user who may create databases, is used instead when it is set.
/// </summary>
public sealed class PrivatePostgreSql
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly Lazy<PrivatePostgreSql> Started = new(() => new PrivatePostgreSql(), LazyThreadSafetyMode.ExecutionAndPublication);
    private readonly string? folder;
    private readonly bool isForeignUser;
    private readonly string? binaries;

    private PrivatePostgreSql()
    {
        ConnectionString = Environment.GetEnvironmentVariable("BACKENDAPI_TEST_POSTGRES") ?? "";
        if (ConnectionString.Length > 0)
            return;
        binaries = Binaries() ?? throw new InvalidOperationException("PostgreSQL's server binaries are not on this machine.");
        // PostgreSQL refuses to run as root; its own user then owns the folder.
        isForeignUser = Environment.UserName == "root" && !OperatingSystem.IsWindows();
        folder = Path.Combine(Path.GetTempPath(), $"backend-api-postgres-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            StopWhenThisProcessEnds();
            if (isForeignUser)
                Run("chown", "postgres", folder);
            var data = Path.Combine(folder, "data");
            RunServerTool("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
            var port = FreePort();
            var options = string.Create(CultureInfo.InvariantCulture,
                $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off");
            RunServerTool("pg_ctl", "-D", data, "-l", Path.Combine(folder, "log"), "-o", options, "-w", "-t", StartTime.TotalSeconds.ToString(CultureInfo.InvariantCulture), "start");
            ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
        }
        catch
        {
            Stop();
            throw;
        }
    }

    public string ConnectionString { get; }

    /// <summary>The server of this run, started by the first who asks.</summary>
    public static PrivatePostgreSql Instance => Started.Value;

    /// <summary>Why tests that need PostgreSQL cannot run here; null when they can.</summary>
    public static string? Unavailable =>
        Environment.GetEnvironmentVariable("BACKENDAPI_TEST_POSTGRES") is { Length: > 0 } || Binaries() is not null
            ? null
            : "PostgreSQL is not on this machine: install its server or set BACKENDAPI_TEST_POSTGRES.";

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await RunAsync($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        await RunAsync($"DROP DATABASE IF EXISTS {settings.Database} WITH (FORCE)");
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A process of its own keeps watch: a test host that is killed, or given no time to end, stops nothing itself.</summary>
    private void StopWhenThisProcessEnds()
    {
        if (OperatingSystem.IsWindows())
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
            return;
        }
        const string watch = """
            trap '' INT HUP TERM
            (
              while kill -0 "$1" 2>/dev/null; do sleep 0.5; done
              [ -f "$2/data/postmaster.pid" ] && kill -QUIT "$(head -1 "$2/data/postmaster.pid")"
              while [ -f "$2/data/postmaster.pid" ] && kill -0 "$(head -1 "$2/data/postmaster.pid")" 2>/dev/null; do sleep 0.1; done
              rm -rf "$2"
            ) >/dev/null 2>&1 </dev/null &
            """;
        Run("/bin/sh", "-c", watch, "sh", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), folder!);
    }

    private void Stop()
    {
        if (folder is null || !Directory.Exists(folder))
            return;
        try
        {
            if (File.Exists(Path.Combine(folder, "data", "postmaster.pid")))
                RunServerTool("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void RunServerTool(string tool, params string[] arguments)
    {
        var path = Path.Combine(binaries!, tool);
        if (isForeignUser)
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what its starter has open: a pipe would not end before the server does.
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
            if (!OperatingSystem.IsWindows())
            {
                start = new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, program, .. arguments])
                {
                    UseShellExecute = false, WorkingDirectory = Path.GetTempPath(),
                };
            }
            using var process = Process.Start(start)!;
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{Path.GetFileName(program)} {arguments.FirstOrDefault()} failed: {File.ReadAllText(output, Encoding.UTF8)}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>The folder of initdb and pg_ctl: on the PATH, or where the distributions put them, the newest version first.</summary>
    private static string? Binaries()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] installed = Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => version, StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))]
            : [];
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return installed.Concat(onPath).FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb" + suffix)) && File.Exists(Path.Combine(directory, "pg_ctl" + suffix)));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
