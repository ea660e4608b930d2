namespace BackendApi.Spec.Reading;

/// <summary><c>$search</c> (Protocol 11.2.6.6): which rows it keeps, and every place where it may stand.</summary>
public abstract class SearchCases(Shop.ShopService shop)
{
    [DatabaseTheory]
    [InlineData("a word", "lamp", "1 2")]
    [InlineData("case does not count", "LAMP", "1 2")]
    [InlineData("a part of a word", "shade", "2")]
    [InlineData("any column of text", "p/3", "3")]
    [InlineData("a phrase is found as it stands", "\"lampshade 100\"", "2")]
    [InlineData("and not as its words", "\"100 lampshade\"", "")]
    [InlineData("a percent sign is a percent sign", "\"100%25\"", "2")]
    [InlineData("and not any text", "\"l%25p\"", "")]
    [InlineData("an underscore is an underscore", "k_t", "3")]
    [InlineData("and not any character", "_amp", "")]
    [InlineData("a backslash is a backslash", "\"\\\\\"", "")]
    [InlineData("a quote needs no doubling", "it's", "")]
    [InlineData("words side by side must all be there", "lamp shade", "2")]
    [InlineData("in any column", "lamp P-1", "1")]
    [InlineData("AND says the same", "lamp AND shade", "2")]
    [InlineData("OR", "chair OR desk", "3 4")]
    [InlineData("AND binds tighter", "chair OR lamp shade", "2 4")]
    [InlineData("parentheses", "(chair OR lamp) P-1", "1")]
    [InlineData("NOT", "NOT lamp", "3 4")]
    [InlineData("NOT binds tightest", "NOT lamp AND NOT chair", "3")]
    [InlineData("NOT of a disjunction", "NOT (lamp OR chair)", "3")]
    [InlineData("NOT of a conjunction", "NOT (lamp shade)", "1 3 4")]
    [InlineData("operators are in capitals", "not", "")]
    public Task Keeps_products(string because, string search, string keys) => shop.Keys("Products", "$search=" + search, keys, because);

    [DatabaseTheory]
    [InlineData("letters of every script fold", "BJÖRN", "2")]
    [InlineData("accents count", "chloe", "")]
    [InlineData("a null holds nothing", "gb", "1 4")]
    [InlineData("so NOT keeps it", "NOT gb", "2 3 5")]
    [InlineData("a quote in a name", "o'neil", "4")]
    public Task Keeps_customers(string because, string search, string keys) => shop.Keys("Customers", "$search=" + search, keys, because);

    [DatabaseFact]
    public Task Together_with_a_filter() => shop.Keys("Products", "$search=lamp&$filter=Price gt 10", "1", "");

    [DatabaseFact]
    public Task A_count_of_what_is_found() => shop.AnswersText("Products/$count?$search=lamp", "2");

    [DatabaseFact]
    public Task In_an_expansion() => shop.Answers(
        "Products?$select=Id&$expand=Tags($search=LIGHT;$select=Name;$count=true)&$filter=Id le 2",
        """
        {"@odata.context":"{root}$metadata#Products(Id,Tags(Name))","value":[
        {"Id":1,"Tags":[{"Name":"light"}],"Tags@odata.count":1},{"Id":2,"Tags":[{"Name":"light"}],"Tags@odata.count":1}]}
        """);

    [DatabaseFact]
    public Task In_the_count_of_an_expression() => shop.Keys("Customers", "$filter=Orders/$count($search=open) gt 0", "1 2", "");

    [DatabaseFact]
    public Task And_there_together_with_a_filter() => shop.Keys("Customers", "$filter=Orders/$count($filter=Total gt 100;$search=paid) eq 1", "1", "");

    [DatabaseFact]
    public async Task Next_links_carry_it() => (await shop.Pages("Products?$select=Id&$search=lamp OR \"chair\"", pageSize: 1)).Should().Be("1 2 4");

    [DatabaseFact]
    public Task Many_words() => shop.Keys("Products", "$search=" + string.Join(" OR ", Enumerable.Range(1, 400).Select(number => $"w{number}")) + " OR lamp", "1 2", "");

    [DatabaseFact]
    public Task Too_many_words() => shop.Refuses("Products?$search=" + string.Join("+", Enumerable.Repeat("a", 1_000)), 400, "LimitExceeded");

    [DatabaseFact]
    public Task A_word_has_a_bound() => shop.Refuses("Products?$search=" + new string('a', 5_000), 400, "LimitExceeded");

    [DatabaseFact]
    public Task Over_a_set_without_text() => shop.Refuses("OrderLines?$search=a", 501, "NotImplemented");
}
