using System.Text.Json;

namespace BackendApi.Resources;

/// <summary>
/// The business logic behind a set whose entities are written as whole JSON documents, which it alone can read: they hold more than the EDM can say. Everything happens in the
/// transaction of the request, as it does behind a <see cref="Facade"/>. A refusal is a <see cref="Support.ServiceException"/>.
/// </summary>
internal abstract class DocumentFacade : IOrderedFacade
{
    public virtual ValueTask EnterAsync(OperationContext context) => ValueTask.CompletedTask;

    /// <summary>Creates an entity from the request body and returns its key values in key order.</summary>
    public abstract Task<IReadOnlyList<object>> CreateAsync(OperationContext context, JsonElement body);

    /// <summary>Changes the members that the body holds, as JSON merge does. The entity is there, and locked.</summary>
    public abstract Task UpdateAsync(OperationContext context, IReadOnlyList<object> key, JsonElement body);

    /// <summary>Deletes the entity, which is there and locked.</summary>
    public abstract Task DeleteAsync(OperationContext context, IReadOnlyList<object> key);
}

/// <summary>A facade whose changes have one order, whichever entities they are about: it locks what gives them this order before any entity is locked, so that no two requests wait for each other.</summary>
internal interface IOrderedFacade
{
    /// <summary>Called in the transaction of a change, before anything else that it locks.</summary>
    ValueTask EnterAsync(OperationContext context);
}
