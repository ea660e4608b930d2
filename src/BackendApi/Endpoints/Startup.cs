using System.Diagnostics;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Endpoints;

/// <summary>Something to be done before the service answers. It may be run again after a failure, and by several nodes at once.</summary>
public sealed record StartStep(string Name, Func<CancellationToken, Task> RunAsync);

/// <summary>
/// Runs the start steps while the server already listens: until they are done requests get 503, and a database that is not there yet is asked
/// again. Any other failure ends the process.
/// </summary>
public sealed class Startup(IEnumerable<StartStep> steps, Database database, Observations observations, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when requests are answered; fails with what keeps the service from starting.</summary>
    public Task Done => _done.Task;

    public bool IsDone => _done.Task.IsCompletedSuccessfully;

    /// <summary>Holds requests off until the steps are done; the probes go through.</summary>
    internal Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsDone || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return next(context);
        context.Response.Headers.RetryAfter = "1";
        return Failures.WriteAsync(context, new(Errors.DatabaseUnavailable, "The service is starting. Try again in a moment."));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server starts to listen meanwhile: SQLite's driver works on the calling thread.
        await Task.Yield();
        var lost = 0L;
        while (true)
        {
            var current = "";
            try
            {
                foreach (var step in steps)
                {
                    current = step.Name;
                    await step.RunAsync(stoppingToken);
                }
                if (lost != 0)
                    observations.Emit(new DatabaseRecovered(Stopwatch.GetElapsedTime(lost)));
                using var process = Process.GetCurrentProcess();
                observations.Emit(new ServiceReady(DateTime.UtcNow - process.StartTime.ToUniversalTime()));
                _done.TrySetResult();
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                _done.TrySetCanceled(stoppingToken);
                return;
            }
            catch (Exception failure) when (database.Dialect.Classify(failure) is Failure.Unavailable or Failure.Timeout or Failure.Retry)
            {
                if (lost == 0)
                    lost = Stopwatch.GetTimestamp();
                observations.Emit(new DatabaseLost(current, failure));
            }
            catch (Exception failure)
            {
                _done.TrySetException(failure);
                lifetime.StopApplication();
                return;
            }
            await Task.Delay(RetryEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
