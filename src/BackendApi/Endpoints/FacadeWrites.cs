using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>Modifications of an entity set that a facade stands behind: the facade alone knows how they are done.</summary>
internal static class FacadeWrites
{
    /// <summary>A facade takes one entity, never a load of rows.</summary>
    private const int MaxBodyBytes = 1_048_576;

    public static async Task<Written> RunAsync(HttpContext context, Caller caller, WriteTarget? target)
    {
        switch (context.Request.Method, target)
        {
            case ("POST", WriteTarget.Collection { Owner: null, IsEach: false } collection):
            {
                using var body = await JsonBody.ReadObjectAsync(context.Request, MaxBodyBytes, context.RequestAborted);
                var created = EntityUrl.Of(collection.Set, await collection.Set.Resource!.Facade.CreateAsync(caller, body.RootElement, context.RequestAborted));
                return new(created, created, IsCreated: true);
            }
            case ("PATCH", WriteTarget.Entity entity):
            {
                var key = Key(entity);
                using var body = await JsonBody.ReadObjectAsync(context.Request, MaxBodyBytes, context.RequestAborted);
                await entity.Set.Resource!.Facade.UpdateAsync(caller, key, body.RootElement, context.RequestAborted);
                var changed = EntityUrl.Of(entity.Set, key);
                return new(changed, changed);
            }
            case ("DELETE", WriteTarget.Entity entity):
                await entity.Set.Resource!.Facade.DeleteAsync(caller, Key(entity), context.RequestAborted);
                return Written.Nothing;
            default:
                throw NotAllowed(context, target);
        }
    }

    private static object[] Key(WriteTarget.Entity entity) => entity.Key is { } values
        ? [.. entity.Set.Key.Select(property => values.First(value => value.Property == property.Edm).Value)]
        : throw new ServiceException(Errors.NotImplemented, "An entity is changed under its own key, not under an alternate one.");

    private static ServiceException NotAllowed(HttpContext context, WriteTarget? target)
    {
        var (allowed, message) = target switch
        {
            WriteTarget.Collection { Owner: null, IsEach: false } => ("GET, POST", "This address is an entity set: POST creates an entity, and one that is there is changed under its own address."),
            WriteTarget.Entity => ("GET, PATCH, DELETE", "This address is an entity. PATCH changes the members that the body names; a new one is posted to its entity set."),
            _ => ("GET", "What is below an entity of this resource is read only; change it through the entity."),
        };
        context.Response.Headers.Allow = allowed;
        return new(Errors.MethodNotAllowed, message);
    }
}
