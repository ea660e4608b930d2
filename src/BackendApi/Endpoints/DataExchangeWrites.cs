using System.Globalization;
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
    ModelSnapshot model, EntitySetModel set, BodyPurpose purpose, IReadOnlyList<ExpandItem> include, BodyScope scope, PlanLimits limits, RequestSession session, Dialect dialect,
    Observations observations, CallerHooks hooks, CancellationToken cancellation)
{
    /// <summary>Rows of one plan: enough for statements of many rows, few enough to hold.</summary>
    public const int ChunkRows = 1000;

    private readonly List<EntityBody> _chunk = new(ChunkRows);
    private DataExchangeBodyReader? _reader;
    private Mistakes _readMistakes = null!;

    /// <summary>What is wrong with rows; each of them was left out, or none was written.</summary>
    public Mistakes Mistakes { get; } = new();

    public int Saved { get; private set; }

    public long Affected { get; private set; }

    /// <summary>Every mistake counts for all: once there is one, the rest is only tried, for the mistakes of the other rows.</summary>
    public bool IsTransactional { get; init; } = true;

    /// <summary>Nothing is kept of what is written without a common transaction.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Where what was saved is shown; null shows nothing.</summary>
    public DataExchangeStream? Shown { get; init; }

    /// <param name="key">What the address says that the row is found by; null for a row of a list.</param>
    public async Task AddAsync(JsonElement row, int index, PlannedValues? key = null)
    {
        _reader ??= new(scope, _readMistakes = IsTransactional ? Mistakes : new Mistakes());
        var path = key is null ? DataExchangeBodyReader.PathOf(set, index) : BodyPath.Root.Member(set.Alias);
        var before = _readMistakes.Count;
        var body = _reader.Read(row, set, purpose, isAddressed: key is not null, path);
        if (_readMistakes.Count > before)
        {
            if (!IsTransactional)
                Mistakes.Take(_readMistakes);
            return;
        }
        if (key is not null)
        {
            await WriteAsync([body], key, isLast: false);
            return;
        }
        if (_chunk.Count == ChunkRows)
            await FlushAsync(isLast: false);
        _chunk.Add(body);
    }

    /// <summary>Writes what was added and not written yet.</summary>
    /// <param name="isLast">Nothing more is added.</param>
    public async Task FlushAsync(bool isLast)
    {
        if (_chunk.Count > 0)
            await WriteAsync(_chunk, key: null, isLast);
        _chunk.Clear();
        if (isLast)
            Mistakes.Order(RowOf);
    }

    private async Task WriteAsync(IReadOnlyList<EntityBody> bodies, PlannedValues? key, bool isLast)
    {
        if (IsTransactional)
        {
            if (Mistakes.Any)
                await JudgeAsync(bodies);
            else if (!await TryAsync(bodies, key, Mistakes, isAll: isLast && Saved == 0) && bodies.Count > 1)
                await JudgeAsync(bodies);
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

    /// <summary>
    /// Nothing is written any more. What is wrong with more rows is found out by trying them, in transactions that leave nothing: on PostgreSQL the one in which
    /// a statement has failed runs no other. A row with a mistake keeps more from being found out of the others, so these are tried once more without it.
    /// </summary>
    private async Task JudgeAsync(IReadOnlyList<EntityBody> bodies)
    {
        // The transaction of a change set is for others to end.
        if (session.IsInChangeSet)
            return;
        await session.Session.RollbackAsync();
        var wrong = Mistakes.Errors.Select(RowOf).ToHashSet();
        var rest = bodies.Where(body => !wrong.Contains(body.Path.Index)).ToList();
        while (rest.Count > 0 && Mistakes.Count < Mistakes.Most)
        {
            var mistakes = new Mistakes();
            if (await TryAloneAsync(rest, key: null, mistakes))
                return;
            Mistakes.AddAll(mistakes, error => error.Row != Errors.ReferenceNotFound || !RefersToItself);
            wrong = mistakes.Errors.Select(RowOf).ToHashSet();
            // What is said of no row is said again and again.
            if (rest.RemoveAll(body => wrong.Contains(body.Path.Index)) == 0)
                return;
        }
    }

    /// <summary>Which row of the list an error is about; negative where it is about none.</summary>
    private int RowOf(ServiceError error) =>
        error.Target is { } target && target.StartsWith(set.Alias, StringComparison.Ordinal) && target.AsSpan(set.Alias.Length) is ['[', .. var behind]
        && behind.IndexOf(']') is > 0 and var end && int.TryParse(behind[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : -1;

    /// <summary>A row may refer to one that came before it, and is not there now.</summary>
    private bool RefersToItself => set.Table.ForeignKeys.Any(key => key.Target == set.Table.Name)
        || set.Members.Columns.Any(property => property.Transform.Lookup?.Set.Table.Name == set.Table.Name || property.Definition?.Validation?.References == set.Alias);

    private async Task<bool> TryAloneAsync(IReadOnlyList<EntityBody> bodies, PlannedValues? key, Mistakes mistakes)
    {
        await session.Session.BeginAsync(cancellation);
        try
        {
            if (!await TryAsync(bodies, key, mistakes, isAll: false))
                return false;
            if (IsTrial || IsTransactional)
                await session.Session.RollbackAsync();
            else
                await session.Session.CommitAsync(cancellation);
            return true;
        }
        finally
        {
            await session.Session.RollbackAsync();
        }
    }

    /// <summary>False when there are mistakes.</summary>
    /// <param name="isAll">Nothing is written before or after them.</param>
    private async Task<bool> TryAsync(IReadOnlyList<EntityBody> bodies, PlannedValues? key, Mistakes mistakes, bool isAll)
    {
        var shown = IsTransactional && Mistakes.Any ? null : Shown;
        var planner = new WritePlanner(model, mistakes);
        var rows = new PlannedRow[bodies.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Plan(planner, bodies[i], key);
        var plan = planner.ToPlan();
        var isFirst = session.Session.Transaction is null;
        var execution = new WriteExecution(model, session.Session, dialect, mistakes, observations, hooks, cancellation) { IsAttempt = isFirst && isAll && rows.Length > 1 };
        using var returned = Returned(shown, plan, execution);
        try
        {
            mistakes.ThrowIfAny();
            if (isFirst)
            {
                var isStatement = isAll && (shown is null || returned is not null) && execution.IsStatement(plan);
                execution.IsAttempt &= isStatement;
                await session.BeginAsync(cancellation, isStatement);
            }
            await execution.RunAsync(plan);
        }
        catch (Exception failure) when (execution.IsAttempt && dialect.Violated(failure) is not null)
        {
            // The statement was all that there was, and is undone. Which rows it failed for is told by a transaction.
            await session.Session.RollbackAsync();
            await session.Session.BeginAsync(cancellation);
            return await TryAsync(bodies, key, mistakes, isAll: false);
        }
        catch (ServiceException) when (mistakes.Any)
        {
            return false;
        }
        Affected += execution.Affected;
        Saved += rows.Length;
        if (returned is not null)
            await shown!.RowsAsync(returned, rows);
        else if (shown is not null)
            await shown.RowsAsync(ShownPlan, [.. rows.Select(row => execution[row].Key)]);
        return true;
    }

    /// <summary>The rows as the statements that store them return them; null where they have to be read.</summary>
    private ReturnedRows? Returned(DataExchangeStream? stream, WritePlan plan, WriteExecution execution)
    {
        if (stream is null || include.Count > 0 || Representation.Of(model, set, limits) is not { } shown)
            return null;
        var rows = stream.Returned(shown.Rows.Shape);
        if (execution.TryReturn(plan, new(shown.Columns, rows.Add) { IsAllThatIsAsked = true }))
            return rows;
        rows.Dispose();
        return null;
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
