using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

/// <summary><c>$apply</c> (Data Aggregation 3): the grammar, and what a mistake is answered with.</summary>
public class ApplyTests
{
    [Theory]
    [InlineData("identity", "identity")]
    [InlineData("filter(Name eq 'a')", "filter(eq(Name,'a'))")]
    [InlineData(" filter( Name eq 'a' ) / identity ", "filter(eq(Name,'a'))/identity")]
    [InlineData("search(a OR \"b c\")", "search((a OR \"b c\"))")]
    [InlineData("compute(Balance mul 2 as Twice,Twice add 1 as More)", "compute(mul(Balance,2m) as Twice, add(#Twice,1m) as More)")]
    [InlineData("orderby(Name desc,Id)", "orderby(Name desc, Id)")]
    [InlineData("skip(2)/top(3)", "skip(2)/top(3)")]
    [InlineData("topcount(2,Balance)/bottomsum(1.5,Balance)/toppercent(50,Balance)", "topCount(2,Balance)/bottomSum(1.5,Balance)/topPercent(50,Balance)")]
    [InlineData("aggregate($count as N)", "aggregate(count(-) as N)")]
    [InlineData("aggregate(Balance with sum as S, Balance mul 2 with average as A)", "aggregate(sum(Balance) as S, average(mul(Balance,2m)) as A)")]
    [InlineData("aggregate(Orders/Total with sum as S)", "aggregate(Orders>sum(Total) as S)")]
    [InlineData("aggregate(Orders(Total with sum as S,$count as N))", "aggregate(Orders>sum(Total) as S, Orders>count(-) as N)")]
    [InlineData("aggregate(Orders/$count as N)", "aggregate(Orders>count(-) as N)")]
    [InlineData("aggregate(Orders with countdistinct as D)", "aggregate(Orders>countdistinct(-) as D)")]
    [InlineData("aggregate(Balance with sum from Country with max as M)", "aggregate(max($from) of groupby((Country),aggregate(sum(Balance) as $from)) as M)")]
    [InlineData("aggregate($count from Country,Name with max from Country with sum as M)",
        "aggregate(sum($from) of groupby((Country),aggregate(max($from) of groupby((Country, Name),aggregate(count(-) as $from)) as $from)) as M)")]
    [InlineData("groupby((Country))", "groupby((Country))")]
    [InlineData("groupby((Country,Country),orderby(Id)/top(1)/compute(Id mul 2 as Twice))/filter(Twice gt 1 and Name ne null)",
        "groupby((Country),orderby(Id)/top(1)/compute(mul(Id,2) as Twice))/filter(and(gt(#Twice,1),ne(Name,null)))")]
    [InlineData("groupby((Country,Manager/Name),aggregate(Balance with max as M)/filter(M gt 1))", "groupby((Country, Manager/Name),aggregate(max(Balance) as M)/filter(gt(M,1m)))")]
    [InlineData("groupby((Id,rollup(Country,Name)))", "groupby((Id, Country, Name)(Id, Country))")]
    [InlineData("groupby((rollup($all,Country,Name)))", "groupby((Country, Name)(Country)())")]
    [InlineData("compute(length(Name) as L)/groupby((L))/aggregate(L with max as M)", "compute(length(Name) as L)/groupby((#L))/aggregate(max(L) as M)")]
    [InlineData("concat(filter(Id gt 1),aggregate($count as N))", "concat(filter(gt(Id,1)) | aggregate(count(-) as N))")]
    [InlineData("join(Orders as Order,filter(Total gt 1))/groupby((Order/Status),aggregate(Order/Total with sum as S))", "join(Orders as Order,filter(gt(Total,1m)))/groupby((Order/Status),aggregate(Order>sum(Total) as S))")]
    public void Is_understood(string apply, string written) =>
        Written.Of(Urls.Parse($"Customers?$apply={Uri.EscapeDataString(apply)}").Options.Apply!).Should().Be(written);

    [Theory]
    [InlineData("", "Expected a transformation at position 0 of $apply.\n\n^")]
    [InlineData("filter(Id gt 1)/", "Expected a transformation at position 16 of $apply.\nfilter(Id gt 1)/\n                ^")]
    [InlineData("filter(Id gt 1", "Expected an operator or ')' at position 14 of $apply.\nfilter(Id gt 1\n              ^")]
    [InlineData("groupby(Name)", "Expected '(' at position 8 of $apply.\ngroupby(Name)\n        ^")]
    [InlineData("groupby((1))", "Expected an expression, found '1', at position 9 of $apply.\ngroupby((1))\n         ^")]
    [InlineData("aggregate(Balance sum as S)", "Expected 'with' and an aggregation method at position 18 of $apply.\naggregate(Balance sum as S)\n                  ^")]
    [InlineData("aggregate($count N)", "Expected 'as' with a name at position 17 of $apply.\naggregate($count N)\n                 ^")]
    [InlineData("aggregate(Balance with max as Name)", "The name 'Name' is already in use at position 30 of $apply.\naggregate(Balance with max as Name)\n                              ^")]
    [InlineData("top(x)", "Expected a whole number that is not negative at position 4 of $apply.\ntop(x)\n    ^")]
    public void A_mistake_is_shown_where_it_is(string apply, string message)
    {
        var error = Urls.ErrorOf($"Customers?$apply={Uri.EscapeDataString(apply)}");
        error.Row.Should().Be(Errors.MalformedUrl);
        error.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("agregate($count as N)", "aggregate")]
    [InlineData("aggregate(Balance with summ as S)", "sum")]
    [InlineData("groupby((Contry))", "Country")]
    [InlineData("groupby((Country))/filter(Contry eq 'a')", "Country")]
    [InlineData("aggregate(Balance with sum as Revenue)/filter(Revenu gt 1)", "Revenue")]
    public void A_name_that_is_near_is_suggested(string apply, string name) =>
        Urls.ErrorOf($"Customers?$apply={Uri.EscapeDataString(apply)}").Message.Should().Contain($"Did you mean '{name}'?");

    [Fact]
    public void What_is_aggregated_away_is_unknown_from_there_on()
    {
        Urls.ErrorOf("Customers?$apply=groupby((Country))&$filter=Name eq 'a'").Row.Should().Be(Errors.UnknownProperty);
        Urls.ErrorOf("Customers?$apply=groupby((Country))&$compute=Name as N").Row.Should().Be(Errors.UnknownProperty);
        Urls.Options("Customers?$apply=groupby((Manager/Country),aggregate($count as N))&$filter=N gt 1 and Manager/Country eq 'a'&$orderby=N&$select=N")
            .Should().Be("(filter=and(gt(N,1m),eq(Manager/Country,'a')); orderby=N; select=N)");
    }

    [Fact]
    public void Nesting_has_a_bound() => Urls.ErrorOf("Customers?$apply=" + string.Concat(Enumerable.Repeat("concat(identity,", 200))).Row.Should().Be(Errors.LimitExceeded);
}
