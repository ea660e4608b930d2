using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Access;

/// <summary>An API key as it can be shown: never the key itself.</summary>
public sealed record ApiKeyInfo(string Name, string LastCharacters, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ValidTo);

/// <summary>Reads and writes the tables of <see cref="AccessTables"/>. Each method does its work in the session that it is given.</summary>
public sealed class AccessStore(Dialect dialect, TimeProvider clock)
{
    private const string TokenSigning = "token-signing";
    /// <summary>The id of a secret that there is one of. Of two nodes that start at once only one can store it, and both use that one.</summary>
    private const string Only = "only";

    public async Task<AccessSnapshot> ReadAsync(Session session, CancellationToken cancellation)
    {
        var users = new Dictionary<string, UserEntry>(StringComparer.OrdinalIgnoreCase);
        await foreach (var row in RowsAsync(session, AccessTables.Users, ["name", "password_hash"], cancellation))
            users[row.GetString(0)] = UserEntry.Of(row.GetString(0), row.GetString(1));

        var keys = new Dictionary<Digest, ApiKeyEntry>();
        await foreach (var row in RowsAsync(session, AccessTables.ApiKeys, ["hash", "name", "valid_to"], cancellation))
            keys[Digest.Parse(row.GetString(0))] = new(new Caller(row.GetString(1), CallerKind.ApiKey), InstantOrNull(row, 2));

        return new() { Users = users, ApiKeys = keys, SigningKeys = await ReadSecretsAsync(session, TokenSigning, cancellation) };
    }

    public async Task<bool> HasUsersAsync(Session session, CancellationToken cancellation)
    {
        await foreach (var _ in RowsAsync(session, AccessTables.Users, ["name"], cancellation))
            return true;
        return false;
    }

    /// <exception cref="DbException">A user of that name exists; <see cref="Dialect.Classify"/> tells.</exception>
    public Task AddUserAsync(Session session, string name, string password, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return InsertAsync(session, AccessTables.Users, ["name", "password_hash", "created_at", "changed_at"],
            [name, PasswordHash.Create(password), now, now], cancellation);
    }

    /// <summary>Stores a new key and returns it: the only time that it exists in clear.</summary>
    /// <exception cref="DbException">A key of that name exists; <see cref="Dialect.Classify"/> tells.</exception>
    public async Task<string> CreateApiKeyAsync(Session session, string name, DateTimeOffset? validTo, Caller createdBy, CancellationToken cancellation)
    {
        var key = Secrets.ApiKey();
        await InsertAsync(session, AccessTables.ApiKeys, ["name", "hash", "last_characters", "created_at", "created_by", "valid_to"],
            [name, Digest.Of(key).ToString(), key[^4..], clock.GetUtcNow(), createdBy.Name, validTo?.ToUniversalTime()], cancellation);
        return key;
    }

    /// <summary>In order of their names.</summary>
    public async Task<IReadOnlyList<ApiKeyInfo>> ListApiKeysAsync(Session session, CancellationToken cancellation)
    {
        var keys = new List<ApiKeyInfo>();
        await foreach (var row in RowsAsync(session, AccessTables.ApiKeys, ["name", "last_characters", "created_at", "created_by", "valid_to"], cancellation))
            keys.Add(new(row.GetString(0), row.GetString(1), dialect.Values.DateTimeOffset(row, 2), row.GetString(3), InstantOrNull(row, 4)));
        return [.. keys.OrderBy(key => key.Name, StringComparer.Ordinal)];
    }

    /// <returns>False when there is no such key.</returns>
    public async Task<bool> RevokeApiKeyAsync(Session session, string name, CancellationToken cancellation) =>
        await session.ExecuteAsync(dialect.Delete(AccessTables.ApiKeys, [("name", name)]), cancellation) > 0;

    /// <summary>The secret of that purpose which all nodes share; made when there is none yet.</summary>
    public async Task<byte[]> SharedSecretAsync(Session session, string purpose, CancellationToken cancellation) =>
        (await EnsureSecretsAsync(session, purpose, Only, cancellation))[0].Secret;

    public Task EnsureSigningKeyAsync(Session session, CancellationToken cancellation) =>
        EnsureSecretsAsync(session, TokenSigning, RandomNumberGenerator.GetHexString(16, lowercase: true), cancellation);

    /// <summary>Two nodes that start at once may both add one. Neither is lost, and the order is the same for both.</summary>
    private async Task<IReadOnlyList<SigningKey>> EnsureSecretsAsync(Session session, string purpose, string id, CancellationToken cancellation)
    {
        var found = await ReadSecretsAsync(session, purpose, cancellation);
        if (found.Count > 0)
            return found;
        try
        {
            await InsertAsync(session, AccessTables.SharedSecrets, ["purpose", "id", "value", "created_at"],
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
        await foreach (var row in RowsAsync(session, AccessTables.SharedSecrets, ["purpose", "id", "value", "created_at"], cancellation))
            if (row.GetString(0) == purpose)
                keys.Add((dialect.Values.DateTimeOffset(row, 3), new(row.GetString(1), Convert.FromBase64String(row.GetString(2)))));
        return [.. keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Key.Id, StringComparer.Ordinal).Select(key => key.Key)];
    }

    private async Task InsertAsync(Session session, TableSchema table, string[] columns, object?[] values, CancellationToken cancellation)
    {
        foreach (var statement in dialect.Insert(table, columns, [values]))
            await session.ExecuteAsync(statement, cancellation);
    }

    private DateTimeOffset? InstantOrNull(DbDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null : dialect.Values.DateTimeOffset(row, ordinal);

    private async IAsyncEnumerable<DbDataReader> RowsAsync(
        Session session, TableSchema table, string[] columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = await session.ReadAsync(dialect.Select(table, columns, []), cancellation);
        while (await rows.ReadAsync(cancellation))
            yield return rows;
    }
}
