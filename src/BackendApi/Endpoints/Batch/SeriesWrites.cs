using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// Carries out POSTs of a change set together: one plan, one INSERT of many rows, one read of what is stored. Only those of which nobody can tell that they
/// were not made one after the other; everything else, and every failure, is left to <see cref="WriteEndpoint"/>.
/// </summary>
internal sealed class SeriesWrites(Database database, Models models, Authenticator authenticator, ServiceRoot root, ODataSettings settings, WriteHooks hooks, Auditing auditing, Observations observations)
{
    private readonly ParseLimits _parseLimits = ParseLimits.Of(settings);

    /// <param name="Operations">How many operations, from the first on, this is about.</param>
    /// <param name="Responses">Null: nothing has been done, and they are to be carried out one after the other.</param>
    public readonly record struct Result(int Operations, SeriesResponses? Responses);

    /// <param name="context">Stands for all of the requests: their URL and headers are the same.</param>
    /// <param name="operations">As <see cref="PostSeries"/> found them.</param>
    /// <param name="isWhole">They are all of the change set.</param>
    /// <param name="bodies">Takes the bodies of the responses.</param>
    /// <exception cref="ServiceException">Nothing has been done, and they are to be carried out one after the other.</exception>
    /// <exception cref="Exception">The transaction is lost.</exception>
    public async Task<Result> RunAsync(HttpContext context, IReadOnlyList<BatchOperation> operations, ChangeSet changeSet, bool isWhole, Spool bodies)
    {
        var oneByOne = new Result(operations.Count, null);
        var cancellation = context.RequestAborted;
        var caller = await authenticator.RequireAsync(context, cancellation, isChange: true);
        var model = models.Current.For(caller);
        var request = ODataRequest.Read(context, root);
        (request, var query) = Addressing.ReadForWrite(context, request, model, _parseLimits);
        if (WriteTarget.Of(model, query.Path) is not WriteTarget.Collection { Owner: null, IsEach: false } target || !IsOfOwnRow(target.Set))
            return oneByOne;
        var preferences = WritePreferences.Read(context.Request.Headers["Prefer"]);
        preferences.CheckAffected(1);
        JsonBody.CheckContentType(context.Request);

        var entities = await ReadAsync(context, operations, target, model, request);
        if (entities.Count < 2)
            return new(1, null);
        var mistakes = new Mistakes();
        var planner = new WritePlanner(model, mistakes);
        var rows = new PlannedRow[entities.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = planner.Insert(entities[i], isRoot: true);
        var plan = planner.ToPlan();
        if (mistakes.Any || !IsInAnyOrder(plan, target.Set))
            return oneByOne;
        var shown = WriteSelects.Shown(
            model, target.Set, QueryOptions.None with { Select = query.Options.Select, Expand = query.Options.Expand, Compute = query.Options.Compute },
            new(rows.Length, settings.MaxPageSize, settings.MaxExpansionDepth));
        if (!shown.IsOfOwnRow)
            return oneByOne;

        using var answer = new SeriesAnswer(context, request, query.Options.Format, preferences, shown, database.Dialect.Values, rows, bodies);
        changeSet.Session.Origin = auditing.OriginOf(context, caller);
        var writes = new WriteExecution(model, changeSet.Session, database.Dialect, mistakes, observations, new(hooks, caller, context.RequestServices), cancellation) { IsAttempt = true };
        var isTold = writes.TryReturn(plan, answer.Returned) || !answer.HasColumns;
        var isStatement = isWhole && isTold && rows.Length == operations.Count && !preferences.IsTrial && writes.IsStatement(plan);
        var isDone = await changeSet.TryAsync(async () =>
        {
            await writes.RunAsync(plan);
            if (!isTold)
                await answer.ReadAsync(writes, new(changeSet.Session, database.Dialect, observations, cancellation));
        }, database.Dialect, isStatement, cancellation);
        if (!isDone)
            return oneByOne;
        await bodies.SettleAsync(cancellation);
        changeSet.IsDiscarded |= preferences.IsTrial;
        return new(rows.Length, answer.ToResponses(operations, writes));
    }

    /// <summary>Nothing that is said of a row of the set, or done with it, has to do with other rows.</summary>
    private bool IsOfOwnRow(EntitySetModel set) =>
        set.Facade is null && set.Rights is not { DependOnRows: true } && !set.Table.IsView && !hooks.Of(set).Any()
        && (set.RowFilter is null || RowReach.StaysInRow(set.RowFilter))
        && set.Rules.All(rule => RowReach.StaysInRow(rule.Condition))
        && set.Computed.All(computed => RowReach.StaysInRow(computed.Property.Transform.Compute!));

    /// <summary>
    /// The bodies up to the first that must wait for those before it, because it refers to one of them, or that does more than to add a row. One with a mistake
    /// is left, too: it is told as that of a request on its own.
    /// </summary>
    private async Task<List<EntityBody>> ReadAsync(HttpContext context, IReadOnlyList<BatchOperation> operations, WriteTarget.Collection target, ModelSnapshot model, ODataRequest request)
    {
        var references = context.Features.GetRequiredFeature<BatchReferences>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var isDependent = false;
        var scope = new BodyScope(model, request.Root, _parseLimits)
        {
            IsV401 = context.Request.Headers["OData-Version"] != "4.0",
            Ieee754 = MediaTypes.IsIeee754(context.Request.ContentType),
            MaxDepth = settings.MaxExpansionDepth,
            MaxEntities = settings.MaxNestedEntities,
            ContentIds = url =>
            {
                isDependent |= url.StartsWith('$') && ids.Contains(BatchReferences.IdOf(url));
                return isDependent ? null : BatchReferences.Resolve(context, url);
            },
        };
        var mistakes = new Mistakes();
        var reader = new EntityBodyReader(scope, mistakes);
        var bodies = new List<EntityBody>(operations.Count);
        foreach (var operation in operations)
        {
            if (operation.Body.Length > settings.MaxBodyBytes || operation.DependsOn.Any(references.HasFailed))
                break;
            try
            {
                using var document = JsonBody.Object(await operation.Body.BytesAsync(context.RequestAborted));
                var body = reader.Read(document.RootElement, target.Set, BodyPurpose.Create, target.Type);
                if (mistakes.Any || isDependent || !IsOneRow(body))
                    break;
                bodies.Add(body);
            }
            catch (ServiceException)
            {
                break;
            }
            if (operation.Id is { } id)
                ids.Add(id);
        }
        return bodies;
    }

    /// <summary>The foreign key is all that the row's relations are.</summary>
    private static bool IsOneRow(EntityBody body)
    {
        foreach (var relation in body.Relations)
            if (relation is not BodyRelation.Bound { Navigation.IsDependent: true })
                return false;
        return true;
    }

    /// <summary>
    /// Each row could be inserted at the place of any other. A row that refers to one of its own table may refer to one that comes later: at the end of a
    /// statement of many rows that is there, and on its own it would not be.
    /// </summary>
    private static bool IsInAnyOrder(WritePlan plan, EntitySetModel set)
    {
        if (plan.Links.Count > 0 || plan.Replacements.Count > 0)
            return false;
        var inward = set.Table.ForeignKeys.Where(key => key.Target == set.Table.Name).SelectMany(key => key.Columns).ToHashSet(StringComparer.Ordinal);
        foreach (var row in plan.Rows)
        {
            if (row.Action == RowAction.Insert ? row.Set != set : row.Action != RowAction.Find || row.Set.Rights is { DependOnRows: true } || row.Set.RowFilter is { } filter && !RowReach.StaysInRow(filter))
                return false;
            if (inward.Count > 0 && row.Action == RowAction.Insert && inward.Any(column => RefersFreely(row, column)))
                return false;
        }
        return true;
    }

    /// <summary>By a value that nobody has looked for before the rows are inserted.</summary>
    private static bool RefersFreely(PlannedRow row, string column)
    {
        foreach (var value in row.Values)
            if (value.Column.Name == column)
                return value is { From: null, Value: not null };
        return row.Set.Table.Column(column)?.Default is not null;
    }
}
