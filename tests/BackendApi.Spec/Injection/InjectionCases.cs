using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Access.Rights;
using BackendApi.Spec.Rights;

namespace BackendApi.Spec.Injection;

/// <summary>Hostile texts in every place of a request, over tables with hostile names: nothing that is hidden is shown or changed, and what is stored is the text as it was sent.</summary>
public abstract class InjectionCases(HostileShop shop) : IAsyncLifetime
{
    private const int Rounds = 500;

    private static readonly string[] Parts =
    [
        "\"", "'", "''", "`", "[", "]", ";", "--", "/*", "*/", "\\", "%", "_", "{0}", "{1}", "$1", "?1", "@p0", ":p", "$$", "E'", "\u2019", "\u02bc", "\uff07", "\u201d", "\u202e", "\n", "\t", "(", ")", ",", "||", " OR 1=1 --", "; DROP TABLE vault; --",
        "'; DELETE FROM vault; --", "\"; DELETE FROM vault; --", "' UNION SELECT id, word, word, word FROM vault --", "') OR ('1'='1", "(SELECT word FROM vault)", "a", "é", "\ud83d\ude00",
    ];

    /// <summary>§ is a text in quotes, ¤ stands where the grammar wants something else.</summary>
    private static readonly string[] Reads =
    [
        "Customers?$filter=Name eq '§' or contains(Note,'§') or Kind in ('§','b')&$orderby=concat(Name,'§')&$count=true", "Customers?$search=\"§\"", "Customers?$compute=concat(Name,'§') as More&$filter=More ne 'x'",
        "Customers(Name='§')", "Customers(¤)", "Customers/¤", "Orders?$filter=Customer/Name ne '§'&$expand=Customer($filter=Note eq '§')", "Orders?$apply=groupby((Customer/Name,Text),aggregate($count as N))/filter(Text ne '§')",
        "Orders?$apply=groupby((¤))", "Customers?$orderby=¤", "Customers?$filter=¤", "Customers?$filter=Id eq ¤", "Customers?$select=¤", "Customers?$expand=¤", "Customers?$skiptoken=¤", "Customers?$deltatoken=¤", "Customers?$top=¤",
        "Customers/$filter(@f)?@f=Name ne '§'", "$crossjoin(Customers,Orders)?$filter=Customers/Id eq Orders/CustomerId and Orders/Text ne '§'", "$all?$search=\"§\"", "$entity?$id=Customers('§')", "Customers?$filter=Orders/any(o:o/Text ne '§')",
        "/dynamic-entity/customers?filter[customers.Name]=¤", "/dynamic-entity/customers?filter[customers.¤]=1", "/dynamic-entity/customers/¤", "/dynamic-entity/¤", "/dynamic-entity/customers?include=¤", "/dynamic-entity/orders?filter[orders.Text]={\"in\":[\"¤\"]}",
        "/dynamic-entity/customers?page[limit]=¤", "¤", "Customers(1)/Orders(¤)/$ref",
    ];

    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task Nothing_hidden_is_read_or_changed_by_a_read()
    {
        var random = new Random(11);
        var (hidden, open) = (await shop.HiddenAsync(), await shop.OpenAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var template = Reads[round % Reads.Length];
            var text = Next(random);
            var request = template.Replace(" ", "%20", StringComparison.Ordinal).Replace("§", Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal)), StringComparison.Ordinal)
                .Replace("¤", Uri.EscapeDataString(text), StringComparison.Ordinal);

            var answer = await shop.Write("GET", request);

            answer.Status.Should().BeLessThan(500 + (answer.Status == 501 ? 2 : 0), "{0} answered {1}", request, answer.Body);
            answer.Body.Should().NotContain(HostileShop.Secret, request).And.NotContain("gold", request);
        }
        (await shop.HiddenAsync()).Should().Be(hidden);
        (await shop.OpenAsync()).Should().Equal(open);
    }

    [DatabaseFact]
    public async Task What_is_stored_is_what_was_sent()
    {
        var random = new Random(12);
        var hidden = await shop.HiddenAsync();
        for (var round = 0; round < Rounds / 2; round++)
        {
            var text = $"{Next(random)} {round}";
            var json = JsonSerializer.Serialize(text);
            var (method, request, body, read) = (round % 6) switch
            {
                0 => ("POST", "Customers", $$"""{"Id":{{100 + round}},"Name":{{json}},"Kind":"open","Orders":[{"Id":{{1000 + round}},"Text":{{json}}}]}""", $"Customers({100 + round})?$select=Name"),
                1 => ("PATCH", "Customers(1)", $$"""{"Name":{{json}},"Note":{{json}}}""", "Customers(1)?$select=Name"),
                2 => ("PUT", "Customers(2)", $$"""{"Name":{{json}},"Kind":"open"}""", "Customers(2)?$select=Name"),
                3 => ("POST", "/dynamic-entity/customers", $$"""{"data":[{"Id":{{100 + round}},"Name":{{json}},"Kind":"open"}]}""", $"Customers({100 + round})?$select=Name"),
                4 => ("PATCH", "Customers/$filter(Id%20eq%201)/$each", $$"""{"Name":{{json}}}""", "Customers(1)?$select=Name"),
                _ => ("PATCH", "Customers", $$"""{"@context":"#$delta","value":[{"Id":1,"Name":{{json}}}]}""", "Customers(1)?$select=Name"),
            };

            var answer = await shop.Write(method, request, body);
            var stored = await shop.Write("GET", read);

            answer.Status.Should().BeInRange(200, 299, "{0} {1} {2} answered {3}", method, request, body, answer.Body);
            ((string?)JsonNode.Parse(stored.Body)!["Name"]).Should().Be(text);
            answer.Body.Should().NotContain(HostileShop.Secret);
            (await shop.Write("GET", $"Customers/$count?$filter=Name%20eq%20'{Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal))}'")).Body.Should().Be("1");
        }
        (await shop.HiddenAsync()).Should().Be(hidden);
    }

    [DatabaseFact]
    public async Task Conditions_headers_and_names_in_bodies_reach_no_statement()
    {
        var random = new Random(13);
        var (hidden, open) = (await shop.HiddenAsync(), await shop.OpenAsync());
        for (var round = 0; round < Rounds / 4; round++)
        {
            var text = Next(random);
            var (json, header) = (JsonSerializer.Serialize(text), Uri.EscapeDataString(text));
            var answer = (round % 5) switch
            {
                0 => await shop.Write("PATCH", "Customers(1)", """{"Note":"b"}""", ("If-Match", $"\"{header}\"")),
                1 => await shop.Write("PATCH", "Customers(1)", $$"""{{{json}}:1}""", ("Prefer", "validate-only")),
                2 => await shop.Write("POST", "Customers", $$"""{"Id":{{json}},"Name":"n","Kind":"open"}""", ("Idempotency-Key", $"\"{header}\"")),
                3 => await shop.Write("PATCH", "Orders(1)", $$"""{"Customer@odata.bind":{{JsonSerializer.Serialize($"Customers({text})")}}}""", ("Prefer", "validate-only")),
                _ => await shop.Write("DELETE", $"/dynamic-entity/customers?filter[customers.Name]={header}", null, ("Prefer", "validate-only")),
            };
            answer.Status.Should().NotBe(500, answer.Body);
            answer.Body.Should().NotContain(HostileShop.Secret);
        }
        (await shop.HiddenAsync()).Should().Be(hidden);
        (await shop.OpenAsync()).Should().Equal(open);
    }

    /// <summary>Names of keys, roles and sets in requests for rights, and texts in row filters.</summary>
    [DatabaseFact]
    public async Task A_row_filter_is_an_expression_and_no_text()
    {
        var random = new Random(14);
        for (var round = 0; round < 20; round++)
        {
            var text = Next(random).Replace("'", "''", StringComparison.Ordinal);
            var caller = await RestrictedCaller.OfAsync(shop, [RestrictedCaller.May("Customers", Verbs.Read, filter: $"Name eq '{text}' or Id eq 1 or Name eq @name")]);

            var answer = await caller.Get("Customers?$select=Id", ("Accept", "application/json;odata.metadata=none"));

            answer.Status.Should().Be(200, answer.Body);
            answer.Body.Should().Be("""{"value":[{"Id":1}]}""");
        }
    }

    private static string Next(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Parts[random.Next(Parts.Length)]));
}

public sealed class InjectionOnSqlite(SqliteHostileShop shop) : InjectionCases(shop), IClassFixture<SqliteHostileShop>;

[Needs("PostgreSql")]
public sealed class InjectionOnPostgreSql(PostgreSqlHostileShop shop) : InjectionCases(shop), IClassFixture<PostgreSqlHostileShop>;

[Needs("SqlServer")]
public sealed class InjectionOnSqlServer(SqlServerHostileShop shop) : InjectionCases(shop), IClassFixture<SqlServerHostileShop>;
