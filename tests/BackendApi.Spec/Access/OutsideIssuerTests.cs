using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>Access tokens that another issuer has signed. Nothing of it depends on the database.</summary>
public sealed class OutsideIssuerTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>, IAsyncLifetime
{
    private TestIssuer issuer = null!;
    private BackendApiHost host = null!;

    public async Task InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        host = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_token_names_its_caller_and_has_the_mapped_roles()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "odata/Me", $"Bearer {issuer.Token()}");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Contain("keycloak:ada@example.com");

        (await ChangeAsync(issuer.Token())).Should().Be(HttpStatusCode.NotFound, "a configuration that is not there may be deleted");
        (await ChangeAsync(issuer.Token(claims => claims["realm_access"]!["roles"] = new JsonArray("Administrators")))).Should().Be(HttpStatusCode.Forbidden, "only what is mapped means something");
        (await ChangeAsync(issuer.Token(claims => claims.Remove("realm_access")))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Other_algorithms_of_public_keys_are_taken_too()
    {
        (await AskAsync(issuer.Token(keyId: "curve-1", algorithm: "ES256", sign: content => issuer.Curve.SignData(content, HashAlgorithmName.SHA256)))).Should().Be(HttpStatusCode.OK);
        (await AskAsync(issuer.Token(algorithm: "PS256", sign: content => issuer.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)))).Should().Be(HttpStatusCode.OK);
    }

    private static readonly (string Why, Action<JsonObject> Change)[] WrongClaims =
    [
        ("another issuer", claims => claims["iss"] = "https://else.example"),
        ("no issuer", claims => claims.Remove("iss")),
        ("an issuer that is no text", claims => claims["iss"] = 7),
        ("another audience", claims => claims["aud"] = "https://else.example"),
        ("an audience that begins the same", claims => claims["aud"] = TestIssuer.Audience + ".evil.example"),
        ("no audience", claims => claims.Remove("aud")),
        ("expired", claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 61),
        ("no end", claims => claims.Remove("exp")),
        ("an end that is no number", claims => claims["exp"] = "tomorrow"),
        ("an end beyond all times", claims => claims["exp"] = 1e300),
        ("not yet", claims => claims["nbf"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 120),
        ("nobody", claims => { claims.Remove("sub"); claims.Remove("preferred_username"); }),
        ("a name that writes a line of the log", claims => claims["preferred_username"] = "ada\r\n12:00:00 info: signed in"),
        ("a name without an end", claims => claims["preferred_username"] = new string('x', 5000)),
    ];

    [Fact]
    public async Task A_right_signature_does_not_make_up_for_wrong_claims()
    {
        foreach (var (why, change) in WrongClaims)
            (await AskAsync(issuer.Token(change))).Should().Be(HttpStatusCode.Unauthorized, why);
    }

    [Fact]
    public async Task Clocks_may_differ_by_a_minute()
    {
        (await AskAsync(issuer.Token(claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 30))).Should().Be(HttpStatusCode.OK);
        (await AskAsync(issuer.Token(claims => claims["nbf"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 30))).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_of_several_audiences_is_enough() =>
        (await AskAsync(issuer.Token(claims => claims["aud"] = new JsonArray("https://else.example", TestIssuer.Audience)))).Should().Be(HttpStatusCode.OK);

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        foreach (var algorithm in (string[])["none", "None", "NONE", ""])
            (await AskAsync(issuer.Token(algorithm: algorithm, sign: _ => []))).Should().Be(HttpStatusCode.Unauthorized, algorithm);
        (await AskAsync(issuer.Token(sign: _ => []))).Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>The classic: the public key, which everybody knows, as the secret of an HMAC.</summary>
    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        var pem = Encoding.ASCII.GetBytes(issuer.Rsa.ExportSubjectPublicKeyInfoPem());
        var raw = issuer.Rsa.ExportSubjectPublicKeyInfo();
        var modulus = Base64Url.DecodeFromChars((string)issuer.Key("rsa-1")["n"]!);
        foreach (var secret in (byte[][])[pem, raw, modulus])
            (await AskAsync(issuer.Token(algorithm: "HS256", sign: content => HMACSHA256.HashData(secret, content)))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_published_secret_is_no_key()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        issuer.Publish(new JsonObject { ["kty"] = "oct", ["kid"] = "shared", ["k"] = Base64Url.EncodeToString(secret) });
        (await AskAsync(issuer.Token(keyId: "shared", algorithm: "HS256", sign: content => HMACSHA256.HashData(secret, content)))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_brings_its_own_key_is_refused()
    {
        using var own = RSA.Create(2048);
        byte[] Sign(byte[] content) => own.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        (await AskAsync(issuer.Token(sign: Sign))).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(issuer.Token(keyId: null, sign: Sign, changeHeader: header => header["jwk"] = issuer.Key("own", own)))).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(issuer.Token(sign: Sign, changeHeader: header => header["jku"] = "http://127.0.0.1:1/keys"))).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(issuer.Token(changeHeader: header => header["crit"] = new JsonArray("b64")))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_short_key_is_not_used()
    {
        using var weak = RSA.Create(1024);
        issuer.Publish(issuer.Key("weak", weak));
        (await AskAsync(issuer.Token(keyId: "weak", sign: content => weak.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task No_part_of_a_token_can_be_changed_or_left_out()
    {
        var token = issuer.Token();
        (await AskAsync(token)).Should().Be(HttpStatusCode.OK);
        var parts = token.Split('.');
        var other = issuer.Token(claims => claims["sub"] = "root").Split('.');
        foreach (var forged in (string[])
                 [
                     $"{parts[0]}.{other[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", $".{parts[1]}.{parts[2]}", $"{parts[0]}..{parts[2]}", $"{token}.{parts[2]}",
                     $"{token}.a.b", token[..^10], token + "AAAA", "..", "a.b.c", $"{parts[0]}.bm8ganNvbg.{parts[2]}", new string('a', 9000) + ".b.c",
                 ])
            (await AskAsync(forged)).Should().Be(HttpStatusCode.Unauthorized, forged);
    }

    [Fact]
    public async Task Keys_are_read_once_however_many_tokens_come()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AskAsync(issuer.Token(claims => claims["sub"] = $"{i}"))));
        issuer.KeyRequests.Should().Be(1);
    }

    [Fact]
    public async Task Tokens_of_nobody_we_know_ask_an_issuer_nothing()
    {
        await AskAsync(issuer.Token(claims => claims["iss"] = "https://else.example"));
        await AskAsync(issuer.Token(algorithm: "HS256"));
        issuer.KeyRequests.Should().Be(0);
    }

    /// <summary>By the clock of the host, which stands where the test puts it.</summary>
    [Fact]
    public async Task A_new_key_is_found_and_invented_ones_do_not_flood_the_issuer()
    {
        (await AskAsync(issuer.Token())).Should().Be(HttpStatusCode.OK);
        for (var i = 0; i < 20; i++)
            (await AskAsync(issuer.Token(keyId: $"invented-{i}"))).Should().Be(HttpStatusCode.Unauthorized);
        issuer.KeyRequests.Should().Be(1, "the keys were read a moment ago");

        using var next = RSA.Create(2048);
        issuer.Publish(issuer.Key("rsa-1"), issuer.Key("rsa-2", next));
        clock.Advance(TimeSpan.FromMinutes(2));

        (await AskAsync(issuer.Token(keyId: "rsa-2", sign: content => next.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))).Should().Be(HttpStatusCode.OK);
        issuer.KeyRequests.Should().Be(2);
    }

    [Fact]
    public async Task While_the_issuer_is_down_its_known_keys_are_used()
    {
        (await AskAsync(issuer.Token())).Should().Be(HttpStatusCode.OK);
        issuer.IsDown = true;
        clock.Advance(TimeSpan.FromMinutes(2));

        (await AskAsync(issuer.Token(keyId: "unknown"))).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(issuer.Token(claims => claims["sub"] = "another"))).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_asked_is_told_to_the_log_and_asked_again()
    {
        issuer.IsDown = true;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var told = host.Observations.NextAsync<IssuerUnavailable>(cancellation: patience.Token);
        (await AskAsync(issuer.Token())).Should().Be(HttpStatusCode.Unauthorized);
        (await told).Issuer.Should().Be("keycloak");

        issuer.IsDown = false;
        clock.Advance(TimeSpan.FromSeconds(3));
        (await AskAsync(issuer.Token())).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_issuer_does_not_speak_for_another_one()
    {
        issuer.ClaimedIssuer = "https://login.example/";
        (await AskAsync(issuer.Token(claims => claims["iss"] = "https://login.example/"))).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(issuer.Token())).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_settings_can_say_that_it_does()
    {
        issuer.ClaimedIssuer = "https://sts.example/tenant/";
        await host.DisposeAsync();
        host = await StartAsync("--Access:Issuers:0:Issuer=https://sts.example/tenant/");
        (await AskAsync(issuer.Token(claims => claims["iss"] = "https://sts.example/tenant/"))).Should().Be(HttpStatusCode.OK);
        (await AskAsync(issuer.Token())).Should().Be(HttpStatusCode.Unauthorized);
    }

    private readonly HostClock clock = new();

    private Task<BackendApiHost> StartAsync(params string[] settings) => BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>().AddSingleton<TimeProvider>(clock),
    [
        "--Access:Issuers:0:Name=keycloak", $"--Access:Issuers:0:Authority={issuer.Authority}", $"--Access:Issuers:0:Audiences={TestIssuer.Audience}",
        "--Access:Issuers:0:NameClaim=preferred_username", "--Access:Issuers:0:RoleClaim=realm_access.roles", "--Access:Issuers:0:Roles:backend-admin=Administrators", .. settings,
    ]);

    private Task<HttpStatusCode> AskAsync(string token) => host.StatusAsync("Bearer", token);

    private async Task<HttpStatusCode> ChangeAsync(string token)
    {
        using var response = await host.SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('none')", $"Bearer {token}");
        return response.StatusCode;
    }

    /// <summary>The time of day is the real one; what is counted since can be moved on.</summary>
    private sealed class HostClock : TimeProvider
    {
        private long moved;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref moved);
        public void Advance(TimeSpan by) => Interlocked.Add(ref moved, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
