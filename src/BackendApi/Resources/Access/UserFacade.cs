using System.ComponentModel;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Support;

namespace BackendApi.Resources.Access;

[Description("A claim of a user, which row filters can name.")]
public sealed record ClaimValue(string Claim, string Value);

/// <summary>The rules of the set <c>Users</c>.</summary>
public sealed class UserFacade(UserStore users, AccessDirectory directory, TimeProvider clock) : Facade
{
    /// <summary>A user is made without a password, and signs in when <see cref="ResetPasswordAsync"/> has given one.</summary>
    public override async ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            var name = (string)row["Name"]!;
            if (Names.Mistake(name) is { } mistake)
            {
                row.Refuse(mistake, "Name");
                continue;
            }
            await users.CreateAsync(step.Session, new(name, Password: null, [], (string?)row["DisplayName"], (string?)row["Email"], MustChangePassword: true), cancellation);
            row.Stored(("Name", Names.OfUser(name)));
        }
    }

    public override ValueTask LinkAsync(LinkStep step, CancellationToken cancellation) =>
        AccessRights.LinkAsync(step, () => Administration.CheckAsync(step.Session, step.Dialect, cancellation), cancellation);

    public override async ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
            if (row.Has("DisplayName") || row.Has("Email"))
                row["ChangedAt"] = clock.GetUtcNow();
        await step.Session.ChangeAsync(step.Dialect, async () => await step.StoreAsync(), cancellation);
    }

    public override async ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            await users.DeleteAsync(step.Session, (string)row.Key![0], cancellation);
            row.Stored();
        }
    }

    [Description("Gives the user a password and ends every token of the user.")]
    public async Task ResetPasswordAsync(
        BoundEntity user, OperationContext context, [Secret] string password, [Description("The user has to choose another one at the next sign-in.")] bool mustChange = true)
    {
        AccessRights.RequireAll(context.Caller);
        var hash = users.Hash(NameOf(user), password);
        await context.BeginAsync();
        await users.SetPasswordAsync(context.Session, NameOf(user), hash, mustChange, context.Cancellation);
    }

    [Description("Nobody can sign in under the name, and tokens and keys of the user are void, until it is unlocked.")]
    public async Task<EntityKey> LockAsync(BoundEntity user, OperationContext context)
    {
        AccessRights.RequireAll(context.Caller);
        await users.LockAsync(context.Session, NameOf(user), context.Cancellation);
        return new(user.Key);
    }

    [Description("Ends a lock, also one that came from wrong passwords.")]
    public async Task<EntityKey> UnlockAsync(BoundEntity user, OperationContext context)
    {
        AccessRights.RequireAll(context.Caller);
        await users.UnlockAsync(context.Session, NameOf(user), context.Cancellation);
        return new(user.Key);
    }

    [Description("Gives the user exactly these roles.")]
    public async Task<EntityKey> SetRolesAsync(BoundEntity user, OperationContext context, IReadOnlyList<string> roles)
    {
        AccessRights.RequireAll(context.Caller);
        await users.SetRolesAsync(context.Session, NameOf(user), roles, context.Cancellation);
        return new(user.Key);
    }

    [Description("Gives the user exactly these claims.")]
    public async Task<EntityKey> SetClaimsAsync(BoundEntity user, OperationContext context, IReadOnlyList<ClaimValue> claims)
    {
        AccessRights.RequireAll(context.Caller);
        if (claims.GroupBy(claim => claim.Claim, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ServiceException(Errors.InvalidValue, $"The claim {twice.Key} is given twice.", "claims");
        await users.SetClaimsAsync(context.Session, NameOf(user), claims.ToDictionary(claim => claim.Claim, claim => claim.Value, StringComparer.Ordinal), context.Cancellation);
        return new(user.Key);
    }

    [Description("For a user who has lost the authenticator app.")]
    public async Task<EntityKey> RemoveSecondFactorAsync(BoundEntity user, OperationContext context)
    {
        AccessRights.RequireAll(context.Caller);
        await users.RemoveSecondFactorAsync(context.Session, NameOf(user), context.Cancellation);
        return new(user.Key);
    }

    [Description("What the user may do with each entity set.")]
    public async Task<IReadOnlyList<EffectivePermission>> EffectivePermissionsAsync(BoundEntity user, OperationContext context)
    {
        var access = await directory.NewerAsync(context.Cancellation);
        return EffectivePermission.Of(access.Users.GetValueOrDefault(NameOf(user))?.Caller, access);
    }

    private static string NameOf(BoundEntity user) => (string)user.Key[0];
}
