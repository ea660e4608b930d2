using System.Diagnostics;
using System.Globalization;
using System.Net;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Xunit.Abstractions;

namespace BackendApi.Spec.Publishing;

/// <summary>Tables in chains of ten that foreign keys hold together.</summary>
internal static class ThousandTables
{
    public const int Count = 1_000;

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"thing_{number:0000}");

    public static TableSchema Table(int number) => new(
        new(null, Name(number)),
        [
            Column.Int32("id") with { IsIdentity = true }, Column.Text("code", 20), Column.Text("name", 100), Column.Decimal("amount", 10, 2, isNullable: true),
            Column.Boolean("is_active"), Column.Instant("created_at"), Column.Date("due_on", isNullable: true), Column.Int32("previous_id", isNullable: true),
        ],
        PrimaryKey: ["id"],
        UniqueKeys: [new($"uq_{Name(number)}", ["code"])],
        ForeignKeys: number % 10 == 0 ? [] : [new($"fk_{Name(number)}", ["previous_id"], new(null, Name(number - 1)), ["id"])]);
}

/// <summary>A database with one table more than will be published.</summary>
public sealed class ThousandSetsFixture<TDatabase> : HostFixture<TDatabase>
    where TDatabase : TestDatabase, new()
{
    protected override async Task PrepareAsync()
    {
        await using var session = await Database.Database.OpenAsync(CancellationToken.None);
        await session.BeginAsync(CancellationToken.None);
        for (var number = 0; number <= ThousandTables.Count; number++)
            await session.ExecuteAsync(new(Database.Database.Dialect.Ddl.CreateTable(ThousandTables.Table(number)), []), CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }
}

/// <summary>Publishing does not become slow with what is published already.</summary>
public abstract class ThousandSetsCases<TDatabase>(ThousandSetsFixture<TDatabase> fixture, ITestOutputHelper output) : IClassFixture<ThousandSetsFixture<TDatabase>>
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public async Task With_1_000_sets_published_one_more_is_visible_soon_while_requests_run()
    {
        var host = fixture.Host;
        var publisher = host.Services.GetRequiredService<Publisher>();
        await publisher.PublishAsync(
            Caller.System, "1,000 sets",
            _ => new([.. Enumerable.Range(0, ThousandTables.Count).Select(number => new DefinitionChange.Upsert(
                new() { Alias = $"things-{number}", EntitySet = $"Things{number}", Table = ThousandTables.Name(number) }))]),
            CancellationToken.None);
        using var done = new CancellationTokenSource();
        var statuses = Task.Run(() => ReadAsync(host, done.Token));

        var times = new List<TimeSpan>();
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var created = await host.PublishAsync(
                $$"""{ "alias": "one-more", "entitySet": "OneMore", "table": "{{ThousandTables.Name(ThousandTables.Count)}}" }""");
            created.StatusCode.Should().Be(HttpStatusCode.Created);
            (await host.StatusAsync("odata/OneMore")).Should().Be(HttpStatusCode.OK);
            times.Add(Stopwatch.GetElapsedTime(start));
            using var deleted = await host.SendAsync(HttpMethod.Delete, Publishing.Configurations + "('one-more')", null);
        }
        await done.CancelAsync();

        output.WriteLine($"visible after {string.Join(", ", times.Select(time => $"{time.TotalMilliseconds:0}"))} ms; {(await statuses).Length} requests meanwhile");
        (await statuses).Should().NotBeEmpty().And.OnlyContain(status => status == HttpStatusCode.OK);
    }

    /// <summary>50 requests a second, whether or not those before have been answered.</summary>
    private static async Task<HttpStatusCode[]> ReadAsync(BackendApiHost host, CancellationToken done)
    {
        var requests = new List<Task<HttpStatusCode>>();
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(done))
                while (requests.Count < Stopwatch.GetElapsedTime(start).TotalSeconds * 50)
                    requests.Add(host.StatusAsync("odata/Things1?$filter=Amount gt 1&$expand=Previous"));
        }
        catch (OperationCanceledException)
        {
        }
        return await Task.WhenAll(requests);
    }
}

public sealed class ThousandSetsOnSqlite(ThousandSetsFixture<SqliteTestDatabase> fixture, ITestOutputHelper output)
    : ThousandSetsCases<SqliteTestDatabase>(fixture, output);

[Needs("PostgreSql")]
public sealed class ThousandSetsOnPostgreSql(ThousandSetsFixture<PostgreSqlTestDatabase> fixture, ITestOutputHelper output)
    : ThousandSetsCases<PostgreSqlTestDatabase>(fixture, output);

[Needs("SqlServer")]
public sealed class ThousandSetsOnSqlServer(ThousandSetsFixture<SqlServerTestDatabase> fixture, ITestOutputHelper output)
    : ThousandSetsCases<SqlServerTestDatabase>(fixture, output);
