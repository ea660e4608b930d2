using System.Collections.Concurrent;
using BackendApi.Access.Limits;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Edge;

/// <summary>
/// <c>Limits:RequestSeconds</c>: the whole time of a request, its body and its answer included. The deadlines are looked through once a second instead of having a timer each, and are
/// used again: a request costs no timer and no allocation. What runs without its client (<c>respond-async</c>) has none.
/// </summary>
internal sealed class Deadlines : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static Deadline? _ofThread;

    private readonly CurrentLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly ConcurrentQueue<Deadline> _free = new();
    private readonly ConcurrentDictionary<Deadline, Deadline> _all = new();
    private readonly Func<object, Task> _end;

    public Deadlines(CurrentLimits limits, TimeProvider clock)
    {
        (_limits, _clock) = (limits, clock);
        _end = deadline =>
        {
            Return((Deadline)deadline);
            return Task.CompletedTask;
        };
        _timer = clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_limits.Value.RequestSeconds > 0)
        {
            var deadline = Rent();
            deadline.Begin(context, _clock.GetTimestamp());
            context.Response.OnCompleted(_end, deadline);
        }
        return next(context);
    }

    /// <summary>True when the request's time was over before its client left. From then on the request has only its client's token: it is to be told so.</summary>
    public bool IsOver(HttpContext context)
    {
        // Looked for here, where hardly a request comes, instead of being a feature of each.
        var token = context.RequestAborted;
        if (!token.IsCancellationRequested)
            return false;
        foreach (var (deadline, _) in _all)
            if (deadline.IsOver(token, out var client))
            {
                context.RequestAborted = client;
                return true;
            }
        return false;
    }

    /// <summary>Ends every request whose time is over.</summary>
    public void Look()
    {
        if (_limits.Value.RequestSeconds is not (> 0 and var seconds))
            return;
        var oldest = _clock.GetTimestamp() - seconds * _clock.TimestampFrequency;
        foreach (var (deadline, _) in _all)
            deadline.EndIfOlder(oldest);
    }

    public void Dispose() => _timer.Dispose();

    private Deadline Rent()
    {
        // In front of the queue that all threads share.
        if (_ofThread is { } near && near.Owner == this)
        {
            _ofThread = null;
            return near;
        }
        if (_free.TryDequeue(out var deadline))
            return deadline;
        deadline = new(this);
        _all.TryAdd(deadline, deadline);
        return deadline;
    }

    private void Return(Deadline deadline)
    {
        if (!deadline.TryEnd())
            _all.TryRemove(deadline, out _);
        else if (_ofThread is null)
            _ofThread = deadline;
        else
            _free.Enqueue(deadline);
    }
}

/// <summary>The deadline of one request at a time.</summary>
internal sealed class Deadline(Deadlines owner) : CancellationTokenSource
{
    private const long Unused = long.MaxValue;
    private const long Over = long.MinValue;

    public Deadlines Owner { get; } = owner;

    private CancellationToken _client;
    private CancellationTokenRegistration _clientGone;
    private long _begunAt = Unused;

    /// <param name="token">Of a request that is still there.</param>
    /// <param name="client">The token of its client alone.</param>
    public bool IsOver(CancellationToken token, out CancellationToken client)
    {
        client = _client;
        return token == Token && Volatile.Read(ref _begunAt) == Over && !client.IsCancellationRequested;
    }

    public void Begin(HttpContext context, long now)
    {
        _client = context.RequestAborted;
        _clientGone = _client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), this);
        context.RequestAborted = Token;
        Volatile.Write(ref _begunAt, now);
    }

    public void EndIfOlder(long oldest)
    {
        var begun = Volatile.Read(ref _begunAt);
        if (begun < oldest && begun != Over && Interlocked.CompareExchange(ref _begunAt, Over, begun) == begun)
            // On another thread: a driver may ask its server to cancel.
            _ = CancelAsync();
    }

    /// <summary>The request has ended. False when this cannot serve another one.</summary>
    public bool TryEnd()
    {
        var begun = Interlocked.Exchange(ref _begunAt, Unused);
        _clientGone.Dispose();
        return begun != Over && TryReset();
    }
}
