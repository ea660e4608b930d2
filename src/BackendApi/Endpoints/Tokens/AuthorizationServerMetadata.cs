using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary><c>GET /.well-known/oauth-authorization-server</c> (RFC 8414): where the endpoints are and what they take. Answers everybody.</summary>
internal sealed class AuthorizationServerMetadata(ServiceRoot root)
{
    public const string Path = "/.well-known/oauth-authorization-server";

    public Task GetAsync(HttpContext context)
    {
        var issuer = root.ProductOf(context.Request);
        return OAuthResponse.WriteAsync(context, 200, json =>
        {
            json.WriteString("issuer", issuer);
            json.WriteString("token_endpoint", issuer + "/token");
            json.WriteString("revocation_endpoint", issuer + "/token/revoke");
            json.WriteString("introspection_endpoint", issuer + "/token/introspect");
            // There is no authorization endpoint, and so no response type.
            Write(json, "response_types_supported");
            Write(json, "grant_types_supported", [.. TokenEndpoint.GrantTypes]);
            Write(json, "token_endpoint_auth_methods_supported", "client_secret_basic", "client_secret_post", "none");
            Write(json, "revocation_endpoint_auth_methods_supported", "client_secret_basic", "client_secret_post", "none");
            Write(json, "introspection_endpoint_auth_methods_supported", "client_secret_basic", "client_secret_post");
        });
    }

    private static void Write(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
