using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace BackendApi.Support;

// What the pipeline has to tell. No observation may hold a secret: no key, password, token, URL with its query, or value of a parameter.

/// <summary>All start steps are done and the first snapshot is loaded.</summary>
public readonly record struct ServiceReady(TimeSpan SinceProcessStart);

/// <summary>A request's password was not looked at, because too many were wrong before.</summary>
public readonly record struct PasswordsThrottled(string Address, TimeSpan Wait);

/// <summary>A request was refused, because its caller, an address or the service has used up a limit.</summary>
/// <param name="Caller">Its name, or the address.</param>
public readonly record struct RequestLimited(string Caller, string Limit);

/// <summary>A request carried credentials that are not valid, or none.</summary>
public readonly record struct CallerRefused(string Address);

/// <summary>A refresh token was sent a second time, and the sign-in was ended.</summary>
public readonly record struct RefreshTokenReused(string User);

/// <summary>The published keys of another issuer could not be read; those that are known go on being used.</summary>
/// <param name="Issuer">Its name in the settings.</param>
public readonly record struct IssuerUnavailable(string Issuer, string Reason);

/// <summary>Somebody came back from another issuer's sign-in page, and was not signed in.</summary>
/// <param name="Issuer">Its name in the settings.</param>
public readonly record struct OutsideSignInRefused(string Issuer, string Reason);

/// <summary>A snapshot was swapped in.</summary>
public readonly record struct ModelPublished(long Version, int EntitySets, TimeSpan Duration);

/// <summary>Definitions could not be turned into a snapshot; the one before goes on serving.</summary>
public readonly record struct ModelRejected(long Version, string Reason);

/// <summary>Stored definitions hold no longer and are not served; all others of the version are.</summary>
public readonly record struct DefinitionsLeftOut(long Version, IReadOnlyList<Model.DefinitionMistake> Mistakes);

/// <summary>A configuration file was not applied. <paramref name="Reason"/> has one line for each mistake.</summary>
public readonly record struct ConfigurationFileRefused(string File, string Reason);

/// <summary>A statement ran. <paramref name="Duration"/> ends with its first row, or with its end when it yields none.</summary>
public readonly record struct StatementExecuted(string Text, TimeSpan Duration);

/// <param name="Activity">What was being done, such as <c>request</c> or the name of a start step.</param>
public readonly record struct DatabaseLost(string Activity, Exception Cause);

public readonly record struct DatabaseRecovered(TimeSpan After);

/// <summary>A request met a defect of the service, or failed after its first byte was sent.</summary>
public readonly record struct RequestFailed(string Method, string Path, Exception Cause, bool ResponseStarted);

/// <summary>
/// Takes every observation and alone decides its log level, its metric and what a trace says of it. Costs no allocation where nobody listens.
/// The meter and the activity source are named <c>BackendApi</c>.
/// </summary>
public sealed class Observations : IDisposable
{
    public const string SourceName = "BackendApi";
    /// <summary>For spans around a stage; <c>StartActivity</c> is null when no trace is taken.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    private readonly ILogger _log;
    private readonly Meter _meter = new(SourceName);
    private readonly Counter<long> _refused, _throttled, _limited, _failed, _lost;
    private readonly Histogram<double> _statement, _publish;
    /// <summary>What every request meets, the log tells now and then.</summary>
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _outageLoggedAt, _throttleLoggedAt, _limitLoggedAt;
    private Action<object>[] _listeners = [];

    public Observations(ILoggerFactory logs)
    {
        _log = logs.CreateLogger(SourceName);
        _refused = _meter.CreateCounter<long>("backendapi.callers.refused");
        _throttled = _meter.CreateCounter<long>("backendapi.passwords.throttled");
        _limited = _meter.CreateCounter<long>("backendapi.requests.limited");
        _failed = _meter.CreateCounter<long>("backendapi.requests.failed");
        _lost = _meter.CreateCounter<long>("backendapi.database.lost");
        _statement = _meter.CreateHistogram<double>("backendapi.statement.duration", "s");
        _publish = _meter.CreateHistogram<double>("backendapi.publish.duration", "s");
    }

    public void Emit(in ServiceReady observed)
    {
        _log.LogInformation("Ready {Seconds:0.00} s after the start of the process", observed.SinceProcessStart.TotalSeconds);
        Tell(observed);
    }

    public void Emit(in PasswordsThrottled observed)
    {
        _throttled.Add(1);
        if (IsDue(ref _throttleLoggedAt))
            _log.LogWarning("Too many wrong passwords from {Address}: refusing for {Seconds:0} s", observed.Address, observed.Wait.TotalSeconds);
        Tell(observed);
    }

    public void Emit(in RequestLimited observed)
    {
        _limited.Add(1, new KeyValuePair<string, object?>("limit", observed.Limit));
        if (IsDue(ref _limitLoggedAt))
            _log.LogWarning("Refused a request of {Caller}: too many ({Limit})", observed.Caller, observed.Limit);
        Tell(observed);
    }

    public void Emit(in CallerRefused observed)
    {
        _refused.Add(1);
        if (_log.IsEnabled(LogLevel.Debug))
            _log.LogDebug("Refused a caller from {Address}", observed.Address);
        Tell(observed);
    }

    public void Emit(in RefreshTokenReused observed)
    {
        _log.LogWarning("A refresh token of {User} was used twice: the sign-in is ended", observed.User);
        Tell(observed);
    }

    public void Emit(in IssuerUnavailable observed)
    {
        _log.LogWarning("The keys of the issuer {Issuer} could not be read: {Reason}", observed.Issuer, observed.Reason);
        Tell(observed);
    }

    public void Emit(in OutsideSignInRefused observed)
    {
        _log.LogWarning("A sign-in at the issuer {Issuer} was not taken: {Reason}", observed.Issuer, observed.Reason);
        Tell(observed);
    }

    public void Emit(in ModelPublished observed)
    {
        _publish.Record(observed.Duration.TotalSeconds);
        _log.LogInformation("Serving version {Version} with {EntitySets} entity sets, built in {Milliseconds:0} ms", observed.Version, observed.EntitySets, observed.Duration.TotalMilliseconds);
        Tell(observed);
    }

    public void Emit(in ModelRejected observed)
    {
        _log.LogError("Version {Version} is not served, the one before it is: {Reason}", observed.Version, observed.Reason);
        Tell(observed);
    }

    public void Emit(in DefinitionsLeftOut observed)
    {
        foreach (var mistake in observed.Mistakes)
            _log.LogError("Configuration {Alias} is not served: {Path} {Mistake}", mistake.Document, mistake.Path, mistake.Message);
        Tell(observed);
    }

    public void Emit(in ConfigurationFileRefused observed)
    {
        _log.LogError("Nothing of configuration file {File} is applied. {Reason}", observed.File, observed.Reason);
        Tell(observed);
    }

    public void Emit(in StatementExecuted observed)
    {
        if (_statement.Enabled)
            _statement.Record(observed.Duration.TotalSeconds);
        if (_log.IsEnabled(LogLevel.Debug))
            _log.LogDebug("{Milliseconds:0.0} ms: {Statement}", observed.Duration.TotalMilliseconds, observed.Text);
        if (Source.HasListeners() && Activity.Current is { IsAllDataRequested: true } activity)
            activity.AddEvent(new("statement", tags: new() { ["db.query.text"] = observed.Text, ["duration_ms"] = observed.Duration.TotalMilliseconds }));
        Tell(observed);
    }

    public void Emit(in DatabaseLost observed)
    {
        _lost.Add(1);
        // The message only: a driver's stack does not help whoever runs the database.
        if (IsDue(ref _outageLoggedAt))
            _log.LogWarning("The database does not answer ({Activity}): {Reason}", observed.Activity, observed.Cause.Message);
        Tell(observed);
    }

    public void Emit(in DatabaseRecovered observed)
    {
        Interlocked.Exchange(ref _outageLoggedAt, 0);
        _log.LogInformation("The database answers again after {Seconds:0.0} s", observed.After.TotalSeconds);
        Tell(observed);
    }

    public void Emit(in RequestFailed observed)
    {
        _failed.Add(1);
        _log.LogError(observed.Cause, "{Method} {Path} {Outcome}", Line(observed.Method), Line(observed.Path), observed.ResponseStarted ? "broke off" : "failed");
        Activity.Current?.SetStatus(ActivityStatusCode.Error);
        Tell(observed);
    }

    /// <summary>Hands every later observation to <paramref name="listener"/>, on the thread that made it, until the result is disposed.</summary>
    public IDisposable Listen(Action<object> listener)
    {
        lock (_gate)
            _listeners = [.. _listeners, listener];
        return new Subscription(() =>
        {
            lock (_gate)
                _listeners = [.. _listeners.Where(other => other != listener)];
        });
    }

    /// <summary>The next observation of that type which <paramref name="match"/> takes. Ask before causing it.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? match = null, CancellationToken cancellation = default)
        where T : struct
    {
        var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Listen(observed =>
        {
            if (observed is T wanted && match?.Invoke(wanted) != false)
                found.TrySetResult(wanted);
        });
        return await found.Task.WaitAsync(cancellation);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>What clients chose becomes no line of its own, and no command of a terminal.</summary>
    private static string Line(string text) => text.Any(IsNoCharacter) ? string.Concat(text.Select(character => IsNoCharacter(character) ? '\uFFFD' : character)) : text;

    private static bool IsNoCharacter(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static bool IsDue(ref long loggedAt)
    {
        var now = Stopwatch.GetTimestamp();
        var last = Interlocked.Read(ref loggedAt);
        return (last == 0 || Stopwatch.GetElapsedTime(last, now) > LogInterval) && Interlocked.CompareExchange(ref loggedAt, now, last) == last;
    }

    private void Tell<T>(in T observed)
        where T : struct
    {
        foreach (var listener in Volatile.Read(ref _listeners))
            listener(observed);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
