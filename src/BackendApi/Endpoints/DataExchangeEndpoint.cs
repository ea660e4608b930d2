using BackendApi.Access;
using BackendApi.Access.Statistics;
using BackendApi.Endpoints.Repeatability;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Parse.DataExchange;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints;

/// <summary>
/// <c>/dynamic-entity/{alias}</c> and <c>/dynamic-entity/{alias}/{id}</c>: the Data Exchange dialect over the same definitions, plans and statements
/// as OData. Its errors are told by <see cref="Failures"/> in its own shape.
/// </summary>
internal sealed class DataExchangeEndpoint(
    Database database, Models models, Authenticator authenticator, ODataSettings settings, DataExchangeSettings dataExchange, RepeatableRequests repeatables,
    WriteHooks hooks, Auditing auditing, Observations observations)
{
    public const string Path = "/dynamic-entity";

    private readonly DataExchangeLimits _parseLimits = new(settings.MaxPageSize, settings.MaxListItems, settings.MaxExpansionDepth);

    public async Task GetAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var caller = await authenticator.RequireAsync(context, cancellation);
        var model = models.Current.For(caller);
        var (path, text) = RawTarget.Below(Path, context);
        var query = DataExchangeUrl.Parse(model, path, text, _parseLimits);
        Addressing.Count(context, query.Path);
        var plan = Planner.Plan(model, query, new(
            query.Options.Top is null ? Math.Min(settings.DefaultPageSize, settings.MaxPageSize) : settings.MaxPageSize, settings.MaxPageSize, settings.MaxExpansionDepth));

        await using var opened = (await RequestSession.OpenAsync(context, database)).With(context, caller, model, database.Dialect);
        var session = opened.Session;
        var sink = new ByteSink(context.Response.BodyWriter);
        var stream = new DataExchangeStream(new(session, database.Dialect, observations, cancellation), sink);
        void Begin() => context.Response.ContentType = "application/json";
        try
        {
            var rows = plan is ReadPlan.Collection ? await stream.CollectionAsync(plan.Rows, Begin)
                : await stream.EntityAsync(plan.Rows, Begin) ? 1
                : throw new ServiceException(Errors.EntityNotFound, Errors.EntityNotFound.Meaning);
            RequestTally.Of(context)?.RowsRead = rows;
        }
        catch when (sink.HasWritten)
        {
            // The client must notice that the answer has no end.
            RequestTally.Break(context);
            context.Abort();
            throw;
        }
    }

    /// <summary>
    /// POST, PATCH, PUT and DELETE. All rows of a body in one transaction, unless the client says <c>X-Is-Transactional: false</c>: then each in its own, and
    /// the answer holds what was saved and what was not.
    /// </summary>
    public async Task WriteAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var caller = await authenticator.RequireAsync(context, cancellation, isChange: true);
        var model = models.Current.For(caller);
        var (path, text) = RawTarget.Below(Path, context);
        var query = DataExchangeUrl.Parse(model, path, text, _parseLimits);
        Addressing.Count(context, query.Path);
        var set = model.EntitySets[((PathSegment.EntitySet)query.Path.Segments[0]).Set.Name];
        var key = query.Path.Segments is [_, PathSegment.Key { Values: var values }] ? WritePlanner.Values(set, values) : null;
        var purpose = Allowed(context, set, key is not null);
        var preferences = WritePreferences.Read(context.Request.Headers["Prefer"]);
        var isTransactional = context.Request.Headers["X-Is-Transactional"] is not [{ } wanted, ..] || wanted.Trim() is not ("false" or "False" or "FALSE" or "0");
        var repeatable = preferences.IsTrial ? null : repeatables.Read(context);
        if (repeatable is not null && !isTransactional)
            throw new ServiceException(Errors.NotImplemented, "A repeatable request is one transaction: it cannot be sent with X-Is-Transactional: false.", "X-Is-Transactional");

        await using var session = (await RequestSession.OpenAsync(context, database)).With(context, caller, model, database.Dialect).By(auditing.OriginOf(context, caller));
        // Otherwise it begins with the first rows that are written: nobody waits for a client that still sends.
        if (isTransactional && (repeatable is not null || preferences.IsTrial || preferences.MaxAffected is not null))
            await session.BeginAsync(cancellation);
        await using var held = HeldResponse.Begin(context);
        if (repeatable is not null && await repeatables.ClaimAsync(context, session, caller, repeatable, part: 0) is { } answer)
        {
            await repeatables.ReplayAsync(context, session.Session, answer, cancellation);
        }
        else
        {
            if (purpose is { } what)
                await SaveAsync(context, model, set, what, key, query.Options.Expand, preferences, isTransactional, session, caller);
            else
                await DeleteAsync(context, model, set, key, query, preferences, isTransactional, session, caller);
            if (preferences.Applied.Count > 0)
                context.Response.Headers["Preference-Applied"] = string.Join(", ", preferences.Applied);
            if (repeatable is not null)
                await repeatables.KeepAsync(context, session.Session, caller, repeatable, part: 0, held.Read(), cancellation);
        }
        if (isTransactional && preferences.IsTrial)
            await session.DiscardAsync(cancellation);
        else if (isTransactional)
            await session.CommitAsync(cancellation);
        await held.ReleaseAsync();
    }

    /// <summary>What the method does with a row; null for DELETE.</summary>
    /// <exception cref="ServiceException">405: not by this definition, or not at this address.</exception>
    private static BodyPurpose? Allowed(HttpContext context, EntitySetModel set, bool isOne)
    {
        var allow = set.Definition.Allow;
        if (!set.TakesDocuments && set.Whole.Definition.Allow is var all && context.Request.Method switch
            {
                "POST" => all.Create && !allow.Create && !isOne, "PATCH" or "PUT" => all.Update && !allow.Update, "DELETE" => all.Delete && !allow.Delete, _ => false,
            })
            throw new ServiceException(Errors.Forbidden, $"Your rights do not allow {context.Request.Method} on {set.Alias}.");
        var methods = new List<string> { "GET" };
        if (!set.TakesDocuments)
        {
            if (allow.Create && !isOne)
                methods.Add("POST");
            if (allow.Update)
                methods.AddRange(["PATCH", "PUT"]);
            if (allow.Delete)
                methods.Add("DELETE");
        }
        if (!methods.Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            throw new ServiceException(Errors.MethodNotAllowed, $"{context.Request.Method} is not allowed here; {string.Join(", ", methods)} {(methods.Count == 1 ? "is" : "are")}.");
        }
        return context.Request.Method switch { "POST" => BodyPurpose.Create, "PATCH" => BodyPurpose.Update, "PUT" => BodyPurpose.Replace, _ => null };
    }

    private async Task SaveAsync(
        HttpContext context, ModelSnapshot model, EntitySetModel set, BodyPurpose purpose, PlannedValues? key, IReadOnlyList<ExpandItem> include,
        WritePreferences preferences, bool isTransactional, RequestSession session, Caller caller)
    {
        JsonBody.CheckContentType(context.Request);
        var isShown = preferences.Return != "minimal" && set.Rights is not { Readable.Count: 0 };
        var sink = new ByteSink(context.Response.BodyWriter);
        var stream = new DataExchangeStream(new(session.Session, database.Dialect, observations, context.RequestAborted), sink);
        var writes = new DataExchangeWrites(
            model, set, purpose, include, new(model, "", ParseLimits.Of(settings)) { MaxDepth = settings.MaxExpansionDepth, MaxEntities = settings.MaxNestedEntities },
            new(settings.MaxPageSize, settings.MaxPageSize, settings.MaxExpansionDepth), session, database.Dialect, observations, new(hooks, caller, context.RequestServices), context.RequestAborted)
        {
            IsTransactional = isTransactional,
            IsTrial = preferences.IsTrial,
            Shown = isShown ? stream : null,
        };
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var items = new JsonItems(context.Request.BodyReader, "data", new(dataExchange.MaxBodyBytes, settings.MaxBodyBytes));
        var index = 0;
        await foreach (var row in items.ReadAsync(context.RequestAborted))
        {
            if (key is not null && (!items.IsSingle || index > 0))
                throw new ServiceException(Errors.InvalidBody, "The address names one row: the body is {\"data\":{…}}.");
            if (index == 0 && isShown)
                stream.BeginRows(items.IsSingle);
            await writes.AddAsync(row, index++, key);
        }
        await writes.FlushAsync(isLast: true);
        if (index == 0 && isShown)
            stream.BeginRows(isSingle: false);
        if (isTransactional)
            writes.Mistakes.ThrowIfAny();
        preferences.CheckAffected(writes.Affected);
        if (!preferences.IsTrial)
            RequestTally.Of(context)?.RowsWritten = writes.Affected;
        var errors = isTransactional ? null : writes.Mistakes.Errors;
        context.Response.StatusCode = errors is [var first, ..] && writes.Saved == 0 ? first.Row.Status
            : purpose == BodyPurpose.Create ? StatusCodes.Status201Created
            : StatusCodes.Status200OK;
        if (!isShown)
            return;
        context.Response.ContentType = "application/json";
        await stream.EndRowsAsync(errors);
    }

    private async Task DeleteAsync(
        HttpContext context, ModelSnapshot model, EntitySetModel set, PlannedValues? key, ReadQuery query, WritePreferences preferences, bool isTransactional, RequestSession session,
        Caller caller)
    {
        if (!isTransactional)
            throw new ServiceException(Errors.NotImplemented, "A DELETE is one transaction: leave X-Is-Transactional out.", "X-Is-Transactional");
        await session.BeginAsync(context.RequestAborted);
        var mistakes = new Mistakes();
        var planner = new WritePlanner(model, mistakes);
        if (key is not null)
        {
            planner.Delete(set, key, isRoot: true);
        }
        else
        {
            if (query.Options.Filter is null)
                throw new ServiceException(Errors.UnfilteredChange, $"Say which rows are meant by filter[{set.Alias}.field]=value: without a filter nothing is deleted.");
            var execution = new Execution(session.Session, database.Dialect, observations, context.RequestAborted);
            await using var rows = await execution.ReadAsync(WriteSelects.Keys(model, query.Path, query.Options, isLocked: true));
            while (await rows.ReadAsync(context.RequestAborted))
                planner.Delete(set, WritePlanner.Values(set, [.. set.Key.Select((property, i) => database.Dialect.Values.Read(property.Kind, rows, i))]), isRoot: true);
        }
        var writes = new WriteExecution(model, session.Session, database.Dialect, mistakes, observations, new(hooks, caller, context.RequestServices), context.RequestAborted);
        await writes.RunAsync(planner.ToPlan());
        preferences.CheckAffected(writes.Affected);
        if (!preferences.IsTrial)
            RequestTally.Of(context)?.RowsWritten = writes.Affected;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
