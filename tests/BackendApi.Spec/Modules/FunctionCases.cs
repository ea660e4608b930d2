using BackendApi.Access.Rights;
using BackendApi.Testing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Modules;

/// <summary>Functions of modules in expressions (URL Conventions, 5.1.1.13): those that say by an expression what they compute.</summary>
public abstract class FunctionCases(LoyaltyService service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseTheory]
    [InlineData("Customers?$select=Id&$filter=BackendApi.Label(prefix='Dr. ') eq 'Dr. Ada DE'", """[{"Id":1}]""")]
    [InlineData("Customers?$select=Id&$filter=Label(prefix='',separator='-') eq 'Bert-FR' or $it/Label(prefix='') eq 'Carla'", """[{"Id":2},{"Id":3}]""")]
    [InlineData("Customers?$select=Id&$orderby=BackendApi.Label(prefix=substring(Name,2))", """[{"Id":1},{"Id":3},{"Id":2}]""")]
    [InlineData("Customers?$select=L&$compute=Label(prefix='x') as L&$filter=startswith(L,'xA')", """[{"L":"xAda DE"}]""")]
    [InlineData("Customers/$filter(HasMore(least=100))?$select=Id", """[{"Id":1}]""")]
    [InlineData("LoyaltyAccounts?$select=Points&$filter=Customer/BackendApi.Label(prefix='') eq 'Bert FR'", """[{"Points":50}]""")]
    [InlineData("LoyaltyAccounts?$select=Points&$filter=Worth gt 1", """[{"Points":1200}]""")]
    [InlineData("LoyaltyAccounts?$select=Points&$filter=BackendApi.Worth le @limit and Worth(rate=@rate) eq 100&@limit=1&@rate=2", """[{"Points":50}]""")]
    [InlineData("Customers?$select=Id&$expand=Accounts($select=Points;$filter=Worth(rate=1) gt 100)&$filter=Id le 2", """[{"Id":1,"Accounts":[{"Points":1200}]},{"Id":2,"Accounts":[]}]""")]
    [InlineData("LoyaltyAccounts?$apply=filter(Worth() gt 1)/aggregate(Points with sum as Sum)", """[{"Sum":1200}]""")]
    public Task A_function_stands_in_an_expression(string request, string json) => service.Shows(request, json);

    [DatabaseTheory]
    [InlineData("LoyaltyAccounts?$select=Points&$filter=BackendApi.Discounted(price=Points,percent=50) eq 25", """[{"Points":50}]""")]
    [InlineData("LoyaltyAccounts?$select=D&$compute=Discounted(price=Discounted(price=Points)) as D&$filter=Points eq 50", """[{"D":40.5}]""")]
    [InlineData("LoyaltyAccounts?$select=Points&$filter=Rounded(price=Points div 11.0) eq 5 and Rounded(price=Points div 11.0,rounding='Down') eq 4", """[{"Points":50}]""")]
    [InlineData("LoyaltyAccounts?$select=T&$compute=Twice(number=Points) as T&$orderby=Twice(number=Points) desc&$top=1", """[{"T":2400}]""")]
    public Task A_function_that_is_bound_to_nothing_computes_with_its_parameters(string request, string json) => service.Shows(request, json);

    [DatabaseFact]
    public async Task Names_in_the_expression_of_a_function_are_its_own()
    {
        await service.Shows("Customers?$select=Id&$filter=Accounts/any(a:a/Customer/HasMore(least=a/Points sub 1))", """[{"Id":1},{"Id":2}]""");
        await service.Shows("Customers?$select=Id&$filter=Accounts/any(a:a/Customer/HasMore(least=a/Points))", "[]");
        await service.Shows("Customers?$select=Id&$filter=IsIn(Country='DE')", """[{"Id":1}]""");
        await service.Shows("Customers?$select=Id&$filter=IsIn(Country=null)", """[{"Id":3}]""");
    }

    [DatabaseFact]
    public async Task What_an_expression_cannot_call_is_refused_by_its_name()
    {
        await Refused("Customers?$filter=Rank() gt 1", 501, "NotImplemented", "The function Rank is code that no database runs, so that no expression can call it, at position 0 of $filter.");
        await Refused("Customers?$filter=BackendApi.Broken()", 501, "NotImplemented", "The function Broken looks at what is not there for you,");
        await Refused("LoyaltyAccounts?$filter=Credit(points=1) gt 1", 400, "TypeMismatch", "Credit is an action");
        await Refused("Customers?$filter=Label(prefx='a') eq 'b'", 400, "UnknownFunction", "Label takes (prefix,[separator]).");
        await Refused("Customers?$filter=Label(prefix=1) eq 'b'", 400, "TypeMismatch", "The parameter prefix of Label is Edm.String, not Edm.Int32,");
        await Refused("Customers?$filter=Label(prefix=null) eq 'b'", 400, "TypeMismatch", "The parameter prefix of Label is Edm.String, not null,");
        await Refused("Customers?$filter=Label(prefix='a',prefix='b') eq 'b'", 400, "MalformedUrl", "given twice");
        await Refused("Customers?$filter=Worth() gt 1", 400, "UnknownFunction", "There is no function 'Worth'");
        await Refused("LoyaltyAccounts?$filter=Bookings/Worth() gt 1", 400, "UnknownFunction", "There is no function 'Worth' behind a path");
    }

    [DatabaseFact]
    public async Task Calls_that_multiply_end_somewhere()
    {
        var call = string.Concat(Enumerable.Repeat("Twice(number=", 40)) + "Points" + new string(')', 40);
        await Refused($"LoyaltyAccounts?$filter={call} gt 1", 400, "LimitExceeded", "characters that functions of the service stand for");
    }

    [DatabaseTheory]
    [InlineData("Label(", 400)]
    [InlineData("Label(prefix", 400)]
    [InlineData("Label(prefix=)", 400)]
    [InlineData("Label(prefix='a'", 400)]
    [InlineData("Label('a') eq 'b'", 400)]
    [InlineData("Label(prefix='a').x eq 'b'", 400)]
    [InlineData("Label(prefix='a')/Id eq 1", 400)]
    [InlineData("Label(prefix=Label(prefix='x')) eq 'y'", 200)]
    [InlineData("Accounts/Label(prefix='a') eq 'b'", 400)]
    [InlineData("Label(prefix=[1]) eq 'b'", 400)]
    [InlineData("Label(prefix={}) eq 'b'", 400)]
    [InlineData("Label(prefix=Accounts) eq 'b'", 400)]
    [InlineData("Label(prefix=@a) eq 'b'", 400)]
    [InlineData("Label(prefix=@a) eq 'b'&@a=Label(prefix=@a)", 400)]
    [InlineData("HasMore(least=99999999999)", 400)]
    [InlineData("HasMore(least=1.5)", 400)]
    [InlineData("HasMore(least=Id)", 200)]
    [InlineData("HasMore", 400)]
    [InlineData("not HasMore(least=-1)", 200)]
    [InlineData("Rounded(price=1,rounding='Sideways') eq 1", 400)]
    [InlineData("Rounded(price=1,rounding=BackendApi.Rounding'Down') eq 1", 200)]
    [InlineData("Twice(number=9223372036854775807) gt 1", 400)]
    [InlineData("Discounted(price=1,percent=null) gt 1", 400)]
    [InlineData("Id in (Twice(number=1),2)", 200)]
    [InlineData("BackendApi.Nothing() gt 1", 400)]
    [InlineData("BackendApi.Label", 400)]
    public async Task Whatever_is_written_is_answered(string filter, int status) => (await service.Write("GET", $"Customers?$filter={filter}")).Status.Should().Be(status);

    [DatabaseTheory]
    [InlineData("Customers?$apply=groupby((Label(prefix='a')))", 400)]
    [InlineData("Customers?$apply=aggregate(Twice(number=Id) with sum as T)", 200)]
    [InlineData("Customers?$expand=Accounts($orderby=Worth;$compute=Worth() as W)", 200)]
    [InlineData("Customers?$compute=HasMore(least=1) as H&$orderby=H", 200)]
    [InlineData("Customers?$select=Label", 400)]
    [InlineData("Customers/$filter(Label(prefix='a') eq 'b')/$count", 200)]
    [InlineData("Customers/$count?$filter=HasMore(least=1)", 200)]
    public async Task Wherever_it_is_written_it_is_answered(string request, int status) => (await service.Write("GET", request)).Status.Should().Be(status);

    [DatabaseFact]
    public async Task A_caller_calls_what_was_granted_over_what_was_granted()
    {
        var caller = await OfAsync(service, [May("Customers", Verbs.Read | Verbs.Execute, read: "Name"), May("LoyaltyAccounts", Verbs.Read), May("Discounted", Verbs.Execute)]);

        var refusal = await caller.Get("Customers?$filter=Label(prefix='') eq 'Ada DE'");
        refusal.Status.Should().Be(501);
        refusal.Body.Should().Contain("Label").And.NotContain("Country");
        await caller.Shows("Customers?$filter=HasMore(least=100)", """[{"Id":1,"Name":"Ada"}]""");
        await caller.Shows("LoyaltyAccounts?$select=Points&$filter=Discounted(price=Points) gt 100", """[{"Points":1200}]""");
        (await caller.Get("LoyaltyAccounts?$filter=Worth() gt 1")).Status.Should().Be(400);
        (await caller.Get("LoyaltyAccounts?$filter=Twice(number=Points) gt 1")).Status.Should().Be(400);
        (await caller.Get("Customers(1)", ("Accept", "application/json;odata.metadata=full"))).Body.Should().Contain("#BackendApi.HasMore(least)");
        (await caller.Get("LoyaltyAccounts(1)", ("Accept", "application/json;odata.metadata=full"))).Body.Should().NotContain("#BackendApi.Credit");
    }

    private async Task Refused(string request, int status, string code, string message)
    {
        var answer = await service.Write("GET", request);
        answer.Status.Should().Be(status, answer.Body);
        answer.Body.Should().Contain($"\"code\":\"{code}\"").And.Contain(message);
    }
}
