using BackendApi.Support;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Model;

/// <summary>
/// Where the published <see cref="ModelSnapshot"/> is. A request reads <see cref="Current"/> once and uses no other; a publish replaces it
/// with one write and then signals.
/// </summary>
public sealed class Models : IDisposable
{
    private readonly Lock _swapping = new();
    private volatile ModelSnapshot? _current;
    private volatile CancellationTokenSource _changed = new();

    /// <exception cref="ServiceException">503 while the first snapshot is not built yet, because the database has not answered since the start.</exception>
    public ModelSnapshot Current =>
        _current ?? throw new ServiceException(Errors.DatabaseUnavailable, "The service has not been able to read its definitions yet. Try again later.");

    /// <summary>A first snapshot is there.</summary>
    public bool IsReady => _current is not null;

    /// <summary>Fires once, when the snapshot that is current now is replaced. Take a new token after every change.</summary>
    public IChangeToken Changed => new CancellationChangeToken(_changed.Token);

    /// <summary>Makes a snapshot the current one, unless a later version already is.</summary>
    public void Swap(ModelSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        CancellationTokenSource signal;
        lock (_swapping)
        {
            if (_current?.Version > snapshot.Version)
                return;
            _current = snapshot;
            signal = _changed;
            _changed = new();
        }
        // Outside the lock: what listens may take its time, or publish in turn.
        signal.Cancel();
    }

    /// <summary>Waits until a snapshot satisfies <paramref name="condition"/> and returns it.</summary>
    public async Task<ModelSnapshot> ObserveAsync(Predicate<ModelSnapshot> condition, CancellationToken cancellation)
    {
        while (true)
        {
            // The token before the snapshot: a swap in between then ends the wait at once.
            var next = _changed.Token;
            if (_current is { } snapshot && condition(snapshot))
                return snapshot;
            await Changes(next, cancellation);
        }
    }

    public void Dispose() => _changed.Dispose();

    private static async Task Changes(CancellationToken next, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onChange = next.UnsafeRegister(_ => completion.TrySetResult(), null);
        await using var onCancel = cancellation.UnsafeRegister(_ => completion.TrySetCanceled(cancellation), null);
        await completion.Task;
    }
}
