namespace BackendApi.Spec.Reading;

/// <summary>Grouping by the entity that a navigation property leads to (Data Aggregation 4.0, 3.2.3.1), and <c>join</c> (3.5.1).</summary>
public abstract class ApplyToEntitiesCases(Shop.ShopService shop)
{
    private const string Ada =
        """{"Id":1,"Name":"Ada","Country":"GB","Balance":1250.5000,"Rating":4.5,"IsActive":true,"CreatedAt":"2024-01-31T10:20:30.123456Z","Birthday":"1990-12-31","Opens":"08:30:00","Token":"00000001-0000-0000-0000-000000000000","Picture":"-_8A","ManagerId":null}""";

    private Task Rows(string request, string select, string rows) =>
        shop.Answers(request, $$"""{"@odata.context":"{root}$metadata#{{select}}","value":[{{rows.ReplaceLineEndings("")}}]}""");

    [DatabaseFact]
    public Task The_entity_is_expanded() => Rows(
        "Orders?$apply=filter(CustomerId eq 1)/groupby((Customer),aggregate(Total with sum as Sum))", "Orders(Sum,Customer)",
        """{"Sum@odata.type":"#Decimal","Sum":425.50,"Customer":""" + Ada + "}");

    [DatabaseFact]
    public Task A_context_URL_of_4_01_has_parentheses() => shop.Answers(
        "Orders?$apply=groupby((Customer/Country,Customer))&$top=1",
        """{"@context":"{root}$metadata#Orders(Customer())","value":[{"Customer":""" + Ada + "}]}", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task Expand_says_what_is_shown_of_it() => Rows(
        "Orders?$apply=groupby((Customer),aggregate(Total with sum as Sum))&$expand=Customer($select=Name)", "Orders(Sum,Customer(Name))",
        """
        {"Sum@odata.type":"#Decimal","Sum":425.50,"Customer":{"Name":"Ada"}},
        {"Sum@odata.type":"#Decimal","Sum":100.00,"Customer":{"Name":"Björn"}},
        {"Sum@odata.type":"#Decimal","Sum":0.01,"Customer":{"Name":"Chloé"}}
        """);

    [DatabaseFact]
    public Task And_what_is_expanded_of_it() => Rows(
        "Orders?$apply=groupby((Customer))&$expand=Customer($select=Id;$expand=Manager($select=Name),Orders($select=Id;$filter=Total gt 90))&$filter=Customer/Id le 2",
        "Orders(Customer(Id,Manager(Name),Orders(Id)))",
        """
        {"Customer":{"Id":1,"Manager":null,"Orders":[{"Id":101},{"Id":102}]}},
        {"Customer":{"Id":2,"Manager":{"Name":"Ada"},"Orders":[{"Id":103}]}}
        """);

    [DatabaseFact]
    public Task As_a_reference() => Rows(
        "Orders?$apply=groupby((Customer))&$expand=Customer/$ref&$top=1", "Orders(Customer)", """{"Customer":{"@odata.id":"{root}Customers(1)"}}""");

    [DatabaseFact]
    public Task Where_there_is_none_it_is_null() => Rows(
        "Customers?$apply=groupby((Manager),aggregate($count as N))&$expand=Manager($select=Name)", "Customers(N,Manager(Name))",
        """
        {"N@odata.type":"#Decimal","N":2,"Manager":null},
        {"N@odata.type":"#Decimal","N":2,"Manager":{"Name":"Ada"}},
        {"N@odata.type":"#Decimal","N":1,"Manager":{"Name":"Björn"}}
        """);

    [DatabaseFact]
    public Task Behind_a_path() => Rows(
        "Customers?$apply=groupby((Manager/Manager,Manager/Name))&$filter=Manager/Manager ne null", "Customers(Manager(Name,Manager))", """{"Manager":{"Name":"Björn","Manager":""" + Ada + "}}");

    [DatabaseFact]
    public Task The_other_options_lead_on_from_it() => Rows(
        "Orders?$apply=groupby((Customer),aggregate(Total with sum as Sum))&$filter=Customer/Country eq 'GB' or Customer/Manager/Name eq 'Ada' and Customer/Orders/any(o:o/Total eq 100)&$orderby=Customer/Name desc&$select=Sum",
        "Orders(Sum)", """{"Sum@odata.type":"#Decimal","Sum":100.00},{"Sum@odata.type":"#Decimal","Sum":425.50}""");

    [DatabaseFact]
    public Task So_do_transformations() => Rows(
        "Orders?$apply=groupby((Customer,Status),aggregate(Total with sum as Sum))/filter(Sum gt 50)/groupby((Customer/Country),aggregate(Sum with max as Most,Customer/$count as N,Customer/Balance with sum as Balance))",
        "Orders(Customer(Country),Most,N,Balance)",
        """
        {"Customer":{"Country":"GB"},"Most@odata.type":"#Decimal","Most":250.50,"N@odata.type":"#Decimal","N":1,"Balance@odata.type":"#Decimal","Balance":1250.5000},
        {"Customer":{"Country":"SE"},"Most@odata.type":"#Decimal","Most":100.00,"N@odata.type":"#Decimal","N":1,"Balance@odata.type":"#Decimal","Balance":0.0000}
        """);

    [DatabaseFact]
    public Task It_is_grouped_by_once_more() => Rows(
        "Orders?$apply=groupby((Customer,Status))/topcount(4,Customer/Id)/groupby((Customer),aggregate($count as N))&$expand=Customer($select=Name)", "Orders(N,Customer(Name))",
        """
        {"N@odata.type":"#Decimal","N":2,"Customer":{"Name":"Ada"}},
        {"N@odata.type":"#Decimal","N":1,"Customer":{"Name":"Björn"}},
        {"N@odata.type":"#Decimal","N":1,"Customer":{"Name":"Chloé"}}
        """);

    [DatabaseFact]
    public Task Rows_of_its_groups_stay_entities() => shop.Keys("Orders", "$apply=groupby((Customer),topcount(1,Total))", "102 103 104", "");

    [DatabaseTheory]
    [InlineData("groupby((Customer),groupby((Customer,Status)))")]
    [InlineData("groupby((Customer/Name),groupby((Customer,Status)))")]
    [InlineData("groupby((Status),groupby((Customer/Name,Customer)))")]
    public Task In_a_group_of_its_own_it_stands_once(string transformations) => Rows(
        $"Orders?$apply=filter(Status eq 'open')/{transformations}&$expand=Customer($select=Name)", "Orders(Status,Customer(Name))",
        """{"Status":"open","Customer":{"Name":"Ada"}},{"Status":"open","Customer":{"Name":"Björn"}}""");

    [DatabaseFact]
    public Task From_aggregates_by_it() => Rows(
        "Orders?$apply=aggregate(Total with sum from Customer with max as Most)", "Orders(Most)", """{"Most@odata.type":"#Decimal","Most":425.50}""");

    [DatabaseFact]
    public Task A_rollup_may_end_at_it() => Rows(
        "Orders?$apply=groupby((rollup(Customer/Country,Customer)),aggregate(Total with sum as Sum))/filter(Customer/Country ne null)/groupby((Customer/Name,Sum))",
        "Orders(Customer(Name),Sum)",
        """
        {"Customer":null,"Sum@odata.type":"#Decimal","Sum":100.00},{"Customer":null,"Sum@odata.type":"#Decimal","Sum":425.50},
        {"Customer":{"Name":"Ada"},"Sum@odata.type":"#Decimal","Sum":425.50},{"Customer":{"Name":"Björn"},"Sum@odata.type":"#Decimal","Sum":100.00}
        """);

    [DatabaseFact]
    public Task What_is_joined_is_grouped_by() => Rows(
        "Orders?$apply=join(OrderLines as Line)/filter(Line/Quantity gt 1)/groupby((Line/Product,CustomerId))/topcount(1,CustomerId)", "Orders(Line(Product),CustomerId)",
        """{"Line":{"Product":{"Id":3,"Sku":"P/3","Name":"Desk_top","Price":null}},"CustomerId":2}""");

    [DatabaseTheory]
    [InlineData("join(OrderLines as Line,topcount(1,Quantity))/filter(Line/Product/Name eq 'Lamp')", "101")]
    [InlineData("join(OrderLines as Line,orderby(Quantity)/top(1))/filter(Line/Quantity eq 1)", "101 103")]
    [InlineData("join(OrderLines as Line,orderby(Quantity desc)/skip(1))/filter(Line/Quantity eq 1)", "101 103")]
    [InlineData("join(OrderLines as Line)/topcount(2,Line/Quantity)/filter(Customer/Name eq 'Björn' and Line/Product/Name eq 'Desk_top')", "103")]
    [InlineData("join(OrderLines as Line)/top(2)/filter(OrderLines/any(l:l/Quantity eq Line/Quantity))", "101 101")]
    [InlineData("join(OrderLines as Line)/search(open)/filter(Line/Quantity eq 2)", "101")]
    [InlineData("outerjoin(OrderLines as Line,filter(Product/Price gt 100))/filter(Line ne null)", "102")]
    [InlineData("outerjoin(OrderLines as Line,filter(Product/Price gt 100))/filter(Line eq null)", "101 103 104 105")]
    [InlineData("outerjoin(OrderLines as Line,top(1))/filter(Line/Product eq null)", "104 105")]
    [InlineData("outerjoin(OrderLines as Line,aggregate($count as N))/filter(Line/N eq null or Line/N eq 1)", "102 104 105")]
    [InlineData("join(OrderLines as Line)/join(OrderLines as Other)/filter(Line/LineNo gt Other/LineNo)", "101 103")]
    [InlineData("join(OrderLines as Line,top(1))/top(2)/outerjoin(OrderLines as Other,filter(LineNo eq 2))/filter(Other eq null)", "102")]
    public Task Related_entities_are_transformed_before_they_are_joined(string transformations, string keys) =>
        shop.Keys("Orders", $"$apply={transformations}", keys, "");

    [DatabaseFact]
    public Task They_come_in_their_order() => Rows(
        "Orders?$apply=join(OrderLines as Line,orderby(Quantity desc))/groupby((Id,Line/Quantity))&$top=2", "Orders(Line(Quantity),Id)",
        """{"Line":{"Quantity":1},"Id":101},{"Line":{"Quantity":2},"Id":101}""");

    [DatabaseFact]
    public Task They_are_aggregated_before_they_are_joined() => Rows(
        "Orders?$apply=join(OrderLines as Sold,aggregate(Quantity with sum as Pieces,$count as N))&$select=Id,Sold", "Orders(Sold(Pieces,N),Id)",
        """
        {"Sold":{"Pieces@odata.type":"#Int64","Pieces":3,"N@odata.type":"#Decimal","N":2},"Id":101},
        {"Sold":{"Pieces@odata.type":"#Int64","Pieces":2,"N@odata.type":"#Decimal","N":1},"Id":102},
        {"Sold":{"Pieces@odata.type":"#Int64","Pieces":11,"N@odata.type":"#Decimal","N":2},"Id":103}
        """);

    [DatabaseFact]
    public Task Where_there_are_none_outerjoin_has_null() => Rows(
        "Orders?$apply=outerjoin(OrderLines as Sold,aggregate(Quantity with sum as Pieces))/filter(Id gt 102)&$select=Id,Sold", "Orders(Sold(Pieces),Id)",
        """{"Sold":{"Pieces@odata.type":"#Int64","Pieces":11},"Id":103},{"Sold":null,"Id":104},{"Sold":null,"Id":105}""");

    [DatabaseFact]
    public Task What_they_were_made_into_is_aggregated() => Rows(
        "Orders?$apply=outerjoin(OrderLines as Sold,aggregate(Quantity with sum as Pieces))/groupby((Customer/Country),aggregate(Sold/Pieces with max as Most,Total with sum as Sum))",
        "Orders(Customer(Country),Most,Sum)",
        """
        {"Customer":{"Country":null},"Most":null,"Sum@odata.type":"#Decimal","Sum":0.01},
        {"Customer":{"Country":"GB"},"Most@odata.type":"#Int64","Most":3,"Sum@odata.type":"#Decimal","Sum":425.50},
        {"Customer":{"Country":"SE"},"Most@odata.type":"#Int64","Most":11,"Sum@odata.type":"#Decimal","Sum":100.00}
        """);

    [DatabaseFact]
    public Task They_are_grouped_before_they_are_joined() => Rows(
        "Orders?$apply=join(OrderLines as Line,groupby((ProductId),aggregate(Quantity with sum as Pieces)))&$select=Id,Line", "Orders(Line(ProductId,Pieces),Id)",
        """
        {"Line":{"ProductId":1,"Pieces@odata.type":"#Int64","Pieces":2},"Id":101},{"Line":{"ProductId":2,"Pieces@odata.type":"#Int64","Pieces":1},"Id":101},
        {"Line":{"ProductId":4,"Pieces@odata.type":"#Int64","Pieces":2},"Id":102},
        {"Line":{"ProductId":null,"Pieces@odata.type":"#Int64","Pieces":1},"Id":103},{"Line":{"ProductId":3,"Pieces@odata.type":"#Int64","Pieces":10},"Id":103}
        """);

    [DatabaseFact]
    public Task What_is_computed_of_them_is_joined_with_them() => Rows(
        "Orders?$apply=join(OrderLines as Line,compute(Quantity mul 2 as Twice)/filter(Twice gt 4))&$select=Id,Line", "Orders(Line(OrderId,LineNo,ProductId,Quantity,Twice),Id)",
        """{"Line":{"OrderId":103,"LineNo":1,"ProductId":3,"Quantity":10,"Twice@odata.type":"#Int32","Twice":20},"Id":103}""");

    [DatabaseFact]
    public Task Over_a_link_table() => Rows(
        "Products?$apply=join(Tags as Tag,topcount(1,Id))&$select=Id,Tag", "Products(Tag(Id,Name),Id)",
        """
        {"Tag":{"Id":2,"Name":"office"},"Id":1},{"Tag":{"Id":1,"Name":"light"},"Id":2},{"Tag":{"Id":2,"Name":"office"},"Id":3},{"Tag":{"Id":2,"Name":"office"},"Id":4}
        """);

    [DatabaseFact]
    public Task Over_a_link_table_that_leads_nowhere() => Rows(
        "Products?$apply=outerjoin(Tags as Tag,filter(Name eq 'light'))&$select=Id,Tag", "Products(Tag(Id,Name),Id)",
        """
        {"Tag":{"Id":1,"Name":"light"},"Id":1},{"Tag":{"Id":1,"Name":"light"},"Id":2},{"Tag":null,"Id":3},{"Tag":null,"Id":4}
        """);

    [DatabaseFact]
    public Task In_a_group() => Rows(
        "Orders?$apply=groupby((Customer/Country),join(OrderLines as Line,topcount(1,Quantity))/aggregate(Line/Quantity with sum as Pieces))", "Orders(Customer(Country),Pieces)",
        """
        {"Customer":{"Country":null},"Pieces":null},{"Customer":{"Country":"GB"},"Pieces@odata.type":"#Int64","Pieces":4},{"Customer":{"Country":"SE"},"Pieces@odata.type":"#Int64","Pieces":10}
        """);

    [DatabaseFact]
    public Task Rows_that_differ_are_joined() => Rows(
        "Orders?$apply=filter(Id eq 101)/join(OrderLines as Line,concat(topcount(1,Quantity)/groupby((LineNo)),aggregate(Quantity with sum as Pieces)))&$select=Id,Line", "Orders(Id)",
        """{"Line":{"LineNo":1},"Id":101},{"Line":{"Pieces@odata.type":"#Int64","Pieces":3},"Id":101}""");

    [DatabaseTheory]
    [InlineData("Orders?$apply=groupby((Customer),aggregate(Total with sum as Sum))", "Sum", "425.5 100 0.01")]
    [InlineData("Orders?$apply=groupby((Customer),aggregate(Total with sum as Sum))&$orderby=Customer/Name desc", "Sum", "0.01 100 425.5")]
    [InlineData("Orders?$apply=outerjoin(OrderLines as Line,topcount(1,Quantity))", "Id", "101 102 103 104 105")]
    [InlineData("Orders?$apply=join(OrderLines as Line,groupby((ProductId)))", "Id", "101 101 102 103 103")]
    public async Task Every_row_is_on_one_page(string request, string member, string values)
    {
        var rows = new List<string>();
        for (var next = (string?)(shop.Root + request); next is not null;)
        {
            var (_, _, body) = await shop.Get(next[shop.Root.Length..], ("Prefer", "maxpagesize=2"));
            var page = System.Text.Json.Nodes.JsonNode.Parse(body)!;
            rows.AddRange(page["value"]!.AsArray().Select(row => ((decimal)row![member]!).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)));
            next = (string?)page["@odata.nextLink"];
        }
        string.Join(' ', rows).Should().Be(values);
    }
}
