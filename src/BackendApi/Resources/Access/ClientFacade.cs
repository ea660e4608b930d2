using System.ComponentModel;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;

namespace BackendApi.Resources.Access;

/// <summary>The rules of the set <c>OAuthClients</c>.</summary>
[Secret]
public sealed class ClientFacade(ClientStore clients, AccessDirectory directory) : Facade
{
    public override async ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            var scopes = ApiKeyFacade.Parse(row.Has("Scopes") ? ApiKeyFacade.Texts(row["Scopes"]) : null);
            row.ShowOnce(await clients.CreateAsync(step.Session, new((string)row["Id"]!, [], scopes, (string?)row["Description"]), step.Caller, cancellation));
            row.Stored(("Scopes", scopes.ToJson()));
        }
    }

    public override ValueTask LinkAsync(LinkStep step, CancellationToken cancellation) => AccessRights.LinkAsync(step, () => Task.CompletedTask, cancellation);

    public override async ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
            if (row.Has("Scopes") && Scopes.Parse(ApiKeyFacade.Texts(row["Scopes"]), out var mistake) is null)
                row.Refuse(mistake!, "Scopes");
        await step.Session.ChangeAsync(step.Dialect, async () => await step.StoreAsync(), cancellation);
    }

    public override async ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            await clients.DeleteAsync(step.Session, (string)row.Key![0], cancellation);
            row.Stored();
        }
    }

    [Description("Makes a client and returns its secret: the only time that it can be seen.")]
    [return: Secret]
    public async Task<NewSecret> CreateOAuthClientAsync(
        OperationContext context, string id, IReadOnlyList<string>? roles = null,
        [Description("The most that its tokens may do, such as Orders:read; everything, when it is left out.")] IReadOnlyList<string>? scopes = null, string? description = null)
    {
        AccessRights.RequireAll(context.Caller);
        return new(id, await clients.CreateAsync(context.Session, new(id, [.. roles ?? []], ApiKeyFacade.Parse(scopes), description), context.Caller, context.Cancellation));
    }

    [Description("Gives the client another secret and returns it. The secret of before stays good for the overlap.")]
    [return: Secret]
    public async Task<NewSecret> RotateSecretAsync(BoundEntity client, OperationContext context, [Description("A day, when it is left out.")] int? overlapMinutes = null)
    {
        AccessRights.RequireAll(context.Caller);
        var id = (string)client.Key[0];
        return new(id, await clients.RotateAsync(context.Session, id, ApiKeyFacade.Overlap(overlapMinutes), context.Cancellation));
    }

    [Description("It gets no tokens, and those that it has are void, until it is unlocked.")]
    public async Task<EntityKey> LockAsync(BoundEntity client, OperationContext context)
    {
        AccessRights.RequireAll(context.Caller);
        await clients.LockAsync(context.Session, (string)client.Key[0], context.Cancellation);
        return new(client.Key);
    }

    [Description("Ends a lock.")]
    public async Task<EntityKey> UnlockAsync(BoundEntity client, OperationContext context)
    {
        AccessRights.RequireAll(context.Caller);
        await clients.UnlockAsync(context.Session, (string)client.Key[0], context.Cancellation);
        return new(client.Key);
    }

    [Description("What the client's tokens may do with each entity set.")]
    public async Task<IReadOnlyList<EffectivePermission>> EffectivePermissionsAsync(BoundEntity client, OperationContext context)
    {
        var access = await directory.NewerAsync(context.Cancellation);
        return EffectivePermission.Of(access.Clients.GetValueOrDefault((string)client.Key[0])?.Caller, access);
    }
}
