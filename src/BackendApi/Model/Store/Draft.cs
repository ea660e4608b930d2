using System.Diagnostics;
using BackendApi.Access;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Model.Store;

/// <summary>
/// What one transaction makes of the definitions. However many requests it consists of, they are one version and one model, which is built when they are about to be committed and
/// served when they are. While there is a draft no other can begin, on any node.
/// </summary>
internal sealed class Draft(Publisher publisher, DefinitionStore store, Session session, Standing standing, long start) : ITransactionPart
{
    private readonly Dictionary<string, DefinitionChange> _changes = new(StringComparer.Ordinal);
    private DefinitionState _state = standing.State;
    private Built? _built;

    /// <summary>As the transaction has left them so far.</summary>
    public IReadOnlyDictionary<string, EndpointDefinition> Definitions => _state.Definitions;

    /// <summary>The number of the version that the transaction makes.</summary>
    private long Number => standing.State.Version + 1;

    /// <summary>Stores the changes as part of the transaction. What is wrong with how they fit together is found by <see cref="CheckAsync"/>: what follows may put it right.</summary>
    /// <param name="action">What the history calls it; null for what can be told from the documents.</param>
    /// <exception cref="ServiceException">A document has mistakes by itself; all that can be found are told.</exception>
    public async Task ApplyAsync(Proposal proposal, Caller by, CancellationToken cancellation, string? comment = null, VersionAction? action = null)
    {
        if (await TryApplyAsync(proposal, by, cancellation, comment, action) is { Count: > 0 } mistakes)
            throw new ServiceException(Summary(mistakes, proposal.Changes));
    }

    /// <summary>As <see cref="ApplyAsync"/>.</summary>
    /// <returns>The mistakes; none when the changes are stored.</returns>
    public async Task<IReadOnlyList<DefinitionMistake>> TryApplyAsync(Proposal proposal, Caller by, CancellationToken cancellation, string? comment = null, VersionAction? action = null)
    {
        var (changes, mistakes) = proposal;
        if (mistakes.Count == 0)
            mistakes = [.. changes.OfType<DefinitionChange.Upsert>().SelectMany(change => DefinitionStore.Unstorable(change.Definition))];
        if (mistakes.Count > 0)
            return await MistakesAsync(changes, mistakes, cancellation);
        if (changes.Count == 0)
            return [];
        if (_changes.Count == 0)
            await store.RaiseAsync(session, Number, cancellation);
        foreach (var change in changes)
            await store.WriteAsync(session, Number, change, standing.State.Definitions.GetValueOrDefault(change.Alias), action, by.Name, comment, cancellation);
        Take(changes);
        return [];
    }

    /// <summary>What is wrong with the definitions if these changes are made too; nothing is stored.</summary>
    /// <param name="read">What was found where they were read.</param>
    public async Task<IReadOnlyList<DefinitionMistake>> MistakesAsync(IReadOnlyList<DefinitionChange> changes, IReadOnlyList<DefinitionMistake> read, CancellationToken cancellation)
    {
        var (_, built) = await publisher.BuildAsync(standing, _state.Apply(Number, changes), [.. _changes.Values, .. changes], cancellation);
        return [.. read.Concat(built).DistinctBy(mistake => (mistake.Document, mistake.Path))];
    }

    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        if (await TryBuildAsync(cancellation) is { Count: > 0 } mistakes)
            throw new ServiceException(Summary(mistakes, _changes.Values));
    }

    /// <returns>Every mistake; none when the model is built, or is what it was.</returns>
    public async Task<IReadOnlyList<DefinitionMistake>> TryBuildAsync(CancellationToken cancellation)
    {
        if (_built is not null || _changes.Count == 0)
            return [];
        (_built, var mistakes) = await publisher.BuildAsync(standing, _state, [.. _changes.Values], cancellation);
        return mistakes;
    }

    public void Committed()
    {
        if (_built is not null)
            publisher.Serve(_built, Stopwatch.GetElapsedTime(start));
    }

    private void Take(IReadOnlyList<DefinitionChange> changes)
    {
        _state = _state.Apply(Number, changes);
        _built = null;
        foreach (var change in changes)
            _changes[change.Alias] = change;
    }

    /// <summary>Paths in the one document that a client has sent stand without its name.</summary>
    private static ServiceError Summary(IReadOnlyList<DefinitionMistake> mistakes, IReadOnlyCollection<DefinitionChange> changes) =>
        DefinitionMistake.Summarize(mistakes, changes.Count == 1 && changes.First() is DefinitionChange.Upsert only ? only.Alias : null);
}
