namespace BackendApi.Access;

/// <summary>
/// Keeps the <see cref="AccessSnapshot"/> that requests are checked against. It is read again when it is older than a second and a request
/// asks for it, so that a key revoked on any node is refused everywhere within two seconds, and an idle node sends no queries.
/// </summary>
/// <param name="read">Reads who may call from the database. Given what is known, it may return just that when nothing has changed since.</param>
public sealed class AccessDirectory(Func<AccessSnapshot?, Task<AccessSnapshot>> read, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    /// <summary>Up to this age a request goes on with what is known while another one reads.</summary>
    private static readonly TimeSpan UsableFor = TimeSpan.FromSeconds(1.8);

    private static readonly TimeSpan LeastAge = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private Loaded? _loaded;
    private Task<Loaded>? _reading;

    /// <summary>Completes at once, without an allocation, unless nobody asked within the last two seconds.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public ValueTask<AccessSnapshot> CurrentAsync(CancellationToken cancellation)
    {
        var loaded = Volatile.Read(ref _loaded);
        if (loaded is not null)
        {
            var age = clock.GetElapsedTime(loaded.At);
            if (age < FreshFor)
                return new(loaded.Snapshot);
            if (age < UsableFor)
            {
                Observe(Read());
                return new(loaded.Snapshot);
            }
        }
        return WaitAsync(Read(), cancellation);
    }

    /// <summary>
    /// What is stored by now, for a key that is not known: it may just have been made. Read by a query that begins after the question; wrong keys
    /// must not become queries without a limit, so one query answers all who ask within <see cref="LeastAge"/>.
    /// </summary>
    public async ValueTask<AccessSnapshot> NewerAsync(CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp();
        while (true)
        {
            if (Volatile.Read(ref _loaded) is { } loaded)
            {
                if (loaded.At >= asked)
                    return loaded.Snapshot;
                if (LeastAge - clock.GetElapsedTime(loaded.At) is { Ticks: > 0 } wait)
                    await Task.Delay(wait, clock, cancellation);
            }
            // One that is under way may have begun too early; the next one has not.
            await Read().WaitAsync(cancellation);
        }
    }

    private static async ValueTask<AccessSnapshot> WaitAsync(Task<Loaded> reading, CancellationToken cancellation) =>
        (await reading.WaitAsync(cancellation)).Snapshot;

    private Task<Loaded> Read()
    {
        lock (_gate)
            return _reading ??= Task.Run(ReadAsync);
    }

    private async Task<Loaded> ReadAsync()
    {
        try
        {
            // The age counts from before the read: what changes meanwhile is younger than what is read.
            var at = clock.GetTimestamp();
            var loaded = new Loaded(await read(_loaded?.Snapshot), at);
            Volatile.Write(ref _loaded, loaded);
            return loaded;
        }
        finally
        {
            lock (_gate)
                _reading = null;
        }
    }

    /// <summary>Whoever needs the answer awaits a read of its own; a failure that nobody awaits must not end up in the finalizer.</summary>
    private static void Observe(Task reading) =>
        reading.ContinueWith(static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private sealed record Loaded(AccessSnapshot Snapshot, long At);
}
