namespace BackendApi.Resources;

/// <summary>
/// The business logic behind an entity set of a module. Every write of its rows comes through here: by its own address, as a property or a reference, nested in another
/// entity, as a delta, in a change set, in the Data Exchange dialect. What is not overridden stores the rows as they are.
/// </summary>
/// <remarks>
/// <para>The body is read and checked when a facade is called: names, types, and the rules of the fields. Conditions of the request (<c>If-Match</c>) are met, and rows that
/// are changed or deleted are there and locked. After it, computed values are stored and the rules of the definition are asked.</para>
/// <para>Everything happens in the transaction of the request, on <see cref="WriteStep.Session"/>: it works in change sets, as a repeatable request and on trial
/// (<c>Prefer: validate-only</c>). A refusal (<see cref="WriteRow.Refuse"/>, or a <see cref="Support.ServiceException"/> for all rows) rolls it back. What is to happen outside of the
/// database must not happen here.</para>
/// <para>A facade comes from dependency injection, once for each request unless it is registered in another way.</para>
/// </remarks>
public abstract class Facade
{
    /// <summary>Creates the rows of the step: by <see cref="WriteStep.StoreAsync"/>, or by statements of its own and <see cref="WriteRow.Stored"/> for each row.</summary>
    /// <exception cref="Support.ServiceException">The step is refused as a whole.</exception>
    public virtual ValueTask CreateAsync(WriteStep step, CancellationToken cancellation) => step.StoreAsync();

    /// <summary>Changes the rows of the step, which are there and locked, in the same ways.</summary>
    /// <exception cref="Support.ServiceException">The step is refused as a whole.</exception>
    public virtual ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation) => step.StoreAsync();

    /// <summary>Deletes the rows of the step, which are there and locked, in the same ways.</summary>
    /// <exception cref="Support.ServiceException">The step is refused as a whole.</exception>
    public virtual ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation) => step.StoreAsync();

    /// <summary>Stores links of many to many that lead from entities of the set, and deletes those that go.</summary>
    /// <exception cref="Support.ServiceException">The step is refused as a whole.</exception>
    public virtual ValueTask LinkAsync(LinkStep step, CancellationToken cancellation) => step.StoreAsync();
}
