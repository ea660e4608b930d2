using BackendApi.Endpoints.Edge;
using BackendApi.Support;
using BackendApi.Tests.Access;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace BackendApi.Tests.Endpoints.Edge;

public sealed class DeadlinesTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly CurrentLimits limits = new(new() { RequestSeconds = 60 });
    private readonly Deadlines deadlines;

    public DeadlinesTests() => deadlines = new(limits, clock);

    public void Dispose() => deadlines.Dispose();

    [Fact]
    public async Task A_request_whose_time_is_over_is_ended_and_can_be_told_so()
    {
        var request = await BeginAsync();
        clock.Advance(TimeSpan.FromSeconds(60));
        deadlines.Look();
        request.Context.RequestAborted.IsCancellationRequested.Should().BeFalse("it has had no more than its time");

        clock.Advance(TimeSpan.FromSeconds(1));
        deadlines.Look();

        request.Context.RequestAborted.IsCancellationRequested.Should().BeTrue();
        deadlines.IsOver(request.Context).Should().BeTrue();
        request.Context.RequestAborted.IsCancellationRequested.Should().BeFalse("the answer is still to be written");
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_request_and_is_told_nothing()
    {
        using var client = new CancellationTokenSource();
        var request = await BeginAsync(client.Token);
        await client.CancelAsync();

        request.Context.RequestAborted.IsCancellationRequested.Should().BeTrue();
        deadlines.IsOver(request.Context).Should().BeFalse();
    }

    [Fact]
    public async Task A_request_that_ended_is_not_ended_again_and_its_deadline_serves_another_one()
    {
        var first = await BeginAsync();
        var token = first.Context.RequestAborted;
        await first.EndAsync();
        clock.Advance(TimeSpan.FromSeconds(59));
        var second = await BeginAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        deadlines.Look();

        second.Context.RequestAborted.Should().Be(token);
        second.Context.RequestAborted.IsCancellationRequested.Should().BeFalse("it has just begun");
    }

    [Fact]
    public async Task A_deadline_that_was_over_serves_nobody_else()
    {
        var first = await BeginAsync();
        clock.Advance(TimeSpan.FromSeconds(61));
        deadlines.Look();
        await first.EndAsync();

        (await BeginAsync()).Context.RequestAborted.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Without_a_limit_a_request_has_its_clients_token()
    {
        limits.Value = limits.Value with { RequestSeconds = 0 };
        using var client = new CancellationTokenSource();

        (await BeginAsync(client.Token)).Context.RequestAborted.Should().Be(client.Token);
    }

    private async Task<Request> BeginAsync(CancellationToken client = default)
    {
        var request = new Request(client);
        await deadlines.InvokeAsync(request.Context, _ => Task.CompletedTask);
        return request;
    }

    /// <summary>A request whose end is told to whoever asked for it.</summary>
    private sealed class Request : HttpResponseFeature
    {
        private readonly List<Func<Task>> atEnd = [];

        public Request(CancellationToken client)
        {
            Context.RequestAborted = client;
            Context.Features.Set<IHttpResponseFeature>(this);
        }

        public DefaultHttpContext Context { get; } = new();

        public override void OnCompleted(Func<object, Task> callback, object state) => atEnd.Add(() => callback(state));

        public async Task EndAsync()
        {
            foreach (var each in atEnd)
                await each();
        }
    }
}
