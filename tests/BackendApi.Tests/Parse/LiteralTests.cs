using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse;

public class LiteralTests
{
    [Theory]
    [InlineData("Name eq 'O''Neil'", "eq(Name,'O'Neil')")]
    [InlineData("Name eq ''", "eq(Name,'')")]
    [InlineData("Name eq 'a%2Fé\u00fc\U0001F600'", "eq(Name,'a%2Fé\u00fc\U0001F600')")]
    [InlineData("Balance gt 5", "gt(Balance,5m)")]
    [InlineData("5 lt Balance", "lt(5m,Balance)")]
    [InlineData("Balance gt 1.25", "gt(Balance,1.25m)")]
    [InlineData("Balance gt 1.5e3", "gt(Balance,1500m)")]
    [InlineData("Balance gt 1e30", "gt(Balance,1E+30d)")]
    [InlineData("Balance lt INF", "lt(Balance,INF)")]
    [InlineData("Id eq 99999999999", "eq(Id,99999999999L)")]
    [InlineData("Id eq 9223372036854775808", "eq(Id,9223372036854775808m)")]
    [InlineData("Id eq 1.5", "eq(Id,1.5m)")]
    [InlineData("Big eq 5", "eq(Big,5L)")]
    [InlineData("Big eq -9223372036854775808", "eq(Big,-9223372036854775808L)")]
    [InlineData("Tiny eq 255 or Tiny eq 256", "or(eq(Tiny,255b),eq(Tiny,256))")]
    [InlineData("Small eq -32768", "eq(Small,-32768s)")]
    [InlineData("Rating gt 5", "gt(Rating,5d)")]
    [InlineData("Rating lt -INF or Rating eq NaN", "or(lt(Rating,-INF),eq(Rating,NaNd))")]
    [InlineData("Ratio eq 0.1", "eq(Ratio,0.1f)")]
    [InlineData("IsActive eq TRUE or IsActive eq false or Name eq Null", "or(or(eq(IsActive,true),eq(IsActive,false)),eq(Name,null))")]
    [InlineData("Born lt 2024-02-29", "lt(Born,2024-02-29)")]
    [InlineData("Born lt '2024-02-29'", "lt(Born,2024-02-29)")]
    [InlineData("Created ge 2024-01-01", "ge(Created,2024-01-01T00:00:00+00:00)")]
    [InlineData("Created ge 2024-01-01T10:00Z", "ge(Created,2024-01-01T10:00:00+00:00)")]
    [InlineData("Created ge 2024-01-01T10:00:00.123456789012+01:00", "ge(Created,2024-01-01T09:00:00.1234567+00:00)")]
    [InlineData("Created ge '2024-01-01T10:00:00-05:30'", "ge(Created,2024-01-01T15:30:00+00:00)")]
    [InlineData("Born in (2024-01-01,2024-01-02T10:00:00Z)", "in(cast(Born,Edm.DateTimeOffset),[2024-01-01T00:00:00+00:00,2024-01-02T10:00:00+00:00])")]
    [InlineData("Born lt Created", "lt(cast(Born,Edm.DateTimeOffset),Created)")]
    [InlineData("Opens le 08:30", "le(Opens,08:30:00)")]
    [InlineData("Opens le '08:30:15.5'", "le(Opens,08:30:15.5)")]
    [InlineData("Wait gt duration'P1DT2H3M4.5S'", "gt(Wait,duration'P1DT2H3M4.5S')")]
    [InlineData("Wait gt 'PT1H' and Wait lt duration'-PT0.5S'", "and(gt(Wait,duration'PT1H'),lt(Wait,duration'-PT0.5S'))")]
    [InlineData("Token eq 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "eq(Token,3f2504e0-4f89-11d3-9a0c-0305e82c3301)")]
    [InlineData("Token eq a1b2c3d4-4F89-11d3-9a0c-0305e82c3301", "eq(Token,a1b2c3d4-4f89-11d3-9a0c-0305e82c3301)")]
    [InlineData("Token eq '3f2504e0-4f89-11d3-9a0c-0305e82c3301'", "eq(Token,3f2504e0-4f89-11d3-9a0c-0305e82c3301)")]
    [InlineData("Photo eq binary'AAAA-_8='", "eq(Photo,0x000000FBFF)")]
    [InlineData("Photo eq binary'AAAA+/8' or Photo eq binary''", "or(eq(Photo,0x000000FBFF),eq(Photo,0x))")]
    [InlineData("Status eq 'Open' or Status eq Demo.Status'2'", "or(eq(Status,Demo.Status.Open),eq(Status,Demo.Status.Closed))")]
    [InlineData("'closed' eq Status", "eq(Demo.Status.Closed,Status)")]
    [InlineData("Status in ('Open',Demo.Status'Held',null)", "in(Status,[Demo.Status.Open,Demo.Status.Held,null])")]
    [InlineData("Rights eq 'Share, Read' or Rights eq '3'", "or(eq(Rights,Demo.Rights.Read+Share),eq(Rights,Demo.Rights.Read+Write))")]
    [InlineData("Id in [1,2]", "in(Id,[1,2])")]
    [InlineData("""Name in ["a","b\"\u00e9"]""", "in(Name,['a','b\"é'])")]
    public void A_literal_takes_the_type_of_what_it_meets(string filter, string expected) =>
        Urls.Filter(filter).Should().Be(expected);

    [Theory]
    [InlineData("Created ge 2024-02-30T00:00:00Z")]
    [InlineData("Created ge 12024-01-01T00:00:00Z")]
    [InlineData("Created ge 0000-01-01")]
    [InlineData("Created ge 9999-12-31T23:59:59-01:00")]
    [InlineData("Born eq -0001-01-01")]
    [InlineData("Opens eq 24:00:00")]
    [InlineData("Rating eq 1e400")]
    [InlineData("Wait eq duration'P99999999999D'")]
    public void A_value_that_its_type_does_not_have_is_out_of_range(string filter) =>
        Urls.FilterError(filter).Row.Should().Be(Errors.OutOfRange);

    [Theory]
    [InlineData("Created ge 2024-01-01T10:00:00", 21)]
    [InlineData("Name eq 'a", 10)]
    [InlineData("Wait eq duration'P1Y'", 8)]
    [InlineData("Wait eq duration'PT'", 8)]
    [InlineData("Photo eq binary'A'", 9)]
    [InlineData("Id eq 5L", 7)]
    [InlineData("Id eq 1.", 7)]
    [InlineData("Name eq datetime'2024-01-01T00:00:00'", 8)]
    [InlineData("""Name in ["a\u00zz"]""", 12)]
    public void A_literal_out_of_form_is_malformed_where_it_goes_wrong(string filter, int position)
    {
        var error = Urls.FilterError(filter);
        error.Row.Should().Be(Errors.MalformedUrl);
        error.Message.Should().Contain(FormattableString.Invariant($"at position {position} of $filter"));
    }

    [Theory]
    [InlineData("Name eq geography'SRID=0;Point(1 2)'")]
    [InlineData("""{"a":1} eq {"a":1}""")]
    public void Literals_that_are_not_supported_yet_are_501(string filter) => Urls.FilterError(filter).Row.Should().Be(Errors.NotImplemented);
}
