using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace BackendApi.Testing;

/// <summary>An OpenID provider on the loopback interface. It signs by itself, with nothing that the service verifies with.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "https://shop.example";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = new();
    private List<JsonObject> published = [];
    private int keyRequests;

    private TestIssuer(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single() + "/realms/shop";

    /// <summary>What the discovery document says; null is the truth.</summary>
    public string? ClaimedIssuer { get; set; }

    public bool IsDown { get; set; }

    /// <summary>The client of the sign-in, and its secret; null for one that has none.</summary>
    public const string ClientId = "back office";
    public string? ClientSecret { get; set; }

    /// <summary>How the client has to say its secret; null says nothing of it, which is Basic.</summary>
    public string? TokenMethod { get; set; }

    /// <summary>What is wrong with the next ID tokens.</summary>
    public Action<JsonObject>? ChangeIdToken { get; set; }

    /// <summary>The person at the page says no.</summary>
    public bool IsDenied { get; set; }

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
            : Results.Json(issuer.Discovery()));
        app.MapGet("/realms/shop/authorize", issuer.Authorize);
        app.MapPost("/realms/shop/token", issuer.ExchangeAsync);
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

    private JsonObject Discovery()
    {
        var document = new JsonObject
        {
            ["issuer"] = ClaimedIssuer ?? Authority, ["jwks_uri"] = Authority + "/keys", ["authorization_endpoint"] = Authority + "/authorize", ["token_endpoint"] = Authority + "/token",
        };
        if (TokenMethod is not null)
            document["token_endpoint_auth_methods_supported"] = new JsonArray(TokenMethod);
        return document;
    }

    /// <summary>Whoever comes here is signed in as the same person.</summary>
    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["response_type"] != "code" || query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Split(' ').Contains("openid"))
            return Results.BadRequest("This is no request for a code with PKCE.");
        var code = Guid.NewGuid().ToString("N");
        codes[code] = query;
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?>
        {
            [IsDenied ? "error" : "code"] = IsDenied ? "access_denied" : code, ["state"] = query["state"],
        }));
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isPost = TokenMethod == "client_secret_post";
        var basic = ClientSecret is null || isPost ? "" : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"));
        if (request.Headers.Authorization.ToString() != basic || form["client_secret"].ToString() != (isPost ? ClientSecret : "") || (basic.Length == 0 && form["client_id"] != ClientId))
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (form["grant_type"] != "authorization_code" || !codes.TryRemove(form["code"].ToString(), out var asked) || form["redirect_uri"] != asked["redirect_uri"]
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"])
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var idToken = Token(claims =>
        {
            (claims["aud"], claims["nonce"]) = (ClientId, asked["nonce"].ToString());
            ChangeIdToken?.Invoke(claims);
        });
        return Results.Json(new { access_token = "opaque", token_type = "Bearer", id_token = idToken });
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
