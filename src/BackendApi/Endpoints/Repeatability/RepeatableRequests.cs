using System.Text.Json;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Repeatability;

using Stream = System.IO.Stream;

/// <summary>
/// Carries a repeatable request out once: its identifier is claimed and its answer is kept in the transaction that makes its change, so either all of
/// them are there or none. Whoever comes again with the identifier waits for the first, and then gets the answer that the first got.
/// </summary>
internal sealed class RepeatableRequests(Dialect dialect, ODataSettings settings, TimeProvider clock)
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>One in so many requests removes what is older than the retention, a little at a time.</summary>
    private const int ClaimsPerExpiry = 256;

    private static readonly string[] Key = ["client", "request_id", "part"];

    private int _claims;

    public RepeatableId? Read(HttpContext context) => RepeatableId.Read(context, Oldest);

    private DateTimeOffset Oldest => clock.GetUtcNow() - TimeSpan.FromDays(settings.RepeatabilityDays);

    /// <summary>Claims the identifier, or finds the answer that it got.</summary>
    /// <param name="session">In its transaction. Of a request on its own it begins again when somebody else claimed the identifier meanwhile.</param>
    /// <param name="part">The number of the request among those of its change set that carry the identifier.</param>
    /// <returns>Null: the request is the first, and is carried out now.</returns>
    /// <exception cref="ServiceException">The identifier was used for something else: 422 for an idempotency key, else 400. 503: another change set with it is under way.</exception>
    public async Task<KeptAnswer?> ClaimAsync(HttpContext context, RequestSession session, Caller caller, RepeatableId id, int part)
    {
        var cancellation = context.RequestAborted;
        var claim = new Claim(Owner(caller), id.Value, part);
        context.Response.Headers[RepeatableId.Result] = "accepted";
        if (await FindAsync(session.Session, claim, id, context) is { } known)
            return known;
        if (part == 0 && Interlocked.Increment(ref _claims) % ClaimsPerExpiry == 0)
            await ExpireAsync(session.Session, cancellation);
        try
        {
            foreach (var statement in dialect.Insert(RepeatableTables.Requests, [.. Key, "subject", "created_at"], [[claim.Client, claim.Id, part, id.Subject, clock.GetUtcNow()]]))
                await session.Session.ExecuteAsync(statement, cancellation);
            return null;
        }
        // The one that came first has committed while this one waited for it.
        catch (Exception taken) when (dialect.Classify(taken) == Failure.UniqueViolation)
        {
            if (session.IsInChangeSet)
                throw new ServiceException(Errors.DatabaseUnavailable, "The same change set was under way. Send it again, for the answer that it got.");
            await session.Session.RollbackAsync();
            await session.Session.BeginAsync(cancellation);
            return await FindAsync(session.Session, claim, id, context);
        }
    }

    /// <summary>Keeps the answer.</summary>
    /// <param name="body">From its beginning.</param>
    public async Task KeepAsync(HttpContext context, Session session, Caller caller, RepeatableId id, int part, Stream body, CancellationToken cancellation)
    {
        var claim = new Claim(Owner(caller), id.Value, part);
        var response = context.Response;
        var headers = response.Headers.Where(header => !IsOfConnection(header.Key)).Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).ToArray();
        await session.ExecuteAsync(
            dialect.Update(RepeatableTables.Requests, [("status", response.StatusCode), ("headers", JsonSerializer.Serialize(headers))], claim.Where), cancellation);
        var buffer = new byte[(int)Math.Min(ChunkBytes, Math.Max(body.Length, 1))];
        for (var position = 0; await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is > 0 and var read; position++)
            foreach (var statement in dialect.Insert(RepeatableTables.Chunks, [.. Key, "position", "content"], [[claim.Client, claim.Id, part, position, buffer[..read]]]))
                await session.ExecuteAsync(statement, cancellation);
    }

    /// <summary>Answers as the first time.</summary>
    public async Task ReplayAsync(HttpContext context, Session session, KeptAnswer answer, CancellationToken cancellation)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        var (client, request, part, position, content) = (Of("client"), Of("request_id"), Of("part"), Of("position"), Of("content"));
        var statement = dialect.Compose(
            $"SELECT {content} FROM {RepeatableTables.Chunks} WHERE {client} = {new SqlParameter(client.Type, answer.Claim.Client)} AND {request} = {new SqlParameter(request.Type, answer.Claim.Id)} AND {part} = {new SqlParameter(part.Type, answer.Claim.Part)} ORDER BY {position}");
        await using var rows = await session.ReadAsync(statement, cancellation);
        while (await rows.ReadAsync(cancellation))
            await response.Body.WriteAsync(dialect.Values.Binary(rows, 0), cancellation);

        static ColumnSchema Of(string column) => RepeatableTables.Chunks.Column(column)!;
    }

    private async Task<KeptAnswer?> FindAsync(Session session, Claim claim, RepeatableId id, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        await using var row = await session.ReadAsync(dialect.Select(RepeatableTables.Requests, ["subject", "status", "headers"], claim.Where), cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        if (dialect.Values.String(row, 0) != id.Subject)
        {
            context.Response.Headers[RepeatableId.Result] = "rejected";
            throw id.IsIdempotencyKey
                ? new ServiceException(Errors.IdempotencyKeyReused, Errors.IdempotencyKeyReused.Meaning, RepeatableId.IdempotencyKey)
                : new ServiceException(Errors.InvalidHeader, "Another request was sent with this identifier: a new one needs a new identifier.", RepeatableId.RequestId);
        }
        return new(claim, dialect.Values.Int32(row, 1), JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(dialect.Values.String(row, 2))!);
    }

    private async Task ExpireAsync(Session session, CancellationToken cancellation)
    {
        var (client, request, created) = (RepeatableTables.Requests.Column("client")!, RepeatableTables.Requests.Column("request_id")!, RepeatableTables.Requests.Column("created_at")!);
        var limit = new SqlParameter(created.Type, Oldest);
        await session.ExecuteAsync(
            dialect.Compose($"DELETE FROM {RepeatableTables.Chunks} WHERE EXISTS (SELECT 1 FROM {RepeatableTables.Requests} r WHERE r.{client} = {RepeatableTables.Chunks}.{client} AND r.{request} = {RepeatableTables.Chunks}.{request} AND r.{created} < {limit})"),
            cancellation);
        await session.ExecuteAsync(dialect.Compose($"DELETE FROM {RepeatableTables.Requests} WHERE {created} < {limit}"), cancellation);
    }

    /// <summary>What belongs to one transmission and not to the answer.</summary>
    private static bool IsOfConnection(string header) =>
        header.Equals("Date", StringComparison.OrdinalIgnoreCase) || header.Equals("Server", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) || header.Equals("Vary", StringComparison.OrdinalIgnoreCase);

    private static string Owner(Caller caller) => $"{caller.Kind}:{caller.Name}";
}

/// <param name="Client">Two clients can choose the same identifier.</param>
internal sealed record Claim(string Client, string Id, int Part)
{
    public IReadOnlyList<(string Column, object Value)> Where => [("client", Client), ("request_id", Id), ("part", Part)];
}

/// <summary>The first answer to a repeatable request.</summary>
internal sealed record KeptAnswer(Claim Claim, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers);
