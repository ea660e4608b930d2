using BackendApi.Access;
using BackendApi.Access.Statistics;
using BackendApi.Endpoints.Batch;
using BackendApi.Endpoints.Repeatability;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan;
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
    RepeatableRequests repeatables, WriteHooks hooks, Auditing auditing, Observations observations)
{
    private const int UnboundedPage = 1_000_000_000;

    private readonly ParseLimits _parseLimits = ParseLimits.Of(settings);

    public async Task WriteAsync(HttpContext context)
    {
        var caller = await authenticator.RequireAsync(context, context.RequestAborted, isChange: true);
        var model = models.Current.For(caller);
        var request = ODataRequest.Read(context, root);
        (request, var query) = Addressing.ReadForWrite(context, request, model, _parseLimits);
        var preferences = WritePreferences.Read(context.Request.Headers["Prefer"]);
        if (query.Path.Segments is [.., PathSegment.Operation { Definition: Microsoft.OData.Edm.IEdmAction }] && HttpMethods.IsPost(context.Request.Method))
        {
            await ActAsync(context, request, query, model, caller, preferences);
            return;
        }
        var target = WriteTarget.Of(model, query.Path) ?? throw TableWrites.NotAllowed(context, null);

        if (target.Set.TakesDocuments)
            await DocumentAsync(context, request, query, model, caller, target, preferences);
        else
            await TableAsync(context, request, query, model, caller, target, preferences);
    }

    private Task TableAsync(
        HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, Caller caller, WriteTarget target, WritePreferences preferences) =>
        TransactAsync(context, request, model, caller, preferences, async (body, session) =>
        {
            var answer = Answer(context, request, query, model, target.Set, preferences, session);
            var writes = new TableWrites(
                context, query.Options, model, body, session, database.Dialect, Preconditions.Read(context.Request.Headers), observations, new(hooks, caller, context.RequestServices), answer);
            var written = await writes.RunAsync(target);
            preferences.CheckAffected(writes.Affected);
            if (!preferences.IsTrial)
                RequestTally.Of(context)?.RowsWritten = writes.Affected;
            await answer.WriteAsync(written);
        }, isStream: StreamBody.IsExpected(context.Request, target));

    private Task DocumentAsync(
        HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, Caller caller, WriteTarget target, WritePreferences preferences) =>
        TransactAsync(context, request, model, caller, preferences, async (body, session) =>
        {
            await session.BeginAsync(context.RequestAborted);
            var operation = new OperationContext(caller, session.Session, database.Dialect, preferences.IsTrial, context.RequestAborted);
            var execution = new Execution(session.Session, database.Dialect, observations, context.RequestAborted);
            var written = await new DocumentWrites(context, model, body, operation, execution).RunAsync(target);
            preferences.CheckAffected(1);
            if (!preferences.IsTrial)
                RequestTally.Of(context)?.RowsWritten = 1;
            await Answer(context, request, query, model, target.Set, preferences, session).WriteAsync(written);
        });

    /// <summary>An action (Protocol 11.5.5), and what it returns as it is stored then.</summary>
    private Task ActAsync(HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, Caller caller, WritePreferences preferences) =>
        TransactAsync(context, request, model, caller, preferences, async (body, session) =>
        {
            Func<ValueTask> begin = () => session.BeginAsync(context.RequestAborted);
            if (!model.Operations[((PathSegment.Operation)query.Path.Segments[^1]).Definition].IsLate)
                await begin();
            var outcome = await new OperationCalls(context, model, caller, session.Session, database.Dialect, observations, _parseLimits, request.Root, body.Mistakes)
            {
                ActionArguments = body.Arguments,
                Begin = begin,
                IsTrial = preferences.IsTrial,
            }.RunAsync(query);
            if (outcome.Query is null)
            {
                OperationAnswer.Write(context, request, query.Options, outcome);
                return;
            }
            // A next link would lead to the action, which is not read.
            var plan = Planner.Plan(model, outcome.Query, new(UnboundedPage, settings.MaxPageSize, settings.MaxExpansionDepth));
            var execution = new Execution(session.Session, database.Dialect, observations, context.RequestAborted);
            await new ReadAnswer(context, request with { Applied = [.. request.Applied, .. preferences.Applied] }, query.Options.Format, execution, key).WriteAsync(plan);
        });

    /// <summary>The frame of a modification: the body arrives, the change and its answer are made in one transaction, and the answer leaves when that is committed. A repeated request is replayed.</summary>
    private async Task TransactAsync(
        HttpContext context, ODataRequest request, ModelSnapshot model, Caller caller, WritePreferences preferences, Func<WriteBody, RequestSession, Task> change,
        bool isStream = false)
    {
        // What is rolled back in the end can be tried as often as anybody likes.
        var repeatable = preferences.IsTrial ? null : repeatables.Read(context);
        await using var stream = isStream ? await StreamBody.ArriveAsync(context, settings.MaxStreamBytes) : null;
        using var body = new WriteBody(context, ScopeOf(context, request, model), settings.MaxBodyBytes) { Stream = stream };
        if (stream is null)
            await body.ArriveAsync();
        await using var session = (await RequestSession.OpenAsync(context, database)).With(context, caller, model, database.Dialect).By(auditing.OriginOf(context, caller));
        // What may have to be rolled back in the end, although it succeeds, has a transaction from its beginning.
        if (repeatable is not null || preferences.IsTrial || preferences.MaxAffected is not null)
            await session.BeginAsync(context.RequestAborted);
        await using var held = HeldResponse.Begin(context);
        var part = repeatable is null ? 0 : session.PartOf(repeatable.Value);
        if (repeatable is not null && await repeatables.ClaimAsync(context, session, caller, repeatable, part) is { } kept)
        {
            await repeatables.ReplayAsync(context, session.Session, kept, context.RequestAborted);
        }
        else
        {
            await change(body, session);
            if (repeatable is not null)
            {
                SecretAnswer.RefuseRepeatable(context, repeatable);
                await repeatables.KeepAsync(context, session.Session, caller, repeatable, part, held.Read(), context.RequestAborted);
            }
        }
        if (preferences.IsTrial)
            await session.DiscardAsync(context.RequestAborted);
        else
            await session.CommitAsync(context.RequestAborted);
        await held.ReleaseAsync();
    }

    private WriteAnswer Answer(HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, EntitySetModel set, WritePreferences preferences, RequestSession session) =>
        new(context, request, query, model, set.Rights, preferences, new(session.Session, database.Dialect, observations, context.RequestAborted), settings, _parseLimits, key);

    private BodyScope ScopeOf(HttpContext context, ODataRequest request, ModelSnapshot model) => new(model, request.Root, _parseLimits)
    {
        // Clients that do not say which version their payload has write either form.
        IsV401 = context.Request.Headers["OData-Version"] != "4.0",
        Ieee754 = MediaTypes.IsIeee754(context.Request.ContentType),
        MaxDepth = settings.MaxExpansionDepth,
        MaxEntities = settings.MaxNestedEntities,
        ContentIds = url => BatchReferences.Resolve(context, url),
    };
}
