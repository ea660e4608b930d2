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
    public Task Deeper_than_the_settings_allow() => shop.Refuses(
        "Customers?$expand=Manager($expand=Manager($expand=Manager($expand=Manager($expand=Manager($expand=Manager($expand=Manager))))))", 400, "LimitExceeded");

    [DatabaseFact]
    public Task An_option_that_does_not_fit_a_single_entity() => shop.Refuses("Orders?$expand=Customer($top=1)", 400, "UnknownOption");
}
