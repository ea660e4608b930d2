using BackendApi.Model;
using BackendApi.Support;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Resources.RunningSettings;

/// <summary>Follows changes of settings, whichever node they were made on.</summary>
public sealed class SettingFeed(SettingStore store, Models models, TimeProvider clock, Observations observations) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var isLost = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (models.IsReady)
                        await store.FollowAsync(stoppingToken);
                    isLost = false;
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    if (!isLost)
                        observations.Emit(new DatabaseLost("following settings", failure));
                    isLost = true;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
