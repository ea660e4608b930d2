using System.Net;
using BackendApi.Access.Keys;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class ApiKeyTermsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("192.168.1.7", "192.168.1.7", true)]
    [InlineData("192.168.1.7", "192.168.1.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public void An_address_is_in_a_range_or_not(string range, string address, bool contains) =>
        Networks.Contain(Networks.Parse([range], "addresses"), IPAddress.Parse(address)).Should().Be(contains);

    [Fact]
    public void Without_ranges_every_address_will_do_and_with_them_a_missing_one_will_not()
    {
        Networks.Contain([], null).Should().BeTrue();
        Networks.Contain(Networks.Parse(["0.0.0.0/0"], "addresses"), null).Should().BeFalse();
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("fe80::1%eth0")]
    [InlineData("localhost")]
    public void What_is_no_range_is_refused(string range) =>
        FluentActions.Invoking(() => Networks.Parse([range], "addresses")).Should().Throw<ServiceException>().Which.Error.Row.Should().Be(Errors.InvalidValue);

    [Fact]
    public void A_range_that_cannot_be_read_lets_nobody_in() => Networks.Contain(Networks.FromJson("""["nonsense"]"""), IPAddress.Loopback).Should().BeFalse();

    [Fact]
    public void The_last_use_is_to_be_written_once()
    {
        var use = new ApiKeyUse("k");
        use.TakeUnwritten().Should().BeNull();
        use.Note(Now);
        use.Note(Now.AddSeconds(1));

        use.TakeUnwritten().Should().Be(Now.AddSeconds(1));
        use.TakeUnwritten().Should().BeNull();
    }
}
