using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Tokens;

/// <summary>A request of the OAuth 2.0 endpoints: parameters as a form, each at most once (RFC 6749 section 3.2). An empty one counts as left out.</summary>
internal sealed class OAuthForm(IFormCollection parameters)
{
    private const int MaxBodyBytes = 16 * 1024;

    public string? this[string name] => parameters[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Null when the body is no form, too large, or repeats a parameter.</summary>
    public static async Task<OAuthForm?> ReadAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        // RFC 6749 appendix B: UTF-8, whatever else a client could name.
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form.All(parameter => parameter.Value.Count == 1) ? new(form) : null;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>One row of the table of refusals of the OAuth 2.0 endpoints: RFC 6749 section 5.2, RFC 7009, and what they leave open. docs/reference/access.md lists the same rows; a test compares them.</summary>
internal sealed record OAuthCode(int Status, string Code)
{
    public static readonly OAuthCode InvalidRequest = new(400, "invalid_request");
    public static readonly OAuthCode UnsupportedGrantType = new(400, "unsupported_grant_type");
    public static readonly OAuthCode InvalidGrant = new(400, "invalid_grant");
    public static readonly OAuthCode InvalidScope = new(400, "invalid_scope");
    public static readonly OAuthCode UnauthorizedClient = new(400, "unauthorized_client");
    public static readonly OAuthCode CodeNeeded = new(400, "mfa_required");
    public static readonly OAuthCode PasswordChangeNeeded = new(400, "password_change_required");
    public static readonly OAuthCode InvalidClient = new(401, "invalid_client");
    public static readonly OAuthCode Throttled = new(429, "temporarily_unavailable");

    /// <summary>The table, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<OAuthCode> All =
        [InvalidRequest, UnsupportedGrantType, InvalidGrant, InvalidScope, UnauthorizedClient, CodeNeeded, PasswordChangeNeeded, InvalidClient, Throttled];
}

/// <summary>A refusal of the OAuth 2.0 endpoints, which does not have the shape of OData's errors.</summary>
internal sealed record OAuthError(OAuthCode Row, string Description)
{
    public static readonly OAuthError NoForm = Request("Send the parameters once each, as application/x-www-form-urlencoded in the body.");
    public static readonly OAuthError InvalidClient = new(OAuthCode.InvalidClient, "The client is unknown, or its secret is wrong or has expired.");

    public static OAuthError Request(string description) => new(OAuthCode.InvalidRequest, description);
    public static OAuthError Grant(string description) => new(OAuthCode.InvalidGrant, description);
    public static OAuthError Scope(string description) => new(OAuthCode.InvalidScope, description);
}

internal static class OAuthResponse
{
    public static Task RefuseAsync(HttpContext context, OAuthError error)
    {
        // RFC 6749 section 5.2: in the scheme that the client used.
        if (error.Row == OAuthCode.InvalidClient)
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"BackendApi\", charset=\"UTF-8\"";
        return WriteAsync(context, error.Row.Status, json =>
        {
            json.WriteString("error", error.Row.Code);
            json.WriteString("error_description", Plain(error.Description));
        });
    }

    /// <summary>The characters that section 5.2 lets stand in a description, which may quote what the client has sent.</summary>
    private static string Plain(string text) => string.Concat(text.Select(character => character is (>= ' ' and <= '~') and not ('"' or '\\') ? character : '?'));

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> members)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), context.RequestAborted);
    }
}
