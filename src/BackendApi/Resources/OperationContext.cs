using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Resources;

/// <summary>What the service gives to a function or action.</summary>
public sealed class OperationContext
{
    internal OperationContext(Caller caller, Session session, Dialect dialect, bool isTrial, CancellationToken cancellation) =>
        (Caller, Session, Dialect, IsTrial, Cancellation) = (caller, session, dialect, isTrial, cancellation);

    /// <summary>Begins the transaction that the session has then; set for an action.</summary>
    internal Func<ValueTask>? Begin { private get; init; }

    /// <summary>In an action that <see cref="ModuleOperation.BeginsItself"/>, before anything is changed. Everywhere else the transaction has begun, and nothing happens.</summary>
    public ValueTask BeginAsync() => Begin?.Invoke() ?? ValueTask.CompletedTask;

    /// <summary>Who sends the request.</summary>
    public Caller Caller { get; }

    /// <summary>
    /// For statements. In an action it has a transaction, that of the request or of its change set, which the action neither commits nor rolls back; what is read is read to
    /// its end before the operation returns.
    /// </summary>
    public Session Session { get; }

    /// <summary>How the database at hand quotes names and passes values.</summary>
    public Dialect Dialect { get; }

    /// <summary><c>Prefer: validate-only</c>: everything will be rolled back.</summary>
    public bool IsTrial { get; }

    /// <summary>The client is gone.</summary>
    public CancellationToken Cancellation { get; }
}

/// <summary>The entity that a bound operation is called on. It is there, and in an action it is locked.</summary>
/// <param name="Set">Where it belongs.</param>
/// <param name="Key">In the CLR types of the key's columns (<see cref="ValueKind"/>).</param>
public sealed record BoundEntity(EntitySetModel Set, IReadOnlyList<object> Key);

/// <summary>The collection that a bound operation is called on: a whole set, what <c>/$filter(…)</c> leaves of it, or what a navigation leads to.</summary>
public sealed class BoundCollection
{
    private readonly Func<ValueTask<IReadOnlyList<EntityKey>>> _keys;

    internal BoundCollection(EntitySetModel set, Func<ValueTask<IReadOnlyList<EntityKey>>> keys) => (Set, _keys) = (set, keys);

    /// <summary>Where the entities belong.</summary>
    public EntitySetModel Set { get; }

    /// <summary>The keys of all entities in it, in their order; in an action they are locked.</summary>
    public ValueTask<IReadOnlyList<EntityKey>> ReadKeysAsync() => _keys();
}

/// <summary>Names an entity: as a result, the one with this key, as it is then stored.</summary>
/// <param name="Values">In the order of the key, in the CLR types of its columns (<see cref="ValueKind"/>).</param>
public sealed record EntityKey(params IReadOnlyList<object> Values);

/// <summary>Names entities: as a result, those of the set for which an OData expression is true. There may be any number of them; they are read page by page.</summary>
public sealed class EntityFilter
{
    private EntityFilter(string text) => Text = text;

    internal string Text { get; }

    /// <summary>As <c>$filter</c> has it: <c>EntityFilter.Where($"Points ge {least} and Level ne null")</c>. Values in braces become literals, whatever they hold.</summary>
    public static EntityFilter Where(FormattableString condition) =>
        new(string.Format(System.Globalization.CultureInfo.InvariantCulture, condition.Format, [.. condition.GetArguments().Select(Literal)]));

    private static object Literal(object? value) => value switch
    {
        null => "null",
        Enum member => $"'{member}'",
        _ => Stream.EntityUrl.Literal(value, ValueKind.String),
    };
}
