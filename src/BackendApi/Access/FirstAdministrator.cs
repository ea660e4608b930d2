using BackendApi.Access.Keys;
using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Sql.Audit;
using BackendApi.Support;

namespace BackendApi.Access;

/// <param name="GeneratedPassword">Null when the settings gave the password: it is not ours to show.</param>
public sealed record CreatedAdministrator(string UserName, string? GeneratedPassword);

/// <summary>Makes the first user, with all rights, while there is none.</summary>
public sealed class FirstAdministrator(Database database, AccessStore store, UserStore users, Pepper pepper, AdminSettings settings, Auditing auditing, Dialect dialect)
{
    /// <summary>Set by the start that created the user, to be shown once.</summary>
    public CreatedAdministrator? Created { get; private set; }

    /// <summary>Also makes the secrets that all nodes share.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await store.EnsureSigningKeyAsync(session, cancellation);
        await pepper.LoadAsync(session, store, cancellation);
        if (await users.AnyAsync(session, cancellation))
            return;
        var generated = settings.Password is null ? Secrets.Password() : null;
        try
        {
            session.Origin = auditing.OriginOf(Caller.System);
            await session.ChangeAsync(dialect, async () =>
            {
                await users.CreateAsync(session, new(settings.UserName, generated ?? settings.Password!, [AccessTables.Administrators], HasGeneratedPassword: generated is not null), cancellation, isChecked: false);
                await session.AuditAsync(dialect, AccessTables.UsersSet, "FirstAdministrator", AuditStatements.KeyOf(Names.OfUser(settings.UserName)), cancellation);
            }, cancellation);
            Created = new(settings.UserName, generated);
        }
        catch (ServiceException taken) when (taken.Error.Row == Errors.Conflict)
        {
            // Another node started at the same moment and was first: its password is the one that was shown.
        }
    }
}
