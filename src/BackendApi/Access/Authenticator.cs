using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Access;

/// <summary>
/// The first stage of a request: who calls? Reads <c>Authorization: Bearer</c> (an access token or an API key), <c>X-Api-Key</c>,
/// <c>?api_key=</c> and HTTP Basic (a user, or an API key as the password of an empty user), in this order. The first that is there decides.
/// </summary>
public sealed class Authenticator(AccessDirectory directory, PasswordSignIn passwords, CredentialCache verified, TimeProvider clock)
{
    public const string ApiKeyHeader = "X-Api-Key";
    public const string ApiKeyParameter = "api_key";
    private const string BearerScheme = "Bearer";
    private const string BasicScheme = "Basic";
    private static readonly StringValues Challenges = new([$"{BearerScheme} realm=\"BackendApi\"", $"{BasicScheme} realm=\"BackendApi\", charset=\"UTF-8\""]);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null when there are no credentials, or not valid ones: the endpoint answers with <see cref="Challenge"/>. An API key costs no query and no allocation.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.TooManyRequests"/>: too many wrong passwords; <c>Retry-After</c> is set.</exception>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Features.Get<KnownCaller>() is { } known)
            return new(known.Caller);
        var access = directory.CurrentAsync(cancellation);
        return access.IsCompletedSuccessfully
            ? Authenticate(context, access.Result, cancellation)
            : WaitAsync(context, access, cancellation);
    }

    /// <summary>Sets the headers that say which credentials are taken, and returns the error to throw.</summary>
    public static ServiceException Challenge(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = Challenges;
        return new(Errors.Unauthorized,
            $"Send an access token or API key as 'Authorization: Bearer', an API key as '{ApiKeyHeader}' or '{ApiKeyParameter}', or HTTP Basic credentials. What was sent, if anything, is not valid (any more).");
    }

    /// <summary>Sets <c>Retry-After</c>, and returns the error to throw.</summary>
    internal static ServiceException Throttled(HttpContext context, TimeSpan wait)
    {
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new(Errors.TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords. Try again in {seconds} s."));
    }

    /// <summary>Where a request comes from, as far as the counting of wrong passwords is concerned: of IPv6 the network, whose owner has all of its addresses.</summary>
    internal static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
            return address?.ToString() ?? "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).ToString();
    }

    private async ValueTask<Caller?> WaitAsync(HttpContext context, ValueTask<AccessSnapshot> access, CancellationToken cancellation) =>
        await Authenticate(context, await access, cancellation);

    private ValueTask<Caller?> Authenticate(HttpContext context, AccessSnapshot access, CancellationToken cancellation)
    {
        var headers = context.Request.Headers;
        var authorization = headers.Authorization;
        if (authorization.Count > 1)
            return default;
        var text = authorization.Count == 1 ? authorization[0].AsSpan().Trim() : default;

        // Power Query asks first with the bare word Bearer, to see the challenge: that is no credential.
        if (TryScheme(text, BearerScheme, out var bearer) && !bearer.IsEmpty)
            return bearer.Contains('.') ? new(FindToken(bearer, access)) : CheckKeyAsync(bearer, access, cancellation);
        if (headers.TryGetValue(ApiKeyHeader, out var header))
            return header.Count == 1 ? CheckKeyAsync(header[0].AsSpan().Trim(), access, cancellation) : default;
        if (TryParameter(context.Request.QueryString.Value, out var parameter))
            return CheckKeyAsync(parameter, access, cancellation);
        if (TryScheme(text, BasicScheme, out var basic))
            return CheckBasicAsync(context, access, basic, cancellation);
        return default;
    }

    private ValueTask<Caller?> CheckKeyAsync(ReadOnlySpan<char> key, AccessSnapshot access, CancellationToken cancellation)
    {
        if (!Secrets.IsLikeApiKey(key))
            return default;
        var digest = Digest.Of(key);
        return access.ApiKeys.TryGetValue(digest, out var entry)
            ? new(Valid(entry))
            : CheckNewKeyAsync(digest, cancellation);
    }

    private async ValueTask<Caller?> CheckNewKeyAsync(Digest digest, CancellationToken cancellation)
    {
        var newer = await directory.NewerAsync(cancellation);
        return newer.ApiKeys.TryGetValue(digest, out var entry) ? Valid(entry) : null;
    }

    private Caller? Valid(ApiKeyEntry key) => key.ValidTo is null || clock.GetUtcNow() < key.ValidTo ? key.Caller : null;

    private Caller? FindToken(ReadOnlySpan<char> token, AccessSnapshot access)
    {
        var key = verified.KeyOf(token);
        if (verified.Find(key, access) is { } caller)
            return caller;
        if (AccessToken.Read(token, access.SigningKeys, clock.GetUtcNow()) is not { } claims
            || !access.Users.TryGetValue(claims.Subject, out var user) || user.Stamp != claims.Stamp)
            return null;
        verified.Add(key, user, claims.Expires);
        return user.Caller;
    }

    private ValueTask<Caller?> CheckBasicAsync(HttpContext context, AccessSnapshot access, ReadOnlySpan<char> encoded, CancellationToken cancellation)
    {
        if (encoded.Length > 1024)
            return default;
        Span<byte> bytes = stackalloc byte[768];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var size))
            return default;
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes[..size]);
        }
        catch (DecoderFallbackException)
        {
            return default;
        }
        var colon = text.IndexOf(':');
        if (colon < 0)
            return default;
        return colon == 0
            ? CheckKeyAsync(text.AsSpan(1), access, cancellation)
            : CheckPasswordAsync(context, access, text[..colon], text[(colon + 1)..], cancellation);
    }

    private async ValueTask<Caller?> CheckPasswordAsync(HttpContext context, AccessSnapshot access, string user, string password, CancellationToken cancellation)
    {
        var result = await passwords.CheckAsync(access, user, password, AddressOf(context), cancellation);
        return result.Wait is { } wait ? throw Throttled(context, wait) : result.User?.Caller;
    }

    private static bool TryScheme(ReadOnlySpan<char> authorization, string scheme, out ReadOnlySpan<char> credentials)
    {
        credentials = default;
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || (authorization.Length > scheme.Length && authorization[scheme.Length] != ' '))
            return false;
        credentials = authorization[scheme.Length..].Trim();
        return true;
    }

    /// <summary>Reads the query string itself: the framework's parsed collection would cost every request its allocations.</summary>
    /// <param name="value">Null when the parameter is there more than once.</param>
    private static bool TryParameter(string? query, out string? value)
    {
        value = null;
        if (query is null || !query.Contains(ApiKeyParameter, StringComparison.OrdinalIgnoreCase))
            return false;
        var found = 0;
        foreach (var part in query.AsSpan(1).Split('&'))
        {
            var parameter = query.AsSpan(1)[part];
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].Equals(ApiKeyParameter, StringComparison.OrdinalIgnoreCase))
                continue;
            found++;
            value = Uri.UnescapeDataString(parameter[(equals + 1)..]);
        }
        if (found > 1)
            value = null;
        return found > 0;
    }
}
