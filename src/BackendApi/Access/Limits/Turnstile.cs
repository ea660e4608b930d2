using BackendApi.Support;

namespace BackendApi.Access.Limits;

/// <summary>
/// Lets so many requests of all callers run at the same time on this node, and a bounded number wait for their turn, first come first served. As long as nobody waits it costs a request one
/// addition and one subtraction.
/// </summary>
public sealed class Turnstile(CurrentLimits limits, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _queue = [];
    private int _inside, _waiting;

    public int Inside => Volatile.Read(ref _inside);
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whoever enters leaves. False when all places are taken.</summary>
    public bool TryEnter() => Volatile.Read(ref _waiting) == 0 && TryTake();

    /// <summary>Waits for a place. False when too many wait already, or none became free in time.</summary>
    /// <exception cref="OperationCanceledException"/>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_queue.Count >= limits.Value.QueuedRequests)
                return false;
            place = _queue.AddLast(turn);
            // Told before it is looked once more whether a place is free: whoever leaves now sees one or the other.
            Interlocked.Increment(ref _waiting);
            LetIn();
        }
        try
        {
            await turn.Task.WaitAsync(TimeSpan.FromSeconds(limits.Value.QueueSeconds), clock, cancellation);
            return true;
        }
        catch (Exception given) when (given is TimeoutException or OperationCanceledException)
        {
            lock (_gate)
            {
                if (place.List is not null)
                {
                    _queue.Remove(place);
                    Interlocked.Decrement(ref _waiting);
                    if (given is TimeoutException)
                        return false;
                    throw;
                }
            }
            // It was its turn after all.
            if (given is TimeoutException)
                return true;
            Leave();
            throw;
        }
    }

    public void Leave()
    {
        Interlocked.Decrement(ref _inside);
        if (Volatile.Read(ref _waiting) == 0)
            return;
        lock (_gate)
            LetIn();
    }

    private void LetIn()
    {
        while (_queue.First is { } next && TryTake())
        {
            _queue.Remove(next);
            Interlocked.Decrement(ref _waiting);
            next.Value.SetResult();
        }
    }

    private bool TryTake()
    {
        var most = limits.Value.ConcurrentRequests;
        while (true)
        {
            var inside = Volatile.Read(ref _inside);
            if (inside >= most && most > 0)
                return false;
            if (Interlocked.CompareExchange(ref _inside, inside + 1, inside) == inside)
                return true;
        }
    }
}
