using System.Globalization;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Access.Limits;

/// <summary>
/// Lets the requests of known callers in: each within its caller's rate and number (429), all within the number that the node takes (503 when the queue is full). A request inside of another one
/// counts for the rate alone. Whoever is let in leaves by itself when the response is complete. Costs a request no lock, no lookup and no allocation.
/// </summary>
public sealed class Admission(CurrentLimits limits, CallerUses uses, AnonymousRates anonymous, Turnstile turnstile, Observations observations, TimeProvider clock)
{
    /// <summary>When a place becomes free, nobody can tell.</summary>
    private static readonly TimeSpan SomeTime = TimeSpan.FromSeconds(1);

    private readonly Func<object, Task> _leave = use =>
    {
        ((CallerUse)use).End();
        turnstile.Leave();
        return Task.CompletedTask;
    };

    /// <exception cref="ServiceException"><see cref="Errors.TooManyRequests"/>, <see cref="Errors.Overloaded"/>; <c>Retry-After</c> is set.</exception>
    public ValueTask EnterAsync(HttpContext context, Caller caller)
    {
        var use = uses.Of(caller);
        switch (use.Begin(limits.Value, caller.RequestsPerMinute, clock, out var wait))
        {
            case UsedUp.Rate:
                observations.Emit(new RequestLimited(caller.Name, "rate"));
                throw Throttled(context, wait, "The caller has used up its requests of the last minute.");
            case UsedUp.Concurrency:
                observations.Emit(new RequestLimited(caller.Name, "concurrent requests"));
                throw Throttled(context, SomeTime, string.Create(CultureInfo.InvariantCulture, $"The caller has {limits.Value.ConcurrentRequestsPerCaller} requests running, which is the most."));
        }
        if (!turnstile.TryEnter())
            return WaitAsync(context, use);
        context.Response.OnCompleted(_leave, use);
        return ValueTask.CompletedTask;
    }

    /// <summary>Counts the requests in a batch besides the batch itself. A batch is never refused half done: what it holds more than the caller has left is owed.</summary>
    public void Count(Caller caller, int more)
    {
        if (more > 0)
            uses.Of(caller).Owe(limits.Value, more, clock);
    }

    /// <summary>Counts a request that does not say who calls, or says it wrongly. Null, or what to throw.</summary>
    public ServiceException? CountAnonymous(HttpContext context)
    {
        var address = Authenticator.AddressOf(context);
        if (anonymous.Take(address) is not { } wait)
            return null;
        observations.Emit(new RequestLimited(address, "rate"));
        return Throttled(context, wait, "Too many requests without valid credentials came from this address.");
    }

    /// <summary>Sets <c>Retry-After</c>, and returns the error to throw.</summary>
    internal static ServiceException Throttled(HttpContext context, TimeSpan wait, string why)
    {
        var seconds = SetRetryAfter(context, wait);
        return new(Errors.TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"{why} Try again in {seconds} s."));
    }

    private async ValueTask WaitAsync(HttpContext context, CallerUse use)
    {
        try
        {
            if (!await turnstile.EnterAsync(context.RequestAborted))
            {
                observations.Emit(new RequestLimited(use.Name, "requests of all callers"));
                SetRetryAfter(context, SomeTime);
                throw new ServiceException(Errors.Overloaded, Errors.Overloaded.Meaning);
            }
        }
        catch
        {
            use.End();
            throw;
        }
        context.Response.OnCompleted(_leave, use);
    }

    internal static long SetRetryAfter(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }
}
