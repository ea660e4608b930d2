using BackendApi.Support;

namespace BackendApi.Access.Limits;

/// <summary>What this node knows of the requests of its callers. A caller finds its own without a lookup.</summary>
public sealed class CallerUses
{
    private const int Capacity = 20_000;

    private readonly BoundedTable<(CallerKind, string), CallerUse> _uses;

    public CallerUses(TimeProvider clock) => _uses = new(Capacity, use => use.IsIdle(CallerUse.Ticks(clock)));

    /// <summary>The callers that this node has seen lately.</summary>
    public IEnumerable<CallerUse> All => _uses.Values;

    /// <summary>The same object for the same caller, whichever snapshot it stands in.</summary>
    public CallerUse Of(Caller caller) => caller.Use ??= Find(caller);

    /// <summary>Callers are known to the service, or an issuer vouches for them: one for whom there is no room is only not remembered.</summary>
    private CallerUse Find(Caller caller)
    {
        CallerUse Create() => new(caller.Name, caller.Kind);
        return _uses.GetOrAdd((caller.Kind, caller.Name), Create, Create);
    }
}
