using System.Globalization;
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
        _ = await authenticator.AuthenticateAsync(context, cancellation) ?? throw Authenticator.Challenge(context);
        var model = models.Current;
        var request = ODataRequest.Read(context, root);
        if (HttpMethods.IsPost(context.Request.Method))
            request = await QueryBody.AddAsync(context, request, settings.MaxQueryBodyBytes);
        var query = Parse(context, model, ref request);
        if (query.Path.Segments is [] or [PathSegment.Metadata])
        {
            await ServiceDescription.AnswerAsync(context, request, query, model);
            return;
        }

        var plan = Resume(Planner.Plan(model, query, Limits(request)), query.Options.SkipToken);
        await using var session = await database.OpenAsync(cancellation);
        var execution = new Execution(session, database.Dialect, observations, cancellation);
        await new ReadAnswer(context, request, query.Options.Format, execution, key).WriteAsync(plan);
    }

    private ReadQuery Parse(HttpContext context, ModelSnapshot model, ref ODataRequest request)
    {
        var query = UrlParser.Parse(model.Edm, request.Path, request.Query, _parseLimits);
        if (Indirection.Of(request, query, model) is { } other)
        {
            var byId = query.Path.Segments[0] is PathSegment.Entity;
            request = other;
            query = UrlParser.Parse(model.Edm, request.Path, request.Query, _parseLimits);
            if (byId)
                Indirection.CheckIsEntity(query);
        }
        CheckMethod(context, query.Path);
        if (query.Options.SchemaVersion is { } version && version != "*" && version != model.Version.ToString(CultureInfo.InvariantCulture))
            throw new ServiceException(Errors.NotFound, $"The schema version '{version}' is not served; the current one is {model.Version}.", "$schemaversion");
        return query;
    }

    /// <summary>Segments that end an address of another method.</summary>
    private static void CheckMethod(HttpContext context, ResourcePath path)
    {
        var (allowed, message) = path.Segments switch
        {
            [.., PathSegment.Query] => ("POST", "A query in the body is sent by POST."),
            [.., PathSegment.Each] => ("PATCH, DELETE", "$each changes or removes every member of the collection; without it the address reads them."),
            _ => (null, null),
        };
        if (allowed is null)
            return;
        context.Response.Headers.Allow = allowed;
        throw new ServiceException(Errors.MethodNotAllowed, message!);
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
        var (after, remaining) = SkipToken.Decode(token, key.Value, SkipToken.Subject(rows), rows.OrderBy);
        return plan with { Rows = rows with { After = after, Top = remaining, Skip = 0 } };
    }
}
