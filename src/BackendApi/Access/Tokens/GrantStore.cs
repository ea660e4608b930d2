using System.Text.Json;
using BackendApi.Access.Rights;
using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Sql.Audit;

namespace BackendApi.Access.Tokens;

/// <summary>A sign-in that can be refreshed.</summary>
/// <param name="Stamp">Of the user when signed in: with another one it is over.</param>
/// <param name="Scopes">What was asked for; null is everything that the user may do.</param>
/// <param name="Refreshes">The number of the refresh token that is good.</param>
public sealed record Grant(
    Guid Id, string User, string? ClientId, string Stamp, Scopes? Scopes, int Refreshes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool IsRevoked);

/// <summary>A sign-in that is to end, stored or not: those of clients and of sessions are not.</summary>
/// <param name="Subject">The user, the client that is its own, or whom another issuer names.</param>
/// <param name="Expires">Until when an access token of it could be good.</param>
public sealed record EndedGrant(Guid Id, string Subject, CallerKind Kind, string? ClientId, DateTimeOffset Expires);

/// <summary>Keeps sign-ins that can be refreshed, and which were revoked.</summary>
public sealed class GrantStore(Dialect dialect, TimeProvider clock)
{
    private static readonly string[] Columns = ["id", "user_name", "client_id", "stamp", "scopes", "refreshes", "created_at", "expires_at", "revoked_at"];

    public Task CreateAsync(Session session, Grant grant, CancellationToken cancellation) =>
        session.InsertAsync(dialect, AccessTables.Grants, ["id", "user_name", "client_id", "stamp", "scopes", "refreshes", "created_at", "expires_at"],
            [grant.Id, grant.User, grant.ClientId, grant.Stamp, grant.Scopes?.ToString() ?? "", grant.Refreshes, grant.CreatedAt, grant.ExpiresAt], cancellation);

    /// <summary>Null when there is none, or it was one of a client.</summary>
    public async Task<Grant?> FindAsync(Session session, Guid id, CancellationToken cancellation)
    {
        await foreach (var row in session.RowsAsync(dialect, AccessTables.Grants, Columns, [("id", id)], cancellation))
            if (row.TextOrNull(1) is { } user)
                return new(id, user, row.TextOrNull(2), row.GetString(3), row.GetString(4) is { Length: > 0 } scopes ? Scopes.Parse(scopes, out _) ?? Scopes.None : null,
                    dialect.Values.Int32(row, 5), dialect.Values.DateTimeOffset(row, 6), dialect.Values.DateTimeOffset(row, 7), !row.IsDBNull(8));
        return null;
    }

    /// <summary>
    /// Makes the next number the good one. One statement decides, so that of two requests with the same token, on whatever nodes, one is told that it came second.
    /// </summary>
    public async Task<bool> RefreshAsync(Session session, Grant grant, CancellationToken cancellation)
    {
        var grants = AccessTables.Grants;
        var (id, refreshes, at, revoked) = (grants.Column("id")!, grants.Column("refreshes")!, grants.Column("refreshed_at")!, grants.Column("revoked_at")!);
        SqlParameter key = new(id.Type, grant.Id), known = new(refreshes.Type, grant.Refreshes), next = new(refreshes.Type, grant.Refreshes + 1), now = new(at.Type, clock.GetUtcNow());
        return await session.ExecuteAsync(
            dialect.Compose($"UPDATE {grants} SET {refreshes} = {next}, {at} = {now} WHERE {id} = {key} AND {refreshes} = {known} AND {revoked} IS NULL"), cancellation) > 0;
    }

    /// <summary>Ends a sign-in: its refresh token and, within two seconds, its access tokens are void on every node. Does nothing the second time.</summary>
    /// <param name="how">What the audit log calls it.</param>
    public Task RevokeAsync(Session session, EndedGrant grant, string how, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            var now = clock.GetUtcNow();
            if (!await EndAsync(session, grant.Id, now, cancellation))
            {
                if (await session.AnyAsync(dialect, AccessTables.Grants, [("id", grant.Id)], cancellation))
                    return;
                await session.InsertAsync(dialect, AccessTables.Grants, ["id", "client_id", "stamp", "scopes", "refreshes", "created_at", "expires_at", "revoked_at"],
                    [grant.Id, grant.ClientId, "", "", 0, now, grant.Expires, now], cancellation);
            }
            var set = SignInEntries.SetOf(grant.Kind);
            session.Trail(dialect)?.Done(set, how, set is null ? null : AuditStatements.KeyOf(grant.Subject), json => Write(json, now), json => Write(json, null));
        }, cancellation);

    /// <summary>Ends every sign-in through a client. Part of a change of its own.</summary>
    internal static async Task RevokeOfAsync(Session session, Dialect dialect, string clientId, DateTimeOffset now, CancellationToken cancellation)
    {
        var (client, revoked) = (AccessTables.Grants.Column("client_id")!, AccessTables.Grants.Column("revoked_at")!);
        SqlParameter id = new(client.Type, clientId), at = new(revoked.Type, now);
        await session.ExecuteAsync(dialect.Compose($"UPDATE {AccessTables.Grants} SET {revoked} = {at} WHERE {client} = {id} AND {revoked} IS NULL"), cancellation);
    }

    private async Task<bool> EndAsync(Session session, Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        var grants = AccessTables.Grants;
        var (key, revoked) = (grants.Column("id")!, grants.Column("revoked_at")!);
        SqlParameter known = new(key.Type, id), at = new(revoked.Type, now);
        return await session.ExecuteAsync(dialect.Compose($"UPDATE {grants} SET {revoked} = {at} WHERE {key} = {known} AND {revoked} IS NULL"), cancellation) > 0;
    }

    private static void Write(Utf8JsonWriter json, DateTimeOffset? revokedAt)
    {
        json.WritePropertyName("RevokedAt");
        AuditJson.Write(json, revokedAt);
    }

    /// <summary>Removes what could not be used any more anyway.</summary>
    public async Task ForgetAsync(Session session, DateTimeOffset endedBefore, CancellationToken cancellation)
    {
        var expires = AccessTables.Grants.Column("expires_at")!;
        SqlParameter limit = new(expires.Type, endedBefore);
        await session.ExecuteAsync(dialect.Compose($"DELETE FROM {AccessTables.Grants} WHERE {expires} < {limit}"), cancellation);
    }
}
