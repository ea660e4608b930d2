using System.Text.Json;
using BackendApi.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackendApi.Endpoints;

/// <summary>
/// <c>POST /token</c>: the OAuth 2.0 token endpoint (RFC 6749). Takes the password grant; answers and errors have the shapes of sections
/// 5.1 and 5.2, which are not those of OData.
/// </summary>
public sealed class TokenEndpoint(AccessDirectory directory, PasswordSignIn passwords, TimeProvider clock)
{
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(8);
    private const int MaxBodyBytes = 16 * 1024;

    public async Task PostAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";

        if (await ReadFormAsync(context, cancellation) is not { } form)
            await RefuseAsync(context, 400, "invalid_request", "Send the parameters once each, as application/x-www-form-urlencoded in the body.");
        else if (form["grant_type"] is not [{ Length: > 0 } grantType])
            await RefuseAsync(context, 400, "invalid_request", "The parameter grant_type is missing.");
        else if (grantType != "password")
            await RefuseAsync(context, 400, "unsupported_grant_type", "The grant types that this endpoint takes: password.");
        else if (form["username"] is not [{ Length: > 0 } user] || form["password"] is not [{ Length: > 0 } password])
            await RefuseAsync(context, 400, "invalid_request", "The password grant needs the parameters username and password.");
        else
            await SignInAsync(context, user, password, cancellation);
    }

    private async Task SignInAsync(HttpContext context, string user, string password, CancellationToken cancellation)
    {
        var access = await directory.CurrentAsync(cancellation);
        var result = await passwords.CheckAsync(access, user, password, Authenticator.AddressOf(context), cancellation);
        if (result.Wait is { } wait)
        {
            var error = Authenticator.Throttled(context, wait).Error;
            await RefuseAsync(context, error.Row.Status, "temporarily_unavailable", error.Message);
        }
        else if (result.User is not { } entry)
            await RefuseAsync(context, 400, "invalid_grant", "The user name or the password is wrong.");
        else
            await GrantAsync(context, entry, access.SigningKeys[^1]);
    }

    private Task GrantAsync(HttpContext context, UserEntry user, SigningKey key)
    {
        var now = clock.GetUtcNow();
        var token = AccessToken.Write(new(user.Caller.Name, user.Stamp, now, now + TokenLifetime), key);
        return WriteAsync(context, 200, json =>
        {
            json.WriteString("access_token", token);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", (int)TokenLifetime.TotalSeconds);
        });
    }

    private static Task RefuseAsync(HttpContext context, int status, string error, string description) =>
        WriteAsync(context, status, json =>
        {
            json.WriteString("error", error);
            json.WriteString("error_description", description);
        });

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> members)
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

    /// <summary>Null when the body is no form, too large, or repeats a parameter (RFC 6749 section 3.2).</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        try
        {
            var form = await context.Request.ReadFormAsync(cancellation);
            foreach (var parameter in form)
                if (parameter.Value.Count > 1)
                    return null;
            return form;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
