using System.Collections.Immutable;
using System.Data.Common;
using System.Diagnostics;
using BackendApi.Access;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Model.Store;

/// <summary>Decides what to change from the definitions as they stand. Called again when another node was faster.</summary>
/// <exception cref="ServiceException">The change cannot be made to these definitions.</exception>
public delegate Proposal Propose(IReadOnlyDictionary<string, EndpointDefinition> current);

/// <param name="Mistakes">What was wrong with the documents already where they were read. Nothing is published then, but the rest is checked too, so that all is told at once.</param>
public sealed record Proposal(IReadOnlyList<DefinitionChange> Changes, IReadOnlyList<DefinitionMistake> Mistakes)
{
    public static readonly Proposal Nothing = new([], []);

    public Proposal(params IReadOnlyList<DefinitionChange> changes)
        : this(changes, []) { }
}

/// <summary>
/// The one way from definitions to the snapshot that is served: validate all together, store as a numbered version, build, swap. A mistake
/// anywhere stores nothing, and the snapshot before goes on serving. On one node publishes wait for each other; between nodes the one that
/// finds its version number taken reads what came before it and tries again.
/// </summary>
public sealed class Publisher(
    Database database, DefinitionStore store, Models models, IEnumerable<ResourceSet> resources, ODataSettings settings, ETagKey tags, Observations observations,
    CompiledModules? modules = null) : IDisposable
{
    // Each lost race means that another publish went through, so this many in a row are no accident.
    private const int MaxAttempts = 50;

    private readonly IReadOnlyList<ResourceSet> _resources = [.. resources];
    private readonly CompiledModules _modules = modules ?? CompiledModules.None;
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private DefinitionState _state = DefinitionState.Empty;
    private TableCache _tables = TableCache.Empty;
    // Stored definitions that the catalogue no longer bears out: not served, and kept, until they or their tables are put right.
    private ImmutableHashSet<string> _leftOut = [];

    /// <summary>
    /// Reads all definitions and the catalogue of their tables anew and serves them. What has become wrong since it was stored is left out
    /// and observed as <see cref="DefinitionsLeftOut"/>.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await _publishing.WaitAsync(cancellation);
        try
        {
            var start = Stopwatch.GetTimestamp();
            await using var session = await database.OpenAsync(cancellation);
            var state = await store.ReadAsync(session, cancellation);
            var tables = await TableCache.Empty.ReadAsync(session, database.Dialect.Catalog, state.Definitions.Values.Concat(_modules.Definitions), cancellation);
            _leftOut = [];
            Serve(BuildWhatHolds(state, tables, _leftOut), state, tables, start);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Serves what other nodes have published since; costs one row read when that is nothing.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await _publishing.WaitAsync(cancellation);
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            await FollowAsync(session, cancellation);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Publishes what <paramref name="propose"/> answers; no change leaves everything as it is.</summary>
    /// <param name="subject">The alias of the document that the client sent: paths of its mistakes stand without its name.</param>
    /// <exception cref="ServiceException">The changed definitions have mistakes, each in the error's details; or whatever <paramref name="propose"/> refuses with.</exception>
    public async Task PublishAsync(Caller by, string? comment, Propose propose, CancellationToken cancellation, string? subject = null)
    {
        var mistakes = await TryPublishAsync(by, comment, propose, cancellation);
        if (mistakes.Count > 0)
            throw new ServiceException(DefinitionMistake.Summarize(mistakes, subject));
    }

    /// <summary>As <see cref="PublishAsync"/>.</summary>
    /// <returns>The mistakes; none when the changes are served.</returns>
    public async Task<IReadOnlyList<DefinitionMistake>> TryPublishAsync(Caller by, string? comment, Propose propose, CancellationToken cancellation)
    {
        await _publishing.WaitAsync(cancellation);
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            for (var attempt = 1; ; attempt++)
            {
                await FollowAsync(session, cancellation);
                var start = Stopwatch.GetTimestamp();
                var proposal = propose(_state.Definitions);
                if (proposal is { Changes: [], Mistakes: [] })
                    return [];

                var next = _state.Apply(_state.Version + 1, proposal.Changes);
                var leftOut = _leftOut.Except(proposal.Changes.Select(change => change.Alias));
                var (result, tables) = await BuildAsync(session, next, Written(proposal.Changes), leftOut, cancellation);
                DefinitionMistake[] taken = [.. TakenByModules(Written(proposal.Changes))];
                if (result.Snapshot is not { } snapshot || proposal.Mistakes.Count > 0 || taken.Length > 0)
                    return [.. proposal.Mistakes.Concat(taken).Concat(result.Mistakes).DistinctBy(mistake => (mistake.Document, mistake.Path))];
                if (await TryAppendAsync(session, proposal.Changes, by, comment, mayFail: attempt < MaxAttempts, cancellation))
                {
                    Serve(new(snapshot, leftOut, []), next, tables, start);
                    return [];
                }
            }
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Definitions that do not hold at this moment, by alias; they are stored but not served.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    public void Dispose() => _publishing.Dispose();

    private static IEnumerable<EndpointDefinition> Written(IEnumerable<DefinitionChange> changes) =>
        changes.OfType<DefinitionChange.Upsert>().Select(upsert => upsert.Definition);

    private async Task FollowAsync(Session session, CancellationToken cancellation)
    {
        if (await store.ReadVersionAsync(session, cancellation) <= _state.Version)
            return;
        var start = Stopwatch.GetTimestamp();
        var (version, changes) = await store.ReadChangesAsync(session, _state.Version, cancellation);
        var state = _state.Apply(version, changes);
        var tables = await _tables.ReadAsync(session, database.Dialect.Catalog, Written(changes), cancellation);
        Serve(BuildWhatHolds(state, tables, _leftOut.Except(changes.Select(change => change.Alias))), state, tables, start);
    }

    private async Task<bool> TryAppendAsync(
        Session session, IReadOnlyList<DefinitionChange> changes, Caller by, string? comment, bool mayFail, CancellationToken cancellation)
    {
        try
        {
            if (await store.TryAppendAsync(session, _state.Version, changes, by.Name, comment, cancellation))
                return true;
        }
        catch (DbException exception) when (mayFail && database.Dialect.Classify(exception) == Failure.Retry)
        {
            return false;
        }
        return mayFail ? false : throw new ServiceException(Errors.Conflict, "Other changes are being published all the time. Try again later.");
    }

    private async Task<(BuildResult Result, TableCache Tables)> BuildAsync(
        Session session, DefinitionState state, IEnumerable<EndpointDefinition> written, ImmutableHashSet<string> leftOut, CancellationToken cancellation)
    {
        var tables = await _tables.ReadAsync(session, database.Dialect.Catalog, written, cancellation);
        var result = Build(state, tables, leftOut);
        if (result.Snapshot is null)
        {
            // Perhaps only what is remembered of the other tables is out of date. And the whole list is what a mistyped name is compared with.
            tables = await TableCache.ReadAllAsync(session, database.Dialect.Catalog, cancellation);
            result = Build(state, tables, leftOut);
        }
        return (result, tables);
    }

    private BuildResult Build(DefinitionState state, TableCache tables, ImmutableHashSet<string> leftOut) =>
        ModelBuilder.Build(
            state.Version, [.. state.Definitions.Values.Where(definition => !leftOut.Contains(definition.Alias) && !IsCompiled(definition.Alias))],
            tables.Tables, _resources, settings, tags.Hash, _modules, leftOut);

    /// <summary>Builds as much of stored definitions as there are no mistakes in. A definition that refers to one that is left out goes with it.</summary>
    private Built BuildWhatHolds(DefinitionState state, TableCache tables, ImmutableHashSet<string> leftOut)
    {
        var mistakes = state.Unreadable.Values.SelectMany(found => found).Concat(TakenByModules(state.Definitions.Values)).ToList();
        while (true)
        {
            var result = Build(state, tables, leftOut);
            if (result.Snapshot is not null)
                return new(result.Snapshot, leftOut, mistakes);
            var broken = result.Mistakes.Select(mistake => mistake.Document).Where(alias => state.Definitions.ContainsKey(alias) || IsCompiled(alias)).Except(leftOut).ToList();
            if (broken.Count == 0)
                throw new InvalidOperationException($"The model cannot be built: {DefinitionMistake.Summarize(result.Mistakes).Message}");
            mistakes.AddRange(result.Mistakes);
            leftOut = leftOut.Union(broken);
        }
    }

    private bool IsCompiled(string alias) => _modules.Definitions.Any(definition => definition.Alias == alias);

    /// <summary>A module that comes later than a document of the same alias takes its place.</summary>
    private IEnumerable<DefinitionMistake> TakenByModules(IEnumerable<EndpointDefinition> definitions) => definitions.Where(definition => IsCompiled(definition.Alias))
        .Select(definition => new DefinitionMistake(definition.Alias, "alias", $"A module of the service has the alias '{definition.Alias}'; take another one."));

    private void Serve(Built built, DefinitionState state, TableCache tables, long start)
    {
        (_state, _tables, _leftOut) = (state, tables, built.LeftOut);
        models.Swap(built.Snapshot);
        observations.Emit(new ModelPublished(built.Snapshot.Version, built.Snapshot.EntitySets.Count, Stopwatch.GetElapsedTime(start)));
        if (built.Mistakes.Count > 0)
            observations.Emit(new DefinitionsLeftOut(state.Version, built.Mistakes));
    }

    private sealed record Built(ModelSnapshot Snapshot, ImmutableHashSet<string> LeftOut, IReadOnlyList<DefinitionMistake> Mistakes);
}
