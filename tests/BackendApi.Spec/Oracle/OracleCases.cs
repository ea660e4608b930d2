using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace BackendApi.Spec.Oracle;

/// <summary>Random queries over random rows give what a plain evaluation in memory gives of everything that the service has.</summary>
public abstract class OracleCases(PublishedTables service)
{
    private const int Seed = 20_250_101, Queries = 10_000;

    private readonly ConcurrentBag<(int Number, string Text)> _findings = [];

    [DatabaseFact]
    public async Task Every_query_gives_what_a_plain_evaluation_of_the_full_download_gives()
    {
        var download = await Download();
        var start = Stopwatch.GetTimestamp();

        await Parallel.ForAsync(0, Queries, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
        {
            var random = new Random(unchecked((int)((uint)(Seed + number) * 2_654_435_761)));
            try
            {
                await Ask(number, random, download);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _findings.Add((number, exception.ToString()));
            }
        });

        _findings.OrderBy(finding => finding.Text.Length).Take(15).Select(finding => $"{finding.Number}: {finding.Text}").Should()
            .BeEmpty("of {0} queries with the seed {1} none may differ, and {2} do; they took {3}", Queries, Seed, _findings.Count, Stopwatch.GetElapsedTime(start));
    }

    [DatabaseFact]
    public async Task The_full_download_gives_what_was_stored()
    {
        var download = await Download();

        foreach (var (stored, entity) in Tables.Rows().Zip(Tables.Entities))
            download[entity].Select(row => Line(entity, row)).Should().BeEquivalentTo(stored.Select(row => Line(entity, Tables.Meant(entity, row))));

        static string Line(Entity entity, Row row) => string.Join(" | ", entity.Properties.Select(property => Json.Text(property, row[property.Name])));
    }

    private async Task Ask(int number, Random random, IReadOnlyDictionary<Entity, IReadOnlyList<Row>> download)
    {
        var generator = new QueryGenerator(random);
        var entity = Tables.Asked.Any(random).Asked;
        if (random.Next(12) == 0)
        {
            var condition = generator.Condition(entity);
            await Same(number, $"{entity.Set}/$count?$filter={Uri.EscapeDataString(Writer.Text(condition))}", [$"{download[entity].Count(row => Evaluator.IsTrue(condition, row))}"], async url =>
            {
                var (status, _, body) = await service.Get(url);
                return status == HttpStatusCode.OK ? [body] : [$"{status} {body}"];
            });
            return;
        }
        IQuestion question = random.Next(6) switch { 0 => generator.Applied(entity), 1 when random.Next(3) == 0 => generator.Concatenated(entity), _ => generator.Query(entity) };
        var pageSize = question is not Concatenated && random.Next(5) == 0 ? random.Next(1, 6) : 0;
        await Same(number, $"{entity.Set}?{string.Join('&', question.Options().Select(option => $"{option.Name}={Uri.EscapeDataString(option.Value)}"))}", Sorted(question.Expected(download[entity])), async url =>
        {
            var lines = new List<string>();
            await foreach (var page in Pages(url, pageSize))
                lines.AddRange(question.Answered(page.GetProperty("value"), page.TryGetProperty("@odata.count", out var count) ? count.GetInt64() : null)
                    .Where(line => lines.Count == 0 || !line.StartsWith("count ", StringComparison.Ordinal)));
            return Sorted(lines);
        });

        List<string> Sorted(IEnumerable<string> lines) => question.IsOrdered ? [.. lines] : [.. lines.Order(StringComparer.Ordinal)];
    }

    private async Task Same(int number, string url, IReadOnlyList<string> expected, Func<string, Task<IReadOnlyList<string>>> ask)
    {
        IReadOnlyList<string> answered;
        try
        {
            answered = await ask(url);
        }
        catch (Exception exception) when (exception is UnexpectedAnswerException or KeyNotFoundException or InvalidOperationException)
        {
            answered = [exception.Message];
        }
        if (expected.SequenceEqual(answered))
            return;
        var at = expected.Zip(answered).TakeWhile(pair => pair.First == pair.Second).Count();
        _findings.Add((number,
            $"{Uri.UnescapeDataString(url)}\n  {expected.Count} expected, {answered.Count} answered; the first that differs is {at}\n  expected {Short(expected.ElementAtOrDefault(at))}\n  answered {Short(answered.ElementAtOrDefault(at))}"));
    }

    private static string Short(string? line) => line is null ? "nothing" : line.Length > 1_500 ? line[..1_500] + "…" : line;

    private async Task<IReadOnlyDictionary<Entity, IReadOnlyList<Row>>> Download()
    {
        var download = new Dictionary<Entity, IReadOnlyList<Row>>();
        foreach (var entity in Tables.Entities)
        {
            var rows = new List<Row>();
            await foreach (var page in Pages(entity.Set, 50))
                rows.AddRange(page.GetProperty("value").EnumerateArray().Select(row => Tables.Meant(entity, entity.Properties.ToDictionary(property => property.Name, property => Json.Value(property, row)))));
            download[entity] = rows;
        }
        foreach (var (asked, stored) in Tables.Asked.Where(pair => pair.Asked != pair.Stored))
            download[asked] = [.. download[stored].Where(Tables.IsGem)];
        foreach (var (entity, rows) in Tables.Entities.Select(entity => (entity, download[entity])))
            foreach (var navigation in entity.Navigations)
                foreach (var row in rows)
                    row.Link(navigation.Name, row[navigation.From] is { } from ? [.. download[navigation.Target].Where(target => from.Equals(target[navigation.To]))] : []);
        return download;
    }

    /// <param name="pageSize">0: as the service likes.</param>
    private async IAsyncEnumerable<JsonElement> Pages(string url, int pageSize)
    {
        for (var next = url; next is not null;)
        {
            var (status, _, body) = await service.Get(next, pageSize == 0 ? [] : [("Prefer", $"maxpagesize={pageSize}")]);
            if (status != HttpStatusCode.OK)
                throw new UnexpectedAnswerException($"{(int)status} {body}");
            var page = JsonDocument.Parse(body).RootElement;
            yield return page;
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString()![service.Root.Length..] : null;
        }
    }

    private sealed class UnexpectedAnswerException(string message) : Exception(message);
}

public abstract class OracleService(TestDatabase database) : PublishedTables(database, Tables.Filled(), Tables.Definitions);

public sealed class SqliteOracle() : OracleService(new SqliteTestDatabase());

public sealed class PostgreSqlOracle() : OracleService(new PostgreSqlTestDatabase());

public sealed class SqlServerOracle() : OracleService(new SqlServerTestDatabase());

public sealed class OracleOnSqlite(SqliteOracle service) : OracleCases(service), IClassFixture<SqliteOracle>;

[Needs("PostgreSql")]
public sealed class OracleOnPostgreSql(PostgreSqlOracle service) : OracleCases(service), IClassFixture<PostgreSqlOracle>;

[Needs("SqlServer")]
public sealed class OracleOnSqlServer(SqlServerOracle service) : OracleCases(service), IClassFixture<SqlServerOracle>;
