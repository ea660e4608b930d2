using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BackendApi.Access.Sessions;
using BackendApi.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace BackendApi.Access.Tokens;

/// <summary>
/// People sign in at another issuer: authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636). The ID token is checked as the issuer's access tokens are,
/// and its claims mean the same.
/// </summary>
internal sealed class OutsideSignIns(OutsideTokens tokens, AccessSettings settings, Observations observations)
{
    /// <summary>Those that the sign-in page offers: the name, and what the button says.</summary>
    public IEnumerable<(string Name, string DisplayName)> Offered =>
        settings.Issuers.SelectMany(issuer => issuer.SignIn is { } client ? new[] { (issuer.Name, client.DisplayName) } : []);

    /// <summary>The issuer's page to send the browser to; null when there is no such issuer, or it cannot be asked now.</summary>
    public async Task<Uri?> AddressAsync(PendingSignIn pending, string callback, CancellationToken cancellation)
    {
        if (tokens.Find(pending.Issuer) is not { Settings.SignIn: { } client } issuer || (await issuer.Keys.PublishedAsync(cancellation))?.SignIn is not { } addresses)
            return null;
        return new(QueryHelpers.AddQueryString(addresses.Authorization.AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = client.ClientId, ["redirect_uri"] = callback, ["scope"] = string.Join(' ', client.Scopes),
            ["state"] = pending.State, ["nonce"] = pending.Nonce, ["code_challenge"] = pending.Challenge, ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>Whom the issuer has signed in; null when the code or what it is exchanged for is not good, which the log tells.</summary>
    /// <param name="saidIssuer">The parameter <c>iss</c> of the answer, by which issuers keep their answers apart (RFC 9207).</param>
    public async Task<OutsideIdentity?> EndAsync(PendingSignIn pending, string code, string? saidIssuer, string callback, CancellationToken cancellation)
    {
        try
        {
            return await ExchangeAsync(pending, code, saidIssuer, callback, cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or InvalidDataException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            observations.Emit(new OutsideSignInRefused(pending.Issuer, failure.Message));
            return null;
        }
    }

    private async Task<OutsideIdentity> ExchangeAsync(PendingSignIn pending, string code, string? saidIssuer, string callback, CancellationToken cancellation)
    {
        if (tokens.Find(pending.Issuer) is not { Settings.SignIn: { } client } issuer || await issuer.Keys.PublishedAsync(cancellation) is not { SignIn: { } addresses } published)
            throw new InvalidDataException("Its discovery document names no addresses for the sign-in, or could not be read.");
        if (saidIssuer is not null && saidIssuer != published.Issuer)
            throw new InvalidDataException("The answer is another issuer's.");
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.Token) { Content = new FormUrlEncodedContent(Form(client, published, pending, code, callback)) };
        request.Headers.Accept.Add(new("application/json"));
        if (client.ClientSecret is { } secret && published.TakesBasic)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.ClientId)}:{Uri.EscapeDataString(secret)}")));
        using var response = await tokens.Http.SendAsync(request, cancellation);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        if (!response.IsSuccessStatusCode)
            throw new InvalidDataException($"It refused the code with {(int)response.StatusCode}{(TextOf(answer, "error") is { } error ? $" ({error})" : "")}.");
        var idToken = TextOf(answer, "id_token") ?? throw new InvalidDataException("It answered without an ID token.");
        return await tokens.ReadIdTokenAsync(issuer.Settings, issuer.Keys, idToken, pending.Nonce, cancellation) ?? throw new InvalidDataException("Its ID token is not valid, or not meant for this sign-in.");
    }

    private static Dictionary<string, string> Form(IssuerSignInSettings client, PublishedKeys published, PendingSignIn pending, string code, string callback)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = callback, ["code_verifier"] = pending.Verifier };
        if (client.ClientSecret is null || !published.TakesBasic)
            form["client_id"] = client.ClientId;
        if (client.ClientSecret is { } secret && !published.TakesBasic)
            form["client_secret"] = secret;
        return form;
    }

    private static string? TextOf(JsonDocument answer, string name) =>
        answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
