using System.Text.Json;
using System.Text.RegularExpressions;
using BackendApi.Access.Rights;
using BackendApi.Spec.Writing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Rights;

/// <summary>
/// What a caller may not see and what is not there are answered alike: status, headers and body, byte for byte. Each case is a request twice, once for the one and once for the other, whose
/// names are equally long.
/// </summary>
public abstract class EnumerationCases(WritableShop shop) : IAsyncLifetime
{
    private RestrictedCaller _caller = null!;

    public async Task InitializeAsync()
    {
        await shop.ResetAsync();
        if (shop.Database.ConnectionString.Length > 0)
            _caller = await OfAsync(shop, [May("Customers", Verbs.Read | Verbs.Create | Verbs.Update | Verbs.Delete, "Country eq 'DE'", read: "Code Name Country", write: "Code Name Country")], [May("Tags", Verbs.Read, "Id lt 3")]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>§ is the key of a row: 3 is one that the caller may not see, 9 is none.</summary>
    public static readonly TheoryData<string, string, string?> OfRows = new()
    {
        { "GET", "Customers(§)", null }, { "HEAD", "Customers(§)", null }, { "GET", "Customers/§", null }, { "GET", "Customers(Id=§)", null }, { "GET", "Customers(@k)?@k=§", null }, { "GET", "$entity?$id=Customers(§)", null },
        { "GET", "Customers(§)/Name", null }, { "GET", "Customers(§)/Name/$value", null }, { "GET", "Customers(§)/$ref", null }, { "GET", "Customers(§)/Tags", null }, { "GET", "Customers(§)/Tags/$count", null },
        { "GET", "Customers(§)/Tags(1)", null }, { "GET", "Customers(§)/Manager", null }, { "GET", "Customers(§)/Manager/$ref", null }, { "GET", "Customers(§)?$expand=Tags,Manager&$select=Name", null },
        { "GET", "Customers?$filter=Id eq §&$count=true", null }, { "GET", "Customers/$filter(Id eq §)/$count", null }, { "GET", "Customers?$filter=$root/Customers(§)/Name ne null", null },
        { "GET", "Customers?$apply=filter(Id eq §)/aggregate($count as N)", null }, { "GET", "Tags(§)", null }, { "GET", "Customers(1)/Tags(§)", null },
        { "PATCH", "Customers(§)", """{"Name":"x"}""" }, { "PUT", "Customers(§)", """{"Code":"X","Name":"x"}""" }, { "DELETE", "Customers(§)", null }, { "PUT", "Customers(§)/Name", """{"value":"x"}""" }, { "DELETE", "Customers(§)/Country", null },
        { "POST", "Customers(§)/Tags/$ref", """{"@odata.id":"Tags(1)"}""" }, { "PUT", "Customers(§)/Tags/$ref", """{"value":[]}""" }, { "DELETE", "Customers(§)/Tags(1)/$ref", null }, { "POST", "Customers(1)/Tags/$ref", """{"@odata.id":"Tags(§)"}""" },
        { "PUT", "Customers(1)/Manager/$ref", """{"@odata.id":"Customers(§)"}""" }, { "PATCH", "Customers(1)", """{"Manager@odata.bind":"Customers(§)"}""" }, { "PATCH", "Customers(1)", """{"Manager":{"@odata.id":"Customers(§)"}}""" },
        { "PATCH", "Customers(1)", """{"Tags@odata.bind":["Tags(§)"]}""" }, { "POST", "Customers", """{"Code":"X","Name":"x","Country":"DE","Manager@odata.bind":"Customers(§)"}""" },
        { "POST", "Customers", """{"Code":"X","Name":"x","Country":"DE","Tags":[{"@odata.id":"Tags(§)"}]}""" }, { "PATCH", "Customers", """{"@context":"#$delta","value":[{"Id":§,"Name":"x"}]}""" },
        { "PATCH", "Customers", """{"@context":"#$delta","value":[{"@removed":{"reason":"deleted"},"@id":"Customers(§)"}]}""" }, { "PATCH", "Customers/$filter(Id eq §)/$each", """{"Name":"x"}""" }, { "DELETE", "Customers?$filter=Id eq §", null },
        { "GET", "/dynamic-entity/customers/§", null }, { "PATCH", "/dynamic-entity/customers/§", """{"data":{"Name":"x"}}""" }, { "PUT", "/dynamic-entity/customers/§", """{"data":{"Code":"X","Name":"x"}}""" }, { "DELETE", "/dynamic-entity/customers/§", null },
        { "GET", "/dynamic-entity/customers?filter[customers.Id]=§", null }, { "PATCH", "/dynamic-entity/customers", """{"data":[{"Id":§,"Name":"x"}]}""" }, { "DELETE", "/dynamic-entity/customers?filter[customers.Id]=§", null },
        { "POST", "$batch", """{"requests":[{"id":"1","method":"PATCH","url":"Customers(§)","headers":{"Content-Type":"application/json"},"body":{"Name":"x"}},{"id":"2","method":"GET","url":"Customers(§)","headers":{"If-None-Match":"*"}}]}""" },
    };

    public static readonly TheoryData<string, string, string?> OfSets = new()
    {
        { "GET", "§", null }, { "GET", "§/$count", null }, { "GET", "§(1)", null }, { "GET", "§(1)/Id", null }, { "GET", "$crossjoin(§,Tags)", null }, { "GET", "$all/BackendApi.§", null }, { "GET", "Customers/BackendApi.§", null },
        { "GET", "$entity?$id=§(1)", null }, { "GET", "$entity/BackendApi.§?$id=Customers(1)", null }, { "GET", "Customers(1)/§", null }, { "GET", "Customers?$expand=§", null }, { "GET", "Customers?$filter=§/any()", null }, { "GET", "Customers?$orderby=§/$count", null },
        { "GET", "Customers?$filter=isof(BackendApi.§)", null }, { "GET", "Customers?$filter=$root/§(1)/Id eq 1", null }, { "GET", "$metadata#§", null }, { "POST", "§", "{}" }, { "POST", "§", """{"Amount":1}""" }, { "PATCH", "§(1)", "{}" },
        { "DELETE", "§(1)", null }, { "POST", "§/$query", "$top=1" }, { "PATCH", "Customers(1)", """{"§":[]}""" }, { "PATCH", "Customers(1)", """{"§@odata.bind":["§(1)"]}""" }, { "PATCH", "Customers(1)", """{"Manager@odata.bind":"§(1)"}""" },
        { "POST", "Customers", """{"@odata.type":"#BackendApi.§","Code":"X","Name":"x"}""" }, { "POST", "Customers(1)/§", "{}" }, { "POST", "Customers(1)/§/$ref", """{"@odata.id":"§(1)"}""" }, { "POST", "§(1)/BackendApi.Ship", "{}" },
        { "GET", "/dynamic-entity/§", null }, { "GET", "/dynamic-entity/§/1", null }, { "POST", "/dynamic-entity/§", """{"data":[{}]}""" }, { "DELETE", "/dynamic-entity/§/1", null }, { "GET", "/dynamic-entity/customers?include=§", null },
        { "PATCH", "/dynamic-entity/customers/1", """{"data":{"§":[{"Id":1}]}}""" }, { "GET", "/dynamic-entity/customers?filter[§.Id]=1", null },
        { "POST", "$batch", """{"requests":[{"id":"1","method":"GET","url":"§"},{"id":"2","method":"POST","url":"§","headers":{"Content-Type":"application/json"},"body":{}}]}""" },
    };

    public static readonly TheoryData<string, string, string?> OfProperties = new()
    {
        { "GET", "Customers?$select=§", null }, { "GET", "Customers?$filter=§ gt 1", null }, { "GET", "Customers?$orderby=§", null }, { "GET", "Customers(1)/§", null }, { "GET", "Customers(1)/§/$value", null }, { "GET", "Customers(§=1)", null },
        { "GET", "Customers?$compute=§ mul 2 as B", null }, { "GET", "Customers?$apply=groupby((§))", null }, { "GET", "Customers?$apply=aggregate(§ with sum as S)", null }, { "GET", "Customers?$filter=Manager/§ gt 1", null },
        { "GET", "Customers?$expand=Manager($select=§)", null }, { "GET", "$crossjoin(Customers)?$filter=Customers/§ gt 1", null }, { "PATCH", "Customers(1)", """{"§":1}""" }, { "PUT", "Customers(1)", """{"Code":"A","Name":"a","Country":"DE","§":1}""" },
        { "POST", "Customers", """{"Code":"X","Name":"x","Country":"DE","§":1}""" }, { "PUT", "Customers(1)/§", """{"value":1}""" }, { "DELETE", "Customers(1)/§", null }, { "PATCH", "Customers", """{"@context":"#$delta","value":[{"Id":1,"§":1}]}""" },
        { "GET", "/dynamic-entity/customers?filter[customers.§]=1", null }, { "PATCH", "/dynamic-entity/customers/1", """{"data":{"§":1}}""" }, { "POST", "/dynamic-entity/customers", """{"data":[{"Code":"X","Name":"x","Country":"DE","§":1}]}""" },
    };

    [DatabaseTheory]
    [MemberData(nameof(OfRows))]
    public async Task A_row_that_may_not_be_seen_is_answered_as_one_that_is_not_there(string method, string request, string? body)
    {
        foreach (var headers in (IReadOnlyList<(string, string)[]>)[[], [("If-Match", "*")], [("If-Match", "\"a\"")], [("If-None-Match", "*")], [("If-None-Match", "\"a\"")], [("Prefer", "return=representation")]])
            await AnswersAlikeAsync(method, request, body, "3", "9", headers);
    }

    [DatabaseTheory]
    [MemberData(nameof(OfSets))]
    public Task A_set_that_may_not_be_seen_is_answered_as_one_that_is_not_there(string method, string request, string? body) =>
        request.StartsWith('/') ? AnswersAlikeAsync(method, request, body, "orders", "xrders") : AnswersAlikeAsync(method, request, body, "Orders", "Xrders");

    [DatabaseTheory]
    [MemberData(nameof(OfProperties))]
    public Task A_property_that_may_not_be_seen_is_answered_as_one_that_is_not_there(string method, string request, string? body) => AnswersAlikeAsync(method, request, body, "Balance", "Xalance");

    private async Task AnswersAlikeAsync(string method, string request, string? body, string hidden, string absent, params (string, string)[] headers)
    {
        var before = await shop.RowsAsync();
        var ofHidden = await _caller.Write(method, request.Replace("§", hidden, StringComparison.Ordinal), body?.Replace("§", hidden, StringComparison.Ordinal), headers);
        // What a create has made is no difference between the two.
        if (await shop.RowsAsync() != before)
            await shop.ResetAsync();
        var ofAbsent = await _caller.Write(method, request.Replace("§", absent, StringComparison.Ordinal), body?.Replace("§", absent, StringComparison.Ordinal), headers);

        Told(ofHidden, hidden, absent).Should().Be(Told(ofAbsent, absent, absent), "{0} {1} {2}", method, request, JsonSerializer.Serialize(headers.Select(header => $"{header.Item1}: {header.Item2}")));
        ofHidden.Status.Should().BeLessThan(500 + (ofHidden.Status == 501 ? 2 : 0), ofHidden.Body);
    }

    /// <summary>Everything that the client is told, with the one name in the place of the other.</summary>
    private static string Told(Answer answer, string name, string absent)
    {
        return string.Join('\n', [$"{answer.Status}", .. answer.Headers.Where(header => header.Key != "Date").OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {Replaced(header.Value)}"), Replaced(answer.Body)]);

        string Replaced(string text) => Regex.Replace(text, $"(?<![0-9]){name}(?![0-9])", absent);
    }
}

public sealed class EnumerationOnSqlite(SqliteWritableShop shop) : EnumerationCases(shop), IClassFixture<SqliteWritableShop>;

[Needs("PostgreSql")]
public sealed class EnumerationOnPostgreSql(PostgreSqlWritableShop shop) : EnumerationCases(shop), IClassFixture<PostgreSqlWritableShop>;

[Needs("SqlServer")]
public sealed class EnumerationOnSqlServer(SqlServerWritableShop shop) : EnumerationCases(shop), IClassFixture<SqlServerWritableShop>;
