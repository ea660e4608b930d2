using BackendApi.Access.Limits;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access.Limits;

public class TurnstileTests
{
    private readonly CurrentLimits limits = new(new() { ConcurrentRequests = 2, QueuedRequests = 2, QueueSeconds = 3600 });
    private readonly Turnstile turnstile;

    public TurnstileTests() => turnstile = new(limits, TimeProvider.System);

    [Fact]
    public async Task Whoever_waits_enters_in_the_order_of_coming()
    {
        Fill();
        var first = turnstile.EnterAsync(default).AsTask();
        var second = turnstile.EnterAsync(default).AsTask();
        (await turnstile.EnterAsync(default)).Should().BeFalse("the queue is full");
        turnstile.TryEnter().Should().BeFalse();

        turnstile.Leave();
        (await first).Should().BeTrue();
        second.IsCompleted.Should().BeFalse();
        turnstile.Leave();
        (await second).Should().BeTrue();
        turnstile.Inside.Should().Be(2);
    }

    [Fact]
    public async Task Whoever_gives_up_takes_no_place()
    {
        Fill();
        using var patience = new CancellationTokenSource();
        var waiting = turnstile.EnterAsync(patience.Token).AsTask();
        await patience.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();

        turnstile.Waiting.Should().Be(0);
        turnstile.Leave();
        turnstile.Inside.Should().Be(1);
        turnstile.TryEnter().Should().BeTrue();
    }

    [Fact]
    public void Without_a_limit_everybody_enters()
    {
        limits.Value = limits.Value with { ConcurrentRequests = 0 };
        for (var i = 0; i < 5000; i++)
            turnstile.TryEnter().Should().BeTrue();
    }

    [Fact]
    public async Task No_more_are_ever_inside_than_may_be_and_nobody_is_forgotten()
    {
        limits.Value = limits.Value with { QueuedRequests = 100_000 };
        int inside = 0, most = 0, entered = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                if (!turnstile.TryEnter())
                    (await turnstile.EnterAsync(default)).Should().BeTrue();
                most = Math.Max(most, Interlocked.Increment(ref inside));
                if (i % 3 == 0)
                    await Task.Yield();
                Interlocked.Decrement(ref inside);
                turnstile.Leave();
                Interlocked.Increment(ref entered);
            }
        })));

        entered.Should().Be(16_000);
        most.Should().BeLessThanOrEqualTo(2);
        (turnstile.Inside, turnstile.Waiting).Should().Be((0, 0));
    }

    private void Fill()
    {
        turnstile.TryEnter().Should().BeTrue();
        turnstile.TryEnter().Should().BeTrue();
    }
}
