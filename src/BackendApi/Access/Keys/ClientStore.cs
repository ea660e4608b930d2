using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Keys;

/// <param name="Scopes">The most that its tokens may do.</param>
public sealed record NewClient(string Id, IReadOnlyCollection<string> Roles, Scopes Scopes, string? Description = null);

/// <summary>Keeps OAuth clients: programs that exchange an id and a secret for access tokens. A change is seen by every node within two seconds.</summary>
public sealed class ClientStore(Dialect dialect, Pepper pepper, TimeProvider clock)
{
    /// <summary>Stores a new client and returns its secret: the only time that it exists in clear.</summary>
    /// <exception cref="ServiceException">
    /// <see cref="Errors.Conflict"/>: there is such a client; <see cref="Errors.InvalidValue"/>: the id cannot be taken; <see cref="Errors.ReferenceNotFound"/>: there is no such role.
    /// </exception>
    public Task<string> CreateAsync(Session session, NewClient client, Caller createdBy, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            // RFC 6749 lets visible characters of ASCII stand in an id.
            if (!Names.Check(client.Id, "id").All(character => character is >= ' ' and <= '~'))
                throw new ServiceException(Errors.InvalidValue, "The id of a client is visible characters of ASCII.", "id");
            if (await session.AnyAsync(dialect, AccessTables.Clients, [("id", client.Id)], cancellation))
                throw new ServiceException(Errors.Conflict, $"There is a client '{client.Id}'.", "id");
            await session.InsertAsync(dialect, AccessTables.Clients, ["id", "description", "scopes", "stamp", "created_at", "created_by"],
                [client.Id, client.Description.Trimmed(), client.Scopes.ToJson(), Secrets.Stamp(), clock.GetUtcNow(), createdBy.Name], cancellation);
            await RoleStore.SetAsync(session, dialect, AccessTables.ClientRoles, client.Id, client.Roles, cancellation);
            return await AddSecretAsync(session, client.Id, cancellation);
        }, cancellation);

    public Task UpdateAsync(Session session, NewClient client, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, client.Id, cancellation);
            await session.ExecuteAsync(dialect.Update(AccessTables.Clients, [("description", client.Description.Trimmed()), ("scopes", client.Scopes.ToJson())], [("id", client.Id)]), cancellation);
            await RoleStore.SetAsync(session, dialect, AccessTables.ClientRoles, client.Id, client.Roles, cancellation);
        }, cancellation);

    /// <summary>Gives the client another secret; see <see cref="ApiKeyStore.RotateAsync(Session, string, TimeSpan, CancellationToken)"/>.</summary>
    public Task<string> RotateAsync(Session session, string id, TimeSpan overlap, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, id, cancellation);
            await ApiKeyStore.RotateAsync(session, dialect, AccessTables.ClientSecrets, id, overlap, clock.GetUtcNow(), cancellation);
            return await AddSecretAsync(session, id, cancellation);
        }, cancellation);

    /// <summary>It gets no tokens, and those that it has are void, until it is unlocked.</summary>
    public Task LockAsync(Session session, string id, CancellationToken cancellation) => SetLockAsync(session, id, clock.GetUtcNow(), cancellation);

    public Task UnlockAsync(Session session, string id, CancellationToken cancellation) => SetLockAsync(session, id, null, cancellation);

    /// <summary>Ends every sign-in of users through it too: one that is made anew under the id is another client.</summary>
    public Task DeleteAsync(Session session, string id, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, id, cancellation);
            await GrantStore.RevokeOfAsync(session, dialect, id, clock.GetUtcNow(), cancellation);
            foreach (var table in new[] { AccessTables.ClientRoles, AccessTables.ClientSecrets })
                await session.ExecuteAsync(dialect.Delete(table, [("client_id", id)]), cancellation);
            await session.ExecuteAsync(dialect.Delete(AccessTables.Clients, [("id", id)]), cancellation);
        }, cancellation);

    private Task SetLockAsync(Session session, string id, DateTimeOffset? at, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, id, cancellation);
            await session.ExecuteAsync(dialect.Update(AccessTables.Clients, [("locked_at", at), ("stamp", Secrets.Stamp())], [("id", id)]), cancellation);
        }, cancellation);

    private async Task<string> AddSecretAsync(Session session, string id, CancellationToken cancellation)
    {
        var secret = Secrets.ClientSecret();
        await session.InsertAsync(dialect, AccessTables.ClientSecrets, ["hash", "pepper", "client_id", "last_characters", "created_at"],
            [pepper.Hash(secret).ToString(), pepper.Id, id, secret[^4..], clock.GetUtcNow()], cancellation);
        return secret;
    }

    private async Task FindAsync(Session session, string id, CancellationToken cancellation)
    {
        if (!await session.AnyAsync(dialect, AccessTables.Clients, [("id", id)], cancellation))
            throw new ServiceException(Errors.EntityNotFound, $"There is no client '{id}'.");
    }
}
