using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Endpoints;

/// <summary>Modifications of a set that takes whole documents, in the transaction of the request: its facade alone can read them.</summary>
internal sealed class DocumentWrites(HttpContext context, ModelSnapshot model, WriteBody body, OperationContext operation, Execution execution)
{
    /// <summary>A facade takes one entity, never a load of rows.</summary>
    private const int MaxBodyBytes = 1_048_576;

    private readonly Preconditions preconditions = Preconditions.Read(context.Request.Headers);

    public async Task<Written> RunAsync(WriteTarget target)
    {
        var set = target.Set;
        var facade = (DocumentFacade)context.RequestServices.GetRequiredService(set.Facade!);
        switch (context.Request.Method, target)
        {
            case ("POST", WriteTarget.Collection { Owner: null, IsEach: false }):
            {
                Require(set, Verbs.Create);
                var document = body.Object(MaxBodyBytes);
                await facade.EnterAsync(operation);
                var created = EntityUrl.Of(set, await facade.CreateAsync(operation, document));
                return new(created, created, IsCreated: true);
            }
            case ("PATCH", WriteTarget.Entity entity):
            {
                Require(set, Verbs.Update);
                var document = body.Object(MaxBodyBytes);
                await facade.EnterAsync(operation);
                var key = await KeyAsync(entity);
                await facade.UpdateAsync(operation, key, document);
                var changed = EntityUrl.Of(set, key);
                return new(changed, changed);
            }
            case ("DELETE", WriteTarget.Entity entity):
                Require(set, Verbs.Delete);
                await facade.EnterAsync(operation);
                await facade.DeleteAsync(operation, await KeyAsync(entity));
                return Written.Nothing;
            default:
                throw NotAllowed(target);
        }
    }

    /// <summary>Nobody looks into the documents: who may write some of them, or a part of them, may write none.</summary>
    private void Require(EntitySetModel set, Verbs verb)
    {
        if (set.Rights?.AllowsWhole(verb) == false)
            throw new ServiceException(Errors.Forbidden, $"Your rights do not allow {context.Request.Method} on {set.Name}: it takes a grant for all of its rows and properties.");
    }

    /// <summary>The key of the entity, which is there, is locked, and meets the conditions of the request.</summary>
    private async Task<IReadOnlyList<object>> KeyAsync(WriteTarget.Entity entity)
    {
        object[]? key = null;
        await using (var row = await execution.ReadAsync(WriteSelects.Keys(model, entity.Path, QueryOptions.None, isLocked: true)))
            if (await row.ReadAsync(execution.Cancellation))
                key = [.. entity.EntitySet.Key.Select((property, i) => execution.Values.Read(property.Column.Type.Kind, row, i))];
        var tag = key is null || preconditions == Preconditions.None ? null : await TagAsync(entity.Path);
        if (preconditions.Refusal(key is not null, tag, isRequired: false) is { } refusal)
            throw new ServiceException(refusal);
        return key ?? throw new ServiceException(Errors.EntityNotFound, "No entity is at this address.");
    }

    private async Task<string?> TagAsync(ResourcePath path)
    {
        if (WriteSelects.Tag(model, path) is not { } select)
            return null;
        await using var row = await execution.ReadAsync(select.Statement);
        return await row.ReadAsync(execution.Cancellation) ? EntityTag.Of(select.Tag, row, execution.Values) : null;
    }

    private ServiceException NotAllowed(WriteTarget target)
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
