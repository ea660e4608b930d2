using BackendApi.Parse;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

public class QueryOptionTests
{
    [Theory]
    [InlineData("Customers", "()")]
    [InlineData("Customers?$top=5&$skip=10&$count=true", "(top=5; skip=10; count)")]
    [InlineData("Customers?TOP=5&Skip=0&$CoUnT=False", "(top=5; skip=0; no count)")]
    [InlineData("Customers?%24top=5&%24filter=Id%20eq%201", "(filter=eq(Id,1); top=5)")]
    [InlineData("Customers?$orderby=Name desc,Id asc , Balance mul 2 DESC", "(orderby=Name desc, Id, mul(Balance,2m) desc)")]
    [InlineData("Customers?$orderby=Orders/$count desc,Manager/Address/City", "(orderby=Orders/$count desc, Manager/Address/City)")]
    [InlineData("Customers?$select=Name,Address/City,*", "(select=Name, Address/City, *)")]
    [InlineData("Customers?$select=name, Orders", "(select=Name, Orders)")]
    [InlineData("Customers?$select=Tags($filter=startswith($it,'a');$top=2),Address($select=City)", "(select=Tags(filter=startswith($it,'a'); top=2), Address(select=City))")]
    [InlineData("Customers?$expand=Orders,Manager", "(expand=Orders, Manager)")]
    [InlineData("Customers?$expand=Orders($filter=Total gt 5;$select=Id;$orderby=Id desc;$top=2;$skip=1;$count=true;$search=a)", "(expand=Orders(search=a; filter=gt(Total,5m); orderby=Id desc; select=Id; top=2; skip=1; count))")]
    [InlineData("Customers?$expand=Orders(top=1;EXPAND=Items(Select=Product))", "(expand=Orders(expand=Items(select=Product); top=1))")]
    [InlineData("Customers?$expand=Orders($filter=Id eq $it/Id and Total eq $this/Total)", "(expand=Orders(filter=and(eq(Id,$it/Id),eq(Total,$this/Total))))")]
    [InlineData("Customers?$expand=Orders/$ref,Orders/$count,Manager/$ref", "(expand=Orders/$ref, Orders/$count, Manager/$ref)")]
    [InlineData("Customers?$expand=Orders/$count($filter=Id gt 1),Orders/$ref($top=1)", "(expand=Orders/$count(filter=gt(Id,1)), Orders/$ref(top=1))")]
    [InlineData("Customers?$expand=*,*/$ref,*($levels=2)", "(expand=*, */$ref, *(levels=2))")]
    [InlineData("Customers?$expand=Manager($levels=max),Manager($levels=3)", "(expand=Manager(levels=2147483647), Manager(levels=3))")]
    [InlineData("Customers?$expand=Manager/Demo.Vip($select=Perk),Demo.Vip/Guests", "(expand=Manager/Demo.Vip(select=Perk), Demo.Vip/Guests)")]
    [InlineData("Customers?$compute=Balance mul 2 as Twice,Twice add 1 as More&$select=Id,Twice&$orderby=More desc&$filter=Twice gt 5", "(compute=mul(Balance,2m) as Twice, add(#Twice,1m) as More; filter=gt(#Twice,5m); orderby=#More desc; select=Id, #Twice)")]
    [InlineData("Customers?$expand=Orders($select=Id,T;$filter=Status eq 'a;)''b';$compute=Total mul 2 as T)", "(expand=Orders(compute=mul(Total,2m) as T; filter=eq(Status,'a;)'b'); select=Id, #T))")]
    [InlineData("Customers?$search=blue OR \"dark red\" AND NOT green", "(search=(blue OR (\"dark red\" AND NOT green)))")]
    [InlineData("Customers?$search=(a OR b) c  NOTE and", "(search=(((a OR b) AND c) AND (NOTE AND and)))")]
    [InlineData("Customers?$skiptoken=a%2Bb&$format=json&$schemaversion=*", "(skiptoken=a+b; format=json; schemaversion=*)")]
    [InlineData("Customers?$deltatoken=x&$index=-1", "(index=-1; deltatoken=x)")]
    [InlineData("$metadata?$format=xml", "(format=xml)")]
    [InlineData("Customers/$count?$filter=Id gt 1&$search=a&$top=1", "(search=a; filter=gt(Id,1); top=1)")]
    [InlineData("Customers(1)?$select=Name&$expand=Orders", "(select=Name; expand=Orders)")]
    [InlineData("Customers(1)/Tags?$filter=$it eq 'a'&$orderby=$this desc", "(filter=eq($it,'a'); orderby=$this desc)")]
    [InlineData("Customers?debug=1&api_key=secret&filter[id]=1&x=%zz&&levels=2", "()")]
    public void Options_are_read_with_or_without_a_dollar_sign_in_any_case(string url, string expected) =>
        Urls.Options(url).Should().Be(expected);

    [Theory]
    [InlineData("Customers?$filter=Name+eq+'a'", "eq(Name,'a')")]
    [InlineData("Customers?$filter=Name eq 'a%2Bb'", "eq(Name,'a+b')")]
    [InlineData("Customers?$filter=Name eq 'a+b'", "eq(Name,'a b')")]
    [InlineData("Customers?$filter=Name eq '10+01:00'", "eq(Name,'10 01:00')")]
    [InlineData("Customers?$filter=Created+gt+2021-02-03T00:00:00+01:00", "gt(Created,2021-02-02T23:00:00+00:00)")]
    [InlineData("Customers?$filter=Created%20gt%202021-02-03T00%3A00%3A00.5+01%3A00", "gt(Created,2021-02-02T23:00:00.5+00:00)")]
    [InlineData("Customers?$filter=Name eq 'a%26b%3Dc%23'", "eq(Name,'a&b=c#')")]
    [InlineData("Customers?$filter=Name eq '%E2%82%AC%F0%9F%98%80'", "eq(Name,'€😀')")]
    public void Text_is_split_before_it_is_decoded_and_a_plus_sign_is_a_blank_except_in_an_offset(string url, string expected) =>
        Written.Of(Urls.Parse(url).Options.Filter).Should().Be(expected);

    [Theory]
    [InlineData("Country eq @c", "&@c='DE'", "eq(Country,'DE')")]
    [InlineData("Status eq @s and Wait gt @w", "&@s='Open'&@w='PT1H'", "and(eq(Status,Demo.Status.Open),gt(Wait,duration'PT1H'))")]
    [InlineData("@f", "&@f=Id eq @i&@i=5", "eq(Id,5)")]
    [InlineData("Id in @l", "&@l=[1,2]", "in(Id,[1,2])")]
    [InlineData("Id in @l", "&@l=(1,2)", "in(Id,[1,2])")]
    [InlineData("Id in @l", "&@l=@m&@m=(1)", "in(Id,[1])")]
    [InlineData("Id eq @l", "&@l=(1)", "eq(Id,1)")]
    [InlineData("Id eq @l", "&@l=(1 add 2) mul 3", "eq(Id,mul(add(1,2),3))")]
    [InlineData("Id eq @nothing", "", "eq(Id,null)")]
    [InlineData("contains(Name,@a) and Orders/any(o:o/Total gt @b)", "&@a='x'&@b=1", "and(contains(Name,'x'),Orders/any(o:gt(o/Total,1m)))")]
    public void A_parameter_alias_stands_for_its_expression(string filter, string aliases, string expected) =>
        Urls.Filter(filter, aliases).Should().Be(expected);

    [Fact]
    public void An_error_within_an_alias_points_into_the_alias()
    {
        var error = Urls.FilterError("@f", "&@f=Nmae eq 1");
        error.Target.Should().Be("@f");
        error.Message.Should().Be("The type Demo.Customer has no property 'Nmae' at position 0 of @f. Did you mean 'Name'?\nNmae eq 1\n^");
    }

    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        var aliases = string.Concat(Enumerable.Range(0, 40).Select(i => $"&@a{i}=@a{i + 1} or @a{i + 1}"));
        Urls.FilterError("@a0", aliases).Row.Should().Be(Errors.LimitExceeded);
    }

    [Theory]
    [InlineData("Customers?$fliter=Id eq 1", "UnknownOption", "There is no system query option '$fliter' here. Did you mean '$filter'?")]
    [InlineData("Customers?$levels=1", "UnknownOption", "There is no system query option '$levels' here.")]
    [InlineData("Customers?$top=1&$top=2", "MalformedUrl", "The query option $top is given twice.")]
    [InlineData("Customers?$top=1&TOP=2", "MalformedUrl", "The query option $top is given twice.")]
    [InlineData("Customers?@a=1&@a=2", "MalformedUrl", "The parameter alias @a is declared twice.")]
    [InlineData("Customers?$top=99999999999999999999", "OutOfRange", "The number is outside the range of Edm.Int64 at position 0 of $top.")]
    [InlineData("Customers(1)?$top=1", "UnknownOption", "$top does not apply to 'Customers(1)'.")]
    [InlineData("Customers(1)/Name?$select=x", "UnknownOption", "$select does not apply to Edm.String at position 0 of $select.")]
    [InlineData("?$filter=Id eq 1", "UnknownOption", "$filter does not apply to the service document.")]
    [InlineData("$metadata?$top=1", "UnknownOption", "$top does not apply to '$metadata'.")]
    [InlineData("Customers?$select=Nmae", "UnknownProperty", "The type Demo.Customer has no property 'Nmae' at position 0 of $select. Did you mean 'Name'?")]
    [InlineData("Customers?$select=Name/x", "MalformedUrl", "The property Name has no properties of its own at position 4 of $select.")]
    [InlineData("Customers?$select=Orders/Id", "MalformedUrl", "A path of $select ends at a navigation property: use $expand=Orders($select=...) at position 6 of $select.")]
    [InlineData("Customers?$expand=Ordesr", "UnknownProperty", "The type Demo.Customer has no navigation property 'Ordesr' at position 0 of $expand. Did you mean 'Orders'?")]
    [InlineData("Customers?$expand=Name", "UnknownProperty", "Name is not a navigation property: it is given by $select at position 0 of $expand.")]
    [InlineData("Customers?$expand=Orders/Items", "MalformedUrl", "Expected a type cast, $ref or $count; to expand further, write Orders($expand=...) at position 7 of $expand.")]
    [InlineData("Customers?$expand=Orders($fliter=1)", "UnknownOption", "There is no query option '$fliter' at position 7 of $expand. Did you mean '$filter'?")]
    [InlineData("Customers?$expand=Orders($top=1;$top=2)", "MalformedUrl", "$top is given twice for the same item at position")]
    [InlineData("Customers?$expand=Orders($format=json)", "UnknownOption", "$format cannot stand here at position 7 of $expand.")]
    [InlineData("Customers?$expand=Manager($top=1)", "UnknownOption", "$top is for collections, this item is single at position 8 of $expand.")]
    [InlineData("Customers?$expand=Manager/$count", "TypeMismatch", "$count takes a collection, Manager is single at position 8 of $expand.")]
    [InlineData("Customers?$expand=Manager($levels=0)", "OutOfRange", "$levels is a number from 1, or max, at position 16 of $expand.")]
    [InlineData("Customers?$expand=Manager/Demo.Order", "TypeMismatch", "The type Demo.Order is not derived from Demo.Customer at position 8 of $expand.")]
    [InlineData("Customers?$orderby=Name,Manager", "TypeMismatch", "Demo.Customer has no order at position 5 of $orderby.")]
    [InlineData("Customers?$orderby=Orders", "TypeMismatch", "Collection(Demo.Order) has no order at position 0 of $orderby.")]
    [InlineData("Customers?$compute=Id as Name", "MalformedUrl", "The name 'Name' is already in use at position 6 of $compute.")]
    [InlineData("Customers?$compute=Id", "MalformedUrl", "Expected an operator or 'as' with a name at position 2 of $compute.")]
    public void What_is_not_an_option_here_is_refused(string url, string code, string message)
    {
        var error = Urls.ErrorOf(url);
        error.Row.Code.Should().Be(code);
        error.Message.Should().StartWith(message);
    }

    [Theory]
    [InlineData("Customers?$apply=nest(identity as All)")]
    [InlineData("Customers?$apply=groupby((rolluprecursive($root/Customers,Q,Id)))")]
    [InlineData("Customers?$apply=ancestors($root/Customers,Q,Id,identity)")]
    [InlineData("Customers?$select=Demo.*")]
    [InlineData("Customers?$expand=Address/Country")]
    public void What_is_not_supported_yet_is_501(string url) =>
        Urls.ErrorOf(url).Row.Should().Be(Errors.NotImplemented);

    [Fact]
    public void A_filter_of_a_definition_is_plain_text()
    {
        var filter = UrlParser.ParseFilter(ShopEdm.Model, ShopEdm.Customer, "IsActive eq false and Name ne '100%'", Urls.Limits);
        Written.Of(filter).Should().Be("and(eq(IsActive,false),ne(Name,'100%'))");

        var parse = () => UrlParser.ParseFilter(ShopEdm.Model, ShopEdm.Customer, "Nmae eq 'x'", Urls.Limits);
        parse.Should().Throw<ServiceException>().Which.Error.Message.Should().StartWith("The type Demo.Customer has no property 'Nmae' at position 0 of the filter. Did you mean 'Name'?");
    }
}
