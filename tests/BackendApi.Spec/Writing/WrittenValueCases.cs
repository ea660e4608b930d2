using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Values of every type: what is shown can be written, and is shown the same then. Ends of the ranges, nulls and odd texts included.</summary>
public abstract class WrittenValueCases(WritableValues service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, int> Rows() => new()
    {
        { "Values", 1 }, { "Values", 2 }, { "Values", 3 }, { "Values", 4 }, { "Values", 5 }, { "Listings", 1 }, { "Listings", 2 }, { "Listings", 3 }, { "Listings", 4 },
    };

    [DatabaseTheory]
    [MemberData(nameof(Rows))]
    public async Task Created(string set, int id)
    {
        var entity = await Entity(set, id);
        entity["Id"] = id + 10;

        (await service.Write("POST", set, entity.ToJsonString())).Is(201, entity.ToJsonString());
        await service.Shows($"{set}({id + 10})", entity.ToJsonString());
    }

    [DatabaseTheory]
    [MemberData(nameof(Rows))]
    public async Task Replaced(string set, int id)
    {
        var entity = await Entity(set, id);
        (await service.Write("PUT", $"{set}(2)", entity.ToJsonString())).Is(204);

        entity["Id"] = 2;
        await service.Shows($"{set}(2)", entity.ToJsonString());
    }

    [DatabaseTheory]
    [MemberData(nameof(Rows))]
    public async Task Set_one_by_one(string set, int id)
    {
        var entity = await Entity(set, id);
        foreach (var (name, value) in entity)
            if (name != "Id")
                (await service.Write("PUT", $"{set}(2)/{name}", new JsonObject { ["value"] = value?.DeepClone() }.ToJsonString())).Is(204);

        entity["Id"] = 2;
        await service.Shows($"{set}(2)", entity.ToJsonString());
    }

    [DatabaseTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Set_as_raw_values(int id)
    {
        var entity = await Entity("Values", id);
        foreach (var (name, _) in entity)
        {
            if (name == "Id")
                continue;
            using var raw = await service.Send(HttpMethod.Get, $"Values({id})/{name}/$value");
            using var content = new ByteArrayContent(await raw.Content.ReadAsByteArrayAsync());
            using var answer = await service.Send(HttpMethod.Put, $"Values(2)/{name}/$value", content);
            ((int)answer.StatusCode).Should().Be(204, "{0}: {1}", name, await answer.Content.ReadAsStringAsync());
        }

        entity["Id"] = 2;
        await service.Shows("Values(2)", entity.ToJsonString());
    }

    [DatabaseTheory]
    [InlineData("Values", 5)]
    [InlineData("Listings", 4)]
    public async Task Created_and_changed_many_at_once(string set, int count)
    {
        var entities = await Task.WhenAll(Enumerable.Range(1, count).Select(id => Entity(set, id)));
        await Patch(0);
        await Patch(1);

        async Task Patch(int shift)
        {
            var list = new JsonArray();
            for (var i = 0; i < count; i++)
            {
                var entity = entities[(i + shift) % count].DeepClone();
                entity["Id"] = i + 21;
                list.Add(entity);
            }
            (await service.Write("PATCH", set, new JsonObject { ["@context"] = "#$delta", ["value"] = list }.ToJsonString())).Is(204);
            await service.Shows($"{set}?$filter=Id gt 20", list.ToJsonString());
        }
    }

    [DatabaseTheory]
    [InlineData("""{"Flag":1}""", "Flag")]
    [InlineData("""{"Tiny":70000}""", "Tiny")]
    [InlineData("""{"Small":1.5}""", "Small")]
    [InlineData("""{"Number":"1"}""", "Number")]
    [InlineData("""{"Big":9223372036854775808}""", "Big")]
    [InlineData("""{"Price":0.00001}""", "Price")]
    [InlineData("""{"Price":100000000000}""", "Price")]
    [InlineData("""{"Real":1e999}""", "Real")]
    [InlineData("""{"Day":"2023-02-29"}""", "Day")]
    [InlineData("""{"Time":"24:00:00"}""", "Time")]
    [InlineData("""{"Instant":"2024-02-29T25:00:00Z"}""", "Instant")]
    [InlineData("""{"Wait":"1 hour"}""", "Wait")]
    [InlineData("""{"Code":"x"}""", "Code")]
    [InlineData("""{"Bytes":"*"}""", "Bytes")]
    [InlineData("""{"State":"Ajar"}""", "State")]
    [InlineData("""{"Marks":"Red,Black"}""", "Marks")]
    [InlineData("""{"Text":7}""", "Text")]
    public async Task Refused(string body, string target)
    {
        var answer = await service.Write("PATCH", "Values(1)", body);
        answer.Status.Should().Be(400, answer.Body);
        ((string?)JsonNode.Parse(answer.Body)!["error"]!["target"]).Should().Be(target);
    }

    private async Task<JsonObject> Entity(string set, int id) =>
        JsonNode.Parse((await service.Get($"{set}({id})", ("Accept", "application/json;odata.metadata=none"))).Body)!.AsObject();
}

/// <summary>The tables with a column, and with a collection, of every type; writable.</summary>
public abstract class WritableValues(TestDatabase database) : WritableRows(
    database,
    // What is no member of an enumeration can be read, not written.
    [.. KindsTable.All.Select(item => (item.Table, Columns(item.Table), item.Rows.Select(row => row.Select(value => value is "X" ? "C" : value).ToArray()).ToArray())), (ListsTable.Table, Columns(ListsTable.Table), ListsTable.Typed)],
    Definitions)
{
    private static string Definitions
    {
        get
        {
            JsonArray all = [.. JsonNode.Parse(KindsTable.Definitions)!.AsArray().Concat(JsonNode.Parse(ListsTable.Definitions)!.AsArray()).Select(definition => definition!.DeepClone())];
            foreach (var definition in all)
                definition!["allow"] = new JsonObject { ["create"] = true, ["update"] = true, ["delete"] = true };
            return all.ToJsonString();
        }
    }

    private static string[] Columns(TableSchema table) => [.. table.Columns.Select(column => column.Name)];
}

public sealed class SqliteWritableValues() : WritableValues(new SqliteTestDatabase());

public sealed class PostgreSqlWritableValues() : WritableValues(new PostgreSqlTestDatabase());

public sealed class SqlServerWritableValues() : WritableValues(new SqlServerTestDatabase());

public sealed class WrittenValueOnSqlite(SqliteWritableValues service) : WrittenValueCases(service), IClassFixture<SqliteWritableValues>;

[Needs("PostgreSql")]
public sealed class WrittenValueOnPostgreSql(PostgreSqlWritableValues service) : WrittenValueCases(service), IClassFixture<PostgreSqlWritableValues>;

[Needs("SqlServer")]
public sealed class WrittenValueOnSqlServer(SqlServerWritableValues service) : WrittenValueCases(service), IClassFixture<SqlServerWritableValues>;
