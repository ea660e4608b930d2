namespace BackendApi.Spec.Reading;

/// <summary><c>$expand</c> (URL Conventions 5.1.3).</summary>
public abstract class ExpandCases(Shop.ShopService shop)
{
    [DatabaseFact]
    public Task A_single_entity() => shop.Answers(
        "Orders(101)?$select=Id&$expand=Customer($select=Name)",
        """{"@odata.context":"{root}$metadata#Orders(Id,Customer(Name))/$entity","Id":101,"Customer":{"Name":"Ada"}}""");

    [DatabaseFact]
    public Task A_single_entity_that_is_not_there() => shop.Answers(
        "Customers(1)?$select=Id&$expand=Manager($select=Name)",
        """{"@odata.context":"{root}$metadata#Customers(Id,Manager(Name))/$entity","Id":1,"Manager":null}""");

    [DatabaseFact]
    public Task A_collection() => shop.Answers(
        "Customers?$select=Id&$expand=Orders($select=Id)&$top=3",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Orders(Id))","value":[
        {"Id":1,"Orders":[{"Id":101},{"Id":102},{"Id":105}]},{"Id":2,"Orders":[{"Id":103}]},{"Id":3,"Orders":[{"Id":104}]}]}
        """);

    [DatabaseFact]
    public Task Without_options_in_4_0_the_context_does_not_mention_it() => shop.Answers(
        "Tags?$filter=Id eq 3&$expand=*", """{"@odata.context":"{root}$metadata#Tags","value":[{"Id":3,"Name":"unused"}]}""");

    [DatabaseFact]
    public Task Two_levels_of_collections() => shop.Answers(
        "Customers?$select=Id&$expand=Orders($select=Id;$expand=OrderLines($select=LineNo,Quantity))&$filter=Id le 2",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Orders(Id,OrderLines(LineNo,Quantity)))","value":[
        {"Id":1,"Orders":[
        {"Id":101,"OrderLines":[{"LineNo":1,"Quantity":2},{"LineNo":2,"Quantity":1}]},
        {"Id":102,"OrderLines":[{"LineNo":1,"Quantity":2}]},
        {"Id":105,"OrderLines":[]}]},
        {"Id":2,"Orders":[{"Id":103,"OrderLines":[{"LineNo":1,"Quantity":10},{"LineNo":2,"Quantity":1}]}]}]}
        """);

    [DatabaseFact]
    public Task A_collection_behind_a_single_entity() => shop.Answers(
        "Customers?$select=Id&$expand=Manager($select=Id;$expand=Orders($select=Id))&$filter=Id in (1,2,4)",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Manager(Id,Orders(Id)))","value":[
        {"Id":1,"Manager":null},
        {"Id":2,"Manager":{"Id":1,"Orders":[{"Id":101},{"Id":102},{"Id":105}]}},
        {"Id":4,"Manager":{"Id":2,"Orders":[{"Id":103}]}}]}
        """);

    [DatabaseFact]
    public Task A_link_table() => shop.Answers(
        "Products?$select=Id&$expand=Tags($select=Name)&$filter=Id le 2",
        """
        {"@odata.context":"{root}$metadata#Products(Id,Tags(Name))","value":[
        {"Id":1,"Tags":[{"Name":"light"},{"Name":"office"}]},{"Id":2,"Tags":[{"Name":"light"}]}]}
        """);

    [DatabaseFact]
    public Task With_filter_order_and_count() => shop.Answers(
        "Customers?$select=Id&$expand=Orders($select=Id;$filter=Total ge 100;$orderby=Total desc;$count=true)&$top=2",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Orders(Id))","value":[
        {"Id":1,"Orders":[{"Id":102},{"Id":101}],"Orders@odata.count":2},{"Id":2,"Orders":[{"Id":103}],"Orders@odata.count":1}]}
        """);

    [DatabaseFact]
    public Task With_top_and_skip_of_each_owner() => shop.Answers(
        "Customers?$select=Id&$expand=Orders($select=Id;$orderby=Id desc;$skip=1;$top=1;$count=true)&$top=2",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Orders(Id))","value":[
        {"Id":1,"Orders":[{"Id":102}],"Orders@odata.count":3},{"Id":2,"Orders":[],"Orders@odata.count":1}]}
        """);

    [DatabaseFact]
    public Task Two_collections_side_by_side() => shop.Answers(
        "Products(1)?$select=Id&$expand=Lines($select=OrderId),Tags($select=Id)",
        """
        {"@odata.context":"{root}$metadata#Products(Id,Lines(OrderId),Tags(Id))/$entity","Id":1,"Lines":[{"OrderId":101}],"Tags":[{"Id":1},{"Id":2}]}
        """);

    [DatabaseFact]
    public Task References_of_a_collection() => shop.Answers(
        "Customers?$select=Id&$expand=Orders/$ref&$filter=Id in (1,4)",
        """
        {"@odata.context":"{root}$metadata#Customers(Id)","value":[
        {"Id":1,"Orders":[{"@odata.id":"{root}Orders(101)"},{"@odata.id":"{root}Orders(102)"},{"@odata.id":"{root}Orders(105)"}]},
        {"Id":4,"Orders":[]}]}
        """);

    [DatabaseFact]
    public Task References_with_options() => shop.Answers(
        "Customers(1)?$select=Id&$expand=Orders/$ref($filter=Total ge 100;$orderby=Total desc;$top=1;$count=true)",
        """
        {"@odata.context":"{root}$metadata#Customers(Id)/$entity","Id":1,"Orders":[{"@odata.id":"{root}Orders(102)"}],"Orders@odata.count":2}
        """);

    [DatabaseFact]
    public Task A_reference_to_a_single_entity_in_4_01() => shop.Answers(
        "Customers?$select=Id&$expand=Manager/$ref&$top=2",
        """{"@context":"{root}$metadata#Customers(Id)","value":[{"Id":1,"Manager":null},{"Id":2,"Manager":{"@id":"{root}Customers(1)"}}]}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task References_of_everything_and_one_in_full() => shop.Answers(
        "Orders(103)?$select=Id&$expand=*/$ref,Customer($select=Name)",
        """
        {"@odata.context":"{root}$metadata#Orders(Id,Customer(Name))/$entity","Id":103,"Customer":{"Name":"Björn"},
        "OrderLines":[{"@odata.id":"{root}OrderLines(OrderId=103,LineNo=1)"},{"@odata.id":"{root}OrderLines(OrderId=103,LineNo=2)"}]}
        """);

    [DatabaseFact]
    public Task The_number_alone() => shop.Answers(
        "Customers?$select=Id&$expand=Orders/$count&$filter=Id in (1,2,4)",
        """
        {"@odata.context":"{root}$metadata#Customers(Id)","value":[
        {"Id":1,"Orders@odata.count":3},{"Id":2,"Orders@odata.count":1},{"Id":4,"Orders@odata.count":0}]}
        """);

    [DatabaseFact]
    public Task The_number_of_what_a_filter_and_a_search_keep() => shop.Answers(
        "Customers(1)?$select=Id&$expand=Orders/$count($filter=Total ge 100;$search=PAID)",
        """{"@odata.context":"{root}$metadata#Customers(Id)/$entity","Id":1,"Orders@odata.count":1}""");

    [DatabaseFact]
    public Task Numbers_beside_and_inside_other_expansions() => shop.Answers(
        "Customers?$select=Id&$expand=Orders($select=Id;$expand=OrderLines/$count;$top=2),Manager($select=Id;$expand=Orders/$count)&$filter=Id le 2",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Manager(Id),Orders(Id))","value":[
        {"Id":1,"Manager":null,"Orders":[{"Id":101,"OrderLines@odata.count":2},{"Id":102,"OrderLines@odata.count":1}]},
        {"Id":2,"Manager":{"Id":1,"Orders@odata.count":3},"Orders":[{"Id":103,"OrderLines@odata.count":2}]}]}
        """);

    [DatabaseFact]
    public Task Levels_of_a_single_entity() => shop.Answers(
        "Customers(4)?$select=Id&$expand=Manager($select=Id;$levels=2)",
        """{"@odata.context":"{root}$metadata#Customers(Id,Manager+(Id))/$entity","Id":4,"Manager":{"Id":2,"Manager":{"Id":1}}}""");

    [DatabaseFact]
    public Task As_many_levels_as_there_are() => shop.Answers(
        "Customers(4)?$select=Id&$expand=Manager($select=Id;$levels=max)",
        """{"@context":"{root}$metadata#Customers(Id,Manager+(Id))/$entity","Id":4,"Manager":{"Id":2,"Manager":{"Id":1,"Manager":null}}}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task Levels_of_a_collection_with_options_at_each() => shop.Answers(
        "Customers(1)?$select=Id&$expand=CustomersByManager($select=Id;$orderby=Id desc;$levels=max;$expand=Orders/$count)",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,CustomersByManager+(Id))/$entity","Id":1,"CustomersByManager":[
        {"Id":3,"Orders@odata.count":1,"CustomersByManager":[]},
        {"Id":2,"Orders@odata.count":1,"CustomersByManager":[{"Id":4,"Orders@odata.count":0,"CustomersByManager":[]}]}]}
        """);

    [DatabaseFact]
    public Task Levels_of_everything() => shop.Answers(
        "Tags(3)?$expand=*($levels=2)", """{"@odata.context":"{root}$metadata#Tags/$entity","Id":3,"Name":"unused"}""");

    [DatabaseFact]
    public Task A_navigation_property_that_is_selected_only_is_named_in_the_context() => shop.Answers(
        "Customers(1)?$select=Id,Orders", """{"@odata.context":"{root}$metadata#Customers(Id,Orders)/$entity","Id":1}""");

    [DatabaseFact]
    public Task And_with_its_expansion_in_4_01() => shop.Answers(
        "Customers(4)?$select=Id,Orders&$expand=Orders", """{"@context":"{root}$metadata#Customers(Id,Orders,Orders())/$entity","Id":4,"Orders":[]}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task Deeper_than_the_settings_allow() => shop.Refuses(
        "Customers?$expand=Manager($expand=Manager($expand=Manager($expand=Manager($expand=Manager($expand=Manager($expand=Manager))))))", 400, "LimitExceeded");

    [DatabaseFact]
    public Task An_option_that_does_not_fit_a_single_entity() => shop.Refuses("Orders?$expand=Customer($top=1)", 400, "UnknownOption");
}
