using BackendApi.Access;
using BackendApi.Endpoints.Batch;
using BackendApi.Endpoints.Repeatability;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// POST, PATCH, PUT and DELETE below the OData service root (Protocol 11.4). The change, and the answer that shows it, are made in one transaction; the
/// answer leaves when it is committed.
/// </summary>
internal sealed class WriteEndpoint(Database database, Models models, Authenticator authenticator, ServiceRoot root, ODataSettings settings, NextLinkKey key,
    RepeatableRequests repeatables, WriteHooks hooks, Observations observations)
{
    private readonly ParseLimits _parseLimits = ParseLimits.Of(settings);

    public async Task WriteAsync(HttpContext context)
    {
        var caller = await authenticator.AuthenticateAsync(context, context.RequestAborted) ?? throw Authenticator.Challenge(context);
        var model = models.Current;
        var request = ODataRequest.Read(context, root);
        (request, var query) = Addressing.ReadForWrite(request, model, _parseLimits);
        var preferences = WritePreferences.Read(context.Request.Headers["Prefer"]);
        var target = WriteTarget.Of(model, query.Path) ?? throw TableWrites.NotAllowed(context, null);

        if (target.Set.Resource is not null)
            await FacadeAsync(context, request, query, caller, target, preferences);
        else
            await TableAsync(context, request, query, model, caller, target, preferences);
    }

    private async Task TableAsync(
        HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, Caller caller, WriteTarget target, WritePreferences preferences)
    {
        // What is rolled back in the end can be tried as often as anybody likes.
        var repeatable = preferences.IsTrial ? null : repeatables.Read(context);
        using var body = new WriteBody(context, ScopeOf(context, request, model), settings.MaxBodyBytes);
        await body.ArriveAsync();
        await using var session = await RequestSession.OpenAsync(context, database);
        await session.BeginAsync(context.RequestAborted);
        await using var held = HeldResponse.Begin(context);
        var part = repeatable is null ? 0 : session.PartOf(repeatable.Value);
        if (repeatable is not null && await repeatables.ClaimAsync(context, session, caller, repeatable, part) is { } answer)
        {
            await repeatables.ReplayAsync(context, session.Session, answer, context.RequestAborted);
        }
        else
        {
            var writes = new TableWrites(context, query.Options, model, body, session.Session, database.Dialect, Preconditions.Read(context.Request.Headers), observations, new(hooks, caller));
            var written = await writes.RunAsync(target);
            preferences.CheckAffected(writes.Affected);
            await AnswerAsync(context, request, query, model, written, preferences, session.Session);
            if (repeatable is not null)
                await repeatables.KeepAsync(context, session.Session, caller, repeatable, part, await held.ReadAsync(), context.RequestAborted);
        }
        if (preferences.IsTrial)
            await session.DiscardAsync();
        else
            await session.CommitAsync(context.RequestAborted);
        await held.ReleaseAsync();
    }

    /// <summary>A facade works on sessions of its own, and publishes: the answer shows the model that came of it.</summary>
    private async Task FacadeAsync(HttpContext context, ODataRequest request, ReadQuery query, Caller caller, WriteTarget target, WritePreferences preferences)
    {
        if (preferences.IsTrial)
            throw new ServiceException(Errors.NotImplemented, "This resource cannot be changed on trial.", "Prefer");
        if (repeatables.Read(context) is { } repeatable)
        {
            context.Response.Headers[RepeatableId.Result] = "rejected";
            throw new ServiceException(Errors.NotImplemented, "Requests to this resource are not repeatable.", repeatable.IsIdempotencyKey ? RepeatableId.IdempotencyKey : RepeatableId.RequestId);
        }
        ChangeSet.Refuse(context, target.Set.Name);
        var written = await FacadeWrites.RunAsync(context, caller, target);
        await using var session = await RequestSession.OpenAsync(context, database);
        await AnswerAsync(context, request, query, models.Current, written, preferences, session.Session);
    }

    private BodyScope ScopeOf(HttpContext context, ODataRequest request, ModelSnapshot model) => new(model, request.Root, _parseLimits)
    {
        // Clients that do not say which version their payload has write either form.
        IsV401 = context.Request.Headers["OData-Version"] != "4.0",
        Ieee754 = MediaTypes.IsIeee754(context.Request.ContentType),
        MaxDepth = settings.MaxExpansionDepth,
        MaxEntities = settings.MaxNestedEntities,
        ContentIds = url => BatchReferences.Resolve(context, url),
    };

    /// <summary>What is stored now, or that there is nothing to show (Protocol 11.4.2, 11.4.3).</summary>
    private async Task AnswerAsync(
        HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, Written written, WritePreferences preferences, Session session)
    {
        var headers = context.Response.Headers;
        if (written is { IsCreated: true, Entity: { } created })
            headers.Location = request.Root + created;
        IReadOnlyList<string> applied = [.. request.Applied, .. preferences.Applied];
        // A created entity is shown unless the client does not want it; a changed one when it does, and when it says what to show of it.
        var isShown = (written.Path is not null || written.Members is not null) && preferences.Return != "minimal"
            && (written.IsCreated || preferences.Return == "representation" || query.Options.Select is not null || query.Options.Expand.Count > 0);
        var execution = new Execution(session, database.Dialect, observations, context.RequestAborted);
        if (!isShown)
        {
            headers["OData-Version"] = request.IsV401 ? "4.01" : "4.0";
            if (written.Entity is { } entity)
            {
                headers["OData-EntityId"] = request.Root + entity;
                headers.ETag = await TagAsync(execution, model, entity);
            }
            if (applied.Count > 0)
                headers["Preference-Applied"] = string.Join(", ", applied);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        var options = QueryOptions.None with
        {
            Select = query.Options.Select,
            Expand = query.Options.Expand.Count > 0 || written.Body is null ? query.Options.Expand : Nested(written.Body),
            Compute = query.Options.Compute,
        };
        // A modification is answered whole: there is nothing that a next link could lead to.
        var limits = new PlanLimits(Math.Max(1, written.Members?.Keys.Count ?? 1), settings.MaxPageSize, settings.MaxExpansionDepth);
        var plan = written.Members is { } members
            ? Planner.Plan(model, members.Set, members.Type, members.Keys, options, limits)
            : Planner.Plan(model, UrlParser.Parse(model.Edm, written.Path!, "", _parseLimits) with { Options = options }, limits);
        context.Response.StatusCode = written.IsCreated ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await new ReadAnswer(context, request with { Applied = applied }, query.Options.Format, execution, key).WriteAsync(plan);
    }

    /// <summary>The tag that the entity has now; null where it has none.</summary>
    private async Task<string?> TagAsync(Execution execution, ModelSnapshot model, string entity)
    {
        var path = UrlParser.Parse(model.Edm, entity, "", _parseLimits).Path;
        if (WriteSelects.Tag(model, path) is not { } select)
            return null;
        await using var row = await execution.ReadAsync(select.Statement);
        return await row.ReadAsync(execution.Cancellation)
            ? EntityTag.Of(select.Tag, row, [.. Enumerable.Range(0, select.Tag.Columns.Count)], offset: 0, execution.Values)
            : null;
    }

    /// <summary>The related entities that came with the entity, and those that came with them.</summary>
    private static ExpandItem[] Nested(EntityBody body) =>
    [
        .. body.Relations.OfType<BodyRelation.Nested>().Select(relation => new ExpandItem(
            default, relation.Navigation.Edm, ExpandForm.Entities, QueryOptions.None with { Expand = [.. relation.Entities.SelectMany(Nested).DistinctBy(item => item.Navigation)] })),
    ];
}
