using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// GET below the OData service root. The stages stand in <see cref="GetAsync"/> in the order in which a request walks them; each is a value
/// that the next one takes.
/// </summary>
internal sealed class ReadEndpoint(Database database, Models models, Authenticator authenticator, ServiceRoot root, ODataSettings settings, NextLinkKey key,
    Observations observations)
{
    private readonly ParseLimits _parseLimits = ParseLimits.Of(settings);

    public async Task GetAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var caller = await authenticator.RequireAsync(context, cancellation);
        var model = models.Current.For(caller);
        var request = ODataRequest.Read(context, root);
        if (HttpMethods.IsPost(context.Request.Method))
            request = await QueryBody.AddAsync(context, request, settings.MaxQueryBodyBytes);
        (request, var query) = Addressing.Read(context, request, model, _parseLimits);
        if (query.Path.Segments is [] or [PathSegment.Metadata])
        {
            await ServiceDescription.AnswerAsync(context, request, query, model);
            return;
        }

        if (OperationCalls.AreIn(query.Path))
        {
            await CallAsync(context, request, query, model, caller);
            return;
        }
        var (plan, token) = Plan(request, query, model);
        await using var session = (await RequestSession.OpenAsync(context, database)).With(context, caller, model, database.Dialect);
        var execution = new Execution(session.Session, database.Dialect, observations, cancellation);
        await new ReadAnswer(context, request, query.Options.Format, execution, key).WriteAsync(plan, token);
    }

    /// <summary>A path with functions in it: they are called, and what they return is the answer, or is read as any other address is.</summary>
    private async Task CallAsync(HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, Caller caller)
    {
        await using var session = (await RequestSession.OpenAsync(context, database)).With(context, caller, model, database.Dialect);
        var outcome = await new OperationCalls(context, model, caller, session.Session, database.Dialect, observations, _parseLimits, request.Root, new()).RunAsync(query);
        if (outcome.Query is null)
        {
            OperationAnswer.Write(context, request, query.Options, outcome);
            return;
        }
        var (plan, token) = Plan(request, outcome.Query, model);
        var execution = new Execution(session.Session, database.Dialect, observations, context.RequestAborted);
        await new ReadAnswer(context, request, query.Options.Format, execution, key).WriteAsync(plan, token);
    }

    private (ReadPlan Plan, DeltaToken? Token) Plan(ODataRequest request, ReadQuery query, ModelSnapshot model)
    {
        var plan = Resume(Planner.Plan(model, query, Limits(request)), query.Options.SkipToken);
        return (plan, plan is ReadPlan.Changes ? DeltaToken.Decode(query.Options.DeltaToken!, key.Value, plan.Rows.Set) : null);
    }

    private PlanLimits Limits(ODataRequest request) =>
        new(Math.Min(request.MaxPageSize ?? settings.DefaultPageSize, settings.MaxPageSize), settings.MaxPageSize, settings.MaxExpansionDepth);

    private ReadPlan Resume(ReadPlan plan, string? token)
    {
        if (token is null)
            return plan;
        if (plan is ReadPlan.All all)
            return AllPlanner.Resume(all, token, key.Value);
        var rows = plan.Rows;
        var place = SkipToken.Decode(token, key.Value, SkipToken.Subject(rows), rows.OrderBy);
        var resumed = plan with { Rows = rows with { After = place.Values, Top = place.Remaining, Skip = 0 } };
        return resumed is ReadPlan.Collection collection ? collection with { Horizon = place.Horizon, CanTrackChanges = collection.CanTrackChanges && place.Horizon is not null } : resumed;
    }
}
