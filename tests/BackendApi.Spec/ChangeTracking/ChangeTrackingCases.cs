using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.DependencyInjection;
using static BackendApi.Spec.ChangeTracking.TrackedTables;

namespace BackendApi.Spec.ChangeTracking;

/// <summary>What a delta link tells (Protocol 11.3). Each case has tickets of its own, and asks for what has changed since it began.</summary>
public abstract class ChangeTrackingCases(TrackedService service)
{
    [DatabaseFact]
    public async Task Nothing_has_changed_at_first_and_a_link_can_be_asked_again()
    {
        var link = await service.Track("Tickets");
        (await service.Follow(link)).Found.Should().BeEmpty();
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (100, 'new', 'open', 1)", [100]);

        (await service.Follow(link)).Found.Should().Be("100 new open 1");
        var (found, next) = await service.Follow(link);
        found.Should().Be("100 new open 1", "following a link changes nothing");
        await service.EndsWith(found, next);
    }

    [DatabaseFact]
    public async Task A_row_is_told_as_it_is_now_and_once()
    {
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (110, 'a', 'open', 1), (111, 'b', 'open', 1)", [110], [111]);
        var link = await service.Track("Tickets");
        await service.Write("Tickets", $"UPDATE {Ticket} SET title = 'c' WHERE id = 110", [110]);
        await service.Write("Tickets", $"UPDATE {Ticket} SET title = 'd' WHERE id = 110", [110]);
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id = 111", [111]);
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (112, 'gone again', 'open', 1)", [112]);
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id = 112", [112]);

        var (found, next) = await service.Follow(link);
        found.Should().Be("-Tickets(111) deleted, -Tickets(112) deleted, 110 d open 1");
        await service.EndsWith(found, next);
    }

    [DatabaseFact]
    public async Task A_row_that_leaves_the_query_has_changed_and_one_that_enters_it_is_told()
    {
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (120, 'a', 'open', 1), (121, 'b', 'closed', 1), (122, 'c', 'open', 1)", [120], [121], [122]);
        var link = await service.Track("Tickets?$filter=State eq 'open' and Id ge 120&$select=Id,Title");
        await service.Write("Tickets", $"UPDATE {Ticket} SET state = 'closed' WHERE id = 120", [120]);
        await service.Write("Tickets", $"UPDATE {Ticket} SET state = 'open' WHERE id = 121", [121]);
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id = 122", [122]);

        (await service.Follow(link)).Found.Should().Be("-Tickets(120) changed, -Tickets(122) deleted, 121 b");
    }

    [DatabaseTheory]
    [InlineData("Tickets?$search=lamp&$select=Id", "-Tickets(131) changed, 130")]
    [InlineData("Tickets/$filter(Id eq 130)?$select=Id", "-Tickets(131) changed, 130")]
    [InlineData("Tickets?$orderby=Title desc&$compute=Id mul 2 as Twice&$select=Id,Twice", "130 #Int32 260, 131 #Int32 262")]
    [InlineData("Tickets?$filter=length(Title) gt 4 and not contains(Title,'x')&$select=Id", "-Tickets(131) changed, 130")]
    public async Task Every_option_about_the_rows_themselves_is_part_of_the_query(string query, string found)
    {
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id IN (130, 131)", [130], [131]);
        var link = await service.Track(query);
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (130, 'red lamp', 'open', 1), (131, 'box', 'open', 1)", [130], [131]);

        (await service.Follow(link)).Found.Should().Be(found);
    }

    [DatabaseTheory]
    [InlineData("Tickets?$expand=Queue")]
    [InlineData("Tickets?$filter=Queue/Name eq 'first'")]
    [InlineData("Tickets?$filter=Queue eq null")]
    [InlineData("Tickets?$compute=Queue/Name as Where")]
    [InlineData("Tickets?$top=2")]
    [InlineData("Tickets?$skip=1")]
    [InlineData("Tickets?$apply=groupby((State))")]
    [InlineData("Tickets?$filter=2024-01-01T00:00:00Z lt now()")]
    [InlineData("Tickets/$ref")]
    [InlineData("Queues(1)/Tickets")]
    [InlineData("Queues")]
    [InlineData("SameTickets")]
    public async Task The_preference_is_not_applied_where_other_rows_or_the_time_decide(string query)
    {
        using var response = await service.Send(HttpMethod.Get, query, ("Prefer", "track-changes, maxpagesize=100"));
        response.IsSuccessStatusCode.Should().BeTrue();
        response.Headers.GetValues("Preference-Applied").Should().Equal("maxpagesize=100");
        (await response.Content.ReadAsStringAsync()).Should().NotContain("deltaLink");
    }

    [DatabaseTheory]
    [InlineData("track-changes")]
    [InlineData("odata.track-changes")]
    public async Task The_preference_is_acknowledged_as_it_was_spelled(string preference)
    {
        await service.Heads("Tickets", "Preference-Applied", preference, ("Prefer", preference));
        await service.Heads("Tickets", "Preference-Applied", "maxpagesize=2, " + preference, ("Prefer", preference + ", maxpagesize=2"));
    }

    /// <summary>What changes between two pages is told, wherever the row stands.</summary>
    [DatabaseFact]
    public async Task The_changes_count_from_the_first_page_on()
    {
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (140, 'a', 'paged', 1), (141, 'b', 'paged', 1), (142, 'c', 'paged', 1)", [140], [141], [142]);
        var query = "Tickets?$filter=State eq 'paged'&$select=Id,Title";
        var first = await service.Json(query, ("Prefer", "track-changes,maxpagesize=2"));
        service.Link(first, "deltaLink").Should().BeNull("only the last page has it");
        await service.Write("Tickets", $"UPDATE {Ticket} SET title = 'late' WHERE id = 140", [140]);

        var second = await service.Json(service.Link(first, "nextLink")!, ("Prefer", "maxpagesize=2"));
        second["value"]!.AsArray().Should().HaveCount(1);
        (await service.Follow(service.Link(second, "deltaLink")!)).Found.Should().Contain("140 late");
    }

    [DatabaseFact]
    public async Task A_transaction_that_ends_after_the_link_was_given_is_told()
    {
        await using var session = await service.Database.Database.OpenAsync(default);
        await session.BeginAsync(default);
        await service.Write(session, "Tickets", $"INSERT INTO {Ticket} VALUES (150, 'slow', 'open', 1)", [150]);

        var link = await service.Track("Tickets?$filter=Id eq 150");
        await session.CommitAsync(default);

        var (found, next) = await service.Follow(link);
        found.Should().Be("150 slow open 1");
        await service.EndsWith(found, next);
    }

    [DatabaseFact]
    public async Task What_is_rolled_back_has_not_changed()
    {
        var link = await service.Track("Tickets");
        await using (var session = await service.Database.Database.OpenAsync(default))
        {
            await session.BeginAsync(default);
            await service.Write(session, "Tickets", $"INSERT INTO {Ticket} VALUES (155, 'never', 'open', 1)", [155]);
        }
        (await service.Follow(link)).Found.Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task Changes_are_told_page_by_page_each_row_once_and_counted()
    {
        const int Count = 2_345;
        var link = await service.Track("Tickets?$select=Id&$filter=Id ge 10000");
        var rows = Enumerable.Range(10_000, Count).Select(id => (IReadOnlyList<object?>)[id, "many", "open", 1]);
        await using (var session = await service.Database.Database.OpenAsync(default))
        {
            await session.BeginAsync(default);
            foreach (var statement in service.Dialect.Insert(Ticket, ["id", "title", "state", "queue_id"], rows))
                await session.ExecuteAsync(statement, default);
            for (var time = 0; time < 2; time++)
                await service.Write(session, "Tickets", $"DELETE FROM {Ticket} WHERE id = 10000 + {new SqlParameter(new(Model.ValueKind.Int32, ""), time)}",
                    [.. Enumerable.Range(10_000, Count).Select(id => (object[])[id])]);
            await session.CommitAsync(default);
        }

        var statements = 0;
        var told = new List<string>();
        using (service.Observations.Listen(observed => statements += observed is StatementExecuted ? 1 : 0))
        {
            var next = link;
            while (next is not null)
            {
                var page = await service.Json(next, ("Prefer", "maxpagesize=500"));
                var items = page["value"]!.AsArray();
                items.Count.Should().BeLessThanOrEqualTo(500);
                items.Select(item => item!.ToJsonString()).Should().OnlyHaveUniqueItems();
                told.AddRange(items.Select(item => (string?)item!["Id"]?.ToString() ?? "-"));
                next = service.Link(page, "nextLink");
            }
        }
        // Logged twice in a row: what the second half of the log repeats may be told again on a later page.
        told.Distinct().Should().HaveCount(Count - 2 + 1);
        statements.Should().BeLessThan(80, "a page takes the same few statements, however many rows it has");
        (await service.Json(link + "&$count=true", ("Prefer", "maxpagesize=5")))["@odata.count"]!.GetValue<long>().Should().Be(Count);
        await service.AnswersText(link.Replace("Tickets?$select=Id&", "Tickets/$count?", StringComparison.Ordinal), "2345");
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id >= 10000");
    }

    [DatabaseFact]
    public async Task A_composite_key_and_odd_names()
    {
        var link = await service.Track("Lines");
        await service.Write("Lines", $"UPDATE {Line} SET text = 'new' WHERE ticket = 1", [1, "noon"], [1, "O'Neill / 100%"]);
        await service.Write("Lines", $"DELETE FROM {Line} WHERE ticket = 2", [2, "noon"]);

        (await service.Follow(link)).Found.Should().Be("-Lines(Ticket=2,At=%27noon%27) deleted, 1 O'Neill / 100% new, 1 noon new");
        (await service.Json(link.Replace("Lines?", "Lines?$select=Text&", StringComparison.Ordinal)))["value"]!.ToJsonString().Should()
            .Contain($"{{\"@odata.id\":\"{service.Root}Lines(Ticket=1,At=%27noon%27)\",\"Text\":\"new\"}}", "without its key, an entity says which one it is");
    }

    /// <summary>Every kind of key, as the product logs it.</summary>
    [DatabaseTheory, MemberData(nameof(Kinds))]
    public async Task A_key_of_any_kind(Model.ValueKind kind)
    {
        var (table, values, set) = (OfKind(kind), Keys.Single(key => key.Kind == kind).Values, $"Of{kind}");
        var link = await service.Track(set);
        await using (var session = await service.Database.Database.OpenAsync(default))
        {
            foreach (var statement in service.Dialect.Insert(table, ["key", "note"], values.Select(value => (IReadOnlyList<object?>)[value, 1])))
                await session.ExecuteAsync(statement, default);
            await service.Write(session, set, $"UPDATE {table} SET note = 2", [.. values.Select(value => (object[])[value])]);
        }
        var (found, next) = await service.Follow(link);
        found.Split(", ").Should().HaveCount(values.Length).And.OnlyContain(row => row.EndsWith(" 2"));

        await service.Write(set, $"DELETE FROM {table}", [.. values.Select(value => (object[])[value])]);
        (await service.Follow(next)).Found.Split(", ").Should().HaveCount(values.Length).And.OnlyContain(row => row.StartsWith($"-{set}(") && row.EndsWith(") deleted"));
    }

    public static readonly TheoryData<Model.ValueKind> Kinds = [.. Keys.Select(key => key.Kind)];

    /// <summary>The definition's filter is part of every query; a row outside of it does not exist, and that it does is not told.</summary>
    [DatabaseFact]
    public async Task A_row_that_the_filter_of_the_definition_hides_is_deleted()
    {
        var link = await service.Track("Secrets?$filter=Id gt 0");
        await service.Write("Secrets", $"UPDATE {new Model.TableName(null, "secret")} SET name = 'x'", [1], [2]);

        (await service.Follow(link)).Found.Should().Be("-Secrets(2) deleted, 1 x false");
    }

    [DatabaseFact]
    public async Task A_row_that_is_written_through_another_set_of_the_table_is_logged_too()
    {
        var link = await service.Track("Tickets?$select=Id");
        await service.Write("SameTickets", $"INSERT INTO {Ticket} VALUES (160, 'same', 'open', 1)", [160]);
        await service.Write("Queues", $"UPDATE queue SET name = 'third' WHERE id = 2", [2]);

        (await service.Follow(link)).Found.Should().Be("160");
    }

    [DatabaseTheory]
    [InlineData("Tickets?$deltatoken=abc", 400, "InvalidNextLink")]
    [InlineData("Tickets?$deltatoken=", 400, "MalformedUrl")]
    [InlineData("Tickets?$top=1&{token}", 400, "InvalidNextLink")]
    [InlineData("Tickets(1)?{token}", 400, "InvalidNextLink")]
    [InlineData("Secrets?{token}", 400, "InvalidNextLink")]
    [InlineData("Tickets?{token}A", 400, "InvalidNextLink")]
    [InlineData("Queues?{token}", 501, "NotImplemented")]
    [InlineData("SameTickets?{token}", 501, "NotImplemented")]
    [InlineData("$all?{token}", 501, "NotImplemented")]
    public async Task A_token_is_good_for_the_query_that_it_was_given_for(string request, int status, string code)
    {
        var token = (await service.Track("Tickets")).Split('?')[1];
        await service.Refuses(request.Replace("{token}", token, StringComparison.Ordinal), status, code);
    }

    [DatabaseFact]
    public async Task A_link_that_is_older_than_the_log_is_gone()
    {
        var old = await service.Track("Tickets");
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (170, 'old', 'open', 1)", [170]);
        var link = await service.Track("Tickets");
        var (entries, at) = (ChangeTables.Entries, ChangeTables.Entries.Column("changed_at")!);
        await using (var session = await service.Database.Database.OpenAsync(default))
            await session.ExecuteAsync(service.Dialect.Compose($"UPDATE {entries} SET {at} = {new SqlParameter(at.Type, DateTimeOffset.UtcNow.AddDays(-31))}"), default);
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (171, 'young', 'open', 1)", [171]);

        await service.Services.GetRequiredService<ChangeRetention>().ForgetAsync(default);

        await service.Refuses(old, 410, "DeltaLinkExpired");
        await service.Refuses(old.Replace("Tickets?", "Tickets/$count?", StringComparison.Ordinal), 410, "DeltaLinkExpired");
        (await service.Follow(link)).Found.Should().Be("171 young open 1", "what it needs is still there");
    }
}
