using BackendApi.Access;
using BackendApi.Endpoints.Batch;
using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// The session that the statements of one request run on, and their transaction. A request on its own has both for itself. A request in a change set
/// shares them with the others of its <see cref="ChangeSet"/>: the transaction is open when it comes, and nothing that it does here ends it.
/// </summary>
internal sealed class RequestSession : IAsyncDisposable
{
    private readonly ChangeSet? _changeSet;
    private bool _hasBegun;

    private RequestSession(Session session, ChangeSet? changeSet) => (Session, _changeSet, _hasBegun) = (session, changeSet, changeSet is not null);

    public Session Session { get; }

    /// <summary>A failure rolls back what others did too, so the first one ends the whole change set.</summary>
    public bool IsInChangeSet => _changeSet is not null;

    public static async ValueTask<RequestSession> OpenAsync(HttpContext context, Database database)
    {
        if (context.Features.Get<ChangeSet>() is not { } changeSet)
            return new(await database.OpenAsync(context.RequestAborted), null);
        await changeSet.BeginAsync(context.RequestAborted);
        return new(changeSet.Session, changeSet);
    }

    /// <summary>Facades may be asked for the rows of their sets.</summary>
    public RequestSession With(HttpContext context, Caller caller, ModelSnapshot model, Dialect dialect)
    {
        if (model.HasSupplied)
            Session.Supplied = new(caller, context.RequestServices, dialect);
        return this;
    }

    /// <summary>What is changed is written down as a change of this origin.</summary>
    public RequestSession By(Origin origin)
    {
        Session.Origin = origin;
        return this;
    }

    /// <summary>Begins the transaction of a request on its own, unless it has begun; in a change set there is one.</summary>
    /// <param name="isStatement">One changing statement is all that follows.</param>
    public ValueTask BeginAsync(CancellationToken cancellation, bool isStatement = false)
    {
        if (_hasBegun)
            return ValueTask.CompletedTask;
        _hasBegun = true;
        return isStatement ? Session.BeginStatementAsync(cancellation) : Session.BeginAsync(cancellation);
    }

    /// <summary>Commits the transaction of a request on its own; a change set is committed when all of its requests have succeeded.</summary>
    public ValueTask CommitAsync(CancellationToken cancellation) => IsInChangeSet || !_hasBegun ? ValueTask.CompletedTask : Session.CommitAsync(cancellation);

    /// <summary>All repeatable requests of a change set carry the same identifier (Repeatable Requests 1.0, 4): the number of this one among them.</summary>
    public int PartOf(string identifier) => _changeSet?.PartOf(identifier) ?? 0;

    /// <summary>
    /// Ends a request that succeeded and is to leave nothing behind. In a change set the requests after it still see what it did; nothing of any of
    /// them is kept.
    /// </summary>
    /// <exception cref="Support.ServiceException">What was done could not have been kept.</exception>
    public async ValueTask DiscardAsync(CancellationToken cancellation)
    {
        if (_changeSet is not null)
        {
            _changeSet.IsDiscarded = true;
            return;
        }
        await Session.CheckAsync(cancellation);
        await Session.RollbackAsync();
    }

    /// <summary>Rolls back what was not committed. A change set goes on: its owner decides.</summary>
    public ValueTask DisposeAsync() => IsInChangeSet ? ValueTask.CompletedTask : Session.DisposeAsync();
}
