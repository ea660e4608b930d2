using System.Collections.Concurrent;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Access.Keys;

/// <summary>
/// Remembers the use of API keys on this node, and writes it now and then: a request never waits for it. What a node knew when it was killed is lost,
/// at most half a minute.
/// </summary>
public sealed class ApiKeyUses(Database database, TimeProvider clock, Observations observations) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ApiKeyUse> _uses = new(StringComparer.Ordinal);

    /// <summary>The use of that key, the same one for every snapshot.</summary>
    public ApiKeyUse Of(string name) => _uses.GetOrAdd(name, static name => new(name));

    /// <summary>Writes every last use that is not written yet. One that another node wrote later stays.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        Session? session = null;
        try
        {
            var dialect = database.Dialect;
            var (name, lastUsed) = (AccessTables.ApiKeys.Column("name")!, AccessTables.ApiKeys.Column("last_used_at")!);
            foreach (var use in _uses.Values)
            {
                if (use.TakeUnwritten() is not { } at)
                    continue;
                session ??= await database.OpenAsync(cancellation);
                SqlParameter instant = new(lastUsed.Type, at), key = new(name.Type, use.Name);
                await session.ExecuteAsync(
                    dialect.Compose($"UPDATE {AccessTables.ApiKeys} SET {lastUsed} = {instant} WHERE {name} = {key} AND ({lastUsed} IS NULL OR {lastUsed} < {instant})"), cancellation);
            }
        }
        finally
        {
            if (session is not null)
                await session.DisposeAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryWriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryWriteAsync(CancellationToken.None);
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The next use of each key is written again. Drivers fail with more than their own exceptions, and one that left here would end the program.
            observations.Emit(new DatabaseLost("last use of API keys", failure));
        }
    }
}
