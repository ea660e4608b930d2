using System.Runtime.ExceptionServices;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>A feature of every request in a change set or atomicity group (Protocol 11.7.4): what all of its requests share.</summary>
/// <param name="session">On which the transaction of the change set is open.</param>
internal sealed class ChangeSet(Session session)
{
    private readonly Dictionary<string, int> _parts = new(StringComparer.Ordinal);

    public Session Session { get; } = session;

    /// <summary>Nothing has been done in it yet.</summary>
    public bool IsUntouched { get; set; } = true;

    /// <summary>Does what may fail without ending the change set.</summary>
    /// <returns>False: it has failed, and what it had done is taken back.</returns>
    /// <exception cref="Exception">That of the failure: the transaction is lost.</exception>
    public async Task<bool> TryAsync(Func<Task> work, CancellationToken cancellation)
    {
        if (!IsUntouched)
            await Session.Transaction!.SaveAsync(Savepoint, cancellation);
        try
        {
            await work();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            await TakeBackAsync(failure, cancellation);
            return false;
        }
        if (!IsUntouched)
            await Session.Transaction!.ReleaseAsync(Savepoint, cancellation);
        return true;
    }

    private async Task TakeBackAsync(Exception failure, CancellationToken cancellation)
    {
        try
        {
            if (IsUntouched)
            {
                await Session.RollbackAsync();
                await Session.BeginAsync(cancellation);
                return;
            }
            await Session.Transaction!.RollbackAsync(Savepoint, cancellation);
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

    /// <summary>Refuses what has a transaction of its own.</summary>
    /// <exception cref="ServiceException">501: the request is part of a change set.</exception>
    public static void Refuse(HttpContext context, string resource)
    {
        if (context.Features.Get<ChangeSet>() is not null)
            throw new ServiceException(Errors.NotImplemented, $"{resource} takes each write by itself: it cannot be part of a change set or atomicity group.");
    }
}
