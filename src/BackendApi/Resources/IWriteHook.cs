using BackendApi.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BackendApi.Resources;

/// <summary>
/// Code that takes part in writes to an entity set of a published table: it sees the rows of each step together, may change what is stored, refuse rows, and run
/// statements of its own. Everything happens inside the transaction of the write, in both dialects, alone, in a change set, and on trial
/// (<c>Prefer: validate-only</c>).
/// </summary>
/// <remarks>
/// <para>Before: once for all rows of a set that are written next; nested rows come after the rows that they refer to. What is refused there is not written.</para>
/// <para>After: once for all rows of a set, when every row of the request is written and computed values are stored, and before the rules of the definition are
/// asked. A load of the Data Exchange dialect comes in parts of 1,000 rows.</para>
/// <para>A refusal rolls the transaction back. What is to happen outside of the database must not happen here: the transaction can still fail, and rows that
/// are saved each for itself are tried together first and may come again. One object serves all requests at once.</para>
/// <para>Rows of link tables, and what the database itself cascades to, are not told.</para>
/// </remarks>
public interface IWriteHook
{
    /// <exception cref="ServiceException">The step is refused as a whole; <see cref="WriteRow.Refuse"/> names a row.</exception>
    ValueTask BeforeCreateAsync(WriteStep step, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <exception cref="ServiceException">As above.</exception>
    ValueTask AfterCreateAsync(WriteStep step, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The rows are there, and locked.</summary>
    /// <exception cref="ServiceException">As above.</exception>
    ValueTask BeforeUpdateAsync(WriteStep step, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <exception cref="ServiceException">As above.</exception>
    ValueTask AfterUpdateAsync(WriteStep step, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The rows are there, and locked.</summary>
    /// <exception cref="ServiceException">As above.</exception>
    ValueTask BeforeDeleteAsync(WriteStep step, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <exception cref="ServiceException">As above.</exception>
    ValueTask AfterDeleteAsync(WriteStep step, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>How a host names its hooks.</summary>
public static class WriteHookServices
{
    /// <summary>Hooks of one set run in the order in which they were added.</summary>
    /// <param name="set">The alias of a definition, or the name of its entity set. It need not be published yet.</param>
    public static IServiceCollection AddWriteHook<T>(this IServiceCollection services, string set)
        where T : class, IWriteHook
    {
        services.TryAddSingleton<T>();
        services.AddSingleton(provider => new NamedWriteHook(set, provider.GetRequiredService<T>()));
        return services;
    }
}
