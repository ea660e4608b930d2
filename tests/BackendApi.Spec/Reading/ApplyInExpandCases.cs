namespace BackendApi.Spec.Reading;

/// <summary><c>$apply</c> in <c>$expand</c> (Data Aggregation 4.0, 3.8): what is related to each entity is transformed by itself.</summary>
public abstract class ApplyInExpandCases(Shop.ShopService shop)
{
    private Task Rows(string request, string select, string rows) =>
        shop.Answers(request, $$"""{"@odata.context":"{root}$metadata#{{select}}","value":[{{rows.ReplaceLineEndings("")}}]}""");

    [DatabaseFact]
    public Task What_is_aggregated_of_nothing_is_shown_too() => Rows(
        "Customers?$select=Id&$expand=Orders($apply=aggregate(Total with sum as Sum,$count as N))", "Customers(Id,Orders(Sum,N))",
        """
        {"Id":1,"Orders":[{"Sum@odata.type":"#Decimal","Sum":425.50,"N@odata.type":"#Decimal","N":3}]},
        {"Id":2,"Orders":[{"Sum@odata.type":"#Decimal","Sum":100.00,"N@odata.type":"#Decimal","N":1}]},
        {"Id":3,"Orders":[{"Sum@odata.type":"#Decimal","Sum":0.01,"N@odata.type":"#Decimal","N":1}]},
        {"Id":4,"Orders":[{"Sum":null,"N@odata.type":"#Decimal","N":0}]},
        {"Id":5,"Orders":[{"Sum":null,"N@odata.type":"#Decimal","N":0}]}
        """);

    [DatabaseFact]
    public Task The_other_options_are_about_the_result() => Rows(
        "Customers?$select=Id&$expand=Orders($orderby=Sum desc;$top=1;$filter=Sum lt 200;$count=true;$apply=groupby((Status),aggregate(Total with sum as Sum)))&$top=4",
        "Customers(Id,Orders(Status,Sum))",
        """
        {"Id":1,"Orders":[{"Status":"open","Sum@odata.type":"#Decimal","Sum":100.00}],"Orders@odata.count":2},
        {"Id":2,"Orders":[{"Status":"open","Sum@odata.type":"#Decimal","Sum":100.00}],"Orders@odata.count":1},
        {"Id":3,"Orders":[{"Status":"closed","Sum@odata.type":"#Decimal","Sum":0.01}],"Orders@odata.count":1},
        {"Id":4,"Orders":[],"Orders@odata.count":0}
        """);

    [DatabaseFact]
    public Task Entities_stay_entities() => Rows(
        "Customers?$select=Id&$expand=Orders($apply=topcount(1,Total);$select=Id;$expand=OrderLines($select=LineNo))&$top=4", "Customers(Id,Orders(Id,OrderLines(LineNo)))",
        """
        {"Id":1,"Orders":[{"Id":102,"OrderLines":[{"LineNo":1}]}]},
        {"Id":2,"Orders":[{"Id":103,"OrderLines":[{"LineNo":1},{"LineNo":2}]}]},
        {"Id":3,"Orders":[{"Id":104,"OrderLines":[]}]},
        {"Id":4,"Orders":[]}
        """);

    [DatabaseTheory]
    [InlineData("filter(Total gt 90)", "101 102|103||")]
    [InlineData("orderby(Total desc)/skip(1)", "101 105|||")]
    [InlineData("groupby((Status),top(1))/filter(Customer/Country eq 'GB')", "101 102 105|||")]
    [InlineData("concat(bottomcount(1,Total),top(1))/skip(1)", "101|103|104|")]
    [InlineData("toppercent(60,Total)/compute(Total mul 2 as Twice)/filter(Twice gt 1)", "101 102|103||")]
    public async Task Each_owner_has_rows_of_its_own(string transformations, string keys)
    {
        var (_, _, body) = await shop.Get($"Customers?$top=4&$expand=Orders($apply={transformations};$select=Id)");
        var owners = System.Text.Json.Nodes.JsonNode.Parse(body)!["value"]!.AsArray();
        string.Join('|', owners.Select(owner => string.Join(' ', owner!["Orders"]!.AsArray().Select(order => (long)order!["Id"]!)))).Should().Be(keys, body);
    }

    [DatabaseFact]
    public Task Over_a_link_table() => Rows(
        "Products?$select=Id&$expand=Tags($apply=orderby(Name desc)/top(1)/groupby((Name),aggregate($count as N)))",
        "Products(Id,Tags(Name,N))",
        """
        {"Id":1,"Tags":[{"Name":"office","N@odata.type":"#Decimal","N":1}]},{"Id":2,"Tags":[{"Name":"light","N@odata.type":"#Decimal","N":1}]},
        {"Id":3,"Tags":[{"Name":"office","N@odata.type":"#Decimal","N":1}]},{"Id":4,"Tags":[{"Name":"office","N@odata.type":"#Decimal","N":1}]}
        """);

    [DatabaseFact]
    public Task The_one_row_of_an_aggregation_is_chosen() => Rows(
        "Customers?$top=1&$select=Id&$expand=Orders($apply=aggregate($count as N)/top(1)/topsum(1,N)/skip(0)/concat(bottomcount(1,N),skip(1)))", "Customers(Id,Orders(N))",
        """{"Id":1,"Orders":[{"N@odata.type":"#Decimal","N":3}]}""");

    [DatabaseFact]
    public Task Behind_a_reference_and_behind_transformations() => Rows(
        "Orders?$apply=topcount(1,Total)&$select=Id&$expand=Customer($select=Id;$expand=Orders($apply=aggregate(OrderLines/Quantity with sum as Pieces)))", "Orders(Id,Customer(Id,Orders(Pieces)))",
        """{"Id":102,"Customer":{"Id":1,"Orders":[{"Pieces@odata.type":"#Int64","Pieces":5}]}}""");

    [DatabaseFact]
    public Task Rows_that_differ() => Rows(
        "Customers(1)/Orders?$top=1&$select=Id&$expand=OrderLines($apply=concat(top(1)/groupby((LineNo)),aggregate(Quantity with sum as Pieces)))", "Orders(Id,OrderLines(@Core.AnyStructure))",
        """{"Id":101,"OrderLines":[{"LineNo":1},{"Pieces@odata.type":"#Int64","Pieces":3}]}""");

    [DatabaseFact]
    public Task In_4_01() => shop.Answers(
        "Customers?$top=1&$select=Id&$expand=Orders($apply=groupby((Customer),aggregate($count as N));$expand=Customer($select=Name))",
        """{"@context":"{root}$metadata#Customers(Id,Orders(N,Customer(Name)))","value":[{"Id":1,"Orders":[{"N@type":"Decimal","N":3,"Customer":{"Name":"Ada"}}]}]}""",
        ("OData-MaxVersion", "4.01"));
}
