using System.Collections.Concurrent;
using BackendApi.Support;
using Microsoft.AspNetCore.Identity;

namespace BackendApi.Access.Users;

public enum SignInOutcome
{
    /// <summary>Wrong, or locked, or nobody: which of them is not told.</summary>
    Refused,
    Accepted,
    /// <summary>The password is right, and the user has a second factor.</summary>
    CodeNeeded,
    /// <summary>Not even looked at, because too many were wrong before.</summary>
    Throttled,
}

/// <summary>What became of a user name and password.</summary>
/// <param name="User">When accepted.</param>
/// <param name="Wait">When throttled.</param>
public readonly record struct SignInResult(SignInOutcome Outcome, UserEntry? User = null, TimeSpan Wait = default);

/// <summary>
/// Checks user names and passwords, and second factors. A check costs a tenth of a second of a core, so a right answer is remembered for a short
/// while, equal questions that arrive together are answered by one check, and the checks never take all cores. An unknown user costs the same.
/// </summary>
public sealed class PasswordSignIn(
    PasswordThrottle throttle, CredentialCache verified, IPasswordHasher<UserEntry> hasher, ISignInRecord record, Observations observations, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(5);

    /// <summary>Begun once it is in the table, so that none is removed before it is there, and stays for ever.</summary>
    private readonly ConcurrentDictionary<Digest, Lazy<Task<SignInResult>>> _underWay = new();
    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <param name="code">Of the second factor; null when none was sent.</param>
    /// <param name="attempt">Where it comes from; guesses are counted by user and address.</param>
    public ValueTask<SignInResult> CheckAsync(AccessSnapshot access, string user, string password, string? code, SignInAttempt attempt, CancellationToken cancellation)
    {
        var key = verified.KeyOf($"{user}\0{password}");
        // A code is good for one request, so none shares the answer of another.
        if (code is not null)
            return new(StartAsync(key, access, user, password, code, attempt).WaitAsync(cancellation));
        if (verified.Find(key, access) is { } caller)
            return new(new SignInResult(SignInOutcome.Accepted, access.Users[caller.Name]));
        var shared = _underWay.GetOrAdd(key, static (key, call) => new(() => call.Self.ShareAsync(key, call.Access, call.User, call.Password, call.Attempt)),
            (Self: this, Access: access, User: user, Password: password, Attempt: attempt));
        return new(shared.Value.WaitAsync(cancellation));
    }

    public void Dispose() => _cores.Dispose();

    private async Task<SignInResult> ShareAsync(Digest key, AccessSnapshot access, string user, string password, SignInAttempt attempt)
    {
        try
        {
            return await StartAsync(key, access, user, password, null, attempt);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private async Task<SignInResult> StartAsync(Digest key, AccessSnapshot access, string user, string password, string? code, SignInAttempt attempt)
    {
        if (throttle.Begin(user, attempt.Network) is { } wait)
        {
            observations.Emit(new PasswordsThrottled(attempt.Network, wait));
            return new(SignInOutcome.Throttled, Wait: wait);
        }
        var entry = access.Users.GetValueOrDefault(user);
        var match = await MatchAsync(entry ?? UserEntry.Nobody, password);
        if (match == PasswordVerificationResult.Failed || entry is null)
            return await RefuseAsync(user, SignInRefusal.WrongPassword, attempt);
        if (entry.IsLocked || (entry.HasSecondFactor && code is null))
        {
            await record.RefusedAsync(entry, entry.IsLocked ? SignInRefusal.Locked : SignInRefusal.CodeMissing, attempt);
            return new(entry.IsLocked ? SignInOutcome.Refused : SignInOutcome.CodeNeeded);
        }
        if (entry.HasSecondFactor && !await record.TakeCodeAsync(entry.Caller.Name, code!))
            return await RefuseAsync(user, SignInRefusal.WrongCode, attempt);
        var rehashed = match == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(entry, password) : null;
        if (!await record.SucceededAsync(entry, rehashed, attempt))
            return default;
        throttle.Succeeded(user, attempt.Network);
        // A code is good for one sign-in.
        if (!entry.HasSecondFactor)
            verified.Add(key, Standing(entry), clock.GetUtcNow() + RememberedFor);
        return new(SignInOutcome.Accepted, entry);
    }

    private async Task<SignInResult> RefuseAsync(string user, SignInRefusal why, SignInAttempt attempt)
    {
        // What can be no name is counted for nobody: a database would not even take it.
        await record.FailedAsync(Names.Mistake(user) is null ? user.ToLowerInvariant() : "", why, attempt);
        return default;
    }

    private static Func<AccessSnapshot, Caller?> Standing(UserEntry entry) => access =>
        access.Users.TryGetValue(entry.Caller.Name, out var now) && now.Stamp == entry.Stamp && !now.IsLocked ? now.Caller : null;

    private async Task<PasswordVerificationResult> MatchAsync(UserEntry user, string password)
    {
        // None is longer; to hash a longer text is work that only whoever sends it would want.
        if (password.Length > PasswordRules.MaxLength)
            password = "";
        await _cores.WaitAsync();
        try
        {
            return hasher.VerifyHashedPassword(user, user.PasswordHash, password);
        }
        finally
        {
            _cores.Release();
        }
    }
}
