using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>Functions and actions: the rows of the checklist, and every kind of parameter and result (Protocol 11.5).</summary>
public abstract class OperationRows(WritableReference service)
{
    [DatabaseTheory]
    [InlineData("TopCustomers?$select=ID", """[{"ID":1},{"ID":3}]""")]
    [InlineData("TopCustomers()?$select=ID", """[{"ID":1},{"ID":3}]""")]
    [InlineData("Customers/Oldest?$select=ID", """{"ID":3}""")]
    [InlineData("Customers/BackendApi.Oldest()?$select=ID", """{"ID":3}""")]
    public Task Row_70_a_function_without_parentheses(string request, string json) => service.Both(client => client.Shows(request, json));

    [DatabaseTheory]
    [InlineData("ResetAll", 204, null)]
    [InlineData("Customers/BackendApi.Reset", 200, """{"value":4}""")]
    public Task Row_71_an_action_that_takes_nothing(string address, int status, string? json) => service.Both(async client =>
    {
        (await client.Write("POST", address)).Is(status, json);
        (await client.Write("POST", address, "{}")).Is(status, json);
        (await client.Write("POST", address, """{"what":1}""")).IsRefused(400, ("UnknownProperty", "what"));
    });

    [DatabaseFact]
    public Task Row_72_operations_by_their_own_names() => service.Both(async client =>
    {
        (await client.Write("POST", "Customers(1)/Archive")).Is(200, """{"value":"1 old"}""");
        (await client.Write("POST", "Customers(1)/BackendApi.Archive", """{"reason":"gone"}""")).Is(200, """{"value":"1 gone"}""");
        (await client.Write("POST", "Orders(4)/Customer/Archive")).Is(200, """{"value":"3 old"}""");
        // Bound to the type that it is derived from.
        (await client.Write("POST", "Customers(1)/BackendApi.VipCustomer/Archive")).Is(200, """{"value":"1 old"}""");
        (await client.Write("POST", "Customers/BackendApi.VipCustomer/Reset")).Is(200, """{"value":2}""");
        await client.Shows("Config/Motto", """{"value":"motto 1"}""");
    });

    [DatabaseTheory]
    [InlineData("TopCustomers(first=1)?$select=ID", """[{"ID":3}]""")]
    [InlineData("TopCustomers(first=1,country='DE')?$select=ID", """[{"ID":1}]""")]
    [InlineData("TopCustomers(country='FR',first=1)?$select=ID", "[]")]
    [InlineData("TopCustomers?first=1&$select=ID", """[{"ID":3}]""")]
    [InlineData("TopCustomers?first=1&country='DE'&$select=ID", """[{"ID":1}]""")]
    public Task Overloads_are_told_by_the_names_of_their_parameters(string request, string json) => service.Both(client => client.Shows(request, json));

    [DatabaseFact]
    public Task Arguments_and_results_of_every_primitive_type() => service.Both(client => client.Shows(
        "Same(flag=true,small=1,short=2,whole=-3,long=4,money=1.50,real=0.25,single=0.5,text='it''s',day=2026-01-02,time=03:04:05,instant=2026-01-02T03:04:05Z,length=duration'PT1H',"
            + "id=00000000-0000-0000-0000-000000000001,bytes=binary'AQI=',mood=BackendApi.Mood'Busy',days='Monday,Tuesday',perhaps=null)",
        """
        {"Flag":true,"Small":1,"Short":2,"Whole":-3,"Long":4,"Money":1.50,"Real":0.25,"Single":0.5,"Text":"it's","Day":"2026-01-02","Time":"03:04:05","Instant":"2026-01-02T03:04:05Z",
         "Length":"PT1H","Id":"00000000-0000-0000-0000-000000000001","Bytes":"AQI","Mood":"Busy","Days":"Monday,Tuesday","Perhaps":null}
        """));

    [DatabaseTheory]
    [InlineData("Sum(numbers=[1,2,3])", """{"value":6}""")]
    [InlineData("Sum(numbers=@n)?@n=[1,2,3]", """{"value":6}""")]
    [InlineData("Sum(numbers=@n,spot=@s)?@n=[]&@s={\"Name\":\"a\",\"Numbers\":[4]}", """{"value":4}""")]
    public Task Collections_and_complex_values_are_JSON(string request, string json) => service.Both(client => client.Shows(request, json));

    [DatabaseFact]
    public Task Complex_values_in_the_body_of_an_action_and_in_its_result() => service.Both(async client =>
    {
        (await client.Write("POST", "Keep", """{"spots":[{"Name":"a","Corner":{"X":1,"Y":0.5},"Numbers":[1],"Mood":"Busy"}],"other":{"Name":"b"}}""")).Is(200,
            """{"value":[{"Name":"a","Corner":{"X":1,"Y":0.5},"Numbers":[1],"Mood":"Busy"},{"Name":"b","Corner":null,"Numbers":[],"Mood":"Calm"}]}""");
        (await client.Write("POST", "Keep", """{"spots":[{"Corner":{"X":"1"}},null,{"Name":"c","Nane":1,"Mood":"Angry"}]}""")).IsRefused(400,
            ("RequiredMissing", "spots[0].Name"), ("TypeMismatch", "spots[0].Corner.X"), ("RequiredMissing", "spots[0].Corner.Y"), ("RequiredMissing", "spots[1]"),
            ("UnknownProperty", "spots[2].Nane"), ("InvalidValue", "spots[2].Mood"));
    });

    [DatabaseFact]
    public Task Nothing_that_is_returned_is_204_and_nothing_leads_on_from_it() => service.Both(async client =>
    {
        (await client.Write("GET", "Nothing")).Is(204);
        (await client.Write("GET", "Customers(1)/Deputy")).Is(204);
        (await client.Write("GET", "Customers(1)/Deputy?$select=Name&$expand=Orders")).Is(204);
        (await client.Write("GET", "Customers/Oldest(exists=false)")).Is(204);
        (await client.Write("GET", "Customers(1)/Deputy/Name")).IsRefused(404, ("EntityNotFound", null));
    });

    [DatabaseFact]
    public Task Functions_are_called_on_what_functions_return() => service.Both(async client =>
    {
        await client.Shows("Customers(2)/Deputy/Orders?$select=ID", """[{"ID":1},{"ID":2},{"ID":5}]""");
        (await client.Write("GET", "Customers(2)/Deputy/Deputy")).Is(204);
        await client.Shows("TopCustomers/Oldest/Deputy?$select=Name", """{"Name":"Ada Blue"}""");
        (await client.Write("POST", "TopCustomers/Reset")).Is(200, """{"value":2}""");
        await client.Shows("TopCustomers/$filter(ID gt 1)?$select=ID&$expand=Manager($select=ID)", """[{"ID":3,"Manager":{"ID":1}}]""");
        await client.Shows("TopCustomers/BackendApi.VipCustomer?$select=Level", """[{"Level":3},{"Level":1}]""");
    });

    [DatabaseFact]
    public Task Entities_that_an_action_returns_are_shown_as_the_request_says() => service.Both(async client =>
    {
        (await client.Write("POST", "Pick?$select=ID&$expand=Manager($select=ID)", """{"ids":[3,2]}""")).Is(200, """{"value":[{"ID":2,"Manager":{"ID":1}},{"ID":3,"Manager":{"ID":1}}]}""");
        (await client.Write("POST", "Pick?$select=ID", """{"ids":[]}""")).Is(200, """{"value":[]}""");
    });

    [DatabaseTheory]
    [InlineData("GET", "TopCustomers(first=1,first=2)", 400)]
    [InlineData("GET", "TopCustomers(first=null)", 400)]
    [InlineData("GET", "TopCustomers(first=99999999999)", 400)]
    [InlineData("GET", "TopCustomers(first=[1])", 400)]
    [InlineData("GET", "TopCustomers(first=", 400)]
    [InlineData("GET", "Sum(numbers=[1,'a'])", 400)]
    [InlineData("GET", "Sum(numbers={})", 400)]
    [InlineData("GET", "Sum(numbers=null)", 400)]
    [InlineData("GET", "Sum", 404)]
    [InlineData("GET", "ResetAll", 405)]
    [InlineData("GET", "ResetAll/Name", 404)]
    [InlineData("POST", "TopCustomers", 405)]
    [InlineData("PATCH", "TopCustomers(first=1)(3)", 405)]
    [InlineData("PUT", "ResetAll", 405)]
    [InlineData("GET", "Orders(1)/Archive", 404)]
    [InlineData("GET", "BackendApi.TopCustomers()", 404)]
    [InlineData("GET", "Customers/Archive", 404)]
    public Task Calls_that_cannot_be_are_refused(string method, string address, int status) => service.Both(async client =>
        (await client.Write(method, address, method == "GET" ? null : "{}")).Status.Should().Be(status));
}
