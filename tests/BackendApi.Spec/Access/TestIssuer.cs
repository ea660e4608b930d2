using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BackendApi.Spec.Access;

/// <summary>An OpenID provider on the loopback interface. It signs by itself, with nothing that the service verifies with.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "https://shop.example";

    private readonly WebApplication app;
    private List<JsonObject> published = [];
    private int keyRequests;

    private TestIssuer(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single() + "/realms/shop";

    /// <summary>What the discovery document says; null is the truth.</summary>
    public string? ClaimedIssuer { get; set; }

    public bool IsDown { get; set; }

    /// <summary>How often the keys were asked for.</summary>
    public int KeyRequests => Volatile.Read(ref keyRequests);

    public RSA Rsa { get; } = RSA.Create(2048);
    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.MapGet("/realms/shop/.well-known/openid-configuration", () => issuer.IsDown
            ? Results.StatusCode(503)
            : Results.Json(new { issuer = issuer.ClaimedIssuer ?? issuer.Authority, jwks_uri = issuer.Authority + "/keys" }));
        app.MapGet("/realms/shop/keys", () =>
        {
            Interlocked.Increment(ref issuer.keyRequests);
            return issuer.IsDown ? Results.StatusCode(503) : Results.Text($$"""{"keys":[{{string.Join(',', issuer.published.Select(key => key.ToJsonString()))}}]}""", "application/json");
        });
        await app.StartAsync();
        issuer.Publish(issuer.Key("rsa-1"), issuer.CurveKey("curve-1"));
        return issuer;
    }

    public void Publish(params JsonObject[] keys) => published = [.. keys];

    public JsonObject Key(string id, RSA? key = null)
    {
        var parameters = (key ?? Rsa).ExportParameters(false);
        return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    public JsonObject CurveKey(string id)
    {
        var parameters = Curve.ExportParameters(false);
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = id, ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y) };
    }

    /// <summary>A token that is good now, but for what <paramref name="change"/> does.</summary>
    public string Token(Action<JsonObject>? change = null, string? keyId = "rsa-1", string algorithm = "RS256", Func<byte[], byte[]>? sign = null, Action<JsonObject>? changeHeader = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = Authority, ["aud"] = Audience, ["sub"] = "4711", ["preferred_username"] = "ada@example.com", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 600,
            ["realm_access"] = new JsonObject { ["roles"] = new JsonArray("backend-admin", "offline_access") },
        };
        change?.Invoke(payload);
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null)
            header["kid"] = keyId;
        changeHeader?.Invoke(header);
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString((sign ?? SignWithRsa)(Encoding.ASCII.GetBytes(signed)))}";
    }

    public byte[] SignWithRsa(byte[] content) => Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Rsa.Dispose();
        Curve.Dispose();
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
