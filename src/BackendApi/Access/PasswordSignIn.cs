using System.Collections.Concurrent;
using BackendApi.Support;

namespace BackendApi.Access;

/// <summary>What became of a user name and password.</summary>
/// <param name="User">Null when they are refused.</param>
/// <param name="Wait">Set when they were not even looked at, because too many were wrong before.</param>
public readonly record struct SignInResult(UserEntry? User, TimeSpan? Wait = null);

/// <summary>
/// Checks user names and passwords. A check costs a tenth of a second of a core, so a right answer is remembered for a short while, equal
/// questions that arrive together are answered by one check, and the checks never take all cores.
/// </summary>
public sealed class PasswordSignIn(PasswordThrottle throttle, CredentialCache verified, Observations observations, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Digest, Task<SignInResult>> _underWay = new();
    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <param name="address">Where the attempt comes from; guesses are counted by user and address.</param>
    public ValueTask<SignInResult> CheckAsync(AccessSnapshot access, string user, string password, string address, CancellationToken cancellation)
    {
        var key = verified.KeyOf($"{user}\0{password}");
        if (verified.Find(key, access) is { } caller)
            return new(new SignInResult(access.Users[caller.Name]));
        return new(_underWay.GetOrAdd(key, static (key, call) => call.Self.StartAsync(key, call.Access, call.User, call.Password, call.Address),
            (Self: this, Access: access, User: user, Password: password, Address: address)).WaitAsync(cancellation));
    }

    public void Dispose() => _cores.Dispose();

    private async Task<SignInResult> StartAsync(Digest key, AccessSnapshot access, string user, string password, string address)
    {
        // Leaves the caller's stack first: the entry in the table must be there before it is removed again.
        await Task.Yield();
        try
        {
            if (throttle.Begin(user, address) is { } wait)
            {
                observations.Emit(new PasswordsThrottled(address, wait));
                return new(null, wait);
            }
            var entry = access.Users.GetValueOrDefault(user);
            if (!await MatchesAsync(password, entry?.PasswordHash ?? PasswordHash.Nobody) || entry is null)
                return default;
            throttle.Succeeded(user, address);
            verified.Add(key, entry, clock.GetUtcNow() + RememberedFor);
            return new(entry);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private async Task<bool> MatchesAsync(string password, string hash)
    {
        await _cores.WaitAsync();
        try
        {
            return PasswordHash.Verify(password, hash);
        }
        finally
        {
            _cores.Release();
        }
    }
}
