using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BackendApi.Support;

namespace BackendApi.Spec.Batch;

/// <summary>POSTs that follow each other in a change set are carried out together; nobody but the database notices.</summary>
public abstract partial class SeriesCases(ShelfShop shop)
{
    private const int Count = 400;

    [DatabaseFact]
    public async Task POSTs_to_one_set_are_one_INSERT()
    {
        await shop.ResetAsync();
        var posts = Enumerable.Range(100, 50).Select(id => new ChangeSetGrammar.Operation(
            id.ToString(CultureInfo.InvariantCulture), "POST", "Items", $$"""{"Id":{{id}},"Title":"item","Price":1.25,"Version":1,"ShelfId":1}""", [("Content-Type", "application/json")])).ToArray();

        var (answer, statements) = await Send([posts]);

        BatchText.Statuses(answer).Should().Be(string.Join(' ', Enumerable.Repeat("201", 50)), answer);
        statements.Should().ContainSingle(statement => statement.Contains("INSERT INTO", StringComparison.Ordinal));
        statements.Should().HaveCountLessThan(5);
        answer.Should().Contain("Content-ID: 149\n\nHTTP/1.1 201 Created\n").And.Contain("Location: {root}Items(149)\n").And.Contain("\"Id\":149,\"Title\":\"item\"");
    }

    [DatabaseFact]
    public async Task A_series_ends_before_the_POST_that_refers_to_one_of_it()
    {
        await shop.ResetAsync();
        var posts = Enumerable.Range(1, 6).Select(number => new ChangeSetGrammar.Operation(
            number.ToString(CultureInfo.InvariantCulture), "POST", "Nodes", $$"""{"Code":"n{{number}}","Parent@odata.bind":"{{(number == 4 ? "$2" : "Nodes('a')")}}"}""", [("Content-Type", "application/json")])).ToArray();

        var (answer, statements) = await Send([posts]);

        BatchText.Statuses(answer).Should().Be("201 201 201 201 201 201", answer);
        statements.Where(statement => statement.Contains("INSERT INTO", StringComparison.Ordinal)).Should().HaveCount(2);
        await shop.Shows("Nodes?$select=ParentCode&$filter=Code eq 'n4'", """[{"ParentCode":"n2"}]""");
    }

    [DatabaseFact]
    public async Task A_row_that_the_database_refuses_is_named_as_if_it_had_come_alone()
    {
        await shop.ResetAsync();
        var posts = ((int[])[100, 101, 1, 102]).Select(id => new ChangeSetGrammar.Operation(
            $"{id}", "POST", "Items", $$"""{"Id":{{id}},"Title":"item","Price":1.25,"Version":1}""", [("Content-Type", "application/json")])).ToArray();
        var before = await shop.RowsAsync();

        var (answer, _) = await Send([posts]);

        BatchText.Statuses(answer).Should().Be("409", answer);
        answer.Should().Contain("Content-ID: 1\n\nHTTP/1.1 409 Conflict\n");
        (await shop.RowsAsync()).Should().Be(before);
    }

    [DatabaseTheory]
    [InlineData("Items", "representation")]
    [InlineData("Items", "minimal")]
    [InlineData("PlainItems", "minimal")]
    public async Task Every_POST_is_told_the_tag_of_its_row(string set, string preference)
    {
        await shop.ResetAsync();
        var operations = Enumerable.Range(100, 8).SelectMany(id => (ChangeSetGrammar.Operation[])
        [
            new($"{id}", "POST", set, $$"""{"Id":{{id}},"Title":"item","Price":{{id}},"Version":{{id % 3}}}""", [("Content-Type", "application/json"), ("Prefer", "return=" + preference)]),
            new($"{id}0", "PATCH", $"{set}({id})", """{"Title":"changed"}""", [("Content-Type", "application/json"), ("If-Match", $"${id}")]),
        ]).OrderBy(operation => operation.Method == "PATCH").ToArray();

        var (answer, statements) = await Send([operations]);

        var created = preference == "minimal" ? "204" : "201";
        BatchText.Statuses(answer).Should().Be(string.Join(' ', Enumerable.Repeat(created, 8).Concat(Enumerable.Repeat("204", 8))), answer);
        statements.Should().ContainSingle(statement => statement.Contains("INSERT INTO", StringComparison.Ordinal));
    }

    /// <summary>The same requests, once as they are and once with a header that tells each from the others: the answers and the rows are the same.</summary>
    [DatabaseFact]
    public async Task Together_is_as_one_after_the_other()
    {
        var statuses = new Dictionary<string, int>();
        var (together, apart) = (0, 0);
        var inserts = 0;
        var defects = new List<string>();
        using var listener = shop.Observations.Listen(observed =>
        {
            if (observed is StatementExecuted { Text: var text } && text.Contains("INSERT INTO", StringComparison.Ordinal) && !(text.StartsWith("INSERT INTO", StringComparison.Ordinal) && text.Contains("backend_audit", StringComparison.Ordinal)))
                inserts++;
            else if (observed is RequestFailed failed)
                defects.Add($"{failed.Method} {failed.Path}: {failed.Cause}");
        });
        for (var number = 0; number < Count; number++)
        {
            var isJson = number % 2 == 0;
            var groups = new ChangeSetGrammar(new Random(unchecked((int)((uint)(20_261_121 + number) * 2_654_435_761)))).Next(isJson);
            var outcomes = new List<string>();
            foreach (var isApart in (bool[])[false, true])
            {
                await shop.ResetAsync();
                inserts = 0;
                var answer = isJson
                    ? Ordered(JsonNode.Parse(await shop.Batch(ChangeSetGrammar.Json(groups, isApart), "application/json"))!)
                    : Heads().Replace(await shop.Batch(ChangeSetGrammar.Multipart(groups, isApart), "multipart/mixed;boundary=b"), head => string.Join('\n', head.Value.Split('\n').Order(StringComparer.Ordinal)));
                outcomes.Add(answer + "\n" + await shop.RowsAsync());
                if (isApart)
                    apart += inserts;
                else
                    together += inserts;
                foreach (var status in BatchText.Statuses(answer).Split(' '))
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
            outcomes[0].Should().Be(outcomes[1], "it is what {0} says one by one: {1}", number, ChangeSetGrammar.Multipart(groups, isApart: false));
        }
        defects.Should().BeEmpty();
        together.Should().BeLessThan(apart * 3 / 4);
        statuses.Keys.Should().Contain(["201", "204", "400", "404", "409", "412"]).And.NotContain(["500", "503"]);
    }

    private async Task<(string Answer, List<string> Statements)> Send(IReadOnlyList<ChangeSetGrammar.Operation>[] groups)
    {
        var statements = new List<string>();
        using var listener = shop.Observations.Listen(observed =>
        {
            if (observed is StatementExecuted { Text: var text } && !text.Contains("backend_audit", StringComparison.Ordinal))
                statements.Add(text);
        });
        return (await shop.Batch(ChangeSetGrammar.Multipart(groups, isApart: false), "multipart/mixed;boundary=b"), statements);
    }

    /// <summary>Headers have no order.</summary>
    private static string Ordered(JsonNode answer)
    {
        foreach (var response in answer["responses"]!.AsArray())
        {
            var headers = response!["headers"]!.AsObject().OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => KeyValuePair.Create(header.Key, header.Value?.DeepClone())).ToList();
            response["headers"] = new JsonObject(headers);
        }
        return answer.ToJsonString();
    }

    [GeneratedRegex("(?<=HTTP/1.1 [^\n]+\n)([A-Za-z-]+: [^\n]*\n)+")]
    private static partial Regex Heads();
}

public sealed class SeriesOnSqlite(ShelfShopOnSqlite shop) : SeriesCases(shop), IClassFixture<ShelfShopOnSqlite>;

[Needs("PostgreSql")]
public sealed class SeriesOnPostgreSql(ShelfShopOnPostgreSql shop) : SeriesCases(shop), IClassFixture<ShelfShopOnPostgreSql>;

[Needs("SqlServer")]
public sealed class SeriesOnSqlServer(ShelfShopOnSqlServer shop) : SeriesCases(shop), IClassFixture<ShelfShopOnSqlServer>;
