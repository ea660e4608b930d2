using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Parse.DataExchange;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.Support;
using BackendApi.Testing;
using BackendApi.Tests.Plan;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Injection;

/// <summary>
/// Whatever a client, a claim or a definition gives as a value, the text of the statements is the one that a harmless value leads to, in every dialect: values are parameters. § stands for
/// the value.
/// </summary>
public sealed class HostileValuesTests
{
    private const int Rounds = 150;
    /// <summary>Each makes a model.</summary>
    private const int ModelRounds = 30;

    private static readonly DataExchangeLimits Limits = new(PageRows: 5000, ListItems: 100, Depth: 6);

    private static readonly ModelSnapshot Structured = Shop.Build(ReferenceModel.Definitions, ReferenceModel.Tables.Select(item => item.Table));

    private static readonly string[] OfTheShop =
    [
        "Customers?$filter=Name eq '§' or contains(Name,'§') or startswith(tolower(Name),'§') or not endswith(Name,'§')",
        "Customers?$filter=indexof(Name,'§') gt 1 and concat(Name,'§') ne '§' and Country in ('a','§')", "Customers?$filter=Name eq @p and Country in @q&@p='§'&@q=['§']",
        "Customers?$search=\"§\"&$count=true", "Customers?$orderby=concat(Name,'§') desc&$top=2", "Customers?$compute=concat(Name,'§') as More&$filter=More ne '§'&$select=More",
        "Customers?$apply=filter(Name eq '§')/groupby((Country),aggregate(Balance with sum as S))&$filter=S gt 1", "Customers?$expand=Orders($filter=Status eq '§';$search=\"§\";$orderby=Status eq '§')",
        "Products(Sku='§')", "Products(Sku=@k)/Tags?@k='§'", "Orders?$filter=OrderLines/any(l:l/Product/Name eq '§')", "Customers/$filter(@f)/$count?@f=Name eq '§'",
        "Customers?$filter=case(Name eq '§':'§',true:'x') eq '§'", "Customers?$filter=cast('§',Edm.Int32) eq 1 or cast(Name,Edm.String) eq '§'",
        "$crossjoin(Customers,Tags)?$filter=Customers/Name eq '§'", "Orders?$apply=search(\"§\")/aggregate($count as N)", "Orders?$apply=join(OrderLines as L,filter(Product/Name eq '§'))",
    ];

    private static readonly string[] OfStructures =
    [
        "Customers?$filter=Address eq {\"City\":\"§\"} or Address/City eq '§'", "Customers?$filter='§' in Tags or hassubset(Tags,['§']) or Tags/any(t:t eq '§') or Tags eq ['§','a']",
        "Customers?$select=Tags($filter=contains($it,'§');$search=\"§\")", "Customers/BackendApi.VipCustomer?$filter=Perks/any(p:p/Name eq '§')",
    ];

    private static readonly string[] OfDataExchange = ["customers?filter[customers.Name]=§", "orders?filter[orders.Status]=§&filter[orders.CustomerId]=1&include=Customer,OrderLines", "customers?filter[customers.Country]={\"in\":[\"§\",\"b\"]}"];

    [Fact]
    public void Of_a_text_in_a_URL()
    {
        var random = new Random(3);
        foreach (var (model, requests) in ((ModelSnapshot, string[])[])[(Shop.Model, OfTheShop), (Structured, OfStructures)])
            foreach (var request in requests)
            {
                var expected = Texts(Shop.Plan(model, Url(request, "lamp")));
                for (var round = 0; round < Rounds; round++)
                    if (Hostile.Next(random) is var value && !IsRefused(request, value))
                        ShouldBe(() => Shop.Plan(model, Url(request, value)), expected, request, value);
            }
    }

    [Fact]
    public void Of_a_filter_of_the_Data_Exchange_dialect()
    {
        var random = new Random(4);
        foreach (var request in OfDataExchange)
        {
            var expected = Texts(DataExchange("lamp"));
            for (var round = 0; round < Rounds; round++)
                // What begins as JSON is read as JSON.
                if (Hostile.Next(random) is var value && !value.StartsWith('{') && !value.Contains('\0'))
                    ShouldBe(() => DataExchange(value), expected, request, value);

            ReadPlan DataExchange(string value)
            {
                var text = request.Contains('{', StringComparison.Ordinal) ? System.Text.Json.JsonEncodedText.Encode(value).ToString() : value;
                var (path, query) = request.Split('?') is [var before, var after] ? (before, after) : (request, "");
                return Planner.Plan(Shop.Model, DataExchangeUrl.Parse(Shop.Model, path, query.Replace("§", Uri.EscapeDataString(text), StringComparison.Ordinal), Limits), new(100, 5000, 6));
            }
        }
    }

    [Fact]
    public void Of_a_claim_or_a_text_in_a_row_filter()
    {
        var random = new Random(5);
        foreach (var filter in (string[])["Country eq @country", "contains(Name,@country) or Name eq @name", "Orders/any(o:o/Status eq @country)", "Name ne '§'"])
        {
            var expected = Texts(Shop.Plan(Seen("lamp"), "Customers?$expand=Orders&$orderby=Name"));
            for (var round = 0; round < ModelRounds; round++)
                if (Hostile.Next(random).Replace("\0", "", StringComparison.Ordinal) is var value)
                    ShouldBe(() => Shop.Plan(Seen(value), "Customers?$expand=Orders&$orderby=Name"), expected, filter, value);

            ModelSnapshot Seen(string value)
            {
                var grant = new SetGrant(Verbs.All, ColumnMask.All, ColumnMask.All, filter.Replace("§", value.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal));
                var role = new Role("r", HasAllRights: false, [("Customers", grant), ("Orders", grant with { RowFilter = null })]);
                return Shop.Model.For(new(value, CallerKind.User) { Permissions = Permissions.Of([role]), Claims = new Dictionary<string, string> { ["country"] = value } });
            }
        }
    }

    [Fact]
    public void Of_a_definition()
    {
        var random = new Random(6);
        var expected = Defined("lamp");
        for (var round = 0; round < 2 * ModelRounds; round++)
        {
            var value = Hostile.Next(random).Replace("\0", "", StringComparison.Ordinal);
            Defined(value).Should().Equal(expected, "the value is {0}", value);
        }
    }

    /// <summary>Of texts that stand where the grammar has no literal: they are refused, or nothing of them is in a statement.</summary>
    [Fact]
    public void What_is_no_literal_is_no_part_of_a_statement_either()
    {
        var random = new Random(7);
        string[] places =
        [
            "§", "Customers(§)", "Customers/§", "Customers?$filter=§", "Customers?$filter=Id eq §", "Customers?$filter=§ eq 1", "Customers?$orderby=§", "Customers?$orderby=Name §", "Customers?$select=§", "Customers?$expand=§",
            "Customers?$expand=Orders(§)", "Customers?$search=§", "Customers?$top=§", "Customers?$skip=§", "Customers?$apply=§", "Orders?$apply=aggregate(Total with sum as §)", "Orders?$apply=groupby((Status),aggregate(Total with sum as §))&$orderby=§",
            "Customers?$compute=Id add 1 as §&$filter=§ gt 1&$orderby=§", "Customers?$filter=Name eq @§&@§='a'", "Customers?$filter=Orders/any(§:§/Total gt 1)", "$crossjoin(Customers,§)", "Customers?$filter=CreatedAt gt §", "Customers?$filter=Token eq §",
            "Customers?$filter=Payload eq binary'§'", "Customers?$filter=duration'§' gt duration'PT1H'", "Customers?$count=§", "Customers?$filter=Id in (§)", "Customers?$filter=cast(Name,§) eq 1", "Orders?$apply=join(OrderLines as §)&$orderby=§/Quantity",
        ];
        var planned = 0;
        foreach (var place in places)
            for (var round = 0; round < Rounds; round++)
            {
                var value = round % 5 == 0 ? Hostile.Canary : Hostile.Next(random, 5);
                try
                {
                    foreach (var text in Texts(Shop.Plan(Url(place, value, isLiteral: false))))
                        text.Should().NotContain(Hostile.Canary, "{0} with {1}", place, value);
                    planned++;
                }
                catch (ServiceException)
                {
                    // Refused.
                }
            }
        planned.Should().BeGreaterThan(Rounds);
    }

    /// <summary>A key in quotes with a slash in it and the like are read, but a NUL or half a character is no text.</summary>
    private static bool IsRefused(string request, string value) => value.Contains('\0') || (request.Contains("\"§\"", StringComparison.Ordinal) && (value.Contains('"') || value.Contains('\\')));

    private static List<string> Defined(string value)
    {
        var quoted = value.Replace("'", "''", StringComparison.Ordinal);
        var definitions = ((EndpointDefinition[])
        [
            new()
            {
                Alias = "customers", Table = "customer", Filter = $"Name ne '{quoted}'", Allow = new(true, true, true), Relations = [],
                Rules = [new($"Name ne '{quoted}' or Country eq '{quoted}'", value)],
                Fields =
                [
                    new() { Column = "id", Name = "Id" }, new() { Column = "name", Name = "Name", Transform = [new() { Compute = $"concat(Country,'{quoted}')" }] }, new() { Column = "country", Name = "Country", Example = value, Description = value },
                ],
            },
            new()
            {
                Alias = "tags", Table = "tag", Relations = [],
                Fields = [new() { Column = "id", Name = "Id" }, new() { Column = "name", Name = "Name", Type = "enum", Members = [new("Open", value), new("Closed", "closed")], Transform = [new() { Default = "Open" }] }],
            },
        ]);
        var built = ModelBuilder.Build(1, definitions, ShopTables.All.ToDictionary(item => item.Table.Name, item => item.Table), new());
        built.Mistakes.Should().BeEmpty("the value is {0}", value);
        var model = built.Snapshot!;
        var customers = model.EntitySets["Customers"];
        var (type, computed) = customers.Computed.Single();
        return
        [
            .. Texts(Shop.Plan(model, "Customers?$count=true")), .. Texts(Shop.Plan(model, Url("Tags?$filter=Name eq 'Open' or Name in ('Closed','Open')&$orderby=Name", ""))),
            .. Shop.Dialects.SelectMany(dialect => (string[])[SqlWriter.Write(WriteSelects.Broken(model, customers, [[1]]), dialect).Text, SqlWriter.Write(WriteSelects.Computed(model, customers, type, computed, [[1]]), dialect).Text]),
        ];
    }

    private static void ShouldBe(Func<ReadPlan> plan, List<string> expected, string request, string value)
    {
        var texts = Texts(plan());
        if (!texts.SequenceEqual(expected))
            texts.Should().Equal(expected, "{0} with {1}", request, value);
    }

    private static string Url(string request, string value, bool isLiteral = true)
    {
        var isJson = request.Contains("{\"City\"", StringComparison.Ordinal);
        var inner = !isLiteral ? value : isJson ? value.Replace("'", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal) : value.Replace("'", "''", StringComparison.Ordinal);
        return request.Replace(" ", "%20", StringComparison.Ordinal).Replace("§", Uri.EscapeDataString(inner), StringComparison.Ordinal);
    }

    private static List<string> Texts(ReadPlan plan) => [.. Shop.Dialects.SelectMany(dialect => Shop.Statements(plan, dialect)).Select(statement => statement.Text)];
}
