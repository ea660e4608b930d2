using System.Text;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Limits;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Endpoints.Tokens;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace BackendApi.Tests.Access;

/// <summary>
/// A key or a client that is refused costs the same whether it exists or not. The work is counted, keyed hashes and looks at the database, because a clock would tell of the machine.
/// <see cref="PasswordSignInTests"/> counts that of users.
/// </summary>
public sealed class RefusalCostTests : IDisposable
{
    private const string Key = "bapi_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    private const string ExpiredKey = "bapi_old3456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    private readonly ManualClock clock = new();
    private readonly Observations observations = new(NullLoggerFactory.Instance);
    private readonly CountingPepper pepper = CountingPepper.Loaded();
    private readonly AccessDirectory directory;
    private readonly AccessSnapshot stored;
    private int reads;

    public RefusalCostTests()
    {
        stored = new()
        {
            Users = new Dictionary<string, UserEntry>(),
            ApiKeys = new Dictionary<Digest, ApiKeyEntry>
            {
                [TestPepper.Value.Hash(Key)] = new(new("excel", CallerKind.ApiKey), null), [TestPepper.Value.Hash(ExpiredKey)] = new(new("old", CallerKind.ApiKey), clock.GetUtcNow()),
            },
            Clients = new Dictionary<string, ClientEntry>
            {
                ["shop"] = Client("shop", isLocked: false, ("secret", null), ("old secret", clock.GetUtcNow())), ["locked"] = Client("locked", isLocked: true, ("secret", null)),
                ["bare"] = Client("bare", isLocked: false),
            },
            SigningKeys = [],
        };
        directory = new(_ =>
        {
            reads++;
            return Task.FromResult(stored);
        }, clock);
    }

    public void Dispose() => observations.Dispose();

    [Theory]
    [InlineData("bapi_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("bapi_0123456789abcdefghijklmnopqrstuvwxyzABCDEFH")]
    [InlineData("bapi_1123456789abcdefghijklmnopqrstuvwxyzABCDEFG")]
    [InlineData(ExpiredKey)]
    public async Task A_refused_key_costs_one_hash_and_one_look_at_what_is_stored_by_now(string key)
    {
        using var passwords = new PasswordSignIn(new(clock), new(clock), new UserPasswordHasher(), null!, observations, clock);
        using var outside = new OutsideTokens(new(), clock, observations);
        var limits = new CurrentLimits(new());
        var authenticator = new Authenticator(directory, passwords, new(clock), outside, pepper, new(limits, new(clock), new(limits, clock), new(limits, clock), observations, clock), new(), clock);
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Api-Key"] = key;

        await KnownAsync();
        (await authenticator.AuthenticateAsync(context, default)).Should().BeNull();

        (pepper.Hashed, reads).Should().Be((1, 2), "the first look is that of everybody");
    }

    [Theory]
    [InlineData("nobody", "secret")]
    [InlineData("nobody", null)]
    [InlineData("shop", "wrong")]
    [InlineData("shop", null)]
    [InlineData("shop", "old secret")]
    [InlineData("locked", "secret")]
    [InlineData("locked", "wrong")]
    [InlineData("bare", "secret")]
    [InlineData(null, "secret")]
    public async Task A_refused_client_costs_two_hashes_and_one_look_whoever_it_is_and_however_it_comes(string? id, string? secret)
    {
        var parameters = new Dictionary<string, StringValues>();
        if (id is not null)
            parameters["client_id"] = id;
        if (secret is not null)
            parameters["client_secret"] = secret;
        (await CheckAsync(new(), parameters)).Should().Be(OAuthError.InvalidClient);
        (pepper.Hashed, reads).Should().Be((2, 2));

        var basic = new DefaultHttpContext();
        basic.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
        (await CheckAsync(basic, [])).Should().Be(OAuthError.InvalidClient);
        (pepper.Hashed, reads).Should().Be((4, 3));
    }

    private async Task<OAuthError?> CheckAsync(DefaultHttpContext context, Dictionary<string, StringValues> parameters)
    {
        var known = await KnownAsync();
        return (await new ClientAuthentication(directory, pepper, clock).CheckAsync(context, new(new FormCollection(parameters)), known)).Error;
    }

    /// <summary>What was read a while ago: to look again, nobody has to wait.</summary>
    private async Task<AccessSnapshot> KnownAsync()
    {
        var known = await directory.CurrentAsync(default);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        return known;
    }

    private static ClientEntry Client(string id, bool isLocked, params (string Secret, DateTimeOffset? ValidTo)[] secrets) =>
        new(new(id, CallerKind.Client), Scopes.All, "stamp", isLocked, secrets.ToDictionary(each => TestPepper.Value.Hash(each.Secret), each => each.ValidTo));

    private sealed class CountingPepper() : Pepper(TestPepper.Settings)
    {
        public int Hashed { get; private set; }

        public static CountingPepper Loaded()
        {
            var pepper = new CountingPepper();
            pepper.LoadAsync(null!, null!, CancellationToken.None).GetAwaiter().GetResult();
            return pepper;
        }

        public override Digest OfPlain(Digest plain)
        {
            Hashed++;
            return base.OfPlain(plain);
        }
    }
}
