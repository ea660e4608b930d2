using static BackendApi.Spec.ChangeTracking.TrackedTables;

namespace BackendApi.Spec.ChangeTracking;

/// <summary>Transactions that end in another order than they began. SQLite has one writer, and so none of these.</summary>
public abstract class ConcurrentWritersCases(TrackedService service)
{
    [DatabaseFact]
    public async Task A_transaction_that_others_overtake_is_not_lost()
    {
        await using var slow = await service.Database.Database.OpenAsync(default);
        await slow.BeginAsync(default);
        await service.Write(slow, "Tickets", $"INSERT INTO {Ticket} VALUES (200, 'slow', 'open', 1)", [200]);
        var link = await service.Track("Tickets?$select=Id");
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (201, 'fast', 'open', 1)", [201]);

        var (found, second) = await service.Follow(link);
        found.Should().Be("201");
        await slow.CommitAsync(default);

        (found, var third) = await service.Follow(second);
        found.Should().Be("200, 201", "what ended while an older transaction was under way may be told again, and what was under way is told");
        await service.EndsWith(found, third);
    }

    /// <summary>The older transaction ends between two pages, in front of the place where the second begins.</summary>
    [DatabaseFact]
    public async Task A_transaction_that_ends_between_two_pages_is_not_lost()
    {
        await using var slow = await service.Database.Database.OpenAsync(default);
        await slow.BeginAsync(default);
        await service.Write(slow, "Tickets", $"INSERT INTO {Ticket} VALUES (210, 'slow', 'open', 1)", [210]);
        var link = await service.Track("Tickets?$select=Id&$filter=Id ge 210 and Id lt 220");
        foreach (var id in (int[])[211, 212, 213])
            await service.Write("Tickets", $"INSERT INTO {Ticket} (id, title, state) VALUES ({new Sql.SqlParameter(Ticket.Columns[0].Type, id)}, 'fast', 'open')", [id]);

        var first = await service.Json(link, ("Prefer", "maxpagesize=2"));
        first["value"]!.AsArray().Should().HaveCount(2);
        await slow.CommitAsync(default);

        var (found, next) = await service.Follow(service.Link(first, "nextLink")!);
        found.Should().Be("213");
        (await service.Follow(next)).Found.Should().StartWith("210");
    }

    /// <summary>Writers and a reader at the same time: whatever a client puts together from deltas is, in the end, what is stored.</summary>
    [DatabaseFact]
    public async Task A_copy_that_follows_deltas_ends_up_equal()
    {
        var link = await service.Track("Tickets?$filter=Id ge 1000 and Id lt 2000&$select=Id,Title");
        var copy = new SortedDictionary<int, string>();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(writer))).ToArray();
        var all = Task.WhenAll(writers);
        while (!all.IsCompleted)
            link = await ApplyAsync(copy, link);
        await all;
        await ApplyAsync(copy, await ApplyAsync(copy, link));

        var stored = await service.Json("Tickets?$filter=Id ge 1000 and Id lt 2000&$select=Id,Title");
        copy.Select(row => $"{row.Key} {row.Value}").Should().Equal(stored["value"]!.AsArray().Select(row => $"{row!["Id"]} {row["Title"]}"));
        copy.Should().NotBeEmpty();
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random(writer);
        var id = new Sql.SqlParameter(Ticket.Columns[0].Type, null);
        for (var i = 0; i < 40; i++)
        {
            await using var session = await service.Database.Database.OpenAsync(default);
            await session.BeginAsync(default);
            // Each writer has rows of its own, so that none waits for another.
            for (var step = random.Next(1, 4); step > 0; step--)
            {
                var row = 1000 + writer * 100 + random.Next(20);
                var key = id with { Value = row };
                await service.Write(session, "Tickets", $"DELETE FROM {Ticket} WHERE id = {key}", [row]);
                if (random.Next(3) > 0)
                    await service.Write(session, "Tickets", $"INSERT INTO {Ticket} (id, title, state) VALUES ({key}, {new Sql.SqlParameter(Ticket.Columns[1].Type, $"{i}.{step}")}, 'open')", [row]);
            }
            if (random.Next(5) > 0)
                await session.CommitAsync(default);
        }
    }

    private async Task<string> ApplyAsync(SortedDictionary<int, string> copy, string link)
    {
        while (true)
        {
            var page = await service.Json(link, ("OData-MaxVersion", "4.01"), ("Prefer", "maxpagesize=7"));
            foreach (var item in page["value"]!.AsArray())
                if (item!["@removed"] is not null)
                    copy.Remove(int.Parse(((string)item["@id"]!).Split('(', ')')[1], System.Globalization.CultureInfo.InvariantCulture));
                else
                    copy[(int)item["Id"]!] = (string)item["Title"]!;
            if (service.Link(page, "deltaLink") is { } delta)
                return delta;
            link = service.Link(page, "nextLink")!;
        }
    }
}
