using System.Text;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Limits;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Tests.Access;

public sealed class AuthenticatorTests : IDisposable
{
    private const string Key = "bapi_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    private const string OldKey = "bapi_old3456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    private static readonly string Hash = "pass:word ü";
    private static readonly SigningKey Signing = new("k1", new byte[32]);

    private readonly ManualClock clock = new();
    private readonly CurrentLimits limits = new(new() { AnonymousRequestsPerMinute = 2, ConcurrentRequestsPerCaller = 0, ConcurrentRequests = 0 });
    private readonly Observations observations = new(NullLoggerFactory.Instance);
    private readonly CredentialCache cache;
    private readonly PasswordSignIn passwords;
    private readonly OutsideTokens outside;
    private readonly Authenticator authenticator;
    private AccessSnapshot stored;
    private int reads;

    public AuthenticatorTests()
    {
        stored = Snapshot(Hash, (Key, "excel", null), (OldKey, "old", clock.GetUtcNow()));
        cache = new(clock);
        passwords = new(new PasswordThrottle(clock), cache, new PlainHasher(), new NoRecord(), observations, clock);
        outside = new(new(), clock, observations);
        authenticator = With(new() { Basic = true, KeysInUrl = KeysInUrl.All });
    }

    public void Dispose()
    {
        passwords.Dispose();
        outside.Dispose();
        observations.Dispose();
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Key)]
    [InlineData("Authorization", "bearer  " + Key + " ")]
    [InlineData("X-Api-Key", Key)]
    [InlineData("?", "?api_key=" + Key)]
    [InlineData("?", "?$top=1&api_key=" + Key + "&$skip=2")]
    [InlineData("Basic", ":" + Key)]
    public async Task An_api_key_is_taken_wherever_clients_put_it(string where, string value) =>
        (await CallAsync(where, value)).Should().Be(new Caller("excel", CallerKind.ApiKey));

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Bearer " + Key + "x")]
    [InlineData("Authorization", "Bearer" + Key)]
    [InlineData("Authorization", Key)]
    [InlineData("Authorization", "Digest " + Key)]
    [InlineData("Authorization", "Bearer a.b.c")]
    [InlineData("Authorization", "Basic ***")]
    [InlineData("Authorization", "Basic /////w==")]
    [InlineData("Basic", "no colon")]
    [InlineData("Basic", ":")]
    [InlineData("Basic", Key + ":")]
    [InlineData("X-Api-Key", "")]
    [InlineData("?", "?api_key=")]
    [InlineData("?", "?other=" + Key)]
    [InlineData("?", "?api_key=" + Key + "&api_key=" + Key)]
    [InlineData("X-Api-Key", OldKey)]
    public async Task Anything_else_is_nobody(string where, string value) => (await CallAsync(where, value)).Should().BeNull();

    [Fact]
    public async Task A_user_signs_in_with_basic_and_colons_and_umlauts_in_the_password() =>
        (await CallAsync("Basic", "ADMIN:pass:word ü")).Should().Be(new Caller("admin", CallerKind.User));

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_are_nobody()
    {
        (await CallAsync("Basic", "admin:wrong")).Should().BeNull();
        (await CallAsync("Basic", "nobody:pass:word ü")).Should().BeNull();
    }

    [Fact]
    public async Task The_first_credential_that_is_there_decides()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer wrong";
        context.Request.Headers["X-Api-Key"] = Key;

        (await authenticator.AuthenticateAsync(context, default)).Should().BeNull();
    }

    [Fact]
    public async Task An_empty_bearer_leaves_the_decision_to_the_key()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer";
        context.Request.QueryString = new("?api_key=" + Key);

        (await authenticator.AuthenticateAsync(context, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task An_access_token_is_good_until_it_expires()
    {
        var token = Token();

        (await CallAsync("Authorization", "Bearer " + token)).Should().Be(new Caller("admin", CallerKind.User));
        (await CallAsync("Authorization", "Bearer " + token)).Should().NotBeNull("it was verified before");
        clock.Advance(TimeSpan.FromHours(8));
        (await CallAsync("Authorization", "Bearer " + token)).Should().BeNull();
    }

    [Fact]
    public async Task A_new_password_ends_the_old_tokens_and_the_remembered_password()
    {
        var token = Token();
        await CallAsync("Authorization", "Bearer " + token);
        await CallAsync("Basic", "admin:pass:word ü");

        stored = Snapshot("another");
        clock.Advance(TimeSpan.FromSeconds(2));

        (await CallAsync("Authorization", "Bearer " + token)).Should().BeNull();
        (await CallAsync("Basic", "admin:pass:word ü")).Should().BeNull();
    }

    [Fact]
    public async Task A_revoked_key_is_refused_within_two_seconds_and_nothing_is_read_more_often_than_each_second()
    {
        for (var i = 0; i < 10; i++)
            (await CallAsync("X-Api-Key", Key)).Should().NotBeNull();
        reads.Should().Be(1);

        stored = Snapshot(Hash);
        clock.Advance(TimeSpan.FromSeconds(2));

        (await CallAsync("X-Api-Key", Key)).Should().BeNull();
        reads.Should().Be(2);
    }

    [Fact]
    public async Task A_key_that_was_just_made_is_taken_at_once_and_wrong_keys_are_not_looked_up_without_a_limit()
    {
        await CallAsync("X-Api-Key", Key);
        var newKey = Secrets.ApiKey();
        stored = Snapshot(Hash, (newKey, "new", null));
        clock.Advance(TimeSpan.FromMilliseconds(60));

        (await CallAsync("X-Api-Key", newKey)).Should().Be(new Caller("new", CallerKind.ApiKey));
        for (var i = 0; i < 100; i++)
            (await CallAsync("X-Api-Key", Secrets.ApiKey())).Should().BeNull();
        reads.Should().Be(2);
    }

    /// <summary>By the real clock: the directory waits until it may read again.</summary>
    [Fact]
    public async Task A_key_made_right_after_a_read_is_known_to_the_next_question()
    {
        var directory = new AccessDirectory(ReadAsync, TimeProvider.System);
        await directory.CurrentAsync(default);
        stored = Snapshot(Hash, (Key, "new", null));

        (await directory.NewerAsync(default)).Should().BeSameAs(stored);
        reads.Should().Be(2);
    }

    [Fact]
    public async Task A_read_that_began_before_the_question_does_not_answer_it()
    {
        var answer = new TaskCompletionSource<AccessSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var directory = new AccessDirectory(
            _ =>
            {
                begun.TrySetResult();
                return reads++ == 0 ? answer.Task : Task.FromResult(stored);
            },
            TimeProvider.System);
        var first = directory.CurrentAsync(default);
        await begun.Task;
        var newer = directory.NewerAsync(default);
        answer.SetResult(Snapshot(Hash));

        (await newer).Should().BeSameAs(stored).And.NotBeSameAs(await first);
    }

    [Fact]
    public async Task Too_many_wrong_passwords_are_told_when_to_come_back()
    {
        for (var i = 0; i < PasswordThrottle.FreeAttemptsPerUser; i++)
            (await CallAsync("Basic", $"admin:wrong{i}")).Should().BeNull();

        var context = Context("Basic", "admin:pass:word ü");
        var refusal = () => authenticator.AuthenticateAsync(context, default).AsTask();

        (await refusal.Should().ThrowAsync<ServiceException>()).Which.Error.Row.Should().Be(Errors.TooManyRequests);
        context.Response.Headers.RetryAfter.ToString().Should().Be("1");
    }

    [Fact]
    public async Task The_same_password_in_many_requests_at_once_is_one_attempt()
    {
        var callers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync("Basic", "admin:pass:word ü")));

        callers.Should().OnlyContain(caller => caller != null && caller.Name == "admin");
    }

    [Fact]
    public async Task An_api_key_in_a_header_costs_no_allocation()
    {
        var context = Context("X-Api-Key", Key);
        await authenticator.AuthenticateAsync(context, default);
        for (var i = 0; i < 200; i++)
            await authenticator.AuthenticateAsync(context, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await authenticator.AuthenticateAsync(context, default);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1000, "not even one byte for each request");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task Letting_a_request_in_costs_no_allocation_whatever_the_limits(int requestsPerMinute)
    {
        limits.Value = limits.Value with { RequestsPerMinute = requestsPerMinute };
        var context = Context("X-Api-Key", Key);
        for (var i = 0; i < 200; i++)
            await authenticator.RequireAsync(context, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await authenticator.RequireAsync(context, default);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1000, "not even one byte for each request");
    }

    [Fact]
    public async Task An_address_that_never_says_who_calls_is_told_to_wait_and_a_caller_from_there_is_not()
    {
        var wrong = () => authenticator.RequireAsync(Context("X-Api-Key", Key + "x"), default).AsTask();
        for (var i = 0; i < 2; i++)
            (await wrong.Should().ThrowAsync<ServiceException>()).Which.Error.Row.Should().Be(Errors.Unauthorized);

        (await wrong.Should().ThrowAsync<ServiceException>()).Which.Error.Row.Should().Be(Errors.TooManyRequests);
        (await authenticator.RequireAsync(Context("X-Api-Key", Key), default)).Name.Should().Be("excel");
    }

    [Fact]
    public void A_challenge_names_both_schemes_and_no_secret()
    {
        var context = Context("X-Api-Key", Key + "x");

        var error = authenticator.Challenge(context).Error;

        context.Response.Headers.WWWAuthenticate.ToArray().Should().Equal("Bearer realm=\"BackendApi\"", "Basic realm=\"BackendApi\", charset=\"UTF-8\"");
        error.Row.Should().Be(Errors.Unauthorized);
        error.Message.Should().NotContain(Key);
    }

    [Fact]
    public async Task Without_the_setting_basic_is_neither_offered_nor_taken()
    {
        var plain = With(new());
        foreach (var credentials in (string[])["admin:pass:word ü", ":" + Key])
            (await plain.AuthenticateAsync(Context("Basic", credentials), default)).Should().BeNull();

        var context = new DefaultHttpContext();
        plain.Challenge(context);
        context.Response.Headers.WWWAuthenticate.ToArray().Should().Equal("Bearer realm=\"BackendApi\"");
    }

    /// <summary>Power Query sends the word alone, and reads from the answer where its user signs in.</summary>
    [Theory]
    [InlineData("Bearer", "Bearer authorization_uri=\"https://login.example/authorize\"")]
    [InlineData("Bearer wrong", "Bearer realm=\"BackendApi\", error=\"invalid_token\"")]
    [InlineData("Basic YTpi", "Bearer realm=\"BackendApi\"")]
    [InlineData(null, "Bearer realm=\"BackendApi\"")]
    public void The_word_bearer_alone_is_told_where_to_sign_in(string? sent, string challenge)
    {
        var entra = new IssuerSettings("entra", new("https://login.example/"), ["api"], null, "sub", "roles", new Dictionary<string, string>(), [], ["RS256"], 60, "https://login.example/authorize");
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = sent;

        With(new() { Issuers = [entra] }).Challenge(context);

        context.Response.Headers.WWWAuthenticate.ToArray().Should().Equal(challenge);
    }

    [Theory]
    [InlineData(KeysInUrl.All, "*:*", true)]
    [InlineData(KeysInUrl.ReadOnly, "*:read", true)]
    [InlineData(KeysInUrl.ReadOnly, "*:*", false)]
    [InlineData(KeysInUrl.None, "*:read", false)]
    public async Task The_setting_says_which_keys_may_stand_in_a_url(KeysInUrl allowed, string scopes, bool isTaken)
    {
        stored = Snapshot(Hash, entry => entry with { Caller = entry.Caller with { Permissions = Permissions.All.NarrowedTo(Scopes.Parse(scopes, out _)!) } });
        var authenticator = With(new() { KeysInUrl = allowed });

        (await authenticator.AuthenticateAsync(Context("X-Api-Key", Key), default)).Should().NotBeNull();
        var inUrl = () => authenticator.AuthenticateAsync(Context("?", "?api_key=" + Key), default).AsTask();
        if (isTaken)
            (await inUrl()).Should().NotBeNull();
        else
            (await inUrl.Should().ThrowAsync<ServiceException>()).Which.Error.Row.Should().Be(Errors.Forbidden);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    public async Task A_key_is_good_where_its_ranges_say(string address, bool isTaken)
    {
        stored = Snapshot(Hash, entry => entry with { Addresses = Networks.Parse(["10.0.0.0/8"], "") });
        var context = Context("X-Api-Key", Key);
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);

        var call = () => authenticator.AuthenticateAsync(context, default).AsTask();
        if (isTaken)
            (await call()).Should().NotBeNull();
        else
            (await call.Should().ThrowAsync<ServiceException>()).Which.Error.Row.Should().Be(Errors.Forbidden);
    }

    [Fact]
    public async Task A_key_has_its_own_rate()
    {
        limits.Value = limits.Value with { RequestsPerMinute = 1 };
        stored = Snapshot(Hash, entry => entry with { Caller = entry.Caller with { RequestsPerMinute = 2 } });
        await authenticator.RequireAsync(Context("X-Api-Key", Key), default);
        await authenticator.RequireAsync(Context("X-Api-Key", Key), default);

        var context = Context("X-Api-Key", Key);
        (await FluentActions.Awaiting(() => authenticator.RequireAsync(context, default).AsTask()).Should().ThrowAsync<ServiceException>())
            .Which.Error.Row.Should().Be(Errors.TooManyRequests);
        context.Response.Headers.RetryAfter.ToString().Should().Be("30");
    }

    [Fact]
    public async Task Who_can_only_read_changes_nothing()
    {
        stored = Snapshot(Hash, entry => entry with { Caller = entry.Caller with { Permissions = Permissions.All.NarrowedTo(Scopes.Parse("*:read", out _)!) } });

        (await authenticator.RequireAsync(Context("X-Api-Key", Key), default)).Name.Should().Be("excel");
        (await FluentActions.Awaiting(() => authenticator.RequireAsync(Context("X-Api-Key", Key), default, isChange: true).AsTask()).Should().ThrowAsync<ServiceException>())
            .Which.Error.Row.Should().Be(Errors.Forbidden);
    }

    [Fact]
    public async Task A_token_whose_sign_in_was_revoked_is_nobodys()
    {
        var token = Token();
        (await CallAsync("Authorization", "Bearer " + token)).Should().NotBeNull();

        stored = Snapshot(Hash, revoked: Grant);
        clock.Advance(TimeSpan.FromSeconds(2));

        (await CallAsync("Authorization", "Bearer " + token)).Should().BeNull();
    }

    [Fact]
    public async Task An_access_token_in_a_header_costs_no_allocation_once_it_was_verified()
    {
        var context = Context("Authorization", "Bearer " + Token());
        for (var i = 0; i < 200; i++)
            await authenticator.AuthenticateAsync(context, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await authenticator.AuthenticateAsync(context, default);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1000, "not even one byte for each request");
    }

    private static readonly Guid Grant = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    private Authenticator With(AccessSettings settings) => new(new AccessDirectory(ReadAsync, clock), passwords, cache, outside, TestPepper.Value, new(limits, new(clock), new(limits, clock), new(limits, clock), observations, clock), settings, clock);

    private Task<AccessSnapshot> ReadAsync(AccessSnapshot? known = null)
    {
        reads++;
        return Task.FromResult(stored);
    }

    private string Token()
    {
        var user = stored.Users["admin"];
        return AccessToken.Write(new("admin", user.Stamp, Grant, clock.GetUtcNow(), clock.GetUtcNow().AddHours(8)), Signing);
    }

    private Task<Caller?> CallAsync(string where, string value) => authenticator.AuthenticateAsync(Context(where, value), default).AsTask();

    private static DefaultHttpContext Context(string where, string value)
    {
        var context = new DefaultHttpContext();
        if (where == "?")
            context.Request.QueryString = new(value);
        else if (where == "Basic")
            context.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        else if (where != "nothing")
            context.Request.Headers[where] = value;
        return context;
    }

    private static AccessSnapshot Snapshot(string passwordHash, Func<ApiKeyEntry, ApiKeyEntry> change) => Snapshot(passwordHash, change, [(Key, "excel", null)]);

    private static AccessSnapshot Snapshot(string passwordHash, params (string Key, string Name, DateTimeOffset? ValidTo)[] keys) => Snapshot(passwordHash, entry => entry, keys);

    private static AccessSnapshot Snapshot(string passwordHash, Guid revoked) => Snapshot(passwordHash, entry => entry, [], revoked);

    private static AccessSnapshot Snapshot(
        string passwordHash, Func<ApiKeyEntry, ApiKeyEntry> change, (string Key, string Name, DateTimeOffset? ValidTo)[] keys, params Guid[] revoked) => new()
    {
        Users = new Dictionary<string, UserEntry>(StringComparer.OrdinalIgnoreCase) { ["admin"] = UserEntry.Of("admin", passwordHash) },
        ApiKeys = keys.ToDictionary(key => TestPepper.Value.Hash(key.Key), key => change(new ApiKeyEntry(new Caller(key.Name, CallerKind.ApiKey), key.ValidTo))),
        SigningKeys = [Signing],
        RevokedGrants = revoked.ToHashSet(),
    };

    /// <summary>Hashes are the passwords themselves.</summary>
    private sealed class PlainHasher : IPasswordHasher<UserEntry>
    {
        public string HashPassword(UserEntry user, string password) => password;

        public PasswordVerificationResult VerifyHashedPassword(UserEntry user, string hashedPassword, string providedPassword) =>
            hashedPassword == providedPassword ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
    }

    private sealed class NoRecord : ISignInRecord
    {
        public Task<bool> SucceededAsync(UserEntry user, string? rehashed, SignInAttempt attempt) => Task.FromResult(true);
        public Task FailedAsync(string user, SignInRefusal why, SignInAttempt attempt) => Task.CompletedTask;
        public Task RefusedAsync(UserEntry user, SignInRefusal why, SignInAttempt attempt) => Task.CompletedTask;
        public Task<bool> TakeCodeAsync(string user, string code) => Task.FromResult(false);
    }
}
