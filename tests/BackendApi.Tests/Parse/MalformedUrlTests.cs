using BackendApi.Parse;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

public class MalformedUrlTests
{
    [Theory]
    [InlineData("$filter", "Name eq ('a'", "Expected ')' at position 12 of $filter.\nName eq ('a'\n            ^")]
    [InlineData("$filter", "", "Expected an expression at position 0 of $filter.\n\n^")]
    [InlineData("$filter", "Name equals 'a'", "Expected an operator at position 5 of $filter.\nName equals 'a'\n     ^")]
    [InlineData("$filter", "Name eqq 'a'", "Expected an operator at position 5 of $filter. Did you mean 'eq'?\nName eqq 'a'\n     ^")]
    [InlineData("$filter", "Name eq", "Expected an expression at position 7 of $filter.\nName eq\n       ^")]
    [InlineData("$filter", "Name eq #", "Expected an expression, found '#', at position 8 of $filter.\nName eq #\n        ^")]
    [InlineData("$filter", "Id in (1,,2)", "Expected an expression, found ',', at position 9 of $filter.\nId in (1,,2)\n         ^")]
    [InlineData("$orderby", "Name asc Id", "Expected an operator or the end at position 9 of $orderby.\nName asc Id\n         ^")]
    [InlineData("$orderby", "Id mul 7desc", "Expected an operator or the end at position 8 of $orderby.\nId mul 7desc\n        ^")]
    [InlineData("$orderby", "Name,", "Expected an expression at position 5 of $orderby.\nName,\n     ^")]
    [InlineData("$select", "Name Id", "Expected ',' or the end at position 5 of $select.\nName Id\n     ^")]
    [InlineData("$select", "", "Expected the name of a property at position 0 of $select.\n\n^")]
    [InlineData("$expand", "Orders($top=2", "Expected ';' or ')' at position 13 of $expand.\nOrders($top=2\n             ^")]
    [InlineData("$expand", "Orders($top=x)", "Expected a whole number that is not negative at position 12 of $expand.\nOrders($top=x)\n            ^")]
    [InlineData("$expand", "Manager($compute=Id as Twi'ce)", "Expected ';' or ')' at position 26 of $expand.\nManager($compute=Id as Twi'ce)\n                          ^")]
    [InlineData("$top", "-1", "Expected a whole number that is not negative at position 0 of $top.\n-1\n^")]
    [InlineData("$count", "yes", "Expected true or false at position 0 of $count.\nyes\n^")]
    [InlineData("$search", "a AND", "Expected a search term at position 5 of $search.\na AND\n     ^")]
    public void The_error_shows_the_place_in_the_decoded_text(string option, string text, string message)
    {
        var error = Urls.ErrorOf($"Customers?{option}={Uri.EscapeDataString(text)}");
        error.Row.Should().Be(Errors.MalformedUrl);
        error.Message.Should().Be(message);
        error.Target.Should().Be(option);
    }

    [Fact]
    public void A_long_text_is_shown_around_the_place()
    {
        var error = Urls.ErrorOf("Customers?$filter=" + string.Join(" and ", Enumerable.Repeat("Id eq 1", 100)) + " und Id eq 2");
        var lines = error.Message.Split('\n');
        lines[0].Should().Be("Expected an operator at position 1196 of $filter. Did you mean 'and'?");
        lines[1].Should().StartWith("...").And.EndWith("Id eq 1 und Id eq 2");
        lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)..].Should().StartWith("und");
    }

    [Theory]
    [InlineData("Customers?$filter=Name eq '%zz'")]
    [InlineData("Customers?$filter=Name eq '%4'")]
    [InlineData("Customers?$filter=Name eq '%C3%28'")]
    [InlineData("Customers?$filter=Name eq '%ED%A0%80'")]
    [InlineData("Customers?$filter=Name eq '%00'")]
    [InlineData("Customers('%FF')")]
    public void Bytes_that_are_no_text_are_malformed(string url) =>
        Urls.ErrorOf(url).Row.Should().Be(Errors.MalformedUrl);

    [Fact]
    public void Characters_that_no_text_holds_are_malformed()
    {
        Urls.ErrorOf("Customers?$filter=Name eq '\0'").Row.Should().Be(Errors.MalformedUrl);
        Urls.ErrorOf("Customers?$filter=Name eq '" + (char)0xD800 + "'").Row.Should().Be(Errors.MalformedUrl);
        Urls.ErrorOf("Customers?$filter=Name in [\"" + @"\ud800" + "\"]").Row.Should().Be(Errors.MalformedUrl);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var limits = new ParseLimits(Depth: 10);
        var deep = (int depth) => "Customers?$filter=" + new string('(', depth) + "Id eq 1" + new string(')', depth);
        Urls.Parse(deep(10), limits).Options.Filter.Should().NotBeNull();
        Urls.ErrorOf(deep(11), limits).Row.Should().Be(Errors.LimitExceeded);
    }

    [Theory]
    [InlineData("(", "")]
    [InlineData("not ", "IsActive")]
    [InlineData("- ", "Id")]
    [InlineData("length(", "")]
    [InlineData("Orders/any(a:", "")]
    [InlineData("case(true:", "")]
    [InlineData("Manager/", "Id")]
    [InlineData("Id add ", "Id")]
    [InlineData("true eq ", "true")]
    [InlineData("Orders/$count($filter=", "")]
    public void No_setting_of_the_depth_lets_input_overflow_the_stack(string opening, string end)
    {
        var limits = new ParseLimits(Depth: int.MaxValue, UrlCharacters: int.MaxValue);
        var text = string.Concat(Enumerable.Repeat(opening, 200_000)) + end;
        try
        {
            Urls.Parse("Customers?$filter=" + text, limits);
        }
        catch (ServiceException refused)
        {
            refused.Error.Row.Status.Should().Be(400);
        }
    }

    [Theory]
    [InlineData("Customers?$filter=Id in (1,2,3,4)")]
    [InlineData("Customers?$filter=Id in [1,2,3,4]")]
    [InlineData("Customers?$orderby=Id,Id,Id,Id")]
    [InlineData("Customers?$search=a b c d")]
    public void Lists_are_bounded(string url) =>
        Urls.ErrorOf(url, new ParseLimits(ListItems: 3)).Row.Should().Be(Errors.LimitExceeded);

    [Fact]
    public void Chains_and_lengths_are_bounded()
    {
        Urls.ErrorOf("Customers?$filter=Id" + string.Concat(Enumerable.Repeat(" add 1", 101)) + " eq 1").Row.Should().Be(Errors.LimitExceeded);
        Urls.ErrorOf("Customers(1)" + string.Concat(Enumerable.Repeat("/Manager", 101))).Row.Should().Be(Errors.LimitExceeded);
        Urls.ErrorOf("Customers?$filter=" + new string(' ', 100), new ParseLimits(UrlCharacters: 50)).Row.Should().Be(Errors.LimitExceeded);
    }
}
