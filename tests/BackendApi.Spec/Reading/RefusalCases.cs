namespace BackendApi.Spec.Reading;

/// <summary>What is refused, with which status and code. No input gives a 500.</summary>
public abstract class RefusalCases(Shop.ShopService shop)
{
    [DatabaseTheory]
    // Malformed: 400.
    [InlineData("Customers?$filter=Name eq", 400, "MalformedUrl")]
    [InlineData("Customers?$filter=Name eq 'a", 400, "MalformedUrl")]
    [InlineData("Customers?$filter=(Id eq 1", 400, "MalformedUrl")]
    [InlineData("Customers?$top=-1", 400, "MalformedUrl")]
    [InlineData("Customers?$top=many", 400, "MalformedUrl")]
    [InlineData("Customers?$orderby=Name down", 400, "MalformedUrl")]
    [InlineData("Customers?$filter=Name eq '%zz'", 400, "MalformedUrl")]
    [InlineData("Customers?$filter=Name eq '%ff'", 400, "MalformedUrl")]
    [InlineData("Customers?$filter=Name eq '%00'", 400, "MalformedUrl")]
    [InlineData("Customers?$filter=Id eq 1&$filter=Id eq 2", 400, "MalformedUrl")]
    [InlineData("Customers(", 400, "MalformedUrl")]
    // Unknown names, with a suggestion where one is near.
    [InlineData("Custmers", 404, "NotFound")]
    [InlineData("Customers(1)/Nmae", 404, "NotFound")]
    [InlineData("Customers?$filter=Nmae eq 'a'", 400, "UnknownProperty")]
    [InlineData("Customers?$select=Nmae", 400, "UnknownProperty")]
    [InlineData("Customers?$expand=Ordrs", 400, "UnknownProperty")]
    [InlineData("Customers?$filter=contians(Name,'a')", 400, "UnknownFunction")]
    [InlineData("Customers?$fitler=Id eq 1", 400, "UnknownOption")]
    // Types that do not fit.
    [InlineData("Customers?$filter=Name gt 5", 400, "TypeMismatch")]
    [InlineData("Customers?$filter=Id", 400, "TypeMismatch")]
    [InlineData("Customers?$filter=contains(Id,'a')", 400, "TypeMismatch")]
    [InlineData("Customers?$orderby=Picture", 400, "TypeMismatch")]
    // Out of range.
    [InlineData("Customers?$filter=Id eq 1e400", 400, "OutOfRange")]
    [InlineData("Customers?$filter=CreatedAt eq 2024-13-01T00:00:00Z", 400, "OutOfRange")]
    [InlineData("Customers?$filter=Id div 0 eq 1", 400, "OutOfRange")]
    [InlineData("Customers?$skip=99999999999999999999", 400, "OutOfRange")]
    [InlineData("Customers(99999999999)", 400, "OutOfRange")]
    // Options where they do not apply.
    [InlineData("Customers(1)?$filter=Id eq 1", 400, "UnknownOption")]
    [InlineData("Customers(1)?$orderby=Id", 400, "UnknownOption")]
    [InlineData("Customers(1)?$top=1", 400, "UnknownOption")]
    [InlineData("Customers(1)?$skip=1", 400, "UnknownOption")]
    [InlineData("Customers(1)?$count=true", 400, "UnknownOption")]
    [InlineData("Customers(1)?$skiptoken=x", 400, "InvalidNextLink")]
    [InlineData("Customers(1)/Name?$select=Id", 400, "UnknownOption")]
    [InlineData("Customers(1)/Name?$expand=Orders", 400, "UnknownOption")]
    [InlineData("Customers(1)/Name/$value?$filter=Id eq 1", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Manager($filter=Id eq 1)", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Manager($count=true)", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Manager/$count", 400, "TypeMismatch")]
    [InlineData("Customers?$expand=Orders/$count($top=1)", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Orders/$ref($select=Id)", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Orders($levels=2)", 400, "TypeMismatch")]
    [InlineData("Customers?$expand=Manager($levels=0)", 400, "OutOfRange")]
    [InlineData("Customers?$expand=Orders,Manager,Orders($top=1)", 400, "MalformedUrl")]
    // Larger than the settings allow.
    [InlineData("Customers?$expand=Manager($levels=7)", 400, "LimitExceeded")]
    [InlineData("Customers?$expand=*($levels=6)", 400, "LimitExceeded")]
    [InlineData("Customers(1)/Orders/$ref?$select=Id", 400, "UnknownOption")]
    [InlineData("$crossjoin(Customers,Customers)", 400, "MalformedUrl")]
    [InlineData("$crossjoin(Customers,Orders)?$filter=Id eq 1", 400, "UnknownProperty")]
    [InlineData("$all?$filter=Name eq 'a'", 400, "UnknownProperty")]
    [InlineData("$all?$skiptoken=Tags.x", 400, "InvalidNextLink")]
    [InlineData("$all/BackendApi.Nothing", 404, "NotFound")]
    // Valid, but not supported (yet): never ignored.
    [InlineData("$all?$expand=*", 501, "NotImplemented")]
    [InlineData("$all?$apply=aggregate($count as N)", 501, "NotImplemented")]
    [InlineData("$crossjoin(Customers,Orders)?$apply=aggregate($count as N)", 501, "NotImplemented")]
    [InlineData("$crossjoin(Customers,Orders)?$search=a", 501, "NotImplemented")]
    [InlineData("Customers?$filter=geo.length(Name) gt 1", 501, "NotImplemented")]
    [InlineData("Customers?$deltatoken=x", 501, "NotImplemented")]
    public Task Refuses(string request, int status, string code) => shop.Refuses(request, status, code);

    [DatabaseFact]
    public Task A_mistake_is_shown_where_it_is() => shop.RefusesWith(
        "Customers?$filter=Name eq ('a'", 400,
        """{"error":{"code":"MalformedUrl","message":"Expected ')' at position 12 of $filter.\nName eq ('a'\n            ^","target":"$filter"}}""");

    [DatabaseFact]
    public Task A_name_that_is_near_is_suggested() => shop.RefusesWith(
        "Customers?$filter=Nmae eq 'a'", 400, message: "*Did you mean 'Name'?*");

    [DatabaseFact]
    public Task Nesting_has_a_bound() =>
        shop.Refuses("Customers?$filter=" + new string('(', 500) + "true" + new string(')', 500), 400, "LimitExceeded");

    [DatabaseFact]
    public Task A_path_has_a_bound() =>
        shop.Refuses("Customers?$filter=" + string.Concat(Enumerable.Repeat("Manager/", 70)) + "Id eq 1", 400, "LimitExceeded");

    [DatabaseFact]
    public Task A_long_list_has_a_bound() =>
        shop.Refuses("Customers?$filter=Id in (" + string.Join(',', Enumerable.Range(0, 10_001)) + ")", 400, "LimitExceeded");

    [DatabaseFact]
    public Task A_long_list_within_it_is_answered() =>
        shop.Keys("Customers", "$filter=Id in (" + string.Join(',', Enumerable.Range(3, 8_000)) + ")", "3 4 5", "");

    [DatabaseFact]
    public Task A_long_chain_is_answered() =>
        shop.Keys("Customers", "$filter=" + string.Join(" or ", Enumerable.Range(1, 500).Select(i => $"Id eq {i}")), "1 2 3 4 5", "");

    [DatabaseTheory]
    [InlineData("Accept", "application/atom+xml", 406)]
    [InlineData("Accept", "application/json;unknown=1", 406)]
    [InlineData("OData-MaxVersion", "3.0", 400)]
    [InlineData("OData-Version", "3.0", 400)]
    public Task Refuses_headers(string name, string value, int status) => shop.Refuses("Customers", status, null, (name, value));

    [DatabaseFact]
    public Task A_range_with_an_unknown_parameter_is_passed_over() => shop.Heads(
        "Customers", "Content-Type", "application/json; odata.metadata=minimal",
        ("Accept", "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7"));
}
