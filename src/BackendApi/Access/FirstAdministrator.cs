using System.Data.Common;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access;

/// <param name="GeneratedPassword">Null when the settings gave the password: it is not ours to show.</param>
public sealed record CreatedAdministrator(string UserName, string? GeneratedPassword);

/// <summary>Makes the first user, while there is none.</summary>
public sealed class FirstAdministrator(Database database, AccessStore store, AdminSettings settings)
{
    /// <summary>Set by the start that created the user, to be shown once.</summary>
    public CreatedAdministrator? Created { get; private set; }

    /// <summary>Also makes the secrets that all nodes share.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await store.EnsureSigningKeyAsync(session, cancellation);
        if (await store.HasUsersAsync(session, cancellation))
            return;
        var generated = settings.Password is null ? Secrets.Password() : null;
        try
        {
            await store.AddUserAsync(session, settings.UserName, generated ?? settings.Password!, cancellation);
            Created = new(settings.UserName, generated);
        }
        catch (DbException taken) when (database.Dialect.Classify(taken) == Failure.UniqueViolation)
        {
            // Another node started at the same moment and was first: its password is the one that was shown.
        }
    }
}
