using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Access;

/// <summary>An API key as it can be shown: never the key itself.</summary>
public sealed record ApiKeyInfo(string Name, string LastCharacters, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ValidTo);

/// <summary>Reads and writes the tables of <see cref="AccessTables"/>. Each method does its work in the session that it is given.</summary>
public sealed class AccessStore(Dialect dialect, TimeProvider clock)
{
    private const string TokenSigning = "token-signing";

    public async Task<AccessSnapshot> ReadAsync(Session session, CancellationToken cancellation)
    {
        var users = new Dictionary<string, UserEntry>(StringComparer.OrdinalIgnoreCase);
        await foreach (var row in RowsAsync(session, "SELECT name, password_hash FROM backend_user", cancellation))
            users[row.GetString(0)] = UserEntry.Of(row.GetString(0), row.GetString(1));

        var keys = new Dictionary<Digest, ApiKeyEntry>();
        await foreach (var row in RowsAsync(session, "SELECT hash, name, valid_to FROM backend_api_key", cancellation))
            keys[Digest.Parse(row.GetString(0))] = new(new Caller(row.GetString(1), CallerKind.ApiKey), InstantOrNull(row, 2));

        return new() { Users = users, ApiKeys = keys, SigningKeys = await ReadSecretsAsync(session, TokenSigning, cancellation) };
    }

    public static async Task<bool> HasUsersAsync(Session session, CancellationToken cancellation)
    {
        await foreach (var _ in RowsAsync(session, "SELECT name FROM backend_user", cancellation))
            return true;
        return false;
    }

    /// <exception cref="DbException">A user of that name exists; <see cref="Dialect.Classify"/> tells.</exception>
    public async Task AddUserAsync(Session session, string name, string password, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await session.ExecuteAsync(Write(AccessTables.Users, "INSERT INTO backend_user (name, password_hash, created_at, changed_at) VALUES ({0}, {1}, {2}, {3})",
            ("name", name), ("password_hash", PasswordHash.Create(password)), ("created_at", now), ("changed_at", now)), cancellation);
    }

    /// <summary>Stores a new key and returns it: the only time that it exists in clear.</summary>
    /// <exception cref="DbException">A key of that name exists; <see cref="Dialect.Classify"/> tells.</exception>
    public async Task<string> CreateApiKeyAsync(Session session, string name, DateTimeOffset? validTo, Caller createdBy, CancellationToken cancellation)
    {
        var key = Secrets.ApiKey();
        await session.ExecuteAsync(Write(AccessTables.ApiKeys,
            "INSERT INTO backend_api_key (name, hash, last_characters, created_at, created_by, valid_to) VALUES ({0}, {1}, {2}, {3}, {4}, {5})",
            ("name", name), ("hash", Digest.Of(key).ToString()), ("last_characters", key[^4..]),
            ("created_at", clock.GetUtcNow()), ("created_by", createdBy.Name), ("valid_to", validTo?.ToUniversalTime())), cancellation);
        return key;
    }

    public async Task<IReadOnlyList<ApiKeyInfo>> ListApiKeysAsync(Session session, CancellationToken cancellation)
    {
        var keys = new List<ApiKeyInfo>();
        await foreach (var row in RowsAsync(session,
            "SELECT name, last_characters, created_at, created_by, valid_to FROM backend_api_key ORDER BY name", cancellation))
            keys.Add(new(row.GetString(0), row.GetString(1), dialect.Values.DateTimeOffset(row, 2), row.GetString(3), InstantOrNull(row, 4)));
        return keys;
    }

    /// <returns>False when there is no such key.</returns>
    public async Task<bool> RevokeApiKeyAsync(Session session, string name, CancellationToken cancellation) =>
        await session.ExecuteAsync(Write(AccessTables.ApiKeys, "DELETE FROM backend_api_key WHERE name = {0}", ("name", name)), cancellation) > 0;

    /// <summary>The secret of that purpose which all nodes share; made when there is none yet.</summary>
    public async Task<byte[]> SharedSecretAsync(Session session, string purpose, CancellationToken cancellation) =>
        (await EnsureSecretsAsync(session, purpose, cancellation))[0].Secret;

    public Task EnsureSigningKeyAsync(Session session, CancellationToken cancellation) => EnsureSecretsAsync(session, TokenSigning, cancellation);

    /// <summary>Two nodes that start at once may both add one. Neither is lost, and the order is the same for both.</summary>
    private async Task<IReadOnlyList<SigningKey>> EnsureSecretsAsync(Session session, string purpose, CancellationToken cancellation)
    {
        var found = await ReadSecretsAsync(session, purpose, cancellation);
        if (found.Count > 0)
            return found;
        await session.ExecuteAsync(Write(AccessTables.SharedSecrets, "INSERT INTO backend_secret (purpose, id, value, created_at) VALUES ({0}, {1}, {2}, {3})",
            ("purpose", purpose), ("id", RandomNumberGenerator.GetHexString(16, lowercase: true)),
            ("value", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), ("created_at", clock.GetUtcNow())), cancellation);
        return await ReadSecretsAsync(session, purpose, cancellation);
    }

    private static async Task<IReadOnlyList<SigningKey>> ReadSecretsAsync(Session session, string purpose, CancellationToken cancellation)
    {
        var keys = new List<SigningKey>();
        await foreach (var row in RowsAsync(session, "SELECT purpose, id, value FROM backend_secret ORDER BY created_at, id", cancellation))
            if (row.GetString(0) == purpose)
                keys.Add(new(row.GetString(1), Convert.FromBase64String(row.GetString(2))));
        return keys;
    }

    /// <summary>Puts the dialect's parameters, in the form in which the columns store them, where the text has its numbered holes.</summary>
    private Statement Write(TableSchema table, string text, params ReadOnlySpan<(string Column, object? Value)> values)
    {
        var parameters = new SqlParameter[values.Length];
        var holes = new object[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var type = table.Column(values[i].Column)!.Type;
            parameters[i] = new(type, values[i].Value);
            var name = new StringBuilder();
            dialect.AppendParameter(name, i);
            holes[i] = string.Format(CultureInfo.InvariantCulture, dialect.Stored(type), name);
        }
        return new(string.Format(CultureInfo.InvariantCulture, text, holes), parameters);
    }

    private DateTimeOffset? InstantOrNull(DbDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null : dialect.Values.DateTimeOffset(row, ordinal);

    private static async IAsyncEnumerable<DbDataReader> RowsAsync(
        Session session, string text, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = text;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return reader;
    }
}
