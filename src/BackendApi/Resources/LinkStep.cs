using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Resources;

/// <summary>Links of many to many that lead from entities of one set, and come or go: rows of a link table, which belongs to no set.</summary>
public sealed class LinkStep
{
    private readonly Func<Task> _store;

    internal LinkStep(NavigationModel navigation, Caller caller, Session session, Dialect dialect, IReadOnlyList<EntityKey> entities, Func<Task> store) =>
        (Navigation, Caller, Session, Dialect, Entities, _store) = (navigation, caller, session, dialect, entities, store);

    /// <summary>What the links are seen as from the entities.</summary>
    public NavigationModel Navigation { get; }
    /// <summary>Who sends the request.</summary>
    public Caller Caller { get; }
    /// <summary>For statements of the facade's own, in the transaction of the write.</summary>
    public Session Session { get; }
    /// <summary>How the database at hand quotes names and passes values.</summary>
    public Dialect Dialect { get; }
    /// <summary>From which the links lead.</summary>
    public IReadOnlyList<EntityKey> Entities { get; }

    /// <summary>The links are stored, and those that go deleted.</summary>
    public async ValueTask StoreAsync() => await _store();
}
