using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// POST, PATCH and DELETE below the OData service root, for entity sets that a facade stands behind. Rows of published tables are not
/// written yet: 501.
/// </summary>
internal sealed class WriteEndpoint(Database database, Models models, Authenticator authenticator, ServiceRoot root, ODataSettings settings, NextLinkKey key,
    Observations observations)
{
    /// <summary>A facade takes one entity, never a load of rows.</summary>
    private const int MaxBodyBytes = 1_048_576;

    private readonly ParseLimits _parseLimits = ParseLimits.Of(settings);

    public async Task PostAsync(HttpContext context)
    {
        var (caller, request, target) = await ReadAsync(context);
        if (target.Key is not null)
            throw NotAllowed(context, "GET, PATCH, DELETE", "An entity is created by a POST to its entity set; this address is an entity.");
        using var body = await JsonBody.ReadObjectAsync(context.Request, MaxBodyBytes, context.RequestAborted);
        var created = EntityUrl.Of(target.Set, await target.Facade.CreateAsync(caller, body.RootElement, context.RequestAborted));
        context.Response.Headers.Location = request.Root + created;
        var prefers = Return(context.Request);
        if (prefers == "minimal")
            Nothing(context, request, created, prefers);
        else
            await AnswerAsync(context, request, created, StatusCodes.Status201Created, prefers);
    }

    public async Task PatchAsync(HttpContext context)
    {
        var (caller, request, target) = await ReadAsync(context);
        if (target.Key is null)
            throw NotAllowed(context, "GET, POST", "This address is an entity set; name the entity to change.");
        using var body = await JsonBody.ReadObjectAsync(context.Request, MaxBodyBytes, context.RequestAborted);
        await target.Facade.UpdateAsync(caller, target.Key, body.RootElement, context.RequestAborted);
        var changed = EntityUrl.Of(target.Set, target.Key);
        var prefers = Return(context.Request);
        if (prefers == "representation")
            await AnswerAsync(context, request, changed, StatusCodes.Status200OK, prefers);
        else
            Nothing(context, request, changed, prefers);
    }

    public async Task DeleteAsync(HttpContext context)
    {
        var (caller, request, target) = await ReadAsync(context);
        if (target.Key is null)
            throw NotAllowed(context, "GET, POST", "This address is an entity set; name the entity to remove.");
        await target.Facade.DeleteAsync(caller, target.Key, context.RequestAborted);
        Version(context, request);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task PutAsync(HttpContext context)
    {
        var (_, _, target) = await ReadAsync(context);
        throw NotAllowed(context, target.Key is null ? "GET, POST" : "GET, PATCH, DELETE", "This resource does not take PUT. PATCH changes the members that the body names.");
    }

    /// <param name="Key">The values of the key; null when the address is the set.</param>
    private sealed record Target(EntitySetModel Set, Facade Facade, IReadOnlyList<object>? Key);

    private async Task<(Caller Caller, ODataRequest Request, Target Target)> ReadAsync(HttpContext context)
    {
        var caller = await authenticator.AuthenticateAsync(context, context.RequestAborted) ?? throw Authenticator.Challenge(context);
        var model = models.Current;
        var request = ODataRequest.Read(context, root);
        var query = UrlParser.Parse(model.Edm, request.Path, request.Query, _parseLimits);
        return (caller, request, Find(context, model, query.Path));
    }

    private static Target Find(HttpContext context, ModelSnapshot model, ResourcePath path)
    {
        switch (path.Segments)
        {
            case [] or [PathSegment.Metadata]:
                throw NotAllowed(context, "GET", "This address is read only.");
            case [PathSegment.EntitySet { Set: var set }, ..] when model.EntitySets[set.Name] is { Resource: { } resource } found:
                return path.Segments.Skip(1).ToList() switch
                {
                    [] => new(found, resource.Facade, null),
                    [PathSegment.Key { Values: var values }] => new(found, resource.Facade, [.. found.Key.Select(property => Value(property, values))]),
                    _ => throw NotAllowed(context, "GET", "What is below an entity of this resource is read only; change it through the entity."),
                };
            default:
                throw new ServiceException(Errors.NotImplemented, "Rows of published tables cannot be written through this service yet.");
        }
    }

    private static object Value(PropertyModel property, IReadOnlyList<KeyValue> values) =>
        values.FirstOrDefault(value => value.Property == property.Edm)?.Value
        ?? throw new ServiceException(Errors.NotImplemented, "An entity is changed under its own key, not under an alternate one.");

    private static ServiceException NotAllowed(HttpContext context, string allowed, string message)
    {
        context.Response.Headers.Allow = allowed;
        return new(Errors.MethodNotAllowed, message);
    }

    /// <summary>The entity as a GET would show it now.</summary>
    private async Task AnswerAsync(HttpContext context, ODataRequest request, string entity, int status, string? prefers)
    {
        var model = models.Current;
        var plan = Planner.Plan(model, UrlParser.Parse(model.Edm, entity, "", _parseLimits), new(1, settings.MaxPageSize, settings.MaxExpansionDepth));
        context.Response.StatusCode = status;
        var applied = prefers is null ? request.Applied : [.. request.Applied, $"return={prefers}"];
        await using var session = await RequestSession.OpenAsync(context, database);
        var execution = new Execution(session.Session, database.Dialect, observations, context.RequestAborted);
        await new ReadAnswer(context, request with { Applied = applied }, format: null, execution, key).WriteAsync(plan);
    }

    private static void Nothing(HttpContext context, ODataRequest request, string entity, string? prefers)
    {
        Version(context, request);
        context.Response.Headers["OData-EntityId"] = request.Root + entity;
        if (prefers is not null)
            context.Response.Headers["Preference-Applied"] = $"return={prefers}";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void Version(HttpContext context, ODataRequest request) =>
        context.Response.Headers["OData-Version"] = request.IsV401 ? "4.01" : "4.0";

    /// <summary>The preference <c>return</c> (Protocol 8.2.8.7): <c>minimal</c>, <c>representation</c>, or null.</summary>
    private static string? Return(HttpRequest request)
    {
        foreach (var header in request.Headers["Prefer"])
            foreach (var preference in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (preference.Equals("return=minimal", StringComparison.OrdinalIgnoreCase))
                    return "minimal";
                if (preference.Equals("return=representation", StringComparison.OrdinalIgnoreCase))
                    return "representation";
            }
        return null;
    }
}
