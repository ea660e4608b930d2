using System.Runtime.ExceptionServices;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Endpoints.Batch;

/// <summary>A feature of every request in a change set or atomicity group (Protocol 11.7.4): what all of its requests share.</summary>
/// <param name="session">Where the transaction of the change set is, from <see cref="BeginAsync"/> on.</param>
internal sealed class ChangeSet(Session session)
{
    private readonly Dictionary<string, int> _parts = new(StringComparer.Ordinal);

    public Session Session { get; } = session;

    private bool _hasBegun;

    /// <summary>Begins the transaction, unless it has begun.</summary>
    public ValueTask BeginAsync(CancellationToken cancellation)
    {
        if (_hasBegun)
            return ValueTask.CompletedTask;
        _hasBegun = true;
        return Session.BeginAsync(cancellation);
    }

    /// <summary>Keeps what has been done, unless it was a trial.</summary>
    public async ValueTask EndAsync(CancellationToken cancellation)
    {
        if (!_hasBegun)
            return;
        if (!IsDiscarded)
        {
            await Session.CommitAsync(cancellation);
            return;
        }
        await Session.CheckAsync(cancellation);
        await Session.RollbackAsync();
    }

    /// <summary>Does what may fail without ending the change set.</summary>
    /// <param name="isStatement">One changing statement is all that the change set consists of.</param>
    /// <returns>False: it has failed, and what it had done is taken back.</returns>
    /// <exception cref="Exception">That of the failure: the transaction is lost.</exception>
    public async Task<bool> TryAsync(Func<Task> work, Dialect dialect, bool isStatement, CancellationToken cancellation)
    {
        var isFirst = !_hasBegun;
        if (!isFirst)
            await SaveAsync(cancellation);
        else if (isStatement)
            await Session.BeginStatementAsync(cancellation);
        else
            await Session.BeginAsync(cancellation);
        _hasBegun = true;
        try
        {
            await work();
        }
        // Of a statement that had succeeded nothing could be taken back: only one that was refused may be followed by others.
        catch (Exception failure) when (!cancellation.IsCancellationRequested && (!isFirst || !isStatement || failure is ServiceException || dialect.Violated(failure) is not null))
        {
            await TakeBackAsync(isFirst, failure, cancellation);
            return false;
        }
        if (!isFirst)
            await Session.Transaction!.ReleaseAsync(Savepoint, cancellation);
        return true;
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        await Session.WriteTrailAsync(cancellation);
        await Session.Transaction!.SaveAsync(Savepoint, cancellation);
    }

    private async Task TakeBackAsync(bool isFirst, Exception failure, CancellationToken cancellation)
    {
        try
        {
            if (!isFirst)
                await Session.RestoreAsync(Savepoint, cancellation);
            else
                await Session.RollbackAsync();
            _hasBegun = !isFirst;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private const string Savepoint = "series";

    /// <summary>Counts the requests that carry the identifier, from 0.</summary>
    public int PartOf(string identifier)
    {
        _parts.TryGetValue(identifier, out var part);
        _parts[identifier] = part + 1;
        return part;
    }

    /// <summary>The change set is rolled back although all of its requests succeed: one of them was a trial.</summary>
    public bool IsDiscarded { get; set; }
}
