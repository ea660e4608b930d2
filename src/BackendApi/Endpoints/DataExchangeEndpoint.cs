using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Parse.DataExchange;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// <c>/dynamic-entity/{alias}</c> and <c>/dynamic-entity/{alias}/{id}</c>: the Data Exchange dialect over the same definitions, plans and statements
/// as OData. Its errors are told by <see cref="Failures"/> in its own shape.
/// </summary>
internal sealed class DataExchangeEndpoint(Database database, Models models, Authenticator authenticator, ODataSettings settings, Observations observations)
{
    public const string Path = "/dynamic-entity";

    private readonly DataExchangeLimits _parseLimits = new(settings.MaxPageSize, settings.MaxListItems, settings.MaxExpansionDepth);

    public async Task GetAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        _ = await authenticator.AuthenticateAsync(context, cancellation) ?? throw Authenticator.Challenge(context);
        var model = models.Current;
        var (path, text) = RawTarget.Below(Path, context);
        var query = DataExchangeUrl.Parse(model, path, text, _parseLimits);
        var plan = Planner.Plan(model, query, new(
            query.Options.Top is null ? Math.Min(settings.DefaultPageSize, settings.MaxPageSize) : settings.MaxPageSize, settings.MaxPageSize, settings.MaxExpansionDepth));

        await using var session = await database.OpenAsync(cancellation);
        var sink = new ByteSink(context.Response.BodyWriter);
        var stream = new DataExchangeStream(new(session, database.Dialect, observations, cancellation), sink);
        void Begin() => context.Response.ContentType = "application/json";
        try
        {
            if (plan is ReadPlan.Collection)
                await stream.CollectionAsync(plan.Rows, Begin);
            else if (!await stream.EntityAsync(plan.Rows, Begin))
                throw new ServiceException(Errors.EntityNotFound, Errors.EntityNotFound.Meaning);
        }
        catch when (sink.HasWritten)
        {
            // The client must notice that the answer has no end.
            context.Abort();
            throw;
        }
    }

    /// <summary>Every method but GET: known by the dialect, not served yet.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        _ = await authenticator.AuthenticateAsync(context, context.RequestAborted) ?? throw Authenticator.Challenge(context);
        throw new ServiceException(Errors.NotImplemented, $"{context.Request.Method} is not served in the Data Exchange dialect: endpoints can be read, not written.");
    }
}
