using System.Text;
using BackendApi.Access;
using BackendApi.Sql;

namespace BackendApi.Endpoints;

/// <summary>The secret that signs next links, shared by all nodes and loaded at start.</summary>
public sealed class NextLinkKey(Database database, AccessStore access)
{
    public byte[] Value { get; private set; } = [];

    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        Value = await access.SharedSecretAsync(session, "next-link", cancellation);
    }
}

/// <summary>Next links and delta links: the request's own URL with a token, so that every other option goes along as the client wrote it.</summary>
internal static class NextLink
{
    public static string Of(ODataRequest request, string token) => Of(request, "$skiptoken=", token);

    public static string OfDelta(ODataRequest request, string token) => Of(request, "$deltatoken=", token);

    private static string Of(ODataRequest request, string option, string token)
    {
        var url = new StringBuilder(request.Root.Length + request.Path.Length + request.Query.Length + 64).Append(request.Root).Append(request.Path).Append('?');
        foreach (var range in request.Query.AsSpan().Split('&'))
        {
            var text = request.Query.AsSpan()[range];
            if (!text.IsEmpty && !IsReplaced(text))
                url.Append(text).Append('&');
        }
        return url.Append(option).Append(token).ToString();
    }

    /// <summary>The token knows what was skipped; and a key in a URL must not be repeated by the service.</summary>
    private static bool IsReplaced(ReadOnlySpan<char> option)
    {
        var equals = option.IndexOf('=');
        var name = equals < 0 ? option : option[..equals];
        var decoded = name.Contains('%') ? Uri.UnescapeDataString(name.ToString()).AsSpan() : name;
        return decoded.Equals(Authenticator.ApiKeyParameter, StringComparison.OrdinalIgnoreCase)
            || decoded.TrimStart('$').Equals("skiptoken", StringComparison.OrdinalIgnoreCase)
            || decoded.TrimStart('$').Equals("deltatoken", StringComparison.OrdinalIgnoreCase)
            || decoded.TrimStart('$').Equals("skip", StringComparison.OrdinalIgnoreCase);
    }
}
