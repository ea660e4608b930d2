using System.Net;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Keys;

/// <summary>An API key as it can be shown: never the key itself.</summary>
/// <param name="LastCharacters">Of every value that is still good, the newest first.</param>
public sealed record ApiKeyInfo(
    string Name, IReadOnlyList<string> LastCharacters, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ValidTo, string? Owner, Scopes Scopes,
    IReadOnlyList<IPNetwork> Addresses, int? RequestsPerMinute, DateTimeOffset? LastUsedAt, IReadOnlyList<string> Roles);

/// <summary>What an API key may do, and from where.</summary>
/// <param name="Owner">The user for whom it acts; null gives it <paramref name="Roles"/> of its own.</param>
/// <param name="ValidTo">Exclusive; null never expires.</param>
/// <param name="Addresses">From where it may be used; empty is from everywhere.</param>
public sealed record NewApiKey(string Name, DateTimeOffset? ValidTo = null)
{
    public string? Owner { get; init; }
    public IReadOnlyCollection<string> Roles { get; init; } = [];
    public Scopes Scopes { get; init; } = Scopes.All;
    public IReadOnlyList<IPNetwork> Addresses { get; init; } = [];
    public int? RequestsPerMinute { get; init; }
}

/// <summary>Keeps API keys. A change is seen by every node within two seconds.</summary>
public sealed class ApiKeyStore(Dialect dialect, Pepper pepper, TimeProvider clock)
{
    /// <summary>Stores a new key and returns it: the only time that it exists in clear.</summary>
    /// <exception cref="ServiceException">
    /// <see cref="Errors.Conflict"/>: there is such a key; <see cref="Errors.InvalidValue"/>: a value cannot be taken; <see cref="Errors.ReferenceNotFound"/>: there is no such owner or role.
    /// </exception>
    public Task<string> CreateAsync(Session session, NewApiKey key, Caller createdBy, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            Names.Check(key.Name);
            Check(key);
            if (await session.AnyAsync(dialect, AccessTables.ApiKeys, [("name", key.Name)], cancellation))
                throw new ServiceException(Errors.Conflict, $"There is a key named '{key.Name}'. Revoke it first, or choose another name.", "name");
            await session.InsertAsync(dialect, AccessTables.ApiKeys,
                ["name", "created_at", "created_by", "valid_to", "owner_name", "scopes", "addresses", "requests_per_minute"],
                [
                    key.Name, clock.GetUtcNow(), createdBy.Name, key.ValidTo?.ToUniversalTime(), await OwnerAsync(session, key, cancellation), key.Scopes.ToJson(),
                    Networks.ToJson(key.Addresses), key.RequestsPerMinute,
                ], cancellation);
            await RoleStore.SetAsync(session, dialect, AccessTables.ApiKeyRoles, key.Name, key.Roles, cancellation);
            return await AddValueAsync(session, key.Name, cancellation);
        }, cancellation);

    /// <summary>Everything but the name and the values.</summary>
    public Task UpdateAsync(Session session, NewApiKey key, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            Check(key);
            await FindAsync(session, key.Name, cancellation);
            await session.ExecuteAsync(dialect.Update(AccessTables.ApiKeys,
                [
                    ("valid_to", key.ValidTo?.ToUniversalTime()), ("owner_name", await OwnerAsync(session, key, cancellation)), ("scopes", key.Scopes.ToJson()),
                    ("addresses", Networks.ToJson(key.Addresses)), ("requests_per_minute", key.RequestsPerMinute),
                ], [("name", key.Name)]), cancellation);
            await RoleStore.SetAsync(session, dialect, AccessTables.ApiKeyRoles, key.Name, key.Roles, cancellation);
        }, cancellation);

    /// <summary>
    /// Gives the key another value and returns it. The one that was good until now stays good for <paramref name="overlap"/>, so that every program
    /// that uses it can be changed in between; one from an earlier rotation ends at once.
    /// </summary>
    public Task<string> RotateAsync(Session session, string name, TimeSpan overlap, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, name, cancellation);
            await RotateAsync(session, dialect, AccessTables.ApiKeyValues, name, overlap, clock.GetUtcNow(), cancellation);
            return await AddValueAsync(session, name, cancellation);
        }, cancellation);

    /// <returns>False when there is no such key.</returns>
    public Task<bool> RevokeAsync(Session session, string name, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, () => DeleteAsync(session, dialect, name, cancellation), cancellation);

    /// <summary>In order of their names.</summary>
    public async Task<IReadOnlyList<ApiKeyInfo>> ListAsync(Session session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var values = new List<(string Of, string LastCharacters, DateTimeOffset CreatedAt)>();
        await foreach (var row in session.RowsAsync(dialect, AccessTables.ApiKeyValues, ["key_name", "last_characters", "created_at", "valid_to"], [], cancellation))
            if (dialect.InstantOrNull(row, 3) is not { } end || end > now)
                values.Add((row.GetString(0), row.GetString(1), dialect.Values.DateTimeOffset(row, 2)));
        var newestFirst = values.OrderByDescending(value => value.CreatedAt).ToLookup(value => value.Of, value => value.LastCharacters, StringComparer.Ordinal);
        var roles = new List<(string Of, string Role)>();
        await foreach (var row in session.RowsAsync(dialect, AccessTables.ApiKeyRoles, ["key_name", "role_name"], [], cancellation))
            roles.Add((row.GetString(0), row.GetString(1)));

        var keys = new List<ApiKeyInfo>();
        await foreach (var row in session.RowsAsync(dialect, AccessTables.ApiKeys,
            ["name", "created_at", "created_by", "valid_to", "owner_name", "scopes", "addresses", "requests_per_minute", "last_used_at"], [], cancellation))
            keys.Add(new(row.GetString(0), [.. newestFirst[row.GetString(0)]], dialect.Values.DateTimeOffset(row, 1), row.GetString(2), dialect.InstantOrNull(row, 3), row.TextOrNull(4),
                Scopes.FromJson(row.GetString(5)), Networks.FromJson(row.GetString(6)), row.IsDBNull(7) ? null : dialect.Values.Int32(row, 7), dialect.InstantOrNull(row, 8),
                [.. roles.Where(each => each.Of == row.GetString(0)).Select(each => each.Role).Order(StringComparer.Ordinal)]));
        return [.. keys.OrderBy(key => key.Name, StringComparer.Ordinal)];
    }

    /// <summary>Part of a change of its own.</summary>
    internal static async Task<bool> DeleteAsync(Session session, Dialect dialect, string name, CancellationToken cancellation)
    {
        await session.ExecuteAsync(dialect.Delete(AccessTables.ApiKeyRoles, [("key_name", name)]), cancellation);
        await session.ExecuteAsync(dialect.Delete(AccessTables.ApiKeyValues, [("key_name", name)]), cancellation);
        return await session.ExecuteAsync(dialect.Delete(AccessTables.ApiKeys, [("name", name)]), cancellation) > 0;
    }

    /// <summary>Lets the value that has no end yet end after the overlap, and ends all others.</summary>
    internal static async Task RotateAsync(
        Session session, Dialect dialect, TableSchema table, string of, TimeSpan overlap, DateTimeOffset now, CancellationToken cancellation)
    {
        if (overlap < TimeSpan.Zero || overlap > TimeSpan.FromDays(365))
            throw new ServiceException(Errors.OutOfRange, "The overlap is a duration of at most a year.", "overlap");
        var known = new List<(string Hash, bool Ends)>();
        await foreach (var row in session.RowsAsync(dialect, table, ["hash", "valid_to"], [(table.ForeignKeys[0].Columns[0], of)], cancellation))
            known.Add((row.GetString(0), !row.IsDBNull(1)));
        foreach (var (hash, ends) in known)
            await session.ExecuteAsync(ends || overlap == TimeSpan.Zero ? dialect.Delete(table, [("hash", hash)]) : dialect.Update(table, [("valid_to", now + overlap)], [("hash", hash)]), cancellation);
    }

    private async Task<string> AddValueAsync(Session session, string name, CancellationToken cancellation)
    {
        var key = Secrets.ApiKey();
        await session.InsertAsync(dialect, AccessTables.ApiKeyValues, ["hash", "pepper", "key_name", "last_characters", "created_at"],
            [pepper.Hash(key).ToString(), pepper.Id, name, key[^4..], clock.GetUtcNow()], cancellation);
        return key;
    }

    private static void Check(NewApiKey key)
    {
        if (key.Owner is not null && key.Roles.Count > 0)
            throw new ServiceException(Errors.InvalidValue, "A key acts for its owner, or has roles of its own: not both.", "roles");
        if (key.RequestsPerMinute is < 1)
            throw new ServiceException(Errors.OutOfRange, "At least one request in a minute is expected, or null for no limit.", "requestsPerMinute");
    }

    /// <summary>The name of the user as it is stored.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.ReferenceNotFound"/></exception>
    internal async Task<string> FindOwnerAsync(Session session, string name, CancellationToken cancellation)
    {
        var owner = name.ToLowerInvariant();
        return await session.AnyAsync(dialect, AccessTables.Users, [("name", owner)], cancellation)
            ? owner
            : throw new ServiceException(Errors.ReferenceNotFound, $"There is no user '{name}'.", "owner");
    }

    /// <summary>Asked at the end of a change of owners or roles.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.Conflict"/></exception>
    internal async Task CheckOwnersAsync(Session session, CancellationToken cancellation)
    {
        var (name, owner, of) = (AccessTables.ApiKeys.Column("name")!, AccessTables.ApiKeys.Column("owner_name")!, AccessTables.ApiKeyRoles.Columns[0]);
        await using var rows = await session.ReadAsync(
            dialect.Compose($"SELECT k.{name} FROM {AccessTables.ApiKeys} k JOIN {AccessTables.ApiKeyRoles} r ON r.{of} = k.{name} WHERE k.{owner} IS NOT NULL"), cancellation);
        if (await rows.ReadAsync(cancellation))
            throw new ServiceException(Errors.Conflict, "A key acts for its owner, or has roles of its own: not both. Take the one away first.");
    }

    private async Task<string?> OwnerAsync(Session session, NewApiKey key, CancellationToken cancellation) =>
        key.Owner is { } owner ? await FindOwnerAsync(session, owner, cancellation) : null;

    private async Task FindAsync(Session session, string name, CancellationToken cancellation)
    {
        if (!await session.AnyAsync(dialect, AccessTables.ApiKeys, [("name", name)], cancellation))
            throw new ServiceException(Errors.EntityNotFound, $"There is no key named '{name}'.");
    }
}
