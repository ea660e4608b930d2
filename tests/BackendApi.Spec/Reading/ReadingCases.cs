namespace BackendApi.Spec.Reading;

/// <summary>Addresses and options of a GET, each with the whole response.</summary>
public abstract class ReadingCases(Shop.ShopService shop)
{
    [DatabaseFact]
    public Task An_entity_by_its_key() => shop.Answers(
        "Products(1)",
        """{"@odata.context":"{root}$metadata#Products/$entity","Id":1,"Sku":"P-1","Name":"Lamp","Price":19.99}""");

    [DatabaseFact]
    public Task A_key_as_a_segment() => shop.Answers(
        "Products/1?$select=Sku",
        """{"@odata.context":"{root}$metadata#Products(Sku)/$entity","Sku":"P-1"}""");

    [DatabaseFact]
    public Task An_alternate_key() => shop.Answers(
        "Products(Sku='P%2F3')?$select=Id",
        """{"@odata.context":"{root}$metadata#Products(Id)/$entity","Id":3}""");

    [DatabaseFact]
    public Task A_composite_key() => shop.Answers(
        "OrderLines(OrderId=101,LineNo=2)?$select=Quantity",
        """{"@odata.context":"{root}$metadata#OrderLines(Quantity)/$entity","Quantity":1}""");

    [DatabaseFact]
    public Task A_key_alias() => shop.Answers(
        "Products(@k)?@k=2&$select=Sku",
        """{"@odata.context":"{root}$metadata#Products(Sku)/$entity","Sku":"P-2"}""");

    [DatabaseFact]
    public Task A_key_that_nothing_has() => shop.Refuses("Products(99)", 404, "EntityNotFound");

    [DatabaseFact]
    public Task Every_type_as_JSON() => shop.Answers(
        "Customers(1)",
        """
        {"@odata.context":"{root}$metadata#Customers/$entity","Id":1,"Name":"Ada","Country":"GB","Balance":1250.5000,"Rating":4.5,"IsActive":true,
        "CreatedAt":"2024-01-31T10:20:30.123456Z","Birthday":"1990-12-31","Opens":"08:30:00","Token":"00000001-0000-0000-0000-000000000000","Picture":"-_8A","ManagerId":null}
        """);

    [DatabaseFact]
    public Task A_property() => shop.Answers(
        "Products(1)/Price", """{"@odata.context":"{root}$metadata#Products(1)/Price","value":19.99}""");

    [DatabaseFact]
    public Task A_property_that_is_null() => shop.AnswersNothing("Products(3)/Price");

    [DatabaseFact]
    public Task A_raw_value() => shop.AnswersText("Customers(1)/Name/$value", "Ada");

    [DatabaseFact]
    public Task A_raw_number() => shop.AnswersText("Products(1)/Price/$value", "19.99");

    [DatabaseFact]
    public Task A_navigation_to_one() => shop.Answers(
        "Customers(2)/Manager?$select=Name", """{"@odata.context":"{root}$metadata#Customers(Name)/$entity","Name":"Ada"}""");

    [DatabaseFact]
    public Task A_navigation_that_leads_nowhere() => shop.AnswersNothing("Customers(1)/Manager");

    [DatabaseFact]
    public Task A_navigation_from_an_entity_that_does_not_exist() => shop.Refuses("Customers(99)/Manager", 404, "EntityNotFound");

    [DatabaseFact]
    public Task A_navigation_to_many() => shop.Answers(
        "Customers(1)/Orders?$select=Id", """{"@odata.context":"{root}$metadata#Orders(Id)","value":[{"Id":101},{"Id":102},{"Id":105}]}""");

    [DatabaseFact]
    public Task A_navigation_to_many_without_members() => shop.Answers(
        "Customers(4)/Orders?$select=Id", """{"@odata.context":"{root}$metadata#Orders(Id)","value":[]}""");

    [DatabaseFact]
    public Task A_navigation_to_many_from_an_entity_that_does_not_exist() => shop.Refuses("Customers(99)/Orders", 404, "EntityNotFound");

    [DatabaseFact]
    public Task A_member_of_a_navigation() => shop.Answers(
        "Customers(1)/Orders(102)/Customer/Name", """{"@odata.context":"{root}$metadata#Customers(1)/Name","value":"Ada"}""");

    [DatabaseFact]
    public Task A_member_of_another_entity_is_not_found() => shop.Refuses("Customers(2)/Orders(102)", 404, "EntityNotFound");

    [DatabaseFact]
    public Task A_navigation_over_a_link_table() => shop.Answers(
        "Products(1)/Tags", """{"@odata.context":"{root}$metadata#Tags","value":[{"Id":1,"Name":"light"},{"Id":2,"Name":"office"}]}""");

    [DatabaseFact]
    public Task A_count() => shop.AnswersText("Customers/$count", "5");

    [DatabaseFact]
    public Task A_count_with_a_filter() => shop.AnswersText("Customers/$count?$filter=IsActive", "3");

    [DatabaseFact]
    public Task A_count_of_a_navigation() => shop.AnswersText("Customers(1)/Orders/$count", "3");

    [DatabaseFact]
    public Task Inline_count_ignores_top_and_skip() => shop.Answers(
        "Products?$count=true&$top=1&$skip=1&$select=Id", """{"@odata.context":"{root}$metadata#Products(Id)","@odata.count":4,"value":[{"Id":2}]}""");

    [DatabaseFact]
    public Task Options_without_a_dollar_sign_and_in_any_case() => shop.Answers(
        "Products?TOP=1&$OrderBy=Id desc&select=Id", """{"@odata.context":"{root}$metadata#Products(Id)","value":[{"Id":4}]}""");

    [DatabaseFact]
    public Task Identifiers_in_another_case_when_only_one_fits() => shop.Answers(
        "products?$select=id&$top=1", """{"@odata.context":"{root}$metadata#Products(Id)","value":[{"Id":1}]}""");

    [DatabaseFact]
    public Task Custom_options_are_ignored() => shop.Answers(
        "Products?debug=1&$top=1&$select=Id", """{"@odata.context":"{root}$metadata#Products(Id)","value":[{"Id":1}]}""");

    [DatabaseFact]
    public Task Top_zero() => shop.Answers("Products?$top=0", """{"@odata.context":"{root}$metadata#Products","value":[]}""");

    [DatabaseFact]
    public Task Select_all() => shop.Answers(
        "Tags?$select=*&$top=1", """{"@odata.context":"{root}$metadata#Tags","value":[{"Id":1,"Name":"light"}]}""");

    [DatabaseTheory]
    [InlineData("nulls come first", "Country,Id", "3 5 1 4 2")]
    [InlineData("and last when descending", "Country desc,Id", "2 1 4 3 5")]
    [InlineData("ties are broken by the key", "Rating", "2 5 3 1 4")]
    [InlineData("an expression", "length(Name) desc,Id", "4 2 3 1 5")]
    [InlineData("a path", "Manager/Name desc,Id", "4 2 3 1 5")]
    [InlineData("a count", "Orders/$count desc,Id", "1 2 3 4 5")]
    [InlineData("what is not a number", "NaN,Id", "1 2 3 4 5")]
    [InlineData("what has no remainder", "-INF mod 8.25,Id", "1 2 3 4 5")]
    public Task Orders_by(string because, string order, string keys) => shop.Keys("Customers", "$orderby=" + order, keys, because);

    [DatabaseFact]
    public Task Absent_options_of_4_01_payloads() => shop.Answers(
        "Products(2)?$select=Sku", """{"@context":"{root}$metadata#Products(Sku)/$entity","Sku":"P-2"}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task Numbers_as_strings_when_the_client_asks() => shop.Answers(
        "Products(1)?$select=Id,Price",
        """{"@odata.context":"{root}$metadata#Products(Id,Price)/$entity","Id":1,"Price":"19.99"}""", ("Accept", "application/json;IEEE754Compatible=true"));

    [DatabaseFact]
    public Task No_metadata() => shop.Answers(
        "Tags?$top=1&$count=true", """{"@odata.count":3,"value":[{"Id":1,"Name":"light"}]}""", ("Accept", "application/json;odata.metadata=none"));

    [DatabaseFact]
    public Task Full_metadata() => shop.Answers(
        "Tags(1)",
        """
        {"@odata.context":"{root}$metadata#Tags/$entity","@odata.type":"#BackendApi.Tags","@odata.id":"{root}Tags(1)","@odata.editLink":"Tags(1)",
        "Id@odata.type":"#Int32","Id":1,"Name":"light"}
        """, ("Accept", "application/json;odata.metadata=full"));

    [DatabaseFact]
    public Task Nulls_left_out_when_the_client_prefers_it() => shop.Answers(
        "Products(3)", """{"@odata.context":"{root}$metadata#Products/$entity","Id":3,"Sku":"P/3","Name":"Desk_top"}""", ("Prefer", "omit-values=nulls"));

    [DatabaseFact]
    public Task Base64_as_the_readers_of_Excel_want_it() => shop.Answers(
        "Customers(1)/Picture", """{"@odata.context":"{root}$metadata#Customers(1)/Picture","value":"+/8A"}""", ("User-Agent", "Microsoft.Data.Mashup"));
}
