using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BackendApi.Sql;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Access;

/// <summary>What cases about access send, and how they look at what comes back.</summary>
internal static class AccessRequests
{
    /// <summary>Asks for the service document, which answers everyone whom the service knows.</summary>
    public static async Task<HttpStatusCode> StatusAsync(this BackendApiHost host, string scheme, string? credentials)
    {
        using var response = await host.SendAsync(HttpMethod.Get, "odata/", $"{scheme} {credentials}");
        return response.StatusCode;
    }

    public static async Task<HttpResponseMessage> SendAsync(this BackendApiHost host, HttpMethod method, string address, string? authorization, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Root, address)) { Content = content };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await host.Anonymous.SendAsync(request);
    }

    public static Task<HttpResponseMessage> FormAsync(this BackendApiHost host, string address, params (string Name, string Value)[] parameters) =>
        host.FormAsync(address, null, parameters);

    public static Task<HttpResponseMessage> FormAsync(this BackendApiHost host, string address, string? authorization, (string Name, string Value)[] parameters) =>
        host.SendAsync(HttpMethod.Post, address, authorization, new FormUrlEncodedContent(parameters.Select(each => KeyValuePair.Create(each.Name, each.Value))));

    public static Task<HttpResponseMessage> SignInAsync(this BackendApiHost host, string user, string password, params (string Name, string Value)[] more) =>
        host.FormAsync("token", [("grant_type", "password"), ("username", user), ("password", password), .. more]);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Status and error code of a refusal of the OAuth endpoints; "200 " and nothing when it is none.</summary>
    public static async Task<string> OutcomeAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        var error = text.Length > 0 && JsonDocument.Parse(text).RootElement.TryGetProperty("error", out var code) ? code.GetString() : "";
        return $"{(int)response.StatusCode} {error}";
    }

    public static async Task<string> TextAsync(this Task<HttpResponseMessage> sending, string member)
    {
        using var response = await sending;
        return (await response.JsonAsync()).GetProperty(member).GetString()!;
    }

    /// <summary>Does something with a store of the host, in a session of its own.</summary>
    public static async Task<T> InStoreAsync<TStore, T>(this BackendApiHost host, Func<TStore, Session, Task<T>> work)
        where TStore : notnull
    {
        await using var session = await host.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        return await work(host.Services.GetRequiredService<TStore>(), session);
    }

    public static Task InStoreAsync<TStore>(this BackendApiHost host, Func<TStore, Session, Task> work)
        where TStore : notnull =>
        host.InStoreAsync<TStore, bool>(async (store, session) =>
        {
            await work(store, session);
            return true;
        });

    /// <summary>Asks until the answer is that one: a change is known everywhere within two seconds.</summary>
    public static Task<HttpStatusCode> BecomesAsync(this BackendApiHost host, HttpStatusCode wanted, string scheme, string credentials) =>
        BecomesAsync(() => host.StatusAsync(scheme, credentials), wanted);

    public static async Task<HttpStatusCode> BecomesAsync(Func<Task<HttpStatusCode>> ask, HttpStatusCode wanted)
    {
        var deadline = DateTime.UtcNow.AddSeconds(2.5);
        HttpStatusCode status;
        do
            status = await ask();
        while (status != wanted && DateTime.UtcNow < deadline);
        return status;
    }

    public static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>The secret that an authenticator app is given as text.</summary>
    public static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character), 2).PadLeft(5, '0')));
        return Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
    }
}
