using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>A collection of values in a JSON column: Ada has three tags, Bert none, Carla's column is null, and one of Dora's three is.</summary>
public abstract class CollectionPropertyCases(ReferenceService service)
{
    [DatabaseFact]
    public Task Never_null_itself() => service.Answers(
        "Customers?$select=Tags&$filter=ID gt 1 and not isof(BackendApi.VipCustomer) or ID eq 3",
        """
        {"@odata.context":"{root}$metadata#Customers(Tags)","value":[{"Tags":[]},
        {"@odata.type":"#BackendApi.VipCustomer","Tags":[]},{"Tags":["apple",null,"alpha"]}]}
        """);

    [DatabaseFact]
    public Task As_a_resource() => service.Answers("Customers(4)/Tags", """{"@odata.context":"{root}$metadata#Customers(4)/Tags","value":["apple",null,"alpha"]}""");

    [DatabaseFact]
    public Task As_a_resource_whose_column_is_null() => service.Answers("Customers(3)/Tags", """{"@odata.context":"{root}$metadata#Customers(3)/Tags","value":[]}""");

    [DatabaseFact]
    public Task As_a_resource_of_nobody() => service.Refuses("Customers(99)/Tags", 404, "EntityNotFound");

    [DatabaseFact]
    public Task The_number_of_items() => service.AnswersText("Customers(4)/Tags/$count", "3");

    [DatabaseFact]
    public Task The_number_of_items_that_a_filter_leaves() => service.AnswersText("Customers(4)/Tags/$count?$filter=startswith($it,'al')", "1");

    [DatabaseFact]
    public Task The_number_of_items_of_nobody() => service.Refuses("Customers(99)/Tags/$count", 404, "EntityNotFound");

    [DatabaseFact]
    public Task Options_of_the_resource() => service.Answers(
        "Customers(1)/Tags?$filter=contains($it,'a')&$orderby=$it desc&$top=2&$count=true",
        """{"@odata.context":"{root}$metadata#Customers(1)/Tags","@odata.count":3,"value":["gamma","beta"]}""");

    [DatabaseFact]
    public Task Options_in_a_selection() => service.Answers(
        "Customers?$filter=ID in (1,4)&$select=ID,Tags($filter=startswith($it,'a');$orderby=$it;$skip=0;$top=1;$count=true)",
        """
        {"@odata.context":"{root}$metadata#Customers(ID,Tags)","value":[
        {"@odata.type":"#BackendApi.VipCustomer","ID":1,"Tags@odata.count":1,"Tags":["alpha"]},{"ID":4,"Tags@odata.count":2,"Tags":["alpha"]}]}
        """);

    [DatabaseFact]
    public Task Searched() => service.Answers(
        "Customers?$filter=Tags/$count($search=ALPHA OR apple) gt 0&$select=Tags($search=AL NOT beta;$count=true)",
        """
        {"@odata.context":"{root}$metadata#Customers(Tags)","value":[
        {"@odata.type":"#BackendApi.VipCustomer","Tags@odata.count":1,"Tags":["alpha"]},{"Tags@odata.count":1,"Tags":["alpha"]}]}
        """);

    [DatabaseFact]
    public Task The_number_of_items_that_a_search_leaves() => service.AnswersText("Customers(4)/Tags/$count?$search=NOT app", "2");

    [DatabaseFact]
    public Task Skipped_items_keep_their_order() => service.Answers(
        "Customers(1)/Tags?$skip=1", """{"@odata.context":"{root}$metadata#Customers(1)/Tags","value":["beta","gamma"]}""");

    [DatabaseTheory]
    [InlineData("Tags/any(t:t eq 'alpha')", "1 4")]
    [InlineData("Tags/any(t:t eq null)", "4")]
    [InlineData("Tags/any()", "1 4")]
    [InlineData("not Tags/any()", "2 3")]
    [InlineData("Tags/all(t:contains(t,'a'))", "1 2 3")]
    [InlineData("Tags/any(t:startswith(t,'b') and Country eq 'DE')", "1")]
    [InlineData("Tags/$count eq 3", "1 4")]
    [InlineData("Tags/$count($filter=$it eq 'alpha') eq 1", "1 4")]
    [InlineData("'beta' in Tags", "1")]
    [InlineData("not ('beta' in Tags)", "2 3 4")]
    [InlineData("Manager/Tags/any(t:t eq 'beta')", "2 3")]
    public Task In_a_filter(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseTheory]
    [InlineData("hassubset(Tags,['beta','alpha'])", "1")]
    [InlineData("hassubset(Tags,[\"alpha\"])", "1 4")]
    [InlineData("not hassubset(Tags,['alpha'])", "2 3")]
    [InlineData("hassubset(Tags,['alpha','alpha'])", "")]
    [InlineData("not hassubset(Tags,['alpha','alpha'])", "1 2 3 4")]
    [InlineData("hassubset(Tags,[null,'apple'])", "4")]
    [InlineData("hassubset(Tags,[])", "1 2 3 4")]
    [InlineData("hassubset(['gamma','beta','alpha'],Tags)", "1 2 3")]
    [InlineData("not hassubset(['gamma','beta','alpha'],Tags)", "4")]
    [InlineData("hassubset(['alpha','alpha',null,'apple'],Tags)", "2 3 4")]
    [InlineData("hassubset([],Tags)", "2 3")]
    [InlineData("hassubset(Tags,Tags)", "1 2 3 4")]
    [InlineData("hassubset(Manager/Tags,Tags)", "2 3")]
    [InlineData("not hassubset(Tags,Manager/Tags)", "2 3")]
    [InlineData("hassubset(Tags,@t)&@t=['gamma']", "1")]
    [InlineData("hassubset(Tags,['beta']) eq true", "1")]
    [InlineData("hassubset([4,1,3],[3.0,1]) and ID eq 1", "1")]
    [InlineData("hassubset([4,1,3,1],[1,1]) and ID eq 1", "1")]
    [InlineData("hassubset([4,1,3],[1,1])", "")]
    [InlineData("hassubset(Tags,null)", "")]
    [InlineData("hassubset(Tags,null) eq null and ID eq 2", "2")]
    public Task As_subsets(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseTheory]
    [InlineData("hassubsequence(Tags,['alpha','gamma'])", "1")]
    [InlineData("hassubsequence(Tags,['gamma','alpha'])", "")]
    [InlineData("not hassubsequence(Tags,['gamma','alpha'])", "1 2 3 4")]
    [InlineData("hassubsequence(Tags,['alpha'])", "1 4")]
    [InlineData("hassubsequence(Tags,['alpha','alpha'])", "")]
    [InlineData("hassubsequence(Tags,['apple',null,'alpha'])", "4")]
    [InlineData("hassubsequence(Tags,[null,'alpha'])", "4")]
    [InlineData("hassubsequence(Tags,[])", "1 2 3 4")]
    [InlineData("hassubsequence(['x','alpha','beta','alpha','gamma'],Tags)", "1 2 3")]
    [InlineData("hassubsequence(['apple','alpha',null,'x','alpha'],Tags)", "2 3 4")]
    [InlineData("not hassubsequence(['gamma','beta','alpha'],Tags)", "1 4")]
    [InlineData("hassubsequence(['alpha','beta'],Tags)", "2 3")]
    [InlineData("hassubsequence([],Tags)", "2 3")]
    [InlineData("hassubsequence(Manager/Tags,['beta','gamma'])", "2 3")]
    [InlineData("hassubsequence(Tags,@t)&@t=['beta','gamma']", "1")]
    [InlineData("hassubsequence([4,1,3],[4,3]) and ID eq 1", "1")]
    [InlineData("hassubsequence([4,1,3],[1,4])", "")]
    [InlineData("hassubsequence([1,2],[1,1,2])", "")]
    public Task As_subsequences(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    [DatabaseTheory]
    [InlineData("hassubset(Tags,Name)", 400, "TypeMismatch")]
    [InlineData("hassubset(Tags,[1])", 400, "TypeMismatch")]
    [InlineData("hassubset(Tags)", 400, "TypeMismatch")]
    [InlineData("1 in Tags", 400, "TypeMismatch")]
    public Task What_is_no_part_of_a_collection(string filter, int status, string code) => service.Refuses("Customers?$filter=" + filter, status, code);

    [DatabaseTheory]
    [InlineData("hassubsequence(Tags,Manager/Tags)", "1 4")]
    [InlineData("hassubsequence(Manager/Tags,Tags)", "2 3")]
    [InlineData("hassubsequence(Tags,Tags)", "1 2 3 4")]
    public Task As_subsequences_of_each_other(string filter, string keys) => service.KeysAre("Customers", "ID", "$filter=" + filter, keys);

    /// <summary>Equal items everywhere are what a search that went back would not end with.</summary>
    [DatabaseFact]
    public Task In_a_long_literal() => service.KeysAre(
        "Customers", "ID",
        $"$filter=hassubsequence(Tags,[{Many("alpha")}]) or hassubsequence([{Many("alpha")},'apple',null,{Many("alpha")}],Tags) and not hassubset(Tags,[{Many("alpha")}])", "2 3 4");

    private static string Many(string item) => string.Join(',', Enumerable.Repeat($"'{item}'", 500));

    [DatabaseFact]
    public Task By_their_number() => service.KeysAre("Customers", "ID", "$orderby=Tags/$count desc,ID", "1 4 2 3");
}
