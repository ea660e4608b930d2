using System.Data.Common;
using System.Security.Cryptography;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Access;

/// <summary>Reads <see cref="AccessTables"/> into a snapshot, and keeps the secrets that all nodes share.</summary>
public sealed class AccessStore(Dialect dialect, TimeProvider clock)
{
    private const string TokenSigning = "token-signing";

    /// <summary>Rows that were changed by hand, past the stamp, are seen after this time.</summary>
    private static readonly TimeSpan TrustStampFor = TimeSpan.FromMinutes(1);

    /// <summary>Everything as it is stored, or <paramref name="known"/> when it has not changed since.</summary>
    public async Task<AccessSnapshot> ReadAsync(Session session, AccessSnapshot? known, Pepper pepper, ApiKeyUses uses, CancellationToken cancellation)
    {
        // First: what is changed while the rest is read comes with another stamp, and is read again.
        var now = clock.GetUtcNow();
        var stamp = "";
        await foreach (var row in RowsAsync(session, AccessTables.State, ["stamp"], cancellation))
            stamp = row.GetString(0);
        if (known is not null && known.Stamp == stamp && now - known.ReadAt < TrustStampFor)
            return known;

        var secrets = await ReadSecretsAsync(session, TokenSigning, cancellation);
        var roles = await ReadRolesAsync(session, cancellation);
        var rights = new AccessSnapshot { Users = new Dictionary<string, UserEntry>(), ApiKeys = new Dictionary<Digest, ApiKeyEntry>(), SigningKeys = secrets, Roles = roles };
        var users = await ReadUsersAsync(session, rights, cancellation);
        return new()
        {
            Stamp = stamp,
            ReadAt = now,
            Users = users,
            ApiKeys = await ReadApiKeysAsync(session, rights, users, pepper, uses, cancellation),
            Clients = await ReadClientsAsync(session, rights, pepper, cancellation),
            Roles = roles,
            RevokedGrants = await ReadRevokedGrantsAsync(session, now, cancellation),
            SigningKeys = secrets,
        };
    }

    /// <summary>The secret of that purpose which all nodes share; made when there is none yet.</summary>
    public async Task<byte[]> SharedSecretAsync(Session session, string purpose, CancellationToken cancellation) =>
        (await EnsureSecretsAsync(session, purpose, AccessTables.Only, cancellation))[0].Secret;

    public Task EnsureSigningKeyAsync(Session session, CancellationToken cancellation) =>
        EnsureSecretsAsync(session, TokenSigning, RandomNumberGenerator.GetHexString(16, lowercase: true), cancellation);

    private async Task<Dictionary<string, Role>> ReadRolesAsync(Session session, CancellationToken cancellation)
    {
        var grants = new List<(string Role, string Set, SetGrant Grant)>();
        await foreach (var row in RowsAsync(session, AccessTables.Permissions,
            ["role_name", "entity_set", "can_read", "can_create", "can_update", "can_delete", "can_execute", "readable", "writable", "row_filter"], cancellation))
            grants.Add((row.GetString(0), row.GetString(1), RoleStore.GrantOf(dialect, row, 2)));
        var bySet = grants.ToLookup(each => each.Role, each => (each.Set, each.Grant), StringComparer.Ordinal);

        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(session, AccessTables.Roles, ["name", "has_all_rights", "description"], cancellation))
            roles[row.GetString(0)] = new(row.GetString(0), dialect.Values.Boolean(row, 1), [.. bySet[row.GetString(0)]], row.TextOrNull(2));
        return roles;
    }

    private async Task<Dictionary<string, UserEntry>> ReadUsersAsync(Session session, AccessSnapshot rights, CancellationToken cancellation)
    {
        var roles = await PairsAsync(session, AccessTables.UserRoles, cancellation);
        var claims = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(session, AccessTables.UserClaims, ["user_name", "claim", "value"], cancellation))
        {
            if (!claims.TryGetValue(row.GetString(0), out var own))
                claims[row.GetString(0)] = own = new(StringComparer.Ordinal);
            own[row.GetString(1)] = row.GetString(2);
        }

        var users = new Dictionary<string, UserEntry>(StringComparer.OrdinalIgnoreCase);
        await foreach (var row in RowsAsync(session, AccessTables.Users,
            ["name", "password_hash", "stamp", "locked_at", "must_change_password", "two_factor_since", "has_generated_password"], cancellation))
        {
            var (name, hash) = (row.GetString(0), row.GetString(1));
            var caller = rights.WithRoles(new(name, CallerKind.User), roles[name]);
            users[name] = new(claims.TryGetValue(name, out var own) ? caller with { Claims = own } : caller, hash, row.TextOrNull(2) ?? UserEntry.StampOf(hash))
            {
                IsLocked = !row.IsDBNull(3),
                MustChangePassword = dialect.Values.Boolean(row, 4),
                HasSecondFactor = !row.IsDBNull(5),
                HasGeneratedPassword = dialect.Values.Boolean(row, 6),
            };
        }
        return users;
    }

    private async Task<Dictionary<Digest, ApiKeyEntry>> ReadApiKeysAsync(
        Session session, AccessSnapshot rights, Dictionary<string, UserEntry> users, Pepper pepper, ApiKeyUses uses, CancellationToken cancellation)
    {
        var roles = await PairsAsync(session, AccessTables.ApiKeyRoles, cancellation);
        var keys = new Dictionary<string, ApiKeyEntry>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(session, AccessTables.ApiKeys, ["name", "valid_to", "owner_name", "scopes", "addresses", "requests_per_minute"], cancellation))
        {
            var name = row.GetString(0);
            var owner = row.TextOrNull(2) is { } ownerName ? users.GetValueOrDefault(ownerName) : null;
            // A key does not outlive its owner, nor their lock.
            if (!row.IsDBNull(2) && owner is not { IsLocked: false })
                continue;
            var caller = rights.WithRoles(new(name, CallerKind.ApiKey), owner?.Caller.Roles ?? roles[name]);
            caller = caller with { Permissions = caller.Permissions.NarrowedTo(Scopes.FromJson(row.GetString(3))), RequestsPerMinute = row.IsDBNull(5) ? null : dialect.Values.Int32(row, 5) };
            keys[name] = new(owner is null ? caller : caller with { Claims = owner.Caller.Claims }, dialect.InstantOrNull(row, 1))
            {
                Addresses = Networks.FromJson(row.GetString(4)),
                Use = uses.Of(name),
            };
        }

        var values = new Dictionary<Digest, ApiKeyEntry>();
        await foreach (var (hash, name, validTo) in ValuesAsync(session, AccessTables.ApiKeyValues, pepper, cancellation))
            if (keys.TryGetValue(name, out var key))
                values[hash] = validTo is { } end && !(key.ValidTo < end) ? key with { ValidTo = end } : key;
        return values;
    }

    private async Task<Dictionary<string, ClientEntry>> ReadClientsAsync(Session session, AccessSnapshot rights, Pepper pepper, CancellationToken cancellation)
    {
        var roles = await PairsAsync(session, AccessTables.ClientRoles, cancellation);
        var secrets = new Dictionary<string, Dictionary<Digest, DateTimeOffset?>>(StringComparer.Ordinal);
        await foreach (var (hash, id, validTo) in ValuesAsync(session, AccessTables.ClientSecrets, pepper, cancellation))
        {
            if (!secrets.TryGetValue(id, out var own))
                secrets[id] = own = [];
            own[hash] = validTo;
        }

        var clients = new Dictionary<string, ClientEntry>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(session, AccessTables.Clients, ["id", "scopes", "stamp", "locked_at"], cancellation))
        {
            var (id, scopes) = (row.GetString(0), Scopes.FromJson(row.GetString(1)));
            var caller = rights.WithRoles(new(id, CallerKind.Client), roles[id]);
            clients[id] = new(caller with { Permissions = caller.Permissions.NarrowedTo(scopes) }, scopes, row.GetString(2), !row.IsDBNull(3), secrets.GetValueOrDefault(id) ?? []);
        }
        return clients;
    }

    private async Task<HashSet<Guid>> ReadRevokedGrantsAsync(Session session, DateTimeOffset now, CancellationToken cancellation)
    {
        var (id, revoked, expires) = (AccessTables.Grants.Column("id")!, AccessTables.Grants.Column("revoked_at")!, AccessTables.Grants.Column("expires_at")!);
        // An access token can outlive its sign-in, by no more than a day.
        SqlParameter instant = new(expires.Type, now - TimeSpan.FromDays(1));
        var grants = new HashSet<Guid>();
        await using var rows = await session.ReadAsync(
            dialect.Compose($"SELECT {id} FROM {AccessTables.Grants} WHERE {revoked} IS NOT NULL AND {expires} > {instant}"), cancellation);
        while (await rows.ReadAsync(cancellation))
            grants.Add(dialect.Values.Guid(rows, 0));
        return grants;
    }

    /// <summary>Hashes under another pepper can match nothing; those of release 0.3, which have none, get one on their way.</summary>
    private async IAsyncEnumerable<(Digest Hash, string Of, DateTimeOffset? ValidTo)> ValuesAsync(
        Session session, TableSchema table, Pepper pepper, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(session, table, ["hash", "pepper", table.ForeignKeys[0].Columns[0], "valid_to"], cancellation))
        {
            var (hash, under) = (Digest.Parse(row.GetString(0)), row.TextOrNull(1));
            if (under is null || under == pepper.Id)
                yield return (under is null ? pepper.OfPlain(hash) : hash, row.GetString(2), dialect.InstantOrNull(row, 3));
        }
    }

    private async Task<ILookup<string, string>> PairsAsync(Session session, TableSchema table, CancellationToken cancellation)
    {
        var pairs = new List<(string Of, string Role)>();
        await foreach (var row in RowsAsync(session, table, [.. table.PrimaryKey], cancellation))
            pairs.Add((row.GetString(0), row.GetString(1)));
        return pairs.ToLookup(pair => pair.Of, pair => pair.Role, StringComparer.Ordinal);
    }

    /// <summary>Two nodes that start at once may both add one. Neither is lost, and the order is the same for both.</summary>
    private async Task<IReadOnlyList<SigningKey>> EnsureSecretsAsync(Session session, string purpose, string id, CancellationToken cancellation)
    {
        var found = await ReadSecretsAsync(session, purpose, cancellation);
        if (found.Count > 0)
            return found;
        try
        {
            await session.InsertAsync(dialect, AccessTables.SharedSecrets, ["purpose", "id", "value", "created_at"],
                [purpose, id, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), clock.GetUtcNow()], cancellation);
        }
        catch (DbException exception) when (dialect.Classify(exception) == Failure.UniqueViolation)
        {
            // Another node was first.
        }
        return await ReadSecretsAsync(session, purpose, cancellation);
    }

    private async Task<IReadOnlyList<SigningKey>> ReadSecretsAsync(Session session, string purpose, CancellationToken cancellation)
    {
        var keys = new List<(DateTimeOffset CreatedAt, SigningKey Key)>();
        await foreach (var row in session.RowsAsync(dialect, AccessTables.SharedSecrets, ["id", "value", "created_at"], [("purpose", purpose)], cancellation))
            keys.Add((dialect.Values.DateTimeOffset(row, 2), new(row.GetString(0), Convert.FromBase64String(row.GetString(1)))));
        return [.. keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Key.Id, StringComparer.Ordinal).Select(key => key.Key)];
    }

    private IAsyncEnumerable<DbDataReader> RowsAsync(Session session, TableSchema table, string[] columns, CancellationToken cancellation) =>
        session.RowsAsync(dialect, table, columns, [], cancellation);
}
