using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BackendApi.Spec.Edge;

/// <summary>What cases about the edge send: requests with any headers, and bytes that no client would send.</summary>
internal static class EdgeRequests
{
    public static async Task<HttpResponseMessage> AskAsync(this BackendApiHost host, HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Root, address));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (request.Headers.TryGetValues("Host", out var names))
            request.Headers.Host = names.Single();
        return await host.Anonymous.SendAsync(request);
    }

    public static (string Name, string Value) Credentials(this BackendApiHost host) => ("Authorization", $"Bearer {host.ApiKey}");

    /// <summary>The values of a header, joined; null when it is not there.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Sends these bytes and returns all that comes back until the server closes the connection.</summary>
    public static async Task<string> RawAsync(this BackendApiHost host, string request)
    {
        using var connection = await host.ConnectAsync(request);
        return await connection.ReadToEndAsync();
    }

    /// <summary>Sends these bytes and leaves the connection open.</summary>
    public static async Task<TcpClient> ConnectAsync(this BackendApiHost host, string request)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(host.Root.Host, host.Root.Port);
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        return connection;
    }

    public static async Task<string> ReadToEndAsync(this TcpClient connection)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await connection.GetStream().ReadAsync(buffer) is > 0 and var read)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // The server ended the connection without waiting for the rest of the request.
        }
        return answer.ToString();
    }

    /// <summary>The status of each response in what came back.</summary>
    public static IReadOnlyList<int> Statuses(string answer) =>
        [.. answer.Split("HTTP/1.1 ").Skip(1).Select(part => int.Parse(part[..3], CultureInfo.InvariantCulture))];
}
