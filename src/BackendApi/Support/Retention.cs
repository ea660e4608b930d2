using Microsoft.Extensions.Hosting;

namespace BackendApi.Support;

/// <summary>Removes once an hour what nobody needs any more. Every node may do it.</summary>
/// <param name="activity">What is being done, for the log: "removing old …".</param>
public abstract class Retention(string activity, TimeProvider clock, Observations observations) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected TimeProvider Clock => clock;

    /// <summary>Removes what is too old by now.</summary>
    public abstract Task ForgetAsync(CancellationToken cancellation);

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
            await ForgetAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The next hour takes what this one left.
            observations.Emit(new DatabaseLost(activity, failure));
        }
    }
}
