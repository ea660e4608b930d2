using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;

namespace BackendApi.Endpoints;

/// <summary>
/// Rows of a body of the Data Exchange dialect on their way into the database: so many at a time become one plan, so a load of any length holds
/// one chunk of it. In one transaction for all of them, or in one for each.
/// </summary>
/// <param name="include">The related rows that the answer shows with each.</param>
internal sealed class DataExchangeWrites(
    ModelSnapshot model, EntitySetModel set, BodyPurpose purpose, IReadOnlyList<ExpandItem> include, BodyScope scope, PlanLimits limits, Session session, Dialect dialect,
    Observations observations, CallerHooks hooks, CancellationToken cancellation)
{
    /// <summary>Rows of one plan: enough for statements of many rows, few enough to hold.</summary>
    public const int ChunkRows = 1000;

    private readonly List<EntityBody> _chunk = new(ChunkRows);

    /// <summary>What is wrong with rows; each of them was left out, or none was written.</summary>
    public Mistakes Mistakes { get; } = new();

    public int Saved { get; private set; }

    public long Affected { get; private set; }

    /// <summary>Every mistake counts for all: once there is one, the rest is only read.</summary>
    public bool IsTransactional { get; init; } = true;

    /// <summary>Nothing is kept of what is written without a common transaction.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Where what was saved is shown; null shows nothing.</summary>
    public DataExchangeStream? Shown { get; init; }

    /// <param name="key">What the address says that the row is found by; null for a row of a list.</param>
    public async Task AddAsync(JsonElement row, int index, PlannedValues? key = null)
    {
        var mistakes = IsTransactional ? Mistakes : new Mistakes();
        var path = key is null ? DataExchangeBodyReader.PathOf(set, index) : BodyPath.Root.Member(set.Alias);
        var body = new DataExchangeBodyReader(scope, mistakes).Read(row, set, purpose, isAddressed: key is not null, path);
        if (mistakes.Any)
        {
            if (!IsTransactional)
                Mistakes.AddAll(mistakes);
            return;
        }
        if (key is not null)
        {
            await WriteAsync([body], key);
            return;
        }
        _chunk.Add(body);
        if (_chunk.Count == ChunkRows)
            await FlushAsync();
    }

    /// <summary>Writes what was added and not written yet.</summary>
    public async Task FlushAsync()
    {
        if (_chunk.Count == 0)
            return;
        await WriteAsync(_chunk, key: null);
        _chunk.Clear();
    }

    private async Task WriteAsync(IReadOnlyList<EntityBody> bodies, PlannedValues? key)
    {
        if (IsTransactional)
        {
            if (!Mistakes.Any)
                await TryAsync(bodies, key, Mistakes);
            return;
        }
        // Together they are written faster. Only where one fails each has to be tried alone.
        if (bodies.Count > 1 && await TryAloneAsync(bodies, key, new Mistakes()))
            return;
        foreach (var body in bodies)
        {
            var mistakes = new Mistakes();
            if (!await TryAloneAsync([body], key, mistakes))
                Mistakes.AddAll(mistakes);
        }
    }

    private async Task<bool> TryAloneAsync(IReadOnlyList<EntityBody> bodies, PlannedValues? key, Mistakes mistakes)
    {
        await session.BeginAsync(cancellation);
        try
        {
            if (!await TryAsync(bodies, key, mistakes))
                return false;
            if (IsTrial)
                await session.RollbackAsync();
            else
                await session.CommitAsync(cancellation);
            return true;
        }
        finally
        {
            await session.RollbackAsync();
        }
    }

    /// <summary>False when there are mistakes.</summary>
    private async Task<bool> TryAsync(IReadOnlyList<EntityBody> bodies, PlannedValues? key, Mistakes mistakes)
    {
        var planner = new WritePlanner(model, mistakes);
        var rows = new PlannedRow[bodies.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Plan(planner, bodies[i], key);
        var execution = new WriteExecution(model, session, dialect, mistakes, observations, hooks, cancellation);
        try
        {
            await execution.RunAsync(planner.ToPlan());
        }
        catch (ServiceException) when (mistakes.Any)
        {
            return false;
        }
        Affected += execution.Affected;
        Saved += rows.Length;
        if (Shown is not null)
            await Shown.RowsAsync(ShownPlan, [.. rows.Select(row => execution[row].Key)]);
        return true;
    }

    private PlannedRow Plan(WritePlanner planner, EntityBody body, PlannedValues? key) => purpose switch
    {
        BodyPurpose.Create => planner.Insert(body, isRoot: true),
        BodyPurpose.Update => planner.Update(body, key ?? WritePlanner.KeyOf(body)!, RowAction.Update, isRoot: true),
        _ => planner.Update(body, key ?? WritePlanner.KeyOf(body)!, RowAction.Upsert, isRoot: true),
    };

    /// <summary>The rows as a GET shows them.</summary>
    private RowsPlan ShownPlan => field ??= Planner.Plan(
        model, new(new("", [new PathSegment.EntitySet(default, set.Source)], null), QueryOptions.None with { Expand = include }), limits).Rows;
}
