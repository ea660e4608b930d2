using BackendApi.Access;
using BackendApi.Access.Statistics;
using BackendApi.Endpoints.Batch;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>
/// The preference <c>respond-async</c> (Protocol 11.6): the request goes on without its connection, the client gets 202 and the address of a
/// <see cref="StatusMonitor"/>. It is honoured for a GET of the OData service and for a batch, as long as the node has room; a preference may be ignored.
/// </summary>
internal sealed class AsynchronousRequests(
    Failures failures, Authenticator authenticator, KeptResponses responses, ServiceRoot root, ODataSettings settings, Observations observations, TimeProvider clock,
    IServiceProvider services) : IHostedService
{
    /// <summary>How often a request that runs tells that it does, and looks whether it is still wanted.</summary>
    private static readonly TimeSpan TouchEvery = TimeSpan.FromSeconds(5);

    /// <summary>A request that gave no sign of life for so long has lost its node.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Running> _running = [];
    private readonly Lock _gate = new();

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var prefer = context.Request.Headers["Prefer"];
        return prefer.Count > 0 && context.Request.Path.StartsWithSegments(ServiceRoot.Path, StringComparison.OrdinalIgnoreCase, out var below)
            && (HttpMethods.IsGet(context.Request.Method) || (HttpMethods.IsPost(context.Request.Method) && BatchEndpoint.IsAddressed(below)))
            && AsynchronousPreference.Read(prefer) is { } preference
                ? DetachAsync(context, preference, next)
                : next(context);
    }

    private async Task DetachAsync(HttpContext context, AsynchronousPreference preference, RequestDelegate next)
    {
        var caller = await authenticator.RequireAsync(context, context.RequestAborted);
        // What comes of it is the same request: it is not counted again.
        var known = new KnownCaller(caller, IsKept: true);
        context.Features.Set(new KnownCaller(caller));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = settings.MaxBatchBytes;
        var running = new Running(KeptResponses.NewId());
        if (!TryReserve(running))
        {
            await next(context);
            return;
        }
        // It is counted where it runs.
        RequestTally.Of(context)?.Requests = 0;
        Spool? sent = null;
        try
        {
            sent = await Spool.OfAsync(context.Request.Body, context.RequestAborted);
            await responses.ExpireAsync(clock.GetUtcNow() - TimeSpan.FromMinutes(settings.ResultRetentionMinutes), context.RequestAborted);
            await responses.CreateAsync(running.Id, caller, $"{context.Request.Method} {context.Request.Path.ToUriComponent()}", context.RequestAborted);
        }
        catch
        {
            Release(running);
            if (sent is not null)
                await sent.DisposeAsync();
            throw;
        }
        var body = new KeptBody(responses, running.Id, running.Cancellation.Cancel);
        var request = new DetachedRequest(context, known, preference.Others, sent, body, services, running.Cancellation.Token);
        // On a thread of its own: a driver that blocks must not hold the 202 back.
        running.Task = Task.Run(() => RunAsync(request, running, next), CancellationToken.None);

        if (await IsDoneWithinAsync(running.Task, preference.Wait, context.RequestAborted)
            && await responses.FindAsync(running.Id, caller, context.RequestAborted) is { Status: not null } kept)
        {
            await StatusMonitor.ReplayAsync(context, kept, responses);
            await responses.RemoveAsync(kept.Id, context.RequestAborted);
        }
        else
        {
            Accept(context, running.Id);
            context.Response.Headers["Preference-Applied"] = AsynchronousPreference.Name;
        }
    }

    private async Task<bool> IsDoneWithinAsync(Task task, TimeSpan wait, CancellationToken cancellation)
    {
        if (wait > TimeSpan.Zero)
            await Task.WhenAny(task, Task.Delay(wait, clock, cancellation));
        return wait > TimeSpan.Zero && task.IsCompleted;
    }

    /// <summary>202 with the address to ask at.</summary>
    public void Accept(HttpContext context, string id)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location = $"{root.Of(context.Request)}{StatusMonitor.Segment}/{id}";
        response.Headers.RetryAfter = "1";
        response.Headers["OData-Version"] = ODataRequest.Version(context.Request.Headers) ? "4.01" : "4.0";
    }

    /// <summary>Ends a request of this node that nobody waits for; one of another node notices by itself.</summary>
    public void Cancel(string id)
    {
        lock (_gate)
            if (_running.TryGetValue(id, out var running))
                running.Cancellation.Cancel();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What runs ends with the node; its clients are told so when they ask another one.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Running[] all;
        lock (_gate)
            all = [.. _running.Values];
        foreach (var running in all)
            running.Cancellation.Cancel();
        return Task.WhenAll(all.Select(running => running.Task)).WaitAsync(cancellationToken);
    }

    private sealed class Running(string id)
    {
        public string Id { get; } = id;
        public Task Task { get; set; } = Task.CompletedTask;
        public CancellationTokenSource Cancellation { get; } = new();
    }

    private bool TryReserve(Running running)
    {
        lock (_gate)
            return _running.Count < settings.MaxAsynchronousRequests && _running.TryAdd(running.Id, running);
    }

    private void Release(Running running)
    {
        lock (_gate)
            _running.Remove(running.Id);
    }

    private async Task RunAsync(DetachedRequest request, Running running, RequestDelegate next)
    {
        await using var sent = request.Sent;
        // Facades are there for one request, and that of the connection is over.
        await using var scope = services.CreateAsyncScope();
        request.Context.RequestServices = scope.ServiceProvider;
        try
        {
            await using var signs = clock.CreateTimer(_ => _ = TouchAsync(running), null, TouchEvery, TouchEvery);
            await request.RunAsync(failures, next);
            await responses.CompleteAsync(
                running.Id, request.StatusCode, request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())), running.Cancellation.Token);
        }
        catch (OperationCanceledException) when (running.Cancellation.IsCancellationRequested)
        {
            // Nobody waits for it, or the node ends.
        }
        catch (Exception failure)
        {
            // It could not be kept, nor could the error: without signs of life the client will learn that it was lost.
            observations.Emit(new RequestFailed(request.Context.Request.Method, request.Context.Request.Path, failure, ResponseStarted: true));
        }
        finally
        {
            Release(running);
        }
    }

    private async Task TouchAsync(Running running)
    {
        try
        {
            if (!await responses.TouchAsync(running.Id, running.Cancellation.Token))
                await running.Cancellation.CancelAsync();
        }
        catch (Exception)
        {
            // The next one may get through; the request itself meets the same database.
        }
    }
}
