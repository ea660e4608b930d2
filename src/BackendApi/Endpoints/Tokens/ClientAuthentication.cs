using System.Text;
using BackendApi.Access;
using BackendApi.Access.Keys;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary>What a request says of its client (RFC 6749 section 2.3.1): by HTTP Basic, or as <c>client_id</c> and <c>client_secret</c> in the form.</summary>
/// <param name="Client">Null when it said nothing.</param>
/// <param name="Error">What it said is wrong.</param>
internal readonly record struct ClientClaim(ClientEntry? Client, OAuthError? Error);

/// <summary>Checks the secrets of clients. They are random and long: there is nothing to guess, and so no need to count guesses.</summary>
internal sealed class ClientAuthentication(AccessDirectory directory, Pepper pepper, TimeProvider clock)
{
    /// <summary>What is refused is looked at once more with what is stored by now: the client may just have been made.</summary>
    public async ValueTask<ClientClaim> CheckAsync(HttpContext context, OAuthForm form, AccessSnapshot access)
    {
        var claim = Check(context, form, access);
        return claim.Error == OAuthError.InvalidClient ? Check(context, form, await directory.NewerAsync(context.RequestAborted)) : claim;
    }

    /// <summary>What the request calls the client, whoever that is.</summary>
    public static string? IdIn(HttpContext context, OAuthForm form) => Basic(context)?.Id ?? form["client_id"];

    private static (string Id, string Secret)? Basic(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } text] && text.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? Decode(text[6..].Trim()) : null;

    private ClientClaim Check(HttpContext context, OAuthForm form, AccessSnapshot access)
    {
        if (context.Request.Headers.Authorization.Count == 0)
            return (form["client_id"], form["client_secret"]) is (null, null) ? default : Check(access, form["client_id"], form["client_secret"]);
        if (form["client_secret"] is not null)
            return new(null, OAuthError.Request("The client says its secret twice, in the header and in the form."));
        if (Basic(context) is not var (id, secret))
            return new(null, OAuthError.InvalidClient);
        return form["client_id"] is { } named && named != id
            ? new(null, OAuthError.Request("The client has one name in the header and another one in the form."))
            : Check(access, id, secret);
    }

    private ClientClaim Check(AccessSnapshot access, string? id, string? secret)
    {
        // Hashed also for a client that does not exist: both answers cost the same.
        var hash = pepper.Hash(secret ?? "");
        return id is not null && access.Clients.GetValueOrDefault(id) is { IsLocked: false } client
            && client.Secrets.TryGetValue(hash, out var validTo) && !(clock.GetUtcNow() >= validTo)
            ? new(client, null)
            : new(null, OAuthError.InvalidClient);
    }

    /// <summary>Both parts are encoded like a form before they are joined.</summary>
    private static (string Id, string Secret)? Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var size))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, size);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (Unescaped(text[..colon]), Unescaped(text[(colon + 1)..]));
    }

    private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
