namespace BackendApi.Spec.Reading;

/// <summary><c>$compute</c> (Protocol 11.2.5.3): names for expressions, usable wherever a property is.</summary>
public abstract class ComputeCases(Shop.ShopService shop)
{
    [DatabaseFact]
    public Task Selected() => shop.Answers(
        "Customers?$compute=Id mul 2 as Twice&$select=Id,Twice&$top=2",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Twice)","value":[
        {"Id":1,"Twice@odata.type":"#Int32","Twice":2},{"Id":2,"Twice@odata.type":"#Int32","Twice":4}]}
        """);

    [DatabaseFact]
    public Task Without_select_it_is_part_of_the_answer() => shop.Answers(
        "Tags?$compute=length(Name) as Letters,concat(Name,'!') as Loud&$top=1",
        """
        {"@odata.context":"{root}$metadata#Tags(*,Letters,Loud)","value":[
        {"Id":1,"Name":"light","Letters@odata.type":"#Int32","Letters":5,"Loud":"light!"}]}
        """);

    [DatabaseFact]
    public Task A_star_selects_it_too() => shop.Answers(
        "Tags?$compute=length(Name) as Letters&$select=*&$top=1",
        """{"@odata.context":"{root}$metadata#Tags(*,Letters)","value":[{"Id":1,"Name":"light","Letters@odata.type":"#Int32","Letters":5}]}""");

    [DatabaseFact]
    public Task Unless_select_names_others() => shop.Answers(
        "Tags?$compute=length(Name) as Letters&$select=Id&$top=1", """{"@odata.context":"{root}$metadata#Tags(Id)","value":[{"Id":1}]}""");

    [DatabaseFact]
    public Task In_4_01() => shop.Answers(
        "Tags(1)?$compute=length(Name) as Letters&$select=Letters",
        """{"@context":"{root}$metadata#Tags(Letters)/$entity","Letters@type":"Int32","Letters":5}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task A_single_entity() => shop.Answers(
        "Customers(1)?$compute=year(CreatedAt) as Since,IsActive and Id gt 1 as Old&$select=Since,Old",
        """{"@odata.context":"{root}$metadata#Customers(Since,Old)/$entity","Since@odata.type":"#Int32","Since":2024,"Old":false}""");

    [DatabaseFact]
    public Task A_decimal_has_the_digits_of_its_value() => shop.Answers(
        "Orders?$compute=Total mul 1.10 as Gross&$select=Gross&$filter=Id in (102,104)",
        """
        {"@odata.context":"{root}$metadata#Orders(Gross)","value":[
        {"Gross@odata.type":"#Decimal","Gross":275.55},{"Gross@odata.type":"#Decimal","Gross":0.011}]}
        """);

    [DatabaseFact]
    public Task A_great_whole_number_keeps_its_digits_as_a_decimal() => shop.Answers(
        "Customers(2)?$compute=cast(9223372036854775807,Edm.Decimal) as Most&$select=Most&$expand=Manager($compute=cast(9223372036854775807,Edm.Decimal) as Most;$select=Most),Orders($compute=cast(-9007199254740993,Edm.Decimal) as Least;$select=Least)",
        """
        {"@odata.context":"{root}$metadata#Customers(Most,Manager(Most),Orders(Least))/$entity","Most@odata.type":"#Decimal","Most":9223372036854775807,
        "Manager":{"Most@odata.type":"#Decimal","Most":9223372036854775807},"Orders":[{"Least@odata.type":"#Decimal","Least":-9007199254740993}]}
        """);

    [DatabaseFact]
    public Task A_null_stays_one() => shop.Answers(
        "Products?$compute=Price add 1 as More&$select=Id,More&$filter=Id eq 3",
        """{"@odata.context":"{root}$metadata#Products(Id,More)","value":[{"Id":3,"More":null}]}""");

    [DatabaseFact]
    public Task A_path_and_a_count() => shop.Answers(
        "Customers?$compute=Manager/Name as Boss,Orders/$count as N&$select=Id,Boss,N&$filter=N ge 1&$orderby=N desc,Boss",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Boss,N)","value":[
        {"Id":1,"Boss":null,"N@odata.type":"#Int64","N":3},{"Id":2,"Boss":"Ada","N@odata.type":"#Int64","N":1},{"Id":3,"Boss":"Ada","N@odata.type":"#Int64","N":1}]}
        """);

    [DatabaseFact]
    public Task In_filter_and_orderby() => shop.Keys("Customers", "$compute=Id mod 2 as Odd&$filter=Odd eq 1&$orderby=Odd,Id desc", "5 3 1", "");

    [DatabaseFact]
    public Task In_another_item() => shop.Keys("Customers", "$compute=Id mul 2 as Twice,Twice add 1 as More&$filter=More gt 8", "4 5", "");

    [DatabaseFact]
    public Task In_a_lambda() => shop.Keys("Customers", "$compute=Balance mul 2 as Twice&$filter=Orders/any(o:o/Total gt Twice)", "2 3", "");

    [DatabaseFact]
    public Task Of_a_condition() => shop.Keys("Customers", "$compute=Country eq 'GB' as British&$filter=not British&$orderby=British,Id desc", "5 3 2", "");

    [DatabaseFact]
    public Task Of_a_constant() => shop.Keys("Customers", "$compute=5 as Five&$filter=Id lt Five&$orderby=Five,Id desc", "4 3 2 1", "");

    [DatabaseFact]
    public Task Counted() => shop.AnswersText("Customers/$count?$compute=Id mul 2 as Twice&$filter=Twice gt 6", "2");

    [DatabaseFact]
    public Task In_an_expanded_collection() => shop.Answers(
        "Customers(1)?$select=Id&$expand=Orders($compute=Total mul 2 as Twice;$select=Id,Twice;$filter=Twice gt 150;$orderby=Twice desc;$count=true)",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Orders(Id,Twice))/$entity","Id":1,"Orders":[
        {"Id":102,"Twice@odata.type":"#Decimal","Twice":501},{"Id":101,"Twice@odata.type":"#Decimal","Twice":200}],"Orders@odata.count":2}
        """);

    [DatabaseFact]
    public Task In_an_expanded_entity() => shop.Answers(
        "Customers?$select=Id&$compute=Id mul 10 as Ten&$expand=Manager($compute=Id add 10 as Ten,Ten add 1 as Eleven;$select=Ten,Eleven)&$filter=Id le 2&$orderby=Ten desc",
        """
        {"@odata.context":"{root}$metadata#Customers(Id,Manager(Ten,Eleven))","value":[
        {"Id":2,"Manager":{"Ten@odata.type":"#Int32","Ten":11,"Eleven@odata.type":"#Int32","Eleven":12}},{"Id":1,"Manager":null}]}
        """);

    [DatabaseTheory]
    [InlineData("$compute=Id mod 2 as Odd&$orderby=Odd desc", "1 3 5 2 4")]
    [InlineData("$compute=Rating mul 2 as Twice&$orderby=Twice desc", "1 4 3 2 5")]
    [InlineData("$compute=Balance sub 0.1 as Less&$orderby=Less", "3 2 5 1 4")]
    [InlineData("$compute=tolower(Name) as Low&$orderby=Low", "1 5 2 3 4")]
    [InlineData("$compute=Country eq 'GB' as British&$orderby=British,Id", "2 3 5 1 4")]
    public async Task Pages_go_on_by_computed_names(string options, string keys) =>
        (await shop.Pages("Customers?$select=Id&" + options, 2)).Should().Be(keys);

    [DatabaseFact]
    public Task In_full_metadata_each_type_is_named() => shop.Answers(
        "Tags?$compute=length(Name) as Letters,Id as Same,Name as Title&$select=Letters,Same,Title&$top=1",
        """
        {"@odata.context":"{root}$metadata#Tags(Letters,Same,Title)","value":[
        {"@odata.type":"#BackendApi.Tags","@odata.id":"{root}Tags(1)","@odata.editLink":"Tags(1)",
        "Letters@odata.type":"#Int32","Letters":5,"Same@odata.type":"#Int32","Same":1,"Title":"light"}]}
        """, ("Accept", "application/json;odata.metadata=full"));

    [DatabaseTheory]
    [InlineData("Customers?$compute=Id mul 2 as Name", 400, "MalformedUrl")]
    [InlineData("Customers?$compute=Id as A,Id as A", 400, "MalformedUrl")]
    [InlineData("Customers?$compute=Id mul 2", 400, "MalformedUrl")]
    [InlineData("Customers?$compute=Twice as A,Id as Twice", 400, "UnknownProperty")]
    [InlineData("Customers?$compute=Id as Twice&$select=Twic", 400, "UnknownProperty")]
    [InlineData("Customers?$compute=Id as Twice&$expand=Orders($filter=Twice gt 1)", 400, "UnknownProperty")]
    [InlineData("Customers?$compute=Picture as P&$orderby=P", 400, "TypeMismatch")]
    [InlineData("Customers(1)/Name?$compute=1 as One", 400, "UnknownOption")]
    [InlineData("Customers?$compute=Manager as Boss", 501, "NotImplemented")]
    public Task Refuses(string request, int status, string code) => shop.Refuses(request, status, code);
}
