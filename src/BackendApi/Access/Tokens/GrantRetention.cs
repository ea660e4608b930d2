using System.Data.Common;
using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Access.Tokens;

/// <summary>Removes sign-ins that have expired, and addresses that are not familiar any more, once an hour. Every node may do it.</summary>
public sealed class GrantRetention(Database database, GrantStore grants, FamiliarAddresses addresses, TimeProvider clock, Observations observations) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    /// <summary>Longer than an access token can live: until then a revoked sign-in has to be known.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryForgetAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TryForgetAsync(CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            await grants.ForgetAsync(session, clock.GetUtcNow() - KeptFor, cancellation);
            await addresses.ForgetAsync(session, cancellation);
        }
        catch (DbException failure)
        {
            // The next hour takes what this one left.
            observations.Emit(new DatabaseLost("removing old sign-ins", failure));
        }
    }
}
