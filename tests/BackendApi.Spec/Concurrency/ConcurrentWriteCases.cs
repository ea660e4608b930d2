using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Spec.Writing;
using BackendApi.Testing;

namespace BackendApi.Spec.Concurrency;

/// <summary>Clients that write the same rows at the same time: nothing is lost, whatever the ETag is made of.</summary>
public abstract class ConcurrentWriteCases(ContestedTables tables) : IAsyncLifetime
{
    private const int Clients = 6;

    public Task InitializeAsync() => tables.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseTheory]
    [InlineData("Counters", "the row version or the content")]
    [InlineData("Versioned", "a number that the service raises")]
    [InlineData("Stamped", "an instant that the service sets")]
    public async Task Of_writers_with_the_same_tag_one_succeeds(string set, string madeOf)
    {
        for (var round = 1; round <= 10; round++)
        {
            var tag = await tables.Tag($"{set}(1)");
            var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client =>
                tables.Write("PATCH", $"{set}(1)", $$"""{"Value":{{round * 100 + client}}}""", ("If-Match", tag))));

            answers.Select(answer => answer.Status).Order().Should().Equal([204, .. Enumerable.Repeat(412, Clients - 1)], madeOf);
            var winner = answers.ToList().FindIndex(answer => answer.Status == 204);
            await tables.AnswersText($"{set}(1)/Value/$value", $"{round * 100 + winner}");
        }
    }

    [DatabaseTheory]
    [InlineData("Counters")]
    [InlineData("Versioned")]
    public async Task Nothing_is_lost_where_each_client_reads_again_when_it_came_too_late(string set)
    {
        const int Each = 5;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var done = 0; done < Each;)
            {
                var entity = JsonNode.Parse((await tables.Write("GET", $"{set}(1)")).Body)!;
                var answer = await tables.Write("PATCH", $"{set}(1)", $$"""{"Value":{{(int)entity["Value"]! + 1}}}""", ("If-Match", (string)entity["@odata.etag"]!));
                answer.Status.Should().BeOneOf(204, 412);
                done += answer.Status == 204 ? 1 : 0;
            }
        }));

        await tables.AnswersText($"{set}(1)/Value/$value", $"{Clients * Each}");
    }

    [DatabaseFact]
    public async Task One_of_a_change_and_a_deletion_succeeds()
    {
        for (var id = 2; id <= 6; id++)
        {
            var tag = await tables.Tag($"Counters({id})");
            var answers = await Task.WhenAll(
                tables.Write("PATCH", $"Counters({id})", """{"Value":7}""", ("If-Match", tag)),
                tables.Write("DELETE", $"Counters({id})", null, ("If-Match", tag)));

            answers.Select(answer => answer.Status).Order().Should().Equal(204, 412);
        }
    }

    [DatabaseFact]
    public async Task Of_writers_that_create_the_same_entity_one_succeeds()
    {
        for (var id = 100; id < 105; id++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client =>
                tables.Write("PUT", $"Counters({id})", $$"""{"Value":{{client}}}""", ("If-None-Match", "*"))));

            answers.Count(answer => answer.Status == 201).Should().Be(1);
            answers.Select(answer => answer.Status).Distinct().Should().BeSubsetOf([201, 409, 412]);
        }
    }

    [DatabaseFact]
    public async Task Changes_of_the_same_rows_in_different_orders_end()
    {
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(
                tables.Write("PATCH", "Counters", """{"value":[{"Id":1,"Value":1},{"Id":2,"Value":1},{"Id":3,"Value":1}]}"""),
                tables.Write("PATCH", "Counters", """{"value":[{"Id":3,"Value":2},{"Id":2,"Value":2},{"Id":1,"Value":2}]}"""),
                tables.Write("PATCH", "Counters/$each?$filter=true", """{"Value":3}"""));

            foreach (var answer in answers)
                if (answer.Status == 503)
                    answer.Has("Retry-After", "1");
                else
                    answer.Is(204);
            var values = JsonNode.Parse((await tables.Write("GET", "Counters?$filter=Id le 3&$select=Value")).Body)!["value"]!.AsArray().Select(row => (int)row!["Value"]!).Distinct();
            values.Should().ContainSingle("the whole of one change is the last");
        }
    }
}

/// <summary>Rows that are written by many, with ETags of every kind that the service writes itself.</summary>
public abstract class ContestedTables(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Counter = new(new(null, "counter"), [Column("id", ValueKind.Int32), Column("value", ValueKind.Int32)], ["id"], [], []);

    private static readonly TableSchema Versioned = new(
        new(null, "versioned"), [Column("id", ValueKind.Int32), Column("value", ValueKind.Int32), Column("version", ValueKind.Int32)], ["id"], [], []);

    private static readonly TableSchema Stamped = new(
        new(null, "stamped"), [Column("id", ValueKind.Int32), Column("value", ValueKind.Int32), Column("changed_at", ValueKind.DateTimeOffset)], ["id"], [], []);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
    [
        (Counter, ["id", "value"], [.. Enumerable.Range(1, 6).Select(id => new object?[] { id, 0 })]),
        (Versioned, ["id", "value", "version"], [[1, 0, 1]]),
        (Stamped, ["id", "value", "changed_at"], [[1, 0, DateTimeOffset.UnixEpoch]]),
    ];

    private const string Definitions =
        """
        [
          { "alias": "counters", "table": "counter", "allow": { "create": true, "update": true, "delete": true } },
          { "alias": "versioned", "table": "versioned", "concurrency": "version", "allow": { "create": true, "update": true }, "fields": [ { "column": "id" }, { "column": "value" } ] },
          { "alias": "stamped", "table": "stamped", "concurrency": "changed_at", "allow": { "create": true, "update": true }, "fields": [ { "column": "id" }, { "column": "value" } ] }
        ]
        """;

    public async Task<string> Tag(string request) => (await Write("GET", request)).Headers["ETag"];
}

public sealed class SqliteContestedTables() : ContestedTables(new SqliteTestDatabase());

public sealed class PostgreSqlContestedTables() : ContestedTables(new PostgreSqlTestDatabase());

public sealed class SqlServerContestedTables() : ContestedTables(new SqlServerTestDatabase());

public sealed class ConcurrentWriteOnSqlite(SqliteContestedTables tables) : ConcurrentWriteCases(tables), IClassFixture<SqliteContestedTables>;

[Needs("PostgreSql")]
public sealed class ConcurrentWriteOnPostgreSql(PostgreSqlContestedTables tables) : ConcurrentWriteCases(tables), IClassFixture<PostgreSqlContestedTables>;

[Needs("SqlServer")]
public sealed class ConcurrentWriteOnSqlServer(SqlServerContestedTables tables) : ConcurrentWriteCases(tables), IClassFixture<SqlServerContestedTables>;
