using BackendApi.Access;
using BackendApi.Support;

namespace BackendApi.Resources.Access;

/// <summary>Who may change who may do what.</summary>
internal static class AccessRights
{
    /// <summary>
    /// Only a caller with all rights: whoever could give a role, a key or a password to somebody could have their rights, and so any.
    /// </summary>
    /// <exception cref="ServiceException"><see cref="Errors.Forbidden"/></exception>
    public static void RequireAll(Caller caller)
    {
        if (!caller.Permissions.IsUnrestricted)
            throw new ServiceException(Errors.Forbidden, "Users, roles, keys and clients are changed by callers with all rights.");
    }

    /// <summary>Gives roles to users, keys and clients, or takes them away, as far as <paramref name="check"/> lets it stand.</summary>
    public static async ValueTask LinkAsync(LinkStep step, Func<Task> check, CancellationToken cancellation)
    {
        RequireAll(step.Caller);
        await step.Session.ChangeAsync(step.Dialect, async () =>
        {
            await step.StoreAsync();
            await check();
        }, cancellation);
    }
}
