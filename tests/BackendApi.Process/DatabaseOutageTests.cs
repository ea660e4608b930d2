using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BackendApi.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace BackendApi.Processes;

/// <summary>A database that is not there gives 503, and nothing needs to be restarted when it is back.</summary>
[Needs("PostgreSql")]
public sealed class DatabaseOutageTests : InEmptyFolder
{
    [DatabaseFact]
    public async Task A_database_that_comes_later_than_the_server_is_waited_for()
    {
        await using var road = await RoadToDatabase.CreateAsync();
        await using var host = road.Serve(Folder);
        await host.PrintedAsync(output => output.Contains("The database does not answer"));
        await StatusBecomesAsync(host, "/health/ready", HttpStatusCode.ServiceUnavailable);
        await StatusBecomesAsync(host, "/health/live", HttpStatusCode.OK);
        await StatusBecomesAsync(host, "/odata/", HttpStatusCode.ServiceUnavailable);

        road.Open();

        await host.ReadyAsync();
        await StatusBecomesAsync(host, "/health/ready", HttpStatusCode.OK);
        await StatusBecomesAsync(host, "/odata/", HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task A_database_that_goes_away_gives_503_until_it_is_back()
    {
        await using var road = await RoadToDatabase.CreateAsync();
        road.Open();
        await using var host = road.Serve(Folder);
        await host.ReadyAsync();
        await StatusBecomesAsync(host, "/health/ready", HttpStatusCode.OK);

        road.Close();
        await StatusBecomesAsync(host, "/health/ready", HttpStatusCode.ServiceUnavailable);
        await StatusBecomesAsync(host, "/odata/", HttpStatusCode.ServiceUnavailable);
        await StatusBecomesAsync(host, "/health/live", HttpStatusCode.OK);

        road.Open();
        await StatusBecomesAsync(host, "/health/ready", HttpStatusCode.OK);
        await StatusBecomesAsync(host, "/odata/", HttpStatusCode.Unauthorized);
        host.Output.Should().Contain("The database answers again").And.NotContain("   at ", "an outage is no defect of the service");
    }

    private static async Task StatusBecomesAsync(HostProcess host, string address, HttpStatusCode expected)
    {
        using var patience = new CancellationTokenSource(HostProcess.Patience);
        HttpStatusCode? last = null;
        while (!patience.IsCancellationRequested)
        {
            try
            {
                using var response = await host.Client.GetAsync(address, patience.Token);
                last = response.StatusCode;
                if (last == expected)
                    return;
                last.Should().NotBe(HttpStatusCode.InternalServerError);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"{address} answers {last}, not {expected}. The host printed:{Environment.NewLine}{host.Output}");
    }

    /// <summary>The only way from the host to its database: a port that passes everything on, and can be closed like a server that stops.</summary>
    private sealed class RoadToDatabase : IAsyncDisposable
    {
        private readonly string database;
        private readonly NpgsqlConnectionStringBuilder target;
        private readonly int port = HostProcess.FreePort();
        private readonly List<TcpClient> connections = [];
        private TcpListener? listener;

        private RoadToDatabase(string database)
        {
            this.database = database;
            target = new(database);
        }

        public static async Task<RoadToDatabase> CreateAsync() => new(await PrivatePostgreSql.Instance.CreateDatabaseAsync());

        public HostProcess Serve(string folder)
        {
            var road = new NpgsqlConnectionStringBuilder(database) { Host = "127.0.0.1", Port = port };
            return HostProcess.Serve(folder, "--Database:Provider=PostgreSql", $"--Database:ConnectionString={road.ConnectionString}");
        }

        public void Open()
        {
            listener = new(IPAddress.Loopback, port);
            listener.Start();
            _ = AcceptAsync(listener);
        }

        public void Close()
        {
            listener!.Stop();
            lock (connections)
            {
                foreach (var connection in connections)
                    connection.Close();
                connections.Clear();
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (listener is not null)
                Close();
            await PrivatePostgreSql.Instance.DropDatabaseAsync(database);
        }

        private async Task AcceptAsync(TcpListener open)
        {
            try
            {
                while (true)
                {
                    var here = await open.AcceptTcpClientAsync();
                    var there = new TcpClient();
                    await there.ConnectAsync(target.Host!, target.Port);
                    lock (connections)
                        connections.AddRange([here, there]);
                    _ = PassAsync(here, there);
                    _ = PassAsync(there, here);
                }
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                // The road was closed.
            }
        }

        private static async Task PassAsync(TcpClient from, TcpClient to)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream());
            }
            catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Either end has gone.
            }
            from.Close();
            to.Close();
        }
    }
}
