namespace BackendApi.Spec.Reading;

/// <summary><c>$apply</c> (Data Aggregation 4.0, section 3).</summary>
public abstract class ApplyCases(Shop.ShopService shop)
{
    /// <summary>The rows of the answer.</summary>
    private Task Rows(string request, string select, string rows) =>
        shop.Answers(request, $$"""{"@odata.context":"{root}$metadata#{{select}}","value":[{{rows.ReplaceLineEndings("")}}]}""");

    [DatabaseFact]
    public Task Aggregate_makes_one_row() => Rows(
        "Orders?$apply=aggregate(Total with sum as Sum,Total with min as Least,Total with max as Most,Total with average as Mean,$count as N)",
        "Orders(Sum,Least,Most,Mean,N)",
        """
        {"Sum@odata.type":"#Decimal","Sum":525.51,"Least@odata.type":"#Decimal","Least":0.01,"Most@odata.type":"#Decimal","Most":250.50,
        "Mean@odata.type":"#Decimal","Mean":105.102,"N@odata.type":"#Decimal","N":5}
        """);

    [DatabaseFact]
    public Task Decimals_are_added_exactly() => Rows(
        "Customers?$apply=aggregate(Balance with sum as Sum)", "Customers(Sum)", """{"Sum@odata.type":"#Decimal","Sum":100000001230.2500}""");

    [DatabaseFact]
    public Task An_average_has_ten_digits_behind_the_point() => Rows(
        "Orders?$apply=filter(Id le 103)/aggregate(Total with average as Mean,Id with average as Middle)", "Orders(Mean,Middle)",
        """{"Mean@odata.type":"#Decimal","Mean":150.1666666667,"Middle@odata.type":"#Decimal","Middle":102}""");

    [DatabaseFact]
    public Task Null_is_not_aggregated() => Rows(
        "Customers?$apply=aggregate(Rating with sum as Sum,Rating with average as Mean,Country with countdistinct as Countries,Birthday with max as Last)",
        "Customers(Sum,Mean,Countries,Last)",
        """{"Sum":10,"Mean":3.3333333333333335,"Countries@odata.type":"#Decimal","Countries":2,"Last@odata.type":"#Date","Last":"2000-02-29"}""");

    [DatabaseFact]
    public Task The_sum_of_nothing_is_null_and_its_number_zero() => Rows(
        "Orders?$apply=filter(Id eq 0)/aggregate(Total with sum as Sum,Total with countdistinct as D,$count as N)", "Orders(Sum,D,N)",
        """{"Sum":null,"D@odata.type":"#Decimal","D":0,"N@odata.type":"#Decimal","N":0}""");

    [DatabaseFact]
    public Task An_expression_is_aggregated() => Rows(
        "OrderLines?$apply=aggregate(Quantity mul Product/Price with sum as Worth)", "OrderLines(Worth)",
        """{"Worth@odata.type":"#Decimal","Worth":284.98}""");

    [DatabaseFact]
    public Task An_expression_may_begin_with_a_path() => Rows(
        "OrderLines?$apply=aggregate(Product/Price mul Quantity with sum as Worth,Product/Price sub Product/Id with max as Most)", "OrderLines(Worth,Most)",
        """{"Worth@odata.type":"#Decimal","Worth":284.98,"Most@odata.type":"#Decimal","Most":116}""");

    [DatabaseFact]
    public Task Groupby_makes_a_row_for_each_group() => Rows(
        "Orders?$apply=groupby((Status),aggregate(Total with sum as Sum,$count as N))", "Orders(Status,Sum,N)",
        """
        {"Status":"closed","Sum@odata.type":"#Decimal","Sum":75.01,"N@odata.type":"#Decimal","N":2},
        {"Status":"open","Sum@odata.type":"#Decimal","Sum":200.00,"N@odata.type":"#Decimal","N":2},
        {"Status":"paid","Sum@odata.type":"#Decimal","Sum":250.50,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task Groups_without_aggregation_are_distinct_values() => Rows(
        "Orders?$apply=groupby((Total))", "Orders(Total)", """{"Total":0.01},{"Total":75.00},{"Total":100.00},{"Total":250.50}""");

    [DatabaseFact]
    public Task A_path_becomes_a_nested_object() => Rows(
        "Orders?$apply=groupby((Customer/Country),aggregate(Total with sum as Sum))", "Orders(Customer(Country),Sum)",
        """
        {"Customer":{"Country":null},"Sum@odata.type":"#Decimal","Sum":0.01},
        {"Customer":{"Country":"GB"},"Sum@odata.type":"#Decimal","Sum":425.50},
        {"Customer":{"Country":"SE"},"Sum@odata.type":"#Decimal","Sum":100.00}
        """);

    [DatabaseFact]
    public Task A_path_that_leads_nowhere_is_null() => Rows(
        "Customers?$apply=groupby((Manager/Manager/Name,Manager/Name),aggregate($count as N))&$filter=Manager/Name eq null", "Customers(Manager(Manager(Name),Name),N)",
        """{"Manager":null,"N@odata.type":"#Decimal","N":2}""");

    [DatabaseFact]
    public Task Text_is_grouped_by_its_characters() => Rows(
        "Customers?$apply=filter(Id in (1,5))/groupby((Name))", "Customers(Name)", """{"Name":"Ada"},{"Name":"ada"}""");

    [DatabaseFact]
    public Task In_4_01() => shop.Answers(
        "Orders?$apply=groupby((Status),aggregate($count as N))&$top=1",
        """{"@context":"{root}$metadata#Orders(Status,N)","value":[{"Status":"closed","N@type":"Decimal","N":2}]}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task A_row_that_is_no_entity_has_no_links() => shop.Answers(
        "Orders?$apply=groupby((CustomerId))&$top=1",
        """{"@odata.context":"{root}$metadata#Orders(CustomerId)","value":[{"CustomerId@odata.type":"#Int32","CustomerId":1}]}""",
        ("Accept", "application/json;odata.metadata=full"));

    [DatabaseFact]
    public Task The_other_options_are_about_the_result() => Rows(
        "Orders?$apply=groupby((Customer/Country,Status),aggregate(Total with sum as Sum))&$filter=Sum gt 50 and Customer/Country ne null&$orderby=Sum desc,Status&$select=Sum,Customer/Country&$top=2&$skip=1",
        "Orders(Customer(Country),Sum)",
        """
        {"Customer":{"Country":"GB"},"Sum@odata.type":"#Decimal","Sum":100.00},
        {"Customer":{"Country":"SE"},"Sum@odata.type":"#Decimal","Sum":100.00}
        """);

    [DatabaseFact]
    public Task Count_counts_the_result() => shop.Answers(
        "Orders?$apply=groupby((Status))&$count=true&$top=1", """{"@odata.context":"{root}$metadata#Orders(Status)","@odata.count":3,"value":[{"Status":"closed"}]}""");

    [DatabaseFact]
    public Task A_path_that_ends_in_count_counts_it_too() => shop.AnswersText("Orders/$count?$apply=groupby((Status,Total))&$filter=Total ge 100", "2");

    [DatabaseFact]
    public Task Compute_behind_it() => Rows(
        "Orders?$apply=groupby((Status),aggregate(Total with sum as Sum,$count as N))/compute(Sum div N as Mean)/filter(Mean gt 99)&$compute=Mean mul 2 as Twice&$select=Status,Mean,Twice",
        "Orders(Status,Mean,Twice)",
        """
        {"Status":"open","Mean@odata.type":"#Decimal","Mean":100,"Twice@odata.type":"#Decimal","Twice":200},
        {"Status":"paid","Mean@odata.type":"#Decimal","Mean":250.5,"Twice@odata.type":"#Decimal","Twice":501}
        """);

    [DatabaseFact]
    public Task Compute_before_it() => Rows(
        "Orders?$apply=compute(day(PlacedAt) mod 2 as Odd,Total mul 2 as Twice)/groupby((Odd),aggregate(Twice with sum as Sum))", "Orders(Odd,Sum)",
        """
        {"Odd@odata.type":"#Int32","Odd":0,"Sum@odata.type":"#Decimal","Sum":501},
        {"Odd@odata.type":"#Int32","Odd":1,"Sum@odata.type":"#Decimal","Sum":550.02}
        """);

    [DatabaseFact]
    public Task An_aggregation_can_be_aggregated() => Rows(
        "Orders?$apply=groupby((CustomerId),aggregate(Total with sum as Sum))/aggregate(Sum with max as Most,Sum with average as Mean,$count as N)", "Orders(Most,Mean,N)",
        """{"Most@odata.type":"#Decimal","Most":425.50,"Mean@odata.type":"#Decimal","Mean":175.17,"N@odata.type":"#Decimal","N":3}""");

    [DatabaseFact]
    public Task Rows_that_stay_entities_are_entities() => shop.Answers(
        "Orders?$apply=filter(Total ge 100)/compute(Total mul 2 as Twice)/orderby(Twice desc)/skip(1)/top(1)&$select=Id,Twice&$expand=Customer($select=Name)",
        """{"@odata.context":"{root}$metadata#Orders(Id,Twice,Customer(Name))","value":[{"Id":101,"Twice@odata.type":"#Decimal","Twice":200,"Customer":{"Name":"Ada"}}]}""");

    [DatabaseTheory]
    [InlineData("identity", "101 102 103 104 105")]
    [InlineData("filter(Total eq 100)", "101 103")]
    [InlineData("orderby(Total desc)", "102 101 103 105 104")]
    [InlineData("orderby(Status)/orderby(Total)", "104 105 101 103 102")]
    [InlineData("orderby(Total)/top(2)", "104 105")]
    [InlineData("skip(3)", "104 105")]
    [InlineData("skip(0)", "101 102 103 104 105")]
    [InlineData("top(0)", "")]
    [InlineData("topcount(2,Total)", "101 102")]
    [InlineData("bottomcount(2,Total)", "104 105")]
    [InlineData("topcount(2,Total mul -1)", "104 105")]
    [InlineData("topsum(300,Total)", "101 102")]
    [InlineData("topsum(350.5,Total)", "101 102")]
    [InlineData("topsum(350.51,Total)", "101 102 103")]
    [InlineData("topsum(0,Total)", "")]
    [InlineData("bottomsum(75.01,Total)", "104 105")]
    [InlineData("bottomsum(75.02,Total)", "101 104 105")]
    [InlineData("toppercent(50,Total)", "101 102")]
    [InlineData("toppercent(40,Total)", "102")]
    [InlineData("bottompercent(1,Total)", "104 105")]
    [InlineData("toppercent(100,Total)", "101 102 103 104 105")]
    [InlineData("filter(Customer/Country eq 'GB')/topcount(1,Total)/filter(Total gt 1)", "102")]
    [InlineData("groupby((Status),topcount(1,Total))", "101 102 105")]
    [InlineData("groupby((Customer/Country,Status),filter(Total gt 1)/bottomcount(1,Total mul 2))/filter(Customer/Country ne null)", "101 102 103 105")]
    [InlineData("groupby((Customer/Name),topcount(2,Total))/topcount(2,Total)", "101 102")]
    [InlineData("concat(filter(Id eq 105),filter(Id le 102))", "105 101 102")]
    [InlineData("concat(filter(Id eq 105),identity)/filter(Id ge 104)", "105 104 105")]
    [InlineData("concat(orderby(Total)/top(2),topcount(1,Total))", "104 105 102")]
    public Task Rows_are_chosen_and_ordered(string transformations, string keys) => shop.Keys("Orders", "$apply=" + transformations, keys, "");

    [DatabaseTheory]
    [InlineData("aggregate($count as N)&$skip=1")]
    [InlineData("aggregate($count as N)&$top=0")]
    [InlineData("aggregate($count as N)/skip(1)")]
    [InlineData("aggregate($count as N)/top(0)")]
    public Task The_one_row_of_an_aggregation_can_be_left_out(string transformations) => Rows("Orders?$apply=" + transformations, "Orders(N)", "");

    [DatabaseFact]
    public Task Related_entities_are_aggregated_beside_the_rows() => Rows(
        "Orders?$apply=groupby((Status),aggregate(Total with sum as Sum,OrderLines/Quantity with sum as Pieces,OrderLines/$count as Lines))", "Orders(Status,Sum,Pieces,Lines)",
        """
        {"Status":"closed","Sum@odata.type":"#Decimal","Sum":75.01,"Pieces":null,"Lines@odata.type":"#Decimal","Lines":0},
        {"Status":"open","Sum@odata.type":"#Decimal","Sum":200.00,"Pieces@odata.type":"#Int64","Pieces":14,"Lines@odata.type":"#Decimal","Lines":4},
        {"Status":"paid","Sum@odata.type":"#Decimal","Sum":250.50,"Pieces@odata.type":"#Int64","Pieces":2,"Lines@odata.type":"#Decimal","Lines":1}
        """);

    [DatabaseFact]
    public Task Behind_a_path_in_parentheses() => Rows(
        "Orders?$apply=aggregate(OrderLines(Quantity with max as Most,Product with countdistinct as Products))", "Orders(Most,Products)",
        """{"Most@odata.type":"#Int32","Most":10,"Products@odata.type":"#Decimal","Products":4}""");

    [DatabaseFact]
    public Task A_related_entity_counts_once() => Rows(
        "Orders?$apply=groupby((Status),aggregate(Customer/Balance with sum as Sum,Customer/$count as N))&$filter=Status ne 'closed'", "Orders(Status,Sum,N)",
        """
        {"Status":"open","Sum@odata.type":"#Decimal","Sum":1250.5000,"N@odata.type":"#Decimal","N":2},
        {"Status":"paid","Sum@odata.type":"#Decimal","Sum":1250.5000,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task A_link_table_is_followed() => Rows(
        "Products?$apply=aggregate(Tags/$count as Used,Tags/Name with countdistinct as Names,$count as N)", "Products(Used,Names,N)",
        """{"Used@odata.type":"#Decimal","Used":2,"Names@odata.type":"#Decimal","Names":2,"N@odata.type":"#Decimal","N":4}""");

    [DatabaseFact]
    public Task Concatenated_rows_keep_what_they_have() => Rows(
        "Orders?$apply=concat(topcount(1,Total)/groupby((Id,Total)),aggregate(Total with sum as Sum))", "Orders(@Core.AnyStructure)",
        """{"Id":102,"Total":250.50},{"Sum@odata.type":"#Decimal","Sum":525.51}""");

    [DatabaseFact]
    public Task Concatenated_aggregates_keep_their_digits() => Rows(
        "Customers?$apply=concat(filter(Id in (2,4,5))/aggregate(Balance with average as A),aggregate(Balance with sum as A),aggregate($count as A))", "Customers(A)",
        """{"A@odata.type":"#Decimal","A":33333333333.3333333333},{"A@odata.type":"#Decimal","A":100000001230.25},{"A@odata.type":"#Decimal","A":5}""");

    [DatabaseTheory]
    [InlineData("compute(Status as State)/groupby((State))", "Orders(State)", """{"State":"closed"},{"State":"open"},{"State":"paid"}""")]
    [InlineData("compute(Customer/Country as Land,1 as One)/groupby((Land,One))/filter(Land ne null)/groupby((Land),aggregate($count as N))", "Orders(Land,N)",
        """{"Land":"GB","N@odata.type":"#Decimal","N":1},{"Land":"SE","N@odata.type":"#Decimal","N":1}""")]
    [InlineData("join(OrderLines as Line,compute(Quantity as Number,Quantity mul 2 as Twice))/groupby((Line/Number,Line/Twice))&$top=1", "Orders(Line(Number,Twice))",
        """{"Line":{"Number@odata.type":"#Int32","Number":1,"Twice@odata.type":"#Int32","Twice":2}}""")]
    public Task What_was_computed_keeps_its_name_in_groups(string transformations, string select, string rows) => Rows($"Orders?$apply={transformations}", select, rows);

    [DatabaseFact]
    public Task Rollup_adds_rows_for_each_level() => Rows(
        "Orders?$apply=groupby((rollup(Customer/Country,Status)),aggregate(Total with sum as Sum))&$filter=Customer/Country ne null", "Orders(Customer(Country),Sum)",
        """
        {"Customer":{"Country":"GB"},"Status":"closed","Sum@odata.type":"#Decimal","Sum":75.00},
        {"Customer":{"Country":"GB"},"Status":"open","Sum@odata.type":"#Decimal","Sum":100.00},
        {"Customer":{"Country":"GB"},"Status":"paid","Sum@odata.type":"#Decimal","Sum":250.50},
        {"Customer":{"Country":"SE"},"Status":"open","Sum@odata.type":"#Decimal","Sum":100.00},
        {"Customer":{"Country":"GB"},"Sum@odata.type":"#Decimal","Sum":425.50},
        {"Customer":{"Country":"SE"},"Sum@odata.type":"#Decimal","Sum":100.00}
        """);

    [DatabaseFact]
    public Task Rollup_with_a_total() => Rows(
        "Orders?$apply=groupby((rollup($all,Customer/Country)),aggregate(Total with sum as Sum))&$orderby=Sum desc&$top=2", "Orders(Sum)",
        """{"Sum@odata.type":"#Decimal","Sum":525.51},{"Customer":{"Country":"GB"},"Sum@odata.type":"#Decimal","Sum":425.50}""");

    [DatabaseFact]
    public Task Join_makes_a_row_for_each_related_entity() => Rows(
        "Orders?$apply=join(OrderLines as Line,filter(Quantity le 2))&$select=Id,Line&$filter=Line/Quantity eq 2&$orderby=Line/Quantity,Id desc",
        "Orders(Line(OrderId,LineNo,ProductId,Quantity),Id)",
        """{"Line":{"OrderId":102,"LineNo":1,"ProductId":4,"Quantity":2},"Id":102},{"Line":{"OrderId":101,"LineNo":1,"ProductId":1,"Quantity":2},"Id":101}""");

    [DatabaseFact]
    public Task Outerjoin_keeps_the_rows_without_one() => Rows(
        "Orders?$apply=outerjoin(OrderLines as Line,filter(Quantity gt 1))/filter(Id ge 103)&$select=Id,Line", "Orders(Line(OrderId,LineNo,ProductId,Quantity),Id)",
        """{"Line":{"OrderId":103,"LineNo":1,"ProductId":3,"Quantity":10},"Id":103},{"Line":null,"Id":104},{"Line":null,"Id":105}""");

    [DatabaseFact]
    public Task What_is_joined_can_be_grouped_and_aggregated() => Rows(
        "Orders?$apply=join(OrderLines as Line)/filter(Line/Product/Price ne null)/groupby((Customer/Country,Line/Product/Name),aggregate(Line/Quantity with sum as Pieces,$count as N))&$orderby=Pieces desc,Line/Product/Name",
        "Orders(Customer(Country),Line(Product(Name)),Pieces,N)",
        """
        {"Customer":{"Country":"GB"},"Line":{"Product":{"Name":"Chair"}},"Pieces@odata.type":"#Int64","Pieces":2,"N@odata.type":"#Decimal","N":1},
        {"Customer":{"Country":"GB"},"Line":{"Product":{"Name":"Lamp"}},"Pieces@odata.type":"#Int64","Pieces":2,"N@odata.type":"#Decimal","N":1},
        {"Customer":{"Country":"GB"},"Line":{"Product":{"Name":"Lampshade 100%"}},"Pieces@odata.type":"#Int64","Pieces":1,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task A_link_table_is_joined() => Rows(
        "Products?$apply=join(Tags as Tag)/groupby((Tag/Name),aggregate($count as N,Price with sum as Sum))", "Products(Tag(Name),N,Sum)",
        """
        {"Tag":{"Name":"light"},"N@odata.type":"#Decimal","N":2,"Sum@odata.type":"#Decimal","Sum":24.99},
        {"Tag":{"Name":"office"},"N@odata.type":"#Decimal","N":3,"Sum@odata.type":"#Decimal","Sum":139.99}
        """);

    [DatabaseFact]
    public Task Ranked_after_a_join() => Rows(
        "Orders?$apply=join(OrderLines as Line)/topcount(1,Line/Quantity)/compute(Line/Quantity mul 2 as Twice)&$select=Id,Twice", "Orders(Id,Twice)",
        """{"Id":103,"Twice@odata.type":"#Int32","Twice":20}""");

    [DatabaseFact]
    public Task A_definitions_own_filter_holds() => Rows(
        "OpenOrders?$apply=aggregate($count as N)", "OpenOrders(N)", """{"N@odata.type":"#Decimal","N":2}""");

    [DatabaseFact]
    public Task Behind_a_navigation() => Rows(
        "Customers(1)/Orders?$apply=aggregate(Total with sum as Sum)", "Orders(Sum)", """{"Sum@odata.type":"#Decimal","Sum":425.50}""");

    [DatabaseTheory]
    [InlineData("Orders?$apply=groupby((Status,CustomerId),aggregate(Total with sum as Sum))", "Sum", "0.01 75 100 100 250.5", "&$orderby=Sum")]
    [InlineData("Orders?$apply=groupby((Status,CustomerId),aggregate(Total with sum as Sum))", "Sum", "0.01 75 100 100 250.5", "&$orderby=Sum,CustomerId desc")]
    [InlineData("Orders?$apply=groupby((Customer/Country,Status),aggregate(Total with average as Mean))", "Mean", "250.5 100 100 75 0.01", "&$orderby=Mean desc")]
    [InlineData("Orders?$apply=groupby((rollup($all,Customer/Country)),aggregate(Total with sum as Sum))", "Sum", "0.01 425.5 100 525.51", "")]
    [InlineData("Orders?$apply=outerjoin(OrderLines as Line)", "Id", "101 101 102 103 103 104 105", "")]
    [InlineData("Orders?$apply=join(OrderLines as Line)", "Id", "103 101 102 101 103", "&$orderby=Line/Quantity desc,Line/Product/Name desc")]
    [InlineData("Orders?$apply=concat(orderby(Total desc)/top(3),aggregate(Total with sum as Sum))", "Id", "102 101 103 -", "")]
    public async Task Every_row_is_on_one_page(string request, string member, string values, string order)
    {
        var rows = new List<string>();
        for (var next = (string?)(shop.Root + request + order); next is not null;)
        {
            var (_, _, body) = await shop.Get(next[shop.Root.Length..], ("Prefer", "maxpagesize=2"));
            var page = System.Text.Json.Nodes.JsonNode.Parse(body)!;
            rows.AddRange(page["value"]!.AsArray().Select(row => row![member] is { } value
                ? ((decimal)value).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "-"));
            next = (string?)page["@odata.nextLink"];
        }
        string.Join(' ', rows).Should().Be(values);
    }

    [DatabaseTheory]
    // Malformed, unknown, of the wrong type.
    [InlineData("Orders?$apply=agregate($count as N)", 400, "UnknownFunction")]
    [InlineData("Orders?$apply=aggregate(Total with summ as N)", 400, "UnknownFunction")]
    [InlineData("Orders?$apply=aggregate($count)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=aggregate(Total with sum)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=aggregate(Total)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=aggregate(Total with sum as Total)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=aggregate(Total with sum as A,Total with max as A)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=aggregate(Status with sum as A)", 400, "TypeMismatch")]
    [InlineData("Orders?$apply=aggregate(Customer with sum as A)", 400, "TypeMismatch")]
    [InlineData("Orders?$apply=groupby(Status)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=groupby((Statuss))", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Status))/filter(Total gt 1)", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Status))&$filter=Total gt 1", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Status))&$orderby=Total", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Status))&$select=Total", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Status))&$expand=Customer", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=compute(Total mul 2 as Status)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=concat(identity)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=join(Customer as C)", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=join(OrderLines)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=join(OrderLines as Status)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=join(OrderLines as Line)&$filter=Lin/Quantity gt 1", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=topcount(0,Total)", 400, "OutOfRange")]
    [InlineData("Orders?$apply=toppercent(101,Total)", 400, "OutOfRange")]
    [InlineData("Orders?$apply=topsum(1,Status)", 400, "TypeMismatch")]
    [InlineData("Orders?$apply=filter(Total)", 400, "TypeMismatch")]
    [InlineData("Orders?$apply=identity/", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=", 400, "MalformedUrl")]
    [InlineData("Orders(101)?$apply=identity", 400, "UnknownOption")]
    [InlineData("Orders/$ref?$apply=identity", 400, "UnknownOption")]
    [InlineData("Orders?$apply=aggregate(Total with sum from Status as A)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=aggregate(Total with sum from Statuss with max as A)", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=aggregate(Status with max from CustomerId with sum as A)", 400, "TypeMismatch")]
    [InlineData("Orders?$apply=groupby((Status),aggregate($count as N)/filter(Total gt 1))", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Status),top(1)/aggregate($count as N))/orderby(Total)", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=expand(Customer)", 400, "UnknownFunction")]
    [InlineData("Orders?$apply=groupby((Customer))&$expand=Customer,Customer($select=Id)", 400, "MalformedUrl")]
    [InlineData("Orders?$apply=groupby((OrderLines))", 400, "TypeMismatch")]
    [InlineData("Orders?$apply=groupby((Customer))/filter(Status eq 'a')", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((Customer))&$filter=Customer/Names eq 'a'", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=join(OrderLines as Line,aggregate($count as N))/filter(Line/Quantity gt 1)", 400, "UnknownProperty")]
    [InlineData("Orders?$expand=Customer($apply=identity)", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Orders/$ref($apply=identity)", 400, "UnknownOption")]
    [InlineData("Customers?$expand=Orders($apply=groupby((Status));$filter=Total gt 1)", 400, "UnknownProperty")]
    [InlineData("Customers?$expand=Orders($apply=identity nonsense)", 400, "MalformedUrl")]
    [InlineData("Customers?$expand=Orders($apply=identity;$apply=identity)", 400, "MalformedUrl")]
    [InlineData("Customers?$expand=Orders($compute=Total mul 2 as Twice nonsense)", 400, "MalformedUrl")]
    // Valid, but not supported.
    [InlineData("Orders?$apply=aggregate(Total with Custom.concat as A)", 501, "NotImplemented")]
    [InlineData("Orders?$apply=join(OrderLines as Line)/join(Line as Other)", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=join(OrderLines as Line)&$expand=Customer", 501, "NotImplemented")]
    [InlineData("Orders?$apply=nest(identity as All)", 501, "NotImplemented")]
    [InlineData("Orders?$apply=addnested(OrderLines,filter(Quantity gt 1) as Many)", 501, "NotImplemented")]
    [InlineData("Customers?$apply=ancestors($root/Customers,Managers,Id,filter(Id eq 4))", 501, "NotImplemented")]
    [InlineData("Orders?$apply=groupby((rollup(Time)))", 400, "UnknownProperty")]
    [InlineData("Orders?$apply=groupby((rollup(Status)))", 501, "NotImplemented")]
    [InlineData("Orders?$apply=Demo.Best(3)", 501, "NotImplemented")]
    [InlineData("Orders?$apply=groupby((Status))&$search=open", 501, "NotImplemented")]
    [InlineData("Orders?$apply=groupby((Customer/Name))&$filter=Customer eq null", 501, "NotImplemented")]
    [InlineData("Orders?$apply=groupby((Status))&$expand=*", 501, "NotImplemented")]
    [InlineData("$crossjoin(Orders,Customers)?$apply=aggregate($count as N)", 501, "NotImplemented")]
    [InlineData("Customers?$apply=aggregate(Token with max as A)", 400, "TypeMismatch")]
    [InlineData("Customers?$apply=groupby((Picture))", 501, "NotImplemented")]
    public Task Refuses(string request, int status, string code) => shop.Refuses(request, status, code);

    [DatabaseFact]
    public async Task A_next_link_belongs_to_its_transformations()
    {
        var next = await shop.NextLink("Orders?$apply=groupby((Status))", 1);
        await shop.Refuses(next![shop.Root.Length..].Replace("((Status))", "((CustomerId))", StringComparison.Ordinal), 400, "InvalidNextLink");
    }

    [DatabaseFact]
    public Task A_name_that_is_near_is_suggested() => shop.RefusesWith(
        "Orders?$apply=groupby((Status),aggregate(Total with sum as Revenue))&$orderby=Revenu", 400, message: "*Did you mean 'Revenue'?*");
}
