using System.Globalization;
using System.Text.Json.Nodes;
using BackendApi.Access.Rights;
using BackendApi.Access.Statistics;
using BackendApi.Resources;
using BackendApi.Resources.Statistics;
using BackendApi.Spec.Rights;
using BackendApi.Sql;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Statistics;

/// <summary>What the service counts of its requests (docs/reference/statistics.md).</summary>
public abstract class StatisticsCases(CountedShop shop) : IAsyncLifetime
{
    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_read_is_counted_with_its_set_and_the_rows_of_the_answer()
    {
        (await Counted(() => shop.Get("Customers?$expand=Orders"))).Should().Be("Read Customers: 1 requests, 3 rows read");
        (await Counted(() => shop.Get("Customers(1)"))).Should().Be("Read Customers: 1 requests, 1 rows read");
        (await Counted(() => shop.Get("Customers(1)/Orders?$top=1"))).Should().Be("Read Customers: 1 requests, 1 rows read");
        (await Counted(() => shop.Get("Customers/$count"))).Should().Be("Read Customers: 1 requests");
        (await Counted(() => shop.Get("$metadata"))).Should().Be("Read : 1 requests");
    }

    [DatabaseFact]
    public async Task A_change_is_counted_with_the_rows_that_it_has_written()
    {
        (await Counted(() => shop.Write("POST", "Customers", """{"Code":"D","Name":"Dora","Orders":[{"Amount":5},{"Amount":6}]}"""))).Should().Be("Create Customers: 1 requests, 3 rows written");
        (await Counted(() => shop.Write("PATCH", "Customers(1)", """{"Name":"Eve"}"""))).Should().Be("Update Customers: 1 requests, 1 rows written");
        (await Counted(() => shop.Write("DELETE", "Items(OrderId=2,Line=1)"))).Should().Be("Delete Items: 1 requests, 1 rows written");
        (await Counted(() => shop.Write("PATCH", "Customers(1)", """{"Name":"Ada"}""", ("Prefer", "validate-only")))).Should().Be("Update Customers: 1 requests");
    }

    [DatabaseFact]
    public async Task Both_dialects_count_for_the_same_set()
    {
        (await Counted(() => shop.Get("/dynamic-entity/tags"))).Should().Be("Read Tags: 1 requests, 3 rows read");
        (await Counted(() => shop.Get("/dynamic-entity/tags/1"))).Should().Be("Read Tags: 1 requests, 1 rows read");
        (await Counted(() => shop.Write("POST", "/dynamic-entity/tags", """{"data":[{"Id":8,"Name":"a"},{"Id":9,"Name":"b"}]}"""))).Should().Be("Create Tags: 1 requests, 2 rows written");
    }

    [DatabaseFact]
    public async Task What_is_refused_is_an_error_of_its_client_and_has_written_nothing()
    {
        (await Counted(() => shop.Get("Customers(99)"))).Should().Be("Read Customers: 1 requests, 1 client errors");
        (await Counted(() => shop.Get("Customers?$filter=Nmae eq 1"))).Should().Be("Read : 1 requests, 1 client errors");
        (await Counted(() => shop.Write("POST", "Customers", """{"Code":"A","Name":"again"}"""))).Should().Be("Create Customers: 1 requests, 1 client errors");
    }

    [DatabaseFact]
    public async Task What_strangers_ask_for_falls_into_one_row()
    {
        async Task Ask(string request) => await shop.Send(HttpMethod.Get, request, ("X-Api-Key", "no key"));

        (await Counted(async () =>
        {
            await Ask("Customers");
            await Ask("Passwords");
            await Ask("Passwords2");
        }, "Caller")).Should().Be("Read : 3 requests, 3 client errors");
    }

    [DatabaseFact]
    public async Task The_requests_of_a_batch_are_counted_besides_the_batch()
    {
        (await Counted(() => shop.Write("POST", "$batch", """
            {"requests":[{"id":"1","method":"GET","url":"Tags"},{"id":"2","method":"GET","url":"Tags(77)"}]}
            """))).Should().Be("Batch : 1 requests; Read Tags: 2 requests, 1 client errors, 3 rows read");
        (await Counted(() => shop.Write("POST", "$batch", """
            {"requests":[{"id":"1","atomicityGroup":"g","method":"POST","url":"Tags","headers":{"Content-Type":"application/json"},"body":{"Id":11,"Name":"a"}},
                         {"id":"2","atomicityGroup":"g","method":"POST","url":"Tags","headers":{"Content-Type":"application/json"},"body":{"Id":12,"Name":"b"}}]}
            """))).Should().Be("Batch : 1 requests; Create Tags: 2 requests, 2 rows written");
    }

    [DatabaseFact]
    public async Task A_request_that_runs_without_its_client_is_counted_once() =>
        (await Counted(() => shop.Get("Tags", ("Prefer", "respond-async,wait=10")))).Should().Be("Read Tags: 1 requests, 3 rows read");

    [DatabaseFact]
    public async Task The_caller_is_told()
    {
        var caller = await RestrictedCaller.OfAsync(shop, [("Tags", new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, null))]);
        (await Counted(() => caller.Get("Tags"), "CallerKind")).Should().Be("Read ApiKey: 1 requests, 3 rows read");
        // What a caller may not see is not there, for the statistics as well.
        (await Counted(() => caller.Get("Customers"))).Should().Be("Read : 1 requests, 1 client errors");
    }

    [DatabaseFact]
    public async Task Who_may_not_read_them_does_not_know_of_them() =>
        (await (await RestrictedCaller.OfAsync(shop, [("Tags", new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, null))])).Get("RequestStatistics")).Is(404);

    [DatabaseFact]
    public async Task Every_request_is_in_one_class_of_times()
    {
        await Counted(() => shop.Get("Tags"));
        var classes = string.Join(",", new[] { "UpTo1Ms", "UpTo2Ms", "UpTo5Ms", "UpTo10Ms", "UpTo20Ms", "UpTo50Ms", "UpTo100Ms", "UpTo200Ms", "UpTo500Ms", "UpTo1000Ms", "UpTo2000Ms", "UpTo5000Ms", "UpTo10000Ms", "Over10000Ms" });
        await shop.Shows($"RequestStatistics?$filter={classes.Replace(",", " add ", StringComparison.Ordinal)} ne Requests or LongestMicroseconds gt Microseconds or Microseconds le 0", "[]");
    }

    [DatabaseFact]
    public async Task What_several_nodes_count_adds_up()
    {
        await using var other = await BackendApiHost.StartAsync(shop.Database, services => services.AddModule<StatisticsModule>());
        (await Counted(async () =>
        {
            await shop.Get("Tags");
            await shop.Services.GetRequiredService<StatisticsWriter>().WriteAsync(default);
            await shop.Get("Tags");
            (await other.Client.GetAsync(new Uri("odata/Tags", UriKind.Relative))).EnsureSuccessStatusCode();
            (await other.Client.GetAsync(new Uri("odata/RequestStatistics/$count", UriKind.Relative))).EnsureSuccessStatusCode();
            await other.Services.GetRequiredService<StatisticsWriter>().WriteAsync(default);
        })).Should().Be("Read Tags: 3 requests, 9 rows read");
    }

    [DatabaseFact]
    public async Task What_a_node_has_counted_is_written_when_it_ends()
    {
        (await Counted(async () =>
        {
            await using var other = await BackendApiHost.StartAsync(shop.Database);
            (await other.Client.GetAsync(new Uri("odata/Tags", UriKind.Relative))).EnsureSuccessStatusCode();
        })).Should().Be("Read Tags: 1 requests, 3 rows read");
    }

    [DatabaseFact]
    public async Task Old_minutes_become_hours_and_old_hours_days_without_a_request_being_lost()
    {
        var now = DateTimeOffset.UtcNow;
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddDays(-3);
        var day = new DateTimeOffset(now.Year, now.Month, now.Day, 0, 0, 0, TimeSpan.Zero).AddDays(-40);
        var ancient = DateTimeOffset.UtcNow - TimeSpan.FromDays(500);
        await StoreAsync("Minute", hour.AddMinutes(1), "Old", requests: 2, longest: 30);
        await StoreAsync("Minute", hour.AddMinutes(2), "Old", requests: 3, longest: 20);
        await StoreAsync("Minute", hour.AddMinutes(2), "Other", requests: 1, longest: 10);
        await StoreAsync("Hour", day.AddHours(1), "Old", requests: 4, longest: 10);
        await StoreAsync("Hour", day.AddHours(5), "Old", requests: 5, longest: 40);
        await StoreAsync("Day", ancient, "Old", requests: 6, longest: 60);

        await shop.Services.GetRequiredService<StatisticsRetention>().ForgetAsync(default);

        await shop.Shows("RequestStatistics?$filter=EntitySet in ('Old','Other')&$orderby=PeriodStart,EntitySet&$select=Period,PeriodStart,EntitySet,Caller,Operation,Requests,LongestMicroseconds", $$"""
            [{"Period":"Day","PeriodStart":"{{Text(day)}}","EntitySet":"Old","Caller":null,"Operation":"Read","Requests":9,"LongestMicroseconds":40},
             {"Period":"Hour","PeriodStart":"{{Text(hour)}}","EntitySet":"Old","Caller":null,"Operation":"Read","Requests":5,"LongestMicroseconds":30},
             {"Period":"Hour","PeriodStart":"{{Text(hour)}}","EntitySet":"Other","Caller":null,"Operation":"Read","Requests":1,"LongestMicroseconds":10}]
            """);
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private async Task StoreAsync(string period, DateTimeOffset start, string set, long requests, long longest)
    {
        var columns = StatisticsTables.Rows.Columns;
        var row = columns.Select(column => column.Name switch
        {
            "id" => Guid.NewGuid(),
            "period" => period,
            "period_start" => start,
            "entity_set" => set,
            "operation" => "Read",
            "requests" or "up_to_1_ms" => requests,
            "duration" or "longest" => longest,
            _ => column.IsNullable ? null : (object)0L,
        }).ToList();
        await using var session = await shop.Database.Database.OpenAsync(default);
        foreach (var statement in shop.Database.Database.Dialect.Insert(StatisticsTables.Rows, [.. columns.Select(column => column.Name)], [row]))
            await session.ExecuteAsync(statement, default);
    }

    /// <summary>What was counted of requests more than before, in words.</summary>
    /// <param name="by">What the rows are told apart by, besides the operation.</param>
    private async Task<string> Counted(Func<Task> requests, string by = "EntitySet")
    {
        var before = await SumsAsync(by);
        await requests();
        var after = await SumsAsync(by);
        return string.Join("; ", after.Select(sums =>
        {
            var known = before.GetValueOrDefault(sums.Key, new long[Words.Length]);
            var counted = sums.Value.Select((sum, i) => (Count: sum - known[i], Word: Words[i])).Where(part => part.Count > 0).ToList();
            return counted.Count == 0 ? null : $"{sums.Key}: {string.Join(", ", counted.Select(part => $"{part.Count} {part.Word}"))}";
        }).OfType<string>());
    }

    private static readonly string[] Words = ["requests", "client errors", "server errors", "rows read", "rows written"];

    private async Task<SortedDictionary<string, long[]>> SumsAsync(string by)
    {
        // A request is counted when its answer is out. The next one on its connection begins after that.
        await shop.Get("RequestStatistics/$count");
        await shop.Services.GetRequiredService<StatisticsWriter>().WriteAsync(default);
        var sums = JsonNode.Parse((await shop.Get(
            $"RequestStatistics?$apply=filter(EntitySet ne 'RequestStatistics')/groupby((Operation,{by}),aggregate(Requests with sum as R,ClientErrors with sum as C,ServerErrors with sum as S,RowsRead with sum as D,RowsWritten with sum as W))")).Body)!["value"]!.AsArray();
        return new(sums.ToDictionary(row => $"{row!["Operation"]} {row[by]}", row => new[] { "R", "C", "S", "D", "W" }.Select(name => (long)row![name]!).ToArray()), StringComparer.Ordinal);
    }
}
