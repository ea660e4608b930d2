using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackendApi.Access.Rights;

namespace BackendApi.Access.Tokens;

/// <summary>The claims of an access token.</summary>
/// <param name="Subject">The user's name, the client's id, or the name of a caller from elsewhere.</param>
/// <param name="Stamp">Identifies the state of user or client, such as the password signed in with; a token does not outlive it.</param>
/// <param name="Grant">The sign-in that the token comes from: when it is revoked, so is the token. Travels as <c>sid</c>.</param>
/// <param name="ClientId">The client that asked for the token; of a token without a user also the subject. Null when none said its name.</param>
/// <param name="Scopes">Null does not narrow what the caller may do.</param>
public sealed record AccessTokenClaims(
    string Subject, string Stamp, Guid Grant, DateTimeOffset IssuedAt, DateTimeOffset Expires, bool IsClient = false, string? ClientId = null, Scopes? Scopes = null)
{
    /// <summary>Whom another issuer has signed in: what its token said is part of this one, as nothing of it is stored. Null for users and clients.</summary>
    public OutsideIdentity? Outside { get; init; }
}

/// <summary>
/// Access tokens of this service: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256. Nothing else is read: no other algorithm, no
/// nested or encrypted token, so the header cannot talk the reader into a weaker check.
/// </summary>
public static class AccessToken
{
    public const string Issuer = "BackendApi";
    public const string Audience = "BackendApi";
    /// <summary>Longer than a token with all scopes that one can have.</summary>
    private const int MaxCharacters = 16 * 1024;
    /// <summary>Clocks of two nodes may differ by this much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    public static string Write(AccessTokenClaims claims, SigningKey key)
    {
        var header = Encode(json =>
        {
            json.WriteString("alg", "HS256");
            json.WriteString("typ", "JWT");
            json.WriteString("kid", key.Id);
        });
        var payload = Encode(json =>
        {
            json.WriteString("iss", Issuer);
            json.WriteString("aud", Audience);
            json.WriteString("sub", claims.Subject);
            if (claims.IsClient)
                json.WriteBoolean("client", true);
            if (claims.ClientId is not null)
                json.WriteString("client_id", claims.ClientId);
            if (claims.Scopes is not null)
                json.WriteString("scope", claims.Scopes.ToString());
            if (claims.Outside is { } outside)
                WriteOutside(json, outside);
            json.WriteString("stamp", claims.Stamp);
            json.WriteString("sid", claims.Grant);
            json.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("nbf", claims.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", claims.Expires.ToUnixTimeSeconds());
            json.WriteString("jti", Guid.NewGuid());
        });
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed, key))}";
    }

    /// <summary>The claims of a token that is well formed, signed by one of <paramref name="keys"/>, meant for this service and valid now; else null.</summary>
    public static AccessTokenClaims? Read(ReadOnlySpan<char> token, IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        var second = token.LastIndexOf('.');
        if (second < 0 || token.Length > MaxCharacters)
            return null;
        var signed = token[..second];
        var first = signed.IndexOf('.');
        if (first < 0 || signed[(first + 1)..].Contains('.'))
            return null;
        try
        {
            var signature = Base64Url.DecodeFromChars(token[(second + 1)..]);
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(signed[..first]));
            if (Text(header, "alg") != "HS256" || FindKey(keys, Text(header, "kid")) is not { } key || header.RootElement.TryGetProperty("crit", out _)
                || !CryptographicOperations.FixedTimeEquals(signature, Sign(signed, key)))
                return null;
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(signed[(first + 1)..]));
            if (Text(payload, "iss") != Issuer || Text(payload, "aud") != Audience
                || Text(payload, "sub") is not { Length: > 0 } subject || Text(payload, "stamp") is not { } stamp || !Guid.TryParse(Text(payload, "sid"), out var grant)
                || Instant(payload, "nbf") is not { } notBefore || Instant(payload, "exp") is not { } expires || Instant(payload, "iat") is not { } issued)
                return null;
            var scope = Text(payload, "scope");
            var scopes = scope is null ? null : Scopes.Parse(scope, out _);
            if ((scope is null) != (scopes is null))
                return null;
            var isClient = payload.RootElement.TryGetProperty("client", out var client) && client.ValueKind == JsonValueKind.True;
            return notBefore <= now + ClockSkew && now < expires
                ? new(subject, stamp, grant, issued, expires, isClient, Text(payload, "client_id"), scopes) { Outside = ReadOutside(payload, subject, expires) }
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static void WriteOutside(Utf8JsonWriter json, OutsideIdentity identity)
    {
        json.WriteStartObject("outside");
        json.WriteStartArray("roles");
        foreach (var role in identity.Roles)
            json.WriteStringValue(role);
        json.WriteEndArray();
        json.WriteStartObject("claims");
        foreach (var (claim, value) in identity.Claims)
            json.WriteString(claim, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static OutsideIdentity? ReadOutside(JsonDocument payload, string subject, DateTimeOffset expires) => payload.RootElement.TryGetProperty("outside", out var outside)
        ? new(subject, [.. outside.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)],
            outside.GetProperty("claims").EnumerateObject().ToDictionary(claim => claim.Name, claim => claim.Value.GetString()!, StringComparer.Ordinal), expires)
        : null;

    private static string Encode(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static byte[] Sign(ReadOnlySpan<char> signed, SigningKey key)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(signed)];
        Encoding.UTF8.GetBytes(signed, bytes);
        return HMACSHA256.HashData(key.Secret, bytes);
    }

    private static SigningKey? FindKey(IReadOnlyList<SigningKey> keys, string? id)
    {
        foreach (var key in keys)
            if (key.Id == id)
                return key;
        return null;
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Instant(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.FromUnixTimeSeconds(value.GetInt64())
            : null;
}
