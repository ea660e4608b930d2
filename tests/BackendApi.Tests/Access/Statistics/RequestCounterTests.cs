using BackendApi.Access.Statistics;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access.Statistics;

public class RequestCounterTests
{
    private readonly RequestCounter counter = new();

    [Fact]
    public void Nothing_is_lost_when_many_count_at_once_and_somebody_takes_it_meanwhile()
    {
        var taken = new List<long[]?>();
        Parallel.For(0, 40_000, i =>
        {
            counter.Add(requests: 1, status: i % 4 == 0 ? 404 : 200, microseconds: i, rowsRead: 2, rowsWritten: 0);
            if (i % 1000 == 0)
                lock (taken)
                    taken.Add(counter.Take());
        });
        taken.Add(counter.Take());

        long Sum(int measure) => taken.Sum(counts => counts?[measure] ?? 0);
        Sum(Measures.Requests).Should().Be(40_000);
        Sum(Measures.ClientErrors).Should().Be(10_000);
        Sum(Measures.ServerErrors).Should().Be(0);
        Sum(Measures.RowsRead).Should().Be(80_000);
        Sum(Measures.Duration).Should().Be(40_000L * 39_999 / 2);
        taken.Max(counts => counts?[Measures.Longest] ?? 0).Should().Be(39_999);
        counter.Take().Should().BeNull();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(10_000_000, 10_000)]
    [InlineData(10_000_001, null)]
    public void A_request_is_counted_under_the_least_time_that_it_did_not_exceed(long microseconds, int? bound)
    {
        counter.Add(1, 200, microseconds, 0, 0);
        var counts = counter.Take()!;
        counts.Skip(Measures.Durations).Should().HaveCount(Measures.Bounds.Count + 1).And.ContainSingle(count => count == 1);
        counts[Measures.Durations + (bound is { } one ? Measures.Bounds.ToList().IndexOf(one) : Measures.Bounds.Count)].Should().Be(1);
    }

    [Fact]
    public void Requests_that_were_made_together_share_the_time()
    {
        counter.Add(requests: 4, status: 200, microseconds: 8000, rowsRead: 0, rowsWritten: 4);
        var counts = counter.Take()!;
        counts[Measures.Requests].Should().Be(4);
        counts[Measures.Duration].Should().Be(8000);
        counts[Measures.Longest].Should().Be(2000);
        counts[Measures.Durations + 1].Should().Be(4);
    }
}
