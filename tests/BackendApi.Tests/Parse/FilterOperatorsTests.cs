using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

public class FilterOperatorsTests
{
    [Theory]
    [InlineData("Name eq 'a'", "eq(Name,'a')")]
    [InlineData("Id ne 1 or Id gt 2 and Id lt 3", "or(ne(Id,1),and(gt(Id,2),lt(Id,3)))")]
    [InlineData("(Id ne 1 or Id gt 2) and Id lt 3", "and(or(ne(Id,1),gt(Id,2)),lt(Id,3))")]
    [InlineData("Id add 2 mul 3 sub 4 eq 5", "eq(sub(add(Id,mul(2,3)),4),5)")]
    [InlineData("Id sub 1 sub 2 eq 0", "eq(sub(sub(Id,1),2),0)")]
    [InlineData("Id div 2 mod 3 divby 4 gt 1", "gt(divby(mod(div(Id,2),3),4m),1m)")]
    [InlineData("Id gt 1 eq true", "eq(gt(Id,1),true)")]
    [InlineData("not (Id eq 1) and IsActive", "and(not(eq(Id,1)),IsActive)")]
    [InlineData("not IsActive eq false", "eq(not(IsActive),false)")]
    [InlineData("not Id in (1,2)", "not(in(Id,[1,2]))")]
    [InlineData("not not IsActive", "not(not(IsActive))")]
    [InlineData("not(IsActive)", "not(IsActive)")]
    [InlineData("-Id lt -5", "lt(negate(Id),-5)")]
    [InlineData("- Id lt -(-5)", "lt(negate(Id),negate(-5))")]
    [InlineData("Id sub -5 gt 0", "gt(sub(Id,-5),0)")]
    [InlineData("Id in ()", "in(Id,[])")]
    [InlineData("Id in ( 1 , null )", "in(Id,[1,null])")]
    [InlineData("Country in ('DE','FR')", "in(Country,['DE','FR'])")]
    [InlineData("Balance in (1,2.5)", "in(Balance,[1m,2.5m])")]
    [InlineData("Rights has Demo.Rights'Write'", "has(Rights,Demo.Rights.Write)")]
    [InlineData("Rights has 'Read,Share'", "has(Rights,Demo.Rights.Read+Share)")]
    [InlineData("NAME EQ 'a' AND NOT ISACTIVE", "and(eq(Name,'a'),not(IsActive))")]
    [InlineData("Id IN (1)", "in(Id,[1])")]
    [InlineData("Manager eq null", "eq(Manager,null)")]
    [InlineData("null ne Manager", "ne(null,Manager)")]
    [InlineData("Created add duration'P1D' gt 2024-01-01T00:00:00Z", "gt(add(Created,duration'P1D'),2024-01-01T00:00:00+00:00)")]
    [InlineData("Created sub Created gt 'PT1H'", "gt(sub(Created,Created),duration'PT1H')")]
    [InlineData("Wait mul 2 gt Wait", "gt(mul(Wait,2d),Wait)")]
    [InlineData("Year eq 2024 and year(Created) eq Year", "and(eq(Year,2024),eq(year(Created),Year))")]
    public void Operators_bind_as_the_specification_orders_them(string filter, string expected) =>
        Urls.Filter(filter).Should().Be(expected);

    [Theory]
    [InlineData("Id eq 'a'", "The operator eq cannot compare Edm.Int32 with Edm.String at position 3 of $filter.")]
    [InlineData("Name gt 5", "The operator gt cannot compare Edm.String with Edm.Int32 at position 5 of $filter.")]
    [InlineData("Name add 5 eq 1", "The operator add does not take Edm.String and Edm.Int32 at position 5 of $filter.")]
    [InlineData("Name and IsActive", "and takes Edm.Boolean, not Edm.String, at position 0 of $filter.")]
    [InlineData("not Name", "not takes Edm.Boolean, not Edm.String, at position 4 of $filter.")]
    [InlineData("Name", "$filter takes Edm.Boolean, not Edm.String, at position 0 of $filter.")]
    [InlineData("Id in ('a')", "The operator in cannot compare Edm.Int32 with Edm.String at position 3 of $filter.")]
    [InlineData("Manager eq 5", "The operator eq cannot compare Demo.Customer with Edm.Int32 at position 8 of $filter.")]
    [InlineData("Status eq 'Opn'", "The enumeration Demo.Status has no member 'Opn' at position 10 of $filter. Did you mean 'Open'?")]
    [InlineData("Orders/Total gt 5", "A collection has no property 'Total': use any, all or $count at position 7 of $filter.")]
    public void What_does_not_go_together_is_named_with_both_types(string filter, string message)
    {
        var error = Urls.FilterError(filter);
        error.Message.Should().StartWith(message);
        error.Row.Should().BeOneOf(Errors.TypeMismatch, Errors.UnknownProperty);
    }

    [Fact]
    public void Ten_thousand_terms_are_a_shallow_tree()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 5_000).Select(i => "Id eq 1"));
        var parsed = Urls.Parse("Customers?$filter=" + filter).Options.Filter!;
        Depth(parsed).Should().BeLessThan(20);
    }

    private static int Depth(BackendApi.Parse.Expression expression) =>
        expression is BackendApi.Parse.Expression.Binary binary ? 1 + Math.Max(Depth(binary.Left), Depth(binary.Right)) : 1;
}
