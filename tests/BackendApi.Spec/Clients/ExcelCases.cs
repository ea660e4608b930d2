using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using BackendApi.Spec.Shop;

namespace BackendApi.Spec.Clients;

/// <summary>
/// What Excel and Power BI send and what the readers inside them insist on. The requests are those that were seen on the wire, encoded as there.
/// </summary>
public abstract class ExcelCases(ShopService shop)
{
    private readonly Excel _excel = new(shop, Excel.Headers);

    public static readonly TheoryData<string> Feeds = ["without options", "with ODataVersion=4"];

    private Excel Feed(string name) => name == "without options" ? _excel : new(shop, Excel.HeadersOfVersion4);

    // The calls.

    [DatabaseTheory, MemberData(nameof(Feeds))]
    public async Task The_root_then_metadata_then_data(string feed)
    {
        var excel = Feed(feed);

        var root = await excel.AsksForJson("");
        root["value"]!.AsArray().Select(set => (string?)set!["url"]).Should().Contain(["Customers", "Orders"]);

        if (feed == "without options")
        {
            // It names JSON first, and cannot read JSON here.
            var metadata = XDocument.Parse(await excel.Asks("$metadata")).Root!;
            metadata.Name.LocalName.Should().Be("Edmx");
            metadata.Attribute("Version")!.Value.Should().Be("4.0");
        }

        var rows = await excel.Loads("Customers");
        rows.Select(row => (int)row["Id"]!).Should().Equal(1, 2, 3, 4, 5);
    }

    [DatabaseFact]
    public async Task What_is_long_comes_compressed()
    {
        using var response = await shop.Send(HttpMethod.Get, "$metadata", Excel.Headers);

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
        XDocument.Parse(await Excel.Text(response)).Root!.Name.LocalName.Should().Be("Edmx");
    }

    [DatabaseFact]
    public async Task An_error_is_JSON_of_the_same_version()
    {
        using var response = await shop.Send(HttpMethod.Get, "Customers?$filter=Nmae%20eq%201", Excel.Headers);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        response.Headers.NonValidated["OData-Version"].Should().Equal("4.0");
        response.Content.Headers.ContentType!.ToString().Should().Be("application/json");
        ((string?)JsonNode.Parse(await Excel.Text(response))!["error"]!["code"]).Should().Be("UnknownProperty");
    }

    // Context URLs: the older readers refuse Orders().

    [DatabaseTheory]
    [InlineData("Customers", "Customers")]
    [InlineData("Customers(1)", "Customers/$entity")]
    [InlineData("Customers?$expand=Orders", "Customers")]
    [InlineData("Customers?$expand=Orders,Manager", "Customers")]
    [InlineData("Customers?$select=Id%2CName&$expand=Orders", "Customers(Id,Name)")]
    [InlineData("Customers?$select=Id&$expand=Orders($select=Id%2CTotal)", "Customers(Id,Orders(Id,Total))")]
    [InlineData("Customers?$select=Id,Orders&$expand=Orders($select=Id)", "Customers(Id,Orders,Orders(Id))")]
    [InlineData("Customers?$select=Id&$expand=Orders($expand=OrderLines)", "Customers(Id)")]
    [InlineData("Customers(1)/Orders", "Orders")]
    [InlineData("Customers(2)/Manager", "Customers/$entity")]
    [InlineData("Customers(1)/Name", "Customers(1)/Name")]
    public async Task The_context_of(string request, string context) =>
        ((string?)(await _excel.AsksForJson(request))["@odata.context"]).Should().Be($"{shop.Root}$metadata#{context}");

    // Values: each form other than these is refused by the readers.

    [DatabaseFact]
    public async Task Every_declared_value_is_there_and_null_when_there_is_none() =>
        (await _excel.Asks("Customers?$filter=Id%20eq%202")).Should().EndWith(
            """
            "value":[{"Id":2,"Name":"Björn","Country":"SE","Balance":0.0000,"Rating":null,"IsActive":true,"CreatedAt":"2024-02-29T23:59:59Z","Birthday":null,"Opens":null,"Token":"00000002-0000-0000-0000-000000000000","Picture":null,"ManagerId":1}]}
            """);

    [DatabaseFact]
    public async Task An_expanded_entity_that_is_not_there_is_null() =>
        (await _excel.AsksForJson("Customers(1)?$expand=Manager")).AsObject().Should().Contain(member => member.Key == "Manager" && member.Value == null);

    [DatabaseFact]
    public async Task An_expanded_collection_without_members_is_empty() =>
        (await _excel.AsksForJson("Customers(4)?$expand=Orders"))["Orders"]!.AsArray().Should().BeEmpty();

    [DatabaseFact]
    public async Task Nulls_are_left_out_when_it_says_so_and_the_answer_admits_it()
    {
        using var response = await shop.Send(HttpMethod.Get, "Products(3)?$select=Id,Price", [.. Excel.Headers, ("Prefer", "odata.omit-values=nulls")]);

        response.Headers.GetValues("Preference-Applied").Should().Equal("odata.omit-values=nulls");
        (await Excel.Text(response)).Should().EndWith("""/$entity","Id":3}""");
    }

    [DatabaseFact]
    public async Task Other_preferences_of_its_options_do_no_harm() =>
        await _excel.Asks("Products", ("Prefer", "odata.include-annotations=\"*\""));

    [DatabaseTheory]
    [InlineData("Customers(4)/Balance", "99999999999.9999")]
    [InlineData("Customers(5)/Balance", "0.0001")]
    [InlineData("Customers(3)/Balance", "-20.2500")]
    [InlineData("Orders(104)/Total", "0.01")]
    [InlineData("Orders(104)/Id", "104")]
    [InlineData("Customers(1)/IsActive", "true")]
    [InlineData("Customers(1)/Rating", "4.5")]
    [InlineData("Customers(1)/CreatedAt", "\"2024-01-31T10:20:30.123456Z\"")]
    [InlineData("Customers(1)/Birthday", "\"1990-12-31\"")]
    [InlineData("Customers(1)/Opens", "\"08:30:00\"")]
    [InlineData("Customers(1)/Picture", "\"+/8A\"")]
    public async Task A_value_is_written(string request, string json) => (await _excel.Asks(request)).Should().EndWith($"\"value\":{json}}}");

    [DatabaseTheory]
    [InlineData(Excel.UserAgent, "+/8A")]
    [InlineData("Microsoft.OData.Client/7.20.0", "+/8A")]
    [InlineData("SAP/UI5", "-_8A")]
    public async Task Binary_values_are_base64_for_readers_of_its_family_and_base64url_for_others(string agent, string value)
    {
        var (_, _, body) = await shop.Get("Customers(1)?$select=Picture", ("User-Agent", agent));
        ((string?)JsonNode.Parse(body)!["Picture"]).Should().Be(value);
    }

    [DatabaseTheory]
    [InlineData("Orders(104)?$select=Id,Total", """{"Id":"104","Total":"0.01"}""")]
    [InlineData("Customers(2)?$select=Id,Balance", """{"Id":2,"Balance":"0.0000"}""")]
    public async Task Numbers_are_quoted_only_when_it_asks(string request, string members)
    {
        var (_, _, body) = await shop.Get(request, ("OData-MaxVersion", "4.0"), ("Accept", "application/json;odata.metadata=none;IEEE754Compatible=true"));
        body.Should().Be(members);
    }

    [DatabaseFact]
    public async Task A_column_of_few_values_is_a_text_because_readers_drop_enumerations()
    {
        var metadata = XDocument.Parse(await _excel.Asks("$metadata"));
        metadata.Descendants().Single(property => property.Name.LocalName == "Property" && (string?)property.Attribute("Name") == "Status" &&
            (string?)property.Parent!.Attribute("Name") == "Orders").Attribute("Type")!.Value.Should().Be("Edm.String");
    }

    [DatabaseFact]
    public async Task Every_decimal_declares_its_digits_and_every_instant_its_fraction()
    {
        var properties = XDocument.Parse(await _excel.Asks("$metadata")).Descendants().Where(element => element.Name.LocalName == "Property").ToList();

        properties.Where(property => (string?)property.Attribute("Type") == "Edm.Decimal").Should().NotBeEmpty()
            .And.OnlyContain(property => property.Attribute("Precision") != null && property.Attribute("Scale") != null);
        properties.Where(property => (string?)property.Attribute("Type") == "Edm.DateTimeOffset").Should().NotBeEmpty()
            .And.OnlyContain(property => property.Attribute("Precision") != null);
    }

    [DatabaseTheory]
    [InlineData("Customers(1)/Name/$value", "Ada")]
    [InlineData("Customers(4)/Balance/$value", "99999999999.9999")]
    [InlineData("Customers(1)/Balance/$value", "1250.5000")]
    [InlineData("Customers(1)/CreatedAt/$value", "2024-01-31T10:20:30.123456Z")]
    public Task A_raw_value(string request, string text) => shop.AnswersText(request, text);

    // What becomes part of the request.

    [DatabaseTheory]
    [InlineData("its columns", "Products?$select=Id%2CName&%24top=1", "1")]
    [InlineData("a preview", "Products?%24top=1000&$select=Id", "1 2 3 4")]
    [InlineData("an order", "Products?$orderby=Name%20desc%2CId&$select=Id", "2 1 3 4")]
    [InlineData("an instant with its offset", "Customers?$filter=CreatedAt%20gt%202021-02-03T00%3A00%3A00%2B01%3A00&$select=Id", "1 2 3 4")]
    [InlineData("rows that are skipped", "Products?$orderby=Id&$skip=2&%24top=2&$select=Id", "3 4")]
    [InlineData("what a text contains", "Products?$filter=contains(Name%2C%27amp%27)&$select=Id", "1 2")]
    [InlineData("what a text begins with", "Products?$filter=startswith(tolower(Name)%2C%27lamp%27)%20eq%20true&$select=Id", "1 2")]
    [InlineData("a null", "Products?$filter=Price%20eq%20null&$select=Id", "3")]
    [InlineData("several values", "Products?$filter=Id%20eq%201%20or%20Id%20eq%203&$select=Id", "1 3")]
    [InlineData("a comparison in parentheses", "Products?$filter=(Price%20ge%205%20and%20Price%20lt%2020.0)&$select=Id", "1 2")]
    [InlineData("columns of another table", "Customers?$select=Id&$expand=Manager($select=Name)&%24top=2", "1 2")]
    public async Task Folds(string what, string request, string keys)
    {
        var rows = await _excel.Loads(request);
        string.Join(' ', rows.Select(row => row["Id"]!.ToJsonString())).Should().Be(keys, what);
    }

    [DatabaseFact]
    public async Task A_preview_of_more_than_there_is_has_no_next_link() =>
        (await _excel.AsksForJson("Products?%24top=1000"))["@odata.nextLink"].Should().BeNull();

    [DatabaseFact]
    public async Task A_value_that_is_null_may_be_asked_for_once_more()
    {
        using var value = await shop.Send(HttpMethod.Get, "Products(3)/Price", Excel.Headers);
        using var entity = await shop.Send(HttpMethod.Get, "Customers(1)/Manager", Excel.Headers);

        value.StatusCode.Should().Be(HttpStatusCode.NoContent);
        entity.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    /// <summary>A partition each month of 26 years, bounds between which every instant falls once, as an incremental refresh asks for them one after the other.</summary>
    [DatabaseFact]
    public async Task Every_row_falls_into_one_partition_of_an_incremental_refresh()
    {
        var keys = new List<int>();
        // The first bound is the very instant of a row, in another offset.
        var start = new DateTimeOffset(1999, 1, 1, 1, 0, 0, TimeSpan.FromHours(1));
        for (var month = 0; month < 26 * 12; month++)
        {
            var rows = await _excel.Loads($"Customers?$filter=CreatedAt%20ge%20{Bound(start.AddMonths(month))}%20and%20CreatedAt%20lt%20{Bound(start.AddMonths(month + 1))}&$select=Id");
            keys.AddRange(rows.Select(row => (int)row["Id"]!));
        }
        keys.Should().BeEquivalentTo([1, 2, 3, 4, 5]);

        static string Bound(DateTimeOffset instant) => Uri.EscapeDataString(instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    /// <summary>A list of chosen values makes a long filter. The server takes request lines of 8 KB.</summary>
    [DatabaseFact]
    public async Task A_URL_of_nearly_eight_thousand_characters_is_answered()
    {
        var filter = string.Join("%20or%20", Enumerable.Range(1, 370).Select(i => $"Id%20eq%20{i}"));
        filter.Length.Should().BeInRange(7_000, 7_900);

        (await _excel.Loads($"Customers?$filter={filter}&$select=Id")).Should().HaveCount(5);
    }

    /// <summary>What is longer goes into a body.</summary>
    [DatabaseFact]
    public async Task And_a_longer_one_in_the_body_of_a_query()
    {
        var filter = string.Join("%20or%20", Enumerable.Range(1, 400).Select(i => $"Id%20eq%20{i}"));
        using var query = new StringContent($"$filter={filter}&$select=Id", Encoding.UTF8, "text/plain");
        using var response = await shop.Send(HttpMethod.Post, "Customers/$query", query, Excel.Headers);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.NonValidated["OData-Version"].Should().Equal("4.0");
        JsonNode.Parse(await Excel.Text(response))!["value"]!.AsArray().Should().HaveCount(5);
    }
}
