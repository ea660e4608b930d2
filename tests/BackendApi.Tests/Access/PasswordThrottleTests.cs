using BackendApi.Access.Users;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class PasswordThrottleTests
{
    private readonly ManualClock clock = new();
    private readonly PasswordThrottle throttle;

    public PasswordThrottleTests() => throttle = new(clock);

    [Fact]
    public void Five_wrong_passwords_are_free_and_then_the_wait_doubles()
    {
        Fail("admin", "10.0.0.1", times: 5);

        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            var wait = throttle.Begin("admin", "10.0.0.1")!.Value;
            waits.Add(wait.TotalSeconds);
            clock.Advance(wait);
            throttle.Begin("admin", "10.0.0.1").Should().BeNull("the wait is over");
        }

        waits.Should().Equal(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900);
    }

    [Fact]
    public void Another_address_is_not_held_up() => Blocked("admin", "10.0.0.1", then: ("admin", "10.0.0.2")).Should().BeNull();

    [Fact]
    public void Another_user_at_the_same_address_is_not_held_up() => Blocked("admin", "10.0.0.1", then: ("anna", "10.0.0.1")).Should().BeNull();

    [Fact]
    public void The_right_password_starts_afresh()
    {
        Fail("admin", "10.0.0.1", times: 4);
        throttle.Begin("admin", "10.0.0.1").Should().BeNull();
        throttle.Succeeded("admin", "10.0.0.1");

        Fail("admin", "10.0.0.1", times: 5);
    }

    [Fact]
    public void One_address_cannot_try_a_few_passwords_for_each_of_many_users()
    {
        for (var i = 0; i < 50; i++)
            throttle.Begin($"user{i}", "10.0.0.1").Should().BeNull();

        throttle.Begin("user51", "10.0.0.1").Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Wrong_passwords_are_forgotten_after_a_quarter_of_an_hour()
    {
        Fail("admin", "10.0.0.1", times: 4);
        clock.Advance(PasswordThrottle.LongestWait + TimeSpan.FromSeconds(1));

        Fail("admin", "10.0.0.1", times: 5);
    }

    [Fact]
    public void Attempts_that_have_not_ended_count_as_wrong()
    {
        var allowed = 0;
        Parallel.For(0, 100, _ =>
        {
            if (throttle.Begin("admin", "10.0.0.1") is null)
                Interlocked.Increment(ref allowed);
        });

        allowed.Should().Be(5);
    }

    private void Fail(string user, string address, int times)
    {
        for (var i = 0; i < times; i++)
            throttle.Begin(user, address).Should().BeNull("attempt {0} is free", i + 1);
    }

    private TimeSpan? Blocked(string user, string address, (string User, string Address) then)
    {
        Fail(user, address, times: 5);
        throttle.Begin(user, address).Should().NotBeNull();
        return throttle.Begin(then.User, then.Address);
    }
}
