using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Access.Tokens;

/// <summary>What a verified access token of another issuer says of its caller, in the terms of this service.</summary>
/// <param name="Name">Begins with the issuer's name in the settings.</param>
/// <param name="Roles">Of this service.</param>
/// <param name="Expires">The token's end.</param>
public sealed record OutsideIdentity(string Name, IReadOnlyList<string> Roles, IReadOnlyDictionary<string, string> Claims, DateTimeOffset Expires)
{
    private const int MaxNameLength = 256;

    /// <summary>Null when the claims name nobody, or nobody whose name a log could hold.</summary>
    /// <param name="payload">Of a token whose signature, issuer, audience and times are right.</param>
    internal static OutsideIdentity? Of(JsonElement payload, IssuerSettings issuer, DateTimeOffset expires)
    {
        var name = TextOf(Find(payload, issuer.NameClaim)) ?? TextOf(Find(payload, "sub"));
        if (name is not { Length: > 0 and <= MaxNameLength } || name.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029'))
            return null;
        var roles = TextsOf(Find(payload, issuer.RoleClaim)).Select(value => issuer.Roles.GetValueOrDefault(value)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var claim in issuer.Claims)
            if (TextOf(Find(payload, claim)) is { } value)
                claims[claim] = value;
        return new($"{issuer.Name}:{name}", roles, claims, expires);
    }

    public Caller CallerIn(AccessSnapshot access) => access.WithRoles(new(Name, CallerKind.Outside) { Claims = Claims }, Roles);

    /// <summary>A claim of that name, or the one at the end of a path: names of claims can hold dots themselves.</summary>
    private static JsonElement? Find(JsonElement payload, string claim)
    {
        if (payload.TryGetProperty(claim, out var direct))
            return direct;
        foreach (var step in claim.Split('.'))
            if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(step, out payload))
                return null;
        return payload;
    }

    private static string? TextOf(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } plain => plain.GetRawText(),
        _ => null,
    };

    /// <summary>A list, or one text whose words spaces part, as in <c>scope</c>.</summary>
    private static IEnumerable<string> TextsOf(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };
}
