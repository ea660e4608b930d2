using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using BackendApi.Spec.Clients;
using BackendApi.Spec.Conformance;
using BackendApi.Spec.Shop;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Spec.Fuzzing;

/// <summary>
/// URLs from a fixed seed, half of them as the grammar makes them and half damaged, against the running service. Whatever comes: no defect shows
/// (500), the service stays there (503, 504), nothing hangs, every next link leads on, and no value of a URL stands in the text of a statement.
/// </summary>
/// <param name="service">Whose model the URLs are made from.</param>
/// <param name="count">How many of them.</param>
public abstract class FuzzerCases(PublishedTables service, int count)
{
    private const int Seed = 20_240_229;
    /// <summary>Milliseconds do for each; this is for a machine that does other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentBag<string> _findings = [];
    private readonly ConcurrentDictionary<string, byte> _defects = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private int _brokenOff, _followed;

    [DatabaseFact]
    public async Task No_URL_does_harm()
    {
        var model = ODataLibReader.Model((await service.Get("$metadata")).Body);
        using var listener = service.Observations.Listen(Observed);
        var start = Stopwatch.GetTimestamp();

        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) => await Send(number, Url(model, number)));

        _defects.Keys.Should().BeEmpty("there are {0} findings: {1}", _findings.Count, string.Join(Environment.NewLine, _findings.Take(20)));
        _findings.Take(20).Should().BeEmpty("{0} URLs took {1}", count, Stopwatch.GetElapsedTime(start));
        // Neither so wild that nothing gets past the parser, nor so tame that all is well. An answer breaks off when a row cannot be computed after others were sent.
        _statuses.Keys.Should().BeSubsetOf([200, 204, 400, 404, 405, 406, 501]);
        _statuses[200].Should().BeGreaterThan(count / 5);
        _statuses[400].Should().BeGreaterThan(count / 10);
        _brokenOff.Should().BeLessThan(count / 100);
        _followed.Should().BeGreaterThan(count / 100);
    }

    private static string Url(IEdmModel model, int number)
    {
        // Each number is a seed of its own, so that a finding can be had again by its number; neighbours are spread, because seeds that are close make similar URLs.
        var random = new Random(unchecked((int)((uint)(Seed + number) * 2_654_435_761)));
        var url = new UrlGrammar(model, random).Next();
        return number % 2 == 0 ? url : Damage.Of(url, new UrlGrammar(model, random).Next(), random);
    }

    private async Task Send(int number, string url)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var pageSize = 1 + number % 3;
            var (status, body) = await service.Ask(url, pageSize, patience.Token);
            _statuses.AddOrUpdate(status, 1, (_, known) => known + 1);
            if (status is >= 500 and not 501)
                _findings.Add($"{number} {status} {url}");
            if (status == 200 && NextLink(body) is { } next)
                await Follow(number, url, next, pageSize, patience.Token);
        }
        catch (OperationCanceledException)
        {
            _findings.Add($"{number} hangs {url}");
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _brokenOff);
        }
    }

    /// <summary>The next page may meet a row that cannot be computed; the link itself is in order.</summary>
    private async Task Follow(int number, string url, string next, int pageSize, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _followed);
        var (status, body) = await service.Ask(next[service.Root.Length..], pageSize, cancellation);
        if (status != 200 && !body.Contains("\"code\":\"OutOfRange\"", StringComparison.Ordinal))
            _findings.Add($"{number} leads to {next}, which answers {body}: {url}");
        else if (NextLink(body) == next)
            _findings.Add($"{number} leads to {next} again and again: {url}");
    }

    private static string? NextLink(string body) =>
        body.Contains("\"@odata.nextLink\"", StringComparison.Ordinal) ? (string?)JsonNode.Parse(body)!["@odata.nextLink"] : null;

    private void Observed(object observation)
    {
        switch (observation)
        {
            case StatementExecuted statement when Literals.AreIn(statement.Text):
                _defects.TryAdd($"A literal in {statement.Text}", 0);
                break;
            case RequestFailed failure:
                _defects.TryAdd(Summary(failure.Cause), 0);
                break;
        }
    }

    /// <summary>The same for the same defect: what went wrong, and the innermost places of the product where it did.</summary>
    private static string Summary(Exception cause) =>
        $"{cause.GetType().Name}: {cause.Message} {string.Join(" <", cause.ToString().Split('\n').Where(line => line.Contains("at BackendApi.", StringComparison.Ordinal)).Take(3).Select(line => line.Trim()))}";
}

public sealed class FuzzerOnSqliteShop(SqliteShop shop) : FuzzerCases(shop, 40_000), IClassFixture<SqliteShop>;
public sealed class FuzzerOnSqliteReference(SqliteReference reference) : FuzzerCases(reference, 40_000), IClassFixture<SqliteReference>;

[Needs("PostgreSql")]
public sealed class FuzzerOnPostgreSqlShop(PostgreSqlShop shop) : FuzzerCases(shop, 10_000), IClassFixture<PostgreSqlShop>;

[Needs("PostgreSql")]
public sealed class FuzzerOnPostgreSqlReference(PostgreSqlReference reference) : FuzzerCases(reference, 10_000), IClassFixture<PostgreSqlReference>;
