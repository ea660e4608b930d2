using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>A response that is being made, or has been.</summary>
/// <param name="Status">Null while the request runs.</param>
/// <param name="TouchedAt">The last sign of life of a request that runs; the end of one that does not.</param>
internal sealed record KeptResponse(string Id, int? Status, IReadOnlyList<KeyValuePair<string, string>> Headers, DateTimeOffset TouchedAt);

/// <summary>
/// Reads and writes <see cref="ResponseTables"/>. A response belongs to the caller that asked for it; for everybody else it does not exist.
/// </summary>
internal sealed class KeptResponses(Database database, TimeProvider clock)
{
    private readonly Dialect _dialect = database.Dialect;

    /// <summary>An identifier that nobody can guess.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public async Task CreateAsync(string id, Caller caller, string subject, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        foreach (var statement in _dialect.Insert(
            ResponseTables.Responses, ["id", "caller", "state", "touched_at", "started_at", "subject"],
            [[id, Owner(caller), ResponseTables.Running, clock.GetUtcNow(), clock.GetUtcNow(), subject.Length > 1000 ? subject[..1000] : subject]]))
            await session.ExecuteAsync(statement, cancellation);
    }

    /// <summary>The response with this identifier, if it is the caller's.</summary>
    public async Task<KeptResponse?> FindAsync(string id, Caller caller, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var statement = _dialect.Select(ResponseTables.Responses, ["status", "headers", "touched_at"], [("id", id), ("caller", Owner(caller))]);
        await using var row = await session.ReadAsync(statement, cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        return new(
            id,
            row.IsDBNull(0) ? null : _dialect.Values.Int32(row, 0),
            row.IsDBNull(1) ? [] : JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(_dialect.Values.String(row, 1))!,
            _dialect.Values.DateTimeOffset(row, 2));
    }

    /// <summary>A sign of life. False: the response was removed, nobody waits for it any more.</summary>
    public async Task<bool> TouchAsync(string id, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ExecuteAsync(Touch(id), cancellation) == 1;
    }

    /// <summary>One more piece of the body. False as for <see cref="TouchAsync"/>.</summary>
    public async Task<bool> AppendAsync(string id, int position, byte[] content, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await session.BeginAsync(cancellation);
        // The row first: whoever removes the response waits here, and leaves no piece behind.
        if (await session.ExecuteAsync(Touch(id), cancellation) == 0)
            return false;
        foreach (var statement in _dialect.Insert(ResponseTables.Chunks, ["response", "position", "content"], [[id, position, content]]))
            await session.ExecuteAsync(statement, cancellation);
        await session.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Takes back the pieces that were kept so far: another response takes their place.</summary>
    public async Task DiscardAsync(string id, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await session.ExecuteAsync(_dialect.Delete(ResponseTables.Chunks, [("response", id)]), cancellation);
    }

    public async Task CompleteAsync(string id, int status, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await session.ExecuteAsync(
            _dialect.Update(
                ResponseTables.Responses,
                [("state", ResponseTables.Complete), ("status", status), ("headers", JsonSerializer.Serialize(headers)), ("touched_at", clock.GetUtcNow())],
                [("id", id)]),
            cancellation);
    }

    /// <summary>Copies the body, piece by piece.</summary>
    public async Task CopyBodyAsync(string id, PipeWriter target, CancellationToken cancellation)
    {
        var (response, position, content) = (Named(ResponseTables.Chunks, "response"), Named(ResponseTables.Chunks, "position"), Named(ResponseTables.Chunks, "content"));
        await using var session = await database.OpenAsync(cancellation);
        var statement = _dialect.Compose(
            $"SELECT {content} FROM {ResponseTables.Chunks} WHERE {response} = {new SqlParameter(response.Type, id)} ORDER BY {position}");
        await using var rows = await session.ReadAsync(statement, cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            target.Write(_dialect.Values.Binary(rows, 0));
            await target.FlushAsync(cancellation);
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await session.BeginAsync(cancellation);
        await RemoveAsync(session, id, cancellation);
        await session.CommitAsync(cancellation);
    }

    /// <summary>The same in a transaction that is open.</summary>
    public async Task RemoveAsync(Session session, string id, CancellationToken cancellation)
    {
        await session.ExecuteAsync(_dialect.Delete(ResponseTables.Responses, [("id", id)]), cancellation);
        await session.ExecuteAsync(_dialect.Delete(ResponseTables.Chunks, [("response", id)]), cancellation);
    }

    /// <summary>Removes what was touched last before <paramref name="limit"/>.</summary>
    public async Task ExpireAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var (id, touched, response) = (Named(ResponseTables.Responses, "id"), Named(ResponseTables.Responses, "touched_at"), Named(ResponseTables.Chunks, "response"));
        var parameter = new SqlParameter(touched.Type, limit);
        await using var session = await database.OpenAsync(cancellation);
        await session.BeginAsync(cancellation);
        await session.ExecuteAsync(
            _dialect.Compose($"DELETE FROM {ResponseTables.Chunks} WHERE {response} IN (SELECT {id} FROM {ResponseTables.Responses} WHERE {touched} < {parameter})"),
            cancellation);
        await session.ExecuteAsync(_dialect.Compose($"DELETE FROM {ResponseTables.Responses} WHERE {touched} < {parameter}"), cancellation);
        await session.CommitAsync(cancellation);
    }

    private Statement Touch(string id) =>
        _dialect.Update(ResponseTables.Responses, [("touched_at", clock.GetUtcNow())], [("id", id), ("state", ResponseTables.Running)]);

    private static ColumnSchema Named(TableSchema table, string column) => table.Column(column)!;

    private static string Owner(Caller caller) => $"{caller.Kind}:{caller.Name}";
}
