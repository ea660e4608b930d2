using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Processes;

/// <summary>
/// A connector sends 2,000 writes over a line that drops connections at random, to a server that is killed and started again five times, and sends
/// each of them again until it has an answer. Nothing is lost and nothing is doubled.
/// </summary>
public abstract class ExactlyOnceCases(TestDatabase database) : InEmptyFolder
{
    private const int Writes = 2000;
    private const int Kills = 5;
    private const int Connectors = 8;

    private static readonly TableSchema Movement = new(
        new(null, "movement"),
        [
            new("id", new(ValueKind.Int32, ""), IsNullable: false, IsIdentity: true),
            new("reference", new(ValueKind.String, "", MaxLength: 40), IsNullable: false),
            new("quantity", new(ValueKind.Int32, ""), IsNullable: false),
        ],
        PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    [DatabaseFact]
    public async Task Two_thousand_writes_over_a_bad_line_to_a_server_that_dies_are_two_thousand_rows()
    {
        await database.RunAsync(database.Database.Dialect.Ddl.CreateTable(Movement));
        await File.WriteAllTextAsync(Path.Combine(Folder, "movements.json"), """{ "alias": "movements", "table": "movement", "allow": { "create": true } }""");
        var port = HostProcess.FreePort();
        await using var road = new RoughRoad(port);
        using var client = new HttpClient { BaseAddress = road.Address, Timeout = HostProcess.Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("admin:of the connector"u8));

        var answers = new ConcurrentDictionary<int, int>();
        var next = -1;
        var connectors = Enumerable.Range(0, Connectors).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is < Writes and var number)
                answers[number] = await WriteAsync(client, number);
        })).ToArray();
        for (var life = 0; life <= Kills; life++)
        {
            await using var host = HostProcess.ServeOn(port, Folder, $"--Database:Provider={database.Provider}", $"--Database:ConnectionString={database.ConnectionString}",
                "--Demo:Enabled=false", "--Access:Basic=true", "--DataExchange:ConfigurationFiles=movements.json", "--Admin:Password=of the connector");
            await host.ReadyAsync();
            if (life < Kills)
                await ReachedAsync(answers, Writes * (life + 1) / (Kills + 1), connectors);
            else
                await Task.WhenAll(connectors).WaitAsync(HostProcess.Patience);
            host.Output.Should().NotContain("   at ", "nothing of this is a defect of the service");
        }

        road.Cut.Should().BeGreaterThan(Kills, "a line that never drops shows nothing");
        (await StoredAsync()).Should().Equal(answers.OrderBy(answer => answer.Key).Select(answer => (Reference(answer.Key), answer.Value)));
    }

    /// <summary>Every fourth one in a change set of a batch.</summary>
    /// <returns>The key that the entity got.</returns>
    private static async Task<int> WriteAsync(HttpClient client, int number)
    {
        var (id, sent) = (Guid.NewGuid().ToString(), DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        var entity = $$"""{"Reference":"{{Reference(number)}}","Quantity":{{number}}}""";
        while (true)
        {
            using var message = number % 4 == 0 ? Batch(entity, id, sent) : Single(entity, id, sent);
            try
            {
                using var response = await client.SendAsync(message);
                var body = await response.Content.ReadAsStringAsync();
                var (status, created) = ((int)response.StatusCode, body);
                if (status == 200)
                {
                    var answer = JsonNode.Parse(body)!["responses"]![0]!;
                    (status, created) = ((int)answer["status"]!, answer["body"]!.ToJsonString());
                }
                if (status == 201)
                    return (int)JsonNode.Parse(created)!["Id"]!;
                status.Should().Be(503, body);
            }
            catch (Exception dropped) when (dropped is HttpRequestException or IOException or JsonException)
            {
                // Whether it was carried out, nobody can know: it is sent again.
            }
            await Task.Delay(20);
        }
    }

    private static HttpRequestMessage Single(string entity, string id, string sent) => new(HttpMethod.Post, "odata/Movements")
    {
        Content = new StringContent(entity, Encoding.UTF8, "application/json"),
        Headers = { { "Repeatability-Request-ID", id }, { "Repeatability-First-Sent", sent } },
    };

    private static HttpRequestMessage Batch(string entity, string id, string sent) => new(HttpMethod.Post, "odata/$batch")
    {
        Content = new StringContent(
            $$"""
            { "requests": [ { "id": "1", "atomicityGroup": "g", "method": "POST", "url": "Movements",
              "headers": { "repeatability-request-id": "{{id}}", "repeatability-first-sent": "{{sent}}" }, "body": {{entity}} } ] }
            """, Encoding.UTF8, "application/json"),
    };

    private static async Task ReachedAsync(ConcurrentDictionary<int, int> answers, int count, Task[] connectors)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (answers.Count < count)
        {
            if (Array.Find(connectors, connector => connector.IsFaulted) is { } failed)
                await failed;
            if (TimeProvider.System.GetElapsedTime(started) > HostProcess.Patience)
                throw new TimeoutException($"{answers.Count} writes were answered, not {count}.");
            await Task.Delay(5);
        }
    }

    private async Task<List<(string, int)>> StoredAsync()
    {
        var rows = new List<(string, int)>();
        var dialect = database.Database.Dialect;
        await using var session = await database.Database.OpenAsync(default);
        await using var reader = await session.ReadAsync(new("SELECT reference, id FROM movement ORDER BY reference, id", []), default);
        while (await reader.ReadAsync())
            rows.Add((dialect.Values.String(reader, 0), dialect.Values.Int32(reader, 1)));
        return rows;
    }

    private static string Reference(int number) => string.Create(CultureInfo.InvariantCulture, $"order {number:D5}");
}

public sealed class ExactlyOnceOnSqlite(SqliteTestDatabase database) : ExactlyOnceCases(database), IClassFixture<SqliteTestDatabase>;

[Needs("PostgreSql")]
public sealed class ExactlyOnceOnPostgreSql(PostgreSqlTestDatabase database) : ExactlyOnceCases(database), IClassFixture<PostgreSqlTestDatabase>;
