using BackendApi.Access;
using BackendApi.Model;

namespace BackendApi.Resources;

internal sealed record NamedWriteHook(string Set, IWriteHook Hook);

/// <summary>The hooks that the host has added.</summary>
internal sealed class WriteHooks(IEnumerable<NamedWriteHook> hooks)
{
    private readonly NamedWriteHook[] _hooks = [.. hooks];

    public IEnumerable<IWriteHook> Of(EntitySetModel set)
    {
        foreach (var (name, hook) in _hooks)
            if (name == set.Alias || name == set.Name)
                yield return hook;
    }
}

/// <summary>The code that meets the writes of one caller: hooks, and the facades that the services of the request provide.</summary>
internal sealed record CallerHooks(WriteHooks Hooks, Caller Caller, IServiceProvider Services);
