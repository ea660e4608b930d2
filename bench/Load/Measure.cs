using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BackendApi.Bench.Load;

/// <summary>One round of one scenario against one server.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="ServerCpu">CPU milliseconds of the server for a request.</param>
/// <param name="DatabaseCpu">The same for the database's processes; null when it cannot be told apart.</param>
/// <param name="Allocated">Bytes on the server's managed heap for a request.</param>
/// <param name="P99">Milliseconds within which 99 of 100 requests were answered.</param>
internal sealed record Round(double Rate, double ServerCpu, double? DatabaseCpu, double Allocated, double P99);

/// <param name="PeakMemory">The most bytes that the server's process held so far.</param>
internal sealed record ExportRound(int Rows, long Bytes, double Seconds, double ServerCpuSeconds, double? DatabaseCpuSeconds, long Allocated, long PeakMemory);

internal static partial class Measure
{
    /// <summary>Keeps <paramref name="connections"/> connections busy, each with one request at a time.</summary>
    public static Round Run(ServerProcess server, Scenario scenario, BenchDatabase database, int connections, TimeSpan length)
    {
        var requests = new byte[scenario.Variants][];
        for (var i = 0; i < requests.Length; i++)
            requests[i] = scenario.Request(server, i);

        var latencies = new List<long>[connections];
        Exception? failure = null;
        using var start = new Barrier(connections + 1);
        var until = long.MaxValue;
        var threads = new Thread[connections];
        for (var t = 0; t < connections; t++)
        {
            var number = t;
            threads[t] = new Thread(() =>
            {
                var taken = latencies[number] = new List<long>(1 << 16);
                using var connection = new HttpConnection(server.Port);
                start.SignalAndWait();
                try
                {
                    var at = Stopwatch.GetTimestamp();
                    for (var n = number * 37; at < Volatile.Read(ref until); n++)
                    {
                        var (status, _) = connection.Send(requests[n % requests.Length]);
                        if (status != scenario.Success)
                            throw new InvalidOperationException($"{server.Name} answered {status} to {scenario.Path(server, n % requests.Length)}.");
                        var now = Stopwatch.GetTimestamp();
                        taken.Add(now - at);
                        at = now;
                    }
                }
                catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or System.Net.Sockets.SocketException)
                {
                    failure = e;
                }
            });
            threads[t].Start();
        }

        var (cpu, databaseCpu, allocated) = (server.Cpu(), database.Cpu(), server.Allocated());
        start.SignalAndWait();
        var watch = Stopwatch.StartNew();
        Volatile.Write(ref until, Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency));
        foreach (var thread in threads)
            thread.Join();
        watch.Stop();
        if (failure is not null)
            throw new InvalidOperationException($"{scenario.Name} against {server.Name} failed: {failure.Message}", failure);

        var all = latencies.SelectMany(taken => taken).Order().ToArray();
        return new Round(
            all.Length / watch.Elapsed.TotalSeconds,
            (server.Cpu() - cpu).TotalMilliseconds / all.Length,
            (database.Cpu() - databaseCpu)?.TotalMilliseconds / all.Length,
            (server.Allocated() - allocated) / (double)all.Length,
            all[(int)((all.Length - 1) * 0.99)] * 1000.0 / Stopwatch.Frequency);
    }

    /// <summary>Follows next links to the end and counts what came.</summary>
    public static ExportRound Export(ServerProcess server, Scenario scenario, BenchDatabase database)
    {
        var (cpu, databaseCpu, allocated) = (server.Cpu(), database.Cpu(), server.Allocated());
        var body = new ArrayBufferWriter<byte>(1 << 20);
        var rows = 0;
        var bytes = 0L;
        var watch = Stopwatch.StartNew();
        using (var connection = new HttpConnection(server.Port))
            for (var path = scenario.Path(server, 0); path is not null; path = NextPath(body.WrittenSpan))
            {
                body.ResetWrittenCount();
                var answer = connection.Send(server.Request(path), body);
                if (answer.Status != 200)
                    throw new InvalidOperationException($"{server.Name} answered {answer.Status} to {path}.");
                bytes += answer.Bytes;
                rows += body.WrittenSpan.Count("\"Id\":"u8);
            }
        watch.Stop();
        return new ExportRound(
            rows, bytes, watch.Elapsed.TotalSeconds, (server.Cpu() - cpu).TotalSeconds, (database.Cpu() - databaseCpu)?.TotalSeconds,
            server.Allocated() - allocated, server.PeakMemory());
    }

    /// <summary>Follows <paramref name="pages"/> next links of the product: the last one, and the last row before it as the floor's parameters.</summary>
    public static Scenario Follow(ServerProcess product, Scenario first, int pages)
    {
        using var connection = new HttpConnection(product.Port);
        var body = new ArrayBufferWriter<byte>(1 << 20);
        var path = first.Path(product, 0);
        for (var page = 0; page < pages; page++)
        {
            body.ResetWrittenCount();
            if (connection.Send(product.Request(path, first.Headers), body).Status != 200)
                throw new InvalidOperationException($"The product did not answer {path}.");
            path = NextPath(body.WrittenSpan) ?? throw new InvalidOperationException("There are not so many pages.");
        }
        using var last = JsonDocument.Parse(body.WrittenMemory);
        var row = last.RootElement.GetProperty("value").EnumerateArray().Last();
        return Scenario.Deep(pages, $"p={row.GetProperty("CustomerId").GetInt32()}&p={row.GetProperty("Id").GetInt32()}", path);
    }

    /// <summary>
    /// Asks both servers the same and compares the answers byte for byte, but for addresses, the context URL and the next link, and for ETags, which the floor does not make.
    /// Returns null, or what differs first.
    /// </summary>
    public static string? Difference(ServerProcess floor, ServerProcess product, Scenario scenario)
    {
        for (var variant = 0; variant < Math.Min(scenario.Variants, 20); variant++)
        {
            var (expected, actual) = (Text(floor, scenario, variant), Text(product, scenario, variant));
            if (expected == actual)
                continue;
            var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
            return $"""
                {scenario.Name}: the answers to {scenario.Path(product, variant)} differ at character {at}:
                  floor   …{Around(expected, at)}
                  product …{Around(actual, at)}
                """;
        }
        return null;

        static string Around(string text, int at) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 80)];
    }

    private static string Text(ServerProcess server, Scenario scenario, int variant)
    {
        using var connection = new HttpConnection(server.Port);
        var body = new ArrayBufferWriter<byte>();
        var (status, _) = connection.Send(scenario.Request(server, variant), body);
        var text = Encoding.UTF8.GetString(body.WrittenSpan);
        if (status != scenario.Success)
            return $"{status} {text}";
        text = ETag().Replace(Address().Replace(text, "$1…\""), "");
        return scenario.Write is null ? text : Written(text);
    }

    /// <summary>The rows of an answer to a write, without the key that the database made.</summary>
    private static string Written(string text)
    {
        // Of a multipart answer the bodies: each is a line.
        if (text.StartsWith("--", StringComparison.Ordinal))
            text = string.Join('\n', text.Split("\r\n").Where(line => line.StartsWith('{')));
        return Key().Replace(text, "$1…");
    }

    private static string? NextPath(ReadOnlySpan<byte> body)
    {
        var member = "\"@odata.nextLink\":\""u8;
        var at = body.LastIndexOf(member);
        if (at < 0)
            return null;
        var link = body[(at + member.Length)..];
        return new Uri(Regex.Unescape(Encoding.UTF8.GetString(link[..link.IndexOf((byte)'"')]))).PathAndQuery;
    }

    [GeneratedRegex("""("Id":)\d+""")]
    private static partial Regex Key();

    [GeneratedRegex("""("@odata\.(?:context|nextLink)":")[^"]*"?""")]
    private static partial Regex Address();

    [GeneratedRegex(""" "@odata\.etag":"(?:[^"\\]|\\.)*", """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ETag();
}
