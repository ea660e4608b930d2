using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// The answer to a modification: what is stored now, or that there is nothing to show (Protocol 11.4.2, 11.4.3). Where the statement that stores the entity
/// can return what is shown of it, nothing is read again.
/// </summary>
/// <param name="rights">Of the caller, on what is written; null for all.</param>
internal sealed class WriteAnswer(
    HttpContext context, ODataRequest request, ReadQuery query, ModelSnapshot model, RowRights? rights, WritePreferences preferences, Execution execution, ODataSettings settings, ParseLimits parseLimits, NextLinkKey key)
{
    private readonly ODataRequest _request = request with { Applied = [.. request.Applied, .. preferences.Applied] };

    /// <summary>What the statement that stores an entity is to return for this answer; null where the answer shows what stands in other rows too.</summary>
    /// <param name="isCreated">Known before the statement runs.</param>
    public Returning? Returned(EntitySetModel set, EntityBody body, bool isCreated)
    {
        if (!IsShown(isCreated))
            return ReturnedTag(set);
        if (Shown(set, body) is not { } shown)
            return null;
        var entity = new ReadAnswer(context, _request, query.Options.Format, execution, key).Entity(shown.Rows.Shape);
        return new(shown.Columns, (_, row) => entity(row));
    }

    /// <summary>As a rule nothing is asked of it in particular: that is planned once for all requests.</summary>
    private Representation? Shown(EntitySetModel set, EntityBody body) =>
        query.Options is { Select: null, Expand.Count: 0, Compute.Count: 0 } && body.Relations.Count == 0
            ? Representation.Of(model, set, LimitsOf(rows: 1))
            : Representation.Of(model, set, OptionsOf(body), LimitsOf(rows: 1));

    /// <summary>The same for an answer that has nothing to show but, in its head, the tag that the entity has now.</summary>
    public Returning ReturnedTag(EntitySetModel set) => set.ETag is not { } tag
        ? new([], (_, _) => { })
        : new(tag.Columns, (_, row) => context.Response.Headers.ETag = EntityTag.Of(tag, row, execution.Values));

    public async Task WriteAsync(Written written)
    {
        var headers = context.Response.Headers;
        if (written is { IsCreated: true, Entity: { } created })
            headers.Location = _request.Root + created;
        if (written.Secret is not null)
            SecretAnswer.Mark(context);
        // Nobody prefers to lose it.
        var isShown = written.Secret is not null || ((written.Path is not null || written.Members is not null) && IsShown(written.IsCreated));
        context.Response.StatusCode = !isShown ? StatusCodes.Status204NoContent : written.IsCreated ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (!isShown)
            await NothingAsync(written);
        else if (!written.IsReturned)
            await ReadAsync(written);
    }

    private async Task ReadAsync(Written written)
    {
        try
        {
            await new ReadAnswer(context, _request, query.Options.Format, execution, key) { Secret = written.Secret }.WriteAsync(Plan(written));
        }
        // Whoever may write a row need not be allowed to read it.
        catch (ServiceException refusal) when (rights is { DependOnRows: true } && refusal.Error.Row == Errors.EntityNotFound)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            await NothingAsync(written);
        }
    }

    /// <summary>A created entity is shown unless the client does not want it; a changed one when it does, and when it says what to show of it.</summary>
    public bool IsShown(bool isCreated) => preferences.Return != "minimal" && rights is not { Readable.Count: 0 }
        && (isCreated || preferences.Return == "representation" || query.Options.Select is not null || query.Options.Expand.Count > 0);

    private async Task NothingAsync(Written written)
    {
        var headers = context.Response.Headers;
        headers["OData-Version"] = _request.IsV401 ? "4.01" : "4.0";
        if (written.Entity is { } entity)
        {
            headers["OData-EntityId"] = _request.Root + entity;
            if (!written.IsReturned)
                headers.ETag = await TagAsync(entity, written.IsStream);
        }
        if (_request.Applied.Count > 0)
            headers["Preference-Applied"] = string.Join(", ", _request.Applied);
    }

    private ReadPlan Plan(Written written)
    {
        var options = OptionsOf(written.Body);
        // A modification is answered whole: there is nothing that a next link could lead to.
        var limits = LimitsOf(Math.Max(1, written.Members?.Keys.Count ?? 1));
        return written.Members is { } members
            ? Planner.Plan(model, members.Set, members.Type, members.Keys, options, limits)
            : Planner.Plan(model, UrlParser.Parse(model.Edm, written.Path!, "", parseLimits) with { Options = options }, limits);
    }

    private QueryOptions OptionsOf(EntityBody? body) => QueryOptions.None with
    {
        Select = query.Options.Select,
        Expand = query.Options.Expand.Count > 0 || body is null ? query.Options.Expand : Nested(body),
        Compute = query.Options.Compute,
    };

    private PlanLimits LimitsOf(int rows) => new(rows, settings.MaxPageSize, settings.MaxExpansionDepth);

    /// <summary>The tag that the entity has now, or its stream; null where it has none.</summary>
    private async Task<string?> TagAsync(string entity, bool isStream)
    {
        var path = UrlParser.Parse(model.Edm, entity, "", parseLimits).Path;
        if (WriteSelects.Tag(model, path) is not { } select || (isStream && select.Tag is not ETagModel.Version))
            return null;
        await using var row = await execution.ReadAsync(select.Statement);
        if (!await row.ReadAsync(execution.Cancellation))
            return null;
        var tag = EntityTag.Of(select.Tag, row, execution.Values);
        return isStream ? EntityTag.Strong(tag) : tag;
    }

    /// <summary>The related entities that came with the entity, and those that came with them.</summary>
    private static ExpandItem[] Nested(EntityBody body) =>
    [
        .. body.Relations.OfType<BodyRelation.Nested>().Select(relation => new ExpandItem(
            default, relation.Navigation.Edm, ExpandForm.Entities, QueryOptions.None with { Expand = [.. relation.Entities.SelectMany(Nested).DistinctBy(item => item.Navigation)] })),
    ];
}
