using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace BackendApi.Spec.DataExchange;

/// <summary><c>/dynamic-entity</c>, as Spryker's clients ask it.</summary>
public abstract class DataExchangeCases<TDatabase>(CountryService<TDatabase> service)
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public Task A_collection_is_data_in_the_order_of_the_key_with_every_field_under_its_visible_name() => Answers(
        "countries?page[limit]=3",
        """
        {"data":[
        {"id_country":1,"iso2_code":"AT","name":"Austria","is_member":true,"vat":20.00},
        {"id_country":2,"iso2_code":"CH","name":"Switzerland","is_member":false,"vat":8.10},
        {"id_country":3,"iso2_code":"DE","name":null,"is_member":true,"vat":null}]}
        """);

    [DatabaseFact]
    public Task One_entity_is_data_too() => Answers("countries/2", """{"data":{"id_country":2,"iso2_code":"CH","name":"Switzerland","is_member":false,"vat":8.10}}""");

    [DatabaseFact]
    public Task A_visible_name_that_is_no_identifier_is_kept() => Answers("regions/11", """{"data":{"id_region":11,"fk_country":1,"region-code":"AT-6"}}""");

    [DatabaseFact]
    public Task A_key_of_several_columns_is_written_with_commas() => Answers("rates/AT-9,a%2Cb", """{"data":{"Iso2Code":"AT-9","Kind":"a,b","Percent":1}}""");

    [DatabaseTheory]
    [InlineData("countries", "1 2")]
    [InlineData("countries?page[offset]=1", "2 3")]
    [InlineData("countries?page[limit]=1", "1")]
    [InlineData("countries?page[offset]=2&page[limit]=3", "3 4")]
    [InlineData("countries?page%5Boffset%5D=3&page%5Blimit%5D=1", "4")]
    [InlineData("countries?page[offset]=4", "")]
    [InlineData("countries?filter[countries.iso2_code]=DE", "3")]
    [InlineData("countries?filter[countries.iso2_code]=de", "")]
    [InlineData("countries?filter[countries.is_member]=true&filter[countries.vat]=20", "1 4")]
    [InlineData("countries?filter[countries.is_member]=0", "2")]
    [InlineData("countries?filter[countries.iso2_code]={\"in\":[\"FR\",\"CH\",\"XX\"]}", "2 4")]
    [InlineData("countries?filter[countries.id_country]={\"in\":[4,\"3\"]}", "3 4")]
    [InlineData("countries?filter[countries.id_country]={\"in\":[]}", "")]
    [InlineData("countries?filter[countries.name]=", "")]
    public async Task Filters_and_pages_choose_rows(string request, string ids)
    {
        var (status, body) = await Get(request);

        status.Should().Be(HttpStatusCode.OK, body);
        using var document = JsonDocument.Parse(body);
        string.Join(' ', document.RootElement.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id_country").GetInt32())).Should().Be(ids);
    }

    [DatabaseFact]
    public Task Children_stand_in_their_parent_under_the_name_of_the_relation() => Answers(
        "countries?include=country-regions&page[limit]=3&filter[countries.id_country]={\"in\":[1,2]}",
        """
        {"data":[
        {"id_country":1,"iso2_code":"AT","name":"Austria","is_member":true,"vat":20.00,"country-regions":[
        {"id_region":11,"fk_country":1,"region-code":"AT-6"},{"id_region":12,"fk_country":1,"region-code":"AT-9"}]},
        {"id_country":2,"iso2_code":"CH","name":"Switzerland","is_member":false,"vat":8.10,"country-regions":[]}]}
        """);

    [DatabaseFact]
    public Task Children_of_one_entity() => Answers(
        "countries/1?include=country-regions",
        """
        {"data":{"id_country":1,"iso2_code":"AT","name":"Austria","is_member":true,"vat":20.00,"country-regions":[
        {"id_region":11,"fk_country":1,"region-code":"AT-6"},{"id_region":12,"fk_country":1,"region-code":"AT-9"}]}}
        """);

    [DatabaseFact]
    public Task A_relation_to_one_entity_is_an_array_too_and_chains_go_on_from_there() => Answers(
        "places/12?include=country.places",
        """
        {"data":{"id":12,"name":"Wien","country":[{"id":1,"since":"1995-01-01","places":[{"id":11,"name":"Steiermark"},{"id":12,"name":"Wien"}]}]}}
        """);

    [DatabaseFact]
    public Task More_children_than_a_page_holds_are_refused_because_nothing_could_say_that_there_are_more() => Refuses(
        "countries/4?include=country-regions", 400, "1301",
        "One of countries has more than 3 country-regions. Read them page by page from regions, with a filter.");

    [DatabaseFact]
    public async Task The_three_calls_of_the_documentation_are_answered()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password", ["username"] = BackendApiHost.AdminUserName, ["password"] = BackendApiHost.AdminPassword,
        });
        using var granted = await service.Host.Anonymous.PostAsync(new Uri(service.Host.Root, "token"), form);
        using var token = JsonDocument.Parse(await granted.Content.ReadAsStringAsync());
        var bearer = token.RootElement.GetProperty("access_token").GetString();

        (await StatusOf("countries", message => message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer))).Should().Be(HttpStatusCode.OK);
        (await StatusOf("countries", message => message.Headers.Add("X-Api-Key", service.Host.ApiKey))).Should().Be(HttpStatusCode.OK);
        (await StatusOf("countries?api_key=" + service.Host.ReadingKey, _ => { })).Should().Be(HttpStatusCode.OK);
        (await StatusOf("countries?api_key=wrong", _ => { })).Should().Be(HttpStatusCode.Unauthorized);
    }

    [DatabaseFact]
    public async Task An_anonymous_caller_gets_401_and_learns_how_to_sign_in_but_not_what_is_published()
    {
        foreach (var path in new[] { "countries", "countries/1", "nothing" })
        {
            using var response = await service.Host.Anonymous.GetAsync(new Uri(service.Host.Root, "dynamic-entity/" + path));

            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).Should().Equal("Bearer", "Basic");
            CodeOf(await response.Content.ReadAsStringAsync()).Should().Be("001");
        }
    }

    [DatabaseTheory]
    [InlineData("nothing", 404, "007", "Not found: no endpoint is published as 'nothing'.")]
    [InlineData("spy_country", 404, "007", "Not found: no endpoint is published as 'spy_country'.")]
    [InlineData("countries/9", 404, "1303", "No entity has this key.")]
    [InlineData("countries/one", 404, "1303", "No entity of countries has the id 'one'.")]
    [InlineData("countries/1/country-regions", 404, "007", "Not found: an address is an alias, or an alias and an id.")]
    [InlineData("countries?filter[iso2_code]=AT", 400, "011", "A filter is written filter[countries.field]=value; 'filter[iso2_code]' has no endpoint before a dot.")]
    [InlineData("countries?filter[countries.iso3_code]=AUT", 400, "1315", "countries has no field 'iso3_code'. Did you mean 'iso2_code'?")]
    [InlineData("countries?filter[countries.since]=1995-01-01", 400, "1315", "countries has no field 'since'.")]
    [InlineData("countries?filter[country-regions.id_country]=1", 400, "1315", "'country-regions' in filter[country-regions.id_country] is not this endpoint: filters apply to countries, not to its relations.")]
    [InlineData("countries?filter[countries.id_country]=first", 400, "1305", "'first' is no value of id_country, which is of type Int32.")]
    [InlineData("countries?include=regions", 400, "1313", "countries has no relation 'regions'.")]
    [InlineData("countries?page[limit]=4", 400, "1301", "page[limit] is at most 3 here. Read the rest with page[offset].")]
    public Task What_cannot_be_answered_is_an_array_with_the_published_code(string request, int status, string code, string message) =>
        Refuses(request, status, code, message);

    private async Task Answers(string request, string json)
    {
        var (status, body) = await Get(request);
        body.Should().Be(json.ReplaceLineEndings("").Trim());
        status.Should().Be(HttpStatusCode.OK);
    }

    private async Task Refuses(string request, int status, string code, string message)
    {
        var (answered, body) = await Get(request);
        using var document = JsonDocument.Parse(body);
        document.RootElement.GetArrayLength().Should().Be(1);
        document.RootElement[0].EnumerateObject().Select(member => $"{member.Name}={member.Value}").Should().Equal($"message={message}", $"status={status}", $"code={code}");
        ((int)answered).Should().Be(status);
    }

    private async Task<(HttpStatusCode Status, string Body)> Get(string request)
    {
        using var response = await service.Host.Client.GetAsync(UrlOf(request));
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpStatusCode> StatusOf(string request, Action<HttpRequestMessage> sign)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, UrlOf(request));
        sign(message);
        using var response = await service.Host.Anonymous.SendAsync(message);
        return response.StatusCode;
    }

    /// <summary>As it stands: Uri would decode what the cases mean to send.</summary>
    private Uri UrlOf(string request)
    {
        var text = $"{service.Host.Root}dynamic-entity/{request.Replace(" ", "%20", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal)}";
        return new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static string? CodeOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement[0].GetProperty("code").GetString();
    }
}

public sealed class DataExchangeOnSqlite(CountryService<SqliteTestDatabase> service)
    : DataExchangeCases<SqliteTestDatabase>(service), IClassFixture<CountryService<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class DataExchangeOnPostgreSql(CountryService<PostgreSqlTestDatabase> service)
    : DataExchangeCases<PostgreSqlTestDatabase>(service), IClassFixture<CountryService<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class DataExchangeOnSqlServer(CountryService<SqlServerTestDatabase> service)
    : DataExchangeCases<SqlServerTestDatabase>(service), IClassFixture<CountryService<SqlServerTestDatabase>>;
