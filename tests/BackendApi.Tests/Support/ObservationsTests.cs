using BackendApi.Support;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Tests.Support;

public class ObservationsTests
{
    [Fact]
    public async Task A_test_can_wait_for_what_it_causes()
    {
        using var observations = new Observations(NullLoggerFactory.Instance);
        var published = observations.NextAsync<ModelPublished>(observed => observed.Version == 2);

        observations.Emit(new ModelPublished(1, 10, TimeSpan.Zero));
        observations.Emit(new CallerRefused("10.0.0.1"));
        published.IsCompleted.Should().BeFalse();
        observations.Emit(new ModelPublished(2, 11, TimeSpan.Zero));

        (await published).EntitySets.Should().Be(11);
    }

    [Theory]
    [InlineData("/odata/Orders\r\nfail: forged")]
    [InlineData("/odata/Orders\u001b[2K\u0085\u2028\u2029forged")]
    public void What_a_client_chose_is_no_line_of_its_own(string path)
    {
        using var log = new Lines();
        using var observations = new Observations(log);

        observations.Emit(new RequestFailed("GET", path, new InvalidOperationException("x"), ResponseStarted: false));

        log.Written.Should().ContainSingle().Which.Should().NotContainAny("\r", "\n", "\u001b", "\u0085", "\u2028", "\u2029").And.Contain("forged");
    }

    [Fact]
    public void A_listener_hears_everything_until_it_ends()
    {
        using var observations = new Observations(NullLoggerFactory.Instance);
        var heard = new List<object>();
        var listening = observations.Listen(heard.Add);

        observations.Emit(new CallerRefused("10.0.0.1"));
        listening.Dispose();
        observations.Emit(new CallerRefused("10.0.0.2"));

        heard.Should().Equal(new CallerRefused("10.0.0.1"));
    }

    [Fact]
    public void A_statement_costs_no_allocation_where_nobody_listens()
    {
        using var observations = new Observations(NullLoggerFactory.Instance);
        var statement = new StatementExecuted("SELECT 1", TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 100; i++)
            observations.Emit(statement);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            observations.Emit(statement);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1000);
    }

    [Fact]
    public void An_outage_is_logged_once_in_a_while_and_not_for_each_request()
    {
        using var logs = new Lines();
        using var observations = new Observations(logs);

        for (var i = 0; i < 1000; i++)
            observations.Emit(new DatabaseLost("request", new InvalidOperationException("connection refused")));

        logs.Written.Should().Equal("Warning: The database does not answer (request): connection refused");
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public List<string> Written { get; } = [];
        public void AddProvider(ILoggerProvider provider) { }
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add($"{logLevel}: {formatter(state, exception)}");
        public void Dispose() { }
    }
}
