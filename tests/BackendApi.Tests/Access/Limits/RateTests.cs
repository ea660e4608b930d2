using BackendApi.Access;
using BackendApi.Access.Limits;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access.Limits;

public class RateTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Start = 1000 * Second;
    private Rate rate;

    [Fact]
    public void A_rate_is_a_burst_of_a_minute_and_fills_steadily()
    {
        for (var i = 0; i < 60; i++)
            rate.Take(Start, 60).Should().BeNull();

        rate.Take(Start, 60).Should().Be(TimeSpan.FromSeconds(1));
        rate.Take(Start + Second, 60).Should().BeNull();
        rate.Take(Start + Second, 60).Should().NotBeNull();
        rate.Take(Start + 3600 * Second, 60).Should().BeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    [InlineData(24_000)]
    public void What_is_left_can_be_taken_and_no_more(int perMinute)
    {
        rate.Left(Start, perMinute).Should().Be(perMinute);
        rate.Owe(Start, perMinute, perMinute - 1);
        rate.Left(Start, perMinute).Should().Be(1);
        rate.Take(Start, perMinute).Should().BeNull();
        rate.Left(Start, perMinute).Should().Be(0);
        rate.Take(Start, perMinute).Should().NotBeNull();
    }

    [Fact]
    public void What_is_owed_is_waited_for()
    {
        rate.Owe(Start, 60, 90);

        rate.Left(Start, 60).Should().Be(0);
        rate.Take(Start, 60).Should().Be(TimeSpan.FromSeconds(31));
        rate.Take(Start + 31 * Second, 60).Should().BeNull();
    }

    [Fact]
    public void A_refusal_takes_nothing()
    {
        for (var i = 0; i < 1000; i++)
            rate.Take(Start, 60);

        rate.Take(Start + 60 * Second, 60).Should().BeNull();
        rate.Left(Start + 60 * Second, 60).Should().Be(59);
    }

    [Fact]
    public void Another_rate_counts_at_once()
    {
        rate.Owe(Start, 60, 30);

        rate.Left(Start, 600).Should().Be(300);
        rate.Left(Start, 6).Should().Be(3);
    }

    [Fact]
    public void However_many_take_at_the_same_time_none_is_given_twice()
    {
        var given = 0;
        Parallel.For(0, 10_000, _ =>
        {
            if (rate.Take(Start, 1000) is null)
                Interlocked.Increment(ref given);
        });

        given.Should().Be(1000);
    }

    [Fact]
    public void Addresses_for_which_there_is_no_room_share_one_rate()
    {
        var clock = new ManualClock();
        var rates = new AnonymousRates(new(new() { AnonymousRequestsPerMinute = 1 }), clock);
        for (var i = 0; i < 20_000; i++)
            rates.Take($"address {i}").Should().BeNull();

        rates.Take("one more").Should().BeNull();
        rates.Take("and another").Should().NotBeNull("both are none that is known");
        clock.Advance(TimeSpan.FromMinutes(1));
        rates.Take("one more").Should().BeNull();
        rates.Take("and another").Should().BeNull("whoever was idle has made room");
    }

    [Fact]
    public void A_caller_is_counted_as_one_whichever_snapshot_it_stands_in()
    {
        var uses = new CallerUses(new ManualClock());
        var use = uses.Of(new("ada", CallerKind.User));

        uses.Of(new("ada", CallerKind.User) { Permissions = BackendApi.Access.Rights.Permissions.All }).Should().BeSameAs(use);
        uses.Of(new("ada", CallerKind.ApiKey)).Should().NotBeSameAs(use);
    }
}
