using System.Collections.Immutable;
using System.Diagnostics;
using BackendApi.Access;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Model.Store;

/// <summary>Decides what to change from the definitions as they stand.</summary>
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
/// The one way from definitions to the snapshot that is served: store as a numbered version, validate all together, build, commit, swap. A mistake anywhere stores nothing, and the
/// snapshot before goes on serving. The number of the version is a row in the database, which every publish locks first: on all nodes together there is one at a time.
/// </summary>
public sealed class Publisher(
    Database database, DefinitionStore store, Models models, ODataSettings settings, ETagKey tags, Observations observations, CompiledModules? modules = null)
{
    private readonly CompiledModules _modules = modules ?? CompiledModules.None;
    private readonly Lock _serving = new();
    private volatile Standing _standing = Standing.Empty;

    /// <summary>Definitions that do not hold at this moment, by alias; they are stored but not served.</summary>
    public IReadOnlyCollection<string> LeftOut => _standing.LeftOut;

    /// <summary>Why definitions are not served although they are stored.</summary>
    public IReadOnlyList<DefinitionMistake> Problems => _standing.Problems;

    /// <summary>All that are stored and can be read, by alias, as this node knows them.</summary>
    internal IReadOnlyDictionary<string, EndpointDefinition> Definitions => _standing.State.Definitions;

    /// <summary>
    /// Reads all definitions and the catalogue of their tables anew and serves them. What has become wrong since it was stored is left out
    /// and observed as <see cref="DefinitionsLeftOut"/>.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        await using var session = await database.OpenAsync(cancellation);
        var state = await store.ReadAsync(session, cancellation);
        var tables = await TableCache.Empty.ReadAsync(session, database.Dialect.Catalog, state.Definitions.Values.Concat(_modules.Definitions), cancellation);
        Serve(BuildWhatHolds(new(state, tables, [], [])), Stopwatch.GetElapsedTime(start), isReload: true);
    }

    /// <summary>Serves what other nodes have published since; costs one row read when that is nothing.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await FollowAsync(session, await store.ReadVersionAsync(session, cancellation), cancellation);
    }

    /// <summary>Publishes what <paramref name="propose"/> answers; no change leaves everything as it is.</summary>
    /// <exception cref="ServiceException">The changed definitions have mistakes, each in the error's details; or whatever <paramref name="propose"/> refuses with.</exception>
    public async Task PublishAsync(Caller by, string? comment, Propose propose, CancellationToken cancellation)
    {
        var mistakes = await TryPublishAsync(by, comment, propose, cancellation);
        if (mistakes.Count > 0)
            throw new ServiceException(DefinitionMistake.Summarize(mistakes));
    }

    /// <summary>As <see cref="PublishAsync"/>.</summary>
    /// <returns>The mistakes; none when the changes are served.</returns>
    public async Task<IReadOnlyList<DefinitionMistake>> TryPublishAsync(Caller by, string? comment, Propose propose, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        session.Origin = store.OriginOf(by);
        await session.BeginAsync(cancellation);
        var draft = await DraftAsync(session, cancellation);
        var mistakes = await draft.TryApplyAsync(propose(draft.Definitions), by, cancellation, comment);
        if (mistakes.Count == 0)
            mistakes = await draft.TryBuildAsync(cancellation);
        if (mistakes.Count == 0)
            await session.CommitAsync(cancellation);
        return mistakes;
    }

    /// <summary>The draft of the session's transaction: the one that it has, or a new one. It waits for the publishes that are under way.</summary>
    internal async Task<Draft> DraftAsync(Session session, CancellationToken cancellation)
    {
        if (session.Part is Draft begun)
            return begun;
        var start = Stopwatch.GetTimestamp();
        await FollowAsync(session, await store.LockAsync(session, cancellation), cancellation);
        var draft = new Draft(this, store, session, _standing, start);
        session.Part = draft;
        return draft;
    }

    /// <summary>The model that a change would lead to, or the mistakes of it; nothing is stored or served.</summary>
    internal async Task<(ModelSnapshot? Model, IReadOnlyList<DefinitionMistake> Mistakes)> TryAsync(DefinitionChange change, CancellationToken cancellation)
    {
        var standing = _standing;
        var (built, mistakes) = await BuildAsync(standing, standing.State.Apply(standing.State.Version, [change]), [change], cancellation);
        return (built?.Snapshot, mistakes);
    }

    /// <summary>A model of these definitions, or all of their mistakes.</summary>
    /// <param name="before">What stood before <paramref name="changes"/>.</param>
    internal async Task<(Built? Built, IReadOnlyList<DefinitionMistake> Mistakes)> BuildAsync(
        Standing before, DefinitionState state, IReadOnlyList<DefinitionChange> changes, CancellationToken cancellation)
    {
        var leftOut = before.LeftOut.Except(changes.Select(change => change.Alias));
        // The catalogue has nothing to do with the transaction of the publish.
        await using var session = await database.OpenAsync(cancellation);
        var tables = await before.Tables.ReadAsync(session, database.Dialect.Catalog, Written(changes), cancellation);
        var result = Build(state, tables, leftOut);
        if (result.Snapshot is null)
        {
            // Perhaps only what is remembered of the other tables is out of date. And the whole list is what a mistyped name is compared with.
            tables = await TableCache.ReadAllAsync(session, database.Dialect.Catalog, cancellation);
            result = Build(state, tables, leftOut);
        }
        DefinitionMistake[] taken = [.. TakenByModules(Written(changes))];
        return result.Snapshot is { } snapshot && taken.Length == 0
            ? (new(snapshot, new(state, tables, leftOut, [.. Left(before.Problems, changes)])), [])
            : (null, [.. taken.Concat(result.Mistakes).DistinctBy(mistake => (mistake.Document, mistake.Path))]);
    }

    /// <summary>Serves a model unless a later version is served already.</summary>
    internal void Serve(Built built, TimeSpan duration, bool isReload = false)
    {
        var (snapshot, standing) = built;
        lock (_serving)
        {
            if (standing.State.Version < _standing.State.Version || (standing.State.Version == _standing.State.Version && !isReload))
                return;
            _standing = standing;
        }
        models.Swap(snapshot);
        observations.Emit(new ModelPublished(snapshot.Version, snapshot.EntitySets.Count, duration));
    }

    /// <summary>The problems of documents that have not been changed since: nothing else ends them.</summary>
    private static IEnumerable<DefinitionMistake> Left(IReadOnlyList<DefinitionMistake> problems, IReadOnlyList<DefinitionChange> changes)
    {
        var changed = changes.Select(change => change.Alias).ToHashSet();
        return problems.Where(problem => !changed.Contains(problem.Document));
    }

    private static IEnumerable<EndpointDefinition> Written(IEnumerable<DefinitionChange> changes) =>
        changes.OfType<DefinitionChange.Upsert>().Select(upsert => upsert.Definition);

    private async Task FollowAsync(Session session, long latest, CancellationToken cancellation)
    {
        var known = _standing;
        if (latest <= known.State.Version)
            return;
        var start = Stopwatch.GetTimestamp();
        var (version, changes) = await store.ReadChangesAsync(session, known.State.Version, cancellation);
        var tables = await known.Tables.ReadAsync(database, Written(changes), cancellation);
        var leftOut = known.LeftOut.Except(changes.Select(change => change.Alias));
        Serve(BuildWhatHolds(new(known.State.Apply(version, changes), tables, leftOut, [.. Left(known.Problems, changes)])), Stopwatch.GetElapsedTime(start));
    }

    private BuildResult Build(DefinitionState state, TableCache tables, ImmutableHashSet<string> leftOut) =>
        ModelBuilder.Build(
            state.Version, [.. state.Definitions.Values.Where(definition => !leftOut.Contains(definition.Alias) && !IsCompiled(definition.Alias))],
            tables.Tables, settings, tags.Hash, _modules, leftOut);

    /// <summary>Builds as much of stored definitions as there are no mistakes in. A definition that refers to one that is left out goes with it.</summary>
    private Built BuildWhatHolds(Standing wanted)
    {
        var (state, tables, leftOut, known) = wanted;
        var mistakes = state.Unreadable.Values.SelectMany(found => found).Concat(TakenByModules(state.Definitions.Values)).ToList();
        while (true)
        {
            var result = Build(state, tables, leftOut);
            if (result.Snapshot is not null)
            {
                if (mistakes.Count > 0)
                    observations.Emit(new DefinitionsLeftOut(state.Version, mistakes));
                return new(result.Snapshot, wanted with { LeftOut = leftOut, Problems = [.. known.Concat(mistakes).Distinct()] });
            }
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
        .Select(definition => new DefinitionMistake(definition.Alias, "alias", $"A module of the service has the alias '{definition.Alias}': publish the configuration under another one, and delete this one."));
}
