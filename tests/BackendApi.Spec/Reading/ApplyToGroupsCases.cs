namespace BackendApi.Spec.Reading;

/// <summary>Transformations of each group (Data Aggregation 4.0, section 3.2.3), and the groups that <c>from</c> makes (3.2.1.5).</summary>
public abstract class ApplyToGroupsCases(Shop.ShopService shop)
{
    private Task Rows(string request, string select, string rows) =>
        shop.Answers(request, $$"""{"@odata.context":"{root}$metadata#{{select}}","value":[{{rows.ReplaceLineEndings("")}}]}""");

    [DatabaseTheory]
    [InlineData("groupby((Status),identity)", "101 102 103 104 105")]
    [InlineData("groupby((Status),topsum(1,Total))", "101 102 105")]
    [InlineData("groupby((Status),topsum(76,Total))", "101 102 104 105")]
    [InlineData("groupby((Status),topsum(0,Total))", "")]
    [InlineData("groupby((Status),toppercent(50,Total))", "101 102 105")]
    [InlineData("groupby((Status),bottomsum(1,Total))", "101 102 104 105")]
    [InlineData("groupby((Status),bottompercent(0.01,Total mul 2))", "101 102 104")]
    [InlineData("groupby((Status),bottomcount(1,Total))", "101 102 104")]
    [InlineData("groupby((Status),orderby(Total desc)/top(1))", "102 101 105")]
    [InlineData("groupby((Status),orderby(Total)/skip(1)/top(1))", "105 103")]
    [InlineData("groupby((Status),skip(1))", "103 105")]
    [InlineData("groupby((Status),skip(0))", "101 102 103 104 105")]
    [InlineData("groupby((Status),top(0))", "")]
    [InlineData("groupby((Status),top(1)/filter(Total gt 99))/top(1)", "101")]
    [InlineData("groupby((Status),search(open)/top(1))", "101")]
    [InlineData("groupby((Customer/Country),skip(1)/topcount(1,Total))", "102")]
    [InlineData("groupby((Status),compute(Total mul 2 as Twice)/filter(Twice gt 200))/topcount(1,Twice)", "102")]
    [InlineData("groupby((Status),concat(topcount(1,Total),bottomcount(1,Total)))", "101 102 105 101 102 104")]
    [InlineData("groupby((Status),concat(topcount(1,Total),bottomcount(1,Total))/skip(1))", "101 102 104")]
    [InlineData("groupby((Status),groupby((CustomerId),topcount(1,Total))/top(1))", "101 102 104")]
    [InlineData("groupby((rollup(Status,CustomerId)),topcount(1,Total))", "101 102 103 104 105 101 102 105")]
    [InlineData("compute(year(PlacedAt) as Year)/groupby((Year,Status),top(1))", "101 102 104")]
    public Task Rows_are_chosen_within_their_group(string transformations, string keys) => shop.Keys("Orders", "$apply=" + transformations, keys, "");

    [DatabaseFact]
    public Task A_group_of_which_nothing_is_left_is_aggregated_too() => Rows(
        "Orders?$apply=groupby((Status),filter(Total gt 99)/aggregate(Total with sum as Sum,$count as N))", "Orders(Status,Sum,N)",
        """
        {"Status":"closed","Sum":null,"N@odata.type":"#Decimal","N":0},
        {"Status":"open","Sum@odata.type":"#Decimal","Sum":200.00,"N@odata.type":"#Decimal","N":2},
        {"Status":"paid","Sum@odata.type":"#Decimal","Sum":250.50,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task As_its_related_entities_are() => Rows(
        "Orders?$apply=groupby((Status),filter(Id ne 102)/aggregate(OrderLines/Quantity with sum as Pieces,$count as N))", "Orders(Status,Pieces,N)",
        """
        {"Status":"closed","Pieces":null,"N@odata.type":"#Decimal","N":2},
        {"Status":"open","Pieces@odata.type":"#Int64","Pieces":14,"N@odata.type":"#Decimal","N":2},
        {"Status":"paid","Pieces":null,"N@odata.type":"#Decimal","N":0}
        """);

    [DatabaseFact]
    public Task The_largest_of_each_group_are_aggregated() => Rows(
        "Orders?$apply=groupby((Customer/Country),topcount(2,Total)/aggregate(Total with sum as Sum))", "Orders(Customer(Country),Sum)",
        """
        {"Customer":{"Country":null},"Sum@odata.type":"#Decimal","Sum":0.01},
        {"Customer":{"Country":"GB"},"Sum@odata.type":"#Decimal","Sum":350.50},
        {"Customer":{"Country":"SE"},"Sum@odata.type":"#Decimal","Sum":100.00}
        """);

    [DatabaseFact]
    public Task A_group_is_grouped_again() => Rows(
        "Orders?$apply=groupby((Customer/Country),groupby((Status),aggregate(Total with sum as Sum))/aggregate(Sum with max as Most,$count as N))", "Orders(Customer(Country),Most,N)",
        """
        {"Customer":{"Country":null},"Most@odata.type":"#Decimal","Most":0.01,"N@odata.type":"#Decimal","N":1},
        {"Customer":{"Country":"GB"},"Most@odata.type":"#Decimal","Most":250.50,"N@odata.type":"#Decimal","N":3},
        {"Customer":{"Country":"SE"},"Most@odata.type":"#Decimal","Most":100.00,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task Each_inner_group_has_what_the_outer_one_has_in_common() => Rows(
        "Orders?$apply=groupby((CustomerId),groupby((Status),aggregate($count as N))/topcount(1,N))", "Orders(CustomerId,Status,N)",
        """
        {"CustomerId":1,"Status":"closed","N@odata.type":"#Decimal","N":1},
        {"CustomerId":2,"Status":"open","N@odata.type":"#Decimal","N":1},
        {"CustomerId":3,"Status":"closed","N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task Rows_and_the_total_of_each_group() => Rows(
        "Orders?$apply=groupby((Status),concat(topcount(1,Total)/groupby((Id)),aggregate(Total with sum as Sum)))", "Orders(Status)",
        """
        {"Status":"closed","Id":105},{"Status":"open","Id":101},{"Status":"paid","Id":102},
        {"Status":"closed","Sum@odata.type":"#Decimal","Sum":75.01},{"Status":"open","Sum@odata.type":"#Decimal","Sum":200.00},{"Status":"paid","Sum@odata.type":"#Decimal","Sum":250.50}
        """);

    [DatabaseFact]
    public Task A_group_is_joined() => Rows(
        "Orders?$apply=groupby((Status),join(OrderLines as Line)/aggregate(Line/Quantity with sum as Pieces,$count as N))", "Orders(Status,Pieces,N)",
        """
        {"Status":"closed","Pieces":null,"N@odata.type":"#Decimal","N":0},
        {"Status":"open","Pieces@odata.type":"#Int64","Pieces":14,"N@odata.type":"#Decimal","N":4},
        {"Status":"paid","Pieces@odata.type":"#Int64","Pieces":2,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task What_is_computed_in_a_group_stays_beside_its_entities() => shop.Answers(
        "Orders?$apply=concat(groupby((CustomerId),topcount(1,Total))/compute('customer' as Per),topcount(1,Total)/compute('all' as Per))&$select=Id,Per&$expand=Customer($select=Name)",
        """
        {"@odata.context":"{root}$metadata#Orders(Id,Per,Customer(Name))","value":[
        {"Id":102,"Per":"customer","Customer":{"Name":"Ada"}},{"Id":103,"Per":"customer","Customer":{"Name":"Björn"}},{"Id":104,"Per":"customer","Customer":{"Name":"Chloé"}},
        {"Id":102,"Per":"all","Customer":{"Name":"Ada"}}]}
        """.ReplaceLineEndings(""));

    [DatabaseFact]
    public Task The_same_path_twice_is_the_same_grouping() => Rows("Orders?$apply=groupby((Status,Status))", "Orders(Status)", """{"Status":"closed"},{"Status":"open"},{"Status":"paid"}""");

    [DatabaseFact]
    public Task From_aggregates_groups_in_place_of_rows() => Rows(
        "Orders?$apply=aggregate(Total with sum from Customer/Country with max as Best,Total with sum from Status with average as Mean,$count as N)", "Orders(Best,Mean,N)",
        """{"Best@odata.type":"#Decimal","Best":425.50,"Mean@odata.type":"#Decimal","Mean":175.17,"N@odata.type":"#Decimal","N":5}""");

    [DatabaseFact]
    public Task From_groups_of_groups() => Rows(
        "Orders?$apply=aggregate(Total with sum from Status,CustomerId with average from CustomerId with max as Most)", "Orders(Most)",
        """{"Most@odata.type":"#Decimal","Most":141.8333333333}""");

    [DatabaseFact]
    public Task From_inside_of_groups() => Rows(
        "Orders?$apply=groupby((Status),aggregate(Total with sum from CustomerId with max as Most,OrderLines/Quantity with sum from CustomerId with sum as Pieces,$count as N))",
        "Orders(Status,Most,Pieces,N)",
        """
        {"Status":"closed","Most@odata.type":"#Decimal","Most":75.00,"Pieces":null,"N@odata.type":"#Decimal","N":2},
        {"Status":"open","Most@odata.type":"#Decimal","Most":100.00,"Pieces@odata.type":"#Decimal","Pieces":14,"N@odata.type":"#Decimal","N":2},
        {"Status":"paid","Most@odata.type":"#Decimal","Most":250.50,"Pieces@odata.type":"#Decimal","Pieces":2,"N@odata.type":"#Decimal","N":1}
        """);

    [DatabaseFact]
    public Task From_counts() => Rows(
        "Orders?$apply=aggregate($count from Status with max as Most,CustomerId with countdistinct from Status with sum as Pairs)", "Orders(Most,Pairs)",
        """{"Most@odata.type":"#Decimal","Most":2,"Pairs@odata.type":"#Decimal","Pairs":5}""");

    [DatabaseFact]
    public Task Different_entities_are_counted_whatever_their_key() => Rows(
        "Products?$apply=aggregate(Lines with countdistinct as N)", "Products(N)", """{"N@odata.type":"#Decimal","N":4}""");

    [DatabaseTheory]
    [InlineData("groupby((Status),filter(Total gt 99)/aggregate(Total with sum as Sum))", "Sum", "- 200 250.5")]
    [InlineData("groupby((CustomerId),orderby(Total desc)/top(2))", "Id", "102 101 103 104")]
    [InlineData("groupby((Status),concat(topcount(1,Total),aggregate(Total with sum as Sum)))", "Total", "100 250.5 75 - - -")]
    public async Task Every_row_is_on_one_page(string transformations, string member, string values)
    {
        var rows = new List<string>();
        for (var next = (string?)$"{shop.Root}Orders?$apply={transformations}"; next is not null;)
        {
            var (_, _, body) = await shop.Get(next[shop.Root.Length..], ("Prefer", "maxpagesize=2"));
            var page = System.Text.Json.Nodes.JsonNode.Parse(body)!;
            rows.AddRange(page["value"]!.AsArray().Select(row => row![member] is { } value
                ? ((decimal)value).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "-"));
            next = (string?)page["@odata.nextLink"];
        }
        string.Join(' ', rows).Should().Be(values);
    }

    [DatabaseFact]
    public Task A_method_of_the_service_is_none() => shop.RefusesWith(
        "Orders?$apply=aggregate(Total with Custom.concat as A)", 501, message: "*The service defines no aggregation methods of its own: there is no 'Custom.concat'*");
}
