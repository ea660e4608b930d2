using BackendApi.Access;
using BackendApi.Model;

namespace BackendApi.Resources;

internal sealed record NamedWriteHook(string Set, IWriteHook Hook);

/// <summary>The hooks that the host has added.</summary>
internal sealed class WriteHooks(IEnumerable<NamedWriteHook> hooks)
{
    private readonly NamedWriteHook[] _hooks = [.. hooks];

    public IEnumerable<IWriteHook> Of(EntitySetModel set) => Has(set) ? _hooks.Where(hook => IsOf(hook, set)).Select(hook => hook.Hook) : [];

    public bool Has(EntitySetModel set)
    {
        foreach (var hook in _hooks)
            if (IsOf(hook, set))
                return true;
        return false;
    }

    private static bool IsOf(NamedWriteHook hook, EntitySetModel set) => hook.Set == set.Alias || hook.Set == set.Name;
}

/// <summary>The code that meets the writes of one caller: hooks, and the facades that the services of the request provide.</summary>
internal sealed record CallerHooks(WriteHooks Hooks, Caller Caller, IServiceProvider Services);
