using System.Collections.Concurrent;
using System.Text;
using BackendApi.Support;

namespace BackendApi.Spec.Batch;

/// <summary>Batches from a fixed seed, damaged on their way: no defect shows, nothing hangs, and what is refused as a whole has changed nothing.</summary>
public abstract class BatchFuzzerCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    private const int Seed = 20_261_121;
    private const int Count = 3000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Multipart = "--b\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\nGET Books(1)?$expand=Author HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n"
        + "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 2\r\n\r\nPATCH $1 HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: $1\r\n\r\n{\"Title\":\"Notes\"}\r\n"
        + "--c\r\nContent-Type: application/http\r\nContent-ID: 3\r\n\r\nPUT Books(1)/Author/$ref HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"@odata.id\":\"Authors(1)\"}\r\n--c--\r\n"
        + "--b\r\nContent-Type: application/http\r\n\r\nGET Books/$count HTTP/1.1\r\n\r\n\r\n--b--\r\n";

    private const string Json = """
        {"requests":[{"id":"1","method":"get","url":"Books(1)?$expand=Author","headers":{"accept":"application/json"}},
        {"id":"2","atomicityGroup":"g","dependsOn":["1"],"method":"patch","url":"$1","headers":{"if-match":"$1","content-type":"application/json"},"body":{"Title":"Notes"}},
        {"id":"3","atomicityGroup":"g","method":"put","url":"Books(1)/Author/$ref","body":{"@odata.id":"Authors(1)"}},
        {"id":"4","dependsOn":["g"],"method":"get","url":"Books/$count"}]}
        """;

    private static readonly string[] Pieces =
    [
        "--b", "--b--", "--c", "--c--", "\r\n", "\n", "\r", "\r\n\r\n", "Content-Type: multipart/mixed;boundary=b", "Content-ID: 1", "$1", "$2/", "$9", "GET ", " HTTP/1.1", ":", "\0", "\u00ff", "💡",
        "{", "}", "[", "]", "\"", ",", "null", "\"id\":\"1\"", "\"atomicityGroup\":\"g\"", "\"dependsOn\":[\"4\"]", "\"body\":", "\\u0000", "\\ud800", "1e999", "%", "%2F", "(", "'", "?", "/../", "http://x/",
    ];

    [DatabaseFact]
    public async Task No_batch_does_harm()
    {
        var defects = new ConcurrentBag<string>();
        var findings = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        using var listener = library.Host.Observations.Listen(observed =>
        {
            if (observed is RequestFailed failed)
                defects.Add(failed.Cause.ToString());
        });

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, _) =>
        {
            var body = Damaged(number);
            using var patience = new CancellationTokenSource(Patience);
            using var message = new HttpRequestMessage(HttpMethod.Post, library.Root + "$batch") { Content = new ByteArrayContent(body) };
            message.Content.Headers.TryAddWithoutValidation("Content-Type", IsJson(number) ? "application/json" : "multipart/mixed;boundary=b");
            message.Headers.TryAddWithoutValidation("Prefer", number % 4 < 2 ? "continue-on-error" : "continue-on-error=false");
            try
            {
                using var response = await library.Host.Client.SendAsync(message, patience.Token);
                var answer = await response.Content.ReadAsStringAsync(patience.Token);
                statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                if ((int)response.StatusCode is not (200 or 400) || BatchText.Statuses(answer).Split(' ').Any(status => status is "500" or "503" or "504"))
                    findings.Add($"{number}: {(int)response.StatusCode} {answer}");
            }
            catch (Exception failure)
            {
                findings.Add($"{number}: {failure.Message}");
            }
        });

        defects.Take(5).Should().BeEmpty();
        findings.Take(5).Should().BeEmpty();
        statuses[200].Should().BeGreaterThan(Count / 10);
        statuses[400].Should().BeGreaterThan(Count / 10);
    }

    private static bool IsJson(int number) => number % 2 == 0;

    private static byte[] Damaged(int number)
    {
        var random = new Random(unchecked((int)((uint)(Seed + number) * 2_654_435_761)));
        var text = new StringBuilder(IsJson(number) ? Json : Multipart);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0 when at < text.Length:
                    text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                    break;
                case 1 when random.Next(4) == 0:
                    text.Length = at;
                    break;
                case 2:
                    text.Insert(random.Next(text.Length + 1), text.ToString(at, random.Next(Math.Min(200, text.Length - at + 1))));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (bytes.Length > 0 && random.Next(8) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
