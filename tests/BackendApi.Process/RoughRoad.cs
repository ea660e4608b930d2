using System.Net;
using System.Net.Sockets;

namespace BackendApi.Processes;

/// <summary>A port that passes everything on to another one, and cuts connections at random places, in either direction. The seed is fixed.</summary>
internal sealed class RoughRoad : IAsyncDisposable
{
    /// <summary>One connection in so many is cut before it has passed <see cref="MostBytes"/>.</summary>
    private const int Smooth = 3;
    private const int MostBytes = 20_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Random _random = new(20_261_121);
    private readonly Task _accepting;
    private int _cut;

    public RoughRoad(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Cut => Volatile.Read(ref _cut);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync(), Length(), Length());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The road was closed.
        }
    }

    /// <summary>How much a direction lets through.</summary>
    private long Length() => _random.Next(Smooth) > 0 ? long.MaxValue : _random.Next(1, MostBytes);

    private async Task PassAsync(TcpClient here, long requests, long responses)
    {
        using var there = new TcpClient();
        using (here)
            try
            {
                await there.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(CopyAsync(here, there, requests), CopyAsync(there, here, responses));
            }
            catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Either end has gone, or the server is not there.
            }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, long left)
    {
        var buffer = new byte[4096];
        while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
        {
            var passed = (int)Math.Min(read, left);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, passed));
            if ((left -= passed) > 0)
                continue;
            Interlocked.Increment(ref _cut);
            return;
        }
    }
}
