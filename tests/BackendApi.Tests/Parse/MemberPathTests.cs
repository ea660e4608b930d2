using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

public class MemberPathTests
{
    [Theory]
    [InlineData("Address/City eq 'x'", "eq(Address/City,'x')")]
    [InlineData("Manager/Manager/Name eq 'x'", "eq(Manager/Manager/Name,'x')")]
    [InlineData("name eq 'x'", "eq(Name,'x')")]
    [InlineData("Note eq 'x' and NOTE eq 'y'", "and(eq(Note,'x'),eq(NOTE,'y'))")]
    [InlineData("Orders/any()", "Orders/any()")]
    [InlineData("Orders/any(o:o/Total gt 5)", "Orders/any(o:gt(o/Total,5m))")]
    [InlineData("Orders/all( o : o/Total gt 5 and Id eq 1 )", "Orders/all(o:and(gt(o/Total,5m),eq(Id,1)))")]
    [InlineData("Orders/any(o:o/Items/any(i:i/Quantity gt 1 and i/Product eq o/Status))", "Orders/any(o:o/Items/any(i:and(gt(i/Quantity,1),eq(i/Product,o/Status))))")]
    [InlineData("Manager/Orders/ANY(o:o/Id eq $it/Id)", "Manager/Orders/any(o:eq(o/Id,$it/Id))")]
    [InlineData("Tags/any(t:startswith(t,'a'))", "Tags/any(t:startswith(t,'a'))")]
    [InlineData("Orders/$count gt 2", "gt(Orders/$count,2L)")]
    [InlineData("Orders/$filter(Total gt 5)/$count gt 2", "gt(Orders/$filter(gt(Total,5m))/$count,2L)")]
    [InlineData("Orders/$filter(Total gt 5)/any()", "Orders/$filter(gt(Total,5m))/any()")]
    [InlineData("Orders/$count($filter=Total gt 5;$search=blue) gt 2", "gt(Orders/$count[gt(Total,5m);blue],2L)")]
    [InlineData("Orders/$COUNT(filter=Total gt 5) gt 2", "gt(Orders/$count[gt(Total,5m);-],2L)")]
    [InlineData("Demo.Vip/Perk eq 'x' and Demo.Vip/Guests/any(g:g/Id eq 1)", "and(eq(Demo.Vip/Perk,'x'),Demo.Vip/Guests/any(g:eq(g/Id,1)))")]
    [InlineData("Manager/Demo.Vip/Perk eq 'x'", "eq(Manager/Demo.Vip/Perk,'x')")]
    [InlineData("$it/Id eq $this/Id", "eq($it/Id,$this/Id)")]
    [InlineData("$root/Customers(5)/Name eq Name", "eq($root/Customers(Id=5)/Name,Name)")]
    [InlineData("$root/Owner/Id eq Id and $root/Orders/$count gt 1", "and(eq($root/Owner/Id,Id),gt($root/Orders/$count,1L))")]
    public void A_path_leads_from_member_to_member(string filter, string expected) =>
        Urls.Filter(filter).Should().Be(expected);

    [Theory]
    [InlineData("Nmae eq 'x'", "The type Demo.Customer has no property 'Nmae' at position 0 of $filter. Did you mean 'Name'?\nNmae eq 'x'\n^")]
    [InlineData("Address/Citi eq 'x'", "The type Demo.Address has no property 'Citi' at position 8 of $filter. Did you mean 'City'?\nAddress/Citi eq 'x'\n        ^")]
    [InlineData("note eq Xyzzy", "The type Demo.Customer has no property 'note' at position 0 of $filter. Did you mean 'Note'?\nnote eq Xyzzy\n^")]
    [InlineData("Name/Length eq 1", "Edm.String has no property 'Length' at position 5 of $filter.\nName/Length eq 1\n     ^")]
    [InlineData("Orders/any(o:p/Id eq 1)", "The type Demo.Customer has no property 'p' at position 13 of $filter.\nOrders/any(o:p/Id eq 1)\n             ^")]
    public void An_unknown_property_is_named_with_its_type_and_a_suggestion(string filter, string message)
    {
        var error = Urls.FilterError(filter);
        error.Row.Should().Be(Errors.UnknownProperty);
        error.Message.Should().Be(message);
        error.Target.Should().Be("$filter");
    }

    [Theory]
    [InlineData("Orders/any(o:Orders/any(o:o/Id eq 1))", "The lambda variable 'o' is already in use at position 24 of $filter.")]
    [InlineData("Name/any(n:n eq 'x')", "any takes a collection, not Edm.String, at position 5 of $filter.")]
    [InlineData("Orders/all() ", "Expected the name of a lambda variable at position 11 of $filter.")]
    [InlineData("Orders/any(o:o/Total)", "any takes Edm.Boolean, not Edm.Decimal, at position 13 of $filter.")]
    [InlineData("Manager/$count gt 1", "$count takes a collection, not Demo.Customer, at position 14 of $filter.")]
    [InlineData("any(o:o eq 1)", "any stands behind the path of a collection, as in Items/any(x:x/Price gt 5), at position 0 of $filter.")]
    [InlineData("Orders/$count($top=1) gt 1", "$top cannot stand here at position 14 of $filter.")]
    [InlineData("Demo.Order/Id eq 1", "The type Demo.Order is not derived from Demo.Customer at position 0 of $filter.")]
    public void Lambdas_and_counts_are_checked(string filter, string message) =>
        Urls.FilterError(filter).Message.Should().StartWith(message);
}
