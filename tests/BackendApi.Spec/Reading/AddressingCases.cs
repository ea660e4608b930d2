using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BackendApi.Spec.Reading;

/// <summary>Addresses of OData 4.01 beside sets, keys and navigation (URL Conventions 4).</summary>
public abstract class AddressingCases(Shop.ShopService shop)
{
    [DatabaseFact]
    public Task A_reference() => shop.Answers(
        "Orders(101)/Customer/$ref", """{"@odata.context":"{root}$metadata#$ref","@odata.id":"{root}Customers(1)"}""");

    [DatabaseFact]
    public Task A_reference_that_leads_nowhere() => shop.AnswersNothing("Customers(1)/Manager/$ref");

    [DatabaseFact]
    public Task A_reference_from_an_entity_that_does_not_exist() => shop.Refuses("Customers(99)/Manager/$ref", 404, "EntityNotFound");

    [DatabaseFact]
    public Task References_in_4_01() => shop.Answers(
        "Customers(1)/Orders/$ref?$filter=Total ge 100&$orderby=Total desc&$count=true",
        """{"@context":"{root}$metadata#Collection($ref)","@count":2,"value":[{"@id":"{root}Orders(102)"},{"@id":"{root}Orders(101)"}]}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task References_page_by_page() => shop.Answers(
        "Tags/$ref?$top=1", """{"@odata.context":"{root}$metadata#Collection($ref)","value":[{"@odata.id":"{root}Tags(1)"}]}""");

    [DatabaseTheory]
    [InlineData("a filter segment with an alias", "Customers/$filter(@f)?@f=Id gt 3&$select=Id", "4 5")]
    [InlineData("with an expression", "Customers/$filter(Orders%2Fany())?$select=Id", "1 2 3")]
    [InlineData("several", "Customers/$filter(@a)/$filter(@b)?@a=Id gt 1&@b=IsActive&$select=Id", "2 5")]
    [InlineData("together with the option", "Customers/$filter(Id gt 1)?$filter=Id lt 4&$select=Id", "2 3")]
    [InlineData("in an expression", "Customers?$filter=Orders/$filter(Total gt 80)/$count eq 2&$select=Id", "1")]
    [InlineData("and before a lambda operator", "Customers?$filter=Orders/$filter(Total gt 80)/$filter(Total lt 200)/any(o:o/Status eq 'open')&$select=Id", "1 2")]
    [InlineData("behind a navigation", "Customers(1)/Orders/$filter(Total gt 80)?$select=Id", "101 102")]
    [InlineData("that nothing passes", "Customers(1)/Orders/$filter(Total gt 1000)?$select=Id", "")]
    public async Task Filters_in_the_path(string because, string request, string keys) => (await shop.Pages(request, pageSize: 2)).Should().Be(keys, because);

    [DatabaseFact]
    public Task A_key_behind_a_filter_segment() => shop.Answers(
        "Customers/$filter(Id gt 3)(4)?$select=Id", """{"@odata.context":"{root}$metadata#Customers(Id)/$entity","Id":4}""");

    [DatabaseFact]
    public Task A_key_that_the_filter_keeps_out() => shop.Refuses("Customers/$filter(Id gt 3)(1)", 404, "EntityNotFound");

    [DatabaseFact]
    public Task An_aggregation_behind_a_filter_segment() => shop.Answers(
        "Customers(1)/Orders/$filter(Total gt 80)?$apply=aggregate($count as N)",
        """{"@odata.context":"{root}$metadata#Orders(N)","value":[{"N@odata.type":"#Decimal","N":2}]}""");

    [DatabaseFact]
    public Task A_count_behind_a_filter_segment() => shop.AnswersText("Customers/$filter(IsActive)/$count?$filter=Id gt 1", "2");

    [DatabaseFact]
    public Task A_key_part_that_the_path_fixes_may_be_left_out() => shop.Answers(
        "Orders(101)/OrderLines(2)?$select=Quantity", """{"@odata.context":"{root}$metadata#OrderLines(Quantity)/$entity","Quantity":1}""");

    [DatabaseFact]
    public Task Or_named() => shop.Answers(
        "Orders(101)/OrderLines(LineNo=2)?$select=Quantity", """{"@odata.context":"{root}$metadata#OrderLines(Quantity)/$entity","Quantity":1}""");

    [DatabaseFact]
    public Task Or_given_again() => shop.Answers(
        "Orders(101)/OrderLines(OrderId=101,LineNo=2)?$select=Quantity", """{"@odata.context":"{root}$metadata#OrderLines(Quantity)/$entity","Quantity":1}""");

    [DatabaseFact]
    public Task But_not_otherwise() => shop.Refuses("Orders(101)/OrderLines(OrderId=102,LineNo=1)", 404, "EntityNotFound");

    [DatabaseFact]
    public Task Key_segments_leave_it_out() => shop.Answers(
        "Orders/101/OrderLines/2?$select=Quantity", """{"@odata.context":"{root}$metadata#OrderLines(Quantity)/$entity","Quantity":1}""");

    [DatabaseFact]
    public Task A_path_that_fixes_nothing_needs_the_whole_key() => shop.Refuses("Products(1)/Lines(2)", 400, "MalformedUrl");

    [DatabaseTheory]
    [InlineData("Products(1)")]
    [InlineData("{root}Products(1)")]
    [InlineData("/odata/Products(1)")]
    [InlineData("Products('P-1')")]
    public async Task An_entity_by_its_id(string id)
    {
        id = id.Replace("{root}", shop.Root, StringComparison.Ordinal).Replace("'P-1'", "Sku='P-1'", StringComparison.Ordinal);
        await shop.Answers($"$entity?$id={id}&$select=Sku", """{"@odata.context":"{root}$metadata#Products(Sku)/$entity","Sku":"P-1"}""");
    }

    [DatabaseFact]
    public Task An_id_with_an_encoded_slash() => shop.Answers(
        "$entity?$id=Products(Sku%3D'P%252F3')&$select=Id&$expand=Tags($select=Id)",
        """{"@odata.context":"{root}$metadata#Products(Id,Tags(Id))/$entity","Id":3,"Tags":[{"Id":2}]}""");

    [DatabaseTheory]
    [InlineData("$entity", 400, "MalformedUrl")]
    [InlineData("$entity?$id=Products", 400, "MalformedUrl")]
    [InlineData("$entity?$id=Products(1)/Name", 400, "MalformedUrl")]
    [InlineData("$entity?$id=$entity?$id=Products(1)", 400, "MalformedUrl")]
    [InlineData("$entity?$id=$metadata", 400, "MalformedUrl")]
    [InlineData("$entity?$id=Prodcts(1)", 404, "NotFound")]
    [InlineData("$entity?$id=Products(99)", 404, "EntityNotFound")]
    [InlineData("$entity?$id=http://elsewhere/odata/Products(1)", 404, "NotFound")]
    public Task Ids_that_identify_nothing(string request, int status, string code) => shop.Refuses(request, status, code);

    [DatabaseFact]
    public Task Every_entity_of_the_service() => shop.Answers(
        "$all?$search=light&$count=true",
        """
        {"@odata.context":"{root}$metadata#Collection(Edm.EntityType)","@odata.count":1,"value":[
        {"@odata.context":"{root}$metadata#Tags/$entity","@odata.type":"#BackendApi.Tags","@odata.id":"{root}Tags(1)","Id":1,"Name":"light"}]}
        """);

    [DatabaseFact]
    public async Task Every_entity_once_page_by_page()
    {
        var ids = new List<string>();
        for (string? next = shop.Root + "$all"; next is not null;)
        {
            var (status, _, body) = await shop.Get(next[shop.Root.Length..], ("Prefer", "maxpagesize=3"));
            status.Should().Be(HttpStatusCode.OK, body);
            var page = JsonNode.Parse(body)!;
            ids.AddRange(page["value"]!.AsArray().Select(entity => (string)entity!["@odata.id"]!));
            next = (string?)page["@odata.nextLink"];
        }
        ids.Should().OnlyHaveUniqueItems();
        var (_, _, count) = await shop.Get("$all/$count");
        ids.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Should().Be(count);
        var (_, _, rest) = await shop.Get($"$all?$skip={ids.Count - 2}&$top=5");
        JsonNode.Parse(rest)!["value"]!.AsArray().Select(entity => (string)entity!["@odata.id"]!).Should().Equal(ids[^2..]);
    }

    [DatabaseFact]
    public Task Every_entity_of_a_type() => shop.Answers(
        "$all/BackendApi.Tags?$select=Id&$filter=Name eq 'office'", """{"@odata.context":"{root}$metadata#Tags(Id)","value":[{"Id":2}]}""");

    [DatabaseFact]
    public Task A_cross_join() => shop.Answers(
        "$crossjoin(Customers,Orders)?$filter=Customers/Id eq Orders/CustomerId and Orders/Total ge 100&$orderby=Orders/Total desc",
        """
        {"@odata.context":"{root}$metadata#Collection(Edm.ComplexType)","value":[
        {"Customers@odata.navigationLink":"Customers(1)","Orders@odata.navigationLink":"Orders(102)"},
        {"Customers@odata.navigationLink":"Customers(1)","Orders@odata.navigationLink":"Orders(101)"},
        {"Customers@odata.navigationLink":"Customers(2)","Orders@odata.navigationLink":"Orders(103)"}]}
        """);

    [DatabaseFact]
    public Task A_cross_join_with_expansion() => shop.Answers(
        "$crossjoin(Products,Tags)?$filter=startswith(Products/Name,'L') and Tags/Id lt 3&$expand=Products($select=Id;$expand=Tags($select=Id))&$count=true&$top=3",
        """
        {"@odata.context":"{root}$metadata#Collection(Edm.ComplexType)","@odata.count":4,"value":[
        {"Tags@odata.navigationLink":"Tags(1)","Products":{"Id":1,"Tags":[{"Id":1},{"Id":2}]}},
        {"Tags@odata.navigationLink":"Tags(2)","Products":{"Id":1,"Tags":[{"Id":1},{"Id":2}]}},
        {"Tags@odata.navigationLink":"Tags(1)","Products":{"Id":2,"Tags":[{"Id":1}]}}]}
        """);

    [DatabaseFact]
    public Task A_cross_join_of_some_of_its_sets() => shop.Answers(
        "$crossjoin(Products,Tags)?$select=Products&$top=1", """{"@context":"{root}$metadata#Collection(Edm.ComplexType)","value":[{"Products@navigationLink":"Products(1)"}]}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task A_cross_join_with_computed_names() => shop.Answers(
        "$crossjoin(Products,Tags)?$compute=Products/Id add Tags/Id as Sum&$filter=Sum eq 7&$select=Sum,Tags&$expand=Products($compute=Price mul 2 as Twice;$select=Id)",
        """
        {"@odata.context":"{root}$metadata#Collection(Edm.ComplexType)","value":[
        {"Tags@odata.navigationLink":"Tags(3)","Sum@odata.type":"#Int32","Sum":7,"Products":{"Id":4}}]}
        """);

    [DatabaseFact]
    public Task The_number_of_a_cross_join() => shop.AnswersText("$crossjoin(Customers,Products,OpenOrders)/$count", "40");

    [DatabaseFact]
    public async Task A_cross_join_page_by_page()
    {
        var links = new List<string>();
        for (string? next = shop.Root + "$crossjoin(Products,Tags)?$orderby=Tags/Name desc"; next is not null;)
        {
            var (status, _, body) = await shop.Get(next[shop.Root.Length..], ("Prefer", "maxpagesize=5"));
            status.Should().Be(HttpStatusCode.OK, body);
            var page = JsonNode.Parse(body)!;
            links.AddRange(page["value"]!.AsArray().Select(row => $"{row!["Products@odata.navigationLink"]} {row["Tags@odata.navigationLink"]}"));
            next = (string?)page["@odata.nextLink"];
        }
        links.Should().HaveCount(12).And.OnlyHaveUniqueItems();
        links[0].Should().Be("Products(1) Tags(3)");
        links[^1].Should().Be("Products(4) Tags(1)");
    }

    [DatabaseFact]
    public async Task A_query_in_the_body()
    {
        var (status, body) = await Post("Products/$query?$select=Id", "$filter=contains(Name,'Lamp')&$top=1", "text/plain");
        body.Should().Be($$"""{"@odata.context":"{{shop.Root}}$metadata#Products(Id)","value":[{"Id":1}]}""");
        status.Should().Be(200);
    }

    [DatabaseFact]
    public async Task Its_next_link_is_a_GET_with_all_options()
    {
        using var response = await shop.Send(HttpMethod.Post, "Products/$query?$select=Id", Text("$orderby=Id%20desc&$filter=Id in (" + string.Join(',', Enumerable.Range(1, 9_000)) + ")", "text/plain"), ("Prefer", "maxpagesize=3"));
        var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        page["value"]!.AsArray().Should().HaveCount(3);
        var (status, _, next) = await shop.Get(((string)page["@odata.nextLink"]!)[shop.Root.Length..]);
        status.Should().Be(HttpStatusCode.OK);
        next.Should().Be($$"""{"@odata.context":"{{shop.Root}}$metadata#Products(Id)","value":[{"Id":1}]}""");
    }

    [DatabaseFact]
    public async Task A_chain_as_long_as_a_body() =>
        (await Post("Products/$query", "$select=Id&$filter=" + string.Join(" or ", Enumerable.Range(3, 1_900).Select(id => $"Id eq {id}")) + " or contains(Name,'Lamp')", "text/plain"))
            .Should().Be((200, $$"""{"@odata.context":"{{shop.Root}}$metadata#Products(Id)","value":[{"Id":1},{"Id":2},{"Id":3},{"Id":4}]}"""));

    [DatabaseFact]
    public async Task A_longer_chain_is_answered_or_refused() =>
        (await Post("Products/$query", "$filter=" + string.Join(" or ", Enumerable.Repeat("Id eq 1", 5_000)), "text/plain")).Status.Should().BeOneOf(200, 400);

    [DatabaseTheory]
    [InlineData("Id", " add 1", " gt 5")]
    [InlineData("concat(Name", ",concat(Name", "")]
    [InlineData("not ", "not ", "(Id eq 1)")]
    [InlineData("-", "-", "Id eq 1")]
    [InlineData("Id in (1)", " eq (Id in (1))", "")]
    public async Task Long_expressions_are_answered_or_refused(string first, string again, string last) =>
        (await Post("Products/$query", "$filter=" + first + string.Concat(Enumerable.Repeat(again, 3_000)) + last, "text/plain")).Status.Should().BeOneOf(200, 400);

    [DatabaseTheory]
    [InlineData("Products(1)/Name/$value/$query", "", "text/plain", 200)]
    [InlineData("Products(1)/$query", "$select=Id", "text/plain;charset=utf-8", 200)]
    [InlineData("Products/$count/$query", "$filter=Id gt 1", "application/x-www-form-urlencoded", 200)]
    [InlineData("Products/$query", "", "text/plain", 200)]
    [InlineData("Products/$query", "$top=1&$top=2", "text/plain", 400)]
    [InlineData("Products/$query?$top=1", "$top=1", "text/plain", 400)]
    [InlineData("Products/$query", "$filter=Nmae eq 'a'", "text/plain", 400)]
    [InlineData("Products/$query", "{}", "application/json", 415)]
    [InlineData("Products/$query", "", null, 415)]
    public async Task Queries_in_the_body(string address, string query, string? mediaType, int status) => (await Post(address, query, mediaType)).Status.Should().Be(status);

    [DatabaseFact]
    public async Task A_body_has_a_bound() => (await Post("Products/$query", new string('x', 70_000), "text/plain")).Status.Should().Be(400);

    [DatabaseTheory]
    [InlineData("Customers/$query", "POST")]
    [InlineData("Customers/$each", "PATCH, DELETE")]
    [InlineData("Customers/$filter(Id gt 1)/$each", "PATCH, DELETE")]
    public async Task Addresses_of_another_method(string request, string allowed)
    {
        using var response = await shop.Send(HttpMethod.Get, request);
        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        string.Join(", ", response.Content.Headers.Allow).Should().Be(allowed);
    }

    [DatabaseTheory]
    [InlineData("Tags?$schemaversion=*&$top=0", 200)]
    [InlineData("Tags?$schemaversion=nope", 404)]
    [InlineData("$metadata?$schemaversion=*", 200)]
    [InlineData("$metadata?$schemaversion=0", 404)]
    public Task Schema_versions(string request, int status) => shop.Refuses(request, status, code: null);

    [DatabaseTheory]
    [InlineData("OData-Isolation")]
    [InlineData("Isolation")]
    public Task Snapshot_isolation_is_refused(string header) => shop.Refuses("Tags", 412, "PreconditionFailed", (header, "snapshot"));

    private async Task<(int Status, string Body)> Post(string address, string query, string? mediaType)
    {
        using var response = await shop.Send(HttpMethod.Post, address, Text(query, mediaType));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static ByteArrayContent Text(string query, string? mediaType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(query));
        if (mediaType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }
}
