using BackendApi.Access.Keys;
using BackendApi.Sql;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Tests.Access;

public sealed class ApiKeyUsesTests
{
    [Fact]
    public async Task Whatever_keeps_a_use_from_being_written_does_not_end_the_program()
    {
        using var observations = new Observations(NullLoggerFactory.Instance);
        await using var database = new ExhaustedDatabase();
        using var uses = new ApiKeyUses(database, new HurriedClock(), observations);
        uses.Of("excel").Note(DateTimeOffset.UtcNow);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lost = observations.NextAsync<DatabaseLost>(cancellation: patience.Token);

        await uses.StartAsync(CancellationToken.None);

        (await Task.WhenAny(lost, uses.ExecuteTask!)).Should().BeSameAs(lost);
        await uses.StopAsync(CancellationToken.None);
        uses.ExecuteTask!.IsFaulted.Should().BeFalse();
    }

    /// <summary>Its pool says so as the driver of SQL Server does.</summary>
    private sealed class ExhaustedDatabase : Database
    {
        public override Dialect Dialect => null!;

        public override ValueTask<Session> OpenAsync(CancellationToken cancellation) => throw new InvalidOperationException("No connection became free in the pool.");

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A clock whose timers fire at once, and once.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
