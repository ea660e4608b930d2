using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>
/// The probes, for anyone: <c>/health/live</c> says that the process runs, <c>/health/ready</c> that it can answer requests now. However often
/// they are asked, the database is asked once a second.
/// </summary>
public sealed class HealthEndpoints(Startup startup, Database database, Observations observations, TimeProvider clock)
{
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Statement Question = new("SELECT 1", []);

    private readonly Lock _gate = new();
    private Task<bool>? _answer;
    private long _askedAt;
    private long _lostAt;

    public static Task LiveAsync(HttpContext context) => WriteAsync(context, 200, "live");

    public async Task ReadyAsync(HttpContext context)
    {
        if (!startup.IsDone)
            await WriteAsync(context, 503, "starting");
        else if (await DatabaseAnswersAsync())
            await WriteAsync(context, 200, "ready");
        else
            await WriteAsync(context, 503, "database does not answer");
    }

    private Task<bool> DatabaseAnswersAsync()
    {
        lock (_gate)
        {
            if (_answer is null || (_answer.IsCompleted && clock.GetElapsedTime(_askedAt) > TrustedFor))
            {
                _askedAt = clock.GetTimestamp();
                _answer = Task.Run(AskAsync);
            }
            return _answer;
        }
    }

    private async Task<bool> AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var session = await database.OpenAsync(patience.Token).AsTask().WaitAsync(patience.Token);
            await using var row = await session.ReadAsync(Question, patience.Token);
            var answers = await row.ReadAsync(patience.Token);
            if (Interlocked.Exchange(ref _lostAt, 0) is not 0 and var lostAt)
                observations.Emit(new DatabaseRecovered(clock.GetElapsedTime(lostAt)));
            return answers;
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _lostAt, clock.GetTimestamp(), 0);
            observations.Emit(new DatabaseLost("probe", failure));
            return false;
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($$"""{"status":"{{text}}"}""", context.RequestAborted);
    }
}
