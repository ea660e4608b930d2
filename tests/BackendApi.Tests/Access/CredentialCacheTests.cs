using System.Runtime.CompilerServices;
using BackendApi.Access;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class CredentialCacheTests
{
    [Fact]
    public void What_was_known_when_a_credential_came_last_is_not_kept_for_its_sake()
    {
        var cache = new CredentialCache(TimeProvider.System);
        var key = cache.KeyOf("secret");
        cache.Add(key, access => access.Users["ada"].Caller, DateTimeOffset.MaxValue);

        var then = UseOnce(cache, key);
        GC.Collect();

        then.TryGetTarget(out _).Should().BeFalse();
        cache.Find(key, Snapshot())!.Name.Should().Be("ada");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<AccessSnapshot> UseOnce(CredentialCache cache, Digest key)
    {
        var access = Snapshot();
        cache.Find(key, access)!.Name.Should().Be("ada");
        return new(access);
    }

    private static AccessSnapshot Snapshot() => new()
    {
        Users = new Dictionary<string, UserEntry> { ["ada"] = UserEntry.Of("ada", "hash") }, ApiKeys = new Dictionary<Digest, ApiKeyEntry>(), SigningKeys = [],
    };
}
