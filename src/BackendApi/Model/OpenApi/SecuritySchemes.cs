using System.Text.Json;
using BackendApi.Access.Sessions;

namespace BackendApi.Model.OpenApi;

/// <summary>How a caller says who they are (docs/reference/access.md).</summary>
internal static class SecuritySchemes
{
    /// <summary>One of these is enough; the schemes in it go together.</summary>
    public static IEnumerable<IReadOnlyList<string>> Requirements(OpenApiService service)
    {
        yield return ["bearer"];
        yield return ["apiKey"];
        yield return ["oauth2"];
        yield return ["session", "antiForgery"];
        if (service.Basic)
            yield return ["basic"];
    }

    public static void Write(Utf8JsonWriter json, OpenApiService service)
    {
        using (json.Object("bearer"))
        {
            json.WriteString("type", "http");
            json.WriteString("scheme", "bearer");
            json.WriteString("description", "An access token, or an API key.");
        }
        using (json.Object("apiKey"))
        {
            json.WriteString("type", "apiKey");
            json.WriteString("in", "header");
            json.WriteString("name", Access.Authenticator.ApiKeyHeader);
        }
        using (json.Object("oauth2"))
        {
            json.WriteString("type", "oauth2");
            using var flows = json.Object("flows");
            Flow("password", canRefresh: true);
            Flow("clientCredentials", canRefresh: false);
        }
        using (json.Object("session"))
        {
            json.WriteString("type", "apiKey");
            json.WriteString("in", "cookie");
            json.WriteString("name", SessionCookie.NameOf(service.Root.StartsWith("https:", StringComparison.Ordinal)));
            json.WriteString("description", "The session of a browser, which POST /session begins.");
        }
        using (json.Object("antiForgery"))
        {
            json.WriteString("type", "apiKey");
            json.WriteString("in", "header");
            json.WriteString("name", SessionCookie.AntiForgeryHeader);
            json.WriteString("description", "With the session's cookie: the csrfToken of GET /session. Reading needs none.");
        }
        if (!service.Basic)
            return;
        using (json.Object("basic"))
        {
            json.WriteString("type", "http");
            json.WriteString("scheme", "basic");
            json.WriteString("description", "A user's name and password, or an API key as the password of nobody.");
        }

        void Flow(string name, bool canRefresh)
        {
            using var _ = json.Object(name);
            json.WriteString("tokenUrl", service.Root + "/token");
            if (canRefresh)
                json.WriteString("refreshUrl", service.Root + "/token");
            using (json.Object("scopes"))
            {
                json.WriteString("*:read", "Read what the roles allow.");
                json.WriteString("*:*", "All that the roles allow.");
            }
        }
    }
}
